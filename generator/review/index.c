/* CREATE INDEX and REINDEX. */
#include <string.h>

#include "review/reviewing.h"
#include "sql/alone.h"

static enum form_id create_form(const struct relation *relation,
                                const PgQuery__IndexStmt *statement)
{
    if (statement->concurrent)
        return FORM_CREATE_INDEX_CONCURRENTLY;
    if (relation->relkind != 'p')
        return FORM_CREATE_INDEX;
    return statement->relation->inh ? FORM_CREATE_INDEX_PARTITIONED : FORM_CREATE_INDEX_ONLY;
}

static bool is_there(struct reviewing *reviewing, const struct relation *relation,
                     const PgQuery__IndexStmt *statement)
{
    const struct namespace *namespace =
        catalog_get_namespace(reviewing->catalog, relation->namespace_oid);

    return statement->if_not_exists && raw_optional(statement->idxname) &&
           catalog_has_index(reviewing->catalog, namespace->name, statement->idxname);
}

static void create_index(struct reviewing *reviewing, const PgQuery__IndexStmt *statement)
{
    const struct relation *relation = find_relation(reviewing, statement->relation);

    if (!relation)
        return;
    if (is_there(reviewing, relation, statement))
        touch(reviewing, relation, form_get(create_form(relation, statement))->lock);
    else
        apply(reviewing, create_form(relation, statement), relation);
}

static void reindex_index(struct reviewing *reviewing, const PgQuery__ReindexStmt *statement,
                          enum form_id id)
{
    struct found_index index = find_index(reviewing, raw_optional(statement->relation->schemaname),
                                          statement->relation->relname);

    if (!index.index)
        return;
    apply(reviewing, id, index.table);
    touch_index(reviewing, index.table, index.index->name,
                raw_reindex_is_concurrent(statement) ? LOCK_MODE_SHARE_UPDATE_EXCLUSIVE
                                                     : LOCK_MODE_ACCESS_EXCLUSIVE);
}

static void reindex(struct reviewing *reviewing, const PgQuery__ReindexStmt *statement)
{
    const enum form_id id =
        raw_reindex_is_concurrent(statement) ? FORM_REINDEX_CONCURRENTLY : FORM_REINDEX;
    const struct relation *relation;

    if (!statement->relation) {
        if (id == FORM_REINDEX)
            found_named(reviewing, HAZARD_REINDEX, statement->name);
        return;
    }
    relation = find_relation(reviewing, statement->relation);
    if (statement->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX)
        reindex_index(reviewing, statement, id);
    else if (relation && !relation->indexes.n)
        touch(reviewing, relation, form_get(id)->lock);
    else
        apply(reviewing, id, relation);
}

void review_index(struct reviewing *reviewing, const PgQuery__Node *tree)
{
    if (NODE_IS(tree, INDEX_STMT))
        create_index(reviewing, tree->index_stmt);
    else if (NODE_IS(tree, REINDEX_STMT))
        reindex(reviewing, tree->reindex_stmt);
}
