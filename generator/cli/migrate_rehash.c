/* tenon migrate rehash: the last line of a migration that was edited by hand. */
#include "cli/migrate.h"
#include "cli/report.h"
#include "support/new_file.h"

static int rehash(struct cli *cli, const struct folder *folder, const struct migration *migration)
{
    struct catalog *catalog = migrate_catalog(cli);
    struct diags diags = {.arena = cli->arena};
    struct error error = {.text = ""};
    const char *hash;

    folder_replay(cli->arena, folder, migration, catalog, &diags);
    report_diags(cli->arena, &diags);
    if (diags.n_errors)
        return STATUS_INPUT;
    hash = catalog_hash(cli->arena, catalog);
    if (name_eq(migration->hash, hash))
        return cli_print(STR("nothing to do: the last line holds\n"), STATUS_OK);
    if (!file_rewrite(cli->arena, migration->source->path,
                      migration_with_hash(cli->arena, migration, hash), &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    return cli_print(str_from(arena_printf(cli->arena, "rewrote the last line of %s\n%s",
                                           migration->source->path,
                                           migration == folder_head(folder)
                                               ? ""
                                               : "migrations follow it: rehash the newest one as "
                                                 "well, unless a database has it\n")),
                     STATUS_OK);
}

int run_migrate_rehash(struct cli *cli)
{
    const struct migration *migration;
    struct folder folder;
    int status;

    if (cli->operands.n != 1)
        return cli_fail(STATUS_USAGE, "which file? tenon migrate rehash FILE");
    status = migrate_open_folder(cli, &folder);
    if (status != STATUS_OK)
        return status;
    migration = folder_find(&folder, migration_name_of(cli->arena, cli->operands.items[0]));
    if (!migration)
        return cli_fail(STATUS_USAGE, "%s has no migration %s", migrations_folder(cli),
                        cli->operands.items[0]);
    return rehash(cli, &folder, migration);
}
