/* Small questions about expressions that the files of this analysis share. */
#include "prove/nulls_internal.h"
#include "tree/tree.h"

#include <string.h>

struct null_scope *nulls_scope_up(struct null_scope *scope, int levels)
{
    while (levels-- > 0 && scope)
        scope = scope->parent;
    return scope;
}

const struct expr *nulls_alias_of(const struct null_scope *scope, const struct expr *expr)
{
    const struct rte *rte;

    if (expr->kind != EXPR_VAR || expr->u.var.levels_up > 0 || expr->u.var.attno < 1)
        return NULL;
    rte = scope->query->rtable[expr->u.var.rte];
    return rte->kind == RTE_JOIN ? rte->columns[expr->u.var.attno - 1].alias : NULL;
}

static const struct function *called(const struct null_state *state, const struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_FUNC:
        return expr->u.call.function;
    case EXPR_OP:
    case EXPR_NULLIF:
    case EXPR_DISTINCT:
    case EXPR_ARRAY_OP:
        return nulls_operator_function(state, expr->u.op.op);
    case EXPR_CAST:
        return expr->u.cast.method == CAST_FUNCTION ? expr->u.cast.function : NULL;
    default:
        return NULL;
    }
}

/* Built-in functions that look objects up see what other sessions do meanwhile: each evaluation may
 * find less. */
static bool looks_up_objects(const struct null_state *state, const struct function *function)
{
    oid type = function->return_type;

    for (size_t i = 0; nulls_is_builtin(function) && function->volatility == 's'; i++) {
        const struct type *found = catalog_get_type(state->catalog, type);

        if (type == OIDOID || (found && strncmp(found->name, "reg", 3) == 0))
            return true;
        if (i == function->n_args)
            break;
        type = function->arg_types[i];
    }
    return false;
}

static bool are_stable(const struct null_state *state, struct expr *const *exprs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (exprs[i] && !nulls_is_stable(state, exprs[i]))
            return false;
    }
    return true;
}

static bool is_fixed_kind(const struct null_state *state, const struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_SUBLINK:
    case EXPR_SUBLINK_COLUMN:
    case EXPR_CASE_TEST:
    case EXPR_ERROR:
    case EXPR_DEFAULT:
        return false;
    case EXPR_AGG:
    case EXPR_WINDOW:
        return !expr->u.agg.filter &&
               are_stable(state, expr->u.agg.order_by, expr->u.agg.n_order_by);
    default:
        return true;
    }
}

bool nulls_is_stable(const struct null_state *state, const struct expr *expr)
{
    const struct function *function = called(state, expr);

    return is_fixed_kind(state, expr) &&
           !(function && (function->volatility == 'v' || function->returns_set ||
                          looks_up_objects(state, function))) &&
           are_stable(state, expr->args, expr->n_args);
}

bool nulls_mentions(const struct expr *expr, int rte)
{
    if (expr->kind == EXPR_VAR && expr->u.var.levels_up == 0 && expr->u.var.rte == rte)
        return true;
    for (size_t i = 0; i < expr->n_args; i++) {
        if (expr->args[i] && nulls_mentions(expr->args[i], rte))
            return true;
    }
    return false;
}

const struct function *nulls_operator_function(const struct null_state *state,
                                               const struct operator* op)
{
    return op ? catalog_get_function(state->catalog, op->function) : NULL;
}

bool nulls_is_rolled_up(const struct null_scope *scope)
{
    return scope->is_grouped && scope->query->has_grouping_sets;
}

static bool is_in_every_set(const struct query *query, int group_ref)
{
    for (size_t i = 0; i < query->n_always_grouped; i++) {
        if (query->always_grouped[i] == group_ref)
            return true;
    }
    return false;
}

enum grouping nulls_grouping_of(const struct null_scope *scope, const struct expr *expr)
{
    const struct query *query = scope->query;
    enum grouping found = GROUPED_NOT;

    for (size_t g = 0; g < query->n_group_by; g++) {
        const int ref = query->group_by[g].group_ref;

        for (size_t t = 0; t < query->n_targets; t++) {
            if (query->targets[t].group_ref != ref || !query->targets[t].expr ||
                !expr_equal(query->targets[t].expr, expr))
                continue;
            if (!is_in_every_set(query, ref))
                return GROUPED_SOMETIMES;
            found = GROUPED_ALWAYS;
        }
    }
    return found;
}
