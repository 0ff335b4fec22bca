/* Checks of a query level: missing WHERE, ORDER BY that orders nothing, `*` over several tables.
 * And of the statement: :one without a proof, LIMIT without ORDER BY.
 */
#include "analyze/cardinality.h"
#include "analyze/lint_internal.h"
#include "analyze/tree.h"

static void check_where(struct linter *linter, const struct query *query)
{
    const struct rte *target;

    if ((query->kind != QUERY_UPDATE && query->kind != QUERY_DELETE) || query->where ||
        query->result_rte < 0)
        return;
    target = query->rtable[query->result_rte];
    if (query->kind == QUERY_UPDATE)
        lint_warn(linter, LINT_UPDATE_WITHOUT_WHERE, target->location,
                  "add WHERE, or `-- @allow update-without-where` when all rows are meant",
                  "UPDATE without WHERE changes every row of \"%s\"", target->relation->name);
    else
        lint_warn(linter, LINT_DELETE_WITHOUT_WHERE, target->location,
                  "add WHERE, or `-- @allow delete-without-where` when all rows are meant",
                  "DELETE without WHERE removes every row of \"%s\"", target->relation->name);
}

static const struct target *target_of(const struct query *query, int group_ref)
{
    for (size_t i = 0; i < query->n_targets; i++) {
        if (query->targets[i].group_ref == group_ref)
            return &query->targets[i];
    }
    return NULL;
}

static void check_order_by(struct linter *linter, const struct query *query)
{
    for (size_t i = 0; i < query->n_order_by; i++) {
        const struct target *target = target_of(query, query->order_by[i].group_ref);
        struct expr *expr = target && target->expr ? expr_strip_casts(target->expr) : NULL;

        if (expr && target->is_junk && (expr->kind == EXPR_PARAM || expr->kind == EXPR_CONST))
            lint_warn(linter, LINT_ORDER_BY_CONSTANT, expr->location,
                      "a parameter cannot name a column: use CASE, or a query for each order",
                      "ORDER BY a value that is the same for every row");
    }
}

static size_t count_leaves(const struct join_node *node)
{
    return node->is_join ? count_leaves(node->left) + count_leaves(node->right) : 1;
}

/* `*` that mixes the columns of several tables. */
static void check_star(struct linter *linter, const struct query *query)
{
    const char *text = linter->annotated->sql.text;
    size_t n_entries = 0;

    for (size_t i = 0; i < query->n_from; i++)
        n_entries += count_leaves(query->from[i]);
    for (size_t s = 0; n_entries > 1 && s < linter->analysis->n_stars; s++) {
        const struct star_expansion *star = &linter->analysis->stars[s];
        bool is_here = false;

        for (size_t i = 0; i < query->n_targets && !is_here; i++)
            is_here =
                query->targets[i].location >= star->from && query->targets[i].location < star->to;
        if (is_here && !star->embed && text[star->from] == '*')
            lint_warn(linter, LINT_SELECT_STAR, star->from,
                      "name the columns, or use sqlc.embed(table) for each table",
                      "* mixes the columns of %zu tables", n_entries);
    }
}

void lint_check_level(struct linter *linter, struct query *query)
{
    check_where(linter, query);
    check_order_by(linter, query);
    if (query->kind == QUERY_SELECT && !query->set_ops)
        check_star(linter, query);
}

static bool is_one(enum query_command command)
{
    return command == COMMAND_ONE || command == COMMAND_OPT || command == COMMAND_BATCHONE;
}

static void check_one(struct linter *linter)
{
    const struct annotated_query *annotated = linter->annotated;

    if (!is_one(annotated->command) || !linter->ir->returns_rows || linter->ir->at_most_one)
        return;
    lint_warn(linter, LINT_ONE_NOT_PROVED, linter->analysis->query->location,
              "compare all columns of a unique key, add LIMIT 1, or use :many",
              "\"%s\" is :%s, but nothing proves that it returns at most one row", annotated->name,
              query_command_name(annotated->command));
}

/* Whether LIMIT picks among rows that differ, without saying which. */
static bool picks_at_random(struct linter *linter, const struct query *query)
{
    struct query unlimited = *query;
    bool all_constant = true;

    unlimited.limit = NULL;
    if (query->has_locking ||
        cardinality_infer(linter->arena, linter->catalog, &unlimited).at_most_one)
        return false;
    for (size_t i = 0; i < query->n_targets; i++) {
        const struct expr *expr = query->targets[i].expr;

        if (expr && expr_strip_casts(query->targets[i].expr)->kind != EXPR_CONST)
            all_constant = false;
    }
    return !all_constant;
}

static void check_limit(struct linter *linter)
{
    const struct query *query = linter->analysis->query;

    if (query->kind != QUERY_SELECT || query->n_order_by > 0)
        return;
    if (query->offset)
        lint_warn(linter, LINT_OFFSET_WITHOUT_ORDER_BY, expr_location(query->offset),
                  "add ORDER BY with a unique key at its end",
                  "OFFSET without ORDER BY skips arbitrary rows");
    else if (query->limit && picks_at_random(linter, query))
        lint_warn(linter, LINT_LIMIT_WITHOUT_ORDER_BY, expr_location(query->limit),
                  "add ORDER BY with a unique key at its end",
                  "LIMIT without ORDER BY returns arbitrary rows");
}

void lint_check_statement(struct linter *linter)
{
    check_one(linter);
    check_limit(linter);
}
