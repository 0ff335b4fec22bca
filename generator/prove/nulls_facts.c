/* What follows from an expression not being NULL. A strict operator or function gives NULL for a
 * NULL argument, so that a result that is not NULL proves all arguments NOT NULL, down to the
 * columns; and "the entry has a row" follows from any of its columns.
 */
#include "prove/nulls_internal.h"
#include "tree/tree.h"

enum {
    LARGEST_KEPT = 64,     /* parts of an expression that is a fact by itself */
    LONGEST_UNHASHED = 16, /* facts */
};

static const struct fact *find_hashed(const struct fact_set *facts, const struct expr *expr,
                                      uint32_t hash)
{
    const struct fact *items = facts->list.items;
    size_t mask = facts->n_slots - 1;

    for (size_t i = 0; facts->n_slots == 0 && i < facts->list.n; i++) {
        if (items[i].hash == hash && expr_equal(items[i].expr, expr))
            return &items[i];
    }
    for (size_t at = hash & mask; facts->n_slots && facts->slots[at]; at = (at + 1) & mask) {
        const struct fact *fact = &items[facts->slots[at] - 1];

        if (fact->hash == hash && expr_equal(fact->expr, expr))
            return fact;
    }
    return NULL;
}

const struct fact *nulls_find_fact(const struct fact_set *facts, const struct expr *expr)
{
    return facts->list.n ? find_hashed(facts, expr, expr_hash(expr)) : NULL;
}

static void enter_slot(struct fact_set *facts, size_t place)
{
    size_t mask = facts->n_slots - 1, at = facts->list.items[place].hash & mask;

    while (facts->slots[at])
        at = (at + 1) & mask;
    facts->slots[at] = (uint32_t)place + 1;
}

void nulls_append_fact(struct arena *arena, struct fact fact, struct fact_set *out)
{
    vec_push(arena, &out->list, fact);
    if (out->list.n > LONGEST_UNHASHED && out->list.n * 2 > out->n_slots) {
        out->n_slots = out->n_slots ? out->n_slots * 2 : LONGEST_UNHASHED * 4;
        out->slots = arena_array(arena, uint32_t, out->n_slots);
        for (size_t i = 0; i < out->list.n; i++)
            enter_slot(out, i);
    } else if (out->n_slots) {
        enter_slot(out, out->list.n - 1);
    }
}

void nulls_add_fact(struct null_scope *scope, struct fact fact, struct fact_set *out)
{
    fact.hash = expr_hash(fact.expr);
    if (find_hashed(out, fact.expr, fact.hash))
        return;
    nulls_append_fact(scope->state->arena, fact, out);
    if (fact.expr->kind == EXPR_VAR && fact.expr->u.var.attno != 0) {
        struct expr *row = arena_new(scope->state->arena, struct expr);

        row->kind = EXPR_VAR;
        row->typmod = -1;
        row->u.var = fact.expr->u.var;
        row->u.var.attno = 0;
        nulls_add_fact(scope, (struct fact){.expr = row, .source = fact.source}, out);
    }
}

/* Adds to `out` what holds in every branch. */
void nulls_add_common(struct null_scope *scope, const struct fact_set *branches, size_t n,
                      struct fact_set *out)
{
    const struct fact_set *first = NULL;

    for (size_t i = 0; i < n && !first; i++)
        first = branches[i].impossible ? NULL : &branches[i];
    if (!first) {
        out->impossible = true;
        return;
    }
    for (size_t f = 0; f < first->list.n; f++) {
        bool everywhere = true;

        for (size_t i = 0; i < n && everywhere; i++)
            everywhere =
                branches[i].impossible || nulls_find_fact(&branches[i], first->list.items[f].expr);
        if (everywhere)
            nulls_add_fact(scope, first->list.items[f], out);
    }
}

static void add_not_null_in_all(struct null_scope *scope, const struct expr *expr,
                                const char *source, struct fact_set *out)
{
    struct fact_set *branches = arena_array(scope->state->arena, struct fact_set, expr->n_args);

    for (size_t i = 0; i < expr->n_args; i++)
        nulls_add_not_null(scope, expr->args[i], source, &branches[i]);
    nulls_add_common(scope, branches, expr->n_args, out);
}

static void add_args_not_null(struct null_scope *scope, const struct expr *expr, const char *source,
                              struct fact_set *out)
{
    for (size_t i = 0; i < expr->n_args; i++) {
        if (expr->args[i])
            nulls_add_not_null(scope, expr->args[i], source, out);
    }
}

static bool is_strict_operator(const struct null_scope *scope, const struct operator* op)
{
    const struct function *function = nulls_operator_function(scope->state, op);

    return function && function->is_strict;
}

static bool is_nonempty_array(const struct expr *expr)
{
    while (expr->kind == EXPR_CAST && expr->n_args > 0 &&
           (expr->u.cast.method == CAST_RELABEL || expr->u.cast.method == CAST_ARRAY))
        expr = expr->args[0];
    return expr->kind == EXPR_ARRAY && expr->n_args > 0 && !expr->u.array.is_multidimensional;
}

/* x op ANY (array): an empty array decides it without looking at x. */
void nulls_add_array_op(struct null_scope *scope, const struct expr *expr, bool saw_element,
                        const char *source, struct fact_set *out)
{
    if (!is_strict_operator(scope, expr->u.op.op) || expr->n_args != 2)
        return;
    nulls_add_not_null(scope, expr->args[1], source, out);
    if (saw_element || is_nonempty_array(expr->args[1]))
        nulls_add_not_null(scope, expr->args[0], source, out);
}

/* Columns are compared from the left, until a pair decides. */
static void add_row_compare(struct null_scope *scope, const struct expr *expr, const char *source,
                            struct fact_set *out)
{
    size_t half = expr->n_args / 2;

    if (half == 0 || !is_strict_operator(scope, expr->u.op.op))
        return;
    nulls_add_not_null(scope, expr->args[0], source, out);
    nulls_add_not_null(scope, expr->args[half], source, out);
}

static void add_cast(struct null_scope *scope, const struct expr *expr, const char *source,
                     struct fact_set *out)
{
    const bool is_strict = expr->u.cast.method != CAST_FUNCTION ||
                           (expr->u.cast.function && expr->u.cast.function->is_strict);

    if (is_strict && expr->n_args > 0)
        nulls_add_not_null(scope, expr->args[0], source, out);
}

/* Comparing large expressions with each other would take long, and nobody repeats them. */
static bool is_small(const struct expr *expr, int *n_left)
{
    if (--*n_left < 0)
        return false;
    for (size_t i = 0; i < expr->n_args; i++) {
        if (expr->args[i] && !is_small(expr->args[i], n_left))
            return false;
    }
    return true;
}

static bool worth_keeping(const struct null_scope *scope, const struct expr *expr)
{
    struct expr *const parts[] = {(struct expr *)expr};
    int n_left = LARGEST_KEPT;

    /* What has no column is computed before there are groups, though a grouping set that leaves it
     * out shows NULL for it. */
    if (nulls_is_rolled_up(scope) && expr->kind != EXPR_AGG && !expr_has_var_of_level(parts, 1, 0))
        return false;
    switch (expr->kind) {
    case EXPR_VAR:
    case EXPR_PARAM:
        return true;
    case EXPR_FUNC:
    case EXPR_OP:
    case EXPR_AGG:
    case EXPR_WINDOW:
    case EXPR_NULLIF:
    case EXPR_FIELD:
    case EXPR_SUBSCRIPT:
    case EXPR_CAST:
    case EXPR_COALESCE:
    case EXPR_CASE:
    case EXPR_MINMAX:
        return is_small(expr, &n_left) && nulls_is_stable(scope->state, expr);
    default:
        return false;
    }
}

void nulls_add_not_null(struct null_scope *scope, const struct expr *expr, const char *source,
                        struct fact_set *out)
{
    const struct expr *alias = nulls_alias_of(scope, expr);

    if (expr->kind == EXPR_CONST) {
        out->impossible = out->impossible || expr->u.constant.is_null;
        return;
    }
    if (worth_keeping(scope, expr))
        nulls_add_fact(scope, (struct fact){.expr = expr, .source = source}, out);
    /* The value of a group does not come from what it was once computed from. */
    if (nulls_is_rolled_up(scope) && nulls_grouping_of(scope, expr) != GROUPED_NOT)
        return;
    if (alias)
        nulls_add_not_null(scope, alias, source, out);
    switch (expr->kind) {
    case EXPR_FUNC:
        if (expr->u.call.function && expr->u.call.function->is_strict)
            add_args_not_null(scope, expr, source, out);
        break;
    case EXPR_OP:
        if (is_strict_operator(scope, expr->u.op.op))
            add_args_not_null(scope, expr, source, out);
        break;
    case EXPR_ARRAY_OP:
        nulls_add_array_op(scope, expr, false, source, out);
        break;
    case EXPR_ROW_COMPARE:
        add_row_compare(scope, expr, source, out);
        break;
    case EXPR_CAST:
        add_cast(scope, expr, source, out);
        break;
    case EXPR_COLLATE:
    case EXPR_SUBSCRIPT:
    case EXPR_FIELD:
        add_args_not_null(scope, expr, source, out);
        break;
    case EXPR_NULLIF:
        nulls_add_not_null(scope, expr->args[0], source, out);
        break;
    case EXPR_BOOL:
        if (expr->u.bool_op == BOOL_NOT)
            nulls_add_not_null(scope, expr->args[0], source, out);
        break;
    case EXPR_COALESCE:
    case EXPR_MINMAX:
        add_not_null_in_all(scope, expr, source, out);
        break;
    case EXPR_CASE_TEST:
        if (scope->case_operand)
            nulls_add_not_null(scope, scope->case_operand, source, out);
        break;
    case EXPR_SUBLINK:
        if (expr->u.sublink.kind == SUBLINK_EXPR)
            nulls_add_row_returned(scope, expr->u.sublink.query, source, out);
        break;
    default:
        break;
    }
}
