/* The proof over FROM: conditions are collected, equalities with fixed values key columns, keyed
 * entries are done and make more values fixed, until nothing changes.
 *
 * ON of an outer join says something of its nullable side only; FULL JOIN keeps unmatched rows of
 * both sides, so that nothing under it is proved.
 */
#include "analyze/system_view.h"
#include "prove/cardinality_internal.h"
#include "tree/tree.h"

#include <string.h>

static void add_conditions(struct proof *proof, struct expr *expr, const struct join_node *side)
{
    if (!expr)
        return;
    if (expr->kind == EXPR_BOOL && expr->u.bool_op == BOOL_AND) {
        for (size_t i = 0; i < expr->n_args; i++)
            add_conditions(proof, expr->args[i], side);
        return;
    }
    vec_push(proof->arena, &proof->conditions, (struct condition){expr, side});
}

/* side: the innermost nullable side around the node, NULL outside any. */
static void add_join_conditions(struct proof *proof, const struct join_node *node,
                                const struct join_node *side)
{
    if (!node->is_join)
        return;
    switch (node->kind) {
    case JOIN_KIND_INNER:
        add_conditions(proof, node->on, side ? node : NULL);
        add_join_conditions(proof, node->left, side);
        add_join_conditions(proof, node->right, side);
        break;
    case JOIN_KIND_LEFT:
        add_conditions(proof, node->on, node->right);
        add_join_conditions(proof, node->left, side);
        add_join_conditions(proof, node->right, node->right);
        break;
    case JOIN_KIND_RIGHT:
        add_conditions(proof, node->on, node->left);
        add_join_conditions(proof, node->left, node->left);
        add_join_conditions(proof, node->right, side);
        break;
    case JOIN_KIND_FULL:
        proof->has_full_join = true;
        break;
    }
}

/* A cast that keeps what equality sees: of a domain to its base, of varchar to text. */
static bool keeps_equality(const struct proof *proof, const struct expr *cast)
{
    enum { TEXT = 25, VARCHAR = 1043 };
    const oid source = catalog_base_type(proof->catalog, cast->args[0]->type, NULL);
    const oid target = catalog_base_type(proof->catalog, cast->type, NULL);

    return cast->u.cast.method == CAST_RELABEL &&
           (source == target || (source == VARCHAR && target == TEXT));
}

/* The variable of this level that the expression is, else NULL. */
static const struct expr *column_of(const struct proof *proof, const struct expr *expr)
{
    while (expr->kind == EXPR_CAST && expr->n_args > 0 && keeps_equality(proof, expr))
        expr = expr->args[0];
    return expr->kind == EXPR_VAR && expr->u.var.levels_up == 0 && expr->u.var.attno > 0 ? expr
                                                                                         : NULL;
}

static bool key_column(struct proof *proof, const struct condition *condition,
                       const struct expr *var)
{
    const int rte = var->u.var.rte;
    const size_t column = (size_t)var->u.var.attno - 1;
    bool is_new;

    if (!cardinality_applies_to(condition, rte) || column >= proof->query->rtable[rte]->n_columns)
        return false;
    is_new = !proof->keyed[rte][column];
    proof->keyed[rte][column] = true;
    if (condition->side || proof->fixed[rte][column])
        return is_new;
    proof->fixed[rte][column] = true;
    return true;
}

static bool is_not_null_column(const struct proof *proof, const struct expr *var)
{
    const struct relation *relation = proof->query->rtable[var->u.var.rte]->relation;

    return relation && (size_t)var->u.var.attno <= relation->attributes.n &&
           relation->attributes.items[var->u.var.attno - 1].not_null;
}

/* column = fixed; column IS NOT DISTINCT FROM fixed, where it cannot be NULL. */
static bool key_by_equality(struct proof *proof, const struct condition *condition,
                            struct expr *sides[2], bool needs_not_null)
{
    bool changed = false;

    if (sides[0]->kind == EXPR_COLLATE || sides[1]->kind == EXPR_COLLATE)
        return false;
    for (size_t s = 0; s < 2; s++) {
        const struct expr *var = column_of(proof, sides[s]);

        if (var && (!needs_not_null || is_not_null_column(proof, var)) &&
            cardinality_is_fixed(proof, sides[1 - s]))
            changed = key_column(proof, condition, var) || changed;
    }
    return changed;
}

/* x = ANY (ARRAY[value]), which is what x IN (value) means. */
static bool sides_of_single(const struct expr *expr, struct expr *sides[2])
{
    struct expr *array;

    if (expr->kind != EXPR_ARRAY_OP || !expr->u.op.use_or || expr->n_args != 2 || !expr->u.op.op ||
        strcmp(expr->u.op.op->name, "=") != 0)
        return false;
    array = expr->args[1];
    if (array->kind != EXPR_ARRAY || array->n_args != 1 || array->u.array.is_multidimensional)
        return false;
    sides[0] = expr->args[0];
    sides[1] = array->args[0];
    return true;
}

/* (a, b) IN (SELECT …) of a query with at most one row, the same for every row here. */
static bool key_by_subquery(struct proof *proof, const struct condition *condition,
                            const struct expr *test)
{
    bool changed = false;

    if (test->kind == EXPR_BOOL && test->u.bool_op == BOOL_AND) {
        for (size_t i = 0; i < test->n_args; i++)
            changed = key_by_subquery(proof, condition, test->args[i]) || changed;
        return changed;
    }
    if (test->kind == EXPR_OP && test->n_args == 2 && test->u.op.op &&
        cardinality_is_equality(test->u.op.op)) {
        const struct expr *var = column_of(proof, test->args[0]);

        return var && key_column(proof, condition, var);
    }
    return false;
}

static bool is_subquery_fixed(const struct proof *proof, const struct expr *expr)
{
    return expr->kind == EXPR_SUBLINK && expr->u.sublink.kind == SUBLINK_ANY &&
           expr->u.sublink.test && cardinality_reads_fixed(proof, expr->u.sublink.query) &&
           cardinality_of_query(proof->memo, expr->u.sublink.query, NULL).at_most_one;
}

static bool apply_condition(struct proof *proof, const struct condition *condition)
{
    const struct expr *expr = condition->expr;
    struct expr *sides[2];

    if (cardinality_sides_of_equality(expr, sides) || sides_of_single(expr, sides))
        return key_by_equality(proof, condition, sides, false);
    if (expr->kind == EXPR_DISTINCT && expr->u.op.negated && expr->n_args == 2) {
        sides[0] = expr->args[0];
        sides[1] = expr->args[1];
        return key_by_equality(proof, condition, sides, true);
    }
    if (is_subquery_fixed(proof, expr))
        return key_by_subquery(proof, condition, expr->u.sublink.test);
    if (expr->kind == EXPR_BOOL && expr->u.bool_op == BOOL_NOT)
        expr = expr->args[0];
    if (expr->kind == EXPR_VAR && column_of(proof, expr))
        return key_column(proof, condition, expr);
    return false;
}

static const char *query_reason(const struct proof *proof, int index, const struct query *query)
{
    const struct cardinality inner = cardinality_of_query(proof->memo, query, proof->keyed[index]);

    return inner.at_most_one ? inner.reason : NULL;
}

static const char *relation_reason(const struct proof *proof, int index, const struct rte *rte)
{
    const char kind = rte->relation->relkind;
    const struct query *body =
        kind == 'v' || kind == 'm' ? view_body(proof->catalog, rte->relation) : NULL;
    const char *reason = body ? query_reason(proof, index, body) : NULL;

    return reason || kind == 'v' ? reason : cardinality_find_key(proof, index);
}

static const char *function_reason(const struct proof *proof, const struct rte *rte)
{
    for (size_t i = 0; i < rte->n_functions; i++) {
        struct expr *call = rte->functions[i].call;

        if (!call || (call->kind == EXPR_FUNC && call->u.call.function->returns_set) ||
            !cardinality_is_called_once(proof, call))
            return NULL;
    }
    return "a function that returns one row";
}

/* Why the entry contributes at most one row, or NULL. */
static const char *entry_reason(const struct proof *proof, int index)
{
    const struct rte *rte = proof->query->rtable[index];

    switch (rte->kind) {
    case RTE_RELATION:
        return relation_reason(proof, index, rte);
    case RTE_SUBQUERY:
        if (rte->is_lateral && !cardinality_reads_fixed(proof, rte->subquery))
            return NULL;
        return query_reason(proof, index, rte->subquery);
    case RTE_CTE:
        return rte->cte->is_recursive ? NULL : query_reason(proof, index, rte->cte->query);
    case RTE_VALUES:
        return rte->n_values <= 1 ? "VALUES of one row" : NULL;
    case RTE_FUNCTION:
        return function_reason(proof, rte);
    default:
        return NULL;
    }
}

static bool finish_entry(struct proof *proof, int index)
{
    const char *reason = proof->done[index] ? NULL : entry_reason(proof, index);

    if (!reason)
        return false;
    proof->done[index] = true;
    for (size_t i = 0; i < proof->reasons.n; i++) {
        if (strcmp(proof->reasons.items[i], reason) == 0)
            return true;
    }
    vec_push(proof->arena, &proof->reasons, reason);
    return true;
}

static bool finish_entries(struct proof *proof, const struct join_node *node)
{
    bool changed;

    if (!node->is_join)
        return finish_entry(proof, node->rte);
    if (node->kind == JOIN_KIND_FULL)
        return false;
    changed = finish_entries(proof, node->left);
    return finish_entries(proof, node->right) || changed;
}

void cardinality_prove_from(struct proof *proof)
{
    const struct query *query = proof->query;
    bool changed = true;

    add_conditions(proof, query->where, NULL);
    for (size_t i = 0; i < query->n_from; i++)
        add_join_conditions(proof, query->from[i], NULL);
    while (changed) {
        changed = false;
        for (size_t i = 0; i < proof->conditions.n; i++)
            changed = apply_condition(proof, &proof->conditions.items[i]) || changed;
        for (size_t i = 0; i < query->n_from; i++)
            changed = finish_entries(proof, query->from[i]) || changed;
        if (query->result_rte >= 0 && query->kind != QUERY_SELECT)
            changed = finish_entry(proof, query->result_rte) || changed;
    }
}

static bool is_done(const struct proof *proof, const struct join_node *node)
{
    if (node->is_join)
        return node->kind != JOIN_KIND_FULL && is_done(proof, node->left) &&
               is_done(proof, node->right);
    return proof->done[node->rte];
}

bool cardinality_is_from_done(const struct proof *proof)
{
    for (size_t i = 0; i < proof->query->n_from; i++) {
        if (!is_done(proof, proof->query->from[i]))
            return false;
    }
    return true;
}
