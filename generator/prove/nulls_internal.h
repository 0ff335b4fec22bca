/* What the files of the nullability analysis share.
 *
 * A query level is a null_scope. What is known of one row there is an env: facts (expressions that
 * are NOT NULL in it) and, for each range-table entry, whether the row really has one or an outer
 * join put NULLs in its place. A level has up to three of them, one for each moment of a row's
 * life: after WHERE, after GROUP BY and HAVING, and in the result as its reader sees it.
 */
#ifndef TENON_PROVE_NULLS_INTERNAL_H
#define TENON_PROVE_NULLS_INTERNAL_H

#include "prove/nulls.h"

/* An expression that is NOT NULL. A whole-row variable stands for "the entry has a row". */
struct fact {
    const struct expr *expr;
    const char *source; /* "WHERE", "ON", "HAVING", "CASE", "the outer query" */
    uint32_t hash;      /* of expr, set when it is added */
};

/* `impossible`: what they were drawn from cannot happen, so any fact holds. */
struct fact_set {
    bool impossible;
    VEC(struct fact) list;
    uint32_t *slots; /* a hash table: index into list + 1, 0 is free; none for short lists */
    size_t n_slots;
};

struct env {
    struct fact_set facts;
    bool *present;     /* per range-table entry, joins too */
    bool is_rolled_up; /* groups of grouping sets: facts of rows do not hold */
};

struct null_state {
    struct arena *arena;
    const struct catalog *catalog;
    const bool *param_nullable;
    size_t n_params;
    int depth; /* of queries whose bodies are looked into for facts of their reader */
};

struct null_scope {
    struct null_state *state;
    struct null_scope *parent;
    const struct query *query;
    struct env *row, *group, *output;
    struct env *current;
    bool is_grouped;                           /* current describes groups, not rows */
    size_t n_target_sets;                      /* set-returning functions in the select list */
    const struct expr *case_operand;           /* of the CASE whose WHEN is looked at */
    const struct nullability *sublink_columns; /* of the sub-query that is compared with */
    size_t n_sublink_columns;
    struct nullability **columns;     /* per range-table entry, for its rows; NULL: not computed */
    struct nullability **cte_columns; /* per CTE */
};

/* What holds while a value is computed elsewhere than where it is read; see scope_enter_row(). */
struct scope_state {
    struct env *current;
    bool is_grouped;
};

/* --- nulls_terms.c ---------------------------------------------------------------------------- */

struct null_scope *nulls_scope_up(struct null_scope *scope, int levels);
/* What a merged column of a join of this level stands for; NULL for anything else. */
const struct expr *nulls_alias_of(const struct null_scope *scope, const struct expr *expr);
/* Whether evaluating it twice for one row gives one value. */
bool nulls_is_stable(const struct null_state *state, const struct expr *expr);
/* Whether it reads the range-table entry of its own level. */
bool nulls_mentions(const struct expr *expr, int rte);
/* Whether the level's current rows are groups of grouping sets. */
bool nulls_is_rolled_up(const struct null_scope *scope);
/* Whether the value is an item of GROUP BY, in every grouping set or not. Of GROUP BY a AS x,
 * ROLLUP (a AS y) it is not: y is NULL in some groups, and a may be read from either. */
enum grouping { GROUPED_NOT, GROUPED_SOMETIMES, GROUPED_ALWAYS };
enum grouping nulls_grouping_of(const struct null_scope *scope, const struct expr *expr);
/* NULL when there is none. */
const struct function *nulls_operator_function(const struct null_state *state,
                                               const struct operator* op);
static inline bool nulls_is_builtin(const struct function *function)
{
    return function && function->oid < FIRST_USER_OID && function->namespace_oid == PG_CATALOG_OID;
}

/* --- nulls_facts.c, nulls_outcome.c
 * ------------------------------------------------------------------------------
 */

enum outcome { OUTCOME_TRUE, OUTCOME_FALSE, OUTCOME_NOT_TRUE, OUTCOME_NOT_FALSE };

/* Adds what follows from the condition having had that outcome; NULL is no condition. */
void nulls_add_outcome(struct null_scope *scope, const struct expr *condition, enum outcome outcome,
                       const char *source, struct fact_set *out);
/* Adds what follows from the expression not being NULL, itself included. */
void nulls_add_not_null(struct null_scope *scope, const struct expr *expr, const char *source,
                        struct fact_set *out);
void nulls_add_fact(struct null_scope *scope, struct fact fact, struct fact_set *out);
/* Adds a fact that another set has had and this one has not. */
void nulls_append_fact(struct arena *arena, struct fact fact, struct fact_set *out);
/* Adds to `out` what holds in every branch. */
void nulls_add_common(struct null_scope *scope, const struct fact_set *branches, size_t n,
                      struct fact_set *out);
/* x op ANY/ALL (array) was not NULL. saw_element: nor was the array empty, which decides it without
 * looking at x. */
void nulls_add_array_op(struct null_scope *scope, const struct expr *expr, bool saw_element,
                        const char *source, struct fact_set *out);
const struct fact *nulls_find_fact(const struct fact_set *facts, const struct expr *expr);

/* --- nulls_joins.c ------------------------------------------------------------------------------
 */

/* The state of a row that passed FROM and WHERE. */
struct env *nulls_env_of_from(struct null_scope *scope);
/* A copy with more facts, drawn to their consequences through the join tree. */
struct env *nulls_env_with(struct null_scope *scope, const struct env *env,
                           const struct fact_set *facts);
/* Groups of grouping sets over such rows: what was NOT NULL in the rows may not be in them. */
struct env *nulls_env_rolled_up(struct null_scope *scope, const struct env *row);
/* A copy in which the rows of the subtree exist: one side of a FULL JOIN. */
struct env *nulls_env_with_side(struct null_scope *scope, const struct env *env,
                                const struct join_node *side);
/* "b is on the nullable side of a LEFT JOIN" */
const char *nulls_why_absent(struct null_scope *scope, const struct env *env, int rte);
/* Adds what follows for the enclosing query from this one having returned a row. */
void nulls_add_row_returned(struct null_scope *scope, const struct query *query, const char *source,
                            struct fact_set *out);

/* --- nulls_rows.c -------------------------------------------------------------------------------
 */

/* Whether a query answers with a row, whatever the data. */
bool nulls_has_row_always(const struct query *query);
/* Whether an entry of FROM has one. */
bool nulls_entry_has_row(const struct rte *rte);
/* Whether each group has at least one row. */
bool nulls_has_full_groups(const struct query *query);
bool nulls_is_true_const(const struct expr *expr);

/* --- nulls_scope.c ------------------------------------------------------------------------------
 */

struct null_scope *nulls_scope_create(struct null_state *state, struct null_scope *parent,
                                      const struct query *query);
struct scope_state nulls_enter_row(struct null_scope *scope);
void nulls_leave(struct null_scope *scope, struct scope_state saved);
/* The result columns of a query inside `scope` (NULL: outermost). assumed: columns whose reader
 * knows them to be NOT NULL (may be NULL, else one per column). */
struct nullability *nulls_query_columns(struct null_state *state, struct null_scope *scope,
                                        const struct query *query, const bool *assumed, size_t *n);

/* --- nulls_range.c ------------------------------------------------------------------------------
 */

/* A column of a range-table entry of this very scope, as its current env sees it. */
struct nullability nulls_column(struct null_scope *scope, int rte, int attno);

/* --- nulls_relation.c ---------------------------------------------------------------------------
 */

/* A stored column, by what its table says of it alone. is_only: of no row of a child. */
struct nullability nulls_stored_column(struct null_state *state, const struct relation *relation,
                                       bool is_only, int attno);
/* The same of a row that a query of that kind returns: INSERT, UPDATE or DELETE. */
struct nullability nulls_written_column(struct null_state *state, enum query_kind kind,
                                        const struct relation *relation, bool is_only, int attno);

/* --- nulls_expr.c, nulls_arrays.c, nulls_cases.c, nulls_calls.c, nulls_sublinks.c
 * ----------------------------------------------
 */

struct nullability nulls_expr(struct null_scope *scope, const struct expr *expr);
struct nullability nulls_function(struct null_scope *scope, const struct expr *expr);
struct nullability nulls_operator(struct null_scope *scope, const struct operator* op,
                                  const char *name, struct expr *const *args, size_t n);
struct nullability nulls_array_op(struct null_scope *scope, const struct expr *expr);
struct nullability nulls_subscript(struct null_scope *scope, const struct expr *expr);
/* The elements of an array. */
struct nullability nulls_elements(struct null_scope *scope, const struct expr *array);
struct nullability nulls_aggregate(struct null_scope *scope, const struct expr *expr);
struct nullability nulls_window(struct null_scope *scope, const struct expr *expr);
struct nullability nulls_case(struct null_scope *scope, const struct expr *expr);
struct nullability nulls_boolean(struct null_scope *scope, const struct expr *expr);
struct nullability nulls_sublink(struct null_scope *scope, const struct expr *expr);
/* NOT NULL when all are; else the first that is not. */
struct nullability nulls_all(struct null_scope *scope, struct expr *const *args, size_t n,
                             const char *reason);
/* NOT NULL when one is; reason is for the other case. */
struct nullability nulls_any(struct null_scope *scope, struct expr *const *args, size_t n,
                             const char *reason);
static inline struct nullability nulls_not_null(const char *reason)
{
    return (struct nullability){false, reason};
}

static inline struct nullability nulls_maybe(const char *reason)
{
    return (struct nullability){true, reason};
}

#endif
