/* CREATE VIEW, CREATE MATERIALIZED VIEW, CREATE TABLE AS, SELECT INTO: relations whose columns come
 * from the analysis of a query.
 */
#include "ddl/view.h"

#include <string.h>

#include "analyze/analyze.h"
#include "analyze/view_recursion.h"
#include "ddl/reloption.h"
#include "ddl/statements.h"
#include "ddl/table.h"
#include "ddl/temporary.h"
#include "prove/nulls.h"
#include "tree/references.h"

/* Which columns of the body are never NULL, as far as is known now; none of a body that leads back
 * to itself. */
static void prove_columns(const struct session *session, const struct query *query, bool *not_null,
                          size_t n)
{
    struct nulls_input input = {.catalog = session->catalog, .query = query};
    size_t n_nulls;
    const struct nullability *nulls;

    memset(not_null, 0, n * sizeof *not_null);
    if (catalog_has_view_cycle(session->catalog) &&
        query_recursive_view(session->arena, session->catalog, query, false))
        return;
    nulls = nulls_infer(session->arena, &input, &n_nulls);
    for (size_t i = 0; i < n; i++)
        not_null[i] = i < n_nulls && !nulls[i].nullable;
}

/* The query of a view or of CREATE TABLE AS, and its columns. */
struct description {
    const struct query *query;
    const struct target *columns;
    size_t n_columns;
};

static struct description describe(struct ddl *ddl, const PgQuery__Node *node, bool is_view)
{
    struct statement statement = {
        .sql = ddl->sql, .location = raw_location(node), .len = (int)ddl->sql->len, .tree = node};
    struct description out;
    struct analysis analysis;

    if (!(is_view ? analyze_view : analyze_statement)(ddl->arena, ddl->catalog, &statement,
                                                      ddl->diags, &analysis))
        ddl_stop(ddl);
    out.query = analysis.query;
    out.columns = query_result(analysis.query, &out.n_columns);
    return out;
}

static void check_column_names(struct ddl *ddl, const struct relation *relation, span at)
{
    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *column = &relation->attributes.items[i];
        if (relation->relkind != 'v') /* a view has no system columns of its own */
            column_check_name(ddl, column->name, at);
        for (size_t k = 0; k < i; k++)
            if (strcmp(column->name, relation->attributes.items[k].name) == 0)
                ddl_fail(ddl, "42701", at, "column \"%s\" specified more than once", column->name);
    }
}

/* The columns of the query under the names of the list, as far as it goes. */
static void add_columns(struct ddl *ddl, struct relation *relation,
                        const struct description *description, PgQuery__Node **names,
                        size_t n_names, span at)
{
    for (size_t i = 0; i < description->n_columns; i++) {
        const struct expr *column = description->columns[i].expr;
        const char *name = i < n_names ? raw_string(names[i]) : description->columns[i].name;
        column_check_type(ddl, name, column->type, at);
        relation_add_attribute(ddl, relation,
                               (struct attribute){.name = name,
                                                  .type = column->type,
                                                  .typmod = column->typmod,
                                                  .collation = column->collation,
                                                  .is_local = true,
                                                  .defined_at = at});
    }
}

static bool is_temporary(const void *context, const struct relation *relation)
{
    (void)context;
    return relation->is_temporary;
}

/* What is kept of a body: it, and which of its columns are never NULL. Others may read a view that
 * existed before. */
static void keep_body(struct ddl *ddl, struct relation *view, const struct description *description,
                      bool existed)
{
    view->view_query = description->query;
    view->view_not_null = arena_array(ddl->arena, bool, description->n_columns);
    view->n_view_columns = description->n_columns;
    if (existed && query_recursive_view(ddl->arena, ddl->catalog, description->query, true))
        catalog_set_view_cycle(ddl->catalog);
    prove_columns(ddl->session, description->query, view->view_not_null, description->n_columns);
}

/* --- CREATE OR REPLACE ------------------------------------------------------------------------ */

/* The old columns stay as they are; new ones may follow them. */
static void check_replacement(struct ddl *ddl, const struct relation *old,
                              const struct relation *draft, span at)
{
    if (draft->attributes.n < old->attributes.n)
        ddl_fail(ddl, "42P16", at, "cannot drop columns from view");
    for (size_t i = 0; i < old->attributes.n; i++) {
        const struct attribute *was = &old->attributes.items[i], *is = &draft->attributes.items[i];
        if (strcmp(was->name, is->name) != 0)
            ddl_fail_hint(ddl, "42P16", at,
                          "use ALTER VIEW ... RENAME COLUMN ... to change the name of a column",
                          "cannot change name of view column \"%s\" to \"%s\"", was->name,
                          is->name);
        if (was->type != is->type || was->typmod != is->typmod)
            ddl_fail(ddl, "42P16", at,
                     "cannot change data type of view column \"%s\" from %s to %s", was->name,
                     catalog_format_type_mod(ddl->catalog, ddl->arena, was->type, was->typmod),
                     catalog_format_type_mod(ddl->catalog, ddl->arena, is->type, is->typmod));
        if (was->collation != is->collation)
            ddl_fail(ddl, "42P16", at, "cannot change collation of view column \"%s\"", was->name);
    }
}

static struct relation *replace(struct ddl *ddl, const struct relation *found,
                                const struct relation *draft, span at)
{
    struct relation *old;

    if (found->relkind != 'v')
        ddl_fail_exists(ddl, "42809", at, found->name, found->defined_at, "\"%s\" is not a view",
                        found->name);
    old = relation_edit(ddl, found, at);
    check_replacement(ddl, old, draft, at);
    check_column_names(ddl, draft, at);
    for (size_t i = old->attributes.n; i < draft->attributes.n; i++)
        relation_add_attribute(ddl, old, draft->attributes.items[i]);
    facts_changed(ddl, old);
    return old;
}

/* CREATE OR REPLACE has all options anew. */
static struct setting_list view_options(struct ddl *ddl, const PgQuery__ViewStmt *statement)
{
    struct setting_list options = {0};

    options_change(ddl, &options, OPTIONS_OF_VIEW,
                   (struct option_list){statement->options, statement->n_options, false});
    if (statement->with_check_option == PG_QUERY__VIEW_CHECK_OPTION__LOCAL_CHECK_OPTION)
        setting_put(ddl->arena, &options, "check_option", "local");
    if (statement->with_check_option == PG_QUERY__VIEW_CHECK_OPTION__CASCADED_CHECK_OPTION)
        setting_put(ddl->arena, &options, "check_option", "cascaded");
    return options;
}

/* --- Statements ------------------------------------------------------------------------------- */

static void check_no_into(struct ddl *ddl, const PgQuery__Node *query)
{
    if (NODE_IS(query, SELECT_STMT) && query->select_stmt->into_clause)
        ddl_fail(ddl, "0A000", ddl_span(ddl, -1), "views must not contain SELECT INTO");
}

static bool modifies(const PgQuery__Node *query)
{
    const PgQuery__WithClause *with =
        NODE_IS(query, SELECT_STMT) ? query->select_stmt->with_clause : NULL;

    for (size_t i = 0; with && i < with->n_ctes; i++)
        if (!NODE_IS(with->ctes[i]->common_table_expr->ctequery, SELECT_STMT))
            return true;
    return false;
}

static struct description describe_view(struct ddl *ddl, const PgQuery__Node *query)
{
    struct description description;

    check_no_into(ddl, query);
    description = describe(ddl, query, true);
    if (modifies(query))
        ddl_fail(ddl, "0A000", ddl_span(ddl, -1),
                 "views must not contain data-modifying statements in WITH");
    return description;
}

void ddl_create_view(struct ddl *ddl, const PgQuery__ViewStmt *statement)
{
    struct description description = describe_view(ddl, statement->query);
    struct relation draft = {.name = statement->view->relname, .relkind = 'v'};
    const struct relation *old;
    struct relation *view;
    span at = range_var_span(ddl, statement->view);

    if (statement->n_aliases > description.n_columns)
        ddl_fail(ddl, "42601",
                 ddl_name_span(ddl, statement->view->location,
                               raw_string(statement->aliases[description.n_columns])),
                 "CREATE VIEW specifies more column names than columns");
    if (range_var_is_unlogged(statement->view))
        ddl_fail(ddl, "42601", at, "views cannot be unlogged because they do not have storage");
    draft.namespace_oid = relation_namespace(ddl, statement->view, &draft.is_temporary);
    if (!draft.is_temporary && query_reads(description.query, is_temporary, NULL)) {
        if (statement->view->schemaname && *statement->view->schemaname)
            ddl_fail(ddl, "42P16", at, "cannot create temporary relation in non-temporary schema");
        draft.is_temporary = true;
        draft.namespace_oid = namespace_temporary(ddl);
    }
    add_columns(ddl, &draft, &description, statement->aliases, statement->n_aliases, at);
    old = statement->replace ? relation_find_in(ddl, draft.namespace_oid, draft.name) : NULL;
    if (!old)
        check_column_names(ddl, &draft, at);
    view = old ? replace(ddl, old, &draft, at) : relation_create(ddl, &draft, at);
    keep_body(ddl, view, &description, old != NULL);
    view->about.options = view_options(ddl, statement);
    if (!old)
        vec_push(ddl->arena, &ddl->session->views, view->oid);
}

static void check_rule_columns(struct ddl *ddl, const struct relation *relation,
                               const struct description *description, span at)
{
    size_t n = 0;

    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *column = &relation->attributes.items[i];
        if (column->is_dropped)
            ddl_fail(ddl, "0A000", at,
                     "cannot convert relation containing dropped columns to view");
        if (i >= description->n_columns)
            ddl_fail(ddl, "42P17", at, "SELECT rule's target list has too few entries");
        if (strcmp(column->name, description->columns[i].name) != 0)
            ddl_fail(ddl, "42P17", at,
                     "SELECT rule's target entry %zu has different column name from column \"%s\"",
                     ++n, column->name);
        if (column->type != description->columns[i].expr->type)
            ddl_fail(ddl, "42P17", at,
                     "SELECT rule's target entry %zu has different type from column \"%s\"", ++n,
                     column->name);
        n++;
    }
    if (n < description->n_columns)
        ddl_fail(ddl, "42P17", at, "SELECT rule's target list has too many entries");
}

void view_from_rule(struct ddl *ddl, struct relation *relation, const PgQuery__Node *query, span at)
{
    struct description description = describe(ddl, query, true);

    check_rule_columns(ddl, relation, &description, at);
    relation->relkind = 'v';
    keep_body(ddl, relation, &description, true);
    for (size_t i = 0; i < relation->attributes.n; i++) {
        relation->attributes.items[i].not_null = false;
        relation->attributes.items[i].has_default = false;
    }
    vec_push(ddl->arena, &ddl->session->views, relation->oid);
    facts_changed(ddl, relation);
}

static void check_materialized(struct ddl *ddl, const PgQuery__IntoClause *into,
                               const PgQuery__Node *query, const struct description *description)
{
    const char *what = NULL;

    if (modifies(query))
        what = "materialized views must not use data-modifying statements in WITH";
    else if (query_reads(description->query, is_temporary, NULL))
        what = "materialized views must not use temporary tables or views";
    else if (range_var_is_unlogged(into->rel))
        what = "materialized views cannot be unlogged";
    if (what)
        ddl_fail(ddl, "0A000", range_var_span(ddl, into->rel), "%s", what);
}

static void create_as(struct ddl *ddl, const PgQuery__IntoClause *into, const PgQuery__Node *query,
                      bool is_view, bool if_not_exists)
{
    span at = range_var_span(ddl, into->rel);
    struct relation draft = {.name = into->rel->relname, .relkind = is_view ? 'm' : 'r'};
    struct description description;
    struct relation *relation;

    description = describe(ddl, query, into->skip_data); /* nobody reads WITH NO DATA */
    if (is_view)
        check_materialized(ddl, into, query, &description);
    if (into->access_method && *into->access_method)
        table_method_check(ddl, into->access_method, at);
    draft.namespace_oid = relation_namespace(ddl, into->rel, &draft.is_temporary);
    on_commit_check(ddl, into->rel, draft.is_temporary, into->on_commit);
    if (if_not_exists && relation_find_in(ddl, draft.namespace_oid, draft.name))
        return;
    index_name_check_free(ddl, draft.namespace_oid, draft.name, at);
    if (into->n_col_names > description.n_columns)
        ddl_fail(ddl, "42601",
                 ddl_name_span(ddl, into->rel->location,
                               raw_string(into->col_names[description.n_columns])),
                 "too many column names were specified");
    add_columns(ddl, &draft, &description, into->col_names, into->n_col_names, at);
    check_column_names(ddl, &draft, at);
    draft.is_unlogged = range_var_is_unlogged(into->rel);
    draft.is_unpopulated = is_view && into->skip_data;
    relation_set_storage(ddl, &draft, into->table_space_name, into->access_method);
    relation_options_change(ddl, &draft,
                            (struct option_list){into->options, into->n_options, false});
    relation = relation_create(ddl, &draft, at);
    relation_set_on_commit(ddl, relation, into->on_commit);
    if (!is_view)
        return;
    keep_body(ddl, relation, &description, false);
    vec_push(ddl->arena, &ddl->session->views, relation->oid);
}

/* CREATE TABLE AS EXECUTE: the query that was prepared. */
static const PgQuery__Node *prepared_query(struct ddl *ddl, const PgQuery__IntoClause *into,
                                           const PgQuery__ExecuteStmt *execute)
{
    const struct prepared *found = prepared_find(ddl->session, execute->name);
    struct diag *diag;

    if (!found)
        ddl_fail(ddl, "26000", ddl_name_span(ddl, -1, execute->name),
                 "prepared statement \"%s\" does not exist", execute->name);
    if (NODE_IS(found->query, SELECT_STMT) && !found->has_parameters && execute->n_params == 0)
        return found->query;
    diag = diag_error(ddl->diags, "PL302", range_var_span(ddl, into->rel),
                      "the columns of \"%s\" cannot be known: only a SELECT without parameters "
                      "can be read",
                      into->rel->relname);
    diag_hint(ddl->diags, diag, "write out the CREATE TABLE with its columns");
    ddl_stop(ddl);
}

void ddl_create_table_as(struct ddl *ddl, const PgQuery__CreateTableAsStmt *statement)
{
    const PgQuery__Node *query = statement->query;

    if (NODE_IS(query, EXECUTE_STMT))
        query = prepared_query(ddl, statement->into, query->execute_stmt);
    create_as(ddl, statement->into, query,
              statement->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW,
              statement->if_not_exists);
}

/* SELECT … INTO t: the same as CREATE TABLE t AS SELECT …. INTO stands in the leftmost SELECT of a
 * UNION. */
static const PgQuery__IntoClause *take_into(struct ddl *ddl, PgQuery__SelectStmt *select)
{
    const PgQuery__IntoClause *into = select->into_clause;

    select->into_clause = NULL;
    if (into || !select->larg)
        return into;
    PgQuery__SelectStmt *left = arena_new(ddl->arena, PgQuery__SelectStmt);
    *left = *select->larg;
    select->larg = left;
    return take_into(ddl, left);
}

void select_into(struct ddl *ddl, const PgQuery__SelectStmt *statement)
{
    PgQuery__SelectStmt *select = arena_new(ddl->arena, PgQuery__SelectStmt);
    PgQuery__Node *query = arena_new(ddl->arena, PgQuery__Node);
    const PgQuery__IntoClause *into;

    *select = *statement;
    into = take_into(ddl, select);
    if (!into)
        return;
    *query = *ddl->statement.tree;
    query->select_stmt = select;
    create_as(ddl, into, query, false, false);
}

/* --- Facts ------------------------------------------------------------------------------------ */

/* The first n relations of which a nullability fact changed. */
struct weakened {
    const oid *items;
    size_t n;
};

static bool is_weakened(const void *context, const struct relation *relation)
{
    const struct weakened *weakened = context;

    for (size_t i = 0; i < weakened->n; i++)
        if (weakened->items[i] == relation->oid)
            return true;
    return false;
}

static bool is_affected(const struct session *session, size_t n, const struct relation *view)
{
    const struct weakened weakened = {session->weakened.items, n};

    return session->all_weakened || query_reads(view->view_query, is_weakened, &weakened);
}

static bool refresh(struct session *session, struct relation *view)
{
    const size_t n = view->n_view_columns;
    bool *now = arena_array(session->arena, bool, n);
    bool changed;

    prove_columns(session, view->view_query, now, n);
    changed = memcmp(now, view->view_not_null, n * sizeof *now) != 0;
    memcpy(view->view_not_null, now, n * sizeof *now);
    return changed;
}

void views_refresh(struct session *session)
{
    size_t n_known = SIZE_MAX, rounds = 0;

    if (session->weakened.n == 0 && !session->all_weakened)
        return;
    /* A view over a changed view changes too; the rounds end when nothing does. */
    while (session->weakened.n != n_known && rounds++ <= session->views.n) {
        n_known = session->weakened.n;
        for (size_t i = 0; i < session->views.n; i++) {
            struct relation *view =
                catalog_edit_relation(session->catalog, session->views.items[i]);
            if (view && is_affected(session, n_known, view) && refresh(session, view))
                vec_push(session->arena, &session->weakened, view->oid);
        }
    }
}
