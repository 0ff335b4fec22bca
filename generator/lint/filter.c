/* Checks of WHERE and ON: conditions that no index serves as they are written, and optional
 * parameters whose NULL leaves no row. Only what AND and OR combine is looked at: elsewhere an
 * index would not help, and a NULL need not decide.
 */
#include "lint/internal.h"

#include <string.h>

#include "tree/tree.h"

static const struct rte *entry_of(const struct linter *linter, const struct expr *var)
{
    const struct query *query = linter->query;

    for (int i = 0; i < var->u.var.levels_up && query; i++)
        query = query->parent;
    return query && (size_t)var->u.var.rte < query->n_rtable ? query->rtable[var->u.var.rte] : NULL;
}

/* An index over the whole table that the column leads; NULL when the expression is no column. */
static const struct index *index_led_by(const struct linter *linter, const struct expr *expr)
{
    const struct rte *rte;

    if (expr->kind != EXPR_VAR || expr->u.var.attno < 1)
        return NULL;
    rte = entry_of(linter, expr);
    if (!rte || rte->kind != RTE_RELATION)
        return NULL;
    for (size_t i = 0; i < rte->relation->indexes.n; i++) {
        const struct index *index = rte->relation->indexes.items[i];

        if (index && index->n_columns > 0 && index->columns[0] == expr->u.var.attno &&
            !index->is_partial)
            return index;
    }
    return NULL;
}

/* Whether an index on the operand of the cast knows nothing of the cast's type. A relabelled
 * varchar is text to its index, but not bpchar; nor is citext text. */
static bool is_foreign_to_index(const struct linter *linter, const struct expr *cast)
{
    const struct catalog *catalog = linter->catalog;

    if (cast->u.cast.form != FORM_IMPLICIT)
        return false;
    return cast->u.cast.method != CAST_RELABEL ||
           catalog_default_operators(catalog, cast->args[0]->type).equal !=
               catalog_default_operators(catalog, cast->type).equal;
}

/* The other side's type made the indexed column be converted, row by row. A join that reads the
 * other side by an index of its own misses nothing. */
static void check_side(struct linter *linter, const struct expr *side, const struct expr *other)
{
    const struct expr *var = side->kind == EXPR_CAST && side->n_args > 0 ? side->args[0] : NULL;
    const struct index *index = var ? index_led_by(linter, var) : NULL;

    if (!index || !is_foreign_to_index(linter, side) || index_led_by(linter, other))
        return;
    lint_warn(linter, LINT_IMPLICIT_CAST_DEFEATS_INDEX, var->location,
              "cast the other side to the column's type",
              "\"%s\" is converted to %s to be compared, so that index %s cannot be used",
              entry_of(linter, var)->columns[var->u.var.attno - 1].name,
              catalog_format_type(linter->catalog, linter->arena, side->type), index->name);
}

static void check_cast(struct linter *linter, const struct expr *expr)
{
    const bool is_any = expr->kind == EXPR_ARRAY_OP && expr->u.op.use_or;

    if ((expr->kind != EXPR_OP && !is_any) || expr->n_args != 2 || !expr->u.op.op ||
        !lint_is_comparison(expr->u.op.op->name) || strcmp(expr->u.op.op->name, "<>") == 0)
        return;
    check_side(linter, expr->args[0], expr->args[1]);
    if (!is_any)
        check_side(linter, expr->args[1], expr->args[0]);
}

static void check_casts(struct linter *linter, const struct expr *condition)
{
    if (condition->kind != EXPR_BOOL || condition->u.bool_op == BOOL_NOT) {
        check_cast(linter, condition);
        return;
    }
    for (size_t i = 0; i < condition->n_args; i++)
        check_casts(linter, condition->args[i]);
}

static void check_join(struct linter *linter, const struct join_node *node)
{
    if (!node->is_join)
        return;
    check_join(linter, node->left);
    check_join(linter, node->right);
    if (node->on)
        check_casts(linter, node->on);
}

/* Counts the comparisons that a NULL in a parameter makes fail, and every row with them. */
static void count_filters(struct linter *linter, struct expr *condition)
{
    if (condition->kind == EXPR_BOOL && condition->u.bool_op == BOOL_AND) {
        for (size_t i = 0; i < condition->n_args; i++)
            count_filters(linter, condition->args[i]);
    }
    if (condition->kind != EXPR_OP || !condition->u.op.op ||
        !lint_is_comparison(condition->u.op.op->name))
        return;
    for (size_t i = 0; i < condition->n_args; i++) {
        const struct expr *param = expr_strip_casts(condition->args[i]);

        if (param->kind == EXPR_PARAM && (size_t)param->u.param <= linter->analysis->n_params)
            linter->param_filters[param->u.param - 1]++;
    }
}

void lint_check_filters(struct linter *linter, struct query *query)
{
    for (size_t i = 0; i < query->n_from; i++)
        check_join(linter, query->from[i]);
    if (query->where) {
        check_casts(linter, query->where);
        if (query == linter->analysis->query)
            count_filters(linter, query->where);
    }
}

void lint_check_nullable_parameters(struct linter *linter)
{
    const struct annotated_query *annotated = linter->annotated;

    for (size_t i = 0; i < annotated->params.n; i++) {
        const struct named_param *param = &annotated->params.items[i];
        const size_t n = (size_t)param->number - 1;

        if (param->nullable && param->name && n < linter->analysis->n_params &&
            linter->param_uses[n] > 0 && linter->param_uses[n] == linter->param_filters[n])
            lint_warn(linter, LINT_NULL_MATCHES_NOTHING, linter->analysis->params[n].location,
                      "add OR … IS NULL to leave the condition out, use IS NOT DISTINCT FROM to "
                      "find NULL, or declare the parameter with sqlc.arg",
                      "\"%s\" may be NULL, and then no row passes", param->name);
    }
}
