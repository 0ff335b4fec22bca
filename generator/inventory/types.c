/* Types: enums, domains with their constraints, composite, range, base and shell types. Arrays,
 * multiranges and row types are there with others.
 */
#include <string.h>

#include "inventory/collect.h"
#include "inventory/relation.h"

static struct item *begin(struct collector *collector, const struct type *type)
{
    struct item *item = type_item(collector, type->oid);

    item->at = type->defined_at;
    item->object = type;
    item_need(collector, item, schema_item(collector, type->namespace_oid));
    item_about(collector, item, &type->about);
    return item;
}

void item_collation(struct collector *collector, struct item *item, oid collation, oid of_type)
{
    const struct type *type = catalog_get_type(collector->catalog, of_type);

    if (!collation || !type || type->collation == collation)
        return;
    item_set(collector, item, PROPERTY_COLLATION, collation_text(collector, collation));
    item_need(collector, item, other_item(collector, collation));
}

void item_column_type(struct collector *collector, struct item *item,
                      const struct attribute *column)
{
    item_set(collector, item, PROPERTY_TYPE,
             catalog_format_type_mod(collector->catalog, collector->arena, column->type,
                                     column->typmod));
    item_need(collector, item, type_item(collector, column->type));
    item_collation(collector, item, column->collation, column->type);
}

/* --- Enums and domains -------------------------------------------------------------------------
 */

static void collect_enum(struct collector *collector, const struct type *type)
{
    struct item *item = begin(collector, type);

    for (size_t i = 0; i < type->n_labels; i++)
        item_set(collector, item, PROPERTY_LABEL,
                 catalog_quote_literal(collector->arena, type->labels[i]));
}

static void collect_check(struct collector *collector, struct item *domain,
                          const struct constraint *check)
{
    struct item *item =
        item_named(collector, ITEM_DOMAIN_CONSTRAINT,
                   (struct item_name){domain->schema, domain->name, check->name, NULL});

    struct constraint valid = *check;

    valid.validated = true; /* a property of its own */
    item->part_of = domain;
    item->at = check->defined_at;
    item->object = check;
    if (check->check)
        item_set(collector, item, PROPERTY_DEFINITION,
                 deparse_check(collector->arena, collector->catalog, &valid, NULL, DEPARSE_RUNNABLE)
                     .text);
    item_mark(collector, item, PROPERTY_NOT_VALID, !check->validated);
    item_need_expression(collector, item, check->check);
    item_about(collector, item, &check->about);
}

static void collect_domain(struct collector *collector, const struct type *type)
{
    struct item *item = begin(collector, type);

    item_set(collector, item, PROPERTY_SUBTYPE,
             catalog_format_type_mod(collector->catalog, collector->arena, type->base_type,
                                     type->typmod));
    item_collation(collector, item, type->collation, type->base_type);
    item_mark(collector, item, PROPERTY_NOT_NULL, type->not_null);
    if (type->default_expr)
        item_set(collector, item, PROPERTY_DEFAULT,
                 deparse_expression(collector->arena, collector->catalog, type->default_expr, NULL,
                                    DEPARSE_RUNNABLE)
                     .text);
    item_need(collector, item, type_item(collector, type->base_type));
    item_need_expression(collector, item, type->default_expr);
    for (size_t i = 0; i < type->constraints.n; i++)
        collect_check(collector, item, type->constraints.items[i]);
}

/* --- Ranges and base types ---------------------------------------------------------------------
 */

/* The default class is no news. */
static void set_class(struct collector *collector, struct item *item, const struct type *range)
{
    const char *class = operator_class_text(collector, range->range_class, range->range_subtype);

    if (*class)
        item_setf(collector, item, PROPERTY_CLAUSE, "SUBTYPE_OPCLASS =%s", class);
    item_need(collector, item, item_of_operator_class(collector, range->range_class));
}

static void collect_range(struct collector *collector, const struct type *type)
{
    struct item *item = begin(collector, type);
    const struct type *multirange = catalog_get_type(collector->catalog, type->range_multirange);

    item_set(collector, item, PROPERTY_SUBTYPE, type_name_text(collector, type->range_subtype));
    item_need(collector, item, type_item(collector, type->range_subtype));
    item_collation(collector, item, type->range_collation, type->range_subtype);
    set_class(collector, item, type);
    for (size_t i = 0; i < type->clauses.n; i++)
        item_clause(collector, item, &type->clauses.items[i]);
    if (multirange &&
        (multirange->namespace_oid != type->namespace_oid ||
         strcmp(multirange->name, multirange_type_name(collector->arena, type->name)) != 0))
        item_setf(collector, item, PROPERTY_CLAUSE, "MULTIRANGE_TYPE_NAME = %s",
                  qualified_name(collector, schema_name(collector, multirange->namespace_oid),
                                 multirange->name));
}

static void collect_base(struct collector *collector, const struct type *type)
{
    struct item *item = begin(collector, type);

    for (size_t i = 0; i < type->clauses.n; i++)
        item_clause(collector, item, &type->clauses.items[i]);
}

/* --- Composite types ---------------------------------------------------------------------------
 */

static void collect_attribute(struct collector *collector, struct item *type,
                              const struct attribute *attribute, int position)
{
    struct item *item =
        item_named(collector, ITEM_COLUMN,
                   (struct item_name){type->schema, type->name, attribute->name, NULL});

    item->part_of = type;
    item->at = attribute->defined_at;
    item->object = attribute;
    item_setf(collector, item, PROPERTY_POSITION, "%d", position);
    item_column_type(collector, item, attribute);
    item_about(collector, item, &attribute->about);
}

static void collect_composite(struct collector *collector, const struct relation *relation)
{
    struct item *item = relation_item(collector, relation->oid);
    int position = 0;

    item->at = relation->defined_at;
    item->object = relation;
    item_need(collector, item, schema_item(collector, relation->namespace_oid));
    item_about(collector, item, &relation->about);
    for (size_t i = 0; i < relation->attributes.n; i++)
        if (!relation->attributes.items[i].is_dropped)
            collect_attribute(collector, item, &relation->attributes.items[i], ++position);
}

/* --- All of them -------------------------------------------------------------------------------
 */

static bool is_automatic(const struct collector *collector, const struct type *type)
{
    return type->relid || type->typtype == 'm' || type->about.extension ||
           (type->elem && catalog_array_type(collector->catalog, type->elem) == type->oid);
}

static void collect(struct collector *collector, const struct type *type)
{
    switch (type_kind(type)) {
    case ITEM_ENUM:
        collect_enum(collector, type);
        break;
    case ITEM_DOMAIN:
        collect_domain(collector, type);
        break;
    case ITEM_RANGE:
        collect_range(collector, type);
        break;
    default:
        collect_base(collector, type);
    }
}

static bool is_temporary(struct collector *collector, oid namespace_oid)
{
    return strcmp(schema_name(collector, namespace_oid), "pg_temp") == 0;
}

void collect_types(struct collector *collector)
{
    size_t n;
    struct type *const *types = catalog_types(collector->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (types[i] && !is_automatic(collector, types[i]) &&
            !is_temporary(collector, types[i]->namespace_oid))
            collect(collector, types[i]);
    struct relation *const *relations = catalog_relations(collector->catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (relations[i] && relations[i]->relkind == 'c' && !relations[i]->about.extension &&
            !is_temporary(collector, relations[i]->namespace_oid))
            collect_composite(collector, relations[i]);
}
