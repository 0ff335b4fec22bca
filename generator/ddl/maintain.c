/* REINDEX, CLUSTER and REFRESH MATERIALIZED VIEW. What they name is looked up, and may be a thing
 * that they do not do; an index by which CLUSTER sorts, and that there are rows, is remembered.
 */
#include <string.h>

#include "ddl/alter.h"
#include "ddl/statements.h"
#include "ddl/table.h"

/* The tables of TOAST belong to the system; which ones there are is not known. */
static bool is_toast(const PgQuery__RangeVar *name)
{
    return name && name->schemaname && strcmp(name->schemaname, "pg_toast") == 0;
}

/* Its storage is what the command writes anew. */
static const struct relation *stored_relation(struct ddl *ddl, const PgQuery__RangeVar *range_var)
{
    struct qualified_name name = name_from_range_var(range_var);
    const struct relation *relation = relation_find(ddl, range_var);
    bool is_index = !relation && (index_find(ddl, name.schema, name.name) ||
                                  catalog_has_index(ddl->catalog, name.schema, name.name));

    if (!is_index)
        relation = relation_get(ddl, range_var);
    if (is_index || !strchr("rmp", relation->relkind))
        ddl_fail(ddl, "42809", range_var_span(ddl, range_var),
                 "\"%s\" is not a table or materialized view", name.name);
    return relation;
}

static void check_options(struct ddl *ddl, PgQuery__Node **options, size_t n,
                          const char *const *known)
{
    for (size_t i = 0; i < n; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        if (!name_is_one_of(option->defname, known))
            ddl_fail(ddl, "42601", ddl_span(ddl, option->location), "unrecognized option \"%s\"",
                     option->defname);
    }
}

/* --- REINDEX ---------------------------------------------------------------------------------- */

static bool is_concurrent(struct ddl *ddl, const PgQuery__ReindexStmt *statement)
{
    return definition_bool(ddl,
                           definition_find(statement->params, statement->n_params, "concurrently"));
}

static void check_concurrent(struct ddl *ddl, const PgQuery__ReindexStmt *statement, bool is_system)
{
    if (!is_concurrent(ddl, statement))
        return;
    transaction_check_none(ddl, "REINDEX CONCURRENTLY");
    if (is_system)
        ddl_fail(ddl, "0A000", ddl_span(ddl, -1), "cannot reindex system catalogs concurrently");
}

static void check_reindexed_index(struct ddl *ddl, const PgQuery__ReindexStmt *statement)
{
    struct qualified_name name = name_from_range_var(statement->relation);
    span at = range_var_span(ddl, statement->relation);
    const struct index_place *place = index_find(ddl, name.schema, name.name);
    const struct relation *table = place ? catalog_get_relation(ddl->catalog, place->relid) : NULL;
    const struct constraint *key;

    if (!place && !catalog_has_index(ddl->catalog, name.schema, name.name)) {
        const struct relation *found = relation_get(ddl, statement->relation);
        ddl_fail(ddl, "42809", at, "\"%s\" is not an index", found->name);
    }
    if (table && table->relkind == 'p')
        transaction_check_none(ddl, "REINDEX INDEX");
    check_concurrent(ddl, statement, !place);
    key = table ? index_constraint(table, place->index) : NULL;
    if (table && key && !table->is_temporary && key->kind == CONSTRAINT_EXCLUSION &&
        is_concurrent(ddl, statement))
        ddl_fail(ddl, "0A000", at,
                 "concurrent index creation for exclusion constraints is not "
                 "supported");
}

static void check_reindexed_table(struct ddl *ddl, const PgQuery__ReindexStmt *statement)
{
    const struct relation *table = stored_relation(ddl, statement->relation);

    if (table->relkind == 'p')
        transaction_check_none(ddl, "REINDEX TABLE");
    check_concurrent(ddl, statement, table->oid < FIRST_USER_OID);
}

void ddl_reindex(struct ddl *ddl, const PgQuery__ReindexStmt *statement)
{
    static const char *const options[] = {"verbose", "concurrently", "tablespace", NULL};

    check_options(ddl, statement->params, statement->n_params, options);
    tablespace_check(ddl,
                     definition_string(ddl, definition_find(statement->params, statement->n_params,
                                                            "tablespace")));
    if (is_toast(statement->relation)) {
        check_concurrent(ddl, statement, true);
        return;
    }
    switch (statement->kind) {
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX:
        check_reindexed_index(ddl, statement);
        break;
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_TABLE:
        check_reindexed_table(ddl, statement);
        break;
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA:
        transaction_check_none(ddl, "REINDEX SCHEMA");
        namespace_get(ddl, statement->name, ddl_name_span(ddl, -1, statement->name));
        break;
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SYSTEM:
        transaction_check_none(ddl, "REINDEX SYSTEM");
        check_concurrent(ddl, statement, true);
        break;
    default:
        transaction_check_none(ddl, "REINDEX DATABASE");
        break;
    }
}

/* --- CLUSTER ---------------------------------------------------------------------------------- */

const struct index *index_clusterable(struct ddl *ddl, const struct relation *relation,
                                      const char *name, span at)
{
    const struct index *index = relation_index_get(ddl, relation, name, at);

    if (strcmp(index->method, "btree") != 0 && strcmp(index->method, "gist") != 0 &&
        catalog_method_letter(index->method))
        ddl_fail(ddl, "0A000", at,
                 "cannot cluster on index \"%s\" because access method does not support clustering",
                 name);
    if (index->is_partial)
        ddl_fail(ddl, "0A000", at, "cannot cluster on partial index \"%s\"", name);
    return index;
}

/* A partitioned table has no such mark. */
static void sort_by(struct ddl *ddl, const struct relation *relation, const char *name)
{
    const struct index *index =
        index_clusterable(ddl, relation, name, ddl_name_span(ddl, -1, name));

    if (relation->relkind != 'p')
        index_mark_clustered(catalog_edit_relation(ddl->catalog, relation->oid), index);
}

static bool is_clustered(const struct relation *relation)
{
    for (size_t i = 0; i < relation->indexes.n; i++)
        if (relation->indexes.items[i]->is_clustered)
            return true;
    return false;
}

void ddl_cluster(struct ddl *ddl, const PgQuery__ClusterStmt *statement)
{
    static const char *const options[] = {"verbose", NULL};
    const struct relation *relation;

    check_options(ddl, statement->params, statement->n_params, options);
    if (!statement->relation) {
        transaction_check_none(ddl, "CLUSTER");
        return;
    }
    if (is_toast(statement->relation))
        return;
    relation = stored_relation(ddl, statement->relation);
    if (relation->relkind == 'p')
        transaction_check_none(ddl, "CLUSTER");
    if (relation->oid < FIRST_USER_OID)
        return;
    if (statement->indexname && *statement->indexname)
        sort_by(ddl, relation, statement->indexname);
    else if (!is_clustered(relation) && !catalog_is_incomplete(ddl->catalog))
        ddl_fail(ddl, "42704", range_var_span(ddl, statement->relation),
                 "there is no previously clustered index for table \"%s\"", relation->name);
}

/* --- REFRESH MATERIALIZED VIEW ---------------------------------------------------------------- */

/* Rows are told apart by a unique index over columns and over all rows; a predicate without columns
 * may be constant, which is none. */
static bool has_row_identity(const struct relation *view)
{
    for (size_t i = 0; i < view->indexes.n; i++) {
        const struct index *index = view->indexes.items[i];
        if (index->is_unique && (!index->is_partial || index->n_used == 0) &&
            !index->has_expressions)
            return true;
    }
    return false;
}

void ddl_refresh(struct ddl *ddl, const PgQuery__RefreshMatViewStmt *statement)
{
    const struct relation *view = stored_relation(ddl, statement->relation);
    span at = range_var_span(ddl, statement->relation);

    if (view->relkind != 'm')
        ddl_fail(ddl, "0A000", at, "\"%s\" is not a materialized view", view->name);
    if (statement->concurrent && statement->skip_data)
        ddl_fail(ddl, "42601", at, "CONCURRENTLY and WITH NO DATA cannot be used together");
    if (statement->concurrent && !has_row_identity(view))
        ddl_fail_hint(ddl, "55000", at,
                      "create a unique index with no WHERE clause on columns of the view",
                      "cannot refresh materialized view \"%s\" concurrently", view->name);
    relation_edit(ddl, view, at)->is_unpopulated = statement->skip_data;
}
