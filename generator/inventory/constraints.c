/* Constraints of tables, with the indexes behind keys. */
#include <string.h>

#include "inventory/relation.h"
#include "support/buf.h"

static const char *kind_text(enum constraint_kind kind)
{
    switch (kind) {
    case CONSTRAINT_PRIMARY:
        return "PRIMARY KEY";
    case CONSTRAINT_UNIQUE:
        return "UNIQUE";
    case CONSTRAINT_FOREIGN:
        return "FOREIGN KEY";
    case CONSTRAINT_EXCLUSION:
        return "EXCLUDE";
    default:
        return "CHECK";
    }
}

/* --- Keys ------------------------------------------------------------------------------------- */

static const char *included_text(struct collector *collector, const struct relation *relation,
                                 const struct index *index)
{
    if (!index || index->n_included == 0)
        return "";
    return arena_printf(collector->arena, " INCLUDE %s",
                        column_list(collector, relation, index->included, index->n_included));
}

static const char *key_text(struct collector *collector, const struct relation *relation,
                            const struct constraint *constraint, const struct index *index)
{
    return arena_printf(
        collector->arena, "%s%s",
        column_list(collector, relation, constraint->columns, constraint->n_columns),
        included_text(collector, relation, index));
}

static oid element_type(const struct relation *relation, const struct index *index, size_t i)
{
    size_t n = 0;

    if (index->columns[i])
        return relation->attributes.items[index->columns[i] - 1].type;
    for (size_t k = 0; k < i; k++)
        n += index->columns[k] == 0;
    return index->expressions[n] ? index->expressions[n]->type : 0;
}

static const char *exclusion_text(struct collector *collector, const struct relation *relation,
                                  const struct constraint *constraint, const struct index *index)
{
    struct buf buf = buf_in(collector->arena);

    buf_addf(&buf, "EXCLUDE USING %s (", quoted_word(collector, index->method));
    for (size_t i = 0; i < index->n_columns; i++) {
        const struct operator* op = constraint->operators ? constraint->operators[i] : NULL;
        buf_addf(&buf, "%s%s WITH %s", i ? ", " : "",
                 index_element_text(collector, relation, index, i),
                 op ? deparse_operator(collector->arena, collector->catalog, op,
                                       element_type(relation, index, i))
                    : "unknown");
    }
    buf_addf(&buf, ")%s", included_text(collector, relation, index));
    if (index->predicate)
        buf_addf(&buf, " WHERE (%s)",
                 deparsed_text(deparse_over(collector->arena, collector->catalog, index->predicate,
                                            relation, DEPARSE_RUNNABLE)));
    return buf_text(&buf);
}

static void describe_key(struct collector *collector, struct item *item,
                         const struct relation *relation, const struct constraint *constraint,
                         const struct index *index)
{
    if (!index)
        return;
    if (constraint->kind == CONSTRAINT_EXCLUSION)
        item_set(collector, item, PROPERTY_DEFINITION,
                 exclusion_text(collector, relation, constraint, index));
    else
        item_setf(collector, item, PROPERTY_DEFINITION, "%s%s %s", kind_text(constraint->kind),
                  index->nulls_not_distinct ? " NULLS NOT DISTINCT" : "",
                  key_text(collector, relation, constraint, index));
    if (constraint->kind != CONSTRAINT_EXCLUSION)
        item_set(collector, item, PROPERTY_KEY, key_text(collector, relation, constraint, index));
    item_set_index_storage(collector, item, index);
    item_need_index(collector, item, relation, index);
    item_set_parent(collector, item, relation, index);
    for (size_t i = 0; constraint->operators && i < index->n_columns; i++)
        if (constraint->operators[i])
            item_need(collector, item, operator_item(collector, constraint->operators[i]->oid));
}

/* --- Foreign keys ----------------------------------------------------------------------------- */

static const char *action_text(char action)
{
    switch (action) {
    case 'r':
        return "RESTRICT";
    case 'c':
        return "CASCADE";
    case 'n':
        return "SET NULL";
    case 'd':
        return "SET DEFAULT";
    default:
        return NULL;
    }
}

static const char *foreign_key_text(struct collector *collector, const struct relation *relation,
                                    const struct constraint *key, const struct relation *referenced)
{
    struct buf buf = buf_in(collector->arena);

    buf_addf(&buf, "FOREIGN KEY %s REFERENCES %s%s",
             column_list(collector, relation, key->columns, key->n_columns),
             relation_name(collector, referenced),
             column_list(collector, referenced, key->ref_columns, key->n_columns));
    buf_adds(&buf, key->match == 'f' ? " MATCH FULL" : "");
    if (action_text(key->on_update))
        buf_addf(&buf, " ON UPDATE %s", action_text(key->on_update));
    if (action_text(key->on_delete))
        buf_addf(&buf, " ON DELETE %s", action_text(key->on_delete));
    if (key->n_set_columns > 0)
        buf_addf(&buf, " %s",
                 column_list(collector, relation, key->set_columns, key->n_set_columns));
    return buf_text(&buf);
}

static bool covers(const struct index *index, const struct constraint *key)
{
    if (!index->is_unique || index->is_partial || index->has_expressions ||
        index->n_columns != key->n_columns)
        return false;
    for (size_t i = 0; i < index->n_columns; i++) {
        bool found = false;
        for (size_t k = 0; k < key->n_columns; k++)
            found |= index->columns[i] == key->ref_columns[k];
        if (!found)
            return false;
    }
    return true;
}

static void describe_foreign_key(struct collector *collector, struct item *item,
                                 const struct relation *relation, const struct constraint *key)
{
    const struct relation *referenced = catalog_get_relation(collector->catalog, key->ref_relid);

    item_need_columns(collector, item, relation, key->columns, key->n_columns);
    if (!referenced)
        return;
    item_set(collector, item, PROPERTY_DEFINITION,
             foreign_key_text(collector, relation, key, referenced));
    item_need(collector, item, item_of_relation(collector, referenced));
    item_need_columns(collector, item, referenced, key->ref_columns, key->n_columns);
    for (size_t i = 0; i < referenced->indexes.n; i++)
        if (covers(referenced->indexes.items[i], key)) {
            item_need(collector, item,
                      item_of_index(collector, referenced, referenced->indexes.items[i]));
            return;
        }
}

/* --- CHECK ------------------------------------------------------------------------------------ */

static void describe_check(struct collector *collector, struct item *item,
                           const struct relation *relation, const struct constraint *constraint)
{
    struct constraint valid = *constraint;

    valid.validated = true;
    item_set(collector, item, PROPERTY_DEFINITION,
             deparsed_text(deparse_check(collector->arena, collector->catalog, &valid, relation,
                                         DEPARSE_RUNNABLE)));
    item_need_columns(collector, item, relation, constraint->columns, constraint->n_columns);
    need_expression(collector, item, constraint->check, relation);
}

/* --- All of them ------------------------------------------------------------------------------ */

static void collect_constraint(struct collector *collector, const struct relation *relation,
                               const struct constraint *constraint)
{
    struct item *item = item_of_constraint(collector, relation, constraint);

    item->at = constraint->defined_at;
    item->object = constraint;
    item_about(collector, item, &constraint->about);
    item->is_derived = !constraint->is_local;
    item_set(collector, item, PROPERTY_TYPE, kind_text(constraint->kind));
    if (constraint->kind == CONSTRAINT_CHECK)
        describe_check(collector, item, relation, constraint);
    else if (constraint->kind == CONSTRAINT_FOREIGN)
        describe_foreign_key(collector, item, relation, constraint);
    else
        describe_key(collector, item, relation, constraint,
                     relation_constraint_index(relation, constraint));
    item_mark(collector, item, PROPERTY_DEFERRABLE, constraint->deferrable);
    item_mark(collector, item, PROPERTY_DEFERRED, constraint->deferred);
    item_mark(collector, item, PROPERTY_NOT_VALID, !constraint->validated);
    item_mark(collector, item, PROPERTY_INHERITED,
              !constraint->is_local && !is_partition(collector, relation));
}

void collect_constraints(struct collector *collector, struct item *item,
                         const struct relation *relation)
{
    (void)item;
    for (size_t i = 0; i < relation->constraints.n; i++)
        collect_constraint(collector, relation, relation->constraints.items[i]);
}
