/* Tables OF a composite type: their columns come from there and follow ALTER TYPE … CASCADE. */
#include "ddl/typed_table.h"

#include <string.h>

#include "ddl/alter.h"

void relation_set_type(struct ddl *ddl, struct relation *table, oid type)
{
    struct session *session = ddl->session;

    for (size_t i = 0; i < session->inheritance.n; i++)
        if (session->inheritance.items[i].child == table->oid &&
            session->inheritance.items[i].parent == table->of_type)
            session->inheritance.items[i].child = 0;
    table->of_type = type;
    if (type)
        vec_push(ddl->arena, &session->inheritance,
                 (struct inheritance){.parent = type, .child = table->oid});
}

void type_check_no_tables(struct ddl *ddl, const struct relation *row, span at)
{
    size_t next = 0;

    if (row->relkind == 'c' && inheritance_child(ddl, row->oid, &next))
        ddl_fail_hint(ddl, "2BP01", at, "use ALTER ... CASCADE to alter the typed tables too",
                      "cannot alter type \"%s\" because it is the type of a typed table",
                      row->name);
}

/* The table's next column, past those that were dropped; NULL after the last. */
static const struct attribute *next_column(const struct relation *relation, size_t *at)
{
    while (*at < relation->attributes.n) {
        const struct attribute *column = &relation->attributes.items[(*at)++];
        if (!column->is_dropped)
            return column;
    }
    return NULL;
}

static void check_same_columns(const struct alteration *alter, const struct relation *type)
{
    struct ddl *ddl = alter->ddl;
    const span at = alter_place(alter);
    size_t in_table = 0, in_type = 0;

    for (const struct attribute *field; (field = next_column(type, &in_type));) {
        const struct attribute *column = next_column(alter->relation, &in_table);
        if (!column)
            ddl_fail(ddl, "42804", at, "table is missing column \"%s\"", field->name);
        if (strcmp(column->name, field->name) != 0)
            ddl_fail(ddl, "42804", at, "table has column \"%s\" where type requires \"%s\"",
                     column->name, field->name);
        if (!attribute_types_equal(column, field) || column->collation != field->collation)
            ddl_fail(ddl, "42804", at, "table \"%s\" has different type for column \"%s\"",
                     alter->relation->name, field->name);
    }
    if (next_column(alter->relation, &in_table))
        ddl_fail(ddl, "42804", at, "table has extra column");
}

void alter_of_type(struct alteration *alter)
{
    struct ddl *ddl = alter->ddl;
    const PgQuery__TypeName *name = alter->command->def->type_name;
    const oid named = type_resolve(ddl, name, NULL);
    const struct type *type = catalog_get_type(ddl->catalog, named);
    const struct relation *row =
        type && type->relid ? catalog_get_relation(ddl->catalog, type->relid) : NULL;

    if (!row || row->relkind != 'c')
        ddl_fail(ddl, "42809", ddl_span(ddl, name->location), "type %s is not a composite type",
                 ddl_type_text(ddl, named));
    if (alter->relation->parents.n > 0)
        ddl_fail(ddl, "42809", alter_place(alter), "typed tables cannot inherit");
    check_same_columns(alter, row);
    relation_set_type(ddl, alter->relation, row->oid);
}

void alter_not_of_type(struct alteration *alter)
{
    if (!alter->relation->of_type)
        ddl_fail(alter->ddl, "42809", alter_place(alter), "\"%s\" is not a typed table",
                 alter->relation->name);
    relation_set_type(alter->ddl, alter->relation, 0);
}
