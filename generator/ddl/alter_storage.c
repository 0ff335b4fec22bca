/* ALTER TABLE: commands about how rows are kept. They change nothing that a query could mean: what
 * they name is looked up, and what the relation or the column cannot have is refused.
 */
#include <string.h>
#include <strings.h>

#include "ddl/alter.h"
#include "ddl/depend.h"

static void check_cluster_on(const struct alteration *alter)
{
    struct ddl *ddl = alter->ddl;
    const bool sets = alter->command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn;

    if (sets)
        index_check_clusterable(ddl, alter->relation, alter->command->name, alter_place(alter));
    if (alter->relation->relkind == 'p')
        ddl_fail(ddl, "0A000", alter_place(alter),
                 "cannot mark index clustered in partitioned table");
}

/* --- REPLICA IDENTITY ------------------------------------------------------------------------- */

/* What is wrong with the index whatever its columns are; NULL: nothing. */
static const char *unfit_identity(const struct relation *relation, const struct index *index)
{
    const struct constraint *key = index_constraint(relation, index);

    if (key && key->deferrable)
        return "non-immediate";
    if (index->has_expressions)
        return "expression";
    if (index->is_partial)
        return "partial";
    return NULL;
}

static void check_not_nullable(const struct alteration *alter, const struct index *index, span at)
{
    for (size_t i = 0; i < index->n_columns; i++) {
        const struct attribute *column = &alter->relation->attributes.items[index->columns[i] - 1];
        if (!column->not_null)
            ddl_fail(alter->ddl, "42809", at,
                     "index \"%s\" cannot be used as replica identity because column \"%s\" is "
                     "nullable",
                     index->name, column->name);
    }
}

static void check_replica_identity(const struct alteration *alter)
{
    struct ddl *ddl = alter->ddl;
    const PgQuery__ReplicaIdentityStmt *identity = alter->command->def->replica_identity_stmt;
    const struct index_place *place;
    const char *unfit;
    span at;

    if (*identity->identity_type != 'i')
        return;
    at = ddl_name_span(ddl, -1, identity->name);
    place = index_find_in(ddl, alter->relation->namespace_oid, identity->name);
    if (!place)
        ddl_fail(ddl, "42704", at, "index \"%s\" for table \"%s\" does not exist", identity->name,
                 alter->relation->name);
    if (place->relid != alter->relation->oid)
        ddl_fail(ddl, "42809", at, "\"%s\" is not an index for table \"%s\"", identity->name,
                 alter->relation->name);
    if (!place->index->is_unique)
        ddl_fail(ddl, "42809", at, "cannot use non-unique index \"%s\" as replica identity",
                 identity->name);
    unfit = unfit_identity(alter->relation, place->index);
    if (unfit)
        ddl_fail(ddl, "0A000", at, "cannot use %s index \"%s\" as replica identity", unfit,
                 identity->name);
    check_not_nullable(alter, place->index, at);
}

/* --- Columns ---------------------------------------------------------------------------------- */

static bool is_word_of(const char *word, const char *const *words)
{
    while (*words && strcasecmp(*words, word) != 0)
        words++;
    return *words;
}

static const struct type *column_type(const struct alteration *alter)
{
    const struct attribute *column =
        attribute_get(alter->ddl, alter->relation, alter->command->name, alter_place(alter));

    return catalog_get_type(alter->ddl->catalog, column->type);
}

static void check_storage(const struct alteration *alter)
{
    static const char *const words[] = {"plain", "external", "extended", "main", NULL};
    const char *word = raw_string(alter->command->def);
    const struct type *type;

    if (!is_word_of(word, words))
        ddl_fail(alter->ddl, "22023", alter_place(alter), "invalid storage type \"%s\"", word);
    type = column_type(alter);
    if (type->len != -1 && strcasecmp(word, "plain") != 0)
        ddl_fail(alter->ddl, "0A000", alter_place(alter),
                 "column data type %s can only have storage PLAIN",
                 ddl_type_text(alter->ddl, type->oid));
}

void compression_check(struct ddl *ddl, const char *word, oid type_oid, span at)
{
    static const char *const words[] = {"default", "pglz", "lz4", NULL};
    const struct type *type = catalog_get_type(ddl->catalog, type_oid);

    if (strcmp(word, "default") == 0)
        return;
    if (type && type->len != -1)
        ddl_fail(ddl, "0A000", at, "column data type %s does not support compression",
                 ddl_type_text(ddl, type_oid));
    if (!is_word_of(word, words))
        ddl_fail(ddl, "22023", at, "invalid compression method \"%s\"", word);
}

static void check_compression(const struct alteration *alter)
{
    const struct type *type = column_type(alter);

    compression_check(alter->ddl, raw_string(alter->command->def), type->oid, alter_place(alter));
}

static void check_target(const struct alteration *alter)
{
    const PgQuery__Node *target = alter->command->def;

    if (NODE_IS(target, INTEGER) && target->integer->ival < -1)
        ddl_fail(alter->ddl, "22023", alter_place(alter), "statistics target %d is too low",
                 target->integer->ival);
}

static void check_statistics(const struct alteration *alter)
{
    if (!alter->command->name || !*alter->command->name)
        ddl_fail(alter->ddl, "0A000", alter_place(alter),
                 "cannot refer to non-index column by number");
    check_target(alter);
    column_type(alter);
}

static void check_reset(struct ddl *ddl, const PgQuery__AlterTableCmd *command, span at)
{
    for (size_t i = 0; NODE_IS(command->def, LIST) && i < command->def->list->n_items; i++)
        if (command->def->list->items[i]->def_elem->arg)
            ddl_fail(ddl, "42601", at, "RESET must not include values for parameters");
}

static void check_column_options(const struct alteration *alter)
{
    if (alter->command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions)
        check_reset(alter->ddl, alter->command, alter_place(alter));
    column_type(alter);
}

/* --- Whole tables ----------------------------------------------------------------------------- */

void table_method_check(struct ddl *ddl, const char *method, span at)
{
    if (catalog_method_letter(method))
        ddl_fail(ddl, "55000", at, "access method \"%s\" is not of type TABLE", method);
}

static void check_access_method(const struct alteration *alter)
{
    if (alter->relation->relkind == 'p')
        ddl_fail(alter->ddl, "42809", alter_place(alter),
                 "cannot change access method of a partitioned table");
    table_method_check(alter->ddl, alter->command->name, alter_place(alter));
}

static void check_logged(const struct alteration *alter)
{
    if (alter->relation->is_temporary)
        ddl_fail(alter->ddl, "42P16", alter_place(alter),
                 "cannot change logged status of table \"%s\" because it is temporary",
                 alter->relation->name);
}

/* Partitions have the row triggers of their table. */
static bool has_trigger(const struct alteration *alter, const struct relation *relation)
{
    if (trigger_find(relation, alter->command->name))
        return true;
    for (size_t i = 0; i < relation->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(alter->ddl->catalog, relation->parents.items[i]);
        if (parent && parent->relkind == 'p' && has_trigger(alter, parent))
            return true;
    }
    return false;
}

static void check_enable_trigger(const struct alteration *alter)
{
    if (!has_trigger(alter, alter->relation))
        ddl_fail(alter->ddl, "42704", alter_place(alter),
                 "trigger \"%s\" for table \"%s\" does not exist", alter->command->name,
                 alter->relation->name);
}

static void check_enable_rule(const struct alteration *alter)
{
    for (size_t i = 0; i < alter->relation->rules.n; i++)
        if (strcmp(alter->relation->rules.items[i]->name, alter->command->name) == 0)
            return;
    ddl_fail(alter->ddl, "42704", alter_place(alter),
             "rule \"%s\" for relation \"%s\" does not exist", alter->command->name,
             alter->relation->name);
}

/* --- Indexes ---------------------------------------------------------------------------------- */

static void check_index_column(struct ddl *ddl, const struct index *index,
                               const PgQuery__AlterTableCmd *command, span at)
{
    const int number = command->num;

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
}

void alter_index_check(struct ddl *ddl, const struct index *index,
                       const PgQuery__AlterTableCmd *command, span at)
{
    switch (command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
        if (!command->name || !*command->name)
            check_index_column(ddl, index, command, at);
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
        ddl_fail(ddl, "42809", at, "this ALTER action cannot be performed on index \"%s\"",
                 index->name);
    default:
        break;
    }
}

/* --- Commands ----------------------------------------------------------------------------------
 */

void alter_check(const struct alteration *alter)
{
    switch (alter->command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
        check_statistics(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
        check_storage(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
        check_compression(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions:
        check_column_options(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
        check_cluster_on(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
        check_reset(alter->ddl, alter->command, alter_place(alter));
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
        check_replica_identity(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
        check_access_method(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
        check_logged(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
        check_enable_trigger(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule:
        check_enable_rule(alter);
        break;
    default:
        break;
    }
}

void alter_check_tablespaces(struct ddl *ddl, const PgQuery__AlterTableStmt *statement)
{
    size_t n = 0;

    for (size_t i = 0; i < statement->n_cmds; i++)
        n += statement->cmds[i]->alter_table_cmd->subtype ==
             PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace;
    if (n > 1)
        ddl_fail(ddl, "42601", range_var_span(ddl, statement->relation),
                 "cannot have multiple SET TABLESPACE subcommands");
}
