/* The ledger: what was applied, as rows that are written in the transactions of what they tell of.
 *
 * It is used only if nobody but our own role could have put anything on it: a trigger of somebody
 * else's would run with our rights. No row is written by a session that does not hold the lock, by
 * the condition of the INSERT or UPDATE itself. */
#include "migrator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tenon/version.h>

/* --- Trust ----------------------------------------------------------------------------------- */

static const char facts[] =
    "SELECT c.relkind, c.relowner = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = "
    "current_user), pg_catalog.pg_get_userbyid(c.relowner), "
    "EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid), "
    "EXISTS (SELECT FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid), "
    "current_user "
    "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = $1 AND c.relname = $2";

static bool is_true(const PGresult *result, int column)
{
    return strcmp(PQgetvalue(result, 0, column), "t") == 0;
}

static bool judge(tenon_migrator *m, const PGresult *result)
{
    if (strcmp(PQgetvalue(result, 0, 0), "r") != 0)
        return tenon__reject(
            m, "another name can be given with ledger:", "%s is there, and is no table", m->table);
    if (!is_true(result, 1))
        return tenon__reject(m,
                             "apply with the same role each time (role: in tenon.yaml), or change "
                             "the owner of the table",
                             "the ledger %s belongs to \"%s\"; this session is \"%s\"", m->table,
                             PQgetvalue(result, 0, 2), PQgetvalue(result, 0, 5));
    if (is_true(result, 3) || is_true(result, 4))
        return tenon__reject(m, "drop it: it would run with the rights of this session",
                             "the ledger %s has a trigger or a rule", m->table);
    return true;
}

/* Of the ledger or its log. *exists: whether it is there. */
static bool check_table(tenon_migrator *m, const char *name, bool *exists)
{
    const char *values[] = {m->options.ledger_schema, name};
    PGresult *result = tenon__ask(m, facts, 2, values);

    if (result == NULL)
        return false;
    *exists = PQntuples(result) > 0;
    bool is_good = !*exists || judge(m, result);
    PQclear(result);
    return is_good;
}

/* --- Making it ------------------------------------------------------------------------------- */

static const char columns[] =
    "target text NOT NULL DEFAULT '', "
    "name text NOT NULL, "
    "seq bigint NOT NULL, " /* in the order of applying */
    "version text NOT NULL, "
    "parent text NOT NULL, "
    "checksum text NOT NULL, "
    "state text NOT NULL CHECK (state IN ('applied', 'running', 'failed')), "
    "part integer NOT NULL, "      /* parts of the file that are committed */
    "statement integer NOT NULL, " /* that is running or failed; all of them: done */
    "part_checksum text NOT NULL DEFAULT '', "
    "message text, "
    "batch_key text, "
    "batch_rows bigint, "
    "catalog_hash text NOT NULL DEFAULT '', "
    "server_hash text, "
    "server_major integer, "
    "started_at timestamptz NOT NULL DEFAULT now(), "
    "finished_at timestamptz, "
    "duration_ms bigint, "
    "applied_by text NOT NULL DEFAULT session_user, "
    "client_address inet DEFAULT inet_client_addr(), "
    "git_revision text, "
    "tenon_version text, "
    "ticket text, "
    "PRIMARY KEY (target, name)";

static const char log_columns[] = "target text NOT NULL, "
                                  "at timestamptz NOT NULL DEFAULT now(), "
                                  "action text NOT NULL, "
                                  "name text, "
                                  "before text, " /* what the row of the ledger was */
                                  "done_by text NOT NULL DEFAULT session_user, "
                                  "client_address inet DEFAULT inet_client_addr(), "
                                  "ticket text";

static bool make_schema(tenon_migrator *m)
{
    const char *schema = tenon__quoted(m, m->options.ledger_schema);
    bool exists;

    if (!tenon__ask_bool(m,
                         "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1)",
                         1, &m->options.ledger_schema, &exists))
        return false;
    return exists ||
           tenon__do(m, tenon__text(m, "CREATE SCHEMA IF NOT EXISTS %s", schema), 0, NULL);
}

/* IF NOT EXISTS: somebody may have dropped one of them, which the other one outlives. */
static bool make_table(tenon_migrator *m, const char *table, const char *of)
{
    return tenon__do(m, tenon__text(m, "CREATE TABLE IF NOT EXISTS %s (%s)", table, of), 0, NULL);
}

static bool make(tenon_migrator *m)
{
    bool is_made = tenon__do(m, "BEGIN", 0, NULL) && make_schema(m) &&
                   make_table(m, m->table, columns) && make_table(m, m->log, log_columns) &&
                   tenon__do(m, "COMMIT", 0, NULL);

    if (is_made || !tenon__is_open(m))
        return is_made;
    tenon__roll_back_part(m);
    const tenon_migrate_failure failure = m->failure;
    return tenon__reject(m,
                         "the role needs CREATE on the database, or a schema of that name that is "
                         "its own",
                         "the ledger %s can not be made: %s", m->table, failure.message);
}

bool tenon__ledger_open(tenon_migrator *m)
{
    const char *log = tenon__text(m, "%s_log", m->options.ledger_table);
    bool exists, has_log;

    if (!check_table(m, m->options.ledger_table, &exists) || !check_table(m, log, &has_log))
        return false;
    return (exists && has_log) || make(m);
}

/* --- Reading --------------------------------------------------------------------------------- */

static const char *cell(tenon_migrator *m, const PGresult *result, int row, int column)
{
    return tenon__text(m, "%s", PQgetvalue(result, row, column));
}

static enum row_state state_of(const char *name)
{
    return strcmp(name, "applied") == 0   ? ROW_APPLIED
           : strcmp(name, "running") == 0 ? ROW_RUNNING
                                          : ROW_FAILED;
}

static struct ledger_row read_row(tenon_migrator *m, const PGresult *result, int i)
{
    return (struct ledger_row){
        .name = cell(m, result, i, 0),
        .checksum = cell(m, result, i, 1),
        .state = state_of(PQgetvalue(result, i, 2)),
        .part = (size_t)atol(PQgetvalue(result, i, 3)),
        .statement = (size_t)atol(PQgetvalue(result, i, 4)),
        .part_checksum = cell(m, result, i, 5),
        .message = cell(m, result, i, 6),
        .batch_key = PQgetisnull(result, i, 7) ? NULL : cell(m, result, i, 7),
        .applied_at = cell(m, result, i, 8),
        .applied_by = cell(m, result, i, 9),
        .duration_ms = strtoll(PQgetvalue(result, i, 10), NULL, 10),
        .server_hash = cell(m, result, i, 11),
        .server_major = atoi(PQgetvalue(result, i, 12)),
    };
}

static bool read_rows(tenon_migrator *m)
{
    const char *sql = tenon__text(
        m,
        "SELECT name, checksum, state, part, statement, part_checksum, message, batch_key, "
        "pg_catalog.to_char(coalesce(finished_at, started_at) AT TIME ZONE 'UTC', "
        "'YYYY-MM-DD HH24:MI:SS'), "
        "applied_by, duration_ms, server_hash, server_major, "
        "seq = pg_catalog.max(seq) OVER () FROM %s WHERE target = $1 ORDER BY name COLLATE \"C\"",
        m->table);
    PGresult *result = tenon__ask(m, sql, 1, &m->options.target);

    if (result == NULL)
        return false;
    int n = PQntuples(result);
    struct ledger_row *rows = tenon_arena_alloc(m->arena, ((size_t)n + 1) * sizeof *rows);
    m->ledger = (struct ledger){.exists = true, .rows = rows, .n = rows == NULL ? 0 : (size_t)n};
    for (int i = 0; rows != NULL && i < n; i++) {
        rows[i] = read_row(m, result, i);
        if (strcmp(PQgetvalue(result, i, 13), "t") == 0)
            m->ledger.newest = &rows[i];
    }
    m->out_of_memory |= rows == NULL;
    PQclear(result);
    return true;
}

bool tenon__ledger_read(tenon_migrator *m)
{
    const char *values[] = {m->options.ledger_schema, m->options.ledger_table};
    bool exists;

    m->ledger = (struct ledger){0};
    if (!tenon__ask_bool(m,
                         "SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN "
                         "pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 "
                         "AND c.relname = $2 AND c.relkind = 'r')",
                         2, values, &exists))
        return false;
    return !exists || read_rows(m);
}

const struct ledger_row *tenon__ledger_find(const tenon_migrator *m, const char *name)
{
    for (size_t i = 0; i < m->ledger.n; i++)
        if (strcmp(m->ledger.rows[i].name, name) == 0)
            return &m->ledger.rows[i];
    return NULL;
}

/* --- Writing --------------------------------------------------------------------------------- */

static const char *const state_names[] = {
    [ROW_APPLIED] = "applied", [ROW_RUNNING] = "running", [ROW_FAILED] = "failed"};

static const char lost_lock[] =
    "this session no longer holds the lock of the migrations, so nothing is committed";
static const char how_it_is_lost[] =
    "a pooler gave the transaction another session, or a statement of the file released all "
    "advisory locks";

bool tenon__write_one(tenon_migrator *m, const char *sql, int n, const char *const *values)
{
    if (m->write != NULL) {
        tenon__script_do(m, sql, n, values);
        tenon__script_one(m, lost_lock, how_it_is_lost);
        return true;
    }
    PGresult *result = tenon__ask(m, sql, n, values);
    if (result == NULL)
        return false;
    bool is_written = strcmp(PQcmdTuples(result), "1") == 0;
    PQclear(result);
    return is_written || tenon__reject(m, how_it_is_lost, "%s", lost_lock);
}

static const char upsert[] =
    "INSERT INTO %s AS r (target, name, seq, version, parent, checksum, state, part, statement, "
    "part_checksum, catalog_hash, finished_at, duration_ms, git_revision, tenon_version, ticket, "
    "server_hash, server_major) "
    "SELECT $1, $2, (SELECT coalesce(pg_catalog.max(seq), 0) + 1 FROM %s WHERE target = $1), "
    "pg_catalog.left($2, 14), $3, $4, $5, $6::integer, $7::integer, $8, $9, "
    "CASE $5 WHEN 'applied' THEN pg_catalog.clock_timestamp() END, $10::bigint, $11, $12, $13, "
    "$14, pg_catalog.current_setting('server_version_num')::integer / 10000 WHERE %s "
    "ON CONFLICT (target, name) DO UPDATE SET checksum = excluded.checksum, "
    "parent = excluded.parent, state = excluded.state, part = excluded.part, "
    "statement = excluded.statement, part_checksum = excluded.part_checksum, message = NULL, "
    "batch_key = CASE WHEN excluded.state = 'running' AND r.statement = excluded.statement "
    "THEN r.batch_key END, "
    "catalog_hash = excluded.catalog_hash, finished_at = excluded.finished_at, "
    "duration_ms = excluded.duration_ms, git_revision = excluded.git_revision, "
    "tenon_version = excluded.tenon_version, ticket = excluded.ticket, "
    "server_hash = excluded.server_hash, server_major = excluded.server_major";

static const char *number(tenon_migrator *m, long long value)
{
    return tenon__text(m, "%lld", value);
}

static bool is_last(const tenon_migrator *m, const tenon_migration *migration)
{
    return migration == m->last;
}

bool tenon__ledger_write(tenon_migrator *m, const tenon_migration *migration, enum row_state state,
                         size_t part, size_t statement, int64_t duration_ms)
{
    const char *hash = NULL;

    if (state == ROW_APPLIED && is_last(m, migration) && !tenon__server_hash(m, &hash))
        return false;
    const char *values[] = {
        m->options.target,
        migration->name,
        migration->parent,
        migration->checksum,
        state_names[state],
        number(m, (long long)part),
        number(m, (long long)statement),
        part > 0 ? migration->part_checksums[part - 1] : "",
        migration->catalog_hash,
        m->write == NULL ? number(m, duration_ms) : tenon__script_duration,
        m->options.git_revision,
        TENON_VERSION_STRING,
        m->options.ticket,
        hash,
    };
    return tenon__write_one(m, tenon__text(m, upsert, m->table, m->table, m->holds_lock), 14,
                            values);
}

bool tenon__ledger_slice(tenon_migrator *m, const tenon_migration *migration, const char *key,
                         int64_t n_rows)
{
    const char *values[] = {m->options.target, migration->name, key, number(m, n_rows)};

    return tenon__write_one(
        m,
        tenon__text(m,
                    "UPDATE %s SET batch_key = $3, batch_rows = coalesce(batch_rows, "
                    "0) + $4::bigint WHERE target = $1 AND name = $2 AND %s",
                    m->table, m->holds_lock),
        4, values);
}

bool tenon__ledger_note(tenon_migrator *m, const char *action, const char *name)
{
    const char *values[] = {m->options.target, action, name, m->options.ticket};

    return tenon__do(m,
                     tenon__text(m,
                                 "INSERT INTO %s (target, action, name, before, ticket) SELECT $1, "
                                 "$2, $3, (SELECT pg_catalog.to_jsonb(r)::text FROM %s r WHERE "
                                 "r.target = $1 AND r.name = $3), $4",
                                 m->log, m->table),
                     4, values);
}

void tenon__ledger_note_failure(tenon_migrator *m, const tenon_migration *migration, size_t part,
                                size_t statement)
{
    const tenon_migrate_failure failure = m->failure;
    const char *values[] = {m->options.target, migration->name,
                            tenon__text(m, "%s%s%s%s", failure.message,
                                        *failure.sqlstate == '\0' ? "" : " [", failure.sqlstate,
                                        *failure.sqlstate == '\0' ? "" : "]"),
                            number(m, (long long)part), number(m, (long long)statement)};

    if (tenon__is_open(m))
        (void)tenon__do(m,
                        tenon__text(m,
                                    "UPDATE %s SET state = 'failed', message = $3, part = "
                                    "$4::integer, statement = $5::integer WHERE target = $1 AND "
                                    "name = $2 AND %s",
                                    m->table, m->holds_lock),
                        5, values);
    m->failure = failure;
}
