/* PREPARE and DEALLOCATE, for CREATE TABLE AS EXECUTE. The query of a PREPARE is looked at when a
 * table is made of it.
 */

#include "ddl/statements.h"

void ddl_prepare(struct ddl *ddl, const PgQuery__PrepareStmt *statement)
{
    if (prepared_find(ddl->session, statement->name))
        ddl_fail(ddl, "42P05", ddl_name_span(ddl, -1, statement->name),
                 "prepared statement \"%s\" already exists", statement->name);
    vec_push(ddl->arena, &ddl->session->prepared,
             (struct prepared){statement->name, statement->query, statement->n_argtypes > 0});
}

void ddl_deallocate(struct ddl *ddl, const PgQuery__DeallocateStmt *statement)
{
    struct session *session = ddl->session;
    const struct prepared *found;

    if (!statement->name || !*statement->name) {
        session->prepared.n = 0;
        return;
    }
    found = prepared_find(session, statement->name);
    if (!found)
        ddl_fail(ddl, "26000", ddl_name_span(ddl, -1, statement->name),
                 "prepared statement \"%s\" does not exist", statement->name);
    session->prepared.items[found - session->prepared.items] =
        session->prepared.items[--session->prepared.n];
}
