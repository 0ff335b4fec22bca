/* One row for each kind of statement that is always refused, and a function for each whose options
 * decide.
 */
#include "sql/alone.h"

#include <strings.h>

static bool is_on(const PgQuery__DefElem *option)
{
    const char *word = raw_string(option->arg);

    if (word)
        return strcasecmp(word, "false") != 0 && strcasecmp(word, "off") != 0;
    if (NODE_IS(option->arg, BOOLEAN))
        return option->arg->boolean->boolval;
    return !NODE_IS(option->arg, INTEGER) || option->arg->integer->ival != 0;
}

bool raw_option_is_on(struct node_list options, const char *name, bool otherwise)
{
    bool result = otherwise;

    for (size_t i = 0; i < options.n; i++)
        if (NODE_IS(options.items[i], DEF_ELEM) &&
            strcmp(options.items[i]->def_elem->defname, name) == 0)
            result = is_on(options.items[i]->def_elem);
    return result;
}

bool raw_reindex_is_concurrent(const PgQuery__ReindexStmt *statement)
{
    return raw_option_is_on(NODES(statement, params), "concurrently", false);
}

static const char *reindex(const PgQuery__ReindexStmt *statement, bool is_partitioned)
{
    if (raw_reindex_is_concurrent(statement))
        return "REINDEX CONCURRENTLY";
    switch (statement->kind) {
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA:
        return "REINDEX SCHEMA";
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SYSTEM:
        return "REINDEX SYSTEM";
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_DATABASE:
        return "REINDEX DATABASE";
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX:
        return is_partitioned ? "REINDEX INDEX of a partitioned table" : NULL;
    default:
        return is_partitioned ? "REINDEX TABLE of a partitioned table" : NULL;
    }
}

static const char *cluster(const PgQuery__ClusterStmt *statement, bool is_partitioned)
{
    if (!statement->relation)
        return "CLUSTER of all tables";
    return is_partitioned ? "CLUSTER of a partitioned table" : NULL;
}

static const char *detach(const PgQuery__AlterTableStmt *statement)
{
    for (size_t i = 0; i < statement->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = statement->cmds[i]->alter_table_cmd;
        if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition &&
            command->def->partition_cmd->concurrent)
            return "DETACH PARTITION CONCURRENTLY";
    }
    return NULL;
}

/* Without a connection no slot is made. */
static const char *create_subscription(const PgQuery__CreateSubscriptionStmt *statement)
{
    const struct node_list options = NODES(statement, options);
    const bool connects = raw_option_is_on(options, "connect", true);

    return raw_option_is_on(options, "create_slot", connects)
               ? "CREATE SUBSCRIPTION that creates a slot"
               : NULL;
}

static const char *alter_subscription(const PgQuery__AlterSubscriptionStmt *statement)
{
    switch (statement->kind) {
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_REFRESH:
        return "ALTER SUBSCRIPTION REFRESH";
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_SET_PUBLICATION:
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_ADD_PUBLICATION:
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_DROP_PUBLICATION:
        return raw_option_is_on(NODES(statement, options), "refresh", true)
                   ? "ALTER SUBSCRIPTION that refreshes"
                   : NULL;
    default:
        return NULL;
    }
}

static const char *alter_database(const PgQuery__AlterDatabaseStmt *statement)
{
    for (size_t i = 0; i < statement->n_options; i++)
        if (NODE_IS(statement->options[i], DEF_ELEM) &&
            strcmp(statement->options[i]->def_elem->defname, "tablespace") == 0)
            return "ALTER DATABASE SET TABLESPACE";
    return NULL;
}

const char *raw_alone(const PgQuery__Node *tree, bool is_partitioned)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        return tree->index_stmt->concurrent ? "CREATE INDEX CONCURRENTLY" : NULL;
    case PG_QUERY__NODE__NODE_DROP_STMT:
        return tree->drop_stmt->concurrent ? "DROP INDEX CONCURRENTLY" : NULL;
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        return detach(tree->alter_table_stmt);
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
        return reindex(tree->reindex_stmt, is_partitioned);
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
        return cluster(tree->cluster_stmt, is_partitioned);
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
        return tree->vacuum_stmt->is_vacuumcmd ? "VACUUM" : NULL;
    case PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT:
        return create_subscription(tree->create_subscription_stmt);
    case PG_QUERY__NODE__NODE_ALTER_SUBSCRIPTION_STMT:
        return alter_subscription(tree->alter_subscription_stmt);
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT:
        return alter_database(tree->alter_database_stmt);
    case PG_QUERY__NODE__NODE_DISCARD_STMT:
        return tree->discard_stmt->target == PG_QUERY__DISCARD_MODE__DISCARD_ALL ? "DISCARD ALL"
                                                                                 : NULL;
    case PG_QUERY__NODE__NODE_CREATEDB_STMT:
        return "CREATE DATABASE";
    case PG_QUERY__NODE__NODE_DROPDB_STMT:
        return "DROP DATABASE";
    case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT:
        return "CREATE TABLESPACE";
    case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT:
        return "DROP TABLESPACE";
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
        return "ALTER SYSTEM";
    default:
        return NULL;
    }
}
