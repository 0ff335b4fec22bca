/* One statement for many parameter sets: a batch in pipeline mode, or COPY.
 *
 * A batch costs one round trip, and outside of a transaction of the caller it is one of its own:
 * all of its items happen or none. Which of it, the error's effect tells after a failure. Inside of
 * one, an item that is refused fails that.
 *
 *     tenon__begin(&call, db, &mark_filled);
 *     for (size_t i = 0; i < count && tenon__ok(&call); i++) {
 *         tenon__param_uuid(&call, 0, items[i].id);
 *         tenon__batch_add(&call);
 *     }
 *     return tenon__batch_end_exec(&call, rows_affected);
 *
 * With rows, there is one result for each item, in order:
 *
 *     if (tenon__batch_send_one(&call, mem)) {            :batchmany: tenon__batch_send
 *         rows->items = tenon__batch_alloc(&call, sizeof *rows->items, &rows->count);
 *         for (row = rows->items; tenon__batch_next_one(&call); row++)      :batchone
 *             read_row(&call, row);
 *         for (list = lists->items; tenon__batch_next(&call); list++) {     :batchmany
 *             list->items = tenon__alloc_rows(&call, sizeof *list->items, &list->count);
 *             for (row = list->items; tenon__next_row(&call); row++)
 *                 read_row(&call, row);
 *         }
 *     }
 *     return tenon__batch_end(&call);
 */
#ifndef TENON_GENERATED_BATCH_H
#define TENON_GENERATED_BATCH_H

#include <tenon/generated/call.h>
#include <tenon/generated/encode.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Queues the parameters that have been bound as one item. */
void tenon__batch_add(tenon__call *call);
/** Sends the batch. `mem` receives what the results hold; NULL for it is refused. False after a
 *  failure. */
bool tenon__batch_send(tenon__call *call, tenon_arena *mem);
/** The same for :batchone. Outside of a transaction, a batch that writes is committed only when
 *  every item had its one row. */
bool tenon__batch_send_one(tenon__call *call, tenon_arena *mem);
/** Memory for something of `size` bytes per item, and the number of items. NULL for none. After a
 *  failure the items that were not reached are zero. */
void *tenon__batch_alloc(tenon__call *call, size_t size, size_t *count);
/** Receives the result of the next item. False behind the last one, or after a failure. */
bool tenon__batch_next(tenon__call *call);
/** The same, and moves to its row: TENON_NO_ROW, TENON_MANY_ROWS unless there is exactly one. */
bool tenon__batch_next_one(tenon__call *call);
/** Ends a batch with rows. A failure of any item is that of the batch; the error names the item. */
tenon_status tenon__batch_end(tenon__call *call);
/** Sends and ends a batch without rows. rows_affected, the sum over the items, may be NULL. */
tenon_status tenon__batch_end_exec(tenon__call *call, int64_t *rows_affected);

/* COPY … FROM STDIN (FORMAT binary): the statement's parameters are the columns of a row.
 *
 *     tenon__copy_begin(&call, db, &copy_orders);
 *     for (size_t i = 0; i < count && tenon__ok(&call); i++) {
 *         tenon__column_uuid(&call, rows[i].id);
 *         tenon__copy_row(&call);
 *     }
 *     return tenon__copy_end(&call, rows_affected);
 */

/** Starts the call and the COPY. COPY does not compare types, so this does: column_types are the
 *  types of the statement's copy_check. */
void tenon__copy_begin(tenon__call *call, tenon_db *db, const tenon__statement *statement);
/** Hands the buffer over, so that there is room for the next row. */
void tenon__copy_flush(tenon__call *call);

/** Ends the row of the values that have been bound, and begins the next one. */
static inline void tenon__copy_row(tenon__call *call)
{
    if (TENON__UNLIKELY(call->status != TENON_OK))
        return;
    call->n_items++;
    if (TENON__UNLIKELY(call->space >= call->space_end || call->spilled))
        tenon__copy_flush(call);
    tenon__put16(call->space, call->statement->n_params);
    call->space += 2;
}

/** Ends the COPY. After a failure the error's effect says whether the rows are stored.
 *  rows_affected may be NULL. */
tenon_status tenon__copy_end(tenon__call *call, int64_t *rows_affected);

/* A COPY row by row: the call is in an object that tenon__stream_create made, and these free it.
 * For NULL they are TENON_OUT_OF_MEMORY. */

/** Ends the COPY as tenon__copy_end does. */
tenon_status tenon__copy_close(tenon__call *call, int64_t *rows_affected);
/** Makes the server forget the rows. TENON_CANCELED, or the failure that was there before. */
tenon_status tenon__copy_abandon(tenon__call *call);

#ifdef __cplusplus
}
#endif
#endif
