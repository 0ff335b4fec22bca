/* tenon migrate rebase: after a merge, one of two heads goes behind the other one. */
#include <string.h>
#include <time.h>

#include "cli/migrate.h"
#include "cli/report.h"
#include "migrate/heads.h"
#include "support/new_file.h"

static bool write_file(struct cli *cli, const struct migration *old, const struct draft *draft,
                       struct error *error)
{
    if (strcmp(old->name, draft->name) == 0)
        return file_rewrite(cli->arena, old->source->path, draft->text, error);
    return file_create(cli->arena,
                       arena_printf(cli->arena, "%s/%s.sql", migrations_folder(cli), draft->name),
                       draft->text, error);
}

static bool remove_file(const struct migration *old, const struct draft *draft, struct error *error)
{
    return strcmp(old->name, draft->name) == 0 || file_remove(old->source->path, error);
}

/* The new files are there before the first of the old ones goes. */
static int replace_files(struct cli *cli, const struct fork *fork, const draft_list *drafts)
{
    struct migration *const *old = fork->moved.items.items;
    struct buf said = buf_in(cli->arena);
    struct error error = {.text = ""};
    bool ok = true;

    for (size_t i = 0; i < drafts->n && ok; i++)
        ok = write_file(cli, old[i], &drafts->items[i], &error);
    for (size_t i = 0; i < drafts->n && ok; i++) {
        ok = remove_file(old[i], &drafts->items[i], &error);
        buf_addf(&said, "%s.sql is now %s.sql\n", old[i]->name, drafts->items[i].name);
    }
    if (!ok)
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    return cli_print(buf_str(&said), STATUS_OK);
}

static int rebase(struct cli *cli, const struct folder *folder)
{
    const struct fork fork = fork_of(cli->arena, folder, folder_head(folder));
    struct diags diags = {.arena = cli->arena};
    draft_list drafts = {0};

    fork_rebase(cli->arena, &fork, time(NULL), migrate_catalog(cli), &diags, &drafts);
    report_diags(cli->arena, &diags);
    if (diags.n_errors)
        return cli_fail(STATUS_INPUT,
                        "the later head does not run behind the other one: nothing was changed");
    return replace_files(cli, &fork, &drafts);
}

int run_migrate_rebase(struct cli *cli)
{
    struct diags diags = {.arena = cli->arena};
    struct folder folder;
    int status = migrate_load_folder(cli, &folder, &diags);

    if (status != STATUS_OK)
        return status;
    report_diags(cli->arena, &diags);
    if (diags.n_errors)
        return STATUS_INPUT;
    if (folder.heads.n < 2)
        return cli_print(STR("nothing to do: there is one head\n"), STATUS_OK);
    return rebase(cli, &folder);
}
