/* What the files of the cardinality proof share.
 *
 * A query has at most one row when each entry of its FROM contributes at most one to it. An entry
 * is done when a unique key of it is keyed: each key column equals something fixed, that is,
 * something with one value over all rows. The columns of a done entry are fixed in turn.
 */
#ifndef TENON_PROVE_CARDINALITY_INTERNAL_H
#define TENON_PROVE_CARDINALITY_INTERNAL_H

#include "prove/cardinality.h"

/* A conjunct of WHERE or ON. */
struct condition {
    struct expr *expr;
    const struct join_node *side; /* it holds for rows of this subtree only; NULL: for every row */
};

/* What was found out of a query under an assumption. */
struct cardinality_answer {
    const struct query *query;
    const bool *assumed;
    struct cardinality cardinality;
};

/* All that is shared by the proofs of one statement. A query is asked for again and again: by each
 * reference to a CTE or view, and by each entry whenever more of its columns are keyed. Without
 * the answers that were given, nested queries would take exponential time. */
struct cardinality_memo {
    struct arena *arena;
    const struct catalog *catalog;
    VEC(struct cardinality_answer) answers;
};

struct proof {
    struct cardinality_memo *memo;
    struct arena *arena;
    const struct catalog *catalog;
    const struct query *query;
    const bool *assumed; /* result columns that are fixed, by the reader's word; may be NULL */
    VEC(struct condition) conditions;
    bool has_full_join;
    bool *done;   /* per range-table entry */
    bool **keyed; /* [entry][column]: equals something fixed, where the entry has a row */
    bool **fixed; /* … in every row */
    VEC(const char *) reasons;
};

/* --- cardinality.c ------------------------------------------------------------------------------
 */

struct cardinality cardinality_of_query(struct cardinality_memo *memo, const struct query *query,
                                        const bool *assumed);

/* --- cardinality_from.c -------------------------------------------------------------------------
 */

/* Makes entries done until no more can be. */
void cardinality_prove_from(struct proof *proof);
/* Whether every entry of FROM is done. */
bool cardinality_is_from_done(const struct proof *proof);

/* --- cardinality_fixed.c ------------------------------------------------------------------------
 */

bool cardinality_is_fixed(const struct proof *proof, struct expr *expr);
/* Whether one call stands for all rows, as of a function in FROM that reads nothing that is not
 * fixed: it may be volatile, for FROM calls it once. */
bool cardinality_is_called_once(const struct proof *proof, struct expr *call);
/* Whether the sub-query, called for each row, reads nothing of this level that is not fixed. */
bool cardinality_reads_fixed(const struct proof *proof, struct query *query);
bool cardinality_is_below(const struct join_node *node, int rte);

/* --- cardinality_keys.c -------------------------------------------------------------------------
 */

/* "primary key orders_pkey" when a unique key of the table is keyed, else NULL. */
const char *cardinality_find_key(const struct proof *proof, int rte);
/* Equality as an index of the type understands it. */
bool cardinality_is_equality(const struct operator* op);
/* The two sides of a comparison by the type's equality; false for anything else. */
bool cardinality_sides_of_equality(const struct expr *expr, struct expr *sides[2]);
/* Whether a condition on the entry's rows compares a column that an equality would fix. */
bool cardinality_applies_to(const struct condition *condition, int rte);

/* --- cardinality_match.c ------------------------------------------------------------------------
 */

/* Whether the conditions imply a partial index's predicate. */
bool cardinality_implies(const struct proof *proof, int rte, const struct expr *predicate);

#endif
