/* Checks of an expression: comparisons that can never be true, or not as meant, or not by index. */
#include "analyze/lint_internal.h"

#include <string.h>

#include "analyze/nulls.h"
#include "analyze/tree.h"

static bool is_comparison(const char *name)
{
    static const char *const names[] = {"=", "<>", "<", ">", "<=", ">="};

    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

static void check_equals_null(struct linter *linter, struct expr *expr)
{
    if (expr->kind != EXPR_OP || expr->n_args != 2 || !expr->u.op.op ||
        !is_comparison(expr->u.op.op->name))
        return;
    for (size_t i = 0; i < 2; i++) {
        if (expr_is_null_const(expr_strip_casts(expr->args[i])))
            lint_warn(linter, LINT_EQUALS_NULL, expr->location,
                      "use IS NULL, IS NOT NULL or IS [NOT] DISTINCT FROM",
                      "comparing with NULL is never true");
    }
}

/* NOT IN (SELECT …): one NULL in the list, and no row passes. */
static void check_not_in(struct linter *linter, struct expr *expr)
{
    struct expr *sublink = expr;
    const struct nullability *columns;
    size_t n;

    if (expr->kind == EXPR_BOOL && expr->u.bool_op == BOOL_NOT)
        sublink = expr->args[0];
    if (sublink->kind != EXPR_SUBLINK || !sublink->u.sublink.query ||
        sublink->u.sublink.kind != (sublink == expr ? SUBLINK_ALL : SUBLINK_ANY) ||
        !name_eq(sublink->u.sublink.op_name, sublink == expr ? "<>" : "="))
        return;
    columns = nulls_infer_inner(linter->arena,
                                &(struct nulls_input){
                                    .catalog = linter->catalog,
                                    .query = sublink->u.sublink.query,
                                    .param_nullable = linter->param_nullable,
                                    .n_params = linter->analysis->n_params,
                                },
                                &n);
    for (size_t i = 0; i < n; i++) {
        if (columns[i].nullable) {
            lint_warn(linter, LINT_NOT_IN_NULLABLE_SUBQUERY, sublink->location,
                      "use NOT EXISTS, or exclude NULL in the subquery",
                      "NOT IN is never true when the subquery has a NULL: %s", columns[i].reason);
            return;
        }
    }
}

static const struct rte *entry_of(const struct linter *linter, const struct expr *var)
{
    const struct query *query = linter->query;

    for (int i = 0; i < var->u.var.levels_up && query; i++)
        query = query->parent;
    return query && (size_t)var->u.var.rte < query->n_rtable ? query->rtable[var->u.var.rte] : NULL;
}

static const struct index *index_led_by(const struct relation *relation, int attno)
{
    for (size_t i = 0; i < relation->indexes.n; i++) {
        const struct index *index = relation->indexes.items[i];

        if (index->n_columns > 0 && index->columns[0] == attno)
            return index;
    }
    return NULL;
}

/* The other side's type made the indexed column be converted, row by row. */
static void check_cast(struct linter *linter, struct expr *expr)
{
    if ((expr->kind != EXPR_OP && expr->kind != EXPR_ARRAY_OP) || expr->n_args != 2 ||
        !expr->u.op.op || !is_comparison(expr->u.op.op->name))
        return;
    for (size_t i = 0; i < 2; i++) {
        const struct expr *cast = expr->args[i];
        const struct expr *var = cast->kind == EXPR_CAST && cast->n_args > 0 ? cast->args[0] : NULL;
        const struct rte *rte;
        const struct index *index;

        if (!var || var->kind != EXPR_VAR || var->u.var.attno < 1 ||
            cast->u.cast.form != FORM_IMPLICIT || cast->u.cast.method == CAST_RELABEL)
            continue;
        rte = entry_of(linter, var);
        index =
            rte && rte->kind == RTE_RELATION ? index_led_by(rte->relation, var->u.var.attno) : NULL;
        if (index)
            lint_warn(linter, LINT_IMPLICIT_CAST_DEFEATS_INDEX, var->location,
                      "cast the other side to the column's type",
                      "\"%s\" is converted to %s to be compared, so that index %s cannot be used",
                      rte->columns[var->u.var.attno - 1].name,
                      catalog_format_type(linter->catalog, linter->arena, cast->type), index->name);
    }
}

void lint_check_expr(struct linter *linter, struct expr *expr)
{
    if (expr->kind == EXPR_PARAM && (size_t)expr->u.param <= linter->analysis->n_params)
        linter->param_used[expr->u.param - 1] = true;
    check_equals_null(linter, expr);
    check_not_in(linter, expr);
    check_cast(linter, expr);
}
