/* Sending a statement and receiving its result.
 *
 * A statement that this server session does not know yet goes out as Parse, Bind, Execute and one
 * Sync, in libpq's pipeline mode, so that preparing costs no round trip. All results are read to
 * the end of PQgetResult and the first error wins: libpq may deliver a success behind it. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- Sending --- */

/* Forgets a prepared statement whose plan is of no use any more. */
static bool deallocate(tenon__call *call, struct prepared *prepared)
{
    char sql[128];

    snprintf(sql, sizeof sql, "DEALLOCATE \"%s\"", prepared->key);
    call->status = tenon__run_text(call->db, call->statement->query, sql, NULL, 0);
    prepared->known = prepared->stale = false;
    return call->status == TENON_OK;
}

static bool is_prepared(tenon__call *call, bool *known)
{
    tenon_db *db = call->db;
    struct prepared *prepared = tenon__prepared_find(&db->prepared, call->statement->key);

    *known = false;
    if (prepared == NULL) {
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
        return false;
    }
    if (prepared->stale && !deallocate(call, prepared))
        return false;
    *known = prepared->known;
    return true;
}

static bool send_parse(tenon__call *call)
{
    const tenon__statement *statement = call->statement;

    call->preparing = true;
    return PQsendPrepare(call->db->conn, call->db->unnamed ? "" : statement->key, statement->sql,
                         statement->n_params, statement->param_types);
}

static bool send_execute(tenon__call *call, size_t item)
{
    const tenon__statement *statement = call->statement;
    tenon_db *db = call->db;
    const char *const *values;
    const int *lengths, *formats;

    return tenon__params_of(call, item, &values, &lengths, &formats) &&
           PQsendQueryPrepared(db->conn, db->unnamed ? "" : statement->key, statement->n_params,
                               values, lengths, formats, 1);
}

/* Parse if it is needed, and the items of a batch or the one of a plain call, as one pipeline. */
static bool send_pipeline(tenon__call *call, bool known)
{
    size_t n_items = call->n_items == 0 ? 1 : call->n_items;

    call->pipelined = true;
    if (!PQenterPipelineMode(call->db->conn) || (!known && !send_parse(call)))
        return false;
    for (size_t i = 0; i < n_items; i++)
        if (!send_execute(call, i))
            return false;
    return PQpipelineSync(call->db->conn);
}

static bool send_request(tenon__call *call)
{
    const tenon__statement *statement = call->statement;
    tenon_db *db = call->db;
    bool is_batch = call->n_items > 0, known = false;
    const char *const *values;
    const int *lengths, *formats;

    call->pipelined = call->preparing = false;
    if (!db->unnamed && !is_prepared(call, &known))
        return false;
    if (is_batch || (!known && !db->unnamed))
        return send_pipeline(call, known);
    if (known)
        return send_execute(call, 0);
    return tenon__params_of(call, 0, &values, &lengths, &formats) &&
           PQsendQueryParams(db->conn, statement->sql, statement->n_params, statement->param_types,
                             values, lengths, formats, 1);
}

static void use_single_rows(tenon__call *call)
{
#ifdef LIBPQ_HAS_CHUNK_MODE
    PQsetChunkedRowsMode(call->db->conn, 64);
#else
    PQsetSingleRowMode(call->db->conn);
#endif
}

static bool send_call(tenon__call *call)
{
    tenon_db *db = call->db;

    if (!send_request(call)) {
        if (call->status == TENON_OK)
            call->status = tenon__fail_result(db, call->statement->query, NULL);
        /* Half of a pipeline cannot be taken back. */
        if (call->pipelined)
            tenon__lose(db);
        return false;
    }
    if (call->single_rows && !call->pipelined)
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
    call->preparing = false;
    if (call->db->unnamed || call->statement->key == NULL)
        return;
    struct prepared *prepared = tenon__prepared_find(&call->db->prepared, call->statement->key);

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
static bool receive(tenon__call *call, PGresult **result)
{
    tenon_db *db = call->db;

    if (call->status == TENON_OK) {
        call->status = tenon__receive(db, call->statement->query, &call->deadline, result);
        return call->status == TENON_OK;
    }
    struct saved_error first = tenon__error_save(db);
    tenon_status status = tenon__receive(db, call->statement->query, &call->deadline, result);
    tenon__error_restore(db, first);
    return status == TENON_OK;
}

bool tenon__next_result(tenon__call *call, PGresult **result)
{
    tenon_db *db = call->db;
    int n_ends = 0;

    while (!db->lost) {
        if (!receive(call, result))
            break;
        if (*result == NULL) {
            if (!call->pipelined)
                return true;
            /* One behind the end of another means that Sync will never come. */
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
        } else {
            n_ends = 0;
        }
    }
    *result = NULL;
    return false;
}

/* Reads on to the end. There has to be exactly one result. */
static void receive_all(tenon__call *call, PGresult **kept)
{
    PGresult *result;

    *kept = NULL;
    while (tenon__next_result(call, &result) && result != NULL) {
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

/* Reads the first row of a stream, or result of a batch; after a failure all there is. */
static void receive_first(tenon__call *call, PGresult **part)
{
    if (!tenon__next_result(call, part))
        return;
    if (*part == NULL)
        tenon__call_fail(call, TENON_BAD_VALUE, "the server sent no result");
    else if (call->status != TENON_OK) {
        PQclear(*part);
        receive_all(call, part);
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

static bool has_all_params(tenon__call *call)
{
    size_t n = call->statement->n_params * (call->n_items == 0 ? 1 : call->n_items);

    if (call->n_bound == n)
        return true;
    tenon__call_fail(call, TENON_INVALID_ARGUMENT, "query %s: %zu parameters instead of %zu",
                     call->statement->query, call->n_bound, n);
    return false;
}

bool tenon__execute(tenon__call *call, PGresult **result)
{
    tenon_db *db = call->db;

    *result = NULL;
    if (call->status != TENON_OK || !has_all_params(call))
        return false;
    call->started = true;
    call->deadline = TENON_DEADLINE_LATER;
    tenon__before(db, call->statement->query, call->statement->sql);
    for (int attempt = 1;; attempt++) {
        call->in_transaction = PQtransactionStatus(db->conn) != PQTRANS_IDLE;
        if (!send_call(call))
            return false;
        if (call->single_rows || call->n_items > 0)
            receive_first(call, result);
        else
            receive_all(call, result);
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
