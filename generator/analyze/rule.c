/* CREATE RULE, for the schema room (transformRuleStmt, DefineQueryRewrite): the condition sees OLD
 * and NEW as its event has them; each action is a statement of its own that sees both as tables
 * outside its FROM; then what the actions may not use, and what RETURNING must give back.
 */
#include "analyze/expression.h"
#include "resolve/collate.h"

enum {
    OLD_ROW, /* entries of the range table */
    NEW_ROW,
};

struct rule_check {
    struct statement_state *state;
    const PgQuery__RuleStmt *rule;
    const struct relation *relation;
    struct expr *condition;
    bool has_returning;
};

static struct name_item *add_row(struct parse *parse, const struct relation *relation,
                                 const char *name)
{
    struct name_item *item = range_add_relation(parse, relation, name, NULL, -1);

    parse->scope->rtable.items[item->rte]->has_alias = true;
    return item;
}

/* --- Which of the rows are used --------------------------------------------------------------- */

static bool visit_row(struct walk *walk, struct expr *expr)
{
    const int *rte = walk->context;

    if (expr->kind == EXPR_VAR && expr->u.var.levels_up == walk->depth && expr->u.var.rte == *rte)
        return true;
    return walk_parts(walk, expr);
}

static bool query_uses(struct query *query, int rte)
{
    struct walk walk = {.visit = visit_row, .context = &rte, .into_queries = true};

    return walk_query(&walk, query);
}

static bool condition_uses(struct expr *condition, int rte)
{
    struct walk walk = {.visit = visit_row, .context = &rte, .into_queries = true};

    return walk_expr(&walk, condition);
}

static bool with_uses(const struct query *query, int rte)
{
    struct walk walk = {.visit = visit_row, .context = &rte, .into_queries = true, .depth = 1};

    for (size_t i = 0; i < query->n_ctes; i++)
        if (walk_query(&walk, query->ctes[i]->query))
            return true;
    return false;
}

/* --- Actions ---------------------------------------------------------------------------------- */

static void check_rows(struct parse *parse, const struct rule_check *check, struct query *top,
                       struct query *query)
{
    bool has_old = query_uses(query, OLD_ROW) || condition_uses(check->condition, OLD_ROW);
    bool has_new = query_uses(query, NEW_ROW) || condition_uses(check->condition, NEW_ROW);

    if (has_old && check->rule->event == PG_QUERY__CMD_TYPE__CMD_INSERT)
        parse_error(parse, "42P17", -1, "ON INSERT rule cannot use OLD");
    if (has_new && check->rule->event == PG_QUERY__CMD_TYPE__CMD_DELETE)
        parse_error(parse, "42P17", -1, "ON DELETE rule cannot use NEW");
    if (with_uses(top, OLD_ROW) || with_uses(query, OLD_ROW))
        parse_error(parse, "0A000", -1, "cannot refer to OLD within WITH query");
    if (with_uses(top, NEW_ROW) || with_uses(query, NEW_ROW))
        parse_error(parse, "0A000", -1, "cannot refer to NEW within WITH query");
    if (query->set_ops &&
        (has_old || (has_new && check->rule->event == PG_QUERY__CMD_TYPE__CMD_UPDATE)))
        parse_error(parse, "0A000", -1,
                    "conditional UNION/INTERSECT/EXCEPT statements are not implemented");
}

static struct query *analyze_action(struct rule_check *check, const PgQuery__Node *action)
{
    struct parse top = {check->state, NULL}, parse = scope_open(&top);
    struct query *query, *inner;

    scope_add_names(&parse, add_row(&parse, check->relation, "old"), true, false);
    scope_add_names(&parse, add_row(&parse, check->relation, "new"), true, false);
    query = transform_statement(&parse, action);
    if (query->kind == QUERY_UTILITY && check->condition)
        parse_error(&parse, "42P17", -1,
                    "rules with WHERE conditions can only have SELECT, INSERT, UPDATE, or DELETE "
                    "actions");
    /* INSERT … SELECT: its SELECT has the rows. */
    inner = query->kind == QUERY_INSERT && query->source ? query->source : query;
    if (inner->set_ops && check->condition)
        parse_error(&parse, "0A000", -1,
                    "conditional UNION/INTERSECT/EXCEPT statements are not implemented");
    check_rows(&parse, check, query, inner);
    return query;
}

/* --- RETURNING -------------------------------------------------------------------------------- */

static void check_returned(struct parse *parse, const struct relation *relation, size_t i,
                           const struct expr *expr)
{
    const struct attribute *column = &relation->attributes.items[i];

    if (column->is_dropped)
        parse_error(parse, "0A000", -1,
                    "cannot create a RETURNING list for a relation containing dropped columns");
    if (column->type != expr->type)
        parse_error(parse, "42P17", -1,
                    "RETURNING list's entry %zu has different type from column \"%s\"", i + 1,
                    column->name);
    if (column->typmod != expr->typmod && column->typmod != -1 && expr->typmod != -1)
        parse_error(parse, "42P17", -1,
                    "RETURNING list's entry %zu has different size from column \"%s\"", i + 1,
                    column->name);
}

static void check_returning(struct parse *parse, struct rule_check *check,
                            const struct query *query)
{
    const struct relation *relation = check->relation;

    if (!query->has_returning)
        return;
    if (check->has_returning)
        parse_error(parse, "0A000", -1, "cannot have multiple RETURNING lists in a rule");
    check->has_returning = true;
    if (check->condition)
        parse_error(parse, "0A000", -1, "RETURNING lists are not supported in conditional rules");
    if (!check->rule->instead)
        parse_error(parse, "0A000", -1, "RETURNING lists are not supported in non-INSTEAD rules");
    for (size_t i = 0; i < query->n_returning; i++) {
        if (i >= relation->attributes.n)
            parse_error(parse, "42P17", -1, "RETURNING list has too many entries");
        check_returned(parse, relation, i, query->returning[i].expr);
    }
    if (query->n_returning < relation->attributes.n)
        parse_error(parse, "42P17", -1, "RETURNING list has too few entries");
}

/* --- All of it -------------------------------------------------------------------------------- */

static void transform_condition(struct rule_check *check)
{
    struct parse top = {check->state, NULL}, parse = scope_open(&top);
    struct name_item *old = add_row(&parse, check->relation, "old");
    struct name_item *new = add_row(&parse, check->relation, "new");

    if (check->rule->event != PG_QUERY__CMD_TYPE__CMD_INSERT)
        scope_add_names(&parse, old, true, true);
    if (check->rule->event != PG_QUERY__CMD_TYPE__CMD_DELETE)
        scope_add_names(&parse, new, true, true);
    check->condition = transform_where(&parse, check->rule->where_clause, PLACE_WHERE, "WHERE");
    if (check->condition)
        collate_exprs(&parse, &check->condition, 1);
}

bool analyze_rule(struct arena *arena, const struct catalog *catalog, const struct sql *sql,
                  const PgQuery__RuleStmt *statement, const struct relation *relation,
                  struct diags *diags, struct rule *rule)
{
    struct statement_state *state = arena_new(arena, struct statement_state);
    struct rule_check check = {.state = state, .rule = statement, .relation = relation};
    struct parse top = {state, NULL};
    struct query **queries = arena_array(arena, struct query *, statement->n_actions + 1);

    state->arena = arena;
    state->catalog = catalog;
    state->sql = sql;
    state->diags = diags;
    state->start = statement->relation->location;
    state->no_params = true;
    if (setjmp(state->on_error))
        return false;
    transform_condition(&check);
    for (size_t i = 0; i < statement->n_actions; i++)
        queries[i] = analyze_action(&check, statement->actions[i]);
    for (size_t i = 0; i < statement->n_actions; i++)
        check_returning(&top, &check, queries[i]);
    rule->condition = check.condition;
    rule->actions = queries;
    return true;
}
