/* Known is only what a few kinds of statements do: they change relations that they name and read no
 * rows of others. Schemas are left out of the names, as the search path decides about them.
 */
#include "migrate/footprint.h"

#include <stdlib.h>
#include <string.h>

#include "sql/raw.h"
#include "sql/tree.h"

struct names {
    struct arena *arena;
    VEC(const char *) items;
    bool is_known;
};

static bool is_pure(const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
        return true;
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        return tree->alter_table_stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        return raw_optional(tree->index_stmt->idxname) != NULL;
    default:
        return false;
    }
}

static bool takes_names(void *context, const ProtobufCMessage *message)
{
    struct names *names = context;

    if (message->descriptor == &pg_query__range_var__descriptor)
        vec_push(names->arena, &names->items, ((const PgQuery__RangeVar *)message)->relname);
    if (message->descriptor == &pg_query__index_stmt__descriptor)
        vec_push(names->arena, &names->items, ((const PgQuery__IndexStmt *)message)->idxname);
    return true;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Each name once. */
static void sort(struct names *names)
{
    size_t n = 0;

    if (names->items.n)
        qsort(names->items.items, names->items.n, sizeof *names->items.items, compare);
    for (size_t i = 0; i < names->items.n; i++)
        if (n == 0 || strcmp(names->items.items[n - 1], names->items.items[i]) != 0)
            names->items.items[n++] = names->items.items[i];
    names->items.n = n;
}

struct footprint footprint_of(struct arena *arena, const struct migration *migration)
{
    struct names names = {.arena = arena, .is_known = true};

    for (size_t i = 0; i < migration->moves.n; i++) {
        const PgQuery__Node *tree = migration->moves.items[i].statement.tree;
        names.is_known = names.is_known && is_pure(tree);
        tree_walk(&tree->base, takes_names, &names);
    }
    sort(&names);
    return (struct footprint){names.is_known, names.items.items, names.items.n};
}
