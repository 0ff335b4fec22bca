/* A connection's life. Opening polls libpq's own connection steps, so that it has a deadline too
 * (name resolution inside of libpq is the one part that cannot be interrupted). A connection that
 * could not be opened is still an object, because it holds the reason. */
#include "internal.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

/* libpq prints notices to stderr unless it is told otherwise. */
static void ignore_notice(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

static tenon_db *db_create(const tenon_db_options *options)
{
    tenon_db *db = calloc(1, sizeof *db);

    if (db == NULL)
        return NULL;
    db->scratch = tenon_arena_create();
    if (db->scratch == NULL) {
        free(db);
        return NULL;
    }
    tenon__error_clear(db);
    db->timeout_ms = options == NULL || options->timeout_ms == 0 ? TENON_DEFAULT_TIMEOUT_MS
                                                                 : options->timeout_ms;
    db->unnamed = options != NULL && options->unnamed;
    db->borrows = tenon__can_borrow();
    db->random = (uint64_t)tenon__now_ns() ^ (uint64_t)(uintptr_t)db;
    return db;
}

static tenon_status fail_to_connect(tenon_db *db)
{
    tenon_status status = tenon__fail_result(db, NULL, NULL);

    if (status == TENON_BAD_VALUE)
        db->error.status = status = TENON_CONNECTION_LOST;
    tenon__lose(db);
    return status;
}

/* Waits for what PQconnectPoll wants. The socket may change between two steps. */
static tenon_status wait_for_connect(tenon_db *db, int64_t *deadline,
                                     PostgresPollingStatusType step)
{
    return tenon__wait(db, NULL, deadline, step == PGRES_POLLING_WRITING);
}

static tenon_status connect_by(tenon_db *db, int64_t deadline)
{
    PostgresPollingStatusType step = PGRES_POLLING_WRITING;

    if (PQstatus(db->conn) == CONNECTION_BAD)
        return fail_to_connect(db);
    while (step != PGRES_POLLING_OK) {
        tenon_status status = wait_for_connect(db, &deadline, step);
        if (status != TENON_OK)
            return status;
        step = PQconnectPoll(db->conn);
        if (step == PGRES_POLLING_FAILED)
            return fail_to_connect(db);
    }
    return TENON_OK;
}

/* What an open connection, of whoever, needs before the first call. */
static tenon_status make_ready(tenon_db *db)
{
    if (PQsetnonblocking(db->conn, 1) != 0)
        return fail_to_connect(db);
    db->encoding = PQclientEncoding(db->conn);
    db->cancel = PQgetCancel(db->conn);
    if (db->cancel == NULL)
        return tenon__fail(db, NULL, TENON_OUT_OF_MEMORY, "out of memory");
    return TENON_OK;
}

tenon_status tenon_db_open(const char *conninfo, const tenon_db_options *options, tenon_db **db_out)
{
    /* What stands behind dbname overrides the string. */
    const char *const keywords[] = {"fallback_application_name", "dbname", "client_encoding", NULL};
    const char *const values[] = {"tenon", conninfo == NULL ? "" : conninfo, "UTF8", NULL};
    int connect_timeout_ms = options == NULL ? 0 : options->connect_timeout_ms;
    tenon_db *db = *db_out = db_create(options);

    if (db == NULL)
        return TENON_OUT_OF_MEMORY;
    db->owned = true;
    db->conn = PQconnectStartParams(keywords, values, 1);
    if (db->conn == NULL) {
        db->lost = true;
        return tenon__fail(db, NULL, TENON_OUT_OF_MEMORY, "out of memory");
    }
    PQsetNoticeReceiver(db->conn, ignore_notice, NULL);
    if (connect_timeout_ms == 0)
        connect_timeout_ms = TENON_DEFAULT_TIMEOUT_MS;
    tenon_status status = connect_by(
        db, connect_timeout_ms < 0 ? INT64_MAX
                                   : tenon__now_ns() + (int64_t)connect_timeout_ms * 1000000);
    return status == TENON_OK ? make_ready(db) : status;
}

tenon_status tenon_db_wrap(struct pg_conn *conn, const tenon_db_options *options, tenon_db **db_out)
{
    tenon_db *db = *db_out = db_create(options);

    if (db == NULL)
        return TENON_OUT_OF_MEMORY;
    db->conn = conn;
    if (conn == NULL || PQstatus(conn) != CONNECTION_OK) {
        db->lost = true;
        db->conn = NULL;
        return tenon__fail(db, NULL, TENON_CONNECTION_LOST, "the connection is not open");
    }
    if (PQpipelineStatus(conn) != PQ_PIPELINE_OFF || PQtransactionStatus(conn) == PQTRANS_ACTIVE) {
        db->lost = true;
        db->conn = NULL;
        return tenon__fail(db, NULL, TENON_INVALID_ARGUMENT,
                           "the connection is in pipeline mode or has results to be read");
    }
    if (PQsetClientEncoding(conn, "UTF8") != 0)
        return fail_to_connect(db);
    return make_ready(db);
}

void tenon_db_close(tenon_db *db)
{
    if (db == NULL)
        return;
    if (db->owned)
        tenon__lose(db);
    else if (db->conn != NULL && !db->lost)
        PQsetnonblocking(db->conn, 0);
    PQfreeCancel(db->cancel);
    tenon__error_clear(db);
    tenon__prepared_finish(&db->prepared);
    tenon_arena_destroy(db->scratch);
    free(db->values);
    free(db->lengths);
    free(db->formats);
    free(db->copy_buffer);
    free(db);
}

struct pg_conn *tenon_db_conn(tenon_db *db)
{
    return db == NULL || db->lost ? NULL : db->conn;
}

bool tenon_db_is_open(const tenon_db *db)
{
    return db != NULL && !db->lost;
}

int tenon_db_set_timeout(tenon_db *db, int timeout_ms)
{
    int before = db->timeout_ms;

    db->timeout_ms = timeout_ms == 0 ? TENON_DEFAULT_TIMEOUT_MS : timeout_ms;
    return before;
}

tenon_status tenon_db_cancel(tenon_db *db)
{
    char reason[256];

    /* Only what never changes while db is open may be touched here: this is another thread. */
    if (db == NULL || db->cancel == NULL)
        return TENON_INVALID_ARGUMENT;
    return PQcancel(db->cancel, reason, sizeof reason) ? TENON_OK : TENON_CONNECTION_LOST;
}

void tenon_db_set_hooks(tenon_db *db, const tenon_hooks *hooks)
{
    db->hooks = hooks == NULL ? (tenon_hooks){0} : *hooks;
}
