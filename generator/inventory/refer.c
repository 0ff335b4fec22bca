/* One name for each object: whoever refers to it first makes its item. */
#include "inventory/refer.h"

#include <string.h>

struct item *item_of_relation(struct collector *collector, const struct relation *relation)
{
    return relation && !relation->is_temporary ? relation_item(collector, relation->oid) : NULL;
}

struct item *item_of_constraint(struct collector *collector, const struct relation *relation,
                                const struct constraint *constraint)
{
    struct item *whole = item_of_relation(collector, relation), *item;

    if (!whole || relation->about.extension)
        return whole;
    item = item_named(collector, ITEM_CONSTRAINT,
                      (struct item_name){
                          .schema = whole->schema, .table = whole->name, .name = constraint->name});
    item->part_of = whole;
    return item;
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

struct item *item_of_operator_class(struct collector *collector,
                                    const struct operator_class *operator_class)
{
    if (!operator_class || operator_class->namespace_oid == PG_CATALOG_OID)
        return NULL;
    if (operator_class->about.extension)
        return extension_item(collector, operator_class->about.extension);
    return item_named(
        collector, ITEM_OPERATOR_CLASS,
        (struct item_name){.schema = schema_name(collector, operator_class->namespace_oid),
                           .name = operator_class->name,
                           .arguments =
                               arena_printf(collector->arena, " USING %s",
                                            quoted_word(collector, operator_class->method_name))});
}

void need_expression(struct collector *collector, struct item *item, const struct expr *expr,
                     const struct relation *own)
{
    item_need_expression_over(collector, item, expr, own ? own->oid : 0);
}
