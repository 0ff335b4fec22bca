/* Arrays: ANY and ALL, subscripts, and whether the elements of an array are NOT NULL, which is
 * known of literals, constructors and a few functions.
 */
#include "prove/nulls_internal.h"

#include <string.h>
#include <strings.h>

/* Functions whose arrays never have a NULL element, when they are called with n_args arguments. */
static const struct {
    const char *name;
    size_t n_args;
} full_arrays[] = {
    {"current_schemas", 1},
    {"enum_range", 1},
    {"enum_range", 2},
    {"parse_ident", 1},
    {"regexp_split_to_array", 2},
    {"regexp_split_to_array", 3},
    {"string_to_array", 2},
    {"tsvector_to_array", 1},
};

static bool has_null_element(const char *text)
{
    for (; *text; text++) {
        if (strncasecmp(text, "null", 4) == 0)
            return true;
    }
    return false;
}

/* Whether the cast makes NULL of no element. */
static bool keeps_elements(const struct null_scope *scope, const struct expr *cast)
{
    const struct catalog *catalog = scope->state->catalog;
    const oid from = catalog_element_type(catalog, cast->args[0]->type);
    const oid to = catalog_element_type(catalog, cast->type);
    const struct cast *element = NULL;
    const struct function *function;

    if (cast->u.cast.method == CAST_RELABEL)
        return true;
    if (cast->u.cast.method != CAST_ARRAY || !from || !to)
        return false;
    element = catalog_find_cast(catalog, catalog_base_type(catalog, from, NULL),
                                catalog_base_type(catalog, to, NULL));
    if (!element || element->method != 'f')
        return true;
    function = catalog_get_function(catalog, element->function);
    return function && function->never_null;
}

static bool is_full_array(const struct expr *call)
{
    const struct function *function = call->kind == EXPR_FUNC ? call->u.call.function : NULL;

    for (size_t i = 0; nulls_is_builtin(function) && i < sizeof full_arrays / sizeof *full_arrays;
         i++) {
        if (strcmp(full_arrays[i].name, function->name) == 0 &&
            full_arrays[i].n_args == call->n_args)
            return true;
    }
    return false;
}

struct nullability nulls_elements(struct null_scope *scope, const struct expr *array)
{
    while (array->kind == EXPR_CAST && array->n_args > 0 && keeps_elements(scope, array))
        array = array->args[0];
    if (array->kind == EXPR_ARRAY && !array->u.array.is_multidimensional)
        return nulls_all(scope, array->args, array->n_args, NULL);
    if (array->kind == EXPR_CONST && array->u.constant.text &&
        !has_null_element(array->u.constant.text))
        return nulls_not_null("a literal");
    if (array->kind == EXPR_SUBLINK && array->u.sublink.kind == SUBLINK_ARRAY) {
        size_t n;
        const struct nullability *columns =
            nulls_query_columns(scope->state, scope, array->u.sublink.query, NULL, &n);

        if (n > 0)
            return columns[0];
    }
    if (is_full_array(array))
        return nulls_not_null(arena_printf(scope->state->arena, "%s makes no NULL element",
                                           array->u.call.function->name));
    return nulls_maybe("the array may have NULL elements");
}

struct nullability nulls_array_op(struct null_scope *scope, const struct expr *expr)
{
    struct nullability answer =
        nulls_operator(scope, expr->u.op.op, expr->u.op.name, expr->args, expr->n_args);

    if (!answer.nullable && expr->n_args == 2) {
        struct nullability of_elements = nulls_elements(scope, expr->args[1]);

        if (of_elements.nullable)
            return of_elements;
    }
    return answer;
}

/* A slice out of range is an empty array. */
struct nullability nulls_subscript(struct null_scope *scope, const struct expr *expr)
{
    if (expr->u.subscript.is_slice &&
        catalog_element_type(scope->state->catalog,
                             catalog_base_type(scope->state->catalog, expr->args[0]->type, NULL)))
        return nulls_all(scope, expr->args, expr->n_args, "a slice of an array");
    return nulls_maybe("a subscript out of range gives NULL");
}
