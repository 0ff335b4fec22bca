/* What depends on a type or a function by the parts of an operator, a cast or an aggregate: operand
 * and result types, the function behind it, transition and final functions.
 */
#include "ddl/depend.h"

static bool is_type_or_array(const struct type *type, oid id)
{
    return id && (id == type->oid || id == type->array);
}

static void add_operator(struct removal *removal, const struct operator* op, size_t cause)
{
    removal_add(removal, (struct dropped_object){
                             .class = OBJECT_IS_OPERATOR, .id = op->oid, .cause = cause});
}

/* The cast of a range to its multirange was made with them. */
static void add_cast(struct removal *removal, const struct cast *cast, size_t cause)
{
    removal_add(removal, (struct dropped_object){.class = OBJECT_IS_CAST,
                                                 .id = cast->source,
                                                 .target = cast->target,
                                                 .automatic = !cast->defined_at.source,
                                                 .cause = cause});
}

void removal_add_operators_of_type(struct removal *removal, const struct type *type, size_t cause)
{
    size_t n;
    struct operator* const * operators = catalog_operators(removal->ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (operators[i] && (is_type_or_array(type, operators[i]->left) ||
                             is_type_or_array(type, operators[i]->right) ||
                             is_type_or_array(type, operators[i]->result)))
            add_operator(removal, operators[i], cause);
}

void removal_add_casts_of_type(struct removal *removal, const struct type *type, size_t cause)
{
    size_t at = 0;

    for (const struct cast *cast; (cast = catalog_next_cast(removal->ddl->catalog, &at));)
        if (is_type_or_array(type, cast->source) || is_type_or_array(type, cast->target))
            add_cast(removal, cast, cause);
}

void removal_add_callers(struct removal *removal, oid function, size_t cause)
{
    const struct catalog *catalog = removal->ddl->catalog;
    size_t n, at = 0;
    struct operator* const * operators = catalog_operators(catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (operators[i] && operators[i]->function == function)
            add_operator(removal, operators[i], cause);
    for (const struct cast *cast; (cast = catalog_next_cast(catalog, &at));)
        if (cast->function == function)
            add_cast(removal, cast, cause);
    struct function *const *functions = catalog_functions(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (functions[i] &&
            (functions[i]->agg_transition == function || functions[i]->agg_final == function))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_FUNCTION,
                                                         .id = functions[i]->oid,
                                                         .cause = cause});
}
