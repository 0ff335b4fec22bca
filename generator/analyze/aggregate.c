/* Aggregate calls: ORDER BY and DISTINCT inside them, the query level they belong to, and the
 * places that refuse them (transformAggregateCall, check_agglevels_and_constraints).
 */
#include "analyze/transform.h"

enum { NO_LEVEL = -1 };

struct levels {
    struct parse *parse;
    int min_var, min_aggregate, min_cte;
    int aggregate_location;
};

static bool visit_level(struct walk *walk, struct expr *expr)
{
    struct levels *levels = walk->context;
    int level;

    if (expr->kind == EXPR_VAR) {
        level = expr->u.var.levels_up - walk->depth;
        if (level >= 0 && (levels->min_var < 0 || level < levels->min_var))
            levels->min_var = level;
        return false;
    }
    if (expr->kind == EXPR_AGG || expr->kind == EXPR_GROUPING) {
        level = expr->u.agg.levels_up - walk->depth;
        if (level >= 0 && (levels->min_aggregate < 0 || level < levels->min_aggregate)) {
            levels->min_aggregate = level;
            levels->aggregate_location = expr->location;
        }
    }
    if (walk->depth == 0 && expr_is_set(levels->parse->statement->catalog, expr))
        parse_error_hint(levels->parse, "0A000", expr->location,
                         "you might be able to move the set-returning function into a LATERAL FROM "
                         "item",
                         "aggregate function calls cannot contain set-returning function calls");
    if (walk->depth == 0 && expr->kind == EXPR_WINDOW)
        parse_error(levels->parse, "42803", expr->location,
                    "aggregate function calls cannot contain window function calls");
    return walk_parts(walk, expr);
}

/* Of a WITH item of a query inside the aggregate there is nothing to see. */
static void visit_cte(struct walk *walk, const struct rte *rte)
{
    struct levels *levels = walk->context;
    int level = rte->cte_levels_up - walk->depth;

    if (rte->kind == RTE_CTE && level >= 0 && (levels->min_cte < 0 || level < levels->min_cte))
        levels->min_cte = level;
}

static void find_levels(struct levels *levels, struct expr *const *exprs, size_t n)
{
    struct walk walk = {
        .visit = visit_level, .visit_entry = visit_cte, .context = levels, .into_queries = true};

    walk_list(&walk, exprs, n);
}

static struct levels no_levels(struct parse *parse)
{
    return (struct levels){
        .parse = parse, .min_var = NO_LEVEL, .min_aggregate = NO_LEVEL, .min_cte = NO_LEVEL};
}

/* The aggregate would have to be computed where the WITH item is not. */
static void check_ctes(const struct levels *levels, const struct expr *aggregate, int level)
{
    if (levels->min_cte >= 0 && levels->min_cte < level)
        parse_error(levels->parse, "0A000", aggregate->location,
                    "outer-level aggregate cannot use a nested CTE");
}

static void check_direct_args(struct parse *parse, const struct expr *aggregate, int level)
{
    struct expr *const *args = aggregate->args;
    struct levels levels = no_levels(parse);

    find_levels(&levels, args, aggregate->n_args);
    if (levels.min_var >= 0 && levels.min_var < level)
        parse_error(parse, "42803", expr_location(args[0]),
                    "outer-level aggregate cannot contain a lower-level variable in its direct "
                    "arguments");
    if (levels.min_aggregate >= 0 && levels.min_aggregate <= level)
        parse_error(parse, "42803", levels.aggregate_location,
                    "aggregate function calls cannot be nested");
    check_ctes(&levels, aggregate, level);
}

/* The level of the aggregate's innermost variable or aggregate; 0 without any. */
static int level_of(struct parse *parse, const struct expr *aggregate, bool is_ordered_set)
{
    struct levels levels = no_levels(parse);
    int level;

    if (!is_ordered_set)
        find_levels(&levels, aggregate->args, aggregate->n_args);
    find_levels(&levels, aggregate->u.agg.order_by, aggregate->u.agg.n_order_by);
    if (aggregate->u.agg.filter)
        find_levels(&levels, (struct expr *const *)&aggregate->u.agg.filter, 1);
    if (levels.min_var < 0)
        level = levels.min_aggregate < 0 ? 0 : levels.min_aggregate;
    else if (levels.min_aggregate < 0 || levels.min_var < levels.min_aggregate)
        level = levels.min_var;
    else
        level = levels.min_aggregate;
    if (level == levels.min_aggregate)
        parse_error(parse, "42803", levels.aggregate_location,
                    "aggregate function calls cannot be nested");
    check_ctes(&levels, aggregate, level);
    if (is_ordered_set)
        check_direct_args(parse, aggregate, level);
    return level;
}

void check_aggregate_level(struct parse *parse, struct expr *aggregate)
{
    bool is_ordered_set = aggregate->kind == EXPR_AGG && aggregate->u.agg.function->agg_kind != 'n';
    int level = level_of(parse, aggregate, is_ordered_set);
    struct scope *scope = scope_up(parse->scope, level);
    const char *refused = place_refuses_aggregate(parse, scope->place);

    aggregate->u.agg.levels_up = level;
    scope->query->has_aggs = true;
    if (refused)
        parse_error(parse, "42803", aggregate->location,
                    aggregate->kind == EXPR_GROUPING ? "grouping operations are not allowed %s"
                                                     : "aggregate functions are not allowed %s",
                    refused);
}

static struct target_list targets_of(struct parse *parse, struct expr *const *args, size_t n)
{
    struct target_list targets = {0};

    for (size_t i = 0; i < n; i++)
        vec_push(parse->statement->arena, &targets,
                 (struct target){.expr = args[i], .location = args[i] ? args[i]->location : -1});
    return targets;
}

static void keep_order(struct parse *parse, struct expr *aggregate,
                       const struct target_list *targets, const struct sort_list *order)
{
    struct expr_list exprs = {0};

    for (size_t i = 0; i < order->n; i++)
        for (size_t j = 0; j < targets->n; j++)
            if (targets->items[j].group_ref == order->items[i].group_ref)
                vec_push(parse->statement->arena, &exprs, targets->items[j].expr);
    aggregate->u.agg.order_by = exprs.items;
    aggregate->u.agg.n_order_by = exprs.n;
    aggregate->u.agg.order = order->items;
}

static void check_distinct(struct parse *parse, const struct target_list *targets)
{
    for (size_t i = 0; i < targets->n; i++)
        if (!targets->items[i].is_junk)
            resolve_sort_operator(parse, targets->items[i].expr->type, true, true,
                                  expr_location(targets->items[i].expr));
}

static void finish_plain(struct parse *parse, struct expr *aggregate, const PgQuery__FuncCall *call)
{
    struct target_list targets = targets_of(parse, aggregate->args, aggregate->n_args);
    struct sort_list order = {0}, distinct = {0};

    if (call) /* (row).count has none */
        transform_sort(parse, NODES(call, agg_order), &targets, PLACE_ORDER_BY, true, &order);
    if (aggregate->u.agg.is_distinct) {
        transform_distinct(parse, &targets, &order, true, &distinct);
        check_distinct(parse, &targets);
    }
    for (size_t i = 0; i < aggregate->n_args; i++)
        aggregate->args[i] = targets.items[i].expr;
    keep_order(parse, aggregate, &targets, &order);
}

/* The ordered arguments leave args for order_by. */
static void finish_ordered_set(struct parse *parse, struct expr *aggregate,
                               const PgQuery__FuncCall *call, size_t n_direct)
{
    struct target_list targets;
    struct sort_list order = {0};

    if (aggregate->n_args < n_direct)
        n_direct = aggregate->n_args;
    targets = targets_of(parse, aggregate->args + n_direct, aggregate->n_args - n_direct);
    for (size_t i = 0; i < targets.n && i < call->n_agg_order; i++)
        sort_add(parse, i, call->agg_order[i]->sort_by, &targets, &order);
    keep_order(parse, aggregate, &targets, &order);
    aggregate->n_args = n_direct;
}

struct expr *finish_aggregate(struct parse *parse, struct expr *aggregate,
                              const PgQuery__FuncCall *call, size_t n_direct)
{
    if (aggregate->u.agg.function->agg_kind == 'n')
        finish_plain(parse, aggregate, call);
    else
        finish_ordered_set(parse, aggregate, call, n_direct);
    check_aggregate_level(parse, aggregate);
    return aggregate;
}

struct expr *transform_grouping(struct parse *parse, const PgQuery__GroupingFunc *grouping)
{
    struct expr *expr =
        expr_make(parse->statement->arena, EXPR_GROUPING, INT4OID, grouping->location);

    if (grouping->n_args > 31)
        parse_error(parse, "54023", grouping->location,
                    "GROUPING must have fewer than 32 arguments");
    expr->args = arena_array(parse->statement->arena, struct expr *, grouping->n_args);
    for (size_t i = 0; i < grouping->n_args; i++)
        expr->args[expr->n_args++] = transform_part(parse, grouping->args[i]);
    check_aggregate_level(parse, expr);
    return expr;
}
