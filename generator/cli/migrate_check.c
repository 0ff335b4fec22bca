/* tenon migrate check: all that can be wrong with a folder of migrations, without a server. */
#include <string.h>

#include "cli/git.h"
#include "cli/migrate.h"
#include "cli/report.h"
#include "migrate/check.h"
#include "migrate/heads.h"

struct check {
    struct cli *cli;
    struct folder folder;
    struct schema schema;
    struct diags diags;
};

/* Two heads: the order in which they were applied may differ from one database to the next. */
static void check_heads(struct check *check)
{
    struct cli *cli = check->cli;
    struct fork fork;
    struct diag *diag;

    migrate_check_heads(&check->folder, &check->diags);
    fork = fork_of(cli->arena, &check->folder, folder_head(&check->folder));
    diag = check->diags.list.items[check->diags.list.n - 1];
    if (fork_commutes(cli->arena, &fork, migrate_catalog(cli), migrate_catalog(cli)))
        diag_note(&check->diags, diag, (span){0},
                  "they commute: one after the other leads to the same schema in either order");
    else
        diag_note(&check->diags, diag, (span){0},
                  "they do not commute: look at the later one after it was put behind the other");
}

static void check_against_schema(struct check *check)
{
    struct arena *arena = check->cli->arena;
    struct catalog *catalog = migrate_catalog(check->cli);
    const struct wanted wanted = migrate_wanted(&check->schema);
    const struct settings *settings = &check->cli->settings;
    const struct ignore ignore = migrate_ignore(check->cli);
    struct inventory end, schema;

    check_replay(arena, &check->folder, catalog, &check->diags);
    schema = inventory_of(arena, check->schema.catalog);
    check_roles(arena, &schema, settings->roles.items, settings->roles.n, &check->diags);
    if (check->diags.n_errors)
        return;
    end = inventory_of(arena, catalog);
    inventory_ignore(arena, &end, &ignore);
    inventory_ignore(arena, &schema, &ignore);
    check_hash(arena, &check->folder, catalog, &check->diags);
    check_end(arena, &check->folder, &end, &schema, &check->diags);
    difference_check_hints(arena, catalog, &wanted, &check->folder, &check->diags);
}

static const struct migration *find_file(const struct folder *folder, const char *path)
{
    for (size_t i = 0; i < folder->items.n; i++)
        if (strcmp(file_base_name(folder->items.items[i]->source->path), file_base_name(path)) == 0)
            return folder->items.items[i];
    return NULL;
}

static bool check_since(struct check *check, struct error *error)
{
    struct cli *cli = check->cli;
    path_list files = {0};
    const char *base;

    if (!git_merge_base(cli->arena, cli->settings.since, &base, error) ||
        !git_list(cli->arena, base, migrations_folder(cli), &files, error))
        return false;
    for (size_t i = 0; i < files.n; i++) {
        const struct migration *migration = find_file(&check->folder, files.items[i]);
        str text;
        if (!migration) {
            diag_hint(&check->diags,
                      diag_error(&check->diags, "PL723", (span){0},
                                 "the migration %s is gone; %s has it", files.items[i],
                                 cli->settings.since),
                      "git checkout %s -- %s", cli->settings.since, files.items[i]);
            continue;
        }
        if (!git_read(cli->arena, arena_printf(cli->arena, "%s:./%s", base, files.items[i]), &text,
                      error))
            return false;
        check_unchanged(cli->arena, migration, text, cli->settings.since, &check->diags);
    }
    return true;
}

int run_migrate_check(struct cli *cli)
{
    struct check check = {.cli = cli, .diags = {.arena = cli->arena}};
    struct error error = {.text = ""};
    int status = report_check_format(cli);

    if (status == STATUS_OK)
        status = migrate_check_settings(cli);
    if (status == STATUS_OK)
        status = migrate_load_folder(cli, &check.folder, &check.diags);
    if (status == STATUS_OK)
        status = migrate_load_schema(cli, &check.schema, &check.diags);
    if (status != STATUS_OK)
        return status;
    if (cli->settings.since && !check_since(&check, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    if (check.diags.n_errors == 0 && check.folder.heads.n > 1)
        check_heads(&check);
    else if (check.diags.n_errors == 0)
        check_against_schema(&check);
    return report_as_asked(cli, &check.diags, check.diags.n_errors ? STATUS_INPUT : STATUS_OK);
}
