/* One function for each statement of the list makes its query. */
#include "migrate/outside.h"

#include <string.h>

#include "catalog/catalog.h"
#include "sql/raw.h"
#include "support/buf.h"

static const char *quoted(struct arena *arena, const char *name)
{
    return catalog_quote_identifier(arena, name);
}

/* 'schema.name' */
static const char *name_literal(struct arena *arena, const char *schema, const char *name)
{
    const char *text = quoted(arena, name);

    schema = schema ? raw_optional(schema) : NULL;
    return catalog_quote_literal(
        arena, schema ? arena_printf(arena, "%s.%s", quoted(arena, schema), text) : text);
}

/* ALTER TABLE … DETACH PARTITION … CONCURRENTLY, or FINALIZE. */
static const PgQuery__PartitionCmd *detached(const PgQuery__Node *tree, bool *is_finalized)
{
    const PgQuery__AlterTableCmd *command;

    if (!NODE_IS(tree, ALTER_TABLE_STMT) || tree->alter_table_stmt->n_cmds != 1)
        return NULL;
    command = tree->alter_table_stmt->cmds[0]->alter_table_cmd;
    *is_finalized = command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize;
    if (!*is_finalized && command->subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition)
        return NULL;
    return *is_finalized || command->def->partition_cmd->concurrent ? command->def->partition_cmd
                                                                    : NULL;
}

static const char *dropped_index(struct arena *arena, const PgQuery__Node *tree)
{
    const PgQuery__DropStmt *drop = NODE_IS(tree, DROP_STMT) ? tree->drop_stmt : NULL;
    struct node_list names;

    if (!drop || !drop->concurrent || drop->n_objects != 1 || !NODE_IS(drop->objects[0], LIST))
        return NULL;
    names = NODES(drop->objects[0]->list, items);
    return name_literal(arena, names.n > 1 ? raw_name(names, names.n - 2) : NULL,
                        raw_last_name(names));
}

static const char *added_label(struct arena *arena, const PgQuery__Node *tree)
{
    const PgQuery__AlterEnumStmt *alter =
        NODE_IS(tree, ALTER_ENUM_STMT) ? tree->alter_enum_stmt : NULL;
    struct node_list names;

    if (!alter || raw_optional(alter->old_val))
        return NULL;
    names = NODES(alter, type_name);
    return arena_printf(
        arena,
        "SELECT EXISTS (SELECT FROM pg_enum WHERE enumtypid = to_regtype(%s) AND enumlabel = %s)",
        name_literal(arena, names.n > 1 ? raw_name(names, names.n - 2) : NULL,
                     raw_last_name(names)),
        catalog_quote_literal(arena, alter->new_val));
}

/* The bytes of a part of the statement: from the first to the last of its tokens. */
static const char *text_from(struct arena *arena, const struct statement *statement,
                             const PgQuery__Node *part)
{
    const int from = raw_location(part), end = statement->location + statement->len;

    return arena_strndup(arena, statement->sql->text + from, (size_t)(end - from));
}

static const char *batch_query(struct arena *arena, const struct statement *statement)
{
    const PgQuery__Node *tree = statement->tree, *where;
    const PgQuery__RangeVar *table;

    if (NODE_IS(tree, UPDATE_STMT)) {
        table = tree->update_stmt->relation;
        where = tree->update_stmt->where_clause;
    } else {
        table = tree->delete_stmt->relation;
        where = tree->delete_stmt->where_clause;
    }
    return arena_printf(arena, "SELECT NOT EXISTS (SELECT FROM %s%s%s%s%s%s%s)",
                        raw_optional(table->schemaname) ? quoted(arena, table->schemaname) : "",
                        raw_optional(table->schemaname) ? "." : "", quoted(arena, table->relname),
                        table->alias ? " AS " : "",
                        table->alias ? quoted(arena, table->alias->aliasname) : "",
                        where ? " WHERE " : "", where ? text_from(arena, statement, where) : "");
}

static struct outside refused(const char *problem, const char *hint)
{
    return (struct outside){.problem = problem, .hint = hint};
}

static struct outside done_when(const char *query)
{
    return (struct outside){.done = query};
}

static struct outside created_index(struct arena *arena, const PgQuery__IndexStmt *index)
{
    const char *name, *schema;

    if (!raw_optional(index->idxname))
        return refused("the index has no name by which it would be found again",
                       "name it: CREATE INDEX CONCURRENTLY name ON …");
    name = name_literal(arena, index->relation->schemaname, index->idxname);
    schema = raw_optional(index->relation->schemaname);
    return (struct outside){
        .done = arena_printf(arena,
                             "SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = "
                             "to_regclass(%s) AND indisvalid)",
                             name),
        .is_concurrent = true,
        .half = arena_printf(arena,
                             "SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = "
                             "to_regclass(%s) AND NOT indisvalid)",
                             name),
        .clean_up = arena_printf(arena, "DROP INDEX CONCURRENTLY %s%s%s",
                                 schema ? quoted(arena, schema) : "", schema ? "." : "",
                                 quoted(arena, index->idxname)),
    };
}

static const char *relation_name(struct arena *arena, const PgQuery__RangeVar *relation)
{
    const char *schema = raw_optional(relation->schemaname);

    return arena_printf(arena, "%s%s%s", schema ? quoted(arena, schema) : "", schema ? "." : "",
                        quoted(arena, relation->relname));
}

/* When it is cut short between its two transactions, FINALIZE is left to do. */
static struct outside detached_partition(struct arena *arena, const PgQuery__Node *tree,
                                         const PgQuery__PartitionCmd *partition)
{
    const char *name = name_literal(arena, partition->name->schemaname, partition->name->relname);

    return (struct outside){
        .done = arena_printf(
            arena, "SELECT NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass(%s))",
            name),
        .is_concurrent = true,
        .half = arena_printf(arena,
                             "SELECT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = "
                             "to_regclass(%s) AND inhdetachpending)",
                             name),
        .clean_up = arena_printf(arena, "ALTER TABLE %s DETACH PARTITION %s FINALIZE",
                                 relation_name(arena, tree->alter_table_stmt->relation),
                                 relation_name(arena, partition->name)),
    };
}

struct outside outside_of(struct arena *arena, const struct statement *statement, bool is_batch)
{
    const PgQuery__Node *tree = statement->tree;
    const PgQuery__PartitionCmd *partition;
    const char *name;
    bool is_finalized;

    if (NODE_IS(tree, INDEX_STMT) && tree->index_stmt->concurrent)
        return created_index(arena, tree->index_stmt);
    if ((name = dropped_index(arena, tree)) != NULL)
        return (struct outside){.done = arena_printf(arena, "SELECT to_regclass(%s) IS NULL", name),
                                .is_concurrent = true};
    if ((partition = detached(tree, &is_finalized)) != NULL)
        return detached_partition(arena, tree, partition);
    if ((name = added_label(arena, tree)) != NULL)
        return done_when(name);
    if (NODE_IS(tree, UPDATE_STMT) || NODE_IS(tree, DELETE_STMT)) {
        if (!is_batch)
            return refused("all rows at once belong into a transaction",
                           "write \"-- tenon: batch 5000\" above it, or move it to another file");
        return (struct outside){.done = batch_query(arena, statement), .is_batch = true};
    }
    return refused(
        "this statement is none of those that may run outside of transactions",
        "these may: CREATE INDEX CONCURRENTLY, DROP INDEX CONCURRENTLY of one index, DETACH "
        "PARTITION CONCURRENTLY, ALTER TYPE ADD VALUE, UPDATE and DELETE below \"-- tenon: "
        "batch N\"; all else belongs into another file");
}

const char *outside_reason(const struct statement *statement)
{
    const PgQuery__Node *tree = statement->tree;
    bool is_finalized;

    if (NODE_IS(tree, INDEX_STMT) && tree->index_stmt->concurrent)
        return "CREATE INDEX CONCURRENTLY";
    if (NODE_IS(tree, DROP_STMT) && tree->drop_stmt->concurrent)
        return "DROP INDEX CONCURRENTLY";
    if (detached(tree, &is_finalized) && !is_finalized)
        return "DETACH PARTITION CONCURRENTLY";
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
        return tree->vacuum_stmt->is_vacuumcmd ? "VACUUM" : NULL;
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
