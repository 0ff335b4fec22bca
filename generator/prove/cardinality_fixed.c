/* What has one value over all rows of a query: constants, parameters, variables of outer queries,
 * columns that were proved so, and what is computed from them without volatile functions.
 */
#include "prove/cardinality_internal.h"
#include "tree/tree.h"

bool cardinality_is_below(const struct join_node *node, int rte)
{
    return node->rte == rte || (node->is_join && (cardinality_is_below(node->left, rte) ||
                                                  cardinality_is_below(node->right, rte)));
}

static bool all_done(const struct proof *proof, const struct join_node *node)
{
    if (node->is_join)
        return all_done(proof, node->left) && all_done(proof, node->right);
    return proof->done[node->rte];
}

/* An entry on the nullable side has a row or none as the other side's row decides: only when that
 * is the same everywhere are the columns. */
static bool anchors_done(const struct proof *proof, const struct join_node *node, int rte)
{
    while (node->is_join) {
        const bool is_left = cardinality_is_below(node->left, rte);
        const struct join_node *side = is_left ? node->left : node->right;
        const struct join_node *other = is_left ? node->right : node->left;
        const bool is_nullable = node->kind == JOIN_KIND_FULL ||
                                 node->kind == (is_left ? JOIN_KIND_RIGHT : JOIN_KIND_LEFT);

        if (node->rte == rte || (is_nullable && !all_done(proof, other)))
            return false;
        node = side;
    }
    return true;
}

static bool is_entry_fixed(const struct proof *proof, int rte)
{
    const struct query *query = proof->query;

    if (!proof->done[rte])
        return false;
    for (size_t i = 0; i < query->n_from; i++) {
        if (cardinality_is_below(query->from[i], rte))
            return anchors_done(proof, query->from[i], rte);
    }
    return true;
}

static bool is_var_fixed(const struct proof *proof, const struct expr *var)
{
    const struct rte *rte = proof->query->rtable[var->u.var.rte];
    const int attno = var->u.var.attno;

    if (rte->kind == RTE_JOIN) {
        struct expr *alias =
            attno > 0 && (size_t)attno <= rte->n_columns ? rte->columns[attno - 1].alias : NULL;

        return alias && cardinality_is_fixed(proof, alias);
    }
    if (attno > 0 && (size_t)attno <= rte->n_columns && proof->fixed[var->u.var.rte][attno - 1])
        return true;
    return is_entry_fixed(proof, var->u.var.rte);
}

static bool is_volatile(const struct proof *proof, const struct expr *expr)
{
    const struct function *function = NULL;

    if (expr->kind == EXPR_FUNC)
        function = expr->u.call.function;
    else if (expr->kind == EXPR_CAST && expr->u.cast.method == CAST_FUNCTION)
        function = expr->u.cast.function;
    else if ((expr->kind == EXPR_OP || expr->kind == EXPR_ARRAY_OP) && expr->u.op.op)
        function = catalog_get_function(proof->catalog, expr->u.op.op->function);
    return function && (function->volatility == 'v' || function->returns_set);
}

/* Ends the walk at the first column that may differ from row to row. */
static bool find_unfixed_column(struct walk *walk, struct expr *expr)
{
    const struct proof *proof = walk->context;

    if (expr->kind == EXPR_VAR)
        return expr->u.var.levels_up == walk->depth && !is_var_fixed(proof, expr);
    if (expr->kind == EXPR_ERROR)
        return true;
    if ((expr->kind == EXPR_AGG || expr->kind == EXPR_WINDOW) && walk->depth == 0)
        return true;
    return walk_parts(walk, expr);
}

/* A scalar sub-query that reads nothing of this level runs once for all rows, volatile or not. */
static bool runs_once(const struct walk *walk, struct expr *expr)
{
    return walk->depth == 0 && expr->kind == EXPR_SUBLINK && expr->u.sublink.kind == SUBLINK_EXPR &&
           !expr_has_var_of_level(&expr, 1, 0);
}

/* Ends the walk at the first part that may differ from row to row. */
static bool find_unfixed(struct walk *walk, struct expr *expr)
{
    if (runs_once(walk, expr))
        return false;
    return is_volatile(walk->context, expr) || find_unfixed_column(walk, expr);
}

static struct walk walk_for_unfixed(const struct proof *proof,
                                    bool (*visit)(struct walk *, struct expr *))
{
    union {
        const struct proof *in;
        void *out;
    } context = {.in = proof};

    return (struct walk){.visit = visit, .context = context.out, .into_queries = true};
}

bool cardinality_is_fixed(const struct proof *proof, struct expr *expr)
{
    struct walk walk = walk_for_unfixed(proof, find_unfixed);

    return !walk_expr(&walk, expr);
}

bool cardinality_is_called_once(const struct proof *proof, struct expr *call)
{
    struct walk walk = walk_for_unfixed(proof, find_unfixed_column);

    return !walk_expr(&walk, call);
}

bool cardinality_reads_fixed(const struct proof *proof, struct query *query)
{
    struct walk walk = walk_for_unfixed(proof, find_unfixed);

    walk.depth = 1;
    return !walk_query(&walk, query);
}
