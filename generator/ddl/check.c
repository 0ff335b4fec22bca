/* The columns that a raw expression names, for when it cannot be analysed. */
#include <string.h>

#include "catalog/nearest.h"
#include "ddl/table.h"
#include "sql/tree.h"

struct column_search {
    struct ddl *ddl;
    const struct relation *relation;
    bool quiet;
    VEC(int16_t) found;
};

static void add(struct column_search *search, int16_t number)
{
    for (size_t i = 0; i < search->found.n; i++)
        if (search->found.items[i] == number)
            return;
    vec_push(search->ddl->arena, &search->found, number);
}

const char *referenced_column(const struct relation *relation, const PgQuery__ColumnRef *reference)
{
    const char *last = raw_string(reference->fields[reference->n_fields - 1]);
    const char *table = reference->n_fields > 1
                            ? raw_string(reference->fields[reference->n_fields - 2])
                            : relation->name;

    return last && table && strcmp(table, relation->name) == 0 ? last : NULL;
}

static void visit_reference(struct column_search *search, const PgQuery__ColumnRef *reference)
{
    const char *name = referenced_column(search->relation, reference);
    const struct attribute *attribute = name ? attribute_find(search->relation, name) : NULL;

    if (attribute)
        add(search, attribute->number);
    else if (name && !search->quiet && !is_system_column(name) &&
             strcmp(name, search->relation->name) != 0)
        ddl_fail_hint(search->ddl, "42703", sql_dotted_span(search->ddl->sql, reference->location),
                      nearest_column(search->ddl->arena, search->relation, name),
                      "column \"%s\" does not exist", name);
}

static bool visit(void *context, const ProtobufCMessage *message)
{
    if (message->descriptor == &pg_query__sub_link__descriptor)
        return false;
    if (message->descriptor == &pg_query__column_ref__descriptor)
        visit_reference(context, (const PgQuery__ColumnRef *)(const void *)message);
    return true;
}

int16_t *expression_columns(struct ddl *ddl, const struct relation *relation,
                            const PgQuery__Node *expression, bool quiet, size_t *n)
{
    struct column_search search = {.ddl = ddl, .relation = relation, .quiet = quiet};

    tree_walk((const ProtobufCMessage *)(const void *)expression, visit, &search);
    *n = search.found.n;
    return search.found.items;
}
