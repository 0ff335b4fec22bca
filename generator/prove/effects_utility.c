/* What the parse tree of a utility statement tells: which of them commit by themselves, and which
 * leave something in the session.
 */
#include "prove/effects_internal.h"

#include <string.h>

#include "sql/raw.h"

/* --- Committing ------------------------------------------------------------------------------- */

static bool detaches_concurrently(const PgQuery__AlterTableStmt *stmt)
{
    for (size_t i = 0; i < stmt->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = stmt->cmds[i]->alter_table_cmd;

        if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition && command->def &&
            command->def->node_case == PG_QUERY__NODE__NODE_PARTITION_CMD &&
            command->def->partition_cmd->concurrent)
            return true;
    }
    return false;
}

/* Procedures and blocks may COMMIT. The others are those that cannot run inside of a transaction
 * block: they make several transactions, or do what none undoes. */
bool effects_may_commit(const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_CALL_STMT:
    case PG_QUERY__NODE__NODE_DO_STMT:
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
    case PG_QUERY__NODE__NODE_CREATEDB_STMT:
    case PG_QUERY__NODE__NODE_DROPDB_STMT:
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT:
    case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT:
    case PG_QUERY__NODE__NODE_ALTER_SUBSCRIPTION_STMT:
    case PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT:
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
        return true;
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
        return tree->vacuum_stmt->is_vacuumcmd;
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        return tree->index_stmt->concurrent;
    case PG_QUERY__NODE__NODE_DROP_STMT:
        return tree->drop_stmt->concurrent;
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        return detaches_concurrently(tree->alter_table_stmt);
    default:
        return false;
    }
}

/* --- The session ------------------------------------------------------------------------------ */

static bool is_temporary(const PgQuery__RangeVar *name)
{
    const char *schema = name ? raw_optional(name->schemaname) : NULL;

    return name &&
           (strcmp(name->relpersistence, "t") == 0 || (schema && strcmp(schema, "pg_temp") == 0));
}

/* SET LOCAL and SET TRANSACTION are gone with the transaction. */
static bool sets_session(const PgQuery__VariableSetStmt *stmt)
{
    bool is_transaction = strncmp(stmt->name, "TRANSACTION", strlen("TRANSACTION")) == 0;

    return !stmt->is_local &&
           !(stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_MULTI && is_transaction);
}

/* Of a UNION the first SELECT has the INTO. */
static const PgQuery__RangeVar *select_into(const PgQuery__SelectStmt *stmt)
{
    while (stmt->larg)
        stmt = stmt->larg;
    return stmt->into_clause ? stmt->into_clause->rel : NULL;
}

static bool is_function_temporary(const PgQuery__CreateFunctionStmt *stmt)
{
    return stmt->n_funcname > 1 && strcmp(raw_string(stmt->funcname[0]), "pg_temp") == 0;
}

static bool makes_temporary(const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
        return is_temporary(tree->create_stmt->relation);
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
        return is_temporary(tree->create_table_as_stmt->into->rel);
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        return is_temporary(select_into(tree->select_stmt));
    case PG_QUERY__NODE__NODE_VIEW_STMT:
        return is_temporary(tree->view_stmt->view);
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
        return is_temporary(tree->create_seq_stmt->sequence);
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
        return is_function_temporary(tree->create_function_stmt);
    default:
        return false;
    }
}

bool effects_changes_session(const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
        return sets_session(tree->variable_set_stmt);
    case PG_QUERY__NODE__NODE_DISCARD_STMT:
    case PG_QUERY__NODE__NODE_LISTEN_STMT:
    case PG_QUERY__NODE__NODE_UNLISTEN_STMT:
    case PG_QUERY__NODE__NODE_LOAD_STMT:
    case PG_QUERY__NODE__NODE_PREPARE_STMT:
    case PG_QUERY__NODE__NODE_DEALLOCATE_STMT:
    case PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT:
    case PG_QUERY__NODE__NODE_CLOSE_PORTAL_STMT:
    case PG_QUERY__NODE__NODE_EXECUTE_STMT: /* of whatever it may be */
    case PG_QUERY__NODE__NODE_DO_STMT:
        return true;
    case PG_QUERY__NODE__NODE_COPY_STMT: /* its query is not analysed */
        return tree->copy_stmt->query != NULL;
    case PG_QUERY__NODE__NODE_EXPLAIN_STMT:
        return effects_changes_session(tree->explain_stmt->query);
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
        return makes_temporary(tree) || effects_changes_session(tree->create_table_as_stmt->query);
    default:
        return makes_temporary(tree);
    }
}
