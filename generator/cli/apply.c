/* From settings to a migrator, and from its failures to exit statuses. */
#include "cli/apply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/git.h"
#include "cli/report.h"
#include "migrate/steps.h"
#include "support/json.h"

/* --- Settings --------------------------------------------------------------------------------- */

/* "5s" in milliseconds; a number alone is milliseconds too. False: it is no time. */
static bool read_time(const char *text, int *ms)
{
    static const struct {
        const char *name;
        double ms;
    } units[] = {{"", 1}, {"ms", 1}, {"s", 1000}, {"min", 60e3}, {"h", 3600e3}, {"d", 86400e3}};
    char *end;
    double number;

    if (strcmp(text, "never") == 0) {
        *ms = TENON_MIGRATE_NEVER;
        return true;
    }
    number = strtod(text, &end);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (end != text && strcmp(end, units[i].name) == 0 && number > 0 &&
            number * units[i].ms >= 1 && number * units[i].ms < 2e9) {
            *ms = (int)(number * units[i].ms);
            return true;
        }
    return false;
}

static int take_times(const struct apply_settings *settings, tenon_migrate_options *wishes)
{
    const struct {
        const char *flag, *given;
        int *ms;
    } times[] = {
        {"lock-timeout", settings->lock_timeout, &wishes->lock_timeout_ms},
        {"wait-timeout", settings->wait_timeout, &wishes->wait_timeout_ms},
        {"statement-timeout", settings->statement_timeout, &wishes->statement_timeout_ms},
        {"concurrent-timeout", settings->concurrent_timeout, &wishes->concurrent_timeout_ms},
        {"batch-pause", settings->batch_pause, &wishes->batch_pause_ms},
        {"max-lag", settings->max_lag, &wishes->max_lag_ms},
    };

    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (times[i].given && !read_time(times[i].given, times[i].ms))
            return cli_fail(STATUS_USAGE, "--%s needs a time such as 500ms, 5s or 2min, not %s",
                            times[i].flag, times[i].given);
    return STATUS_OK;
}

int ledger_of(struct cli *cli, const char **schema, const char **table)
{
    const char *ledger = cli->settings.apply.ledger ? cli->settings.apply.ledger : DEFAULT_LEDGER;
    const char *dot = strchr(ledger, '.');

    if (!dot || dot == ledger || !dot[1] || strchr(dot + 1, '.'))
        return cli_fail(STATUS_USAGE, "the ledger is named SCHEMA.TABLE, not %s", ledger);
    *schema = arena_strndup(cli->arena, ledger, (size_t)(dot - ledger));
    *table = dot + 1;
    return STATUS_OK;
}

int apply_prepare(struct applying *applying)
{
    struct cli *cli = applying->cli;
    const struct apply_settings *settings = &cli->settings.apply;
    int status;

    applying->options = (tenon_migrate_options){
        .role = settings->role,
        .to = settings->last,
        .ticket = settings->ticket,
        .git_revision = settings->revision,
        .allows_out_of_order = settings->out_of_order,
        .is_dry = settings->dry_run,
        .shows_data = settings->show_data,
        .report = apply_report,
        .context = applying,
    };
    if (!settings->revision)
        applying->options.git_revision = git_head(cli->arena);
    status = ledger_of(cli, &applying->options.ledger_schema, &applying->options.ledger_table);
    return status == STATUS_OK ? take_times(settings, &applying->options) : status;
}

const char *url_of(const struct cli *cli)
{
    const char *url = cli->settings.database ? cli->settings.database : getenv("DATABASE_URL");

    return url ? url : "";
}

/* --- Opening ---------------------------------------------------------------------------------- */

static int load_folder(struct applying *applying)
{
    struct cli *cli = applying->cli;
    struct diags diags = {.arena = cli->arena};
    int status = migrate_load_folder(cli, &applying->folder, &diags);

    if (status != STATUS_OK)
        return status;
    report_diags(cli->arena, &diags);
    if (diags.n_errors)
        return STATUS_INPUT;
    if (!file_exists(migrations_folder(cli)))
        return cli_fail(STATUS_ENVIRONMENT, "there is no folder %s: give --migrations",
                        migrations_folder(cli));
    applying->migrations = folder_steps(cli->arena, &applying->folder, NULL);
    return STATUS_OK;
}

static int connect_to(struct applying *applying)
{
    return tenon_migrator_open(url_of(applying->cli), &applying->migrations, &applying->options,
                               &applying->migrator) == TENON_MIGRATE_OK
               ? STATUS_OK
               : apply_fail(applying);
}

/* A session of its own for each schema. */
static int work_in(struct applying *applying, const char *schema,
                   int (*work)(struct applying *applying))
{
    struct applying here = *applying;
    int status;

    here.options.target = schema;
    here.options.context = &here;
    status = connect_to(&here);
    if (status == STATUS_OK)
        status = work(&here);
    tenon_migrator_close(here.migrator);
    return status;
}

static int work_in_each(struct applying *applying, int (*work)(struct applying *applying))
{
    const struct apply_settings *settings = &applying->cli->settings.apply;
    const char *const *schemas;
    size_t n;
    int worst = STATUS_OK;

    if (tenon_migrator_schemas(applying->migrator, settings->schemas, &schemas, &n) !=
        TENON_MIGRATE_OK)
        return apply_fail(applying);
    for (size_t i = 0; i < n && (worst == STATUS_OK || settings->keeps_going); i++) {
        const int status = work_in(applying, schemas[i], work);
        worst = status > worst ? status : worst;
    }
    return worst;
}

int apply_open(struct applying *applying)
{
    const int status = load_folder(applying);

    return status == STATUS_OK ? connect_to(applying) : status;
}

int apply_work(struct cli *cli, int (*work)(struct applying *applying))
{
    struct applying applying = {.cli = cli};
    int status = apply_prepare(&applying);

    if (status == STATUS_OK)
        status = apply_open(&applying);
    if (status == STATUS_OK)
        status = cli->settings.apply.schemas ? work_in_each(&applying, work) : work(&applying);
    tenon_migrator_close(applying.migrator);
    return status;
}

/* --- Failing ---------------------------------------------------------------------------------- */

static void print_failure_json(struct applying *applying, const tenon_migrate_failure *failure)
{
    struct buf buf = buf_in(applying->cli->arena);
    struct json json = {.out = &buf};

    json_begin_object(&json, NULL);
    json_string(&json, "event", "failed");
    if (applying->options.target)
        json_string(&json, "schema", applying->options.target);
    json_string(&json, "migration", failure->migration);
    json_string(&json, "file", failure->file);
    json_int(&json, "line", failure->line);
    json_int(&json, "column", failure->column);
    json_int(&json, "statement", (int64_t)failure->statement);
    json_string(&json, "sqlstate", failure->sqlstate);
    json_string(&json, "message", failure->message);
    if (*failure->detail)
        json_string(&json, "detail", failure->detail);
    json_string(&json, "hint", failure->hint);
    json_end_object(&json);
    print_json_line(applying->cli, &buf);
}

int apply_fail(struct applying *applying)
{
    const tenon_migrate_failure *failure = tenon_migrator_failure(applying->migrator);

    if (applying->cli->settings.apply.json)
        print_failure_json(applying, failure);
    if (applying->options.target)
        fprintf(stderr, "in schema %s:\n", applying->options.target);
    fprintf(stderr, "%s%s\n",
            *failure->file ? "" : "tenon: ", printable(applying->cli->arena, failure->text));
    return failure->outcome == TENON_MIGRATE_ENVIRONMENT ? STATUS_ENVIRONMENT : STATUS_INPUT;
}
