/* A query level: the states of its rows, and its result columns. */
#include "prove/nulls_internal.h"
#include "tree/tree.h"

static size_t count_sets(const struct null_state *state, const struct expr *expr)
{
    size_t n = expr_is_set(state->catalog, expr);

    for (size_t i = 0; i < expr->n_args; i++) {
        if (expr->args[i])
            n += count_sets(state, expr->args[i]);
    }
    return n;
}

static struct env *env_of_groups(struct null_scope *scope)
{
    const struct query *query = scope->query;
    struct env *env = scope->row;
    struct fact_set having = {0};

    if (query->has_grouping_sets)
        env = nulls_env_rolled_up(scope, scope->row);
    nulls_add_outcome(scope, query->having, OUTCOME_TRUE, "HAVING", &having);
    return nulls_env_with(scope, env, &having);
}

/* What the columns that the reader knows to be NOT NULL say about the row behind them. */
static struct env *env_of_reader(struct null_scope *scope, struct env *env, const bool *assumed)
{
    struct fact_set facts = {0};
    size_t n;
    const struct target *targets = query_result(scope->query, &n);

    for (size_t i = 0; i < n; i++) {
        if (assumed[i] && targets[i].expr)
            nulls_add_not_null(scope, targets[i].expr, "the outer query", &facts);
    }
    return nulls_env_with(scope, env, &facts);
}

static struct null_scope *scope_create(struct null_state *state, struct null_scope *parent,
                                       const struct query *query, const bool *assumed)
{
    struct null_scope *scope = arena_new(state->arena, struct null_scope);

    scope->state = state;
    scope->parent = parent;
    scope->query = query;
    scope->columns = arena_array(state->arena, struct nullability *, query->n_rtable);
    scope->cte_columns = arena_array(state->arena, struct nullability *, query->n_ctes);
    for (size_t i = 0; query->has_set_returning && i < query->n_targets; i++)
        scope->n_target_sets +=
            query->targets[i].expr ? count_sets(state, query->targets[i].expr) : 0;
    scope->row = nulls_env_of_from(scope);
    scope->group = scope->row;
    scope->is_grouped = query->has_group_by || query->has_aggs || query->having;
    if (scope->is_grouped)
        scope->group = env_of_groups(scope);
    scope->output = assumed ? env_of_reader(scope, scope->group, assumed) : scope->group;
    scope->current = scope->output;
    return scope;
}

struct null_scope *nulls_scope_create(struct null_state *state, struct null_scope *parent,
                                      const struct query *query)
{
    return scope_create(state, parent, query, NULL);
}

struct scope_state nulls_enter_row(struct null_scope *scope)
{
    struct scope_state saved = {scope->current, scope->is_grouped};

    scope->current = scope->row;
    scope->is_grouped = false;
    return saved;
}

void nulls_leave(struct null_scope *scope, struct scope_state saved)
{
    scope->current = saved.current;
    scope->is_grouped = saved.is_grouped;
}

/* The level whose variables the query's levels_up count from. */
static struct null_scope *enclosing_scope(struct null_scope *scope, const struct query *query)
{
    for (struct null_scope *s = scope; s; s = s->parent) {
        if (s->query == query->parent)
            return s;
    }
    return query->parent ? scope : NULL;
}

/* UNION: NULL comes from either side; INTERSECT: a row is in both; EXCEPT: a row is in the left. */
static struct nullability combine(enum set_op op, struct nullability left, struct nullability right)
{
    switch (op) {
    case SET_OP_UNION:
        return left.nullable ? left : right;
    case SET_OP_INTERSECT:
        return left.nullable ? right : left;
    case SET_OP_NONE:
    case SET_OP_EXCEPT:
        break;
    }
    return left;
}

static struct nullability *set_columns(struct null_scope *scope, const struct set_node *node,
                                       const bool *assumed, size_t *n)
{
    struct nullability *left, *right;
    size_t n_right;

    if (node->op == SET_OP_NONE)
        return nulls_query_columns(scope->state, scope, node->query, assumed, n);
    left = set_columns(scope, node->left, assumed, n);
    right = set_columns(scope, node->right, assumed, &n_right);
    if (n_right < *n)
        *n = n_right;
    for (size_t i = 0; i < *n; i++)
        left[i] = combine(node->op, left[i], right[i]);
    return left;
}

struct nullability *nulls_query_columns(struct null_state *state, struct null_scope *scope,
                                        const struct query *query, const bool *assumed, size_t *n)
{
    const struct target *targets = query_result(query, n);
    struct nullability *columns = arena_array(state->arena, struct nullability, *n);
    struct null_scope *level =
        scope_create(state, enclosing_scope(scope, query), query, query->set_ops ? NULL : assumed);
    size_t n_columns = 0;

    if (query->set_ops)
        return set_columns(level, query->set_ops, assumed, n);
    for (size_t i = 0; i < *n; i++) {
        if (targets[i].is_junk)
            continue;
        columns[n_columns++] = targets[i].expr && query->kind != QUERY_MERGE
                                   ? nulls_expr(level, targets[i].expr)
                                   : nulls_maybe("nothing is known of it");
    }
    *n = n_columns;
    return columns;
}
