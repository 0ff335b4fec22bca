/* INHERITS and partitions (manual, 5.10 and 5.11): merging columns on creation, and what a child
 * takes over from its parent.
 */
#include <string.h>

#include "ddl/table.h"
#include "tree/tree.h"

static _Noreturn void fail_type_conflict(struct ddl *ddl, const struct attribute *column,
                                         const struct attribute *other, const char *format, span at)
{
    struct diag *diag = diag_error(ddl->diags, "42804", at, "%scolumn \"%s\" has a type conflict",
                                   format, column->name);

    if (other->defined_at.source)
        diag_note(ddl->diags, diag, other->defined_at, "the other \"%s\" is of type %s",
                  other->name, ddl_type_text(ddl, other->type));
    ddl_stop(ddl);
}

static void merge_parent(struct ddl *ddl, struct relation *relation, const struct relation *parent,
                         span at)
{
    for (size_t i = 0; i < parent->attributes.n; i++) {
        const struct attribute *inherited = &parent->attributes.items[i];
        struct attribute *known, copy = *inherited;
        if (inherited->is_dropped)
            continue;
        known = attribute_find(relation, inherited->name);
        if (known && !attribute_types_equal(known, inherited))
            fail_type_conflict(ddl, inherited, known, "inherited ", at);
        if (known) {
            known->not_null |= inherited->not_null;
            known->has_default |= inherited->has_default;
            continue;
        }
        copy.has_default = inherited->has_default && !inherited->identity;
        copy.identity = 0;
        copy.is_local = false;
        copy.about = (struct about){0};
        copy.has_statistics_target = false;
        relation_add_attribute(ddl, relation, copy);
    }
}

static bool has_null_default(const struct table_parts *parts, const char *column)
{
    for (size_t i = 0; i < parts->null_defaults.n; i++)
        if (strcmp(parts->null_defaults.items[i], column) == 0)
            return true;
    return false;
}

/* What the parent generates, the child generates in the same way. */
static void check_generated(struct ddl *ddl, const struct attribute *inherited,
                            const struct attribute *own)
{
    if (!inherited->generated)
        return;
    if (own->generated)
        ddl_fail_hint(ddl, "42611", own->defined_at,
                      "leave the expression out to inherit that of the parent",
                      "child column \"%s\" specifies generation expression", own->name);
    if (own->identity)
        ddl_fail(ddl, "42611", own->defined_at,
                 "column \"%s\" inherits from generated column but specifies identity", own->name);
    if (own->has_default)
        ddl_fail(ddl, "42611", own->defined_at,
                 "column \"%s\" inherits from generated column but specifies default", own->name);
}

static void merge_own(struct ddl *ddl, struct relation *relation, const struct table_parts *parts,
                      const struct attribute *own)
{
    struct attribute *inherited = attribute_find(relation, own->name);

    if (!inherited) {
        relation_add_attribute(ddl, relation, *own);
        return;
    }
    if (!attribute_types_equal(inherited, own))
        fail_type_conflict(ddl, own, inherited, "", own->defined_at);
    if (inherited->collation != own->collation)
        ddl_fail(ddl, "42P21", own->defined_at, "column \"%s\" has a collation conflict",
                 own->name);
    check_generated(ddl, inherited, own);
    inherited->is_local = true;
    inherited->not_null |= own->not_null;
    inherited->has_default =
        own->has_default || (inherited->has_default && !has_null_default(parts, own->name));
    if (!inherited->has_default)
        inherited->default_expr = NULL;
    inherited->identity = own->identity;
    if (own->compression)
        inherited->compression = own->compression;
    if (own->about.foreign_options.n > 0)
        inherited->about.foreign_options = own->about.foreign_options;
    if (own->generated)
        inherited->generated = own->generated;
    inherited->defined_at = own->defined_at;
}

static void check_own_columns(struct ddl *ddl, const struct table_parts *parts)
{
    for (size_t i = 0; i < parts->columns.n; i++) {
        const struct attribute *column = &parts->columns.items[i];
        for (size_t k = 0; k < i; k++)
            if (strcmp(column->name, parts->columns.items[k].name) == 0)
                ddl_fail_exists(ddl, "42701", column->defined_at, column->name,
                                parts->columns.items[k].defined_at,
                                "column \"%s\" specified more than once", column->name);
    }
}

static void add_own(struct ddl *ddl, struct relation *relation, const struct table_parts *parts)
{
    for (size_t i = 0; i < parts->columns.n; i++)
        merge_own(ddl, relation, parts, &parts->columns.items[i]);
}

void columns_add_own(struct ddl *ddl, struct relation *relation, const struct table_parts *parts)
{
    check_own_columns(ddl, parts);
    add_own(ddl, relation, parts);
}

static void check_parents(struct ddl *ddl, const PgQuery__CreateStmt *statement,
                          const struct relation *const *parents)
{
    for (size_t i = 0; i < statement->n_inh_relations; i++)
        for (size_t k = 0; k < i; k++)
            if (parents[k] == parents[i])
                ddl_fail(ddl, "42P07", range_var_span(ddl, statement->inh_relations[i]->range_var),
                         "relation \"%s\" would be inherited from more than once",
                         parents[i]->name);
}

void inherit_merge_columns(struct ddl *ddl, struct relation *relation,
                           const struct table_parts *parts, const PgQuery__CreateStmt *statement,
                           const struct relation *const *parents)
{
    check_parents(ddl, statement, parents);
    check_own_columns(ddl, parts);
    for (size_t i = 0; i < statement->n_inh_relations; i++) {
        span at = range_var_span(ddl, statement->inh_relations[i]->range_var);
        if (!statement->partbound)
            inherit_check_parent(ddl, parents[i], at);
        inherit_check_persistence(ddl, relation, parents[i], at);
        merge_parent(ddl, relation, parents[i], at);
    }
    add_own(ddl, relation, parts);
}

/* --- What a child takes over ------------------------------------------------------------------ */

static bool same_columns(struct ddl *ddl, const struct relation *from, const struct relation *to,
                         const int16_t *columns, const int16_t *others, size_t n)
{
    const int16_t *translated = columns_translated(ddl, from, to, columns, n);

    return memcmp(translated, others, n * sizeof *others) == 0;
}

/* Classes of one family need not be the same: varchar_ops and text_ops. Of built-in families only
 * the operators of their classes are known. */
static bool same_family(const struct operator_class *a, const struct operator_class *b)
{
    if (a == b || !a || !b)
        return a == b;
    if (a->family || b->family)
        return a->family == b->family;
    return a->method == 'b' && b->method == 'b' && a->less == b->less && a->equal == b->equal;
}

static bool same_keys(const struct index *own, const struct index *index)
{
    for (size_t i = 0; i < own->n_columns; i++) {
        if (own->classes && index->classes && !same_family(own->classes[i], index->classes[i]))
            return false;
        if (own->keys && index->keys && own->keys[i].collation != index->keys[i].collation)
            return false;
    }
    return true;
}

static bool same_tree(struct ddl *ddl, const struct relation *child, const struct expr *own,
                      const struct relation *parent, const struct expr *expr)
{
    const struct expr *translated = expression_translated(ddl, parent, child, expr);

    return !own || !expr || expr_equal(own, translated);
}

/* What is not known is equal. */
static bool same_trees(struct ddl *ddl, const struct relation *child, const struct index *own,
                       const struct relation *parent, const struct index *index)
{
    size_t n = 0;

    if (!same_tree(ddl, child, own->predicate, parent, index->predicate))
        return false;
    for (size_t i = 0; i < own->n_columns; i++)
        if (own->columns[i] == 0 && own->expressions && index->expressions &&
            !same_tree(ddl, child, own->expressions[n], parent, index->expressions[n]))
            return false;
        else
            n += own->columns[i] == 0;
    return true;
}

static bool is_like(struct ddl *ddl, const struct relation *child, const struct index *own,
                    const struct relation *parent, const struct index *index)
{
    return own->is_unique == index->is_unique && own->is_partial == index->is_partial &&
           own->n_columns == index->n_columns &&
           own->nulls_not_distinct == index->nulls_not_distinct &&
           strcmp(own->method, index->method) == 0 && same_keys(own, index) &&
           own->n_included == index->n_included &&
           same_columns(ddl, parent, child, index->included, own->included, own->n_included) &&
           same_trees(ddl, child, own, parent, index) &&
           (index_constraint(child, own) || !index_constraint(parent, index)) &&
           same_columns(ddl, parent, child, index->columns, own->columns, own->n_columns);
}

struct index *index_attached(const struct relation *child, const struct index *index)
{
    for (size_t i = 0; i < child->indexes.n; i++)
        if (child->indexes.items[i]->parent == index)
            return child->indexes.items[i];
    return NULL;
}

void index_attach(struct relation *child, struct index *own, const struct relation *parent,
                  const struct index *index)
{
    struct constraint *constraint = index_constraint(child, own);

    own->parent = index;
    if (constraint && index_constraint(parent, index))
        constraint->is_local = false;
}

/* An index that does what the parent's does, and is not attached to another, is attached. */
static void copy_index(struct ddl *ddl, struct relation *child, const struct relation *parent,
                       const struct index *index)
{
    for (size_t i = 0; i < child->indexes.n; i++) {
        struct index *own = child->indexes.items[i];
        if (own->parent || !is_like(ddl, child, own, parent, index))
            continue;
        index_attach(child, own, parent, index);
        return;
    }
    index_copy(ddl, child, parent, index, false);
}

void inherit_index(struct ddl *ddl, const struct relation *parent, const struct index *index)
{
    size_t at = 0;

    if (parent->relkind != 'p')
        return;
    for (struct relation *child; (child = inheritance_child(ddl, parent->oid, &at));)
        copy_index(ddl, child, parent, index);
}

void generated_translate(struct ddl *ddl, struct relation *relation, const struct relation *source)
{
    for (size_t i = 0; i < source->attributes.n; i++) {
        const struct attribute *from = &source->attributes.items[i];
        struct attribute *own = from->is_dropped ? NULL : attribute_find(relation, from->name);
        if (!own || !own->generated || !from->generated || own->default_expr != from->default_expr)
            continue;
        own->default_expr = expression_translated(ddl, source, relation, from->default_expr);
        own->generated_from =
            columns_translated(ddl, source, relation, from->generated_from, from->n_generated_from);
    }
}

void inherit_attach(struct ddl *ddl, struct relation *child, struct relation *parent)
{
    bool is_partition = parent->relkind == 'p';

    inheritance_add(ddl, child, parent->oid);
    generated_translate(ddl, child, parent);
    for (size_t i = 0; i < parent->constraints.n; i++) {
        const struct constraint *constraint = parent->constraints.items[i];
        if (constraint->kind != CONSTRAINT_CHECK || constraint->no_inherit)
            continue;
        if (!constraint_find(child, constraint->name))
            constraint_copy(ddl, child, parent, constraint, false)->validated = true;
        else if (is_partition)
            constraint_find(child, constraint->name)->is_local = false;
    }
}

void inherit_keys(struct ddl *ddl, struct relation *child, const struct relation *parent)
{
    for (size_t i = 0; i < parent->indexes.n; i++)
        copy_index(ddl, child, parent, parent->indexes.items[i]);
    foreign_keys_reach(ddl, child, parent);
    for (size_t i = 0; i < parent->constraints.n; i++)
        if (parent->constraints.items[i]->kind == CONSTRAINT_FOREIGN)
            foreign_key_inherit(ddl, child, parent, parent->constraints.items[i]);
}
