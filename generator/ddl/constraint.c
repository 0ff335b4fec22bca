/* Table constraints: the order in which they are made (which decides generated names), CHECK
 * constraints and copies of constraints for LIKE and children.
 */
#include <string.h>

#include "ddl/table.h"

void constraint_check_name_free(struct ddl *ddl, const struct relation *relation, const char *name,
                                span at)
{
    const struct constraint *old = constraint_find(relation, name);

    if (old)
        ddl_fail_exists(ddl, "42710", at, name, old->defined_at,
                        "constraint \"%s\" for relation \"%s\" already exists", name,
                        relation->name);
}

bool columns_have(const int16_t *columns, size_t n, int16_t number)
{
    for (size_t i = 0; i < n; i++)
        if (columns[i] == number)
            return true;
    return false;
}

int16_t *columns_translated(struct ddl *ddl, const struct relation *from, const struct relation *to,
                            const int16_t *columns, size_t n)
{
    int16_t *translated = arena_array(ddl->arena, int16_t, n);

    for (size_t i = 0; i < n; i++) {
        const struct attribute *source =
            columns[i] > 0 ? &from->attributes.items[columns[i] - 1] : NULL;
        const struct attribute *target = source ? attribute_find(to, source->name) : NULL;
        translated[i] = target ? target->number : columns[i] > 0 ? 0 : columns[i];
    }
    return translated;
}

static bool has_name(const PgQuery__Constraint *node)
{
    return node->conname && *node->conname;
}

/* A CHECK is named after its column when it has just one. */
static const char *check_name(struct ddl *ddl, const struct relation *relation,
                              const PgQuery__Constraint *node, const struct ddl_value *value)
{
    const char *column = NULL;

    if (has_name(node))
        return node->conname;
    if (value->n_columns == 1 && value->columns[0] > 0)
        column = relation->attributes.items[value->columns[0] - 1].name;
    else if (value->n_columns == 1 && value->columns[0] < 0)
        column = "tableoid"; /* no other system column can be there */
    return choose_constraint_name(ddl, relation->name, column, "check", relation->namespace_oid);
}

/* The whole row and system columns are no columns of the constraint. */
static void set_check_columns(struct ddl *ddl, struct constraint *constraint,
                              const struct ddl_value *value)
{
    constraint->columns = arena_array(ddl->arena, int16_t, value->n_columns);
    for (size_t i = 0; i < value->n_columns; i++)
        if (value->columns[i] > 0)
            constraint->columns[constraint->n_columns++] = value->columns[i];
}

/* A CHECK that the table has under the same name is the same constraint, unless one of the two
 * says less (MergeWithExistingConstraint). */
static void check_merges(struct ddl *ddl, const struct relation *relation,
                         const struct constraint *own, const struct constraint *constraint)
{
    span at = constraint->defined_at;

    if (own->kind != CONSTRAINT_CHECK)
        constraint_check_name_free(ddl, relation, constraint->name, at);
    if (own->no_inherit)
        ddl_fail_exists(ddl, "42P17", at, own->name, own->defined_at,
                        "constraint \"%s\" conflicts with non-inherited constraint on relation "
                        "\"%s\"",
                        own->name, relation->name);
    if (constraint->no_inherit)
        ddl_fail_exists(ddl, "42P17", at, own->name, own->defined_at,
                        "constraint \"%s\" conflicts with inherited constraint on relation \"%s\"",
                        own->name, relation->name);
    if (constraint->validated && !own->validated)
        ddl_fail_exists(ddl, "42P17", at, own->name, own->defined_at,
                        "constraint \"%s\" conflicts with NOT VALID constraint on relation \"%s\"",
                        own->name, relation->name);
}

/* Before anything is changed: what children have under that name must be able to stand in. */
static void check_children(struct ddl *ddl, const struct relation *relation,
                           const struct constraint *constraint)
{
    size_t at = 0;

    for (struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));) {
        const struct constraint *own = constraint_find(child, constraint->name);
        if (own)
            check_merges(ddl, child, own, constraint);
        else
            check_children(ddl, child, constraint);
    }
}

static void copy_to_children(struct ddl *ddl, const struct relation *relation,
                             const struct constraint *constraint)
{
    size_t at = 0;

    for (struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));) {
        const struct constraint *own = constraint_find(child, constraint->name);
        if (!own)
            constraint_copy(ddl, child, relation, constraint, false);
    }
}

bool columns_equal(const int16_t *a, const int16_t *b, size_t n)
{
    return n == 0 || memcmp(a, b, n * sizeof *a) == 0;
}

static bool has_like(const struct relation *parent, const struct relation *relation,
                     const struct constraint *constraint)
{
    const struct index *index = relation_constraint_index(relation, constraint);

    for (size_t i = 0; i < parent->constraints.n; i++) {
        const struct constraint *other = parent->constraints.items[i];
        if (other->kind == CONSTRAINT_CHECK && constraint->kind == CONSTRAINT_CHECK &&
            !other->no_inherit && strcmp(other->name, constraint->name) == 0)
            return true;
        if (index && index->parent && index->parent == relation_constraint_index(parent, other))
            return true;
    }
    return false;
}

bool constraint_is_inherited(struct ddl *ddl, const struct relation *relation,
                             const struct constraint *constraint)
{
    if (constraint->parent)
        return true;
    for (size_t i = 0; i < relation->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(ddl->catalog, relation->parents.items[i]);
        if (parent && has_like(parent, relation, constraint))
            return true;
    }
    return false;
}

/* The table's constraint of that name, which it inherited; NULL when the name is free. What was
 * only inherited can be added once more, but to a partition (MergeWithExistingConstraint). */
static struct constraint *find_inherited(struct ddl *ddl, const struct relation *relation,
                                         const struct constraint *constraint, bool merges)
{
    struct constraint *own = constraint_find(relation, constraint->name);

    if (own && own->kind == CONSTRAINT_CHECK &&
        (merges || (!own->is_local && !relation_is_partition(ddl, relation))) &&
        constraint_is_inherited(ddl, relation, own))
        return own;
    constraint_check_name_free(ddl, relation, constraint->name, constraint->defined_at);
    return NULL;
}

static void check_inheritance(struct ddl *ddl, const struct relation *relation,
                              const struct constraint_source *source)
{
    span at = ddl_span(ddl, source->node->location);
    size_t first = 0;

    if (source->node->is_no_inherit && relation->relkind == 'p')
        ddl_fail(ddl, "42P16", at, "cannot add NO INHERIT constraint to partitioned table \"%s\"",
                 relation->name);
    if (!source->node->is_no_inherit && source->only &&
        inheritance_child(ddl, relation->oid, &first))
        ddl_fail(ddl, "42P16", at, "constraint must be added to child tables too");
}

void constraint_add_check(struct ddl *ddl, struct relation *relation,
                          const struct constraint_source *source)
{
    const PgQuery__Constraint *node = source->node;
    struct constraint *constraint = arena_new(ddl->arena, struct constraint), *own;
    struct ddl_value value;

    expression_evaluate(
        ddl,
        &(struct ddl_expression){.place = DDL_CHECK, .node = node->raw_expr, .relation = relation},
        &value);
    *constraint = (struct constraint){.kind = CONSTRAINT_CHECK,
                                      .name = check_name(ddl, relation, node, &value),
                                      .validated = !source->not_valid,
                                      .no_inherit = node->is_no_inherit,
                                      .is_local = true,
                                      .check = value.expr,
                                      .defined_at = ddl_span(ddl, node->location)};
    constraint->excluding_null =
        columns_without_null(ddl->arena, value.expr, &constraint->n_excluding_null);
    set_check_columns(ddl, constraint, &value);
    check_inheritance(ddl, relation, source);
    own = find_inherited(ddl, relation, constraint, source->merges);
    if (own) {
        check_merges(ddl, relation, own, constraint);
        own->is_local = !relation_is_partition(ddl, relation);
        return;
    }
    if (!node->is_no_inherit)
        check_children(ddl, relation, constraint);
    constraint_link(ddl, relation, constraint);
    if (!node->is_no_inherit)
        copy_to_children(ddl, relation, constraint);
}

struct constraint *constraint_copy(struct ddl *ddl, struct relation *target,
                                   const struct relation *source,
                                   const struct constraint *constraint, bool is_local)
{
    struct constraint *copy = arena_new(ddl->arena, struct constraint);

    *copy = *constraint;
    copy->about = (struct about){0};
    copy->is_local = is_local;
    copy->parent = NULL;
    copy->parts.n = copy->parts.cap = 0;
    copy->check = expression_translated(ddl, source, target, constraint->check);
    copy->columns =
        columns_translated(ddl, source, target, constraint->columns, constraint->n_columns);
    copy->set_columns =
        columns_translated(ddl, source, target, constraint->set_columns, constraint->n_set_columns);
    copy->excluding_null = columns_translated(ddl, source, target, constraint->excluding_null,
                                              constraint->n_excluding_null);
    if (constraint->kind == CONSTRAINT_FOREIGN && constraint_find(target, copy->name))
        copy->name = choose_constraint_name(
            ddl, target->name, column_names_joined(ddl, target, copy->columns, copy->n_columns),
            "fkey", target->namespace_oid);
    constraint_link(ddl, target, copy);
    if (copy->kind == CONSTRAINT_FOREIGN)
        foreign_key_copy_down(ddl, target, copy);
    else if (!copy->no_inherit)
        copy_to_children(ddl, target, copy);
    return copy;
}

static bool is_key(PgQuery__ConstrType type)
{
    return type == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY ||
           type == PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE ||
           type == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION;
}

void constraints_add_own(struct ddl *ddl, struct relation *relation,
                         const struct constraint_source *sources, size_t n)
{
    size_t first_new = relation->constraints.n;

    for (size_t i = 0; i < n; i++) {
        if (sources[i].node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK)
            constraint_add_check(ddl, relation, &sources[i]);
    }
    for (size_t i = 0; i < n; i++)
        if (sources[i].node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY)
            constraint_add_key(ddl, relation, &sources[i], first_new);
    for (size_t i = 0; i < n; i++)
        if (is_key(sources[i].node->contype) &&
            sources[i].node->contype != PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY)
            constraint_add_key(ddl, relation, &sources[i], first_new);
}

void constraints_add_foreign(struct ddl *ddl, struct relation *relation,
                             const struct constraint_source *sources, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (sources[i].node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN)
            constraint_add_foreign_key(ddl, relation, &sources[i]);
}

void constraints_add(struct ddl *ddl, struct relation *relation,
                     const struct constraint_source *sources, size_t n)
{
    constraints_add_own(ddl, relation, sources, n);
    constraints_add_foreign(ddl, relation, sources, n);
}
