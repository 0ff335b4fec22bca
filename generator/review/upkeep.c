/* TRUNCATE, CLUSTER, VACUUM, REFRESH, LOCK, and what nobody can see into. */
#include <string.h>

#include "review/reviewing.h"
#include "sql/alone.h"

/* --- TRUNCATE --------------------------------------------------------------------------------- */

struct emptying {
    struct reviewing *reviewing;
    bool cascade, is_only;
};

static void empty(const struct emptying *emptying, const struct relation *relation);

static void empty_referencing(struct reviewing *reviewing, const struct relation *relation)
{
    const struct emptying emptying = {.reviewing = reviewing, .cascade = true};
    size_t n;
    struct relation *const *relations = catalog_relations(reviewing->catalog, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; relations[i] && k < relations[i]->constraints.n; k++)
            if (relations[i]->constraints.items[k]->kind == CONSTRAINT_FOREIGN &&
                relations[i]->constraints.items[k]->ref_relid == relation->oid &&
                relations[i] != relation)
                empty(&emptying, relations[i]);
}

static void empty_children(const struct emptying *emptying, const struct relation *relation)
{
    for (size_t i = 0; i < relation->children.n; i++) {
        const struct relation *child =
            catalog_get_relation(emptying->reviewing->catalog, relation->children.items[i]);
        if (child)
            empty(emptying, child);
    }
}

static void empty(const struct emptying *emptying, const struct relation *relation)
{
    struct reviewing *reviewing = emptying->reviewing;
    struct reviewed_relation *touched = touch(reviewing, relation, LOCK_MODE_ACCESS_EXCLUSIVE);

    if (!touched || touched->is_emptied)
        return;
    touched->is_emptied = true;
    if (touched->has_rows && !touched->is_new)
        loses(reviewing, "rows of %s", touched->name);
    if (!emptying->is_only)
        empty_children(emptying, relation);
    if (emptying->cascade)
        empty_referencing(reviewing, relation);
}

static void truncate_tables(struct reviewing *reviewing, const PgQuery__TruncateStmt *statement)
{
    const bool cascade = statement->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;

    for (size_t i = 0; i < statement->n_relations; i++) {
        const struct relation *relation =
            find_relation(reviewing, statement->relations[i]->range_var);
        if (!relation)
            continue;
        empty(&(struct emptying){reviewing, cascade, !statement->relations[i]->range_var->inh},
              relation);
        found(reviewing, HAZARD_TRUNCATE, relation, NULL);
        if (cascade)
            found(reviewing, HAZARD_CASCADE, relation, NULL);
        if (statement->restart_seqs)
            touch_sequences(reviewing, relation, LOCK_MODE_ACCESS_EXCLUSIVE);
    }
}

/* --- CLUSTER, VACUUM, ANALYZE ----------------------------------------------------------------- */

static void cluster(struct reviewing *reviewing, const PgQuery__ClusterStmt *statement)
{
    if (statement->relation)
        apply(reviewing, FORM_CLUSTER, find_relation(reviewing, statement->relation));
    else
        found_named(reviewing, HAZARD_CLUSTER, "all tables");
}

static enum form_id vacuum_form(const PgQuery__VacuumStmt *statement)
{
    if (!statement->is_vacuumcmd)
        return FORM_ANALYZE;
    return raw_option_is_on(NODES(statement, options), "full", false) ? FORM_VACUUM_FULL
                                                                      : FORM_VACUUM;
}

static void vacuum(struct reviewing *reviewing, const PgQuery__VacuumStmt *statement)
{
    const enum form_id id = vacuum_form(statement);

    for (size_t i = 0; i < statement->n_rels; i++) {
        const struct relation *relation =
            find_relation(reviewing, statement->rels[i]->vacuum_relation->relation);
        struct reviewed_relation *touched;
        apply(reviewing, id, relation);
        touched = id == FORM_VACUUM ? touch(reviewing, relation, LOCK_MODE_NONE) : NULL;
        if (touched)
            touched->why = "it reads the pages that changed";
    }
    if (!statement->n_rels && id == FORM_VACUUM_FULL)
        found_named(reviewing, HAZARD_VACUUM_FULL, "all tables");
}

/* --- REFRESH, LOCK ---------------------------------------------------------------------------- */

static void refresh(struct reviewing *reviewing, const PgQuery__RefreshMatViewStmt *statement)
{
    const struct relation *view = find_relation(reviewing, statement->relation);
    const enum form_id id = statement->skip_data    ? FORM_REFRESH_EMPTY
                            : statement->concurrent ? FORM_REFRESH_CONCURRENTLY
                                                    : FORM_REFRESH;

    if (!view)
        return;
    if (!statement->skip_data)
        touch_refreshed(reviewing, view);
    apply(reviewing, id, view);
}

static void lock_tables(struct reviewing *reviewing, const PgQuery__LockStmt *statement)
{
    struct form form = {(enum lock_mode)statement->mode, REACH_CHILDREN, ANSWER_NO, ANSWER_NO,
                        HAZARD_LOCK_TABLE};

    for (size_t i = 0; i < statement->n_relations; i++) {
        const PgQuery__RangeVar *name = statement->relations[i]->range_var;
        const struct relation *relation = find_relation(reviewing, name);
        form.reach = name->inh ? REACH_CHILDREN : REACH_SELF;
        if (!relation)
            continue;
        apply_form(reviewing, form, relation);
        found(reviewing, HAZARD_LOCK_TABLE, relation, NULL);
    }
}

/* --- Grants, and what is not seen into -------------------------------------------------------- */

static void grant(struct reviewing *reviewing, const PgQuery__GrantStmt *statement)
{
    for (size_t i = 0; statement->is_grant && i < statement->n_grantees; i++)
        if (NODE_IS(statement->grantees[i], ROLE_SPEC) &&
            statement->grantees[i]->role_spec->roletype ==
                PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC)
            found_named(reviewing, HAZARD_GRANT_PUBLIC, "PUBLIC");
}

#define RUN(KIND, member, function)                                                                \
    case PG_QUERY__NODE__NODE_##KIND:                                                              \
        function(reviewing, tree->member);                                                         \
        break

void review_rest(struct reviewing *reviewing, const PgQuery__Node *tree)
{
    switch (tree->node_case) {
        RUN(TRUNCATE_STMT, truncate_stmt, truncate_tables);
        RUN(CLUSTER_STMT, cluster_stmt, cluster);
        RUN(VACUUM_STMT, vacuum_stmt, vacuum);
        RUN(REFRESH_MAT_VIEW_STMT, refresh_mat_view_stmt, refresh);
        RUN(LOCK_STMT, lock_stmt, lock_tables);
        RUN(GRANT_STMT, grant_stmt, grant);
        RUN(ALTER_OBJECT_SCHEMA_STMT, alter_object_schema_stmt, review_move);
        RUN(COMMENT_STMT, comment_stmt, review_comment);
        RUN(RENAME_STMT, rename_stmt, review_rename);
    case PG_QUERY__NODE__NODE_DO_STMT:
    case PG_QUERY__NODE__NODE_CALL_STMT:
        found_named(reviewing, HAZARD_UNKNOWN_EFFECT, NODE_IS(tree, DO_STMT) ? "DO" : "CALL");
        break;
    default:
        break;
    }
}
