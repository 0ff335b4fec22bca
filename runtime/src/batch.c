/* Batches. All items are bound before anything is sent, so that an item that cannot be bound leaves
 * no half of a batch behind, and so that all of it can be sent again when the statement has to be
 * prepared anew. There is one Sync: outside of a transaction the server makes one of the batch.
 *
 * A :batchone that writes is judged by the client, which counts the rows of each item, so there the
 * transaction is one of its own that ends by COMMIT or ROLLBACK behind the judgement. */
#include "internal.h"

#include <string.h>

void tenon__batch_add(tenon__call *call)
{
    if (call->status != TENON_OK)
        return;
    call->n_items++;
    tenon__bind_item(call);
}

/* Sends the batch and receives the first result. An empty batch is not sent. */
static bool start(tenon__call *call)
{
    if (call->status != TENON_OK) {
        call->item = call->n_items; /* the one that could not be bound */
        return false;
    }
    if (call->n_items == 0)
        return true;
    call->result = tenon__execute(call);
    call->in_flight = call->result != NULL; /* there is more to read */
    call->passing = true;
    return call->in_flight;
}

/* Receives the result of the next item. */
static bool receive(tenon__call *call)
{
    PGresult *result = tenon__next_part(call);

    if (result == NULL && call->status == TENON_OK)
        tenon__call_violated(call, "the server sent too few results of a batch");
    if (call->status != TENON_OK) {
        PQclear(result);
        return false;
    }
    call->result = result;
    return true;
}

/* Moves to the result of the next item, which call->result then holds. */
static bool advance(tenon__call *call)
{
    if (call->status != TENON_OK)
        return false;
    if (call->has_item) {
        call->item++;
        PQclear(call->result);
        call->result = NULL;
        call->has_item = false;
    }
    if (call->item == call->n_items)
        return false;
    call->has_item = call->result != NULL || receive(call);
    return call->has_item;
}

bool tenon__batch_send(tenon__call *call, tenon_arena *mem)
{
    if (call->status == TENON_OK && !tenon__needs_arena(call, mem))
        return false;
    return start(call);
}

bool tenon__batch_send_one(tenon__call *call, tenon_arena *mem)
{
    call->must_judge = !call->statement->reads_only;
    return tenon__batch_send(call, mem);
}

void *tenon__batch_alloc(tenon__call *call, size_t size, size_t *count)
{
    void *memory = NULL;

    *count = 0;
    if (call->n_items == 0)
        return NULL;
    if (call->n_items <= SIZE_MAX / size)
        memory = tenon_arena_alloc(call->mem, call->n_items * size);
    if (memory == NULL) {
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
        return NULL;
    }
    *count = call->n_items;
    call->outputs = memory;
    call->output_size = size;
    return memory;
}

/* After a failure the items that have not been reached are zero, not what lay in the arena. */
static void zero_outputs(tenon__call *call)
{
    size_t from = call->item < call->n_items ? call->item : 0;

    if (call->outputs != NULL)
        memset((char *)call->outputs + from * call->output_size, 0,
               (call->n_items - from) * call->output_size);
}

bool tenon__batch_next(tenon__call *call)
{
    return advance(call) && tenon__accept(call, call->result);
}

bool tenon__batch_next_one(tenon__call *call)
{
    if (!tenon__batch_next(call))
        return false;
    if (call->n_rows != 1)
        tenon__call_fail(
            call, call->n_rows == 0 ? TENON_NO_ROW : TENON_MANY_ROWS,
            "query %s returned %zu rows for item %zu of a batch, where one was expected",
            call->statement->query, call->n_rows, call->item);
    return tenon__next_row(call);
}

/* Ends the transaction that a batch has been given. */
static void judge(tenon__call *call)
{
    tenon_db *db = call->db;
    tenon_effect effect = TENON_EFFECT_NONE;

    if (call->status == TENON_OK)
        call->status = tenon__commit(db, call->statement->query, call->deadline, &effect);
    else if (!db->lost && !tenon__roll_back(db, call->deadline))
        tenon__lose(db); /* what could not be undone is not committed either */
    if (call->status != TENON_OK)
        db->error.effect = effect;
}

/* Reads what is left up to the end of the pipeline, where the server commits. */
static void finish_reading(tenon__call *call)
{
    PQclear(call->result);
    call->result = NULL;
    if (call->in_flight) {
        bool all_came = call->item == call->n_items && call->status == TENON_OK;
        tenon__drain(call);
        /* What fails behind the last result is a constraint that was deferred. */
        if (all_came && call->status != TENON_OK)
            call->item = TENON_NO_ITEM;
    }
    call->in_flight = false;
    if (call->judged && call->attempts > 0)
        judge(call);
    if (call->status != TENON_OK)
        zero_outputs(call);
    if (call->status != TENON_OK && call->db != NULL)
        call->db->error.item = call->item;
}

tenon_status tenon__batch_end(tenon__call *call)
{
    finish_reading(call);
    return tenon__finish(call);
}

tenon_status tenon__batch_end_exec(tenon__call *call, int64_t *rows_affected)
{
    int64_t total = 0;

    if (start(call)) {
        bool counts = rows_affected != NULL || call->db->hooks.after != NULL;
        while (advance(call) && tenon__accept_command(call, call->result))
            if (counts)
                total += tenon__count_of(call->result);
    }
    finish_reading(call);
    call->n_rows = (size_t)total;
    if (call->status == TENON_OK && rows_affected != NULL)
        *rows_affected = total;
    return tenon__finish(call);
}
