/* MERGE (transformMergeStmt). The join condition is not coerced to boolean: PostgreSQL 15 does not
 * look at its type either.
 */
#include "analyze/insert.h"

static void check_reachable(struct parse *parse, const PgQuery__MergeStmt *stmt)
{
    bool is_terminal[2] = {false, false};

    for (size_t i = 0; i < stmt->n_merge_when_clauses; i++) {
        const PgQuery__MergeWhenClause *clause = stmt->merge_when_clauses[i]->merge_when_clause;
        if (is_terminal[clause->matched])
            parse_error(parse, "42601", -1,
                        "unreachable WHEN clause specified after unconditional WHEN clause");
        if (!clause->condition)
            is_terminal[clause->matched] = true;
    }
}

static void transform_merge_target(struct parse *parse, const PgQuery__MergeStmt *stmt)
{
    const struct relation *relation;

    transform_target_table(parse, stmt->relation, false);
    relation = parse->scope->rtable.items[parse->scope->target->rte]->relation;
    if (relation->relkind != 'r' && relation->relkind != 'p')
        parse_error(parse, "42809", stmt->relation->location,
                    "cannot execute MERGE on relation \"%s\"", relation->name);
}

static void transform_source(struct parse *parse, const PgQuery__MergeStmt *stmt)
{
    struct scope *scope = parse->scope;
    PgQuery__Node *const items[] = {stmt->source_relation};
    const char *target = scope->rtable.items[scope->target->rte]->name;

    transform_from(parse, (struct node_list){items, 1});
    if (name_eq(target, scope->rtable.items[scope->rtable.n - 1]->name))
        parse_error(parse, "42712", stmt->relation->location,
                    "name \"%s\" specified more than once", target);
}

static void transform_insert_action(struct parse *parse, const PgQuery__MergeWhenClause *clause,
                                    struct merge_action *action)
{
    struct insert_columns columns = insert_target_columns(parse, NODES(clause, target_list));
    struct expr_list exprs = {0};
    struct expr **assigned;

    if (!clause->n_values)
        return;
    transform_expr_list(parse, NODES(clause, values), PLACE_VALUES_SINGLE, true, &exprs);
    assigned = arena_array(parse->statement->arena, struct expr *, exprs.n);
    insert_row(parse, &exprs, &columns, assigned);
    action->targets = insert_targets(parse, assigned, exprs.n, &columns);
    action->n_targets = exprs.n;
}

/* A row that is not matched has no target row to speak of (setNamespaceForMergeWhen). */
static struct merge_action transform_action(struct parse *parse,
                                            const PgQuery__MergeWhenClause *clause)
{
    struct name_item *target = parse->scope->target;
    struct merge_action action = {.matched = clause->matched, .kind = QUERY_SELECT};
    struct target_list targets = {0};

    target->rel_visible = target->cols_visible = clause->matched;
    action.condition = transform_where(parse, clause->condition, PLACE_MERGE_WHEN, "WHEN");
    switch (clause->command_type) {
    case PG_QUERY__CMD_TYPE__CMD_INSERT:
        action.kind = QUERY_INSERT;
        transform_insert_action(parse, clause, &action);
        break;
    case PG_QUERY__CMD_TYPE__CMD_UPDATE:
        action.kind = QUERY_UPDATE;
        transform_update_targets(parse, NODES(clause, target_list), &targets);
        action.targets = targets.items;
        action.n_targets = targets.n;
        break;
    case PG_QUERY__CMD_TYPE__CMD_DELETE:
        action.kind = QUERY_DELETE;
        break;
    default: /* DO NOTHING */
        break;
    }
    return action;
}

struct query *transform_merge(struct parse *parse, const PgQuery__MergeStmt *stmt)
{
    struct query *query = parse->scope->query;

    query->kind = QUERY_MERGE;
    if (stmt->with_clause && stmt->with_clause->recursive)
        parse_error(parse, "0A000", -1, "WITH RECURSIVE is not supported for MERGE statement");
    transform_with(parse, stmt->with_clause);
    check_reachable(parse, stmt);
    transform_merge_target(parse, stmt);
    transform_source(parse, stmt);
    scope_add_names(parse, parse->scope->target, true, true);
    query->where = transform_expr(parse, stmt->join_condition, PLACE_JOIN_ON);
    query->merge_actions =
        arena_array(parse->statement->arena, struct merge_action, stmt->n_merge_when_clauses);
    for (size_t i = 0; i < stmt->n_merge_when_clauses; i++)
        query->merge_actions[query->n_merge_actions++] =
            transform_action(parse, stmt->merge_when_clauses[i]->merge_when_clause);
    return scope_close(parse);
}
