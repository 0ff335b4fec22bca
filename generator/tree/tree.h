/* Walking, comparing and describing analysed expressions. */
#ifndef TENON_TREE_TREE_H
#define TENON_TREE_TREE_H

#include "catalog/catalog.h"
#include "support/vec.h"
#include "tree/query.h"

/* A list of expressions, for vec_push(). */
struct expr_list {
    struct expr **items;
    size_t n, cap;
};

/* A walk over an expression: visit() is called for each node on the way down and decides itself
 * whether to go on to the parts, by walk_parts(). True ends the walk. */
struct walk {
    bool (*visit)(struct walk *walk, struct expr *expr);
    void (*visit_entry)(struct walk *walk, const struct rte *rte); /* may be NULL */
    void *context;
    bool into_queries;   /* also the sub-queries of sublinks, with depth one higher */
    int depth;           /* of queries below the one where the walk began */
    struct query *query; /* in which the walk is; NULL in an expression without one */
};

bool walk_expr(struct walk *walk, struct expr *expr); /* NULL is no expression */
bool walk_parts(struct walk *walk, struct expr *expr);
bool walk_list(struct walk *walk, struct expr *const *exprs, size_t n);
/* Every expression of the query and of the queries in it; depth counts the query as walk->depth. */
bool walk_query(struct walk *walk, struct query *query);

/* The same expression, wherever it stands and however its casts were written (equal()). */
bool expr_equal(const struct expr *a, const struct expr *b);
bool expr_lists_equal(struct expr *const *a, struct expr *const *b, size_t n);
/* The same for equal expressions; looks at their upper parts only. */
uint32_t expr_hash(const struct expr *expr);

/* Where the text of the expression starts: the leftmost of its own and its arguments' locations. */
int expr_location(const struct expr *expr);

/* The expression under implicit casts at its top. */
struct expr *expr_strip_implicit(struct expr *expr);
/* The expression under any casts and COLLATE at its top. */
struct expr *expr_strip_casts(struct expr *expr);

bool expr_has_var_of_level(struct expr *const *exprs, size_t n, int level);
/* The place of a variable of that level; -2 when there is none. */
int expr_find_var(struct expr *expr, int level);
/* The same in a query; its own level is 0. */
int query_find_var(struct query *query, int level);
/* The place of an aggregate of that level; -2 when there is none. */
int expr_find_aggregate(struct expr *expr, int level);
/* The place of a window function; -2 when there is none. */
int expr_find_window(struct expr *expr);
bool expr_is_null_const(const struct expr *expr);
/* Whether the node itself is a call, of a function or through an operator, that returns a set. */
bool expr_is_set(const struct catalog *catalog, const struct expr *expr);
/* The digits of an integer literal, as they were written; NULL for anything else. */
const char *expr_integer_text(const struct expr *expr);

/* A copy of the node whose type may be decided on its own; for operands that are used twice. */
struct expr *expr_copy(struct arena *arena, const struct expr *expr);

struct expr *expr_make(struct arena *arena, enum expr_kind kind, oid type, int location);
struct expr *expr_with_args(struct arena *arena, enum expr_kind kind, oid type, int location,
                            size_t n, ...);
/* The expression with other attribute numbers: numbers[i] is what i + 1 becomes. */
const struct expr *expr_renumbered(struct arena *arena, const struct expr *expr,
                                   const int16_t *numbers, size_t n);

/* The definition of an index or a constraint, over range-table entry 0, as one over another entry.
 */
struct expr *expr_moved(struct arena *arena, const struct expr *expr, int rte);
/* AND / OR of the parts; the part itself when there is one. */
struct expr *expr_bool(struct arena *arena, enum bool_op op, const struct expr_list *parts,
                       int location);

#endif
