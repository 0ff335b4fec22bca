/* The items of one WITH clause while it is analysed. */
#ifndef TENON_ANALYZE_CTE_H
#define TENON_ANALYZE_CTE_H

#include "analyze/transform.h"

struct cte_item {
    struct cte *cte;
    const PgQuery__CommonTableExpr *raw;
    bool *depends_on; /* by item, itself included */
    oid cycle_mark_type;
    int32_t cycle_mark_typmod;
    oid cycle_mark_collation;
};

struct cte_items {
    struct cte_item *items;
    size_t n;
};

/* Finds who refers to whom, marks the recursive items, and returns all in an order in which each
 * comes after those it refers to (0A000 for mutual recursion). */
struct cte_item **cte_sort(struct parse *parse, struct cte_items *items);

/* Refuses a recursive item that is not non-recursive-term UNION recursive-term with one reference
 * in an allowed place (42P19). */
void cte_check_recursion(struct parse *parse, const struct cte_item *item);

#endif
