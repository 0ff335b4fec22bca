/* What happens while migrations are applied, as lines: of text, or of JSON. What is under way is
 * one line on a terminal, which is written over; elsewhere it is told every ten seconds.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/apply.h"
#include "support/json.h"

enum { LOG_EACH_MS = 10000, SHOWN_CHARACTERS = 60 };

static const char *const names[] = {
    [TENON_MIGRATE_WAITS] = "waits",     [TENON_MIGRATE_BEGINS] = "begins",
    [TENON_MIGRATE_STEP] = "statement",  [TENON_MIGRATE_SKIPS] = "skips",
    [TENON_MIGRATE_RETRIES] = "retries", [TENON_MIGRATE_NOTICE] = "notice",
    [TENON_MIGRATE_CLEANS] = "cleans",   [TENON_MIGRATE_APPLIED] = "applied",
    [TENON_MIGRATE_WARNS] = "warns",
};

/* --- JSON ------------------------------------------------------------------------------------- */

/* Line ends and indents are between the tokens only: in strings they are escaped. */
void print_json_line(struct cli *cli, struct buf *json)
{
    const str text = buf_str(json);
    struct buf line = buf_in(cli->arena);

    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] != '\n') {
            buf_addc(&line, text.data[i]);
            continue;
        }
        while (i + 1 < text.len && text.data[i + 1] == ' ')
            i++;
    }
    buf_addc(&line, '\n');
    cli_print(buf_str(&line), STATUS_OK);
}

static void report_json(struct cli *cli, const char *schema, const tenon_migrate_event *event)
{
    struct buf buf = buf_in(cli->arena);
    struct json json = {.out = &buf};

    json_begin_object(&json, NULL);
    json_string(&json, "event", names[event->kind]);
    if (schema)
        json_string(&json, "schema", schema);
    json_string(&json, "migration", event->migration);
    if (event->step) {
        json_int(&json, "statement", (int64_t)event->number);
        json_int(&json, "statements", (int64_t)event->n_steps);
        json_int(&json, "line", event->step->line);
    }
    json_int(&json, "elapsed_ms", event->elapsed_ms);
    if (event->done || event->total) {
        json_int(&json, "done", event->done);
        json_int(&json, "total", event->total);
    }
    if (*event->text)
        json_string(&json, "text", event->text);
    json_end_object(&json);
    print_json_line(cli, &buf);
}

const char *printable(struct arena *arena, const char *text)
{
    struct buf buf = buf_in(arena);

    for (; *text; text++) {
        const unsigned char byte = (unsigned char)*text;
        if ((byte < ' ' && byte != '\n' && byte != '\t') || byte == 0x7F)
            buf_addf(&buf, "\\x%02X", byte);
        else
            buf_addc(&buf, *text);
    }
    return buf_text(&buf);
}

/* --- Text ------------------------------------------------------------------------------------- */

/* The first line of a statement, and no more of it than fits. */
static const char *first_line(struct arena *arena, const char *sql)
{
    const size_t length = strcspn(sql, "\n");
    const size_t shown = length < SHOWN_CHARACTERS ? length : SHOWN_CHARACTERS;

    return arena_printf(arena, "%.*s%s", (int)shown, sql, sql[shown] ? " …" : "");
}

static const char *amount(struct arena *arena, const tenon_migrate_event *event)
{
    if (event->total)
        return arena_printf(arena, ", %lld of %lld (%lld %%)", (long long)event->done,
                            (long long)event->total, (long long)(100 * event->done / event->total));
    return event->done ? arena_printf(arena, ", %lld", (long long)event->done) : "";
}

static void report_progress(struct arena *arena, const tenon_migrate_event *event)
{
    const bool is_terminal = isatty(STDERR_FILENO) == 1;
    const char *text = arena_printf(arena, "%s: %zu/%zu, %.0f s%s%s%s", event->migration,
                                    event->number, event->n_steps, (double)event->elapsed_ms / 1000,
                                    amount(arena, event), *event->text ? ", " : "", event->text);

    if (is_terminal)
        fprintf(stderr, "\r\033[K%s", text);
    else if (event->elapsed_ms / LOG_EACH_MS != (event->elapsed_ms - 1000) / LOG_EACH_MS)
        fprintf(stderr, "%s\n", text);
    fflush(stderr);
}

/* A line of its own takes the place of the one that is written over. */
static void clear_line(void)
{
    if (isatty(STDERR_FILENO) == 1)
        fputs("\r\033[K", stderr);
}

static void say(const char *before, const char *text)
{
    clear_line();
    fprintf(stderr, "%s%s\n", before, text);
    fflush(stderr);
}

static void report_text(struct cli *cli, const char *schema, const tenon_migrate_event *event)
{
    const char *text = printable(cli->arena, event->text);
    const char *in = schema ? arena_printf(cli->arena, " in %s", schema) : "";
    struct arena *arena = cli->arena;

    switch (event->kind) {
    case TENON_MIGRATE_BEGINS:
        if (cli->settings.apply.dry_run)
            cli_print(str_from(arena_printf(arena, "would apply %s%s\n", event->migration, in)),
                      STATUS_OK);
        break;
    case TENON_MIGRATE_STEP:
        if (cli->settings.apply.dry_run)
            cli_print(
                str_from(arena_printf(arena, "    %s\n", first_line(arena, event->step->sql))),
                STATUS_OK);
        else if (event->elapsed_ms)
            report_progress(arena, event);
        break;
    case TENON_MIGRATE_APPLIED:
        clear_line();
        cli_print(str_from(arena_printf(arena, "applied %s%s (%lld ms)\n", event->migration, in,
                                        (long long)event->elapsed_ms)),
                  STATUS_OK);
        break;
    case TENON_MIGRATE_WAITS:
        say("waiting: ", text);
        break;
    case TENON_MIGRATE_RETRIES:
        say("trying again: ", text);
        break;
    case TENON_MIGRATE_CLEANS:
        say("left by a run that was cut short: ", text);
        break;
    case TENON_MIGRATE_SKIPS:
        say("has happened before: ", first_line(arena, event->step->sql));
        break;
    case TENON_MIGRATE_NOTICE:
        say("", text);
        break;
    case TENON_MIGRATE_WARNS:
        say("warning: ", text);
        break;
    }
}

void apply_report(void *context, const tenon_migrate_event *event)
{
    const struct applying *applying = context;

    if (applying->cli->settings.apply.json)
        report_json(applying->cli, applying->options.target, event);
    else
        report_text(applying->cli, applying->options.target, event);
}
