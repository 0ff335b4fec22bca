/* Subscripts and slices (manual, 8.15.3, 8.14.5): what a type's subscript handler makes of them,
 * for reading and for assignment.
 */
#include "analyze/subscript.h"

#include <string.h>

enum {
    JSONB_HANDLER = 6098,
    ARRAY_HANDLER = 6179,
    RAW_ARRAY_HANDLER = 6180,
    MAX_DIMENSIONS = 6,
};

oid subscript_container_type(struct parse *parse, oid type, int32_t *typmod)
{
    type = catalog_base_type(parse->statement->catalog, type, typmod);
    if (type == INT2VECTOROID)
        return INT2ARRAYOID;
    return type == OIDVECTOROID ? OIDARRAYOID : type;
}

static enum subscript_kind kind_of(struct parse *parse, const struct type *type)
{
    const struct function *handler;

    switch (type->subscript) {
    case 0:
        return SUBSCRIPT_NONE;
    case ARRAY_HANDLER:
        return SUBSCRIPT_ARRAY;
    case RAW_ARRAY_HANDLER:
        return SUBSCRIPT_FIXED;
    case JSONB_HANDLER:
        return SUBSCRIPT_JSONB;
    default:
        handler = catalog_get_function(parse->statement->catalog, type->subscript);
        return handler && strcmp(handler->name, "hstore_subscript_handler") == 0 ? SUBSCRIPT_HSTORE
                                                                                 : SUBSCRIPT_NONE;
    }
}

static struct expr *integer_bound(struct parse *parse, struct expr *bound)
{
    struct expr *result = coerce_to_target(parse, bound, bound->type, INT4OID, -1,
                                           COERCE_ASSIGNMENT, FORM_IMPLICIT, -1);

    if (!result)
        parse_error(parse, "42804", expr_location(bound), "array subscript must have type integer");
    return result;
}

/* jsonb takes integers and text; what could be either is an error. */
static struct expr *jsonb_key(struct parse *parse, struct expr *key)
{
    oid as_int = INT4OID, as_text = TEXTOID, target = TEXTOID;
    bool is_int, is_text;

    if (key->type != UNKNOWNOID) {
        is_int =
            types_can_coerce(parse->statement->catalog, 1, &key->type, &as_int, COERCE_IMPLICIT);
        is_text =
            types_can_coerce(parse->statement->catalog, 1, &key->type, &as_text, COERCE_IMPLICIT);
        if (is_int == is_text)
            parse_error_hint(parse, "42804", expr_location(key),
                             "jsonb subscript must be coercible to either integer or text",
                             "subscript type %s is not supported", type_text(parse, key->type));
        target = is_int ? INT4OID : TEXTOID;
    }
    return coerce_type(parse, key, key->type, target, -1, COERCE_IMPLICIT, FORM_IMPLICIT, -1);
}

static struct expr *text_key(struct parse *parse, struct expr *key)
{
    struct expr *result =
        coerce_to_target(parse, key, key->type, TEXTOID, -1, COERCE_ASSIGNMENT, FORM_IMPLICIT, -1);

    if (!result)
        parse_error(parse, "42804", expr_location(key), "hstore subscript must have type text");
    return result;
}

static struct expr *convert(struct parse *parse, enum subscript_kind kind, struct expr *subscript)
{
    if (!subscript)
        return NULL;
    if (kind == SUBSCRIPT_JSONB)
        return jsonb_key(parse, subscript);
    if (kind == SUBSCRIPT_HSTORE)
        return text_key(parse, subscript);
    return integer_bound(parse, subscript);
}

static bool has_slice(struct node_list subscripts)
{
    for (size_t i = 0; i < subscripts.n; i++)
        if (subscripts.items[i]->a_indices->is_slice)
            return true;
    return false;
}

static int slice_location(struct node_list subscripts, int otherwise)
{
    for (size_t i = 0; i < subscripts.n; i++) {
        const PgQuery__AIndices *indices = subscripts.items[i]->a_indices;
        const PgQuery__Node *bound = indices->uidx ? indices->uidx : indices->lidx;

        if (indices->is_slice && bound)
            return raw_location(bound);
    }
    return otherwise;
}

static void check_form(struct parse *parse, const struct subscripts *result, size_t n, int location)
{
    if (result->kind == SUBSCRIPT_JSONB && result->is_slice)
        parse_error(parse, "42804", location, "jsonb subscript does not support slices");
    if (result->kind == SUBSCRIPT_HSTORE && (result->is_slice || n != 1))
        parse_error(parse, "0A000", location, "hstore allows only one subscript");
}

static void check_dimensions(struct parse *parse, const struct subscripts *result, size_t n,
                             int location)
{
    if ((result->kind == SUBSCRIPT_ARRAY || result->kind == SUBSCRIPT_FIXED) && n > MAX_DIMENSIONS)
        parse_error(parse, "54000", location,
                    "number of array dimensions (%zu) exceeds the maximum allowed (%d)", n,
                    MAX_DIMENSIONS);
}

static oid element_of(const struct subscripts *result, const struct type *type)
{
    switch (result->kind) {
    case SUBSCRIPT_JSONB:
        return type->oid;
    case SUBSCRIPT_HSTORE:
        return TEXTOID;
    default:
        return result->is_slice ? type->oid : type->elem;
    }
}

struct subscripts subscripts_resolve(struct parse *parse, oid container, struct node_list nodes,
                                     int location)
{
    const struct type *type = catalog_get_type(parse->statement->catalog, container);
    struct arena *arena = parse->statement->arena;
    struct subscripts result = {.kind = type ? kind_of(parse, type) : SUBSCRIPT_NONE};

    if (result.kind == SUBSCRIPT_NONE)
        parse_error(parse, "42804", location,
                    "cannot subscript type %s because it does not support subscripting",
                    type_text(parse, container));
    result.is_slice = has_slice(nodes);
    check_form(parse, &result, nodes.n, slice_location(nodes, location));
    for (size_t i = 0; i < nodes.n; i++) {
        const PgQuery__AIndices *indices = nodes.items[i]->a_indices;

        if (result.is_slice)
            vec_push(arena, &result.exprs,
                     convert(parse, result.kind, transform_part(parse, indices->lidx)));
        vec_push(arena, &result.exprs,
                 convert(parse, result.kind, transform_part(parse, indices->uidx)));
    }
    check_dimensions(parse, &result, nodes.n, slice_location(nodes, location));
    result.element_type = element_of(&result, type);
    return result;
}

struct expr *transform_subscripts(struct parse *parse, struct expr *container,
                                  struct node_list subscripts)
{
    struct arena *arena = parse->statement->arena;
    int32_t typmod = container->typmod;
    oid type = subscript_container_type(parse, container->type, &typmod);
    struct subscripts found = subscripts_resolve(parse, type, subscripts, expr_location(container));
    struct expr *expr = expr_make(parse->statement->arena, EXPR_SUBSCRIPT, found.element_type,
                                  expr_location(container));

    if (found.kind == SUBSCRIPT_ARRAY || found.kind == SUBSCRIPT_FIXED)
        expr->typmod = typmod;
    expr->collation = container->collation;
    expr->n_args = found.exprs.n + 1;
    expr->args = arena_array(arena, struct expr *, expr->n_args);
    expr->args[0] = container;
    for (size_t i = 0; i < found.exprs.n; i++)
        expr->args[i + 1] = found.exprs.items[i];
    expr->u.subscript.is_slice = found.is_slice;
    expr->u.subscript.is_jsonb = found.kind == SUBSCRIPT_JSONB;
    return expr;
}
