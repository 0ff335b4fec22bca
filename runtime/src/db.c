/* A connection's life. A connection that could not be opened is still an object, because it holds
 * the reason. */
#include "internal.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int64_t limit_of(int64_t given, int64_t by_default)
{
    return given == 0 ? by_default : given;
}

static tenon_limits with_defaults(tenon_limits limits)
{
    limits.max_rows = limit_of(limits.max_rows, TENON_NO_LIMIT);
    limits.max_bytes = limit_of(limits.max_bytes, TENON_DEFAULT_MAX_BYTES);
    limits.max_param_bytes = limit_of(limits.max_param_bytes, TENON_DEFAULT_MAX_PARAM_BYTES);
    return limits;
}

static tenon_db *db_create(const tenon_db_options *given)
{
    static const tenon_db_options defaults = {0};
    const tenon_db_options *options = given == NULL ? &defaults : given;
    tenon_db *db = calloc(1, sizeof *db);

    if (db == NULL)
        return NULL;
    db->scratch = tenon_arena_create();
    if (db->scratch == NULL) {
        free(db);
        return NULL;
    }
    tenon__error_clear(db);
    db->timeout_ms = options->timeout_ms == 0 ? TENON_DEFAULT_TIMEOUT_MS : options->timeout_ms;
    db->unnamed = options->unnamed;
    db->server_timeout = options->server_timeout;
    db->keeps_running = options->keeps_running;
    db->checks_params = options->checks_params;
    db->limits = with_defaults(options->limits);
    db->encoding = pg_char_to_encoding("UTF8");
    db->borrows = tenon__can_borrow();
    db->random = (uint64_t)tenon__now_ns() ^ (uint64_t)(uintptr_t)db;
    return db;
}

/* libpq does not say how much its TLS library has decrypted and not handed over; the library, where
 * it is a shared one, does. */
static void find_tls(tenon_db *db)
{
    db->encrypted = PQsslInUse(db->conn);
    void *tls = PQsslStruct(db->conn, "OpenSSL");
    void *program = tls == NULL ? NULL : dlopen(NULL, RTLD_LAZY);
    void *found = program == NULL ? NULL : dlsym(program, "SSL_pending");

    if (program != NULL)
        dlclose(program);
    if (found == NULL)
        return;
    memcpy(&db->tls_pending, &found, sizeof found); /* no other way from object to function */
    db->tls = tls;
}

/* libpq prints notices to stderr unless it is told otherwise. */
static void take_notice(void *context, const PGresult *result)
{
    const tenon_db *db = context;
    tenon_error notice;

    if (db->hooks.notice == NULL)
        return;
    tenon__error_of_result(&notice, result, "");
    db->hooks.notice(db->hooks.context, &notice);
}

static tenon_status out_of_memory(tenon_db *db)
{
    return tenon__fail(db, NULL, TENON_OUT_OF_MEMORY, "out of memory");
}

/* What an open connection, of whoever, needs before the first call. */
static tenon_status make_ready(tenon_db *db)
{
    if (PQsetnonblocking(db->conn, 1) != 0)
        return out_of_memory(db);
    db->session = db->owned ? tenon__session_create() : tenon__session_of(db->conn);
    atomic_store(&db->canceller, tenon__canceller_create(db->conn));
    db->backend_pid = PQbackendPID(db->conn);
    find_tls(db);
    return db->session == NULL || atomic_load(&db->canceller) == NULL ? out_of_memory(db)
                                                                      : TENON_OK;
}

tenon_status tenon__open_by(const char *conninfo, const tenon_db_options *options,
                            int64_t deadline_ns, tenon_db **db_out)
{
    tenon_db *db = *db_out = db_create(options);

    if (db == NULL) {
        tenon__error_without_connection(TENON_OUT_OF_MEMORY, "out of memory");
        return TENON_OUT_OF_MEMORY;
    }
    db->owned = true;
    tenon_status status = tenon__connect(db, conninfo == NULL ? "" : conninfo, deadline_ns);
    if (status != TENON_OK)
        return status;
    PQsetNoticeReceiver(db->conn, take_notice, db);
    status = make_ready(db);
    if (status != TENON_OK)
        tenon__lose(db);
    return status;
}

tenon_status tenon_db_open(const char *conninfo, const tenon_db_options *options, tenon_db **db_out)
{
    int timeout_ms = options == NULL || options->connect_timeout_ms == 0
                         ? TENON_DEFAULT_TIMEOUT_MS
                         : options->connect_timeout_ms;

    return tenon__open_by(conninfo, options, tenon__deadline_in(timeout_ms), db_out);
}

/* Gives up a connection of the caller, which stays as it is. */
static tenon_status leave(tenon_db *db, tenon_status status)
{
    if (db->conn != NULL && PQstatus(db->conn) == CONNECTION_OK)
        PQsetnonblocking(db->conn, 0);
    db->conn = NULL;
    db->session = NULL;
    db->lost = true;
    return status;
}

static tenon_status use_utf8(tenon_db *db)
{
    if (PQclientEncoding(db->conn) == db->encoding)
        return TENON_OK;
    if (PQtransactionStatus(db->conn) == PQTRANS_INERROR)
        return tenon__fail(db, NULL, TENON_INVALID_ARGUMENT,
                           "the client encoding is not UTF8 and can not be set: the connection is "
                           "in a failed transaction");
    return tenon__run_text(db, NULL, "SET client_encoding TO 'UTF8'", TENON_DEADLINE_LATER, NULL);
}

tenon_status tenon_db_wrap(struct pg_conn *conn, const tenon_db_options *options, tenon_db **db_out)
{
    tenon_db *db = *db_out = db_create(options);

    if (db == NULL)
        return TENON_OUT_OF_MEMORY;
    if (conn == NULL || PQstatus(conn) != CONNECTION_OK)
        return leave(db,
                     tenon__fail(db, NULL, TENON_CONNECTION_LOST, "the connection is not open"));
    if (PQpipelineStatus(conn) != PQ_PIPELINE_OFF || PQtransactionStatus(conn) == PQTRANS_ACTIVE)
        return leave(db, tenon__fail(db, NULL, TENON_INVALID_ARGUMENT,
                                     "the connection is in pipeline mode or has results to be "
                                     "read"));
    db->conn = conn;
    db->touched = true;
    tenon_status status = make_ready(db);
    if (status == TENON_OK)
        status = use_utf8(db);
    return status == TENON_OK ? TENON_OK : leave(db, status);
}

static void db_free(tenon_db *db)
{
    if (db->owned)
        tenon__session_destroy(db->session);
    tenon__canceller_release(atomic_load(&db->canceller));
    tenon__error_clear(db);
    tenon_arena_destroy(db->scratch);
    free(db->values);
    free(db->lengths);
    free(db->formats);
    free(db->copy_buffer);
    free(db);
}

void tenon_db_close(tenon_db *db)
{
    if (db == NULL)
        return;
    if (db->owned) {
        tenon__detach_open_call(db);
        tenon__lose(db);
    } else {
        tenon__end_open_call(db);
        if (db->conn != NULL && !db->lost)
            PQsetnonblocking(db->conn, 0);
    }
    db_free(db);
}

/* What libpq is about to say to the server goes nowhere. */
static void mute(PGconn *conn)
{
    int nowhere = open("/dev/null", O_RDWR);

    if (PQsocket(conn) >= 0 && nowhere >= 0)
        dup2(nowhere, PQsocket(conn));
    if (nowhere >= 0)
        close(nowhere);
}

void tenon_db_abandon(tenon_db *db)
{
    if (db == NULL)
        return;
    tenon__detach_open_call(db);
    if (db->owned && db->conn != NULL)
        mute(db->conn);
    if (db->owned && db->conn != NULL)
        PQfinish(db->conn);
    db_free(db);
}

struct pg_conn *tenon_db_conn(tenon_db *db)
{
    if (db == NULL || db->lost)
        return NULL;
    if (!db->streaming)
        (void)tenon__flush_pending(db, "BEGIN");
    db->touched = db->lent = true;
    return db->lost ? NULL : db->conn;
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

tenon_limits tenon_db_set_limits(tenon_db *db, tenon_limits limits)
{
    tenon_limits before = db->limits;

    db->limits = with_defaults(limits);
    return before;
}

void tenon_db_set_hooks(tenon_db *db, const tenon_hooks *hooks)
{
    db->hooks = hooks == NULL ? (tenon_hooks){0} : *hooks;
    db->told = db->hooks.before != NULL || db->hooks.after != NULL;
}
