/* tenon migrate apply: what the database does not have yet. */
#include "cli/apply.h"
#include "support/json.h"

static int say_end(struct applying *applying)
{
    struct cli *cli = applying->cli;
    const size_t n = tenon_migrator_applied(applying->migrator);
    struct buf buf = buf_in(cli->arena);
    struct json json = {.out = &buf};

    if (!cli->settings.apply.json)
        return cli_print(n ? STR("") : STR("nothing to do: all migrations are applied\n"),
                         STATUS_OK);
    json_begin_object(&json, NULL);
    json_string(&json, "event", "done");
    json_int(&json, "applied", cli->settings.apply.dry_run ? 0 : (int64_t)n);
    json_end_object(&json);
    print_json_line(cli, &buf);
    return STATUS_OK;
}

static int apply(struct applying *applying)
{
    return tenon_migrator_apply(applying->migrator) == TENON_MIGRATE_OK ? say_end(applying)
                                                                        : apply_fail(applying);
}

int run_migrate_apply(struct cli *cli)
{
    return apply_work(cli, apply);
}
