/* Mutable expressions (manual, 38.7 "Function Volatility Categories"): what may not be in an index,
 * a generated column or a partition key.
 */
#include "analyze/expression.h"

#include <string.h>

/* Types whose text form depends on settings or on the catalog: input, output. */
struct text_form {
    oid type;
    bool input, output;
};

static const struct text_form mutable_forms[] = {
    {24, true, true},    /* regproc */
    {142, true, false},  /* xml */
    {790, true, true},   /* money */
    {1033, true, true},  /* aclitem */
    {1082, true, true},  /* date */
    {1083, true, false}, /* time */
    {1114, true, true},  /* timestamp */
    {1184, true, true},  /* timestamptz */
    {1186, true, true},  /* interval */
    {1266, true, false}, /* timetz */
    {2202, true, true},  /* regprocedure … */
    {2203, true, true},  {2204, true, true}, {2205, true, true},
    {2206, true, true},  {3734, true, true}, {3769, true, true},
    {4089, true, true},  {4096, true, true}, {4191, true, true}, /* … regcollation */
};

static bool is_text_mutable(const struct catalog *catalog, oid id, bool input)
{
    const struct type *type = catalog_get_type(catalog, id);

    if (!type)
        return false;
    if (type->typtype == 'd')
        return input || is_text_mutable(catalog, catalog_base_type(catalog, id, NULL), false);
    if (strchr("cerm", type->typtype) || catalog_element_type(catalog, id) || id == RECORDOID)
        return true;
    for (size_t i = 0; i < sizeof mutable_forms / sizeof *mutable_forms; i++)
        if (mutable_forms[i].type == id)
            return input ? mutable_forms[i].input : mutable_forms[i].output;
    return false;
}

static bool is_function_mutable(const struct function *function)
{
    return function && function->volatility != 'i' && !function->may_inline;
}

static bool is_cast_mutable(const struct catalog *catalog, oid source, oid target)
{
    const struct function *function = NULL;
    oid source_element, target_element;

    switch (coerce_find_path(catalog, target, source, COERCE_EXPLICIT, &function)) {
    case PATH_FUNCTION:
        return is_function_mutable(function);
    case PATH_INOUT:
        return is_text_mutable(catalog, source, false) || is_text_mutable(catalog, target, true);
    case PATH_ARRAY:
        source_element = catalog_element_type(catalog, catalog_base_type(catalog, source, NULL));
        target_element = catalog_element_type(catalog, catalog_base_type(catalog, target, NULL));
        return source_element && target_element &&
               is_cast_mutable(catalog, source_element, target_element);
    default:
        return false;
    }
}

/* Built-in SQL functions that are called stable for the sake of any argument type: the planner puts
 * a cast to text and an immutable function in their place. */
enum {
    QUOTE_LITERAL_ANY = 1285,
    QUOTE_NULLABLE_ANY = 1290,
    TEXT_ANY_CAT = 2003,
    ANY_TEXT_CAT = 2004,
};

static bool casts_to_text(const struct function *function)
{
    return function->oid == QUOTE_LITERAL_ANY || function->oid == QUOTE_NULLABLE_ANY ||
           function->oid == TEXT_ANY_CAT || function->oid == ANY_TEXT_CAT;
}

static bool is_call_mutable(const struct catalog *catalog, const struct function *function,
                            const struct expr *expr)
{
    if (!function || !casts_to_text(function))
        return is_function_mutable(function);
    for (size_t i = 0; i < expr->n_args; i++)
        if (is_cast_mutable(catalog, expr->args[i]->type, TEXTOID))
            return true;
    return false;
}

static bool is_operator_mutable(const struct catalog *catalog, const struct expr *expr)
{
    const struct operator* op = expr->u.op.op;

    return op && is_call_mutable(catalog, catalog_get_function(catalog, op->function), expr);
}

static bool visit(struct walk *walk, struct expr *expr)
{
    const struct catalog *catalog = ((const struct parse *)walk->context)->statement->catalog;
    bool found = false;

    switch (expr->kind) {
    case EXPR_FUNC:
        found = is_call_mutable(catalog, expr->u.call.function, expr);
        break;
    case EXPR_OP:
    case EXPR_DISTINCT:
    case EXPR_NULLIF:
    case EXPR_ARRAY_OP:
    case EXPR_ROW_COMPARE:
        found = is_operator_mutable(catalog, expr);
        break;
    case EXPR_CAST:
        if (expr->u.cast.method == CAST_FUNCTION)
            found = is_function_mutable(expr->u.cast.function);
        else if (expr->u.cast.method == CAST_INOUT)
            found = is_text_mutable(catalog, expr->args[0]->type, false) ||
                    is_text_mutable(catalog, expr->type, true);
        else if (expr->u.cast.method == CAST_ARRAY)
            found = is_cast_mutable(catalog, expr->args[0]->type, expr->type);
        break;
    case EXPR_SQL_VALUE:
        found = true;
        break;
    default:
        break;
    }
    return found || walk_parts(walk, expr);
}

bool expr_is_mutable(struct parse *parse, struct expr *expr)
{
    struct walk walk = {.visit = visit, .context = parse};

    return walk_expr(&walk, expr);
}
