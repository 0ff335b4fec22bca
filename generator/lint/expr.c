/* Checks of an expression: comparisons that can never be true, or not as meant. */
#include "lint/internal.h"

#include <string.h>

#include "prove/nulls.h"
#include "tree/tree.h"

bool lint_is_comparison(const char *name)
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
        !lint_is_comparison(expr->u.op.op->name))
        return;
    for (size_t i = 0; i < 2; i++) {
        if (expr_is_null_const(expr_strip_casts(expr->args[i])))
            lint_warn(linter, LINT_EQUALS_NULL, expr->location,
                      "use IS NULL, IS NOT NULL or IS [NOT] DISTINCT FROM",
                      "comparing with NULL is never true");
    }
}

/* IN (1, NULL) finds no NULL, and NOT IN (1, NULL) finds nothing. */
static void check_null_in_list(struct linter *linter, struct expr *expr)
{
    struct expr *list;

    if (expr->kind != EXPR_ARRAY_OP || expr->n_args != 2 || !expr->u.op.op ||
        !lint_is_comparison(expr->u.op.op->name))
        return;
    list = expr_strip_casts(expr->args[1]);
    for (size_t i = 0; list->kind == EXPR_ARRAY && i < list->n_args; i++) {
        if (!expr_is_null_const(expr_strip_casts(list->args[i])))
            continue;
        lint_warn(linter, LINT_EQUALS_NULL, expr_location(list->args[i]),
                  "take NULL out of the list, and ask for it with IS NULL or IS NOT NULL", "%s",
                  expr->u.op.use_or ? "NULL in the list matches nothing"
                                    : "NOT IN is never true when the list has a NULL");
        return;
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

static void note_use(struct linter *linter, int param)
{
    linter->param_used[param - 1] = true;
    linter->param_uses[param - 1]++;
}

void lint_check_expr(struct linter *linter, struct expr *expr)
{
    if (expr->kind == EXPR_PARAM && (size_t)expr->u.param <= linter->analysis->n_params)
        note_use(linter, expr->u.param);
    check_equals_null(linter, expr);
    check_null_in_list(linter, expr);
    check_not_in(linter, expr);
}
