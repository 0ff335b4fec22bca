/* Temporary tables: ON COMMIT, and DISCARD. */
#include "ddl/temporary.h"

#include "ddl/depend.h"
#include "ddl/statements.h"

void relation_set_on_commit(struct ddl *ddl, const struct relation *relation,
                            PgQuery__OnCommitAction action)
{
    if (action == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DROP)
        vec_push(ddl->arena, &ddl->session->dropped_at_commit, relation->oid);
}

void on_commit_check(struct ddl *ddl, const PgQuery__RangeVar *name, bool is_temporary,
                     PgQuery__OnCommitAction action)
{
    if (!is_temporary && (action == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DROP ||
                          action == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DELETE_ROWS ||
                          action == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_PRESERVE_ROWS))
        ddl_fail(ddl, "42P16", range_var_span(ddl, name),
                 "ON COMMIT can only be used on temporary tables");
}

void drop_at_commit(struct ddl *ddl)
{
    struct removal removal = {.ddl = ddl, .cascade = true};
    struct session *session = ddl->session;

    for (size_t i = 0; i < session->dropped_at_commit.n; i++) {
        const oid id = session->dropped_at_commit.items[i];
        if (catalog_get_relation(ddl->catalog, id))
            removal_add(&removal, (struct dropped_object){.class = OBJECT_IS_RELATION, .id = id});
    }
    session->dropped_at_commit.n = 0;
    removal_run(&removal);
}

/* --- DISCARD ---------------------------------------------------------------------------------- */

void ddl_discard(struct ddl *ddl, const PgQuery__DiscardStmt *statement)
{
    const bool all = statement->target == PG_QUERY__DISCARD_MODE__DISCARD_ALL;
    const struct namespace *temporary = catalog_find_namespace(ddl->catalog, "pg_temp");

    if (all && ddl->session->in_transaction)
        ddl_fail(ddl, "25001", ddl_span(ddl, -1),
                 "DISCARD ALL cannot run inside a transaction block");
    if (temporary && (all || statement->target == PG_QUERY__DISCARD_MODE__DISCARD_TEMP))
        drop_contents(ddl, temporary->oid);
    if (!all)
        return;
    session_set_path(ddl->session, default_path);
    ddl->session->prepared.n = 0;
}
