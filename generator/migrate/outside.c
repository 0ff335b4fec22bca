/* One function for each statement of the list makes its query. */
#include "migrate/outside.h"

#include <string.h>

#include "catalog/catalog.h"
#include "sql/raw.h"
#include "sql/tree.h"

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

/* --- Batches ---------------------------------------------------------------------------------- */

/* What the rows of an UPDATE or DELETE are found by. */
struct rows {
    PgQuery__RangeVar *table;
    struct node_list others; /* FROM, USING */
    PgQuery__Node *where;
    PgQuery__WithClause *with;
};

static struct rows rows_of(const PgQuery__Node *tree)
{
    if (NODE_IS(tree, UPDATE_STMT))
        return (struct rows){tree->update_stmt->relation, NODES(tree->update_stmt, from_clause),
                             tree->update_stmt->where_clause, tree->update_stmt->with_clause};
    return (struct rows){tree->delete_stmt->relation, NODES(tree->delete_stmt, using_clause),
                         tree->delete_stmt->where_clause, tree->delete_stmt->with_clause};
}

/* SELECT FROM …: the same rows, without a column. */
static const char *select_rows(struct arena *arena, const struct rows *rows)
{
    const size_t n = rows->others.n + 1;
    PgQuery__SelectStmt select = PG_QUERY__SELECT_STMT__INIT;
    PgQuery__Node node = PG_QUERY__NODE__INIT, table = PG_QUERY__NODE__INIT;
    PgQuery__Node **from = arena_alloc(arena, n * sizeof *from);

    table.node_case = PG_QUERY__NODE__NODE_RANGE_VAR;
    table.range_var = rows->table;
    from[0] = &table;
    for (size_t i = 1; i < n; i++)
        from[i] = rows->others.items[i - 1];
    select.from_clause = from;
    select.n_from_clause = n;
    select.where_clause = rows->where;
    select.with_clause = rows->with;
    select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
    select.op = PG_QUERY__SET_OPERATION__SETOP_NONE;
    node.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
    node.select_stmt = &select;
    return tree_text(arena, &node);
}

static bool finds_change(void *context, const ProtobufCMessage *message)
{
    bool *found = context;

    *found |= message->descriptor == &pg_query__insert_stmt__descriptor ||
              message->descriptor == &pg_query__update_stmt__descriptor ||
              message->descriptor == &pg_query__delete_stmt__descriptor ||
              message->descriptor == &pg_query__current_of_expr__descriptor;
    return !*found;
}

/* Whether the rows can be asked for by a query that changes nothing. */
static bool can_be_asked(const struct rows *rows)
{
    bool changes = false;

    if (rows->with)
        tree_walk(&rows->with->base, finds_change, &changes);
    if (rows->where)
        tree_walk(&rows->where->base, finds_change, &changes);
    return !changes;
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

static struct outside batched(struct arena *arena, const PgQuery__Node *tree)
{
    const struct rows rows = rows_of(tree);
    const char *query = can_be_asked(&rows) ? select_rows(arena, &rows) : NULL;

    if (!query)
        return refused("no query asks for the rows that are left to do",
                       "find them by WHERE alone, without changes in WITH and without a cursor");
    return (struct outside){.done = arena_printf(arena, "SELECT NOT EXISTS (%s)", query),
                            .is_batch = true};
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
        return batched(arena, tree);
    }
    return refused(
        "this statement is none of those that may run outside of transactions",
        "these may: CREATE INDEX CONCURRENTLY, DROP INDEX CONCURRENTLY of one index, DETACH "
        "PARTITION CONCURRENTLY, ALTER TYPE ADD VALUE, UPDATE and DELETE below \"-- tenon: "
        "batch N\"; all else belongs into another file");
}
