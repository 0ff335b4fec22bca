/* contain_volatile_functions(): calls of functions, by name or through operators. */
#include "tree/volatility.h"

#include "tree/tree.h"

const struct function *expr_called_function(const struct catalog *catalog, const struct expr *expr)
{
    if (expr->kind == EXPR_FUNC)
        return expr->u.call.function;
    if ((expr->kind == EXPR_OP || expr->kind == EXPR_ARRAY_OP || expr->kind == EXPR_DISTINCT) &&
        expr->u.op.op)
        return catalog_get_function(catalog, expr->u.op.op->function);
    return NULL;
}

static bool visit(struct walk *walk, struct expr *expr)
{
    const struct function *function = expr_called_function(walk->context, expr);

    return (function && function->volatility == 'v') || walk_parts(walk, expr);
}

bool expr_is_volatile(struct catalog *catalog, const struct expr *expr)
{
    struct walk walk = {.visit = visit, .context = catalog};

    return expr && walk_expr(&walk, (struct expr *)expr);
}
