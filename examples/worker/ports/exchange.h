/* Port: what the worker needs of an exchange. */
#ifndef WORKER_PORTS_EXCHANGE_H
#define WORKER_PORTS_EXCHANGE_H

#include <stdbool.h>

#include <ledger/models.h>

enum { EXCHANGE_ORDER_ID_SIZE = 64 };

struct exchange {
    void *self;
    /* Places the order; false when the exchange refuses it. On success the exchange's own id of
     * the order, NUL-terminated, is in exchange_order_id. */
    bool (*submit)(void *self, const ledger_orders_row *order,
                   char exchange_order_id[EXCHANGE_ORDER_ID_SIZE]);
    /* Withdraws what is not filled yet; false when the exchange does not know the order. */
    bool (*cancel)(void *self, const ledger_orders_row *order);
};

#endif
