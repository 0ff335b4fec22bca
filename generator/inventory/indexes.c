/* Indexes, but for those behind a constraint, and what both have. */
#include <string.h>

#include "inventory/relation.h"
#include "support/buf.h"

static const struct expr *expression_of(const struct index *index, size_t i)
{
    size_t n = 0;

    for (size_t k = 0; k < i; k++)
        n += index->columns[k] == 0;
    return index->columns[i] == 0 && index->expressions ? index->expressions[n] : NULL;
}

/* --- Elements --------------------------------------------------------------------------------- */

const char *operator_class_text(struct collector *collector,
                                const struct operator_class *operator_class, oid type)
{
    if (!operator_class ||
        (type && catalog_default_class(collector->catalog, type, operator_class->method_name) ==
                     operator_class))
        return "";
    return arena_printf(collector->arena, " %s",
                        name_in(collector, operator_class->namespace_oid, operator_class->name));
}

static const char *class_options_text(struct collector *collector,
                                      const struct setting_list *options)
{
    struct buf buf = buf_in(collector->arena);

    if (options->n == 0)
        return "";
    for (size_t i = 0; i < options->n; i++)
        buf_addf(&buf, "%s%s=%s", i ? ", " : " (", quoted_word(collector, options->items[i].name),
                 option_value(collector, options->items[i].value));
    buf_addc(&buf, ')');
    return buf_text(&buf);
}

static const char *order_text(const struct index_key *key)
{
    if (key->is_descending)
        return key->nulls_first ? " DESC" : " DESC NULLS LAST";
    return key->nulls_first ? " NULLS FIRST" : "";
}

static const char *key_text(struct collector *collector, const struct relation *relation,
                            const struct attribute *column, const struct expr *expr)
{
    if (column)
        return quoted_word(collector, column->name);
    return expr ? deparsed_text(deparse_element(collector->arena, collector->catalog, expr,
                                                relation, DEPARSE_RUNNABLE))
                : "unknown";
}

const char *index_element_text(struct collector *collector, const struct relation *relation,
                               const struct index *index, size_t i)
{
    const struct expr *expr = expression_of(index, i);
    const struct attribute *column =
        index->columns[i] ? &relation->attributes.items[index->columns[i] - 1] : NULL;
    const struct index_key *key = index->keys ? &index->keys[i] : &(const struct index_key){0};
    const oid type = column ? column->type : expr ? expr->type : 0;
    const oid collation = column ? column->collation : expr ? expr->collation : 0;

    return arena_printf(collector->arena, "%s%s%s%s%s", key_text(collector, relation, column, expr),
                        collate_clause(collector, key->collation, collation),
                        index->classes ? operator_class_text(collector, index->classes[i],
                                                             key->options.n > 0 ? 0 : type)
                                       : "",
                        class_options_text(collector, &key->options), order_text(key));
}

/* --- What constraints share ------------------------------------------------------------------- */

void item_need_columns(struct collector *collector, struct item *item,
                       const struct relation *relation, const int16_t *columns, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (columns[i] > 0)
            item_need(collector, item, column_item(collector, relation->oid, columns[i]));
}

void item_need_index(struct collector *collector, struct item *item,
                     const struct relation *relation, const struct index *index)
{
    item_need_columns(collector, item, relation, index->columns, index->n_columns);
    item_need_columns(collector, item, relation, index->included, index->n_included);
    for (size_t i = 0; i < index->n_columns; i++) {
        need_expression(collector, item, expression_of(index, i), relation);
        if (index->classes)
            item_need(collector, item, item_of_operator_class(collector, index->classes[i]));
        if (index->keys)
            item_need(collector, item, other_item(collector, index->keys[i].collation));
    }
    need_expression(collector, item, index->predicate, relation);
}

void item_set_index_storage(struct collector *collector, struct item *item,
                            const struct index *index)
{
    if (index->tablespace)
        item_set(collector, item, PROPERTY_TABLESPACE, quoted_word(collector, index->tablespace));
    item_set_options(collector, item, PROPERTY_OPTION, &index->about.options);
    for (size_t i = 0; index->keys && i < index->n_columns; i++)
        if (index->keys[i].has_statistics_target)
            item_setf(collector, item, PROPERTY_STATISTICS_TARGET, "%zu=%d", i + 1,
                      index->keys[i].statistics_target);
    item_mark(collector, item, PROPERTY_ONLY, index->is_only);
}

/* --- Indexes ---------------------------------------------------------------------------------- */

static const struct relation *
parent_with(struct collector *collector, const struct relation *relation, const struct index *index)
{
    for (size_t i = 0; i < relation->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(collector->catalog, relation->parents.items[i]);
        for (size_t k = 0; parent && k < parent->indexes.n; k++)
            if (parent->indexes.items[k] == index)
                return parent;
    }
    return NULL;
}

void item_set_parent(struct collector *collector, struct item *item,
                     const struct relation *relation, const struct index *index)
{
    const struct relation *parent =
        index->parent ? parent_with(collector, relation, index->parent) : NULL;

    if (!parent)
        return;
    item_need(collector, item, item_of_index(collector, parent, index->parent));
    if (item->kind == ITEM_CONSTRAINT && item->is_derived)
        return; /* as the parent's constraint says */
    item_set(collector, item, PROPERTY_PARENT,
             qualified_name(collector, schema_name(collector, parent->namespace_oid),
                            index->parent->name));
}

static void collect_index(struct collector *collector, const struct relation *relation,
                          const struct index *index)
{
    struct item *item = item_of_index(collector, relation, index);

    if (item->kind != ITEM_INDEX)
        return;
    item->at = index->defined_at;
    item->object = index;
    item_about(collector, item, &index->about);
    item_mark(collector, item, PROPERTY_UNIQUE, index->is_unique);
    item_mark(collector, item, PROPERTY_NULLS_NOT_DISTINCT, index->nulls_not_distinct);
    item_set(collector, item, PROPERTY_ACCESS_METHOD, quoted_word(collector, index->method));
    for (size_t i = 0; i < index->n_columns; i++)
        item_set(collector, item, PROPERTY_ELEMENT,
                 index_element_text(collector, relation, index, i));
    for (size_t i = 0; i < index->n_included; i++)
        item_set(collector, item, PROPERTY_INCLUDE,
                 quoted_word(collector, relation->attributes.items[index->included[i] - 1].name));
    if (index->predicate)
        item_set(collector, item, PROPERTY_PREDICATE,
                 deparsed_text(deparse_over(collector->arena, collector->catalog, index->predicate,
                                            relation, DEPARSE_RUNNABLE)));
    item_set_index_storage(collector, item, index);
    item->is_derived = index->parent != NULL;
    item_set_parent(collector, item, relation, index);
    item_need_index(collector, item, relation, index);
}

void collect_indexes(struct collector *collector, struct item *item,
                     const struct relation *relation)
{
    (void)item;
    for (size_t i = 0; i < relation->indexes.n; i++)
        collect_index(collector, relation, relation->indexes.items[i]);
}
