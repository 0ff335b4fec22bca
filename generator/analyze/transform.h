/* The transformations of parse analysis, one group per file. All end the statement's analysis at
 * the first error.
 */
#ifndef TENON_ANALYZE_TRANSFORM_H
#define TENON_ANALYZE_TRANSFORM_H

#include "analyze/transform_expr.h"

struct sort_list {
    struct sort_clause *items;
    size_t n, cap;
};

/* --- Statements ------------------------------------------------------------------------------- */

/* A whole statement, in a state that has all but its query levels; false after a diagnostic was
 * added. */
bool analyze_in_state(struct statement_state *state, const struct statement *statement,
                      struct query **query);
struct query *transform_statement(struct parse *parse, const PgQuery__Node *node);
struct query *transform_select(struct parse *parse, const PgQuery__SelectStmt *stmt);
struct query *transform_values(struct parse *parse, const PgQuery__SelectStmt *stmt);
struct query *transform_set_operation(struct parse *parse, const PgQuery__SelectStmt *stmt);
struct query *transform_insert(struct parse *parse, const PgQuery__InsertStmt *stmt);
struct query *transform_update(struct parse *parse, const PgQuery__UpdateStmt *stmt);
struct query *transform_delete(struct parse *parse, const PgQuery__DeleteStmt *stmt);
struct query *transform_merge(struct parse *parse, const PgQuery__MergeStmt *stmt);
struct query *transform_utility(struct parse *parse, const PgQuery__Node *node);

/* A query inside another one; keep_unknown leaves its unknown-typed columns to the caller. */
struct query *transform_sub_query(struct parse *parse, const PgQuery__Node *node,
                                  bool keep_unknown);
/* The analysis of one WITH item: cte is the item when it may refer to itself. */
struct query *transform_cte_query(struct parse *parse, const PgQuery__Node *node, struct cte *cte);

/* What the server's rewriter refuses right after analysis: generated columns, views that cannot be
 * changed, a column assigned twice. */
void check_rewrite(struct parse *parse, struct query *query);
/* Refuses a statement that reads a view which reads itself (42P17). (view_recursion.c) */
void check_view_recursion(struct parse *parse, const struct query *query);

/* --- Clauses ---------------------------------------------------------------------------------- */

void transform_with(struct parse *parse, const PgQuery__WithClause *with);
/* The columns of a WITH item; of a recursive one those of the non-recursive term, before the other
 * term is analysed. */
void cte_set_columns(struct parse *parse, struct cte *cte, const struct rte_column *columns,
                     size_t n);

void transform_from(struct parse *parse, struct node_list items);
struct join_node *transform_from_item(struct parse *parse, const PgQuery__Node *node,
                                      struct name_item **top, struct name_items *names);
struct join_node *transform_join(struct parse *parse, const PgQuery__JoinExpr *join,
                                 struct name_item **top, struct name_items *names);
struct name_item *transform_function_item(struct parse *parse, const PgQuery__RangeFunction *item);
struct name_item *transform_table_func(struct parse *parse, const PgQuery__RangeTableFunc *item);
/* The table that a statement changes, in view as a source too when also_source. */
void transform_target_table(struct parse *parse, const PgQuery__RangeVar *name, bool also_source);

void transform_target_list(struct parse *parse, struct node_list targets, enum expr_place place,
                           struct target_list *list);
struct target transform_target(struct parse *parse, const PgQuery__Node *node, struct expr *expr,
                               enum expr_place place, const char *name, bool is_junk);
void transform_returning(struct parse *parse, struct node_list targets);
/* What is left unknown in a finished select list becomes text. */
void resolve_unknown_targets(struct parse *parse, struct target_list *list);

struct expr *transform_where(struct parse *parse, const PgQuery__Node *node, enum expr_place place,
                             const char *construct);
struct expr *transform_limit(struct parse *parse, const PgQuery__Node *node, enum expr_place place,
                             const char *construct);
/* OFFSET and LIMIT of the statement, into its query. */
void transform_limits(struct parse *parse, const PgQuery__SelectStmt *stmt);
/* "FOR UPDATE", … */
const char *locking_name(const PgQuery__LockingClause *clause);
void transform_locking(struct parse *parse, struct node_list clauses);

/* ORDER BY; only expressions when by_expression (SQL:1999), else names and positions too. */
void transform_sort(struct parse *parse, struct node_list items, struct target_list *targets,
                    enum expr_place place, bool by_expression, struct sort_list *out);
void sort_add(struct parse *parse, size_t target, const PgQuery__SortBy *item,
              struct target_list *targets, struct sort_list *out);
/* The target that a GROUP BY / ORDER BY item means, added as junk when there is none. */
size_t sort_find_target(struct parse *parse, const PgQuery__Node *node, struct target_list *targets,
                        enum expr_place place, bool by_expression);
void group_add(struct parse *parse, size_t target, struct target_list *targets,
               struct sort_list *out, int location);
void transform_group_by(struct parse *parse, const PgQuery__SelectStmt *stmt,
                        struct target_list *targets);
void transform_distinct(struct parse *parse, struct target_list *targets,
                        const struct sort_list *order, bool is_aggregate, struct sort_list *out);
void transform_distinct_on(struct parse *parse, struct node_list items, struct target_list *targets,
                           const struct sort_list *order, struct sort_list *out);
/* Makes a window of the WINDOW clause known before it is defined. */
struct window_def *window_declare(struct parse *parse, const PgQuery__WindowDef *raw);
void transform_windows(struct parse *parse, struct target_list *targets);
void check_aggregates(struct parse *parse, struct query *query);

/* --- Stars ------------------------------------------------------------------------------------ */

/* A `*` of a select list: the target whose text it is, and the index of its first column. */
void star_record(struct parse *parse, const PgQuery__ResTarget *target, const struct star *star,
                 size_t first);
/* Forgets the stars of a select list that nobody reads: EXISTS (SELECT *). */
void star_forget(struct parse *parse, const struct query *query);

#endif
