/* Casts, type names and COLLATE. */
#include "analyze/transform.h"
#include "types/type_name.h"

oid resolve_type(struct parse *parse, const PgQuery__TypeName *name, int32_t *typmod)
{
    const struct statement_state *statement = parse->statement;
    int32_t ignored;
    oid type = type_name_resolve(statement->catalog, statement->sql, name, statement->diags,
                                 typmod ? typmod : &ignored);

    if (!type)
        parse_fail(parse);
    return type;
}

/* ARRAY[…]::type[] hands the type down to the elements. */
static struct expr *cast_operand(struct parse *parse, const PgQuery__Node *node, oid target,
                                 int32_t typmod)
{
    oid array, element;

    if (node->node_case != PG_QUERY__NODE__NODE_A_ARRAY_EXPR)
        return transform_part(parse, node);
    array = catalog_base_type(parse->statement->catalog, target, &typmod);
    element = catalog_element_type(parse->statement->catalog, array);
    if (!element)
        return transform_part(parse, node);
    return transform_array(parse, node->a_array_expr, array, element, typmod);
}

struct expr *transform_type_cast(struct parse *parse, const PgQuery__TypeCast *cast)
{
    int location = cast->location >= 0 ? cast->location : cast->type_name->location;
    int32_t typmod = -1;
    oid target;
    struct expr *arg, *result;

    target = resolve_type(parse, cast->type_name, &typmod);
    arg = cast_operand(parse, cast->arg, target, typmod);
    result = coerce_to_target(parse, arg, arg->type, target, typmod, COERCE_EXPLICIT, FORM_EXPLICIT,
                              location);

    if (!result)
        parse_error(parse, "42846", location >= 0 ? location : expr_location(arg),
                    "cannot cast type %s to %s", type_text(parse, arg->type),
                    type_text(parse, target));
    return result;
}

oid resolve_collation(struct parse *parse, struct node_list names, int location)
{
    const char *schema = names.n > 1 ? raw_name(names, names.n - 2) : NULL;
    oid collation = catalog_find_collation(parse->statement->catalog, schema, raw_last_name(names));

    if (schema && !catalog_find_namespace(parse->statement->catalog, schema))
        parse_error(parse, "3F000", location, "schema \"%s\" does not exist", schema);
    if (!collation)
        parse_error(parse, "42704", location,
                    "collation \"%s\" for encoding \"UTF8\" does not exist",
                    raw_dotted(parse->statement->arena, names));
    return collation;
}

struct expr *transform_collate(struct parse *parse, const PgQuery__CollateClause *collate)
{
    struct expr *arg = transform_part(parse, collate->arg);
    const struct type *type = catalog_get_type(parse->statement->catalog, arg->type);
    struct expr *expr;

    if (arg->type != UNKNOWNOID && !(type && type->collation))
        parse_error(parse, "42804", collate->location, "collations are not supported by type %s",
                    type_text(parse, arg->type));
    expr =
        expr_with_args(parse->statement->arena, EXPR_COLLATE, arg->type, collate->location, 1, arg);
    expr->typmod = arg->typmod;
    expr->collation = resolve_collation(parse, NODES(collate, collname), collate->location);
    return expr;
}
