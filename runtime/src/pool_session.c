/* What the pool says to servers: opening, asking whether anyone is there, and bringing a session
 * back into the state of a new one. The calling thread owns the connection, and no lock is held.
 *
 * A session that may have changed is reset by one text in one round trip. Its parts do what DISCARD
 * ALL does, but for the statements that tenon has prepared, which stay. Those of the user are
 * counted by the last part; only if there are any, their names are asked for. */
#include "pool_internal.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#define LONGEST_PING_MS 5000

/* The user may have changed search_path: what is called here is named in full. A role has to be
 * given up first, for RESET ALL leaves it; whether the session's authorization takes it back to
 * that of the connection string depends on the server's version. A cursor has to be closed before
 * the temporary table that it reads. Plans that were made under other settings would stay in use.
 */
static const char reset_sql[] =
    "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; CLOSE ALL; UNLISTEN *; "
    "SELECT pg_catalog.pg_advisory_unlock_all(); "
    "DISCARD PLANS; DISCARD SEQUENCES; DISCARD TEMP; "
    "SELECT FROM pg_catalog.pg_prepared_statements WHERE pg_catalog.left(name, 6) <> 'tenon_'";

static const uint32_t text_column[] = {25};
static const tenon__statement list_prepared = {
    .query = "ListPrepared",
    .key = "tenon_6f0c1d5b93a7e248",
    .sql = "SELECT pg_catalog.string_agg('DEALLOCATE ' || pg_catalog.quote_ident(name), '; ') "
           "FROM pg_catalog.pg_prepared_statements WHERE pg_catalog.left(name, 6) <> 'tenon_'",
    .column_types = text_column,
    .n_columns = 1,
    .reads_only = true,
};

/* Gives the calls that follow what is left of the time, and not more than calls have by default.
 * It is never nothing: what is there can still be read. */
static void limit_calls(const tenon_pool *pool, tenon_db *db, int64_t deadline_ns)
{
    int64_t left_ms = INT_MAX;
    int timeout_ms = pool->options.db.timeout_ms;

    if (deadline_ns != INT64_MAX)
        left_ms = (deadline_ns - tenon__now_ns()) / NS_PER_MS;
    if (left_ms < 1)
        left_ms = 1;
    if (deadline_ns != INT64_MAX && (timeout_ms < 0 || timeout_ms > left_ms))
        timeout_ms = left_ms > INT_MAX ? INT_MAX : (int)left_ms;
    tenon_db_set_timeout(db, timeout_ms);
}

/* --- What a connection is like --- */

/* Everything that is kept on this side. */
static void set_up(const tenon_pool *pool, tenon_db *db)
{
    tenon_db_set_hooks(db, &pool->options.hooks);
    tenon_db_set_limits(db, pool->options.db.limits);
    tenon_db_set_timeout(db, pool->options.db.timeout_ms);
    tenon__error_clear(db);
}

/* Ends the stream or COPY and the transaction that are under way. */
static bool end_work(const tenon_pool *pool, tenon_db *db, int64_t deadline_ns)
{
    limit_calls(pool, db, deadline_ns);
    tenon__end_open_call(db);
    if (!tenon_db_is_open(db) || PQpipelineStatus(db->conn) != PQ_PIPELINE_OFF ||
        PQtransactionStatus(db->conn) == PQTRANS_ACTIVE)
        return false; /* lost, or results are unread: who knows how many are to come */
    if (db->depth > 1)
        db->depth = 1; /* the savepoints go with the outermost level */
    if (db->depth == 1)
        tenon_rollback(db);
    if (!tenon_db_is_open(db))
        return false;
    /* A transaction that was begun by hand. */
    if (PQtransactionStatus(db->conn) != PQTRANS_IDLE) {
        limit_calls(pool, db, deadline_ns);
        (void)tenon__command(db, "ROLLBACK", "ROLLBACK", NULL);
    }
    db->pending = PENDING_NONE;
    return tenon_db_is_open(db) && db->depth == 0 && PQtransactionStatus(db->conn) == PQTRANS_IDLE;
}

/* Calls a hook with what is left of the time. */
static tenon_status call_hook(const tenon_pool *pool, tenon_pool_hook *hook, tenon_db *db,
                              int64_t deadline_ns)
{
    if (hook == NULL)
        return TENON_OK;
    limit_calls(pool, db, deadline_ns);
    return hook(pool->options.context, db);
}

void tenon__pool_describe(struct pool_error *error, tenon_status status, const tenon_db *db,
                          const char *what)
{
    const char *message = db == NULL ? what : tenon_db_error(db)->message;

    error->status = status;
    if (*message != '\0')
        tenon__pool_copy_text(error->message, sizeof error->message, message);
    else
        snprintf(error->message, sizeof error->message, "%s: %s", what, tenon_status_name(status));
}

/* Makes of a session that is as new what the program wants at the start. */
static tenon_status introduce(const tenon_pool *pool, tenon_db *db, int64_t deadline_ns)
{
    tenon_status status = call_hook(pool, pool->options.on_connect, db, deadline_ns);

    if (status == TENON_OK && !end_work(pool, db, deadline_ns))
        status = TENON_CONNECTION_LOST;
    if (status == TENON_OK) {
        set_up(pool, db);
        db->touched = false;
    }
    return status;
}

tenon_status tenon__pool_open(const tenon_pool *pool, int64_t deadline_ns, tenon_db **db,
                              struct pool_error *error)
{
    int64_t connect_by_ns = tenon__deadline_in(pool->options.db.connect_timeout_ms);
    const char *what = "cannot connect";

    if (connect_by_ns > deadline_ns)
        connect_by_ns = deadline_ns;
    tenon_status status = tenon__open_by(pool->conninfo, &pool->options.db, connect_by_ns, db);
    if (status == TENON_OK) {
        what = "on_connect failed";
        set_up(pool, *db);
        status = introduce(pool, *db, deadline_ns);
    }
    if (status == TENON_OK)
        return TENON_OK;
    tenon__pool_describe(error, status, *db, *db == NULL ? "out of memory" : what);
    tenon_db_close(*db);
    *db = NULL;
    return status;
}

bool tenon__pool_answers(const tenon_pool *pool, tenon_db *db, int64_t idle_ns, int64_t deadline_ns)
{
    int64_t after_ns = (int64_t)pool->options.ping_after_ms * NS_PER_MS;

    if (!tenon__is_alive(db))
        return false;
    if (after_ns < 0 || idle_ns < after_ns)
        return true;
    /* Half of the time is kept for opening another one. */
    int64_t now_ns = tenon__now_ns();
    int64_t ask_until_ns =
        deadline_ns == INT64_MAX ? INT64_MAX : now_ns + (deadline_ns - now_ns) / 2;
    int64_t longest_ns = tenon__deadline_in(LONGEST_PING_MS);
    limit_calls(pool, db, ask_until_ns < longest_ns ? ask_until_ns : longest_ns);
    return tenon__command(db, "PING", "-- ping", NULL) == TENON_OK;
}

tenon_status tenon__pool_greet(const tenon_pool *pool, tenon_db *db, int64_t deadline_ns,
                               struct pool_error *error)
{
    tenon_status status = call_hook(pool, pool->options.on_acquire, db, deadline_ns);

    if (status != TENON_OK)
        tenon__pool_describe(error, status, db, "on_acquire failed");
    else
        tenon_db_set_timeout(db, pool->options.db.timeout_ms);
    return status;
}

/* --- Between two users --- */

/* Forgets what the user has prepared by himself. */
static bool deallocate_others(tenon_db *db)
{
    tenon_arena *mem = tenon_arena_create();
    const char *sql = NULL;
    tenon__call call;

    tenon__begin(&call, db, &list_prepared);
    if (tenon__fetch_into(&call, mem) && tenon__next_row(&call))
        sql = tenon__read_opt_text(&call).or_null;
    bool done = tenon__end_one(&call) == TENON_OK;
    if (done && sql != NULL)
        done = tenon__command(db, "DEALLOCATE", sql, NULL) == TENON_OK;
    tenon_arena_destroy(mem);
    return done;
}

static bool reset_session(const tenon_pool *pool, tenon_db *db, int64_t deadline_ns)
{
    struct answer answer = {.n = 0};

    limit_calls(pool, db, deadline_ns);
    if (tenon__command(db, "RESET", reset_sql, &answer) != TENON_OK)
        return false;
    if (strcmp(answer.tag, "SELECT 0") != 0) {
        limit_calls(pool, db, deadline_ns);
        if (!deallocate_others(db))
            return false;
    }
    return introduce(pool, db, deadline_ns) == TENON_OK;
}

static bool must_reset(const tenon_pool *pool, const tenon_db *db)
{
    return pool->options.reset == TENON_RESET_ALWAYS ||
           (pool->options.reset == TENON_RESET_CHANGED && db->touched);
}

bool tenon__pool_clean(const tenon_pool *pool, tenon_db *db, bool *was_reset)
{
    int timeout_ms = pool->options.db.timeout_ms;
    int64_t deadline_ns =
        tenon__deadline_in(timeout_ms < 0 ? TENON_DEFAULT_TIMEOUT_MS : timeout_ms);

    *was_reset = false;
    set_up(pool, db);
    if (!end_work(pool, db, deadline_ns))
        return false;
    if (call_hook(pool, pool->options.on_release, db, deadline_ns) != TENON_OK ||
        !end_work(pool, db, deadline_ns))
        return false;
    if (must_reset(pool, db)) {
        *was_reset = true;
        if (!reset_session(pool, db, deadline_ns))
            return false;
    }
    set_up(pool, db);
    return true;
}
