/* What the trees of an item need. */
#include "inventory/collect.h"

struct needing {
    struct collector *collector;
    struct item *item;
};

static struct item *item_of(struct collector *collector, struct reference on)
{
    switch (on.class) {
    case OBJECT_IS_RELATION:
        return relation_item(collector, on.id);
    case OBJECT_IS_COLUMN:
        return column_item(collector, on.id, on.column);
    case OBJECT_IS_TYPE:
        return type_item(collector, on.id);
    case OBJECT_IS_FUNCTION:
        return function_item(collector, on.id);
    case OBJECT_IS_OPERATOR:
        return operator_item(collector, on.id);
    case OBJECT_IS_CONSTRAINT:
        return map_find(&collector->constraints,
                        arena_printf(collector->arena, "%p", (const void *)on.constraint));
    case OBJECT_IS_OTHER:
        return other_item(collector, on.id);
    default:
        return NULL;
    }
}

static void take(void *context, struct reference on)
{
    const struct needing *needing = context;

    item_need(needing->collector, needing->item, item_of(needing->collector, on));
}

void item_need_expression_over(struct collector *collector, struct item *item,
                               const struct expr *expr, oid own)
{
    struct needing needing = {collector, item};

    if (expr)
        expr_each_reference(expr, own, collector->catalog, take, &needing);
}

void item_need_expression(struct collector *collector, struct item *item, const struct expr *expr)
{
    item_need_expression_over(collector, item, expr, 0);
}

void item_need_query(struct collector *collector, struct item *item, const struct query *query)
{
    struct needing needing = {collector, item};

    if (query)
        query_each_reference(query, collector->catalog, take, &needing);
}
