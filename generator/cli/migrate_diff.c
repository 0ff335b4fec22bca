/* tenon migrate diff: the statements between two schemas. */
#include "cli/migrate.h"
#include "cli/report.h"
#include "replay/replay.h"

/* A folder of migrations is replayed as one. */
static void replay(struct cli *cli, const source_list *sources, struct catalog *catalog,
                   struct diags *diags)
{
    struct folder folder = {0};

    if (!is_migration(sources->items[0]->text)) {
        for (size_t i = 0; i < sources->n; i++)
            replay_script(catalog, sql_parse_schema(cli->arena, sources->items[i], diags), diags);
        return;
    }
    for (size_t i = 0; i < sources->n; i++)
        vec_push(cli->arena, &folder.items,
                 migration_read(cli->arena, sources->items[i]->path, sources->items[i]->text,
                                sources->items[i]->release, diags));
    if (folder_order(cli->arena, &folder, diags))
        folder_replay(cli->arena, &folder, NULL, catalog, diags);
}

static int load(struct cli *cli, const char *flag, const path_list *files, struct schema *schema)
{
    struct diags diags = {.arena = cli->arena};
    struct error error = {.text = ""};

    *schema = (struct schema){.catalog = migrate_catalog(cli)};
    if (!files->n)
        return cli_fail(STATUS_USAGE, "migrate diff needs --%s FILE...", flag);
    if (!migrate_read(cli, files, NULL, &schema->sources, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    if (schema->sources.n)
        replay(cli, &schema->sources, schema->catalog, &diags);
    report_diags(cli->arena, &diags);
    return diags.n_errors ? STATUS_INPUT : STATUS_OK;
}

static int print_difference(struct cli *cli, struct schema *before, const struct schema *after)
{
    struct diags diags = {.arena = cli->arena};
    path_list allowed = {0};
    const struct plan_options wishes = migrate_options(cli, &allowed, NULL);
    const struct wanted wanted = migrate_wanted(after);
    struct plan plan;
    const bool is_made =
        difference_make(cli->arena, before->catalog, &wanted, NULL, &wishes, &diags, &plan);

    report_diags(cli->arena, &diags);
    if (!is_made)
        return STATUS_INPUT;
    if (plan.n_refused)
        return migrate_refuse(cli, &plan);
    return cli_print(str_from(plan_text(cli->arena, &plan)), STATUS_OK);
}

int run_migrate_diff(struct cli *cli)
{
    struct schema before, after;
    int status = migrate_check_settings(cli);

    if (status == STATUS_OK)
        status = load(cli, "from", &cli->settings.from, &before);
    if (status == STATUS_OK)
        status = load(cli, "to", &cli->settings.to, &after);
    return status == STATUS_OK ? print_difference(cli, &before, &after) : status;
}
