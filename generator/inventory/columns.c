/* Columns of tables and views, and their defaults. */
#include <string.h>

#include "catalog/storage.h"
#include "inventory/relation.h"

bool is_partition(struct collector *collector, const struct relation *relation)
{
    const struct relation *parent =
        relation->relkind != 'S' && relation->parents.n == 1
            ? catalog_get_relation(collector->catalog, relation->parents.items[0])
            : NULL;

    return parent && parent->relkind == 'p';
}

/* Those of a view come from its query, those of a typed table from the type. */
static bool is_derived(const struct relation *relation, const struct attribute *column)
{
    return relation->relkind == 'v' || relation->relkind == 'm' || relation->of_type ||
           !column->is_local;
}

static void set_storage(struct collector *collector, struct item *item,
                        const struct attribute *column)
{
    item_set(collector, item, PROPERTY_STORAGE, storage_word(column->storage));
    item_set(collector, item, PROPERTY_COMPRESSION, column->compression);
    if (column->has_statistics_target)
        item_setf(collector, item, PROPERTY_STATISTICS_TARGET, "%d", column->statistics_target);
    item_set_options(collector, item, PROPERTY_OPTION, &column->about.options);
    item_set_foreign_options(collector, item, &column->about.foreign_options);
}

/* What fills the column: an expression of its own, or one over the others. */
static void set_expression(struct collector *collector, struct item *item,
                           const struct relation *relation, const struct attribute *column)
{
    const char *text;

    if (!column->has_default || column->identity)
        return;
    text = column->default_expr
               ? deparsed_text(deparse_over(collector->arena, collector->catalog,
                                            column->default_expr, relation, DEPARSE_RUNNABLE))
               : "unknown";
    if (column->generated) {
        item_set(collector, item, PROPERTY_GENERATED, text);
        need_expression(collector, item, column->default_expr, relation);
        return;
    }
    struct item *value = item_named(
        collector, ITEM_DEFAULT, (struct item_name){item->schema, item->table, item->name, NULL});
    value->part_of = item;
    value->at = column->defined_at;
    value->object = column;
    item_set(collector, value, PROPERTY_DEFAULT, text);
    need_expression(collector, value, column->default_expr, relation);
}

static void collect_column(struct collector *collector, struct item *whole,
                           const struct relation *relation, const struct attribute *column,
                           int position)
{
    struct item *item = column_item(collector, relation->oid, column->number);

    item->part_of = whole;
    item->at = column->defined_at;
    item->object = column;
    item->is_derived = is_derived(relation, column);
    item_setf(collector, item, PROPERTY_POSITION, "%d", position);
    item_column_type(collector, item, column);
    item_mark(collector, item, PROPERTY_NOT_NULL, column->not_null);
    if (column->identity)
        item_set(collector, item, PROPERTY_IDENTITY,
                 column->identity == 'a' ? "ALWAYS" : "BY DEFAULT");
    set_storage(collector, item, column);
    item_mark(collector, item, PROPERTY_INHERITED,
              !column->is_local && !is_partition(collector, relation));
    set_expression(collector, item, relation, column);
    item_about(collector, item, &column->about);
}

void collect_columns(struct collector *collector, struct item *item,
                     const struct relation *relation)
{
    int position = 0;

    for (size_t i = 0; i < relation->attributes.n; i++)
        if (!relation->attributes.items[i].is_dropped)
            collect_column(collector, item, relation, &relation->attributes.items[i], ++position);
}
