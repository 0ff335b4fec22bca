/* UPDATE and DELETE (transformUpdateStmt, transformDeleteStmt). */
#include "analyze/transform.h"

/* FROM and USING cannot see the table that is changed, except to be told so. */
static void transform_sources(struct parse *parse, struct node_list items)
{
    struct name_item *target = parse->scope->target;

    target->lateral_only = true;
    target->lateral_ok = false;
    transform_from(parse, items);
    target->lateral_only = false;
    target->lateral_ok = true;
}

struct query *transform_update(struct parse *parse, const PgQuery__UpdateStmt *stmt)
{
    struct query *query = parse->scope->query;
    struct target_list targets = {0};

    query->kind = QUERY_UPDATE;
    transform_with(parse, stmt->with_clause);
    transform_target_table(parse, stmt->relation, true);
    transform_sources(parse, NODES(stmt, from_clause));
    query->where = transform_where(parse, stmt->where_clause, PLACE_WHERE, "WHERE");
    transform_returning(parse, NODES(stmt, returning_list));
    transform_update_targets(parse, NODES(stmt, target_list), &targets);
    query->targets = targets.items;
    query->n_targets = targets.n;
    return scope_close(parse);
}

struct query *transform_delete(struct parse *parse, const PgQuery__DeleteStmt *stmt)
{
    struct query *query = parse->scope->query;

    query->kind = QUERY_DELETE;
    transform_with(parse, stmt->with_clause);
    transform_target_table(parse, stmt->relation, true);
    transform_sources(parse, NODES(stmt, using_clause));
    query->where = transform_where(parse, stmt->where_clause, PLACE_WHERE, "WHERE");
    transform_returning(parse, NODES(stmt, returning_list));
    return scope_close(parse);
}
