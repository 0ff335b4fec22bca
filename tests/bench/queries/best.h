/* What the two halves of the best client share. */
#ifndef BENCH_QUERIES_BEST_H
#define BENCH_QUERIES_BEST_H

#include "bench.h"

#include <libpq-fe.h>

extern PGconn *best_conn;

/** Says on stderr what failed, clears the result and gives false; the result may be NULL. */
bool best_failed(PGresult *result);

/** Clears the result; whether it has this status. */
bool best_expect(PGresult *result, ExecStatusType status);

client_turn best_insert, best_batch_insert, best_array_insert, best_copy;

/** Prepares the statements that write. */
bool best_prepare_writes(void);

/** Big-endian at `at`; gives the place behind. */
static inline char *best_put64(char *at, int64_t value)
{
    uint64_t bits = (uint64_t)value;

    for (int i = 0; i < 8; i++)
        at[i] = (char)(bits >> (56 - 8 * i));
    return at + 8;
}

#endif
