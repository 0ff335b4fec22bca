/* ALTER INDEX: attached to the index of a partitioned table, options, tablespace, statistics. */
#include <string.h>

#include "ddl/alter.h"
#include "ddl/reloption.h"

/* --- ATTACH PARTITION ------------------------------------------------------------------------- */

/* Once every partition has one that is complete itself, the index is complete, and then perhaps
 * the one that it is attached to (validatePartitionedIndex). */
static void complete(struct ddl *ddl, const struct relation *relation, struct index *index)
{
    size_t at = 0;

    for (struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));) {
        const struct index *own = index_attached(child, index);
        if (!own || own->is_only)
            return;
    }
    index->is_only = false;
    for (size_t i = 0; i < relation->parents.n && index->parent; i++) {
        const struct relation *parent =
            catalog_get_relation(ddl->catalog, relation->parents.items[i]);
        for (size_t k = 0; parent && k < parent->indexes.n; k++)
            if (parent->indexes.items[k] == index->parent && index->parent->is_only)
                complete(ddl, parent, parent->indexes.items[k]);
    }
}

static bool is_partition_of(const struct relation *child, const struct relation *parent)
{
    return child->parents.n == 1 && child->parents.items[0] == parent->oid;
}

static void attach(struct ddl *ddl, const struct index_place *parent,
                   const PgQuery__RangeVar *range_var)
{
    struct qualified_name name = name_from_range_var(range_var);
    const struct index_place *place = index_find(ddl, name.schema, name.name);
    const struct relation *table = catalog_get_relation(ddl->catalog, parent->relid);
    span at = range_var_span(ddl, range_var);
    struct relation *child;

    if (!place)
        ddl_fail(ddl, "42P17", at, "\"%s\" is not an index", relation_named(ddl, name, at)->name);
    child = catalog_edit_relation(ddl->catalog, place->relid);
    if (place->index->parent == parent->index)
        return;
    if (place->index->parent || !is_partition_of(child, table))
        ddl_fail(ddl, "55000", at, "cannot attach index \"%s\" as a partition of index \"%s\"",
                 place->index->name, parent->index->name);
    if (index_attached(child, parent->index))
        ddl_fail(ddl, "55000", at, "cannot attach index \"%s\" as a partition of index \"%s\"",
                 place->index->name, parent->index->name);
    index_attach(child, place->index, table, parent->index);
    complete(ddl, table, parent->index);
}

/* --- What is set ------------------------------------------------------------------------------ */

static void set_options(struct ddl *ddl, struct index *index, const PgQuery__AlterTableCmd *command)
{
    const PgQuery__List *list = command->def->list;
    const bool is_reset = command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions;

    options_change(ddl, &index->about.options, option_owner_of_method(index->method),
                   (struct option_list){list->items, list->n_items, is_reset});
}

/* Columns are counted; only an expression has statistics of its own. */
static void set_statistics(struct ddl *ddl, struct index *index,
                           const PgQuery__AlterTableCmd *command)
{
    const int number = command->num;

    const span at = ddl_span(ddl, -1);

    if (command->name && *command->name)
        return; /* by name: of the index as of a table */
    if (number < 1)
        ddl_fail(ddl, "22023", at, "column number must be in range from 1 to 32767");
    if ((size_t)number > index->n_columns + index->n_included)
        ddl_fail(ddl, "42703", at, "column number %d of relation \"%s\" does not exist", number,
                 index->name);
    if ((size_t)number > index->n_columns)
        ddl_fail(ddl, "0A000", at, "cannot alter statistics on included column %d of index \"%s\"",
                 number, index->name);
    if (index->columns[number - 1])
        ddl_fail(ddl, "0A000", at,
                 "cannot alter statistics on non-expression column %d of index \"%s\"", number,
                 index->name);
    statistics_target_set(ddl, command->def->integer->ival,
                          &index->keys[number - 1].has_statistics_target,
                          &index->keys[number - 1].statistics_target);
}

static void run(struct ddl *ddl, const struct index_place *place,
                const PgQuery__AlterTableCmd *command)
{
    switch (command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
        attach(ddl, place, command->def->partition_cmd->name);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
        set_options(ddl, place->index, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
        place->index->tablespace = index_tablespace(command->name);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
        set_statistics(ddl, place->index, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
        ddl_fail(ddl, "42809", ddl_span(ddl, -1),
                 "this ALTER action cannot be performed on index \"%s\"", place->index->name);
    default:
        break;
    }
}

void alter_index(struct ddl *ddl, const PgQuery__AlterTableStmt *statement,
                 const struct index_place *place)
{
    for (size_t i = 0; i < statement->n_cmds; i++)
        run(ddl, place, statement->cmds[i]->alter_table_cmd);
}
