/* Whether a table may be the child of another: which kinds of tables go together, and for ATTACH
 * PARTITION and ALTER TABLE … INHERIT whether its columns and CHECKs fit.
 */
#include <string.h>

#include "ddl/table.h"
#include "tree/tree.h"

bool attribute_types_equal(const struct attribute *a, const struct attribute *b)
{
    return a->type == b->type && a->typmod == b->typmod;
}

void inherit_check_parent(struct ddl *ddl, const struct relation *parent, span at)
{
    if (parent->relkind == 'p')
        ddl_fail_exists(ddl, "42809", at, parent->name, parent->defined_at,
                        "cannot inherit from partitioned table \"%s\"", parent->name);
    if (relation_is_partition(ddl, parent))
        ddl_fail_exists(ddl, "42809", at, parent->name, parent->defined_at,
                        "cannot inherit from partition \"%s\"", parent->name);
    if (parent->relkind != 'r' && parent->relkind != 'f')
        ddl_fail(ddl, "42809", at, "inherited relation \"%s\" is not a table or foreign table",
                 parent->name);
}

void inherit_check_persistence(struct ddl *ddl, const struct relation *child,
                               const struct relation *parent, span at)
{
    if (parent->is_temporary && !child->is_temporary)
        ddl_fail(ddl, "42809", at, "cannot inherit from temporary relation \"%s\"", parent->name);
    if (child->is_temporary && !parent->is_temporary && parent->relkind == 'p')
        ddl_fail(ddl, "42809", at,
                 "cannot create a temporary relation as partition of permanent relation \"%s\"",
                 parent->name);
}

static void check_constraint(struct ddl *ddl, const struct relation *child,
                             const struct constraint *constraint, span at)
{
    const struct constraint *own = constraint_find(child, constraint->name);

    if (!own || own->kind != CONSTRAINT_CHECK)
        ddl_fail(ddl, "42804", at, "child table is missing constraint \"%s\"", constraint->name);
    if (own->no_inherit)
        ddl_fail(ddl, "42P17", at,
                 "constraint \"%s\" conflicts with non-inherited constraint on child table \"%s\"",
                 own->name, child->name);
    if (constraint->validated && !own->validated)
        ddl_fail(ddl, "42P17", at,
                 "constraint \"%s\" conflicts with NOT VALID constraint on child table \"%s\"",
                 own->name, child->name);
}

/* A child generates what its parent generates, in the same way. */
static void check_generated(struct ddl *ddl, const struct relation *child,
                            const struct relation *parent, const struct attribute *column, span at)
{
    const struct attribute *own = attribute_find(child, column->name);

    if (!column->generated)
        return;
    if (!own->generated)
        ddl_fail(ddl, "42804", at, "column \"%s\" in child table must be a generated column",
                 column->name);
    if (column->default_expr && own->default_expr &&
        !expr_equal(expression_translated(ddl, parent, child, column->default_expr),
                    own->default_expr))
        ddl_fail(ddl, "42804", at,
                 "column \"%s\" in child table has a conflicting generation expression",
                 column->name);
}

static void check_column(struct ddl *ddl, const struct relation *child,
                         const struct relation *parent, const struct attribute *column, span at)
{
    const struct attribute *own = attribute_find(child, column->name);

    if (!own)
        ddl_fail(ddl, "42804", at, "child table is missing column \"%s\"", column->name);
    if (!attribute_types_equal(own, column))
        ddl_fail(ddl, "42804", at, "child table \"%s\" has different type for column \"%s\"",
                 child->name, column->name);
    if (own->collation != column->collation)
        ddl_fail(ddl, "42P21", at, "child table \"%s\" has different collation for column \"%s\"",
                 child->name, column->name);
    if (column->not_null && !own->not_null)
        ddl_fail(ddl, "42804", at, "column \"%s\" in child table must be marked NOT NULL",
                 column->name);
    check_generated(ddl, child, parent, column, at);
}

void inherit_check_no_extra(struct ddl *ddl, const struct relation *child,
                            const struct relation *parent, span at)
{
    for (size_t i = 0; i < child->attributes.n; i++) {
        const struct attribute *column = &child->attributes.items[i];
        if (!column->is_dropped && !attribute_find(parent, column->name))
            ddl_fail(ddl, "42804", at,
                     "table \"%s\" contains column \"%s\" not found in parent \"%s\"", child->name,
                     column->name, parent->name);
    }
}

void inherit_check_child(struct ddl *ddl, const struct relation *child,
                         const struct relation *parent, span at)
{
    for (size_t i = 0; i < child->parents.n; i++)
        if (child->parents.items[i] == parent->oid)
            ddl_fail(ddl, "42P07", at, "relation \"%s\" would be inherited from more than once",
                     parent->name);
    for (size_t i = 0; i < parent->attributes.n; i++)
        if (!parent->attributes.items[i].is_dropped)
            check_column(ddl, child, parent, &parent->attributes.items[i], at);
    for (size_t i = 0; i < parent->constraints.n; i++) {
        const struct constraint *constraint = parent->constraints.items[i];
        if (constraint->kind == CONSTRAINT_CHECK && !constraint->no_inherit)
            check_constraint(ddl, child, constraint, at);
    }
}
