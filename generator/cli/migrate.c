/* tenon migrate diff: the statements between two schemas. */
#include <string.h>

#include "cli/cli.h"
#include "cli/report.h"
#include "plan/plan.h"

/* A schema of its own, without queries. */
static int load(struct cli *cli, path_list files, struct compilation *compilation)
{
    struct compile_settings settings = cli->settings.compile;
    struct compile_input input;
    struct error error = {.text = ""};

    settings.schema = files;
    settings.queries = (path_list){0};
    if (!compile_read(cli->arena, &settings, &input, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    compile(cli->arena, &settings, &input, compilation);
    if (compilation->diags.n_errors)
        return report_as_asked(cli, &compilation->diags, STATUS_INPUT);
    return STATUS_OK;
}

static void add_allowed(struct cli *cli, path_list *allowed, const char *flag,
                        const path_list *names, bool *all)
{
    for (size_t i = 0; i < names->n; i++) {
        *all |= strcmp(names->items[i], "all") == 0;
        vec_push(cli->arena, allowed, arena_printf(cli->arena, "%s %s", flag, names->items[i]));
    }
}

static struct plan_options options_of(struct cli *cli, path_list *allowed)
{
    const struct settings *settings = &cli->settings;
    struct plan_options result = {.is_plain = settings->plain};
    bool ignored = false;

    add_allowed(cli, allowed, "--allow-drop", &settings->allow_drop, &result.allows_all);
    add_allowed(cli, allowed, "--allow-lossy", &settings->allow_lossy, &ignored);
    add_allowed(cli, allowed, "--allow-lock", &settings->allow_lock, &ignored);
    result.allowed = allowed->items;
    result.n_allowed = allowed->n;
    return result;
}

/* Each loss that nobody allowed, with the flag that does. */
static int refuse(struct cli *cli, const struct plan *plan)
{
    struct buf text = buf_in(cli->arena);

    for (size_t i = 0; i < plan->steps.n; i++)
        for (size_t k = 0; k < plan->steps.items[i]->losses.n; k++) {
            const struct loss *loss = &plan->steps.items[i]->losses.items[k];
            if (!loss->is_allowed)
                buf_addf(&text, "\n    %s %s   (%s)", loss->flag, loss->what, loss->about);
        }
    return cli_fail(STATUS_INPUT, "the change takes something away; allow it by name:%s",
                    buf_text(&text));
}

static int diff(struct cli *cli)
{
    struct compilation before, after;
    path_list allowed = {0};
    struct plan plan;
    struct diags diags = {.arena = cli->arena};
    const struct plan_options wishes = options_of(cli, &allowed);
    int status = load(cli, cli->settings.from, &before);

    if (status == STATUS_OK)
        status = load(cli, cli->settings.to, &after);
    if (status != STATUS_OK)
        return status;
    if (!plan_make(cli->arena, before.catalog, after.catalog, &wishes, &diags, &plan))
        return report_as_asked(cli, &diags, STATUS_INPUT);
    if (plan.n_refused)
        return refuse(cli, &plan);
    return cli_print(str_from(plan_text(cli->arena, &plan)), STATUS_OK);
}

int run_migrate(struct cli *cli)
{
    if (cli->operands.n != 1 || strcmp(cli->operands.items[0], "diff") != 0)
        return cli_fail(STATUS_USAGE, "what is to be done? tenon migrate diff");
    return diff(cli);
}
