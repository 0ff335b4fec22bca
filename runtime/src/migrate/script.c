/* The run as a script for psql. The run itself writes it: while m->write is set, what would change
 * the database is written down instead of sent, and what the engine would look at between two
 * statements becomes a guard. What it asks the server for before that is asked. */
#include "migrator.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char tenon__script_hash[] = ":'tenon_hash'";
const char tenon__script_duration[] =
    "pg_catalog.round(extract(epoch FROM pg_catalog.clock_timestamp() - "
    ":'tenon_began'::timestamptz) * 1000)";

void tenon__script(tenon_migrator *m, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = tenon__vtext(m, format, args);
    va_end(args);
    m->write(m->write_context, text);
}

/* --- Values ---------------------------------------------------------------------------------- */

const char *tenon__literal(tenon_migrator *m, const char *value)
{
    if (value == NULL)
        return "NULL";
    char *quoted = PQescapeLiteral(m->conn, value, strlen(value));
    if (quoted == NULL) {
        m->out_of_memory = true;
        return "NULL";
    }
    const char *literal = tenon__text(m, "%s", quoted);
    PQfreemem(quoted);
    return literal;
}

static const char *written(tenon_migrator *m, const char *value)
{
    bool is_expression = value == tenon__script_hash || value == tenon__script_duration;

    return is_expression ? value : tenon__literal(m, value);
}

/* The statement with its values in the places of $1 … $n. */
static const char *filled_in(tenon_migrator *m, const char *sql, int n, const char *const *values)
{
    const char *text = "", *from = sql;
    int number, length;

    for (const char *at = strchr(sql, '$'); n > 0 && at != NULL; at = strchr(at + 1, '$')) {
        if (sscanf(at, "$%d%n", &number, &length) != 1 || number < 1 || number > n)
            continue;
        text = tenon__text(m, "%s%.*s%s", text, (int)(at - from), from,
                           written(m, values[number - 1]));
        from = at + length;
    }
    return tenon__text(m, "%s%s", text, from);
}

/* --- Statements ------------------------------------------------------------------------------ */

void tenon__script_do(tenon_migrator *m, const char *sql, int n, const char *const *values)
{
    tenon__script(m, "%s;\n", filled_in(m, sql, n, values));
}

void tenon__script_set(tenon_migrator *m, const char *question, int n, const char *const *values)
{
    tenon__script(m, "%s \\gset\n", filled_in(m, question, n, values));
}

void tenon__script_one(tenon_migrator *m, const char *message, const char *hint)
{
    tenon__script(m, "SELECT :ROW_COUNT = 1 AS tenon_is_written \\gset\n"
                     "\\if :tenon_is_written\n\\else\n");
    tenon__script_refuse(m, "true", message, hint);
    tenon__script(m, "\\endif\n");
}

/* What the text can stand between. Its last word may be the beginning of a tag. */
static const char *tag_for(tenon_migrator *m, const char *text)
{
    const char *start = "$tenon";

    for (int i = 1; strstr(text, start) != NULL; i++)
        start = tenon__text(m, "$tenon%d", i);
    return tenon__text(m, "%s$", start);
}

void tenon__script_block(tenon_migrator *m, const char *body)
{
    const char *tag = tag_for(m, body);

    tenon__script(m, "DO %s %s %s;\n", tag, body, tag);
}

void tenon__script_refuse(tenon_migrator *m, const char *condition, const char *message,
                          const char *hint)
{
    tenon__script_block(
        m, tenon__text(m,
                       "BEGIN IF (%s) IS NOT FALSE THEN\n"
                       "    RAISE EXCEPTION USING MESSAGE = %s, HINT = %s;\nEND IF; END",
                       condition, tenon__literal(m, message), tenon__literal(m, hint)));
}

/* Whether psql would read something of its own in the text: a variable behind a colon. */
static bool is_for_psql(const char *sql)
{
    for (const char *at = strchr(sql, ':'); at != NULL; at = strchr(at + 1, ':')) {
        if (at[1] == ':')
            at++;
        else if (at[1] != '=' && at[1] != ' ' && at[1] != '\n')
            return true;
    }
    return false;
}

/* A comment at the end of the text would hide what is behind it. */
static const char *end_of(const char *sql)
{
    const char *line = strrchr(sql, '\n');

    return strstr(line == NULL ? sql : line, "--") == NULL ? "" : "\n";
}

void tenon__script_step(tenon_migrator *m, const char *sql)
{
    const char *tag = tag_for(m, sql);

    if (is_for_psql(sql))
        tenon__script(m, "SELECT %s%s%s \\gexec\n", tag, sql, tag);
    else
        tenon__script(m, "%s%s;\n", sql, end_of(sql));
}

void tenon__script_if(tenon_migrator *m, const char *question)
{
    tenon__script_set(m, tenon__text(m, "SELECT (%s\n) AS tenon_is_so", question), 0, NULL);
    tenon__script(m, "\\if :tenon_is_so\n");
}

/* --- The script ------------------------------------------------------------------------------ */

static const char head[] = "\\set ON_ERROR_STOP on\n"
                           "\\set ON_ERROR_ROLLBACK off\n"
                           "\\set AUTOCOMMIT on\n"
                           "\\set SINGLELINE off\n"
                           "\\set QUIET on\n"
                           "\\encoding UTF8\n"
                           "\\o /dev/null\n";

/* One text for all that was read of the ledger; NULL: it has no rows. */
static const char state_of_ledger[] =
    "(SELECT pg_catalog.md5(pg_catalog.string_agg(pg_catalog.concat_ws(' ', name, checksum, state, "
    "part, statement, batch_key), ',' ORDER BY name COLLATE \"C\")) FROM %s WHERE target = %s)";

static bool read_state(tenon_migrator *m, const char **question, const char **state)
{
    *question = tenon__text(m, state_of_ledger, m->table, tenon__literal(m, m->options.target));
    *state = NULL;
    if (!m->ledger.exists)
        return true;
    PGresult *result = tenon__ask(m, tenon__text(m, "SELECT %s", *question), 0, NULL);
    if (result != NULL && !PQgetisnull(result, 0, 0))
        *state = tenon__text(m, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    return result != NULL;
}

static void begin(tenon_migrator *m, size_t n)
{
    tenon__script(m, "-- %zu migration%s for the database %s, as tenon migrate apply runs %s.\n", n,
                  n == 1 ? "" : "s", tenon__quoted(m, PQdb(m->conn)), n == 1 ? "it" : "them");
    if (*m->options.target != '\0')
        tenon__script(m, "-- In the schema %s.\n", tenon__quoted(m, m->options.target));
    tenon__script(m, "--   psql -X -f FILE\n%s", head);
    tenon__script_refuse(
        m, tenon__text(m, "pg_catalog.current_database() <> %s", tenon__literal(m, PQdb(m->conn))),
        "the script was made for another database", "make one for this database");
    tenon__script_refuse(m,
                         tenon__text(m,
                                     "pg_catalog.pg_is_in_recovery() OR "
                                     "pg_catalog.current_setting('server_version_num')::integer / "
                                     "10000 < %d",
                                     m->migrations->server_version),
                         "the server is a standby, or too old for the migrations",
                         "connect to its primary");
}

static void take_lock(tenon_migrator *m)
{
    tenon__script_refuse(
        m, tenon__text(m, "NOT pg_catalog.pg_try_advisory_lock(%lld)", (long long)m->lock_key),
        "another session applies migrations", "wait until it has ended");
}

static bool write_all(tenon_migrator *m, size_t n)
{
    const char *question, *state;

    if (!read_state(m, &question, &state))
        return false;
    begin(m, n);
    if (!tenon__pin(m))
        return false;
    take_lock(m);
    if (!tenon__ledger_open(m))
        return false;
    tenon__script_refuse(
        m, tenon__text(m, "%s IS DISTINCT FROM %s", question, tenon__literal(m, state)),
        "the ledger has changed since the script was made", "make it anew");
    if (!tenon__apply_pending(m))
        return false;
    tenon__script(m, "SELECT pg_catalog.pg_advisory_unlock_all();\n\\o\n\\echo applied: %zu\n", n);
    return true;
}

static bool write_script(tenon_migrator *m)
{
    size_t n = 0;

    if (!tenon__find_work(m, &n))
        return false;
    return n == 0 || (tenon__check_server(m) && tenon__preflight(m) && write_all(m, n));
}

tenon_migrate_outcome tenon_migrator_script(tenon_migrator *m, tenon_migrate_write *write,
                                            void *context)
{
    m->n_applied = 0;
    if (!tenon__begin_call(m) || !tenon__begin_reading(m))
        return m->failure.outcome;
    m->write = write;
    m->write_context = context;
    bool is_done = write_script(m);
    m->write = NULL;
    is_done = tenon__end_reading(m, is_done);
    if (is_done && m->out_of_memory)
        is_done = tenon__break_off(m, "out of memory");
    return is_done ? TENON_MIGRATE_OK : m->failure.outcome;
}
