/* A stream: the rows of a statement one by one, in constant memory. The call lives on the heap, as
 * the first member of the object that generated code hands out. Each part of the result (a row, or
 * a chunk of rows where libpq has them) replaces the one before. */
#include "internal.h"

#include <stddef.h>
#include <stdlib.h>

/* What lies in front of each stream's object: its place among the streams of its connection, which
 * have to let go of it when it leaves before them. */
union open_stream {
    union open_stream *next;
    max_align_t aligned;
};

static union open_stream *head_of(tenon__call *call)
{
    return (union open_stream *)(void *)call - 1;
}

void *tenon__stream_create(size_t size)
{
    union open_stream *stream = calloc(1, sizeof *stream + size);

    /* cppcheck-suppress memleak ; tenon__stream_end() frees it */
    return stream == NULL ? NULL : stream + 1;
}

static void attach(tenon__call *call)
{
    if (call->db == NULL)
        return;
    head_of(call)->next = call->db->streams;
    call->db->streams = head_of(call);
}

static void detach(tenon__call *call)
{
    union open_stream **link = &call->db->streams;

    while (*link != NULL && *link != head_of(call))
        link = &(*link)->next;
    if (*link != NULL)
        *link = head_of(call)->next;
    call->db = NULL;
}

static void end_of_results(tenon__call *call)
{
    call->in_flight = false;
    call->db->streaming = false;
}

/* Makes the part that has been received the current one. */
static void use_part(tenon__call *call, PGresult *part)
{
    size_t n_rows_before = call->n_rows;

    PQclear(call->result);
    call->result = part;
    tenon_arena_reset(call->scratch);
    if (tenon__accept(call, part))
        call->n_rows += n_rows_before;
}

void tenon__stream_start(tenon__call *call)
{
    PGresult *part;

    attach(call);
    call->single_rows = true;
    bool started = tenon__execute(call, &part);
    if (part == NULL)
        return;
    call->mem = call->scratch;
    call->in_flight = call->db->streaming = true;
    if (started)
        use_part(call, part);
    else
        PQclear(part);
}

bool tenon__stream_next(tenon__call *call)
{
    PGresult *part;

    if (call->db == NULL && call->status == TENON_OK)
        call->status = TENON_INVALID_ARGUMENT; /* its connection has been given away */
    call->deadline = TENON_DEADLINE_LATER;     /* each wait has its own */
    while (!tenon__next_row(call)) {
        if (!call->in_flight || call->status != TENON_OK)
            return false;
        if (!tenon__next_result(call, &part) || part == NULL) {
            end_of_results(call);
            return false;
        }
        use_part(call, part);
    }
    return true;
}

/* Ends a stream before its last row. In a transaction a cancelled statement would take all the rest
 * with it, and a statement that writes has to be left to finish, unless it is rolled back anyway.
 */
static void stop_early(tenon__call *call, bool rolls_back)
{
    tenon_db *db = call->db;
    tenon_status status = call->status;
    struct saved_error saved = tenon__error_save(db);
    bool may_cancel = call->in_transaction ? rolls_back : call->statement->reads_only;
    bool canceled = may_cancel && !db->lost && tenon_db_cancel(db) == TENON_OK;
    PGresult *part;

    call->status = TENON_OK;
    call->deadline = TENON_DEADLINE_LATER;
    while (tenon__next_result(call, &part) && part != NULL)
        PQclear(part);
    end_of_results(call);
    if (status != TENON_OK || (canceled && call->status == TENON_CANCELED)) {
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
    if (call->in_flight)
        stop_early(call, false);
    tenon_status status = tenon__finish(call);
    if (call->db != NULL)
        detach(call);
    free(head_of(call));
    return status;
}

void tenon__streams_detach(tenon_db *db, bool rolls_back)
{
    while (db->streams != NULL) {
        tenon__call *call = (tenon__call *)(void *)(db->streams + 1);
        db->streams = db->streams->next;
        if (call->in_flight && db->lost) {
            call->in_flight = false;
            tenon__call_fail(call, TENON_CONNECTION_LOST, "the connection was closed meanwhile");
        } else if (call->in_flight) {
            stop_early(call, rolls_back);
        }
        tenon__finish(call);
        call->started = false; /* the hook has been told */
        call->rows = call->rows_end = NULL;
        call->db = NULL;
    }
}
