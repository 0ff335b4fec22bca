/* Batches. All items are bound before anything is sent, so that an item that cannot be bound leaves
 * no half of a batch behind, and so that all of it can be sent again when the statement has to be
 * prepared anew. There is one Sync: outside of a transaction the server makes one of the batch. */
#include "internal.h"

#include <string.h>

void tenon__batch_add(tenon__call *call)
{
    if (call->status != TENON_OK)
        return;
    call->n_items++;
    if (call->n_bound != call->n_items * call->statement->n_params)
        tenon__call_fail(call, TENON_INVALID_ARGUMENT, "query %s: %zu parameters for %zu items",
                         call->statement->query, call->n_bound, call->n_items);
    else
        tenon__bind_item(call);
}

/* Sends the batch and receives the first result. An empty batch is not sent. */
static bool start(tenon__call *call)
{
    PGresult *first;

    if (call->status != TENON_OK) {
        call->item = call->n_items; /* the one that could not be bound */
        return false;
    }
    if (call->n_items == 0)
        return true;
    bool sent = tenon__execute(call, &first);
    call->result = first;
    call->in_flight = call->pipelined; /* there is more to read */
    return sent;
}

/* Moves to the result of the next item, which call->result then holds. */
static bool advance(tenon__call *call)
{
    PGresult *result = NULL;

    if (call->status != TENON_OK)
        return false;
    if (call->has_item)
        call->item++;
    call->has_item = false;
    if (call->item == call->n_items)
        return false;
    if (call->result == NULL) {
        if (!tenon__next_result(call, &result) || call->status != TENON_OK) {
            PQclear(result);
            return false;
        }
        if (result == NULL) {
            tenon__call_fail(call, TENON_BAD_VALUE, "the server sent too few results of a batch");
            return false;
        }
        call->result = result;
    }
    call->has_item = true;
    return true;
}

bool tenon__batch_send(tenon__call *call, tenon_arena *mem)
{
    return tenon__needs_arena(call, mem) && start(call);
}

bool tenon__batch_send_one(tenon__call *call, tenon_arena *mem)
{
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
    return memset(memory, 0, call->n_items * size);
}

bool tenon__batch_next(tenon__call *call)
{
    if (!advance(call))
        return false;
    PGresult *result = call->result;
    call->result = NULL;
    return tenon__adopt(call, result) && tenon__accept(call, result);
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

/* Reads what is left up to the end of the pipeline, where the server commits. */
static void drain(tenon__call *call)
{
    PGresult *result;

    PQclear(call->result);
    call->result = NULL;
    while (call->in_flight && tenon__next_result(call, &result) && result != NULL)
        PQclear(result);
    if (call->status != TENON_OK && call->db != NULL)
        call->db->error.item = call->item;
}

tenon_status tenon__batch_end(tenon__call *call)
{
    drain(call);
    return tenon__finish(call);
}

tenon_status tenon__batch_end_exec(tenon__call *call, int64_t *rows_affected)
{
    int64_t total = 0;

    if (start(call)) {
        while (advance(call) && tenon__check_shape(call, call->result)) {
            total += tenon__count_of(call->result);
            PQclear(call->result);
            call->result = NULL;
        }
    }
    drain(call);
    call->n_rows = (size_t)total;
    if (call->status == TENON_OK && rows_affected != NULL)
        *rows_affected = total;
    return tenon__finish(call);
}
