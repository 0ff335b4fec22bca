/* Cardinality: a proof that a query returns at most one row, from unique keys, LIMIT 1, or
 * aggregates without GROUP BY.
 */
#ifndef TENON_PROVE_CARDINALITY_H
#define TENON_PROVE_CARDINALITY_H

#include "tree/query.h"

struct cardinality {
    bool at_most_one;
    const char *reason; /* "primary key orders_pkey", "LIMIT 1"; NULL when not proved */
};

struct cardinality cardinality_infer(struct arena *arena, const struct catalog *catalog,
                                     const struct query *query);

#endif
