/* tenon migrate new: the difference between the folder and the schema, as files of the folder. */
#include <string.h>
#include <time.h>

#include "cli/report.h"
#include "cli/review.h"
#include "migrate/check.h"
#include "migrate/write.h"
#include "support/new_file.h"

static int write_drafts(struct cli *cli, const draft_list *drafts)
{
    struct buf said = buf_in(cli->arena);
    struct error error = {.text = ""};

    for (size_t i = 0; i < drafts->n; i++) {
        const char *path =
            arena_printf(cli->arena, "%s/%s.sql", migrations_folder(cli), drafts->items[i].name);
        if (!file_create(cli->arena, path, drafts->items[i].text, &error))
            return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
        buf_addf(&said, "wrote %s\n", path);
    }
    return cli_print(buf_str(&said), STATUS_OK);
}

/* The last lines need the folder anew, as the catalog that was planned with is the end's. */
static int finish(struct cli *cli, const struct folder *folder, const struct plan *plan)
{
    const struct migration *head = folder_head(folder);
    const struct writing writing = {cli->operands.items[0], head ? head->name : NULL, time(NULL)};
    struct catalog *catalog = migrate_catalog(cli);
    struct diags diags = {.arena = cli->arena};
    draft_list drafts = {0};

    drafts_write(cli->arena, plan, &writing, &drafts);
    folder_replay(cli->arena, folder, NULL, catalog, &diags);
    drafts_seal(cli->arena, &drafts, catalog, compile_release(&cli->settings.compile), &diags);
    if (diags.n_errors) {
        report_diags(cli->arena, &diags);
        return STATUS_INPUT;
    }
    return write_drafts(cli, &drafts);
}

/* Without a list nobody knows which roles there are. */
static void check_schema_roles(struct cli *cli, const struct schema *schema, struct diags *diags)
{
    const struct inventory inventory = inventory_of(cli->arena, schema->catalog);

    check_roles(cli->arena, &inventory, cli->settings.roles.items, cli->settings.roles.n, diags);
}

/* Errors of either side are shown together. */
static int load(struct cli *cli, const struct folder *folder, struct catalog *before,
                struct schema *after)
{
    struct diags diags = {.arena = cli->arena};
    int status = migrate_load_schema(cli, after, &diags);

    if (status != STATUS_OK)
        return status;
    folder_replay(cli->arena, folder, NULL, before, &diags);
    if (cli->settings.roles.n)
        check_schema_roles(cli, after, &diags);
    report_diags(cli->arena, &diags);
    return diags.n_errors ? STATUS_INPUT : STATUS_OK;
}

/* --- Programs of today ------------------------------------------------------------------------ */

/* The queries as they are, over the schema that the folder leads to. */
static int read_programs(struct cli *cli, const struct folder *folder, struct review_side *programs)
{
    struct error error = {.text = ""};

    *programs = (struct review_side){.argument = migrations_folder(cli)};
    if (!migrate_read(cli, &cli->settings.compile.queries, NULL, &programs->queries, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    for (size_t i = 0; i < folder->items.n; i++)
        vec_push(cli->arena, &programs->schema, folder->items.items[i]->source);
    return STATUS_OK;
}

static int say_broken(struct cli *cli, const struct review_side *programs,
                      const struct schema *after)
{
    struct buf said = buf_in(cli->arena);
    problem_list problems = {0};

    if (programs->schema.n)
        review_programs(cli, programs, &after->sources, &problems);
    if (!problems.n)
        return STATUS_OK;
    buf_adds(&said, "programs with these queries break when it is applied:\n");
    for (size_t i = 0; i < problems.n; i++)
        buf_addf(&said, "    %s: %s\n", problems.items[i].query, problems.items[i].what);
    return cli_print(buf_str(&said), STATUS_OK);
}

static int write_difference(struct cli *cli, const struct folder *folder)
{
    struct catalog *before = migrate_catalog(cli);
    struct diags diags = {.arena = cli->arena};
    path_list allowed = {0};
    const struct ignore ignore = migrate_ignore(cli);
    const struct plan_options wishes = migrate_options(cli, &allowed, &ignore);
    struct review_side programs;
    struct schema after;
    struct wanted wanted;
    struct plan plan;
    int status = load(cli, folder, before, &after);
    bool is_made;

    if (status == STATUS_OK)
        status = read_programs(cli, folder, &programs);
    if (status != STATUS_OK)
        return status;
    wanted = migrate_wanted(&after);
    is_made = difference_make(cli->arena, before, &wanted, folder, &wishes, &diags, &plan);
    report_diags(cli->arena, &diags);
    if (!is_made)
        return STATUS_INPUT;
    if (plan.n_refused)
        return migrate_refuse(cli, &plan);
    if (!plan.steps.n)
        return cli_print(STR("nothing to do: the migrations lead to the schema\n"), STATUS_OK);
    status = finish(cli, folder, &plan);
    return status == STATUS_OK ? say_broken(cli, &programs, &after) : status;
}

int run_migrate_new(struct cli *cli)
{
    struct folder folder;
    const char *problem;
    int status;

    if (cli->operands.n != 1)
        return cli_fail(STATUS_USAGE, "a migration has one name: tenon migrate new add_limit");
    problem = migration_title_problem(cli->operands.items[0]);
    if (problem)
        return cli_fail(STATUS_USAGE, "\"%s\" is no name: %s", cli->operands.items[0], problem);
    status = migrate_check_settings(cli);
    if (status == STATUS_OK)
        status = migrate_open_folder(cli, &folder);
    if (status != STATUS_OK)
        return status;
    if (cli->settings.empty)
        return finish(cli, &folder, &(struct plan){0});
    return write_difference(cli, &folder);
}
