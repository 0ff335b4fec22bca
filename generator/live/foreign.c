/* A tool's advisory lock is tried again and again rather than waited for, as the runner's is: the
 * tool may be waiting for the end of all older snapshots, and whoever waits in a SELECT has one.
 * LOCK TABLE has none, and is waited for: its place in the queue keeps new writers away. The former
 * lock is the session's, the latter a transaction's, which stays open until the session ends.
 */
#include "live/foreign.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "live/connection.h"
#include "support/buf.h"

enum { POLL_MS = 100 };

/* --- Finding ---------------------------------------------------------------------------------- */

static const char tables[] =
    "SELECT n.nspname, c.relname, pg_catalog.format('%I.%I', n.nspname, c.relname), "
    "c.oid "
    "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p') AND CASE WHEN $2 = '' THEN c.relname = $1 "
    "ELSE n.nspname || '.' || c.relname = $2 END "
    "AND NOT EXISTS (SELECT FROM pg_catalog.unnest($3::text[]) AS wanted WHERE wanted NOT IN "
    "(SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = c.oid AND NOT attisdropped)) "
    "AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = c.oid AND attname = $4 "
    "AND NOT attisdropped) ORDER BY 3";

static bool find_of(struct server *server, const struct tool *tool, const char *name,
                    foreign_ledger_list *ledgers, struct error *error)
{
    const char *values[] = {tool->table, name ? name : "", tool->columns, tool->lacks};
    PGresult *result = connection_query_params(server, tables, 4, values, error);

    for (int i = 0; i < PQntuples(result); i++)
        vec_push(server->arena, ledgers,
                 (struct foreign_ledger){tool,
                                         arena_strdup(server->arena, PQgetvalue(result, i, 0)),
                                         arena_strdup(server->arena, PQgetvalue(result, i, 1)),
                                         arena_strdup(server->arena, PQgetvalue(result, i, 2)),
                                         arena_strdup(server->arena, PQgetvalue(result, i, 3))});
    PQclear(result);
    return result != NULL;
}

bool foreign_find(struct server *server, const struct tool *tool, const char *name,
                  foreign_ledger_list *ledgers, struct error *error)
{
    for (size_t i = 0; i < n_tools; i++)
        if ((!tool || tool == &tools[i]) && !find_of(server, &tools[i], name, ledgers, error))
            return false;
    return true;
}

/* --- Locking ---------------------------------------------------------------------------------- */

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How long both locks together are waited for. */
struct patience {
    int64_t began;
    int timeout_ms; /* < 0: for ever */
};

static bool is_over(struct patience patience)
{
    return patience.timeout_ms >= 0 && now_ms() - patience.began >= patience.timeout_ms;
}

/* As a setting of the server: enough for a lock that is free, 0 for ever. */
static int left_of(struct patience patience)
{
    const int64_t left = patience.timeout_ms - (now_ms() - patience.began);

    if (patience.timeout_ms < 0)
        return 0;
    return left > POLL_MS ? (int)left : POLL_MS;
}

static bool ask_bool(struct server *server, const char *sql, const char *value, bool *answer,
                     struct error *error)
{
    PGresult *result = connection_query_params(server, sql, 1, &value, error);

    *answer = PQntuples(result) == 1 && strcmp(PQgetvalue(result, 0, 0), "t") == 0;
    PQclear(result);
    return result != NULL;
}

static const char *key_of(struct server *server, const struct foreign_ledger *ledger)
{
    return arena_printf(server->arena, "%lld",
                        (long long)ledger->tool->lock(server->arena, PQdb(server->conn),
                                                      ledger->schema, ledger->table));
}

/* The tool's own lock. */
static bool lock_tool(struct server *server, const struct foreign_ledger *ledger,
                      struct patience patience, struct error *error)
{
    const char *key = ledger->tool->lock ? key_of(server, ledger) : NULL;
    bool is_ours = !key;

    while (!is_ours) {
        if (!ask_bool(server, "SELECT pg_catalog.pg_try_advisory_lock($1::bigint)", key, &is_ours,
                      error))
            return false;
        if (!is_ours && is_over(patience))
            return error_set(error,
                             "%s is at work on this database: another session holds its lock (%s) "
                             "and did not end in time",
                             ledger->tool->name, key);
        if (!is_ours)
            nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000L}, NULL);
    }
    return true;
}

static bool may(struct server *server, const struct foreign_ledger *ledger, const char *rights,
                bool *answer, struct error *error)
{
    return ask_bool(
        server,
        arena_printf(server->arena, "SELECT pg_catalog.has_table_privilege($1, '%s')", rights),
        ledger->name, answer, error);
}

static bool check_rights(struct server *server, const struct foreign_ledger *ledger,
                         struct error *error)
{
    bool may_read, may_lock;

    if (!may(server, ledger, "SELECT", &may_read, error) ||
        !may(server, ledger, "UPDATE, DELETE, TRUNCATE", &may_lock, error))
        return false;
    if (!may_read || !may_lock)
        return error_set(error,
                         "%s, the ledger of %s, can not be %s: GRANT SELECT, UPDATE ON %s to this "
                         "role, or give one that owns it (role: in tenon.yaml)",
                         ledger->name, ledger->tool->name, may_read ? "locked" : "read",
                         ledger->name);
    return true;
}

static bool is_timeout(const PGresult *result)
{
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    return sqlstate && (strcmp(sqlstate, "55P03") == 0 || strcmp(sqlstate, "57014") == 0);
}

/* Writers have ROW EXCLUSIVE, which does not go with SHARE. */
static bool wait_for_table(struct server *server, const struct foreign_ledger *ledger,
                           struct error *error)
{
    PGresult *result = PQexec(
        server->conn, arena_printf(server->arena, "LOCK TABLE %s IN SHARE MODE", ledger->name));
    const bool is_locked = PQresultStatus(result) == PGRES_COMMAND_OK;

    if (is_timeout(result))
        error_set(error,
                  "%s is at work on this database: another session writes to %s and did not end in "
                  "time",
                  ledger->tool->name, ledger->name);
    else if (!is_locked)
        connection_fail(error, PQresultErrorMessage(result));
    PQclear(result);
    return is_locked;
}

/* Nothing in the transaction may take a snapshot before the lock: where that is kept for all of it,
 * the rows of those who were waited for would not be seen. */
static bool lock_table(struct server *server, const struct foreign_ledger *ledger,
                       struct patience patience, struct error *error)
{
    const int left = left_of(patience);

    return connection_run(server, "SET idle_in_transaction_session_timeout = 0", error) &&
           connection_run(server, "BEGIN", error) &&
           connection_set_timeouts(server, (struct timeouts){left, left}, error) &&
           wait_for_table(server, ledger, error) &&
           connection_set_timeouts(server, usual_timeouts, error);
}

static bool set_role(struct server *server, const char *role, struct error *error)
{
    bool is_set;

    return !role || ask_bool(server, "SELECT pg_catalog.set_config('role', $1, false) <> ''", role,
                             &is_set, error);
}

bool foreign_open(struct server *server, const struct foreign_ledger *ledger, const char *role,
                  struct error *error)
{
    return set_role(server, role, error) && check_rights(server, ledger, error);
}

bool foreign_lock(struct server *server, const struct foreign_ledger *ledger, int timeout_ms,
                  struct error *error)
{
    const struct patience patience = {now_ms(), timeout_ms};

    return lock_tool(server, ledger, patience, error) &&
           lock_table(server, ledger, patience, error);
}

const char *foreign_guard(struct server *server, const struct foreign_ledger *ledger)
{
    return arena_printf(
        server->arena,
        "EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.locktype = 'relation' AND l.granted "
        "AND l.mode = 'ShareLock' AND l.pid = %d AND l.database = (SELECT oid FROM "
        "pg_catalog.pg_database WHERE datname = pg_catalog.current_database()) AND "
        "l.relation = %s)",
        PQbackendPID(server->conn), ledger->oid);
}

/* --- Reading ---------------------------------------------------------------------------------- */

static const char *query_of(struct server *server, const struct foreign_ledger *ledger)
{
    const char *query = ledger->tool->query, *hole = strstr(query, "{}");

    return arena_printf(server->arena, "%.*s%s%s", (int)(hole - query), query, ledger->name,
                        hole + 2);
}

static const char *cell(struct server *server, const PGresult *result, int row, int column)
{
    return PQgetisnull(result, row, column)
               ? NULL
               : arena_strdup(server->arena, PQgetvalue(result, row, column));
}

bool foreign_read(struct server *server, const struct foreign_ledger *ledger, old_row_list *rows,
                  struct error *error)
{
    PGresult *result = connection_query(server, query_of(server, ledger), error);

    for (int i = 0; i < PQntuples(result); i++)
        vec_push(server->arena, rows,
                 (struct old_row){.version = cell(server, result, i, 0),
                                  .checksum = cell(server, result, i, 1),
                                  .problem = cell(server, result, i, 2),
                                  .at = cell(server, result, i, 3),
                                  .by = cell(server, result, i, 4),
                                  .duration_ms = strtoll(PQgetvalue(result, i, 5), NULL, 10),
                                  .is_mark = strcmp(PQgetvalue(result, i, 6), "t") == 0});
    PQclear(result);
    return result != NULL;
}

static bool digest_one(struct server *server, struct old_migration *migration, struct error *error)
{
    static const char question[] = "SELECT pg_catalog.encode(pg_catalog.sha384($1), 'hex')";
    const char *value = migration->text.data;
    const int length = (int)migration->text.len, format = 1;
    PGresult *result = PQexecParams(server->conn, question, 1, NULL, &value, &length, &format, 0);
    const bool is_ok = PQresultStatus(result) == PGRES_TUPLES_OK;

    if (is_ok)
        migration->checksum = cell(server, result, 0, 0);
    else
        connection_fail(error, PQresultErrorMessage(result));
    PQclear(result);
    return is_ok;
}

bool foreign_digest(struct server *server, struct old_folder *folder, struct error *error)
{
    for (size_t i = 0; folder->tool->has_digest && i < folder->items.n; i++)
        if (!digest_one(server, &folder->items.items[i], error))
            return false;
    return true;
}
