/* The walk over an analysed statement and over what it stands on: sub-queries, the bodies of views,
 * the conditions of row security policies and of domains. Whatever is called on the way is judged
 * by effects_function.c; utility statements by effects_utility.c.
 */
#include "prove/effects_internal.h"

#include "analyze/system_view.h"
#include "types/conversion.h"

static void visit_query(struct effects_walk *walk, struct query *query);

bool effects_see(struct effects_walk *walk, const void *what)
{
    for (size_t i = 0; i < walk->seen.n; i++)
        if (walk->seen.items[i] == what)
            return false;
    vec_push(walk->arena, &walk->seen, what);
    return true;
}

/* --- Expressions ------------------------------------------------------------------------------ */

static void visit_id(struct effects_walk *walk, oid function)
{
    if (function)
        effects_visit_function(walk, catalog_get_function(walk->catalog, function), NULL);
}

/* An expression that the catalog keeps; NULL: it was not understood. */
static void visit_kept(struct effects_walk *walk, const void *expr)
{
    union {
        const void *in;
        struct expr *out;
    } kept = {.in = expr};

    if (expr)
        walk_expr(&walk->walk, kept.out);
    else
        walk->is_volatile = true;
}

static void visit_aggregate(struct effects_walk *walk, const struct expr *expr)
{
    const struct window_def *window = expr->kind == EXPR_WINDOW ? expr->u.agg.window : NULL;
    const struct function *function = expr->u.agg.function;

    effects_visit_function(walk, function, expr);
    if (function) {
        visit_id(walk, function->agg_transition);
        visit_id(walk, function->agg_final);
    }
    if (!window)
        return;
    walk_list(&walk->walk, window->partition_by, window->n_partition_by);
    walk_list(&walk->walk, window->order_by, window->n_order_by);
}

/* A value of a domain has to pass the checks of all domains below it, too. */
static void visit_domain(struct effects_walk *walk, oid id)
{
    const struct type *type = catalog_get_type(walk->catalog, id);

    for (; type && type->typtype == 'd'; type = catalog_get_type(walk->catalog, type->base_type)) {
        if (type->constraints.n == 0 || !effects_see(walk, type))
            continue;
        for (size_t i = 0; i < type->constraints.n; i++)
            visit_kept(walk, type->constraints.items[i]->check);
    }
}

/* A cast of arrays is one of their elements. */
static void visit_array_cast(struct effects_walk *walk, oid source, oid target)
{
    const struct catalog *catalog = walk->catalog;
    const struct function *function = NULL;

    source = catalog_element_type(catalog, catalog_base_type(catalog, source, NULL));
    target = catalog_element_type(catalog, catalog_base_type(catalog, target, NULL));
    if (!source || !target)
        return;
    if (coerce_find_path(catalog, target, source, COERCE_EXPLICIT, &function) == PATH_FUNCTION)
        effects_visit_function(walk, function, NULL);
    visit_domain(walk, target);
}

static void visit_cast(struct effects_walk *walk, const struct expr *expr)
{
    if (expr->u.cast.method == CAST_FUNCTION)
        effects_visit_function(walk, expr->u.cast.function, NULL);
    else if (expr->u.cast.method == CAST_ARRAY)
        visit_array_cast(walk, expr->args[0]->type, expr->type);
    visit_domain(walk, expr->type);
}

static bool visit_expr(struct walk *base, struct expr *expr)
{
    struct effects_walk *walk = base->context;

    switch (expr->kind) {
    case EXPR_FUNC:
        effects_visit_function(walk, expr->u.call.function, expr);
        break;
    case EXPR_AGG:
    case EXPR_WINDOW:
        visit_aggregate(walk, expr);
        break;
    case EXPR_OP:
    case EXPR_DISTINCT:
    case EXPR_NULLIF:
    case EXPR_ARRAY_OP:
    case EXPR_ROW_COMPARE:
        visit_id(walk, expr->u.op.op ? expr->u.op.op->function : 0);
        break;
    case EXPR_CAST:
        visit_cast(walk, expr);
        break;
    case EXPR_SUBLINK:
        if (expr->u.sublink.query)
            visit_query(walk, expr->u.sublink.query);
        break;
    default:
        break;
    }
    return walk_parts(base, expr);
}

/* --- Queries ---------------------------------------------------------------------------------- */

static void visit_view(struct effects_walk *walk, const struct relation *relation)
{
    union {
        const struct query *in;
        struct query *out;
    } body = {.in = view_body(walk->catalog, relation)};

    if (body.in)
        visit_query(walk, body.out);
    else
        walk->writes = walk->changes_session = true;
}

static void visit_policy(struct effects_walk *walk, const struct policy *policy)
{
    if (policy->using)
        visit_kept(walk, policy->using);
    if (policy->check)
        visit_kept(walk, policy->check);
}

static void visit_relation(struct effects_walk *walk, const struct relation *relation)
{
    bool is_view = relation->relkind == 'v';

    if ((!is_view && !relation->has_row_security) || !effects_see(walk, relation))
        return;
    if (is_view)
        visit_view(walk, relation);
    for (size_t i = 0; i < relation->policies.n; i++)
        visit_policy(walk, relation->policies.items[i]);
}

static void visit_query(struct effects_walk *walk, struct query *query)
{
    if (query->kind != QUERY_SELECT || query->has_locking)
        walk->writes = true;
    for (size_t i = 0; i < query->n_ctes; i++)
        if (query->ctes[i]->query)
            visit_query(walk, query->ctes[i]->query);
    for (size_t i = 0; i < query->n_rtable; i++) {
        const struct rte *rte = query->rtable[i];

        if (rte->subquery)
            visit_query(walk, rte->subquery);
        if (rte->relation)
            visit_relation(walk, rte->relation);
    }
    walk_query(&walk->walk, query);
    if (query->called)
        walk_expr(&walk->walk, query->called);
    if (query->inner)
        visit_query(walk, query->inner);
    if (query->kind == QUERY_UTILITY && query->source)
        visit_query(walk, query->source);
}

void effects_visit_statement(struct effects_walk *walk, const PgQuery__Node *tree,
                             struct query *query)
{
    if (effects_changes_session(tree))
        walk->changes_session = true;
    if (query)
        visit_query(walk, query);
}

struct effects effects_infer(struct arena *arena, const struct catalog *catalog,
                             const PgQuery__Node *tree, const struct query *query)
{
    struct effects_walk walk = {.walk = {.visit = visit_expr}, .catalog = catalog, .arena = arena};
    union {
        const struct query *in;
        struct query *out;
    } whole = {.in = query};

    walk.walk.context = &walk;
    effects_visit_statement(&walk, tree, whole.out);
    return (struct effects){
        .reads_only = !walk.writes && !walk.is_volatile,
        .may_commit = effects_may_commit(tree),
        .changes_session = walk.changes_session,
    };
}
