/* Each public function is a unit of work around a static one that reads straight down: the first
 * status that is not TENON_OK rolls everything back and is returned.
 */
#include "domain/worker.h"

#include <stdio.h>

static tenon_status finish(struct worker *worker, tenon_status status)
{
    if (status == TENON_OK)
        return worker->unit.commit(worker->unit.self);
    if (worker->unit.rollback(worker->unit.self) != TENON_OK)
        fputs("worker: rollback failed; the connection is lost\n", stderr);
    return status;
}

static tenon_status record(struct worker *worker, tenon_uuid id, const char *kind,
                           const char *payload)
{
    const ledger_record_event_params event = {.order_id = id, .kind = kind, .payload = payload};

    return worker->events.record_event(worker->events.self, &event);
}

static tenon_status submit(struct worker *worker, const ledger_orders_row *order)
{
    char exchange_order_id[EXCHANGE_ORDER_ID_SIZE];
    const ledger_mark_submitted_params accepted = {
        .id = order->id, .exchange_order_id = TENON_TEXT(exchange_order_id)};
    int64_t rows;
    tenon_status status;

    if (!worker->exchange.submit(worker->exchange.self, order, exchange_order_id))
        return record(worker, order->id, "refused", "{}");
    status = worker->orders.mark_submitted(worker->orders.self, &accepted, &rows);
    if (status != TENON_OK)
        return status;
    return record(worker, order->id, "submitted", "{}");
}

static tenon_status place(struct worker *worker, tenon_arena *mem,
                          const ledger_create_order_params *request, ledger_orders_row *order)
{
    tenon_status status = worker->orders.create_order(worker->orders.self, mem, request, order);

    if (status != TENON_OK || order->status != LEDGER_ORDER_STATUS_NEW)
        return status;
    return submit(worker, order);
}

tenon_status worker_place(struct worker *worker, tenon_arena *mem,
                          const ledger_create_order_params *request, ledger_orders_row *order)
{
    tenon_status status = worker->unit.begin(worker->unit.self);

    if (status != TENON_OK)
        return status;
    return finish(worker, place(worker, mem, request, order));
}

static tenon_status book_fill(struct worker *worker, const ledger_record_fill_params *fill,
                              bool *booked)
{
    char payload[128];
    int64_t rows;
    tenon_status status = worker->fills.record_fill(worker->fills.self, fill, &rows);

    *booked = status == TENON_OK && rows == 1;
    if (!*booked)
        return status;
    status = worker->orders.mark_filled(worker->orders.self, fill->order_id, &rows);
    if (status != TENON_OK)
        return status;
    snprintf(payload, sizeof payload, "{\"quantity_base\": %lld, \"price_quote\": %lld}",
             (long long)fill->quantity_base, (long long)fill->price_quote);
    return record(worker, fill->order_id, "fill", payload);
}

tenon_status worker_on_fill(struct worker *worker, const ledger_record_fill_params *fill,
                            bool *booked)
{
    tenon_status status = worker->unit.begin(worker->unit.self);

    *booked = false;
    if (status != TENON_OK)
        return status;
    return finish(worker, book_fill(worker, fill, booked));
}

static tenon_status cancel(struct worker *worker, tenon_arena *mem, tenon_uuid id, bool *cancelled)
{
    ledger_orders_row order;
    bool found;
    int64_t rows;
    tenon_status status = worker->orders.lock_order(worker->orders.self, mem, id, &found, &order);

    if (status != TENON_OK || !found)
        return status;
    status = worker->orders.mark_cancelled(worker->orders.self, id, &rows);
    if (status != TENON_OK || rows == 0)
        return status;
    *cancelled = true;
    if (!worker->exchange.cancel(worker->exchange.self, &order))
        return record(worker, id, "cancelled", "{\"at_exchange\": false}");
    return record(worker, id, "cancelled", "{\"at_exchange\": true}");
}

tenon_status worker_cancel(struct worker *worker, tenon_arena *mem, tenon_uuid id, bool *cancelled)
{
    tenon_status status = worker->unit.begin(worker->unit.self);

    *cancelled = false;
    if (status != TENON_OK)
        return status;
    return finish(worker, cancel(worker, mem, id, cancelled));
}
