/* Names orders by the first half of their id, so that a repeated run of the demo never meets a name
 * of an earlier one.
 */
#include "adapters/paper_exchange.h"

#include <stdio.h>

static bool submit(void *self, const ledger_orders_row *order,
                   char exchange_order_id[EXCHANGE_ORDER_ID_SIZE])
{
    struct paper_exchange *paper = self;
    size_t at = 0;

    if (order->quantity_base > paper->largest_quantity)
        return false;
    paper->n_submitted++;
    at += (size_t)snprintf(exchange_order_id, EXCHANGE_ORDER_ID_SIZE, "PAPER-");
    for (size_t i = 0; i < 8; i++)
        at += (size_t)snprintf(exchange_order_id + at, EXCHANGE_ORDER_ID_SIZE - at, "%02x",
                               order->id.bytes[i]);
    return true;
}

static bool cancel(void *self, const ledger_orders_row *order)
{
    (void)self;
    return order->exchange_order_id.or_null != NULL;
}

struct exchange paper_exchange(struct paper_exchange *paper)
{
    return (struct exchange){.self = paper, .submit = submit, .cancel = cancel};
}
