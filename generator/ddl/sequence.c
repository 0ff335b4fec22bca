/* Sequences: relations of three columns. A sequence that a column owns has the table's OID in
 * `parents` and the column's place as its own; it is dropped with them.
 */
#include "ddl/statements.h"

#include <string.h>

static struct relation *add_sequence(struct ddl *ddl, oid namespace_oid, const char *name,
                                     bool is_temporary, span at)
{
    static const char *const columns[][2] = {
        {"last_value", "int8"}, {"log_cnt", "int8"}, {"is_called", "bool"}};
    struct relation sequence = {
        .namespace_oid = namespace_oid, .name = name, .relkind = 'S', .is_temporary = is_temporary};

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const struct type *type = catalog_find_type(ddl->catalog, "pg_catalog", columns[i][1]);
        relation_add_attribute(ddl, &sequence,
                               (struct attribute){.name = columns[i][0],
                                                  .type = type->oid,
                                                  .typmod = -1,
                                                  .not_null = true,
                                                  .is_local = true,
                                                  .defined_at = at});
    }
    return relation_create(ddl, &sequence, at);
}

void sequence_create_owned(struct ddl *ddl, const char *table, oid namespace_oid, oid owner,
                           const struct attribute *column, bool is_temporary, const char *name)
{
    struct relation *sequence;

    if (!name)
        name = choose_relation_name(ddl, table, column->name, "seq", namespace_oid, false);
    else if (relation_find_in(ddl, namespace_oid, name))
        return;
    sequence = add_sequence(ddl, namespace_oid, name, is_temporary, column->defined_at);
    vec_push(ddl->arena, &sequence->parents, owner);
}

const struct relation *owned_sequence_find(struct ddl *ddl, const struct relation *owner,
                                           int16_t column)
{
    span at = owner->attributes.items[column - 1].defined_at;
    size_t n;
    struct relation *const *relations = catalog_relations(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0;
             relations[i] && relations[i]->relkind == 'S' && k < relations[i]->parents.n; k++)
            if (relations[i]->parents.items[k] == owner->oid &&
                spans_start_together(relations[i]->defined_at, at))
                return relations[i];
    return NULL;
}

/* OWNED BY table.column or NONE. */
static void set_owner(struct ddl *ddl, struct relation *sequence, PgQuery__Node **options, size_t n)
{
    const PgQuery__DefElem *owned = definition_find(options, n, "owned_by");
    PgQuery__List *names;
    struct qualified_name table;
    const struct relation *owner;
    const struct attribute *column;
    const char *last;

    if (!owned || !NODE_IS(owned->arg, LIST) || owned->arg->list->n_items == 0)
        return;
    names = owned->arg->list;
    if (names->n_items == 1 && strcmp(raw_string(names->items[0]), "none") != 0)
        ddl_fail(ddl, "42601", ddl_span(ddl, owned->location), "invalid OWNED BY option");
    sequence->parents.n = 0;
    if (names->n_items == 1)
        return;
    table = name_from_list(ddl, names->items, names->n_items - 1);
    last = raw_string(names->items[names->n_items - 1]);
    owner = relation_named(ddl, table, ddl_name_span(ddl, owned->location, table.name));
    if (owner->namespace_oid != sequence->namespace_oid)
        ddl_fail(ddl, "55000", ddl_name_span(ddl, owned->location, table.name),
                 "sequence must be in same schema as table it is linked to");
    column = attribute_find(owner, last);
    if (!column)
        ddl_fail(ddl, "42703", ddl_name_span(ddl, owned->location, last),
                 "column \"%s\" of relation \"%s\" does not exist", last, owner->name);
    vec_push(ddl->arena, &sequence->parents, owner->oid);
    sequence->defined_at = column->defined_at;
}

void ddl_create_sequence(struct ddl *ddl, const PgQuery__CreateSeqStmt *statement)
{
    bool is_temporary;
    oid namespace_oid = relation_namespace(ddl, statement->sequence, &is_temporary);
    const char *name = statement->sequence->relname;
    struct relation *sequence;

    if (statement->if_not_exists && relation_find_in(ddl, namespace_oid, name))
        return;
    sequence = add_sequence(ddl, namespace_oid, name, is_temporary,
                            range_var_span(ddl, statement->sequence));
    set_owner(ddl, sequence, statement->options, statement->n_options);
}

void ddl_alter_sequence(struct ddl *ddl, const PgQuery__AlterSeqStmt *statement)
{
    const struct relation *found = relation_find(ddl, statement->sequence);

    if (!found && statement->missing_ok)
        return;
    found = relation_get(ddl, statement->sequence);
    if (found->relkind != 'S')
        ddl_fail(ddl, "42809", range_var_span(ddl, statement->sequence), "\"%s\" is not a sequence",
                 found->name);
    set_owner(ddl, relation_edit(ddl, found, range_var_span(ddl, statement->sequence)),
              statement->options, statement->n_options);
}
