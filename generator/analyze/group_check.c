/* The rule of GROUP BY: outside aggregates, only grouped columns and what depends on them by a
 * primary key (parseCheckAggregates).
 */
#include "analyze/transform.h"

struct ungrouped {
    struct parse *parse;
    struct query *query;
    struct expr_list grouped;
    struct expr_list common;             /* grouped in every grouping set */
    VEC(int) dependent_entries;          /* whose primary key is grouped */
    VEC(const struct constraint *) keys; /* of the dependent entries */
    bool in_direct_args;
};

static const struct target *target_of_ref(const struct query *query, int group_ref)
{
    for (size_t i = 0; i < query->n_targets; i++)
        if (query->targets[i].group_ref == group_ref)
            return &query->targets[i];
    return NULL;
}

static bool is_always_grouped(const struct query *query, int group_ref)
{
    if (!query->has_grouping_sets)
        return true;
    for (size_t i = 0; i < query->n_always_grouped; i++)
        if (query->always_grouped[i] == group_ref)
            return true;
    return false;
}

static bool is_grouped(const struct ungrouped *check, const struct expr *expr)
{
    for (size_t i = 0; i < check->grouped.n; i++)
        if (expr_equal(check->grouped.items[i], expr))
            return true;
    return false;
}

static bool is_same_column(const struct expr *grouped, const struct expr *var)
{
    return grouped->kind == EXPR_VAR && grouped->u.var.levels_up == 0 &&
           grouped->u.var.rte == var->u.var.rte && grouped->u.var.attno == var->u.var.attno;
}

static bool has_column(const struct expr_list *list, const struct expr *var)
{
    for (size_t i = 0; i < list->n; i++)
        if (is_same_column(list->items[i], var))
            return true;
    return false;
}

static bool covers_key(const struct ungrouped *check, int rte, const struct constraint *key)
{
    for (size_t i = 0; i < key->n_columns; i++) {
        struct expr column = {.kind = EXPR_VAR};

        column.u.var.rte = rte;
        column.u.var.attno = key->columns[i];
        if (!has_column(&check->common, &column))
            return false;
    }
    return true;
}

/* Whether the entry's primary key is grouped, so that the grouping leaves its rows alone. */
static bool is_dependent(struct ungrouped *check, int rte)
{
    const struct relation *relation = check->query->rtable[rte]->relation;

    for (size_t i = 0; i < check->dependent_entries.n; i++)
        if (check->dependent_entries.items[i] == rte)
            return true;
    if (check->query->rtable[rte]->kind != RTE_RELATION)
        return false;
    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *key = relation->constraints.items[i];

        if (key && key->kind == CONSTRAINT_PRIMARY && !key->deferrable &&
            covers_key(check, rte, key)) {
            vec_push(check->parse->statement->arena, &check->dependent_entries, rte);
            vec_push(check->parse->statement->arena, &check->keys, key);
            return true;
        }
    }
    return false;
}

static _Noreturn void refuse_column(const struct ungrouped *check, const struct expr *var,
                                    bool is_outer)
{
    const struct rte *rte = check->query->rtable[var->u.var.rte];
    int attno = var->u.var.attno;
    const char *name = "*";

    if (attno > 0)
        name = rte->columns[attno - 1].name;
    else if (attno < 0)
        name = relation_system_column_name(attno);
    if (is_outer)
        parse_error(check->parse, "42803", var->location,
                    "subquery uses ungrouped column \"%s.%s\" from outer query", rte->name, name);
    parse_error_hint(check->parse, "42803", var->location,
                     check->in_direct_args
                         ? "direct arguments of an ordered-set aggregate must use "
                           "only grouped columns"
                         : NULL,
                     "column \"%s.%s\" must appear in the GROUP BY clause or be used in an "
                     "aggregate function",
                     rte->name, name);
}

/* A merged column of a join stands for the columns that it is made of. */
static bool visit_join_column(struct walk *walk, const struct rte *rte, int attno)
{
    for (size_t i = 0; i < rte->n_columns; i++)
        if ((attno == 0 || (int)i == attno - 1) && walk_expr(walk, rte->columns[i].alias))
            return true;
    return false;
}

static bool visit_var(struct walk *walk, struct expr *var)
{
    struct ungrouped *check = walk->context;
    const struct rte *rte;

    if (var->u.var.levels_up != walk->depth)
        return false;
    if (has_column(&check->grouped, var) || is_dependent(check, var->u.var.rte))
        return false;
    rte = check->query->rtable[var->u.var.rte];
    if (rte->kind == RTE_JOIN && walk->depth == 0)
        return visit_join_column(walk, rte, var->u.var.attno);
    refuse_column(check, var, walk->depth > 0);
}

static bool visit(struct walk *walk, struct expr *expr)
{
    struct ungrouped *check = walk->context;

    if (expr->kind == EXPR_CONST || expr->kind == EXPR_PARAM)
        return false;
    if (expr->kind == EXPR_AGG) {
        if (expr->u.agg.levels_up > walk->depth)
            return false;
        if (expr->u.agg.levels_up == walk->depth) {
            if (expr->u.agg.function->agg_kind != 'n') {
                check->in_direct_args = true;
                walk_list(walk, expr->args, expr->n_args);
                check->in_direct_args = false;
            }
            return false;
        }
    }
    if (expr->kind == EXPR_GROUPING && expr->u.agg.levels_up >= walk->depth)
        return false;
    if (walk->depth == 0 && is_grouped(check, expr))
        return false;
    if (expr->kind == EXPR_VAR)
        return visit_var(walk, expr);
    return walk_parts(walk, expr);
}

static bool visit_grouping(struct walk *walk, struct expr *expr)
{
    struct ungrouped *check = walk->context;

    if (expr->kind != EXPR_GROUPING || expr->u.agg.levels_up != walk->depth)
        return walk_parts(walk, expr);
    for (size_t i = 0; i < expr->n_args; i++)
        if (walk->depth == 0 ? !is_grouped(check, expr->args[i]) : expr->args[i]->kind != EXPR_VAR)
            parse_error(check->parse, "42803", expr_location(expr->args[i]),
                        "arguments to GROUPING must be grouping expressions of the associated "
                        "query level");
    return false;
}

static void walk_results(struct walk *walk, const struct query *query)
{
    for (size_t i = 0; i < query->n_targets; i++)
        walk_expr(walk, query->targets[i].expr);
}

static bool has_self_reference(const struct query *query)
{
    for (size_t i = 0; i < query->n_rtable; i++)
        if (query->rtable[i]->kind == RTE_CTE && query->rtable[i]->cte_self_reference)
            return true;
    return false;
}

static int first_aggregate(const struct query *query)
{
    for (size_t i = 0; i < query->n_targets; i++) {
        int location = expr_find_aggregate(query->targets[i].expr, 0);

        if (location != -2)
            return location;
    }
    return query->having ? expr_find_aggregate(query->having, 0) : -1;
}

/* Of a merged column of a join, also what it stands for. */
static void gather_grouped(struct ungrouped *check)
{
    struct arena *arena = check->parse->statement->arena;
    const struct query *query = check->query;

    for (size_t i = 0; i < query->n_group_by; i++) {
        int group_ref = query->group_by[i].group_ref;
        struct expr *expr = target_of_ref(query, group_ref)->expr;
        const struct rte *rte;

        vec_push(arena, &check->grouped, expr);
        if (is_always_grouped(query, group_ref))
            vec_push(arena, &check->common, expr);
        if (expr->kind != EXPR_VAR || expr->u.var.levels_up || expr->u.var.attno <= 0)
            continue;
        rte = query->rtable[expr->u.var.rte];
        if (rte->kind == RTE_JOIN)
            vec_push(arena, &check->grouped, rte->columns[expr->u.var.attno - 1].alias);
    }
}

void check_aggregates(struct parse *parse, struct query *query)
{
    struct ungrouped check = {.parse = parse, .query = query};
    struct walk walk = {.visit = visit_grouping, .context = &check, .into_queries = true};

    if (!query->has_aggs && !query->has_group_by && !query->having)
        return;
    gather_grouped(&check);
    walk_results(&walk, query);
    walk.visit = visit;
    walk_results(&walk, query);
    walk.visit = visit_grouping;
    walk_expr(&walk, query->having);
    walk.visit = visit;
    walk_expr(&walk, query->having);
    query->grouped_keys = check.keys.items;
    query->n_grouped_keys = check.keys.n;
    if (query->has_aggs && has_self_reference(query))
        parse_error(parse, "42P19", first_aggregate(query),
                    "aggregate functions are not allowed in a recursive query's recursive term");
}
