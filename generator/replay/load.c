/* Replays DDL statement by statement. One table says what each kind of statement does; a kind that
 * is not in it (DML, roles, …) makes no object.
 */
#include "replay/replay.h"

#include "catalog/unseen.h"
#include "ddl/statements.h"
#include "ddl/table.h"
#include "ddl/temporary.h"
#include "ddl/view.h"
#include "replay/script.h"
#include "replay/transaction.h"
#include "sql/lexer.h"

/* Collects what is derived from the catalog: views and inheritance. */
static void session_begin(struct session *session, struct catalog *catalog, struct diags *diags)
{
    struct arena *arena = catalog_arena(catalog);
    size_t n;
    struct relation *const *relations = catalog_relations(catalog, &n);

    *session = (struct session){
        .arena = arena, .catalog = catalog, .diags = diags, .load_extension = extension_load_used};
    session->index_names.arena = arena;
    session->constraint_names.arena = arena;
    for (size_t i = 0; i < n; i++) {
        const struct relation *relation = relations[i];
        if (!relation)
            continue;
        if (relation->view_query)
            vec_push(arena, &session->views, relation->oid);
        if (relation->of_type)
            vec_push(arena, &session->inheritance,
                     (struct inheritance){relation->of_type, relation->oid});
        for (size_t k = 0; relation->relkind != 'S' && k < relation->parents.n; k++)
            vec_push(arena, &session->inheritance,
                     (struct inheritance){relation->parents.items[k], relation->oid});
    }
    session_set_path(session, default_path);
}

#define STATEMENT(KIND, member, function)                                                          \
    case PG_QUERY__NODE__NODE_##KIND:                                                              \
        function(ddl, tree->member);                                                               \
        break;

static void run(struct ddl *ddl);

/* EXPLAIN ANALYZE runs what it explains. */
static void run_explained(struct ddl *ddl, const PgQuery__ExplainStmt *statement)
{
    if (!definition_bool(ddl, definition_find(statement->options, statement->n_options, "analyze")))
        return;
    ddl->statement.tree = statement->query;
    run(ddl);
}

static void run(struct ddl *ddl)
{
    const PgQuery__Node *tree = ddl->statement.tree;

    switch (tree->node_case) {
#include "replay/statements.def"
    default:
        break;
    }
}

/* What one would miss after a ROLLBACK. */
static bool changes_catalog(const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
    case PG_QUERY__NODE__NODE_SELECT_STMT:
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
        return false;
    default:
        return true;
    }
}

/* Such a statement is left out when something is missing that need not be wrong: it types no query,
 * or takes away what nobody told of. */
static bool may_be_left_out(const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT:
    case PG_QUERY__NODE__NODE_ALTER_POLICY_STMT:
    case PG_QUERY__NODE__NODE_CREATE_STATS_STMT:
    case PG_QUERY__NODE__NODE_RULE_STMT:
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
    case PG_QUERY__NODE__NODE_SEC_LABEL_STMT:
    case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT:
    case PG_QUERY__NODE__NODE_GRANT_STMT:
    case PG_QUERY__NODE__NODE_CALL_STMT:
    case PG_QUERY__NODE__NODE_DROP_STMT:
    case PG_QUERY__NODE__NODE_ALTER_OP_FAMILY_STMT:
    case PG_QUERY__NODE__NODE_ALTER_OPERATOR_STMT:
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
    case PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT:
        return true;
    default:
        return false;
    }
}

/* Whether the statement only says something about an object that has to be there. */
static bool is_about_object(const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
    case PG_QUERY__NODE__NODE_RENAME_STMT:
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT:
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_DEPENDS_STMT:
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
    case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT:
    case PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT:
    case PG_QUERY__NODE__NODE_ALTER_STATS_STMT:
    case PG_QUERY__NODE__NODE_ALTER_PUBLICATION_STMT:
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        return true;
    default:
        return may_be_left_out(tree);
    }
}

/* Whether the statement has the word. */
static bool has_word(const void *context, const char *word)
{
    const struct ddl *ddl = context;
    const size_t from = (size_t)ddl->statement.location;
    const str text =
        str_slice((str){ddl->sql->text, ddl->sql->len}, from, from + (size_t)ddl->statement.len);

    for (struct token token = lex_next(text, 0); token.kind != TOKEN_END;
         token = lex_next(text, token.to))
        if (token_is_word(text, token, word))
            return true;
    return false;
}

/* What a DO block may have made is missing for a reason. */
static void forgive_unseen(struct ddl *ddl, size_t n_before)
{
    const struct diag *diag = ddl->diags->list.items[n_before];
    const struct unseen *block;
    struct diag *warning;

    if (diag->severity != SEVERITY_ERROR || !is_missing(diag->code) ||
        !is_about_object(ddl->statement.tree))
        return;
    block = catalog_find_unseen(ddl->catalog, has_word, ddl);
    if (!block)
        return;
    diag_rewind(ddl->diags, n_before);
    warning = diag_warning(ddl->diags, "PL306", diag->at, "%s, as far as is known", diag->message);
    diag_note(ddl->diags, warning, block->at, "this DO block may have made it");
    diag_hint(ddl->diags, warning, "write DDL for what it makes outside of the DO block");
}

static struct ddl ddl_of(struct session *session, const struct statement *statement)
{
    return (struct ddl){.session = session,
                        .arena = session->arena,
                        .catalog = session->catalog,
                        .diags = session->diags,
                        .sql = statement->sql,
                        .statement = *statement};
}

/* The name of the relation that the statement makes; NULL if it makes none. */
static const char *made_by(const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
        return tree->create_stmt->relation->relname;
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
        return tree->create_foreign_table_stmt->base_stmt->relation->relname;
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
        return tree->create_table_as_stmt->into->rel->relname;
    case PG_QUERY__NODE__NODE_VIEW_STMT:
        return tree->view_stmt->view->relname;
    default:
        return NULL;
    }
}

/* Queries over what was not made fail for no reason of their own. */
static void note_lost(const struct ddl *ddl, size_t n_before)
{
    for (size_t i = n_before; i < ddl->diags->list.n; i++) {
        struct diag *diag = ddl->diags->list.items[i];
        if (diag->severity == SEVERITY_ERROR && !diag->lost)
            diag->lost = made_by(ddl->statement.tree);
    }
}

/* False after an error. */
static bool run_to_end(struct ddl *ddl)
{
    if (setjmp(ddl->on_error))
        return false;
    run(ddl);
    return true;
}

void statement_replay(struct session *session, const struct statement *statement)
{
    struct ddl ddl = ddl_of(session, statement);
    const size_t n_before = session->diags->list.n;

    /* One inside another belongs to it. */
    if (session->depth == 0)
        catalog_begin_statement(session->catalog);
    if (!run_to_end(&ddl) &&
        (!may_be_left_out(statement->tree) || !missing_is_forgiven(&ddl, n_before, NULL)))
        forgive_unseen(&ddl, n_before);
    note_lost(&ddl, n_before);
}

void session_replay(struct session *session, struct statements statements)
{
    for (size_t i = 0; i < statements.n; i++)
        statement_replay(session, &statements.items[i]);
}

/* The statements of a text, each with the transaction around it. */
static void replay_transactions(struct session *session, struct statements statements,
                                const struct replay_watcher *watcher)
{
    const bool *undone = statements_undone(session->arena, statements);

    for (size_t i = 0; i < statements.n; i++) {
        const struct statement *statement = &statements.items[i];
        if (undone[i]) {
            session->undone_in_transaction |= changes_catalog(statement->tree);
            continue;
        }
        if (watcher)
            watcher->before(watcher->context, statement);
        statement_replay(session, statement);
        if (watcher)
            watcher->after(watcher->context, statement);
        if (!session->in_transaction && session->dropped_at_commit.n > 0) {
            struct ddl ddl = ddl_of(session, statement);
            drop_at_commit(&ddl);
        }
    }
}

void replay_watched(struct catalog *catalog, struct statements statements, struct diags *diags,
                    const struct replay_watcher *watcher)
{
    struct session session;

    session_begin(&session, catalog, diags);
    replay_transactions(&session, statements, watcher);
    session_set_path(&session, default_path);
    views_refresh(&session);
}

void replay_script(struct catalog *catalog, struct statements statements, struct diags *diags)
{
    replay_watched(catalog, statements, diags, NULL);
}
