/* ALTER TABLE: INHERIT, NO INHERIT, ATTACH PARTITION, DETACH PARTITION. */
#include <string.h>

#include "ddl/alter.h"
#include "ddl/partition.h"
#include "ddl/trigger.h"

static struct relation *editable_relation(const struct alteration *alter,
                                          const PgQuery__RangeVar *name)
{
    return relation_edit(alter->ddl, relation_get(alter->ddl, name),
                         range_var_span(alter->ddl, name));
}

static bool descends_from(struct ddl *ddl, const struct relation *relation,
                          const struct relation *ancestor)
{
    if (relation == ancestor)
        return true;
    for (size_t i = 0; i < relation->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(ddl->catalog, relation->parents.items[i]);
        if (parent && descends_from(ddl, parent, ancestor))
            return true;
    }
    return false;
}

/* A table cannot become its own descendant. */
static void check_no_circle(const struct alteration *alter, const struct relation *child,
                            const struct relation *parent, span at)
{
    if (descends_from(alter->ddl, parent, child))
        ddl_fail(alter->ddl, "42P07", at, "circular inheritance not allowed");
}

/* The parent of a partition is a matter of ATTACH and DETACH. */
static void check_no_partition(const struct alteration *alter)
{
    if (relation_is_partition(alter->ddl, alter->relation))
        ddl_fail(alter->ddl, "42809", alter_place(alter),
                 "cannot change inheritance of a partition");
}

void alter_inherit(struct alteration *alter)
{
    const PgQuery__RangeVar *name = alter->command->def->range_var;
    span at = range_var_span(alter->ddl, name);
    struct relation *parent;

    check_no_partition(alter);
    if (alter->relation->relkind == 'p')
        ddl_fail(alter->ddl, "42809", alter_place(alter),
                 "cannot change inheritance of partitioned table");
    parent = editable_relation(alter, name);
    inherit_check_persistence(alter->ddl, alter->relation, parent, at);
    inherit_check_parent(alter->ddl, parent, at);
    check_no_circle(alter, alter->relation, parent, at);
    inherit_check_child(alter->ddl, alter->relation, parent, at);
    inherit_attach(alter->ddl, alter->relation, parent);
}

static bool has_from_parent(struct ddl *ddl, const struct relation *child, const char *column)
{
    for (size_t i = 0; i < child->parents.n; i++) {
        const struct relation *parent = catalog_get_relation(ddl->catalog, child->parents.items[i]);
        if (parent && attribute_find(parent, column))
            return true;
    }
    return false;
}

/* Columns and constraints that it had from the parent that it left, and no other one has, are its
 * own now. A CHECK that a parent which stays has dropped ONLY for itself is not. */
static void make_local(struct ddl *ddl, struct relation *child, const struct relation *left)
{
    for (size_t i = 0; i < child->attributes.n; i++) {
        struct attribute *column = &child->attributes.items[i];
        if (!column->is_dropped && !has_from_parent(ddl, child, column->name))
            column->is_local = true;
    }
    for (size_t i = 0; i < child->constraints.n; i++) {
        struct constraint *constraint = child->constraints.items[i];
        const bool was_lefts =
            constraint->kind != CONSTRAINT_CHECK || constraint_find(left, constraint->name);
        constraint->is_local |= was_lefts && !constraint_is_inherited(ddl, child, constraint);
    }
}

static void leave(struct ddl *ddl, struct relation *child, const struct relation *parent, span at)
{
    bool found = false;

    for (size_t i = 0; i < child->parents.n; i++)
        found |= child->parents.items[i] == parent->oid;
    if (!found)
        ddl_fail(ddl, "42P01", at, "relation \"%s\" is not a %s of relation \"%s\"",
                 parent->relkind == 'p' ? child->name : parent->name,
                 parent->relkind == 'p' ? "partition" : "parent",
                 parent->relkind == 'p' ? parent->name : child->name);
    for (size_t i = 0; i < child->indexes.n; i++)
        child->indexes.items[i]->parent = NULL;
    triggers_detach(ddl, child);
    if (parent->relkind == 'p') {
        foreign_keys_detach(ddl, child);
        foreign_keys_leave(ddl, child);
    }
    inheritance_remove(ddl, child, parent->oid);
    make_local(ddl, child, parent);
}

void alter_no_inherit(struct alteration *alter)
{
    const PgQuery__RangeVar *name = alter->command->def->range_var;

    check_no_partition(alter);
    leave(alter->ddl, alter->relation, editable_relation(alter, name),
          range_var_span(alter->ddl, name));
}

/* What has a parent, children or a type of its own cannot be a partition. */
static void check_attachable(const struct alteration *alter, const struct relation *child, span at)
{
    struct ddl *ddl = alter->ddl;

    if (!strchr("rpf", child->relkind))
        ddl_fail(ddl, "42809", at, "this ALTER action cannot be performed on %s \"%s\"",
                 relkind_name(child->relkind), child->name);
    if (relation_is_partition(ddl, child))
        ddl_fail(ddl, "42809", at, "\"%s\" is already a partition", child->name);
    if (child->of_type)
        ddl_fail(ddl, "42809", at, "cannot attach a typed table as partition");
    if (child->parents.n > 0)
        ddl_fail(ddl, "42809", at, "cannot attach inheritance child as partition");
    if (child->relkind != 'p' && child->children.n > 0)
        ddl_fail(ddl, "42809", at, "cannot attach inheritance parent as partition");
    check_no_circle(alter, child, alter->relation, at);
    inherit_check_persistence(ddl, child, alter->relation, at);
}

static void check_partitioned(const struct alteration *alter)
{
    const struct relation *relation = alter->relation;

    if (relation->relkind != 'p')
        ddl_fail_exists(alter->ddl, "42P17", range_var_span(alter->ddl, alter->statement->relation),
                        relation->name, relation->defined_at, "table \"%s\" is not partitioned",
                        relation->name);
}

void alter_attach_partition(struct alteration *alter)
{
    struct ddl *ddl = alter->ddl;
    const PgQuery__PartitionCmd *command = alter->command->def->partition_cmd;
    const struct partition_bound *bound;
    span at = range_var_span(ddl, command->name);
    struct relation *child;

    if (!command->bound)
        ddl_fail(ddl, "42809", range_var_span(ddl, alter->statement->relation),
                 "\"%s\" is not an index", alter->relation->name);
    check_partitioned(alter);
    bound = partition_bound_read(ddl, alter->relation, command->bound);
    child = editable_relation(alter, command->name);
    check_attachable(alter, child, at);
    inherit_check_no_extra(ddl, child, alter->relation, at);
    partition_bound_check(ddl, alter->relation, child->name, bound,
                          ddl_span(ddl, command->bound->location));
    inherit_check_child(ddl, child, alter->relation, at);
    inherit_attach(ddl, child, alter->relation);
    inherit_keys(ddl, child, alter->relation);
    child->partition_bound = bound;
    triggers_inherit(ddl, child, alter->relation);
    for (size_t i = 0; i < child->attributes.n; i++)
        child->attributes.items[i].is_local = false;
}

/* The default partition would have to be looked at while others write to it. */
static void check_detaches_concurrently(const struct alteration *alter)
{
    struct ddl *ddl = alter->ddl;
    size_t at = 0;

    transaction_check_none(ddl, "ALTER TABLE ... DETACH CONCURRENTLY");
    for (struct relation *child; (child = inheritance_child(ddl, alter->relation->oid, &at));)
        if (child->partition_bound && child->partition_bound->is_default)
            ddl_fail(ddl, "55000", alter_place(alter),
                     "cannot detach partitions concurrently when a default partition exists");
}

void alter_detach_partition(struct alteration *alter)
{
    const PgQuery__RangeVar *name = alter->command->def->partition_cmd->name;
    struct relation *partition;

    check_partitioned(alter);
    /* No script holds a detachment that was interrupted. */
    if (alter->command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize)
        ddl_fail(alter->ddl, "55000", range_var_span(alter->ddl, name),
                 "cannot complete detaching partition \"%s\"", name->relname);
    if (alter->command->def->partition_cmd->concurrent)
        check_detaches_concurrently(alter);
    partition = editable_relation(alter, name);
    leave(alter->ddl, partition, alter->relation, range_var_span(alter->ddl, name));
    partition->partition_bound = NULL;
}
