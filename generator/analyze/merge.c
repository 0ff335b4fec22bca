/* MERGE (transformMergeStmt): a source joined to the table that is changed, and actions each of
 * which sees the rows it works on.
 */
#include "analyze/insert.h"

static void check_reachable(struct parse *parse, const PgQuery__MergeStmt *stmt)
{
    bool is_decided[2] = {false, false};

    for (size_t i = 0; i < stmt->n_merge_when_clauses; i++) {
        const PgQuery__MergeWhenClause *when = stmt->merge_when_clauses[i]->merge_when_clause;
        bool *decided = &is_decided[pg_when_matched(when) ? 0 : 1];

        if (*decided)
            parse_error(parse, "42601", -1,
                        "unreachable WHEN clause specified after unconditional WHEN clause");
        *decided = !when->condition;
    }
}

static void check_target(struct parse *parse, const PgQuery__RangeVar *name)
{
    const struct rte *rte = parse->scope->rtable.items[parse->scope->target->rte];

    if ((rte->relation->relkind != 'r' && rte->relation->relkind != 'p') ||
        rte->relation->rules.n > 0)
        parse_error(parse, "0A000", name->location, "cannot execute MERGE on relation \"%s\"",
                    rte->relation->name);
}

/* Only the name of the source as a whole is compared: tables inside a join may have the target's
 * name, and then are ambiguous when they are referred to. */
static void transform_source(struct parse *parse, const PgQuery__MergeStmt *stmt)
{
    PgQuery__Node *source = stmt->source_relation;
    const struct name_item *target = parse->scope->target;

    const struct rte *rte;

    transform_from(parse, (struct node_list){&source, 1});
    rte = parse->scope->rtable.items[parse->scope->rtable.n - 1];
    if (name_eq(rte->name, target->name))
        parse_error_hint(parse, "42712", raw_location(source),
                         "the name is used both as MERGE target table and data source",
                         "name \"%s\" specified more than once", target->name);
}

static void transform_insert_action(struct parse *parse, const PgQuery__MergeWhenClause *when,
                                    struct merge_action *action)
{
    struct insert_columns columns = insert_target_columns(parse, NODES(when, target_list));
    struct expr_list exprs = {0};
    struct expr **assigned;

    action->kind = QUERY_INSERT;
    if (!when->n_values)
        return;
    transform_expr_list(parse, NODES(when, values), PLACE_VALUES_SINGLE, true, &exprs);
    assigned = arena_array(parse->statement->arena, struct expr *, exprs.n);
    insert_row(parse, &exprs, &columns, assigned);
    action->targets = insert_targets(parse, assigned, exprs.n, &columns);
    action->n_targets = exprs.n;
}

static void transform_action(struct parse *parse, const PgQuery__MergeWhenClause *when,
                             struct merge_action *action)
{
    struct target_list targets = {0};
    bool matched = pg_when_matched(when);

    /* There is no target row to look at when none matched. */
    parse->scope->target->rel_visible = matched;
    parse->scope->target->cols_visible = matched;
    action->matched = matched;
    action->overriding = overriding_of(when->override);
    action->condition = transform_where(parse, when->condition, PLACE_MERGE_WHEN, "WHEN");
    switch (when->command_type) {
    case PG_QUERY__CMD_TYPE__CMD_INSERT:
        transform_insert_action(parse, when, action);
        break;
    case PG_QUERY__CMD_TYPE__CMD_UPDATE:
        action->kind = QUERY_UPDATE;
        transform_update_targets(parse, NODES(when, target_list), &targets);
        action->targets = targets.items;
        action->n_targets = targets.n;
        break;
    case PG_QUERY__CMD_TYPE__CMD_DELETE:
        action->kind = QUERY_DELETE;
        break;
    default:
        action->kind = QUERY_SELECT;
    }
}

struct query *transform_merge(struct parse *parse, const PgQuery__MergeStmt *stmt)
{
    struct query *query = parse->scope->query;

    query->kind = QUERY_MERGE;
    if (stmt->with_clause && stmt->with_clause->recursive)
        parse_error(parse, "42601", stmt->with_clause->location,
                    "WITH RECURSIVE is not supported for MERGE statement");
    transform_with(parse, stmt->with_clause);
    check_reachable(parse, stmt);
    transform_target_table(parse, stmt->relation, false);
    check_target(parse, stmt->relation);
    transform_source(parse, stmt);
    scope_add_names(parse, parse->scope->target, true, true);
    query->where = transform_expr(parse, stmt->join_condition, PLACE_JOIN_ON);
    query->merge_actions =
        arena_array(parse->statement->arena, struct merge_action, stmt->n_merge_when_clauses);
    for (size_t i = 0; i < stmt->n_merge_when_clauses; i++)
        transform_action(parse, stmt->merge_when_clauses[i]->merge_when_clause,
                         &query->merge_actions[query->n_merge_actions++]);
    return scope_close(parse);
}
