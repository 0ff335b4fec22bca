/* A call from begin to end.
 *
 * tenon__execute sends and receives. A statement that this server session does not know yet goes
 * out as Parse, Bind, Execute and one Sync, in libpq's pipeline mode, so that preparing costs no
 * round trip. All results are read to the end of PQgetResult and the first error wins: libpq may
 * deliver a success behind it. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void tenon__before(tenon_db *db, const char *query, const char *sql)
{
    if (db->hooks.before != NULL) {
        tenon_event event = {.query = query, .sql = sql};
        db->hooks.before(db->hooks.context, &event);
    }
    if (db->hooks.after != NULL)
        db->started_ns = tenon__now_ns();
}

void tenon__after(tenon_db *db, const char *query, const char *sql, tenon_status status,
                  size_t n_rows)
{
    if (db->hooks.after == NULL)
        return;
    tenon_event event = {
        .query = query,
        .sql = sql,
        .status = status,
        .rows = n_rows,
        .elapsed_ns = tenon__now_ns() - db->started_ns,
        .error = status == TENON_OK ? NULL : &db->error,
    };
    db->hooks.after(db->hooks.context, &event);
}

void tenon__begin_abi1(tenon__call *call, tenon_db *db, const tenon__statement *statement)
{
    memset(call, 0, sizeof *call);
    call->statement = statement;
    call->db = db;
    if (db == NULL) {
        call->status = TENON_INVALID_ARGUMENT;
        return;
    }
    call->status = tenon__check_usable(db, statement->query);
    if (call->status != TENON_OK)
        return;
    tenon__error_clear(db);
    tenon_arena_reset(db->scratch);
    call->scratch = db->scratch;
    call->params = db->params;
    call->capacity = db->n_params;
    call->space = db->space;
    call->space_end = db->space + sizeof db->space;
}

/* --- Sending --- */

static bool grow_values(tenon_db *db, size_t n)
{
    if (n <= db->n_values)
        return true;
    const char **values = realloc(db->values, n * sizeof *values);
    if (values != NULL)
        db->values = values;
    int *lengths = realloc(db->lengths, n * sizeof *lengths);
    if (lengths != NULL)
        db->lengths = lengths;
    int *formats = realloc(db->formats, n * sizeof *formats);
    if (formats != NULL)
        db->formats = formats;
    if (values == NULL || lengths == NULL || formats == NULL)
        return false;
    for (size_t i = db->n_values; i < n; i++)
        formats[i] = 1;
    db->n_values = n;
    return true;
}

/* Lays the parameters out as libpq wants them. */
static bool arrange_params(tenon__call *call)
{
    tenon_db *db = call->db;
    size_t n = call->statement->n_params;
    size_t total = 0;

    if (call->n_bound != n) {
        tenon__call_fail(call, TENON_INVALID_ARGUMENT, "query %s: %zu parameters instead of %zu",
                         call->statement->query, call->n_bound, n);
        return false;
    }
    if (!grow_values(db, n)) {
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const tenon__cell *cell = &call->params[i];
        db->values[i] = cell->length < 0 ? NULL : cell->value;
        db->lengths[i] = cell->length < 0 ? 0 : cell->length;
        total += (size_t)db->lengths[i] + 4;
    }
    /* The message also has names and formats: leave them room. */
    if (total > TENON_MAX_BYTES - 1024 - 2 * n) {
        tenon__call_fail(call, TENON_INVALID_ARGUMENT,
                         "query %s: the parameters are larger than 1 GB together",
                         call->statement->query);
        return false;
    }
    return true;
}

static bool send_with_parse(tenon__call *call)
{
    const tenon__statement *statement = call->statement;
    tenon_db *db = call->db;

    call->pipelined = call->preparing = true;
    return PQenterPipelineMode(db->conn) &&
           PQsendPrepare(db->conn, statement->key, statement->sql, statement->n_params,
                         statement->param_types) &&
           PQsendQueryPrepared(db->conn, statement->key, statement->n_params, db->values,
                               db->lengths, db->formats, 1) &&
           PQpipelineSync(db->conn);
}

/* Forgets a prepared statement whose plan is of no use any more. */
static bool deallocate(tenon__call *call, struct prepared *prepared)
{
    char sql[128];

    snprintf(sql, sizeof sql, "DEALLOCATE \"%s\"", prepared->key);
    call->status = tenon__run_text(call->db, call->statement->query, sql, NULL, 0);
    prepared->known = prepared->stale = false;
    return call->status == TENON_OK;
}

static bool send_request(tenon__call *call)
{
    const tenon__statement *statement = call->statement;
    tenon_db *db = call->db;
    int n = statement->n_params;

    call->pipelined = call->preparing = false;
    if (db->unnamed)
        return PQsendQueryParams(db->conn, statement->sql, n, statement->param_types, db->values,
                                 db->lengths, db->formats, 1);
    struct prepared *prepared = tenon__prepared_find(&db->prepared, statement->key);
    if (prepared == NULL) {
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
        return false;
    }
    if (prepared->stale && !deallocate(call, prepared))
        return false;
    if (prepared->known)
        return PQsendQueryPrepared(db->conn, statement->key, n, db->values, db->lengths,
                                   db->formats, 1);
    return send_with_parse(call);
}

static void use_single_rows(tenon__call *call)
{
#ifdef LIBPQ_HAS_CHUNK_MODE
    PQsetChunkedRowsMode(call->db->conn, 64);
#else
    PQsetSingleRowMode(call->db->conn);
#endif
}

static bool send_call(tenon__call *call, bool streaming)
{
    tenon_db *db = call->db;

    call->single_rows = streaming;
    if (!send_request(call)) {
        if (call->status == TENON_OK)
            call->status = tenon__fail_result(db, call->statement->query, NULL);
        /* Half of a pipeline cannot be taken back. */
        if (call->pipelined)
            tenon__lose(db);
        return false;
    }
    if (streaming && !call->pipelined)
        use_single_rows(call);
    return true;
}

/* --- Receiving --- */

static void end_pipeline(tenon__call *call)
{
    call->pipelined = false;
    if (!PQexitPipelineMode(call->db->conn)) {
        tenon__call_fail(call, TENON_CONNECTION_LOST, "libpq does not leave pipeline mode: %s",
                         PQerrorMessage(call->db->conn));
        tenon__lose(call->db);
    }
}

static void note_prepared(tenon__call *call)
{
    struct prepared *prepared = tenon__prepared_find(&call->db->prepared, call->statement->key);

    call->preparing = false;
    if (prepared != NULL)
        prepared->known = true;
}

/* Takes a result that is not for the caller: true if it was such. */
static bool consume(tenon__call *call, PGresult *result)
{
    switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE:
#ifdef LIBPQ_HAS_CHUNK_MODE
    case PGRES_TUPLES_CHUNK:
#endif
        return false;
    case PGRES_COMMAND_OK:
        if (!call->preparing)
            return false;
        note_prepared(call);
        break;
    case PGRES_PIPELINE_ABORTED:
        break;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        tenon__call_fail(call, TENON_INVALID_ARGUMENT,
                         "COPY is not supported here: the connection has been closed");
        tenon__lose(call->db);
        break;
    case PGRES_FATAL_ERROR:
    case PGRES_BAD_RESPONSE:
        call->preparing = false;
        if (call->status == TENON_OK) {
            call->status = tenon__fail_result(call->db, call->statement->query, result);
            return true;
        }
        break;
    default:
        tenon__call_fail(call, TENON_BAD_VALUE, "the server sent a result of an unexpected kind");
    }
    PQclear(result);
    return true;
}

/* Receives one result. That the connection breaks now is news only if nothing has failed before. */
static bool receive(tenon__call *call, int64_t *deadline, PGresult **result)
{
    tenon_db *db = call->db;

    if (call->status == TENON_OK) {
        call->status = tenon__receive(db, call->statement->query, deadline, result);
        return call->status == TENON_OK;
    }
    struct saved_error first = tenon__error_save(db);
    tenon_status status = tenon__receive(db, call->statement->query, deadline, result);
    tenon__error_restore(db, first);
    return status == TENON_OK;
}

bool tenon__next_result(tenon__call *call, int64_t *deadline, PGresult **result)
{
    tenon_db *db = call->db;
    int n_ends = 0;

    while (!db->lost) {
        if (!receive(call, deadline, result))
            break;
        if (*result == NULL) {
            if (!call->pipelined)
                return true;
            /* The end of Parse, then that of Execute; more mean that Sync will never come. */
            if (++n_ends > 2) {
                tenon__call_fail(call, TENON_CONNECTION_LOST, "the server left a pipeline open");
                tenon__lose(db);
            } else if (call->single_rows) {
                use_single_rows(call);
            }
        } else if (PQresultStatus(*result) == PGRES_PIPELINE_SYNC) {
            PQclear(*result);
            *result = NULL;
            end_pipeline(call);
            return !db->lost;
        } else if (!consume(call, *result)) {
            return true;
        }
    }
    *result = NULL;
    return false;
}

/* Reads on to the end. There has to be exactly one result. */
static void receive_all(tenon__call *call, int64_t *deadline, PGresult **kept)
{
    PGresult *result;

    *kept = NULL;
    while (tenon__next_result(call, deadline, &result) && result != NULL) {
        if (*kept == NULL) {
            *kept = result;
        } else {
            PQclear(result);
            tenon__call_fail(call, TENON_BAD_VALUE, "the server sent more than one result");
        }
    }
    if (*kept == NULL)
        tenon__call_fail(call, TENON_BAD_VALUE, "the server sent no result");
    if (call->status != TENON_OK) {
        PQclear(*kept);
        *kept = NULL;
    }
}

/* Reads the first part of a stream; after a failure all there is. */
static void receive_first(tenon__call *call, int64_t *deadline, PGresult **part)
{
    if (!tenon__next_result(call, deadline, part))
        return;
    if (*part == NULL)
        tenon__call_fail(call, TENON_BAD_VALUE, "the server sent no result");
    else if (call->status != TENON_OK) {
        PQclear(*part);
        receive_all(call, deadline, part);
    }
}

/* Whether the failure means that the prepared statement is not (any more) what it should be, which
 * the server finds before it executes anything. The set of statements is put right in any case;
 * inside a transaction, which has failed now, nothing can be repeated. */
static bool can_repeat(tenon__call *call)
{
    tenon_db *db = call->db;

    if (db->lost || db->unnamed || call->status == TENON_OK)
        return false;
    struct prepared *prepared = tenon__prepared_find(&db->prepared, call->statement->key);
    if (prepared == NULL)
        return false;
    if (strcmp(db->error.sqlstate, "26000") == 0 && prepared->known)
        prepared->known = false; /* DISCARD ALL, DEALLOCATE, another session of a pooler */
    else if (strcmp(db->error.sqlstate, "42P05") == 0 && !prepared->known)
        prepared->known = true; /* the key says that it is the same statement */
    else if (strcmp(db->error.sqlstate, "0A000") == 0 && prepared->known &&
             strcmp(db->error.source_function, "RevalidateCachedQuery") == 0)
        prepared->stale = true; /* cached plan must not change result type */
    else
        return false;
    return !call->in_transaction;
}

bool tenon__execute(tenon__call *call, bool streaming, PGresult **result)
{
    int64_t deadline = TENON_DEADLINE_LATER;
    tenon_db *db = call->db;

    *result = NULL;
    if (call->status != TENON_OK || !arrange_params(call))
        return false;
    call->started = true;
    tenon__before(db, call->statement->query, call->statement->sql);
    for (int attempt = 1;; attempt++) {
        call->in_transaction = PQtransactionStatus(db->conn) != PQTRANS_IDLE;
        if (!send_call(call, streaming))
            return false;
        if (streaming)
            receive_first(call, &deadline, result);
        else
            receive_all(call, &deadline, result);
        if (call->status == TENON_OK || attempt == 2 || !can_repeat(call))
            break;
        tenon__error_clear(db);
        call->status = TENON_OK;
    }
    if (call->status == TENON_OK && PQclientEncoding(db->conn) != db->encoding)
        tenon__call_fail(call, TENON_BAD_VALUE,
                         "client_encoding has been changed: texts are not UTF-8 any more");
    return call->status == TENON_OK;
}

/* --- Results --- */

static void release_result(void *result)
{
    PQclear(result);
}

bool tenon__fetch(tenon__call *call, tenon_arena *mem)
{
    PGresult *result;

    if (!tenon__execute(call, false, &result)) {
        PQclear(result);
        return false;
    }
    call->mem = mem == NULL ? call->scratch : mem;
    if (mem == NULL) {
        call->result = result;
    } else if (!tenon__arena_adopt(mem, release_result, result)) {
        PQclear(result);
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
        return false;
    }
    return tenon__accept(call, result);
}

void *tenon__alloc_rows(tenon__call *call, size_t row_size, size_t *count)
{
    void *rows = NULL;

    *count = 0;
    if (call->n_rows == 0)
        return NULL;
    if (call->n_rows <= SIZE_MAX / row_size)
        rows = tenon_arena_alloc(call->mem, call->n_rows * row_size);
    if (rows == NULL)
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
    else
        *count = call->n_rows;
    return rows;
}

tenon_status tenon__finish(tenon__call *call)
{
    PQclear(call->result);
    call->result = NULL;
    if (call->started)
        tenon__after(call->db, call->statement->query, call->statement->sql, call->status,
                     call->n_rows);
    return call->status;
}

tenon_status tenon__end(tenon__call *call)
{
    return tenon__finish(call);
}

static void refuse_many_rows(tenon__call *call)
{
    if (call->n_rows > 1)
        tenon__call_fail(call, TENON_MANY_ROWS, "query %s returned %zu rows where one was expected",
                         call->statement->query, call->n_rows);
}

tenon_status tenon__end_one(tenon__call *call)
{
    refuse_many_rows(call);
    if (call->n_rows == 0)
        tenon__call_fail(call, TENON_NO_ROW, "query %s returned no row", call->statement->query);
    return tenon__finish(call);
}

tenon_status tenon__end_opt(tenon__call *call, bool *found)
{
    refuse_many_rows(call);
    if (call->status == TENON_OK)
        *found = call->n_rows == 1;
    return tenon__finish(call);
}

/* The number at the end of a command tag; 0 for commands that count nothing. */
static int64_t count_of(PGresult *result)
{
    int64_t count = 0;

    for (const char *c = PQcmdTuples(result);
         *c >= '0' && *c <= '9' && count <= (INT64_MAX - 9) / 10; c++)
        count = count * 10 + (*c - '0');
    return count;
}

tenon_status tenon__end_exec(tenon__call *call, int64_t *rows_affected)
{
    PGresult *result;

    if (tenon__execute(call, false, &result) && tenon__check_shape(call, result)) {
        int64_t count = count_of(result);
        call->n_rows = (size_t)count;
        if (rows_affected != NULL)
            *rows_affected = count;
    }
    PQclear(result);
    return tenon__finish(call);
}
