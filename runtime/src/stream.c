/* A stream: the rows of a statement one by one, in constant memory. The call lives on the heap, as
 * the first member of the object that generated code hands out. Each part of the result (a row, or
 * a chunk of rows where libpq has them) replaces the one before. */
#include "internal.h"

#include <stdlib.h>

void *tenon__stream_create(size_t size)
{
    return calloc(1, size);
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

    call->deadline = TENON_DEADLINE_LATER; /* each wait has its own */
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
 * with it, and a statement that writes has to be left to finish. */
static void stop_early(tenon__call *call)
{
    tenon_db *db = call->db;
    tenon_status status = call->status;
    struct saved_error saved = tenon__error_save(db);
    bool canceled =
        call->statement->reads_only && !call->in_transaction && tenon_db_cancel(db) == TENON_OK;
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
        stop_early(call);
    tenon_status status = tenon__finish(call);
    free(call);
    return status;
}
