/* Collations (manual, 24.2.1; parse_collate.c): each expression derives one from its parts: none,
 * implicit from columns, explicit from COLLATE, or in conflict. Two explicit ones that differ are
 * an error at once; a conflict of implicit ones is an error only where a result needs one.
 */
#include "resolve/collate.h"

enum strength { NONE, IMPLICIT, CONFLICT, EXPLICIT };


struct derivation {
    oid collation;
    enum strength strength;
    const struct expr *source; /* where the collation comes from */
    const struct expr *rival;  /* the other side of a conflict */
    oid rival_collation;
};

static const char *name_of(const struct parse *parse, const struct derivation *derivation)
{
    return catalog_collation_name(parse->statement->catalog, derivation->collation);
}

static void merge(struct parse *parse, struct derivation *into, const struct derivation *other)
{
    if (other->strength > into->strength) {
        *into = *other;
        return;
    }
    if (other->strength < into->strength || other->collation == into->collation)
        return;
    if (other->strength == EXPLICIT)
        parse_error(parse, "42P21", other->source->location,
                    "collation mismatch between explicit collations \"%s\" and \"%s\"",
                    name_of(parse, into), name_of(parse, other));
    if (other->strength != IMPLICIT)
        return;
    /* Any other collation beats the default one. */
    if (into->collation == DEFAULT_COLLATION_OID) {
        *into = *other;
    } else if (other->collation != DEFAULT_COLLATION_OID) {
        into->strength = CONFLICT;
        into->rival = other->source;
        into->rival_collation = other->collation;
    }
}

static struct derivation derive(struct parse *parse, struct expr *expr);

static void merge_list(struct parse *parse, struct derivation *into, struct expr *const *exprs,
                       size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct derivation one;

        if (!exprs[i])
            continue;
        one = derive(parse, exprs[i]);
        merge(parse, into, &one);
    }
}

static oid type_collation(const struct parse *parse, oid type)
{
    const struct type *known = catalog_get_type(parse->statement->catalog, type);

    return known ? known->collation : 0;
}

/* What the node itself carries. */
static struct derivation own(const struct expr *expr)
{
    return (struct derivation){expr->collation, expr->collation ? IMPLICIT : NONE, expr, NULL, 0};
}

/* The usual rule: the parts decide, else the type. */
static struct derivation from_parts(struct parse *parse, struct expr *expr, struct derivation parts)
{
    oid collation = type_collation(parse, expr->type);

    if (!collation) {
        expr->collation = 0;
        return (struct derivation){0, NONE, expr, NULL, 0};
    }
    if (parts.strength == NONE)
        parts = (struct derivation){collation, IMPLICIT, expr, NULL, 0};
    expr->collation = parts.strength == CONFLICT ? 0 : parts.collation;
    return parts;
}

static _Noreturn void fail_conflict(struct parse *parse, const struct derivation *parts)
{
    parse_error_hint(parse, "42P21", expr_location(parts->rival),
                     "you can choose the collation by applying the COLLATE clause to one or "
                     "both expressions",
                     "collation mismatch between implicit collations \"%s\" and \"%s\"",
                     name_of(parse, parts),
                     catalog_collation_name(parse->statement->catalog, parts->rival_collation));
}

/* What is sorted or grouped by needs one collation. */
static void derive_sorted(struct parse *parse, struct expr *const *exprs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        collate_common(parse, &exprs[i], 1, false);
}

/* ORDER BY in an aggregate says nothing about its result. */
static void derive_plain(struct parse *parse, struct expr *expr, struct derivation *parts)
{
    merge_list(parse, parts, expr->args, expr->n_args);
    derive_sorted(parse, expr->u.agg.order_by, expr->u.agg.n_order_by);
    if (expr->u.agg.is_distinct)
        derive_sorted(parse, expr->args, expr->n_args);
}

/* The one ordered argument of an ordered-set aggregate does, and a hypothetical argument shares the
 * collation of the ordered one that it is compared with. */
static void derive_ordered_set(struct parse *parse, struct expr *expr, struct derivation *parts)
{
    const bool decides = expr->u.agg.n_order_by == 1 && !expr->u.agg.function->variadic;
    const bool in_pairs = expr->u.agg.function->agg_kind == 'h';
    size_t n_paired = in_pairs ? expr->u.agg.n_order_by : 0;

    if (n_paired > expr->n_args)
        n_paired = expr->n_args;
    merge_list(parse, parts, expr->args, expr->n_args - n_paired);
    for (size_t i = 0; i < expr->u.agg.n_order_by; i++) {
        struct derivation pair = {0};

        if (i < n_paired)
            merge_list(parse, &pair, &expr->args[expr->n_args - n_paired + i], 1);
        merge_list(parse, &pair, &expr->u.agg.order_by[i], 1);
        if (pair.strength == CONFLICT)
            fail_conflict(parse, &pair);
        if (decides)
            merge(parse, parts, &pair);
    }
}

static struct derivation derive_aggregate(struct parse *parse, struct expr *expr)
{
    struct derivation parts = {0};

    if (expr->u.agg.function->agg_kind == 'n' || expr->kind == EXPR_WINDOW)
        derive_plain(parse, expr, &parts);
    else
        derive_ordered_set(parse, expr, &parts);
    collate_exprs(parse, &expr->u.agg.filter, 1);
    return from_parts(parse, expr, parts);
}

/* The operand of CASE and the conditions do not matter, only the results. */
static struct derivation derive_case(struct parse *parse, struct expr *expr)
{
    size_t i = expr->u.case_.has_operand ? 1 : 0;
    struct derivation parts = {0};

    collate_exprs(parse, expr->args, i);
    for (; i + 1 < expr->n_args; i += 2) {
        collate_exprs(parse, &expr->args[i], 1);
        merge_list(parse, &parts, &expr->args[i + 1], 1);
    }
    merge_list(parse, &parts, &expr->args[i], 1);
    return from_parts(parse, expr, parts);
}

static struct derivation derive_row_compare(struct parse *parse, struct expr *expr)
{
    size_t n = expr->n_args / 2;

    for (size_t i = 0; i < n; i++) {
        struct expr *pair[2] = {expr->args[i], expr->args[n + i]};
        struct derivation parts = {0};

        merge_list(parse, &parts, pair, 2);
    }
    return from_parts(parse, expr, (struct derivation){0});
}

static struct derivation derive_domain(struct parse *parse, struct expr *expr)
{
    struct derivation parts = {0};
    oid collation = type_collation(parse, expr->type);

    merge_list(parse, &parts, expr->args, expr->n_args);
    if (collation && collation != DEFAULT_COLLATION_OID)
        parts = (struct derivation){collation, IMPLICIT, expr, NULL, 0};
    return from_parts(parse, expr, parts);
}

static struct derivation derive(struct parse *parse, struct expr *expr)
{
    struct derivation parts = {0};

    switch (expr->kind) {
    case EXPR_VAR:
    case EXPR_CONST:
    case EXPR_PARAM:
    case EXPR_CASE_TEST:
    case EXPR_SUBLINK_COLUMN:
    case EXPR_DEFAULT:
        if (!expr->collation && expr->kind != EXPR_VAR)
            expr->collation = type_collation(parse, expr->type);
        return own(expr);
    case EXPR_COLLATE:
        collate_exprs(parse, expr->args, 1);
        return (struct derivation){expr->collation, EXPLICIT, expr, NULL, 0};
    case EXPR_FIELD:
        collate_exprs(parse, expr->args, expr->n_args);
        return own(expr);
    case EXPR_SUBLINK:
        collate_exprs(parse, &expr->u.sublink.test, 1);
        return own(expr);
    case EXPR_ROW:
        collate_exprs(parse, expr->args, expr->n_args);
        return (struct derivation){0, NONE, expr, NULL, 0};
    case EXPR_SUBSCRIPT:
        collate_exprs(parse, expr->args + 1, expr->n_args - 1);
        merge_list(parse, &parts, expr->args, 1);
        return from_parts(parse, expr, parts);
    case EXPR_ROW_COMPARE:
        return derive_row_compare(parse, expr);
    case EXPR_CASE:
        return derive_case(parse, expr);
    case EXPR_AGG:
    case EXPR_WINDOW:
        return derive_aggregate(parse, expr);
    case EXPR_CAST:
        if (expr->u.cast.method == CAST_DOMAIN)
            return derive_domain(parse, expr);
        break;
    default:
        break;
    }
    merge_list(parse, &parts, expr->args, expr->n_args);
    return from_parts(parse, expr, parts);
}

void collate_exprs(struct parse *parse, struct expr *const *exprs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (exprs[i])
            derive(parse, exprs[i]);
}

oid collate_common(struct parse *parse, struct expr *const *exprs, size_t n, bool none_ok)
{
    struct derivation parts = {0};

    merge_list(parse, &parts, exprs, n);
    if (parts.strength != CONFLICT)
        return parts.collation;
    if (!none_ok)
        fail_conflict(parse, &parts);
    return 0;
}

static void collate_targets(struct parse *parse, struct target *targets, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (targets[i].group_ref)
            derive_sorted(parse, &targets[i].expr, 1);
        else
            collate_exprs(parse, &targets[i].expr, 1);
    }
}

static void collate_join(struct parse *parse, struct join_node *node)
{
    if (!node->is_join)
        return;
    collate_join(parse, node->left);
    collate_join(parse, node->right);
    collate_exprs(parse, &node->on, 1);
}

void collate_query(struct parse *parse, struct query *query)
{
    collate_targets(parse, query->targets, query->n_targets);
    collate_targets(parse, query->returning, query->n_returning);
    for (size_t i = 0; i < query->n_from; i++)
        collate_join(parse, query->from[i]);
    collate_exprs(parse, &query->where, 1);
    collate_exprs(parse, &query->having, 1);
    collate_exprs(parse, &query->limit, 1);
    collate_exprs(parse, &query->offset, 1);
    if (query->on_conflict) {
        collate_targets(parse, query->on_conflict->set, query->on_conflict->n_set);
        collate_exprs(parse, &query->on_conflict->where, 1);
    }
    for (size_t i = 0; i < query->n_merge_actions; i++) {
        collate_exprs(parse, &query->merge_actions[i].condition, 1);
        collate_targets(parse, query->merge_actions[i].targets, query->merge_actions[i].n_targets);
    }
}
