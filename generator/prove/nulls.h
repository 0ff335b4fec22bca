/* Nullability: an abstract interpretation over the analysed query (docs/nullability.md).
 *
 * Every expression is NOT NULL or maybe NULL, and every answer has a reason. Sound: what is
 * reported NOT NULL can never be NULL, given non-NULL arguments for the parameters that are not
 * declared nullable.
 */
#ifndef TENON_PROVE_NULLS_H
#define TENON_PROVE_NULLS_H

#include "tree/query.h"

struct nullability {
    bool nullable;
    const char *reason; /* "column orders.id is NOT NULL", "o is on the nullable side of a LEFT
                           JOIN"; a chain is joined with "; " */
};

struct nulls_input {
    const struct catalog *catalog;
    const struct query *query;
    const bool *param_nullable; /* [n - 1]: sqlc.narg and @nullable parameters */
    size_t n_params;
};

/* One answer per result column of the query, in order. */
struct nullability *nulls_infer(struct arena *arena, const struct nulls_input *input, size_t *n);

/* The same for a query inside another (`parent`), for lint. */
struct nullability *nulls_infer_inner(struct arena *arena, const struct nulls_input *input,
                                      size_t *n);

/* Whether a row of the outermost query may have NULLs in the place of the range-table entry's row:
 * it is on the nullable side of an outer join, and no condition excludes that. */
bool nulls_is_null_extended(struct arena *arena, const struct nulls_input *input, int rte);

#endif
