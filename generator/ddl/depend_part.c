/* What depends on objects by what it is made of: columns and routines on types, foreign keys on
 * what they reference, sequences on the columns that own them, domains and ranges on types,
 * operators and aggregates on functions.
 */
#include "ddl/depend.h"

static void on_type(struct ddl *ddl, oid type, struct dropped_object dependent)
{
    if (type >= FIRST_USER_OID)
        dependency_add(ddl, (struct reference){.class = OBJECT_IS_TYPE, .id = type}, dependent);
}

static void on_function(struct ddl *ddl, oid function, struct dropped_object dependent)
{
    if (function >= FIRST_USER_OID)
        dependency_add(ddl, (struct reference){.class = OBJECT_IS_FUNCTION, .id = function},
                       dependent);
}

/* --- Relations -------------------------------------------------------------------------------- */

/* A view cannot be without a column. */
static void depend_by_columns(struct ddl *ddl, const struct relation *relation)
{
    bool is_view = relation->relkind == 'v' || relation->relkind == 'm';

    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *column = &relation->attributes.items[i];
        if (!column->is_dropped)
            on_type(
                ddl, column->type,
                (struct dropped_object){.class = is_view ? OBJECT_IS_RELATION : OBJECT_IS_COLUMN,
                                        .id = relation->oid,
                                        .column = is_view ? 0 : column->number});
    }
}

static void depend_by_foreign_key(struct ddl *ddl, const struct relation *relation,
                                  struct constraint *key)
{
    const struct dropped_object dependent = {
        .class = OBJECT_IS_CONSTRAINT, .id = relation->oid, .constraint = key};

    dependency_add(ddl, (struct reference){.class = OBJECT_IS_RELATION, .id = key->ref_relid},
                   dependent);
    for (size_t i = 0; i < key->parts.n; i++)
        dependency_add(
            ddl,
            (struct reference){.class = OBJECT_IS_RELATION, .id = key->parts.items[i]->ref_relid},
            dependent);
    for (size_t i = 0; i < key->n_columns; i++)
        dependency_add(ddl,
                       (struct reference){.class = OBJECT_IS_COLUMN,
                                          .id = key->ref_relid,
                                          .column = key->ref_columns[i]},
                       dependent);
}

static void depend_by_owner(struct ddl *ddl, const struct relation *sequence)
{
    const struct dropped_object dependent = {
        .class = OBJECT_IS_RELATION, .id = sequence->oid, .automatic = true};
    const struct attribute *column;
    const struct relation *owner = sequence_owner(ddl, sequence, &column);

    for (size_t i = 0; i < sequence->parents.n; i++)
        dependency_add(
            ddl, (struct reference){.class = OBJECT_IS_RELATION, .id = sequence->parents.items[i]},
            dependent);
    if (owner)
        dependency_add(ddl,
                       (struct reference){
                           .class = OBJECT_IS_COLUMN, .id = owner->oid, .column = column->number},
                       dependent);
}

static void depend_as_relation(struct ddl *ddl, const struct relation *relation)
{
    if (relation->relkind == 'S') {
        depend_by_owner(ddl, relation);
        return;
    }
    depend_on_trees(ddl, relation);
    depend_by_columns(ddl, relation);
    for (size_t i = 0; i < relation->constraints.n; i++)
        if (relation->constraints.items[i]->kind == CONSTRAINT_FOREIGN)
            depend_by_foreign_key(ddl, relation, relation->constraints.items[i]);
}

/* --- Types, routines, operators -----------------------------------------------------------------
 */

/* A multirange goes with its range. */
static void depend_as_type(struct ddl *ddl, const struct type *type)
{
    const struct dropped_object dependent = {.class = OBJECT_IS_TYPE, .id = type->oid};

    depend_on_checks(ddl, type);
    if (type->typtype == 'm')
        return;
    on_type(ddl, type->base_type, dependent);
    on_type(ddl, type->range_subtype, dependent);
}

/* The constructors of a range stand where it does, and go with it. */
static void depend_by_signature(struct ddl *ddl, const struct function *function, oid id)
{
    const oid element = catalog_element_type(ddl->catalog, id);
    const struct type *type = catalog_get_type(ddl->catalog, element ? element : id);

    on_type(ddl, id,
            (struct dropped_object){
                .class = OBJECT_IS_FUNCTION,
                .id = function->oid,
                .automatic = type && spans_start_together(function->defined_at, type->defined_at)});
}

static void depend_as_function(struct ddl *ddl, const struct function *function)
{
    const struct dropped_object dependent = {.class = OBJECT_IS_FUNCTION, .id = function->oid};

    depend_on_body(ddl, function);
    depend_by_signature(ddl, function, function->return_type);
    for (size_t i = 0; i < function->n_args; i++)
        depend_by_signature(ddl, function, function->arg_types[i]);
    for (size_t i = 0; i < function->n_all_args; i++)
        depend_by_signature(ddl, function, function->all_arg_types[i]);
    on_function(ddl, function->agg_transition, dependent);
    on_function(ddl, function->agg_final, dependent);
}

static void depend_as_operator(struct ddl *ddl, const struct operator* op)
{
    const struct dropped_object dependent = {.class = OBJECT_IS_OPERATOR, .id = op->oid};

    on_type(ddl, op->left, dependent);
    on_type(ddl, op->right, dependent);
    on_type(ddl, op->result, dependent);
    on_function(ddl, op->function, dependent);
}

void depend_on_parts(struct ddl *ddl, oid id)
{
    const struct relation *relation = catalog_get_relation(ddl->catalog, id);
    const struct type *type = catalog_get_type(ddl->catalog, id);
    const struct function *function = catalog_get_function(ddl->catalog, id);
    const struct operator* op = catalog_get_operator(ddl->catalog, id);

    if (relation)
        depend_as_relation(ddl, relation);
    if (type)
        depend_as_type(ddl, type);
    if (function)
        depend_as_function(ddl, function);
    if (op)
        depend_as_operator(ddl, op);
}
