/* ALTER TABLE: INHERIT, NO INHERIT, ATTACH PARTITION, DETACH PARTITION. */
#include <string.h>

#include "ddl/alter.h"

static struct relation *editable_relation(const struct alteration *alter,
                                          const PgQuery__RangeVar *name)
{
    return relation_edit(alter->ddl, relation_get(alter->ddl, name),
                         range_var_span(alter->ddl, name));
}

void alter_inherit(struct alteration *alter)
{
    const PgQuery__RangeVar *name = alter->command->def->range_var;
    struct relation *parent = editable_relation(alter, name);

    inherit_check_child(alter->ddl, alter->relation, parent, range_var_span(alter->ddl, name));
    inherit_attach(alter->ddl, alter->relation, parent);
}

/* Columns that no other parent has are the child's own now. */
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
    for (size_t i = 0; i < child->constraints.n; i++)
        child->constraints.items[i]->is_local |=
            child->parents.n == 1 &&
            constraint_is_inherited(ddl, child, child->constraints.items[i]);
    inheritance_remove(ddl, child, parent->oid);
    for (size_t i = 0; child->parents.n == 0 && i < child->attributes.n; i++)
        child->attributes.items[i].is_local = true;
}

void alter_no_inherit(struct alteration *alter)
{
    const PgQuery__RangeVar *name = alter->command->def->range_var;

    leave(alter->ddl, alter->relation, editable_relation(alter, name),
          range_var_span(alter->ddl, name));
}

void alter_attach_partition(struct alteration *alter)
{
    struct ddl *ddl = alter->ddl;
    const PgQuery__RangeVar *name = alter->command->def->partition_cmd->name;
    span at = range_var_span(ddl, name);
    struct relation *child;

    if (alter->relation->relkind != 'p')
        ddl_fail_exists(ddl, "42P17", range_var_span(ddl, alter->statement->relation),
                        alter->relation->name, alter->relation->defined_at,
                        "table \"%s\" is not partitioned", alter->relation->name);
    if (alter->command->def->partition_cmd->bound)
        partition_bound_check(ddl, alter->relation, alter->command->def->partition_cmd->bound);
    child = editable_relation(alter, name);
    if (child->parents.n > 0)
        ddl_fail(ddl, "42809", at, "\"%s\" is already a partition", child->name);
    inherit_check_child(ddl, child, alter->relation, at);
    inherit_attach(ddl, child, alter->relation);
    for (size_t i = 0; i < child->attributes.n; i++)
        child->attributes.items[i].is_local = false;
}

void alter_attach_index(struct ddl *ddl, const PgQuery__AlterTableStmt *statement)
{
    for (size_t i = 0; i < statement->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = statement->cmds[i]->alter_table_cmd;
        struct qualified_name name;
        const struct index_place *place;
        struct constraint *constraint;
        span at;
        if (command->subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition)
            continue;
        name = name_from_range_var(command->def->partition_cmd->name);
        place = index_find(ddl, name.schema, name.name);
        at = range_var_span(ddl, command->def->partition_cmd->name);
        if (!place)
            ddl_fail(ddl, "42P17", at, "\"%s\" is not an index",
                     relation_named(ddl, name, at)->name);
        constraint =
            index_constraint(catalog_get_relation(ddl->catalog, place->relid), place->index);
        if (constraint)
            constraint->is_local = false;
    }
}

void alter_detach_partition(struct alteration *alter)
{
    const PgQuery__RangeVar *name = alter->command->def->partition_cmd->name;

    leave(alter->ddl, editable_relation(alter, name), alter->relation,
          range_var_span(alter->ddl, name));
}
