/* Whether a query, or a group of it, is sure to have a row. A scalar subquery without one is NULL,
 * an aggregate over none is NULL too.
 */
#include "prove/nulls_internal.h"
#include "tree/tree.h"

bool nulls_is_true_const(const struct expr *expr)
{
    return expr->kind == EXPR_CONST && !expr->u.constant.is_null &&
           expr->u.constant.literal == 'B' && expr->u.constant.text &&
           (expr->u.constant.text[0] == 't' || expr->u.constant.text[0] == 'T');
}

bool nulls_has_full_groups(const struct query *query)
{
    const bool is_grouped = query->has_group_by || query->has_aggs || query->having;

    return !is_grouped || (query->n_group_by > 0 && !query->has_empty_grouping_set);
}

/* Whether LIMIT and OFFSET surely keep the first row. */
static bool keeps_first_row(const struct query *query)
{
    const char *limit = query->limit ? expr_integer_text(query->limit) : NULL;
    const bool keeps_all = !query->limit || expr_is_null_const(expr_strip_casts(query->limit));

    return !query->offset && (keeps_all || (limit && limit[0] >= '1' && limit[0] <= '9'));
}

bool nulls_entry_has_row(const struct rte *rte)
{
    const struct expr *call;

    switch (rte->kind) {
    case RTE_SUBQUERY:
        return nulls_has_row_always(rte->subquery);
    case RTE_VALUES:
        return rte->n_values > 0;
    case RTE_CTE:
        return !rte->cte->is_recursive && nulls_has_row_always(rte->cte->query);
    case RTE_FUNCTION:
        call = rte->n_functions == 1 ? rte->functions[0].call : NULL;
        return call && call->kind == EXPR_FUNC && call->u.call.function &&
               !call->u.call.function->returns_set;
    default:
        return false;
    }
}

static bool node_has_row(const struct query *query, const struct join_node *node)
{
    if (!node->is_join)
        return nulls_entry_has_row(query->rtable[node->rte]);
    switch (node->kind) {
    case JOIN_KIND_LEFT:
        return node_has_row(query, node->left);
    case JOIN_KIND_RIGHT:
        return node_has_row(query, node->right);
    case JOIN_KIND_FULL:
        return node_has_row(query, node->left) || node_has_row(query, node->right);
    case JOIN_KIND_INNER:
        break;
    }
    return (!node->on || nulls_is_true_const(node->on)) && node_has_row(query, node->left) &&
           node_has_row(query, node->right);
}

static bool set_has_row(const struct set_node *node)
{
    if (node->op == SET_OP_NONE)
        return nulls_has_row_always(node->query);
    return node->op == SET_OP_UNION && (set_has_row(node->left) || set_has_row(node->right));
}

bool nulls_has_row_always(const struct query *query)
{
    if (query->kind != QUERY_SELECT || !keeps_first_row(query))
        return false;
    if (query->set_ops)
        return set_has_row(query->set_ops);
    if (query->having || query->has_set_returning)
        return false;
    if (query->has_empty_grouping_set)
        return true;
    if (query->has_aggs && query->n_group_by == 0 && !query->has_grouping_sets)
        return true;
    if (query->where && !nulls_is_true_const(query->where))
        return false;
    for (size_t i = 0; i < query->n_from; i++) {
        if (!node_has_row(query, query->from[i]))
            return false;
    }
    return true;
}
