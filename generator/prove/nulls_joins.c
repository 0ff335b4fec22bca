/* Which range-table entries have a row in every row of FROM … WHERE, and what their ON clauses add.
 *
 * The walk goes down the FROM tree through nodes that are known to have a row. The nullable side of
 * an outer join has one when a fact says so about any entry below it (a strict WHERE turns the
 * outer join into an inner one), or when that side always has a row and ON is true; then its ON was
 * true and gives facts of its own. The walk repeats until it learns nothing new.
 */
#include "analyze/system_view.h"
#include "prove/nulls_internal.h"

#include <string.h>

static size_t count_present(const struct null_scope *scope, const struct env *env)
{
    size_t n = 0;

    for (size_t i = 0; i < scope->query->n_rtable; i++)
        n += env->present[i];
    return n;
}

static bool is_known_below(const struct join_node *node, const struct env *env)
{
    if (node->is_join)
        return is_known_below(node->left, env) || is_known_below(node->right, env);
    for (size_t i = 0; i < env->facts.list.n; i++) {
        const struct expr *expr = env->facts.list.items[i].expr;

        if (expr->kind == EXPR_VAR && expr->u.var.levels_up == 0 && expr->u.var.rte == node->rte)
            return true;
    }
    return env->present[node->rte];
}

/* Whether `side`, which the join may fill with NULLs, has a row of its own. */
static bool side_has_row(const struct null_scope *scope, const struct env *env,
                         const struct join_node *join, const struct join_node *side)
{
    const bool on_is_true = !join->on || nulls_is_true_const(join->on);

    return is_known_below(side, env) ||
           (join->kind != JOIN_KIND_FULL && on_is_true && !side->is_join &&
            nulls_entry_has_row(scope->query->rtable[side->rte]));
}

/* A row of the entry exists: then it was computed from its arguments. */
static void enter_leaf(struct null_scope *scope, struct env *env, const struct rte *rte)
{
    if (rte->kind == RTE_SUBQUERY && rte->is_lateral)
        nulls_add_row_returned(scope, rte->subquery, "LATERAL", &env->facts);
    if (rte->kind == RTE_FUNCTION && rte->n_functions == 1) {
        const struct expr *call = rte->functions[0].call;

        if (call && call->kind == EXPR_FUNC && call->u.call.function &&
            call->u.call.function->returns_set)
            nulls_add_not_null(scope, call, "FROM", &env->facts);
    }
}

static void walk(struct null_scope *scope, struct env *env, const struct join_node *node)
{
    const bool is_new = !env->present[node->rte];
    bool left, right;

    env->present[node->rte] = true;
    if (!node->is_join) {
        if (is_new)
            enter_leaf(scope, env, scope->query->rtable[node->rte]);
        return;
    }
    left = node->kind == JOIN_KIND_INNER || node->kind == JOIN_KIND_LEFT ||
           side_has_row(scope, env, node, node->left);
    right = node->kind == JOIN_KIND_INNER || node->kind == JOIN_KIND_RIGHT ||
            side_has_row(scope, env, node, node->right);
    if (left && right)
        nulls_add_outcome(scope, node->on, OUTCOME_TRUE, "ON", &env->facts);
    if (left)
        walk(scope, env, node->left);
    if (right)
        walk(scope, env, node->right);
}

static void walk_to_end(struct null_scope *scope, struct env *env)
{
    const struct query *query = scope->query;
    size_t n_facts, n_present;

    do {
        n_facts = env->facts.list.n;
        n_present = count_present(scope, env);
        for (size_t i = 0; i < query->n_from; i++)
            walk(scope, env, query->from[i]);
    } while (env->facts.list.n != n_facts || count_present(scope, env) != n_present);
}

static void mark_absent(struct env *env, const struct join_node *node)
{
    env->present[node->rte] = false;
    if (node->is_join) {
        mark_absent(env, node->left);
        mark_absent(env, node->right);
    }
}

/* UPDATE returns the new row, where WHERE saw the old one; a rule may return what it likes. */
static bool returns_other_row(const struct catalog *catalog, const struct query *query)
{
    return query->result_rte >= 0 && query->kind != QUERY_SELECT &&
           (query->kind != QUERY_DELETE ||
            view_is_rewritten(catalog, query->rtable[query->result_rte]->relation));
}

static void forget_entry(struct arena *arena, struct env *env, int rte)
{
    struct fact_set kept = {.impossible = env->facts.impossible};

    for (size_t i = 0; i < env->facts.list.n; i++) {
        if (!nulls_mentions(env->facts.list.items[i].expr, rte))
            nulls_append_fact(arena, env->facts.list.items[i], &kept);
    }
    env->facts = kept;
}

struct env *nulls_env_of_from(struct null_scope *scope)
{
    const struct query *query = scope->query;
    struct env *env = arena_new(scope->state->arena, struct env);

    env->present = arena_array(scope->state->arena, bool, query->n_rtable);
    memset(env->present, true, query->n_rtable);
    for (size_t i = 0; i < query->n_from; i++)
        mark_absent(env, query->from[i]);
    nulls_add_outcome(scope, query->where, OUTCOME_TRUE, "WHERE", &env->facts);
    walk_to_end(scope, env);
    if (returns_other_row(scope->state->catalog, query))
        forget_entry(scope->state->arena, env, query->result_rte);
    return env;
}

struct env *nulls_env_rolled_up(struct null_scope *scope, const struct env *row)
{
    struct env *env = arena_new(scope->state->arena, struct env);

    env->present = row->present;
    env->is_rolled_up = true;
    return env;
}

static struct env *copy_env(const struct null_scope *scope, const struct env *env)
{
    struct env *copy = arena_new(scope->state->arena, struct env);

    copy->present = arena_array(scope->state->arena, bool, scope->query->n_rtable);
    memcpy(copy->present, env->present, scope->query->n_rtable);
    copy->is_rolled_up = env->is_rolled_up;
    for (size_t i = 0; i < env->facts.list.n; i++)
        nulls_append_fact(scope->state->arena, env->facts.list.items[i], &copy->facts);
    return copy;
}

struct env *nulls_env_with(struct null_scope *scope, const struct env *env,
                           const struct fact_set *facts)
{
    struct env *copy = copy_env(scope, env);

    for (size_t i = 0; i < facts->list.n; i++)
        nulls_add_fact(scope, facts->list.items[i], &copy->facts);
    if (copy->facts.list.n > env->facts.list.n && !env->is_rolled_up)
        walk_to_end(scope, copy);
    return copy;
}

struct env *nulls_env_with_side(struct null_scope *scope, const struct env *env,
                                const struct join_node *side)
{
    struct env *copy = copy_env(scope, env);

    walk(scope, copy, side);
    walk_to_end(scope, copy);
    return copy;
}

static bool is_below(const struct join_node *node, int rte)
{
    return node->rte == rte ||
           (node->is_join && (is_below(node->left, rte) || is_below(node->right, rte)));
}

/* The outermost join that may put NULLs in the entry's place; NULL when none does. */
static const struct join_node *join_without(const struct env *env, const struct join_node *node,
                                            int rte)
{
    while (node->is_join && node->rte != rte) {
        const struct join_node *side = is_below(node->left, rte) ? node->left : node->right;

        if (!env->present[side->rte])
            return node;
        node = side;
    }
    return NULL;
}

const char *nulls_why_absent(struct null_scope *scope, const struct env *env, int rte)
{
    static const char *const words[] = {
        [JOIN_KIND_INNER] = "an outer join",
        [JOIN_KIND_LEFT] = "a LEFT JOIN",
        [JOIN_KIND_RIGHT] = "a RIGHT JOIN",
        [JOIN_KIND_FULL] = "a FULL JOIN",
    };
    const struct query *query = scope->query;
    const char *name = query->rtable[rte]->name;

    for (size_t i = 0; i < query->n_from; i++) {
        const struct join_node *join =
            is_below(query->from[i], rte) ? join_without(env, query->from[i], rte) : NULL;

        if (join)
            return arena_printf(scope->state->arena, "%s is on the nullable side of %s",
                                name ? name : "it", words[join->kind]);
    }
    return arena_printf(scope->state->arena, "%s may have no row", name ? name : "it");
}

/* What it knows of the enclosing query's variables, seen from there. */
static void lift_facts(struct null_scope *outer, const struct env *env, struct fact_set *out)
{
    for (size_t i = 0; i < env->facts.list.n; i++) {
        struct fact fact = env->facts.list.items[i];
        struct expr *lifted;

        if (fact.expr->kind != EXPR_VAR || fact.expr->u.var.levels_up == 0)
            continue;
        lifted = arena_new(outer->state->arena, struct expr);
        *lifted = *fact.expr;
        lifted->u.var.levels_up--;
        fact.expr = lifted;
        nulls_add_fact(outer, fact, out);
    }
}

void nulls_add_row_returned(struct null_scope *scope, const struct query *query, const char *source,
                            struct fact_set *out)
{
    struct null_scope inner = {.state = scope->state, .parent = scope, .query = query};
    struct fact_set lifted = {0};

    if (!query || query->kind != QUERY_SELECT || query->set_ops || !nulls_has_full_groups(query))
        return;
    inner.row = nulls_env_of_from(&inner);
    lift_facts(scope, inner.row, &lifted);
    for (size_t i = 0; i < lifted.list.n; i++) {
        lifted.list.items[i].source = source;
        nulls_add_fact(scope, lifted.list.items[i], out);
    }
}
