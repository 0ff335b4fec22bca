/* The raw expressions that are kept of a table (CHECKs, index definitions, partition keys) speak of
 * a renamed column by its new name, as those of the server, which know columns by number, do.
 */
#include <string.h>

#include "ddl/table.h"
#include "sql/tree.h"

struct column_rename {
    const char *name, *new_name;
    bool found;
    bool writes; /* into what is walked: a copy */
};

static bool visit_renamed(void *context, const ProtobufCMessage *message)
{
    struct column_rename *rename = context;
    const PgQuery__ColumnRef *reference = (const PgQuery__ColumnRef *)(const void *)message;
    PgQuery__Node *last;

    if (message->descriptor == &pg_query__sub_link__descriptor)
        return false;
    if (message->descriptor != &pg_query__column_ref__descriptor)
        return true;
    last = reference->fields[reference->n_fields - 1];
    if (!raw_string(last) || strcmp(raw_string(last), rename->name) != 0)
        return true;
    rename->found = true;
    if (rename->writes)
        last->string->sval = (char *)rename->new_name;
    return true;
}

static const PgQuery__Node *renamed(struct ddl *ddl, const PgQuery__Node *expression,
                                    const char *name, const char *new_name)
{
    struct column_rename rename = {.name = name, .new_name = new_name};
    PgQuery__Node *copy;

    tree_walk((const ProtobufCMessage *)(const void *)expression, visit_renamed, &rename);
    if (!rename.found)
        return expression;
    /* Other tables may have it, too: LIKE shares trees. */
    copy = tree_copy(ddl->arena, expression);
    rename.writes = true;
    tree_walk((const ProtobufCMessage *)(const void *)copy, visit_renamed, &rename);
    return copy;
}

static const void **renamed_list(struct ddl *ddl, const void *const *expressions,
                                 const int16_t *columns, size_t n_columns, const char *name,
                                 const char *new_name)
{
    const void **list = arena_array(ddl->arena, const void *, n_columns);
    size_t n = 0;

    for (size_t i = 0; i < n_columns; i++)
        if (columns[i] == 0) {
            list[n] = renamed(ddl, expressions[n], name, new_name);
            n++;
        }
    return list;
}

void expressions_rename_column(struct ddl *ddl, struct relation *relation, const char *name,
                               const char *new_name)
{
    struct partition_key *key = &relation->partition_key;

    for (size_t i = 0; i < relation->constraints.n; i++) {
        struct constraint *constraint = relation->constraints.items[i];
        if (constraint->check)
            constraint->check = renamed(ddl, constraint->check, name, new_name);
    }
    for (size_t i = 0; i < relation->indexes.n; i++) {
        struct index *index = relation->indexes.items[i];
        if (index->predicate)
            index->predicate = renamed(ddl, index->predicate, name, new_name);
        if (index->expressions)
            index->expressions = renamed_list(ddl, index->expressions, index->columns,
                                              index->n_columns, name, new_name);
    }
    if (key->expressions)
        key->expressions =
            renamed_list(ddl, key->expressions, key->columns, key->n_columns, name, new_name);
}
