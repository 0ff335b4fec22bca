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

static void add_text(void *context, const char *text)
{
    buf_adds(context, text);
}

/* Nothing of one that is not whole. */
static int print_script(struct applying *applying)
{
    struct buf script = buf_in(applying->cli->arena);

    if (tenon_migrator_script(applying->migrator, add_text, &script) != TENON_MIGRATE_OK)
        return apply_fail(applying);
    if (!buf_str(&script).len)
        buf_adds(&script, "-- nothing to do: all migrations are applied\n");
    return cli_print(buf_str(&script), STATUS_OK);
}

static int apply(struct applying *applying)
{
    if (applying->cli->settings.apply.script)
        return print_script(applying);
    return tenon_migrator_apply(applying->migrator) == TENON_MIGRATE_OK ? say_end(applying)
                                                                        : apply_fail(applying);
}

int run_migrate_apply(struct cli *cli)
{
    return apply_work(cli, apply);
}
