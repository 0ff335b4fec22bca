/* What stands on columns that get other types: the server makes its CHECKs, keys, indexes and
 * statistics anew from their text (ATPostAlterTypeCleanup), with all types of the statement in
 * place. Here their trees are read anew over a copy of the table that has the new types; only when
 * all of them mean something are the table and its parts changed.
 */
#include <string.h>

#include "ddl/alter.h"
#include "ddl/depend.h"
#include "tree/tree.h"

struct new_check {
    struct constraint *constraint;
    const struct expr *check;
};

struct new_index {
    struct index *index;
    int16_t *columns;
    const struct operator_class **classes;
    struct index_key *keys;
    const struct expr **expressions;
    const char **names; /* of the expressions */
    size_t n_expressions;
    const struct expr *predicate;
};

struct reading {
    struct ddl *ddl;
    const struct type_changes *changes;
    const struct type_change *change; /* the first of the table */
    const struct relation *altered;   /* the table with its new types */
    VEC(struct new_check) checks;
    VEC(struct new_index) indexes;
};

/* --- The table as it will be ------------------------------------------------------------------ */

static const struct relation *altered_relation(struct ddl *ddl, const struct type_changes *changes,
                                               const struct relation *relation)
{
    struct relation *altered = arena_new(ddl->arena, struct relation);
    const size_t n = relation->attributes.n;

    *altered = *relation;
    altered->attributes.items = arena_array(ddl->arena, struct attribute, n);
    memcpy(altered->attributes.items, relation->attributes.items,
           n * sizeof *altered->attributes.items);
    for (size_t i = 0; i < changes->list.n; i++) {
        const struct attribute *column = &changes->list.items[i].altered;
        if (changes->list.items[i].relation == relation)
            altered->attributes.items[column->number - 1] = *column;
    }
    return altered;
}

static bool is_changed(const struct type_changes *changes, oid relation, int16_t column)
{
    for (size_t i = 0; i < changes->list.n; i++)
        if (changes->list.items[i].relation->oid == relation &&
            changes->list.items[i].altered.number == column)
            return true;
    return false;
}

static bool is_any_changed(const struct type_changes *changes, oid relation, const int16_t *columns,
                           size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (is_changed(changes, relation, columns[i]))
            return true;
    return false;
}

/* --- Reading anew ----------------------------------------------------------------------------- */

/* Nothing when the expression is not known. */
static struct ddl_value read_anew(const struct reading *reading, enum ddl_place place,
                                  const struct expr *expr)
{
    struct ddl_value value = {0};

    if (expr)
        expression_evaluate(reading->ddl,
                            &(struct ddl_expression){.place = place,
                                                     .kept = expr,
                                                     .location = reading->change->location,
                                                     .relation = reading->altered},
                            &value);
    return value;
}

static void read_check(struct reading *reading, struct constraint *constraint)
{
    struct ddl_value value = read_anew(reading, DDL_CHECK, constraint->check);

    vec_push(reading->ddl->arena, &reading->checks, (struct new_check){constraint, value.expr});
}

/* The default class of a type makes way for that of the new type, a class that was named stays. */
static void read_class(const struct reading *reading, struct new_index *new, size_t key,
                       oid old_type, oid new_type)
{
    struct ddl *ddl = reading->ddl;
    const char *method = new->index->method;
    const struct operator_class **class = &new->classes[key];

    if (!new_type)
        return;
    if (*class && *class != catalog_default_class(ddl->catalog, old_type, method))
        operator_class_check(ddl, *class, new_type, reading->change->at);
    else
        *class = operator_class_get(ddl, NULL, 0, method, new_type, reading->change->at);
}

/* The collation of what is indexed makes way for its new one, one that was named stays. */
static void read_collation(struct new_index *new, size_t key, oid old, oid now)
{
    if (new->keys[key].collation == old || !now)
        new->keys[key].collation = now;
}

static void read_column_key(const struct reading *reading, struct new_index *new, size_t key)
{
    const int16_t number = new->index->columns[key];
    const struct attribute *old = &reading->change->relation->attributes.items[number - 1];
    const struct attribute *now = &reading->altered->attributes.items[number - 1];

    read_class(reading, new, key, old->type, now->type);
    read_collation(new, key, old->collation, now->collation);
}

/* A cast to the type that the column has now is nothing but the column. */
static void read_expression_key(const struct reading *reading, struct new_index *new, size_t key,
                                size_t at)
{
    const struct expr *old = new->index->expressions[at];
    struct ddl_value value = read_anew(reading, DDL_INDEX, old);

    index_check_immutable(reading->ddl, &value, "expression");
    read_class(reading, new, key, old ? old->type : 0, value.type);
    if (old && value.expr)
        read_collation(new, key, old->collation, value.expr->collation);
    new->columns[key] = value.column;
    if (value.column)
        return;
    new->expressions[new->n_expressions] = value.expr;
    new->names[new->n_expressions++] = new->index->expression_names[at];
}

static void read_index(struct reading *reading, struct index *index)
{
    struct arena *arena = reading->ddl->arena;
    const size_t n = index->n_columns;
    struct new_index new = {.index = index,
                            .columns = arena_array(arena, int16_t, n),
                            .classes = arena_array(arena, const struct operator_class *, n),
                            .keys = arena_array(arena, struct index_key, n),
                            .expressions = arena_array(arena, const struct expr *, n),
                            .names = arena_array(arena, const char *, n)};
    const struct ddl_value predicate = read_anew(reading, DDL_INDEX_PREDICATE, index->predicate);
    size_t at = 0;

    new.predicate = predicate.expr;
    index_check_immutable(reading->ddl, &predicate, "predicate");
    for (size_t i = 0; i < n; i++) {
        new.columns[i] = index->columns[i];
        new.classes[i] = index->classes ? index->classes[i] : NULL;
        if (index->keys)
            new.keys[i] = index->keys[i];
        if (index->columns[i])
            read_column_key(reading, &new, i);
        else
            read_expression_key(reading, &new, i, at++);
    }
    vec_push(arena, &reading->indexes, new);
}

static void read_indexes(struct reading *reading)
{
    const struct relation *relation = reading->change->relation;

    for (size_t i = 0; i < relation->indexes.n; i++)
        for (size_t k = 0; k < relation->attributes.n; k++)
            if (is_changed(reading->changes, relation->oid, (int16_t)(k + 1)) &&
                index_uses_column(relation->indexes.items[i], (int16_t)(k + 1))) {
                read_index(reading, relation->indexes.items[i]);
                break;
            }
}

static void read_checks(struct reading *reading)
{
    const struct relation *relation = reading->change->relation;

    for (size_t i = 0; i < relation->constraints.n; i++) {
        struct constraint *constraint = relation->constraints.items[i];
        if (constraint->kind == CONSTRAINT_CHECK &&
            is_any_changed(reading->changes, relation->oid, constraint->columns,
                           constraint->n_columns))
            read_check(reading, constraint);
    }
}

static void check_statistics(const struct reading *reading, const struct statistics *statistics)
{
    struct ddl *ddl = reading->ddl;

    for (size_t i = 0; i < statistics->n_expressions; i++)
        read_anew(reading, DDL_STATISTICS, statistics->expressions[i]);
    for (size_t i = 0; i < statistics->n_columns; i++) {
        const struct attribute *column =
            &reading->altered->attributes.items[statistics->columns[i] - 1];
        if (!catalog_default_operators(ddl->catalog, column->type).less)
            ddl_fail(ddl, "0A000", reading->change->at,
                     "column \"%s\" cannot be used in statistics because its type %s has no "
                     "default btree operator class",
                     column->name, ddl_type_text(ddl, column->type));
    }
}

/* --- Foreign keys, of this table and to it ---------------------------------------------------- */

static void check_foreign_keys(const struct reading *reading, const struct relation *relation)
{
    const struct type_changes *changes = reading->changes;
    struct ddl *ddl = reading->ddl;

    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *key = relation->constraints.items[i];
        const struct relation *referenced;
        if (key->kind != CONSTRAINT_FOREIGN ||
            (!is_any_changed(changes, relation->oid, key->columns, key->n_columns) &&
             !is_any_changed(changes, key->ref_relid, key->ref_columns, key->n_columns)))
            continue;
        referenced = catalog_get_relation(ddl->catalog, key->ref_relid);
        foreign_key_check_types(ddl, altered_relation(ddl, changes, relation), key,
                                altered_relation(ddl, changes, referenced), reading->change->at);
    }
}

static void check_all_foreign_keys(const struct reading *reading)
{
    size_t n;
    struct relation *const *relations = catalog_relations(reading->ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i])
            check_foreign_keys(reading, relations[i]);
}

/* --- All of it -------------------------------------------------------------------------------- */

/* The default as it was before it was made to fit the column. */
static const struct expr *unfitted(const struct expr *expr)
{
    while (expr->kind == EXPR_CAST && expr->u.cast.form != FORM_EXPLICIT)
        expr = expr->args[0];
    return expr;
}

static void read_default(const struct reading *reading, struct attribute *column)
{
    struct ddl_value value;

    if (!column->default_expr)
        return;
    expression_evaluate(
        reading->ddl,
        &(struct ddl_expression){.place = column->generated ? DDL_GENERATED : DDL_DEFAULT,
                                 .kept = unfitted(column->default_expr),
                                 .location = reading->change->location,
                                 .relation = column->generated ? reading->altered : NULL,
                                 .column = column->name,
                                 .type = column->type,
                                 .typmod = column->typmod},
        &value);
    column->default_expr = value.expr;
}

static void read_table(struct reading *reading)
{
    const struct relation *relation = reading->change->relation;

    reading->altered = altered_relation(reading->ddl, reading->changes, relation);
    read_indexes(reading);
    read_checks(reading);
    for (size_t i = 0; i < relation->statistics.n; i++)
        check_statistics(reading, relation->statistics.items[i]);
}

static bool is_first_of_table(const struct type_changes *changes, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (changes->list.items[k].relation == changes->list.items[i].relation)
            return false;
    return true;
}

static void set_column(struct ddl *ddl, const struct type_change *change)
{
    struct attribute *column = &change->relation->attributes.items[change->altered.number - 1];

    const struct relation *sequence =
        column->identity ? owned_sequence_find(ddl, change->relation, column->number) : NULL;

    *column = change->altered;
    column->storage = 0;
    column->compression = NULL;
    if (sequence)
        sequence_set_type(ddl, catalog_edit_relation(ddl->catalog, sequence->oid), column->type);
    if (is_row_type(ddl, column->type))
        ddl->session->stored_rows = ROWS_STORED;
}

static void set_index(const struct new_index *new)
{
    new->index->keys = new->keys;
    new->index->columns = new->columns;
    new->index->classes = new->classes;
    new->index->expressions = new->expressions;
    new->index->expression_names = new->names;
    new->index->has_expressions = new->n_expressions > 0;
    new->index->predicate = new->predicate;
    new->index->names = NULL; /* it is made anew */
}

static void commit(const struct reading *reading)
{
    for (size_t i = 0; i < reading->changes->list.n; i++)
        set_column(reading->ddl, &reading->changes->list.items[i]);
    for (size_t i = 0; i < reading->checks.n; i++)
        reading->checks.items[i].constraint->check = reading->checks.items[i].check;
    for (size_t i = 0; i < reading->indexes.n; i++)
        set_index(&reading->indexes.items[i]);
}

void type_changes_apply(struct ddl *ddl, const struct type_changes *changes)
{
    struct reading reading = {.ddl = ddl, .changes = changes};

    for (size_t i = 0; i < changes->list.n; i++) {
        reading.change = &changes->list.items[i];
        reading.altered = altered_relation(ddl, changes, reading.change->relation);
        read_default(&reading, &changes->list.items[i].altered);
    }
    for (size_t i = 0; i < changes->list.n; i++) {
        reading.change = &changes->list.items[i];
        if (is_first_of_table(changes, i))
            read_table(&reading);
    }
    if (changes->list.n > 0)
        check_all_foreign_keys(&reading);
    commit(&reading);
}
