/* A stream: the rows of a statement one by one, in constant memory. The call lives on the heap, as
 * the first member of the object that generated code hands out. Each part of the result replaces
 * the one before.
 *
 * A stream of a statement that only reads may end early at little cost: the statement is cancelled.
 * Inside a transaction that would take all the rest with it, so there it runs behind a savepoint,
 * to which the session then returns. A statement that writes has to be left to finish. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

#define UNDO_STREAM "ROLLBACK TO SAVEPOINT tenon_stream; RELEASE SAVEPOINT tenon_stream"

void *tenon__stream_create(tenon_db *db, size_t size)
{
    void *stream = calloc(1, size);

    if (stream == NULL && db != NULL)
        tenon__fail(db, NULL, TENON_OUT_OF_MEMORY, "out of memory");
    return stream;
}

/* The savepoint goes in front of the next request; the end of the transaction takes it too. */
static void release_savepoint(tenon__call *call)
{
    tenon_db *db = call->db;

    if (!call->guarded || db->lost || PQtransactionStatus(db->conn) != PQTRANS_INTRANS)
        return;
    db->pending = PENDING_RELEASE;
    snprintf(db->pending_sql, sizeof db->pending_sql, "RELEASE SAVEPOINT tenon_stream");
}

static void end_of_results(tenon__call *call)
{
    call->in_flight = false;
    call->db->streaming = false;
    call->db->open_call = NULL;
    release_savepoint(call);
}

/* Makes the part that has been received the current one. The last one has no row, but the command's
 * tag; behind it nothing more can come. */
static void use_part(tenon__call *call, PGresult *part)
{
    if (call->complete) {
        PQclear(part);
        tenon__call_violated(call, "the server sent more than one result");
        return;
    }
    PQclear(call->result);
    call->result = part;
    call->complete = PQresultStatus(part) != PGRES_SINGLE_TUPLE;
    tenon_arena_reset(call->scratch);
    tenon__accept(call, part);
}

/* A stream that has come to its end has had its last part. */
static void check_end(tenon__call *call)
{
    if (!call->complete && call->status == TENON_OK)
        tenon__call_violated(call, "the server did not say that the command is complete");
}

/* Each wait has its own deadline and limit, but not one that has been given up. */
static void start_anew(tenon__call *call)
{
    struct flight *flight = &call->db->flight;

    if (flight->ends_as != TENON_OK)
        return;
    flight->deadline = call->deadline = TENON_DEADLINE_LATER;
    flight->bytes = 0;
}

/* The object stays the program's until _end, which may be after the connection is another's. */
static void let_go(tenon__call *call)
{
    tenon__finish(call);
    call->db = NULL;
    call->rows = call->rows_end;
}

static PGresult *start(tenon__call *call)
{
    if (call->status != TENON_OK)
        return NULL;
    call->single_rows = true;
    call->may_guard = call->statement->reads_only && !call->db->unnamed;
    return tenon__execute(call);
}

void tenon__stream_start(tenon__call *call)
{
    PGresult *part = start(call);

    if (part == NULL) {
        let_go(call);
        return;
    }
    call->mem = call->scratch;
    call->in_flight = call->db->streaming = true;
    call->db->open_call = call;
    use_part(call, part);
}

bool tenon__stream_next(tenon__call *call)
{
    while (!tenon__next_row(call)) {
        if (!call->in_flight || call->status != TENON_OK)
            return false;
        if (call->db == NULL) {
            /* Its connection has been given back, or the transaction ended: there were more. */
            call->in_flight = false;
            call->status = TENON_INVALID_ARGUMENT;
            return false;
        }
        start_anew(call);
        PGresult *part = tenon__next_part(call);
        if (part == NULL) {
            check_end(call);
            end_of_results(call);
            let_go(call);
            return false;
        }
        use_part(call, part);
    }
    return true;
}

/* Cancels the statement where nothing is lost by that. Behind a pooler a request might hit another
 * session, so there it has to be read to its end. */
static bool stop(tenon__call *call)
{
    tenon_db *db = call->db;

    if (!call->statement->reads_only || db->unnamed)
        return false;
    return tenon__cancel(db->canceller, tenon__deadline_in(db->timeout_ms));
}

static bool return_to_savepoint(tenon__call *call)
{
    tenon_db *db = call->db;

    if (!call->guarded)
        return true;
    if (PQtransactionStatus(db->conn) == PQTRANS_INERROR &&
        tenon__run_text(db, call->statement->query, UNDO_STREAM, TENON_DEADLINE_LATER, NULL) !=
            TENON_OK)
        tenon__lose(db);
    call->guarded = false;
    return !db->lost;
}

/* Ends a stream before its last row. What was canceled for that is no failure. */
static void stop_early(tenon__call *call)
{
    tenon_db *db = call->db;
    tenon_status status = call->status;
    struct saved_error saved = tenon__error_save(db);

    call->status = TENON_OK;
    start_anew(call);
    db->flight.max_bytes = INT64_MAX; /* what is read now is not kept */
    bool stopped = stop(call);
    tenon__drain(call);
    if (stopped && db->flight.refused && !db->lost && return_to_savepoint(call))
        call->status = TENON_OK;
    end_of_results(call);
    if (status != TENON_OK || call->status == TENON_OK) {
        tenon__error_restore(db, saved);
        call->status = status;
    } else {
        tenon__error_drop(saved);
    }
}

tenon_status tenon__stream_end(tenon__call *call)
{
    if (call == NULL)
        return TENON_OUT_OF_MEMORY;
    if (call->in_flight && call->db != NULL)
        stop_early(call);
    tenon_status status = tenon__finish(call);
    free(call);
    return status;
}

static void detach(tenon__call *call)
{
    tenon_db *db = call->db;

    if (db->lost)
        tenon__call_fail(call, TENON_CONNECTION_LOST, "the connection has been closed");
    db->streaming = call->in_flight = false;
    db->open_call = NULL;
    let_go(call);
}

void tenon__detach_open_call(tenon_db *db)
{
    tenon__call *call = db->open_call;

    if (call == NULL)
        return;
    tenon__call_fail(call, TENON_INVALID_ARGUMENT,
                     "query %s: its connection was closed before "
                     "its end",
                     call->statement->query);
    detach(call);
}

void tenon__end_open_call(tenon_db *db)
{
    tenon__call *call = db->open_call;

    if (call == NULL)
        return;
    if (call->statement->copy_check != NULL) {
        tenon__call_fail(call, TENON_INVALID_ARGUMENT,
                         "query %s: the transaction was ended before the COPY",
                         call->statement->query);
        tenon__copy_stop(call);
        detach(call);
    } else {
        stop_early(call);
        detach(call);
        call->in_flight = true; /* _next shall not take this for the last row */
    }
}
