/* What a result is made of: its columns, and the table columns that they plainly show. */
#include "catalog/catalog.h"
#include "tree/query.h"

struct target *query_result(const struct query *query, size_t *n)
{
    struct target *targets = query->targets;
    size_t count = query->n_targets;

    if (query->kind != QUERY_SELECT && query->kind != QUERY_UTILITY) {
        targets = query->returning;
        count = query->n_returning;
    }
    for (*n = 0; *n < count && !targets[*n].is_junk; ++*n)
        ;
    return targets;
}

size_t rte_n_inner_columns(const struct rte *rte)
{
    size_t n;

    if (rte->kind != RTE_RELATION || !rte->relation->view_query)
        return rte->n_columns;
    query_result(rte->relation->view_query, &n);
    return n > rte->n_columns ? n : rte->n_columns;
}

bool query_origin(const struct query *query, const struct expr *expr, struct origin *origin)
{
    const struct query *source = NULL;
    const struct target *targets;
    const struct rte *rte;
    size_t n;

    if (expr->kind != EXPR_VAR || expr->u.var.attno == 0 || query->set_ops)
        return false;
    for (int i = 0; i < expr->u.var.levels_up && query; i++)
        query = query->parent;
    if (!query || (size_t)expr->u.var.rte >= query->n_rtable)
        return false;
    rte = query->rtable[expr->u.var.rte];
    switch (rte->kind) {
    case RTE_RELATION:
        *origin = (struct origin){rte->relation, expr->u.var.attno};
        return true;
    case RTE_SUBQUERY:
        source = rte->subquery;
        break;
    case RTE_CTE:
        source = rte->cte_self_reference ? NULL : rte->cte->query;
        break;
    default:
        return false;
    }
    if (!source || expr->u.var.attno < 0)
        return false;
    targets = query_result(source, &n);
    return (size_t)expr->u.var.attno <= n &&
           query_origin(source, targets[expr->u.var.attno - 1].expr, origin);
}

bool column_behind_view(struct origin *column)
{
    const struct relation *view = column->relation;
    const struct query *query = view->relkind == 'v' ? view->view_query : NULL;
    const struct target *targets;
    size_t n;

    if (!query || relation_has_rules_instead(view) || query->n_from != 1 ||
        query->from[0]->is_join || query->set_ops)
        return false;
    targets = query_result(query, &n);
    return column->attno > 0 && (size_t)column->attno <= n &&
           targets[column->attno - 1].expr->kind == EXPR_VAR &&
           query->rtable[targets[column->attno - 1].expr->u.var.rte]->kind == RTE_RELATION &&
           query_origin(query, targets[column->attno - 1].expr, column) && column->attno > 0;
}
