/* tenon migrate status: what a database has, what it lacks, and what is wrong. */
#include "cli/apply.h"
#include "support/json.h"

static const char *const drifts[] = {
    [TENON_DRIFT_NONE] = "none", [TENON_DRIFT_FOUND] = "found", [TENON_DRIFT_UNKNOWN] = "unknown"};

static bool is_settled(const tenon_migration_status *item)
{
    return item->state == TENON_MIGRATION_APPLIED || item->state == TENON_MIGRATION_AHEAD;
}

/* Whether apply would find nothing to do, and nothing to refuse. */
static bool all_is_well(const tenon_migrate_status *status)
{
    for (size_t i = 0; i < status->n; i++)
        if (!is_settled(&status->items[i]))
            return false;
    return status->drift != TENON_DRIFT_FOUND;
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void write_item(struct json *json, const tenon_migration_status *item)
{
    json_begin_object(json, NULL);
    json_string(json, "name", item->name);
    json_string(json, "state", tenon_migration_state_name(item->state));
    if (*item->file)
        json_string(json, "file", item->file);
    if (item->state == TENON_MIGRATION_RUNNING || item->state == TENON_MIGRATION_FAILED) {
        json_int(json, "statement", (int64_t)item->statement);
        json_int(json, "statements", (int64_t)item->n_statements);
    }
    if (*item->message)
        json_string(json, "message", item->message);
    if (*item->applied_at) {
        json_string(json, "at", item->applied_at);
        json_string(json, "by", item->applied_by);
        json_int(json, "duration_ms", item->duration_ms);
    }
    json_end_object(json);
}

static void write_json(struct buf *out, const char *schema, const tenon_migrate_status *status)
{
    struct json json = {.out = out};

    json_begin_object(&json, NULL);
    if (schema)
        json_string(&json, "schema", schema);
    json_int(&json, "pending", (int64_t)status->n_pending);
    json_string(&json, "drift", drifts[status->drift]);
    if (status->holder_pid)
        json_int(&json, "holder", status->holder_pid);
    json_begin_array(&json, "migrations");
    for (size_t i = 0; i < status->n; i++)
        write_item(&json, &status->items[i]);
    json_end_array(&json);
    json_end_object(&json);
    buf_addc(out, '\n');
}

/* --- Text ------------------------------------------------------------------------------------- */

static void write_line(struct buf *out, const tenon_migration_status *item)
{
    buf_addf(out, "%-13s %s", tenon_migration_state_name(item->state), item->name);
    if (item->state == TENON_MIGRATION_RUNNING || item->state == TENON_MIGRATION_FAILED)
        buf_addf(out, ", at statement %zu of %zu", item->statement, item->n_statements);
    else if (*item->applied_at)
        buf_addf(out, "  %s by %s, %lld ms", item->applied_at, item->applied_by,
                 (long long)item->duration_ms);
    if (*item->message)
        buf_addf(out, ": %s", item->message);
    buf_addc(out, '\n');
}

static void write_text(struct buf *out, const tenon_migrate_status *status)
{
    for (size_t i = 0; i < status->n; i++)
        write_line(out, &status->items[i]);
    if (!status->n)
        buf_adds(out, "no migrations\n");
    if (status->holder_pid)
        buf_addf(out, "the session of pid %d applies just now\n", status->holder_pid);
    if (status->drift == TENON_DRIFT_FOUND)
        buf_adds(out, "drift: the schema is not as the last migration left it\n");
}

static int print_status(struct applying *applying)
{
    struct cli *cli = applying->cli;
    struct buf out = buf_in(cli->arena);
    tenon_migrate_status found;

    if (tenon_migrator_status(applying->migrator, &found) != TENON_MIGRATE_OK)
        return apply_fail(applying);
    if (cli->settings.apply.json) {
        write_json(&out, applying->options.target, &found);
    } else {
        if (applying->options.target)
            buf_addf(&out, "%s:\n", applying->options.target);
        write_text(&out, &found);
    }
    return cli_print(buf_str(&out), all_is_well(&found) ? STATUS_OK : STATUS_INPUT);
}

int run_migrate_status(struct cli *cli)
{
    cli->settings.apply.keeps_going = true; /* all of them are to be seen */
    return apply_work(cli, print_status);
}
