/* tenon migrate diff: the statements between two schemas. */
#include "cli/migrate.h"
#include "cli/report.h"

static int load(struct cli *cli, const char *flag, const path_list *files, struct schema *schema)
{
    struct diags diags = {.arena = cli->arena};
    struct error error = {.text = ""};

    *schema = (struct schema){.catalog = migrate_catalog(cli)};
    if (!files->n)
        return cli_fail(STATUS_USAGE, "migrate diff needs --%s FILE...", flag);
    if (!migrate_read(cli, files, NULL, &schema->sources, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    migrate_replay(cli, &schema->sources, schema->catalog, &diags);
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
