/* Checks of a query level: missing WHERE, ORDER BY that orders nothing or is not there, `*` over
 * several tables, ON CONFLICT that no index backs.
 */
#include "lint/internal.h"
#include "prove/cardinality.h"
#include "tree/tree.h"

static void check_where(struct linter *linter, const struct query *query)
{
    const struct rte *target;

    if ((query->kind != QUERY_UPDATE && query->kind != QUERY_DELETE) || query->where ||
        query->result_rte < 0)
        return;
    target = query->rtable[query->result_rte];
    if (query->kind == QUERY_UPDATE)
        lint_warn(linter, LINT_UPDATE_WITHOUT_WHERE, target->location,
                  "add WHERE, or `-- @allow update-without-where` when all rows are meant",
                  "UPDATE without WHERE changes every row of \"%s\"", target->relation->name);
    else
        lint_warn(linter, LINT_DELETE_WITHOUT_WHERE, target->location,
                  "add WHERE, or `-- @allow delete-without-where` when all rows are meant",
                  "DELETE without WHERE removes every row of \"%s\"", target->relation->name);
}

static const struct target *target_of(const struct query *query, int group_ref)
{
    for (size_t i = 0; i < query->n_targets; i++) {
        if (query->targets[i].group_ref == group_ref)
            return &query->targets[i];
    }
    return NULL;
}

static void check_order_by(struct linter *linter, const struct query *query)
{
    for (size_t i = 0; i < query->n_order_by; i++) {
        const struct target *target = target_of(query, query->order_by[i].group_ref);
        struct expr *expr = target && target->expr ? expr_strip_casts(target->expr) : NULL;

        if (expr && target->is_junk && (expr->kind == EXPR_PARAM || expr->kind == EXPR_CONST))
            lint_warn(linter, LINT_ORDER_BY_CONSTANT, expr->location,
                      "a parameter cannot name a column: use CASE, or a query for each order",
                      "ORDER BY a value that is the same for every row");
    }
}

static size_t count_leaves(const struct join_node *node)
{
    return node->is_join ? count_leaves(node->left) + count_leaves(node->right) : 1;
}

static bool is_arm(const struct set_node *node, const struct query *query)
{
    return node &&
           (node->query == query || is_arm(node->left, query) || is_arm(node->right, query));
}

/* Whether the columns of the query are, as they stand, those of the statement: its own, those of
 * an arm of its UNION, or what it inserts. */
static bool is_output(const struct linter *linter, const struct query *query)
{
    const struct query *top = linter->analysis->query;

    return query == top || query == top->source || is_arm(top->set_ops, query);
}

/* `*` that mixes the columns of several tables. */
static void check_star(struct linter *linter, const struct query *query)
{
    const char *text = linter->annotated->sql.text;
    size_t n_entries = 0;

    for (size_t i = 0; i < query->n_from; i++)
        n_entries += count_leaves(query->from[i]);
    for (size_t s = 0; n_entries > 1 && s < linter->analysis->n_stars; s++) {
        const struct star_expansion *star = &linter->analysis->stars[s];

        if (star->query == query && is_output(linter, query) && !star->embed &&
            text[star->from] == '*')
            lint_warn(linter, LINT_SELECT_STAR, star->from,
                      "name the columns, or use sqlc.embed(table) for each table",
                      "* mixes the columns of %zu tables", n_entries);
    }
}

/* Whether LIMIT picks among rows that differ, without saying which. */
static bool picks_at_random(struct linter *linter, const struct query *query)
{
    struct query unlimited = *query;
    bool all_constant = true;

    unlimited.limit = NULL;
    if (query->has_locking ||
        cardinality_infer(linter->arena, linter->catalog, &unlimited).at_most_one)
        return false;
    for (size_t i = 0; i < query->n_targets; i++) {
        const struct expr *expr = query->targets[i].expr;

        if (expr && expr_strip_casts(query->targets[i].expr)->kind != EXPR_CONST)
            all_constant = false;
    }
    return !all_constant;
}

/* Rows of one sub-query come in its order, which no standard promises and every reader expects. */
static bool is_ordered(const struct query *query)
{
    const struct join_node *only = query->n_from == 1 ? query->from[0] : NULL;
    const struct query *inner = only && !only->is_join ? query->rtable[only->rte]->subquery : NULL;

    return query->n_order_by > 0 ||
           (inner && inner->n_order_by > 0 && !query->has_group_by && !query->is_distinct);
}

/* LIMIT ALL takes every row. OFFSET 0 skips none: it keeps the planner from merging the sub-query
 * with the rest. */
static bool is_no_count(const struct expr *count, const char *none)
{
    return !count || (count->kind == EXPR_CONST &&
                      (count->u.constant.is_null || name_eq(count->u.constant.text, none)));
}

static void check_paging(struct linter *linter, const struct query *query)
{
    struct expr *offset = query->offset ? expr_strip_casts(query->offset) : NULL;
    struct expr *limit = query->limit ? expr_strip_casts(query->limit) : NULL;

    if (query->kind != QUERY_SELECT || is_ordered(query) || linter->in_exists)
        return;
    if (!is_no_count(offset, "0"))
        lint_warn(linter, LINT_OFFSET_WITHOUT_ORDER_BY, expr_location(offset),
                  "add ORDER BY with a unique key at its end",
                  "OFFSET without ORDER BY skips arbitrary rows");
    else if (!is_no_count(limit, NULL) && query == linter->analysis->query &&
             picks_at_random(linter, query))
        lint_warn(linter, LINT_LIMIT_WITHOUT_ORDER_BY, expr_location(limit),
                  "add ORDER BY with a unique key at its end",
                  "LIMIT without ORDER BY returns arbitrary rows");
}

/* The server notices only when it plans the statement. */
static void check_on_conflict(struct linter *linter, const struct query *query)
{
    const struct on_conflict *conflict = query->on_conflict;

    if (conflict && conflict->lacks_index)
        lint_warn(linter, LINT_ON_CONFLICT_WITHOUT_INDEX, conflict->arbiter_location,
                  "name all columns of one unique key and no others; for a partial index repeat "
                  "its WHERE",
                  "no unique index of \"%s\" matches, so that every execution fails with 42P10",
                  query->rtable[query->result_rte]->relation->name);
}

void lint_check_level(struct linter *linter, struct query *query)
{
    check_where(linter, query);
    check_order_by(linter, query);
    check_paging(linter, query);
    check_on_conflict(linter, query);
    if (!query->set_ops)
        check_star(linter, query);
}
