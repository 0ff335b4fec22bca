/* The trading worker: creates orders once, hands them to the exchange, books fills, cancels.
 *
 * Pure domain code: it knows the generated models and ports, no database and no libpq. Every
 * function that changes more than one thing does so in one unit of work.
 */
#ifndef WORKER_DOMAIN_WORKER_H
#define WORKER_DOMAIN_WORKER_H

#include <stdbool.h>

#include <ledger/events_repository.h>
#include <ledger/fills_repository.h>
#include <ledger/orders_repository.h>

#include "ports/exchange.h"
#include "ports/unit_of_work.h"

struct worker {
    ledger_orders_repository orders;
    ledger_fills_repository fills;
    ledger_events_repository events;
    struct exchange exchange;
    struct unit_of_work unit;
};

/* Creates the order, or finds the one with the same idempotency key, and submits it when it is
 * new. An order that the exchange refuses stays NEW. *order is the order as it is stored before
 * the submission; its text belongs to mem. */
tenon_status worker_place(struct worker *worker, tenon_arena *mem,
                          const ledger_create_order_params *request, ledger_orders_row *order);

/* Books an execution and brings the order's status up to date. An execution that is reported again
 * changes nothing; *booked tells. */
tenon_status worker_on_fill(struct worker *worker, const ledger_record_fill_params *fill,
                            bool *booked);

/* Cancels the order here and at the exchange. *cancelled is false when it was settled already or
 * does not exist. */
tenon_status worker_cancel(struct worker *worker, tenon_arena *mem, tenon_uuid id, bool *cancelled);

#endif
