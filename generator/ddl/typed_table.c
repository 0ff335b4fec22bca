/* Tables OF a composite type: their columns come from there and follow ALTER TYPE … CASCADE. */
#include "ddl/typed_table.h"

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
