/* Clauses: NAME = value, and what they need. Names of objects are written with their schemas, but
 * for those of the server.
 */
#include <string.h>

#include "inventory/collect.h"

static const char *schema_unless_systems(struct collector *collector, oid namespace_oid)
{
    return namespace_oid == PG_CATALOG_OID ? NULL : schema_name(collector, namespace_oid);
}

const char *name_in(struct collector *collector, oid namespace_oid, const char *name)
{
    return qualified_name(collector, schema_unless_systems(collector, namespace_oid), name);
}

const char *function_text(struct collector *collector, oid id)
{
    const struct function *function = catalog_get_function(collector->catalog, id);

    return function ? name_in(collector, function->namespace_oid, function->name) : "-";
}

const char *operator_text(struct collector *collector, oid id)
{
    const struct operator* op = catalog_get_operator(collector->catalog, id);
    const char *schema = op ? schema_unless_systems(collector, op->namespace_oid) : NULL;

    if (!op)
        return "-";
    if (!schema)
        return op->name;
    return arena_printf(collector->arena, "%s.%s",
                        catalog_quote_identifier(collector->arena, schema), op->name);
}

static const char *object_text(struct collector *collector, const struct clause *clause)
{
    struct arena *arena = collector->arena;
    const struct catalog *catalog = collector->catalog;
    const struct other_object *other;

    switch (clause->kind) {
    case CLAUSE_IS_TYPE:
        return type_name_text(collector, clause->object);
    case CLAUSE_IS_FUNCTION:
        return function_text(collector, clause->object);
    case CLAUSE_IS_SIGNATURE:
        return arena_printf(
            arena, "%s%s", function_text(collector, clause->object),
            function_arguments(collector, catalog_get_function(catalog, clause->object)));
    case CLAUSE_IS_OPERATOR:
        return arena_printf(
            arena, "%s %s", operator_text(collector, clause->object),
            operator_operands(collector, catalog_get_operator(catalog, clause->object)));
    case CLAUSE_IS_OPERATOR_NAME:
        return arena_printf(arena, "OPERATOR(%s)", operator_text(collector, clause->object));
    case CLAUSE_IS_SCHEMA:
        return catalog_quote_identifier(arena, schema_name(collector, clause->object));
    case CLAUSE_IS_OTHER:
        other = catalog_get_other(catalog, clause->object);
        return other->namespace_oid ? name_in(collector, other->namespace_oid, other->name)
                                    : catalog_quote_identifier(arena, other->name);
    default:
        return NULL;
    }
}

const char *clause_text(struct collector *collector, const struct clause *clause)
{
    const char *object = object_text(collector, clause);

    if (!object)
        return clause->text;
    return arena_printf(collector->arena, "%s%s%s", clause->text ? clause->text : "", object,
                        clause->behind ? clause->behind : "");
}

static struct item *needed_by(struct collector *collector, const struct clause *clause)
{
    switch (clause->kind) {
    case CLAUSE_IS_TYPE:
        return type_item(collector, clause->object);
    case CLAUSE_IS_FUNCTION:
    case CLAUSE_IS_SIGNATURE:
        return function_item(collector, clause->object);
    case CLAUSE_IS_OPERATOR:
    case CLAUSE_IS_OPERATOR_NAME:
        return operator_item(collector, clause->object);
    case CLAUSE_IS_SCHEMA:
        return schema_item(collector, clause->object);
    case CLAUSE_IS_OTHER:
        return other_item(collector, clause->object);
    default:
        return NULL;
    }
}

void item_clause(struct collector *collector, struct item *item, const struct clause *clause)
{
    const char *text = clause_text(collector, clause);

    if (text && *clause->name)
        item_setf(collector, item, PROPERTY_CLAUSE, "%s = %s", clause->name, text);
    else
        item_set(collector, item, PROPERTY_CLAUSE, text ? text : clause->name);
    item_need(collector, item, needed_by(collector, clause));
}

/* What an operator class or family is made of is a set. */
void item_members(struct collector *collector, struct item *item, const struct clause_list *members)
{
    const char **texts = arena_array(collector->arena, const char *, members->n);

    for (size_t i = 0; i < members->n; i++) {
        const char *text = clause_text(collector, &members->items[i]);
        size_t k = i;
        for (; k > 0 && strcmp(texts[k - 1], text) > 0; k--)
            texts[k] = texts[k - 1];
        texts[k] = text;
        item_need(collector, item, needed_by(collector, &members->items[i]));
    }
    for (size_t i = 0; i < members->n; i++)
        item_set(collector, item, PROPERTY_CLAUSE, texts[i]);
}
