/* How the server would run a query whose parameters it does not know. */
#ifndef TENON_LIVE_PLAN_H
#define TENON_LIVE_PLAN_H

#include "ir/ir.h"
#include "live/server.h"
#include "support/buf.h"

/* Appends one line for each node of the generic plan, indented by depth:
 *
 *     Index Scan using orders_pkey on public.orders: cost 8.17, rows 1
 *
 * or a line that says why there is no plan. Planned in a read-only transaction, never executed.
 * False when the connection broke. */
bool plan_write(struct server *server, const struct ir_query *query, struct buf *out,
                struct error *error);

#endif
