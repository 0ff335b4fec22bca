/* Walking over analysed expressions and queries, as expression_tree_walker and query_tree_walker
 * do: every part once, sub-queries one level deeper.
 */
#include "tree/tree.h"

bool walk_expr(struct walk *walk, struct expr *expr)
{
    return expr && walk->visit(walk, expr);
}

bool walk_list(struct walk *walk, struct expr *const *exprs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (walk_expr(walk, exprs[i]))
            return true;
    return false;
}

static bool walk_sub_query(struct walk *walk, struct query *query)
{
    bool found;

    if (!walk->into_queries || !query)
        return false;
    walk->depth++;
    found = walk_query(walk, query);
    walk->depth--;
    return found;
}

/* In the server's order: upper bounds, lower bounds, the container. */
static bool walk_subscript(struct walk *walk, struct expr *expr)
{
    size_t step = expr->u.subscript.is_slice ? 2 : 1;

    for (size_t i = step; i < expr->n_args; i += step)
        if (walk_expr(walk, expr->args[i]))
            return true;
    for (size_t i = 1; step == 2 && i < expr->n_args; i += step)
        if (walk_expr(walk, expr->args[i]))
            return true;
    return walk_expr(walk, expr->args[0]);
}

bool walk_parts(struct walk *walk, struct expr *expr)
{
    if (expr->kind == EXPR_SUBSCRIPT)
        return walk_subscript(walk, expr);
    if (walk_list(walk, expr->args, expr->n_args))
        return true;
    if (expr->kind == EXPR_AGG || expr->kind == EXPR_WINDOW)
        return walk_list(walk, expr->u.agg.order_by, expr->u.agg.n_order_by) ||
               walk_expr(walk, expr->u.agg.filter);
    if (expr->kind == EXPR_SUBLINK)
        return walk_expr(walk, expr->u.sublink.test) || walk_sub_query(walk, expr->u.sublink.query);
    return false;
}

static bool walk_targets(struct walk *walk, struct target *targets, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (walk_expr(walk, targets[i].expr))
            return true;
    return false;
}

static bool walk_join(struct walk *walk, struct join_node *node)
{
    if (!node || !node->is_join)
        return false;
    return walk_join(walk, node->left) || walk_join(walk, node->right) || walk_expr(walk, node->on);
}

static bool walk_table_func(struct walk *walk, const struct rte *rte)
{
    const struct table_func *func = rte->table_func;

    if (walk_expr(walk, func->row) || walk_expr(walk, func->document) ||
        walk_list(walk, func->namespaces, func->n_namespaces))
        return true;
    for (size_t i = 0; i < rte->n_columns; i++)
        if (walk_expr(walk, func->columns[i].path) || walk_expr(walk, rte->columns[i].source))
            return true;
    return false;
}

static bool walk_entry(struct walk *walk, struct rte *rte)
{
    if (walk->visit_entry)
        walk->visit_entry(walk, rte);
    if (walk_sub_query(walk, rte->subquery))
        return true;
    for (size_t i = 0; i < rte->n_functions; i++)
        if (walk_expr(walk, rte->functions[i].call))
            return true;
    for (size_t i = 0; i < rte->n_values; i++)
        if (walk_list(walk, rte->values[i], rte->n_columns))
            return true;
    if (rte->kind == RTE_TABLE_FUNC && walk_table_func(walk, rte))
        return true;
    return walk_list(walk, rte->sample_args, rte->n_sample_args);
}

static bool walk_conflict(struct walk *walk, struct on_conflict *conflict)
{
    return walk_list(walk, conflict->arbiter, conflict->n_arbiter) ||
           walk_targets(walk, conflict->set, conflict->n_set) || walk_expr(walk, conflict->where);
}

static bool walk_actions(struct walk *walk, struct query *query)
{
    for (size_t i = 0; i < query->n_merge_actions; i++) {
        struct merge_action *action = &query->merge_actions[i];

        if (walk_expr(walk, action->condition) ||
            walk_targets(walk, action->targets, action->n_targets))
            return true;
    }
    return false;
}

static bool walk_from(struct walk *walk, struct query *query)
{
    for (size_t i = 0; i < query->n_ctes; i++)
        if (walk_sub_query(walk, query->ctes[i]->query))
            return true;
    for (size_t i = 0; i < query->n_rtable; i++)
        if (walk_entry(walk, query->rtable[i]))
            return true;
    for (size_t i = 0; i < query->n_from; i++)
        if (walk_join(walk, query->from[i]))
            return true;
    return false;
}

/* What windows are partitioned and sorted by are targets. */
static bool walk_frames(struct walk *walk, struct query *query)
{
    for (size_t i = 0; i < query->n_windows; i++)
        if (walk_expr(walk, query->windows[i]->start_offset) ||
            walk_expr(walk, query->windows[i]->end_offset))
            return true;
    return false;
}

static bool walk_clauses(struct walk *walk, struct query *query)
{
    return walk_from(walk, query) || walk_targets(walk, query->targets, query->n_targets) ||
           walk_targets(walk, query->returning, query->n_returning) ||
           walk_expr(walk, query->where) || walk_expr(walk, query->having) ||
           walk_expr(walk, query->limit) || walk_expr(walk, query->offset) ||
           walk_frames(walk, query) ||
           (query->on_conflict && walk_conflict(walk, query->on_conflict)) ||
           walk_actions(walk, query) ||
           (query->kind == QUERY_UTILITY && walk_sub_query(walk, query->source));
}

bool walk_query(struct walk *walk, struct query *query)
{
    struct query *outer = walk->query;
    bool found;

    walk->query = query;
    found = walk_clauses(walk, query);
    walk->query = outer;
    return found;
}
