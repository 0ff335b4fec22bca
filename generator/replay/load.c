/* Replays DDL statement by statement. One table says what each kind of statement does; a kind that
 * is not in it (DML, roles, …) makes no object.
 */
#include "replay/replay.h"

#include "ddl/statements.h"
#include "ddl/table.h"
#include "ddl/temporary.h"
#include "ddl/view.h"
#include "replay/script.h"
#include "replay/transaction.h"

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

#define RUN(KIND, member, function)                                                                \
    case PG_QUERY__NODE__NODE_##KIND:                                                              \
        function(ddl, tree->member);                                                               \
        break

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
        RUN(CREATE_SCHEMA_STMT, create_schema_stmt, ddl_create_schema);
        RUN(CREATE_EXTENSION_STMT, create_extension_stmt, ddl_create_extension);
        RUN(ALTER_EXTENSION_STMT, alter_extension_stmt, ddl_alter_extension);
        RUN(ALTER_EXTENSION_CONTENTS_STMT, alter_extension_contents_stmt,
            ddl_alter_extension_contents);
        RUN(CREATE_STMT, create_stmt, ddl_create_table);
        RUN(CREATE_FOREIGN_TABLE_STMT, create_foreign_table_stmt, ddl_create_foreign_table);
        RUN(CREATE_TABLE_AS_STMT, create_table_as_stmt, ddl_create_table_as);
        RUN(ALTER_STATS_STMT, alter_stats_stmt, ddl_alter_statistics);
        RUN(VIEW_STMT, view_stmt, ddl_create_view);
        RUN(INDEX_STMT, index_stmt, ddl_create_index);
        RUN(CREATE_SEQ_STMT, create_seq_stmt, ddl_create_sequence);
        RUN(CREATE_TRIG_STMT, create_trig_stmt, ddl_create_trigger);
        RUN(CREATE_POLICY_STMT, create_policy_stmt, ddl_create_policy);
        RUN(ALTER_POLICY_STMT, alter_policy_stmt, ddl_alter_policy);
        RUN(CREATE_STATS_STMT, create_stats_stmt, ddl_create_statistics);
        RUN(RULE_STMT, rule_stmt, ddl_create_rule);
        RUN(CREATE_ENUM_STMT, create_enum_stmt, ddl_create_enum);
        RUN(COMPOSITE_TYPE_STMT, composite_type_stmt, ddl_create_composite);
        RUN(CREATE_DOMAIN_STMT, create_domain_stmt, ddl_create_domain);
        RUN(CREATE_RANGE_STMT, create_range_stmt, ddl_create_range);
        RUN(DEFINE_STMT, define_stmt, ddl_define);
        RUN(CREATE_FUNCTION_STMT, create_function_stmt, ddl_create_function);
        RUN(CREATE_CAST_STMT, create_cast_stmt, ddl_create_cast);
        RUN(CREATE_OP_CLASS_STMT, create_op_class_stmt, ddl_create_operator_class);
        RUN(ALTER_TABLE_STMT, alter_table_stmt, ddl_alter_table);
        RUN(ALTER_SEQ_STMT, alter_seq_stmt, ddl_alter_sequence);
        RUN(ALTER_ENUM_STMT, alter_enum_stmt, ddl_alter_enum);
        RUN(ALTER_DOMAIN_STMT, alter_domain_stmt, ddl_alter_domain);
        RUN(ALTER_FUNCTION_STMT, alter_function_stmt, ddl_alter_function);
        RUN(DROP_STMT, drop_stmt, ddl_drop);
        RUN(RENAME_STMT, rename_stmt, ddl_rename);
        RUN(ALTER_OBJECT_SCHEMA_STMT, alter_object_schema_stmt, ddl_set_schema);
        RUN(EXPLAIN_STMT, explain_stmt, run_explained);
        RUN(REINDEX_STMT, reindex_stmt, ddl_reindex);
        RUN(CLUSTER_STMT, cluster_stmt, ddl_cluster);
        RUN(REFRESH_MAT_VIEW_STMT, refresh_mat_view_stmt, ddl_refresh);
        RUN(COMMENT_STMT, comment_stmt, ddl_comment);
        RUN(CREATE_FDW_STMT, create_fdw_stmt, ddl_create_wrapper);
        RUN(ALTER_FDW_STMT, alter_fdw_stmt, ddl_alter_wrapper);
        RUN(CREATE_FOREIGN_SERVER_STMT, create_foreign_server_stmt, ddl_create_server);
        RUN(ALTER_FOREIGN_SERVER_STMT, alter_foreign_server_stmt, ddl_alter_server);
        RUN(CREATE_USER_MAPPING_STMT, create_user_mapping_stmt, ddl_create_user_mapping);
        RUN(ALTER_USER_MAPPING_STMT, alter_user_mapping_stmt, ddl_alter_user_mapping);
        RUN(DROP_USER_MAPPING_STMT, drop_user_mapping_stmt, ddl_drop_user_mapping);
        RUN(CREATE_PLANG_STMT, create_plang_stmt, ddl_create_language);
        RUN(CREATE_AM_STMT, create_am_stmt, ddl_create_access_method);
        RUN(CREATE_EVENT_TRIG_STMT, create_event_trig_stmt, ddl_create_event_trigger);
        RUN(ALTER_EVENT_TRIG_STMT, alter_event_trig_stmt, ddl_alter_event_trigger);
        RUN(CREATE_TRANSFORM_STMT, create_transform_stmt, ddl_create_transform);
        RUN(CREATE_CONVERSION_STMT, create_conversion_stmt, ddl_create_conversion);
        RUN(ALTER_TSDICTIONARY_STMT, alter_tsdictionary_stmt, ddl_alter_ts_dictionary);
        RUN(ALTER_TSCONFIGURATION_STMT, alter_tsconfiguration_stmt, ddl_alter_ts_configuration);
        RUN(CREATE_PUBLICATION_STMT, create_publication_stmt, ddl_create_publication);
        RUN(ALTER_PUBLICATION_STMT, alter_publication_stmt, ddl_alter_publication);
        RUN(CREATE_SUBSCRIPTION_STMT, create_subscription_stmt, ddl_create_subscription);
        RUN(ALTER_SUBSCRIPTION_STMT, alter_subscription_stmt, ddl_alter_subscription);
        RUN(DROP_SUBSCRIPTION_STMT, drop_subscription_stmt, ddl_drop_subscription);
        RUN(CREATE_OP_FAMILY_STMT, create_op_family_stmt, ddl_create_operator_family);
        RUN(ALTER_OP_FAMILY_STMT, alter_op_family_stmt, ddl_alter_operator_family);
        RUN(ALTER_OPERATOR_STMT, alter_operator_stmt, ddl_alter_operator);
        RUN(ALTER_TYPE_STMT, alter_type_stmt, ddl_alter_type);
        RUN(SEC_LABEL_STMT, sec_label_stmt, ddl_security_label);
        RUN(ALTER_OWNER_STMT, alter_owner_stmt, ddl_alter_owner);
        RUN(GRANT_STMT, grant_stmt, ddl_grant);
        RUN(GRANT_ROLE_STMT, grant_role_stmt, ddl_grant_role);
        RUN(ALTER_DEFAULT_PRIVILEGES_STMT, alter_default_privileges_stmt,
            ddl_alter_default_privileges);
        RUN(REASSIGN_OWNED_STMT, reassign_owned_stmt, ddl_reassign_owned);
        RUN(DROP_OWNED_STMT, drop_owned_stmt, ddl_drop_owned);
        RUN(VARIABLE_SET_STMT, variable_set_stmt, ddl_set_variable);
        RUN(TRANSACTION_STMT, transaction_stmt, ddl_transaction);
        RUN(DISCARD_STMT, discard_stmt, ddl_discard);
        RUN(PREPARE_STMT, prepare_stmt, ddl_prepare);
        RUN(DEALLOCATE_STMT, deallocate_stmt, ddl_deallocate);
        RUN(SELECT_STMT, select_stmt, ddl_select);
        RUN(CALL_STMT, call_stmt, ddl_call);
        RUN(DO_STMT, do_stmt, ddl_do);
        RUN(IMPORT_FOREIGN_SCHEMA_STMT, import_foreign_schema_stmt, ddl_import_foreign_schema);
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

static struct ddl ddl_of(struct session *session, const struct statement *statement)
{
    return (struct ddl){.session = session,
                        .arena = session->arena,
                        .catalog = session->catalog,
                        .diags = session->diags,
                        .sql = statement->sql,
                        .statement = *statement};
}

void statement_replay(struct session *session, const struct statement *statement)
{
    struct ddl ddl = ddl_of(session, statement);
    const size_t n_before = session->diags->list.n;

    /* One inside another belongs to it. */
    if (session->depth == 0)
        catalog_begin_statement(session->catalog);
    if (setjmp(ddl.on_error) == 0)
        run(&ddl);
    else if (may_be_left_out(statement->tree))
        missing_is_forgiven(&ddl, n_before, NULL);
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
