/* Adapter: an exchange on paper. It accepts every order up to a largest quantity and fills nothing
 * by itself. */
#ifndef WORKER_ADAPTERS_PAPER_EXCHANGE_H
#define WORKER_ADAPTERS_PAPER_EXCHANGE_H

#include "ports/exchange.h"

struct paper_exchange {
    int64_t largest_quantity;
    int n_submitted;
};

struct exchange paper_exchange(struct paper_exchange *paper);

#endif
