/* One name for each object: whoever refers to it first makes its item. */
#include "inventory/refer.h"

#include <string.h>

#include "support/buf.h"
#include "tree/references.h"

const char *schema_name(struct collector *collector, oid namespace_oid)
{
    const struct namespace *namespace = catalog_get_namespace(collector->catalog, namespace_oid);

    return namespace ? namespace->name : NULL;
}

static bool is_systems(const char *schema)
{
    return !schema || strcmp(schema, "pg_catalog") == 0 || strcmp(schema, "pg_temp") == 0 ||
           strcmp(schema, "information_schema") == 0;
}

struct item *item_of_schema(struct collector *collector, oid namespace_oid)
{
    const char *name = schema_name(collector, namespace_oid);

    return is_systems(name) ? NULL
                            : item_named(collector, ITEM_SCHEMA, (struct item_name){.name = name});
}

static struct item *item_of_extension(struct collector *collector, const char *name)
{
    return item_named(collector, ITEM_EXTENSION, (struct item_name){.name = name});
}

/* --- Relations and their parts ---------------------------------------------------------------- */

static enum item_kind kind_of(const struct relation *relation)
{
    switch (relation->relkind) {
    case 'S':
        return ITEM_SEQUENCE;
    case 'f':
        return ITEM_FOREIGN_TABLE;
    case 'v':
        return ITEM_VIEW;
    case 'm':
        return ITEM_MATERIALIZED_VIEW;
    case 'c':
        return ITEM_COMPOSITE;
    default:
        return ITEM_TABLE;
    }
}

struct item *item_of_relation(struct collector *collector, const struct relation *relation)
{
    if (!relation || relation->oid < FIRST_USER_OID || relation->is_temporary)
        return NULL;
    if (relation->about.extension)
        return item_of_extension(collector, relation->about.extension);
    return item_named(collector, kind_of(relation),
                      (struct item_name){.schema = schema_name(collector, relation->namespace_oid),
                                         .name = relation->name});
}

/* A part of the relation, or what the relation itself is part of. */
static struct item *part(struct collector *collector, enum item_kind kind,
                         const struct relation *relation, const char *name)
{
    struct item *whole = item_of_relation(collector, relation), *item;

    if (!whole || relation->about.extension)
        return whole;
    item =
        item_named(collector, kind,
                   (struct item_name){.schema = whole->schema, .table = whole->name, .name = name});
    item->part_of = whole;
    return item;
}

struct item *item_of_column(struct collector *collector, const struct relation *relation, int attno)
{
    if (attno <= 0 || (size_t)attno > relation->attributes.n)
        return item_of_relation(collector, relation);
    return part(collector, ITEM_COLUMN, relation, relation->attributes.items[attno - 1].name);
}

struct item *item_of_constraint(struct collector *collector, const struct relation *relation,
                                const struct constraint *constraint)
{
    return part(collector, ITEM_CONSTRAINT, relation, constraint->name);
}

static const struct constraint *constraint_of(const struct relation *relation,
                                              const struct index *index)
{
    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *constraint = relation->constraints.items[i];
        if (constraint->kind != CONSTRAINT_CHECK && constraint->kind != CONSTRAINT_FOREIGN &&
            strcmp(constraint->name, index->name) == 0)
            return constraint;
    }
    return NULL;
}

struct item *item_of_index(struct collector *collector, const struct relation *relation,
                           const struct index *index)
{
    const struct constraint *constraint = constraint_of(relation, index);
    struct item *whole = item_of_relation(collector, relation), *item;

    if (constraint)
        return item_of_constraint(collector, relation, constraint);
    if (!whole || relation->about.extension)
        return whole;
    item = item_named(collector, ITEM_INDEX,
                      (struct item_name){.schema = whole->schema, .name = index->name});
    item->part_of = whole;
    return item;
}

/* --- Other objects ---------------------------------------------------------------------------- */

static enum item_kind kind_of_type(const struct type *type)
{
    switch (type->typtype) {
    case 'e':
        return ITEM_ENUM;
    case 'd':
        return ITEM_DOMAIN;
    case 'r':
        return ITEM_RANGE;
    default:
        return type->is_shell ? ITEM_SHELL_TYPE : ITEM_BASE_TYPE;
    }
}

struct item *item_of_type(struct collector *collector, oid id)
{
    const oid element = id >= FIRST_USER_OID ? catalog_element_type(collector->catalog, id) : 0;
    const struct type *type = catalog_get_type(collector->catalog, element ? element : id);

    if (!type || type->oid < FIRST_USER_OID)
        return NULL;
    if (type->typtype == 'm')
        return item_of_type(collector, type->range_subtype);
    if (type->relid)
        return item_of_relation(collector, catalog_get_relation(collector->catalog, type->relid));
    if (type->about.extension)
        return item_of_extension(collector, type->about.extension);
    return item_named(collector, kind_of_type(type),
                      (struct item_name){.schema = schema_name(collector, type->namespace_oid),
                                         .name = type->name});
}

static const char *argument_types(struct collector *collector, const struct function *function)
{
    struct buf buf = buf_in(collector->arena);

    buf_addc(&buf, '(');
    for (size_t i = 0; i < function->n_args; i++)
        buf_addf(&buf, "%s%s", i ? ", " : "",
                 catalog_format_type(collector->catalog, collector->arena, function->arg_types[i]));
    buf_addc(&buf, ')');
    return buf_text(&buf);
}

struct item *item_of_function(struct collector *collector, oid id)
{
    const struct function *function = catalog_get_function(collector->catalog, id);
    enum item_kind kind;

    if (!function || id < FIRST_USER_OID)
        return NULL;
    if (function->about.extension)
        return item_of_extension(collector, function->about.extension);
    kind = function->kind == 'a'   ? ITEM_AGGREGATE
           : function->kind == 'p' ? ITEM_PROCEDURE
                                   : ITEM_FUNCTION;
    return item_named(collector, kind,
                      (struct item_name){.schema = schema_name(collector, function->namespace_oid),
                                         .name = function->name,
                                         .arguments = argument_types(collector, function)});
}

static const char *operand(struct collector *collector, oid type)
{
    return type ? catalog_format_type(collector->catalog, collector->arena, type) : "NONE";
}

struct item *item_of_operator(struct collector *collector, oid id)
{
    const struct operator* op = id >= FIRST_USER_OID ? catalog_get_operator(collector->catalog, id)
                                                     : NULL;

    if (!op)
        return NULL;
    if (op->about.extension)
        return item_of_extension(collector, op->about.extension);
    return item_named(collector, ITEM_OPERATOR,
                      (struct item_name){.schema = schema_name(collector, op->namespace_oid),
                                         .name = op->name,
                                         .arguments = arena_printf(collector->arena, "(%s, %s)",
                                                                   operand(collector, op->left),
                                                                   operand(collector, op->right))});
}

struct item *item_of_collation(struct collector *collector, oid id)
{
    const char *name = id >= FIRST_USER_OID ? catalog_collation_name(collector->catalog, id) : NULL;

    if (!name)
        return NULL;
    return item_named(
        collector, ITEM_COLLATION,
        (struct item_name){
            .schema = schema_name(collector, catalog_collation_namespace(collector->catalog, id)),
            .name = name});
}

struct item *item_of_operator_class(struct collector *collector,
                                    const struct operator_class *operator_class)
{
    const char *schema =
        operator_class ? schema_name(collector, operator_class->namespace_oid) : NULL;

    if (is_systems(schema))
        return NULL;
    if (operator_class->about.extension)
        return item_of_extension(collector, operator_class->about.extension);
    return item_named(collector, ITEM_OPERATOR_CLASS,
                      (struct item_name){.schema = schema,
                                         .name = operator_class->name,
                                         .arguments = arena_printf(collector->arena, " USING %s",
                                                                   operator_class->method_name)});
}

/* --- Trees ------------------------------------------------------------------------------------ */

struct needing {
    struct collector *collector;
    struct item *item;
};

static struct item *item_of_key(struct collector *collector, const struct constraint *key)
{
    return map_find(&collector->constraints,
                    arena_printf(collector->arena, "%p", (const void *)key));
}

static void take(void *context, struct reference on)
{
    const struct needing *needing = context;
    struct collector *collector = needing->collector;
    const struct relation *relation = catalog_get_relation(collector->catalog, on.id);
    struct item *needed = NULL;

    switch (on.class) {
    case OBJECT_IS_RELATION:
        needed = item_of_relation(collector, relation);
        break;
    case OBJECT_IS_COLUMN:
        needed = relation ? item_of_column(collector, relation, on.column) : NULL;
        break;
    case OBJECT_IS_TYPE:
        needed = item_of_type(collector, on.id);
        break;
    case OBJECT_IS_FUNCTION:
        needed = item_of_function(collector, on.id);
        break;
    case OBJECT_IS_OPERATOR:
        needed = item_of_operator(collector, on.id);
        break;
    case OBJECT_IS_CONSTRAINT:
        needed = item_of_key(collector, on.constraint);
        break;
    case OBJECT_IS_COLLATION:
        needed = item_of_collation(collector, on.id);
        break;
    default:
        break;
    }
    item_need(collector, needing->item, needed);
}

void item_need_expr(struct collector *collector, struct item *item, const struct expr *expr,
                    const struct relation *own)
{
    struct needing needing = {collector, item};

    if (expr)
        expr_each_reference(expr, own ? own->oid : 0, collector->catalog, take, &needing);
}

void item_need_query(struct collector *collector, struct item *item, const struct query *query)
{
    struct needing needing = {collector, item};

    if (query)
        query_each_reference(query, collector->catalog, take, &needing);
}
