/* Table constraints: the order in which they are made (which decides generated names), CHECK
 * constraints and copies of constraints for LIKE and children.
 */
#include <string.h>

#include "schema/table.h"

struct constraint *constraint_find(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->constraints.n; i++)
        if (strcmp(relation->constraints.items[i]->name, name) == 0)
            return relation->constraints.items[i];
    return NULL;
}

void constraint_check_name_free(struct ddl *ddl, const struct relation *relation, const char *name,
                                span at)
{
    const struct constraint *old = constraint_find(relation, name);

    if (old)
        ddl_fail_exists(ddl, "42710", at, name, old->defined_at,
                        "constraint \"%s\" for relation \"%s\" already exists", name,
                        relation->name);
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
                              const PgQuery__Constraint *node, const int16_t *columns, size_t n)
{
    if (has_name(node))
        return node->conname;
    return choose_constraint_name(ddl, relation->name,
                                  n == 1 ? relation->attributes.items[columns[0] - 1].name : NULL,
                                  "check", relation->namespace_oid);
}

static void copy_to_children(struct ddl *ddl, const struct relation *relation,
                             const struct constraint *constraint)
{
    size_t at = 0;

    for (struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));) {
        const struct constraint *own = constraint_find(child, constraint->name);
        if (!own)
            constraint_copy(ddl, child, relation, constraint);
    }
}

/* A CHECK of a parent's that is repeated is the same constraint. */
static bool is_inherited(struct ddl *ddl, const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(ddl->catalog, relation->parents.items[i]);
        const struct constraint *constraint = parent ? constraint_find(parent, name) : NULL;
        if (constraint && constraint->kind == CONSTRAINT_CHECK)
            return constraint_find(relation, name) != NULL;
    }
    return false;
}

/* The expression is kept only where it holds for every row and for children too: proofs use it. */
void constraint_add_check(struct ddl *ddl, struct relation *relation,
                          const struct constraint_source *source)
{
    const PgQuery__Constraint *node = source->node;
    struct constraint *constraint = arena_new(ddl->arena, struct constraint);
    span at = ddl_span(ddl, node->location);
    bool proves = !node->skip_validation && !node->is_no_inherit;
    size_t n;
    int16_t *columns = expression_columns(ddl, relation, node->raw_expr, &n);

    *constraint = (struct constraint){.kind = CONSTRAINT_CHECK,
                                      .name = check_name(ddl, relation, node, columns, n),
                                      .columns = columns,
                                      .n_columns = n,
                                      .check = proves ? node->raw_expr : NULL,
                                      .defined_at = at};
    if (is_inherited(ddl, relation, constraint->name))
        return;
    constraint_check_name_free(ddl, relation, constraint->name, at);
    constraint_link(ddl, relation, constraint);
    if (!node->is_no_inherit && !source->only)
        copy_to_children(ddl, relation, constraint);
}

void constraint_copy(struct ddl *ddl, struct relation *target, const struct relation *source,
                     const struct constraint *constraint)
{
    struct constraint *copy = arena_new(ddl->arena, struct constraint);

    *copy = *constraint;
    copy->columns =
        columns_translated(ddl, source, target, constraint->columns, constraint->n_columns);
    if (constraint->kind == CONSTRAINT_FOREIGN && constraint_find(target, copy->name))
        copy->name = choose_constraint_name(
            ddl, target->name, column_names_joined(ddl, target, copy->columns, copy->n_columns),
            "fkey", target->namespace_oid);
    constraint_link(ddl, target, copy);
    if (constraint->kind == CONSTRAINT_CHECK || constraint->kind == CONSTRAINT_FOREIGN)
        copy_to_children(ddl, target, copy);
}

static bool is_key(PgQuery__ConstrType type)
{
    return type == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY ||
           type == PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE ||
           type == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION;
}

void constraints_add(struct ddl *ddl, struct relation *relation,
                     const struct constraint_source *sources, size_t n)
{
    size_t first_new = relation->constraints.n;

    for (size_t i = 0; i < n; i++) {
        size_t n_columns;
        if (sources[i].node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED)
            expression_columns(ddl, relation, sources[i].node->raw_expr, &n_columns);
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
    for (size_t i = 0; i < n; i++)
        if (sources[i].node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN)
            constraint_add_foreign_key(ddl, relation, &sources[i]);
}
