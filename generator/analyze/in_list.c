/* x IN (a, b, …): one comparison with an array where the list has a type in common, else a chain of
 * comparisons (transformAExprIn).
 */
#include "analyze/operator.h"

/* The items of an IN list, and those without columns, which can become one array. */
struct in_list {
    struct expr_list all, constant, variable;
};

static struct expr *array_of(struct parse *parse, const struct expr_list *items, oid element,
                             oid array)
{
    struct expr *expr = expr_make(parse->statement->arena, EXPR_ARRAY, array, -1);

    expr->n_args = items->n;
    expr->args = arena_array(parse->statement->arena, struct expr *, items->n);
    for (size_t i = 0; i < items->n; i++)
        expr->args[i] = coerce_to_common(parse, items->items[i], element, "IN");
    return expr;
}

/* x = ANY (ARRAY[…]) when the list has a common type with an array type, else NULL. */
static struct expr *in_array(struct parse *parse, const PgQuery__AExpr *expr, struct expr *left,
                             const struct in_list *list, bool use_or)
{
    struct arena *arena = parse->statement->arena;
    struct expr_list exprs = {0};
    oid type, array;

    vec_push(arena, &exprs, left);
    for (size_t i = 0; i < list->constant.n; i++)
        vec_push(arena, &exprs, list->constant.items[i]);
    type = coerce_common_type(parse, exprs.items, exprs.n, NULL, NULL);
    if (!type || type == RECORDOID || !coerce_verify_common(parse, type, exprs.items, exprs.n))
        return NULL;
    array = catalog_array_type(parse->statement->catalog, type);
    if (!array)
        return NULL;
    for (size_t i = 0; i < list->constant.n; i++)
        param_note_comparison(parse, list->constant.items[i], left);
    return resolve_array_operator(parse, operator_name(parse, expr), use_or, left,
                                  array_of(parse, &list->constant, type, array), expr->location);
}

static void transform_in_items(struct parse *parse, const PgQuery__Node *node, struct in_list *list)
{
    struct arena *arena = parse->statement->arena;

    for (size_t i = 0; i < node->list->n_items; i++) {
        struct expr *item = transform_part(parse, node->list->items[i]);

        vec_push(arena, &list->all, item);
        if (expr_has_var_of_level(&item, 1, 0))
            vec_push(arena, &list->variable, item);
        else
            vec_push(arena, &list->constant, item);
    }
}

/* One comparison after the other: ((a OR b) OR c). */
static struct expr *joined(struct parse *parse, struct expr *left, struct expr *right, bool use_or,
                           int location)
{
    struct expr *expr;

    if (!left)
        return right;
    expr = expr_with_args(parse->statement->arena, EXPR_BOOL, BOOLOID, location, 2, left, right);
    expr->u.bool_op = use_or ? BOOL_OR : BOOL_AND;
    return expr;
}

struct expr *transform_in_list(struct parse *parse, const PgQuery__AExpr *expr)
{
    struct qualified_name name = operator_name(parse, expr);
    bool use_or = !name_eq(name.name, "<>");
    struct expr *left = transform_part(parse, expr->lexpr), *result = NULL;
    struct in_list list = {0};
    const struct expr_list *rest;

    transform_in_items(parse, expr->rexpr, &list);
    rest = &list.all;
    if (list.constant.n > 1) {
        result = in_array(parse, expr, left, &list, use_or);
        if (result)
            rest = &list.variable;
    }
    for (size_t i = 0; i < rest->n; i++) {
        struct expr *part = make_comparison(parse, name, expr_copy(parse->statement->arena, left),
                                            rest->items[i], expr->location);

        result =
            joined(parse, result, coerce_to_boolean(parse, part, "IN"), use_or, expr->location);
    }
    return result;
}
