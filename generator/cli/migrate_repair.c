/* tenon migrate repair: decisions that only a person can take. */
#include "cli/apply.h"

struct action {
    const char *flag;
    bool is_given, needs_name;
    tenon_repair repair;
};

/* The one that was asked for. STATUS_USAGE after a message when it is not one. */
static int find_action(const struct cli *cli, struct action *found)
{
    const struct apply_settings *settings = &cli->settings.apply;
    const struct action actions[] = {
        {"accept-edit", settings->accept_edit, true, TENON_REPAIR_ACCEPT_EDIT},
        {"forget", settings->forget, true, TENON_REPAIR_FORGET},
        {"mark-applied", settings->mark_applied, true, TENON_REPAIR_MARK},
        {"accept-schema", settings->accept_schema, false, TENON_REPAIR_SCHEMA},
        {"end-holder", settings->end_holder, false, TENON_REPAIR_END_HOLDER},
    };
    size_t n_given = 0;

    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (actions[i].is_given) {
            *found = actions[i];
            n_given++;
        }
    if (n_given != 1)
        return cli_fail(STATUS_USAGE, "give one of --accept-edit NAME, --forget NAME, "
                                      "--mark-applied NAME, --accept-schema, --end-holder");
    if (cli->operands.n != found->needs_name)
        return cli_fail(STATUS_USAGE,
                        found->needs_name ? "--%s needs the name of a migration"
                                          : "--%s takes no name",
                        found->flag);
    return STATUS_OK;
}

static int repair(struct applying *applying)
{
    const struct cli *cli = applying->cli;
    struct action action;
    int status = find_action(cli, &action);

    if (status != STATUS_OK)
        return status;
    return tenon_migrator_repair(applying->migrator, action.repair,
                                 action.needs_name ? cli->operands.items[0] : NULL) ==
                   TENON_MIGRATE_OK
               ? cli_print(STR("done, and noted in the log of the ledger\n"), STATUS_OK)
               : apply_fail(applying);
}

int run_migrate_repair(struct cli *cli)
{
    struct action action;
    int status = find_action(cli, &action);

    return status == STATUS_OK ? apply_work(cli, repair) : status;
}
