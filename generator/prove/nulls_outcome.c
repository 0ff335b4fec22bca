/* What follows from the outcome of a condition. It is three-valued: WHERE keeps the rows for which
 * it was true, a CASE goes on to its next arm when it was false or NULL. AND, OR and NOT are taken
 * apart by outcome; under OR only what follows from every branch holds.
 */
#include "prove/nulls_internal.h"
#include "tree/tree.h"

static void add_outcome_in_all(struct null_scope *scope, const struct expr *expr,
                               enum outcome outcome, const char *source, struct fact_set *out)
{
    struct fact_set *branches = arena_array(scope->state->arena, struct fact_set, expr->n_args);

    for (size_t i = 0; i < expr->n_args; i++)
        nulls_add_outcome(scope, expr->args[i], outcome, source, &branches[i]);
    nulls_add_common(scope, branches, expr->n_args, out);
}

/* Each column of a row that IS NOT NULL. */
static void add_row_is_not_null(struct null_scope *scope, const struct expr *expr,
                                const char *source, struct fact_set *out)
{
    const struct null_scope *home;
    const struct rte *rte;

    nulls_add_not_null(scope, expr, source, out);
    for (size_t i = 0; expr->kind == EXPR_ROW && i < expr->n_args; i++)
        nulls_add_not_null(scope, expr->args[i], source, out);
    if (expr->kind != EXPR_VAR || expr->u.var.attno != 0)
        return;
    home = nulls_scope_up(scope, expr->u.var.levels_up);
    rte = home ? home->query->rtable[expr->u.var.rte] : NULL;
    for (size_t i = 0; rte && i < rte->n_columns; i++) {
        struct expr *column = arena_new(scope->state->arena, struct expr);

        if (rte->columns[i].is_dropped)
            continue;
        *column = *expr;
        column->type = rte->columns[i].type;
        column->typmod = rte->columns[i].typmod;
        column->u.var.attno = (int)i + 1;
        nulls_add_not_null(scope, column, source, out);
    }
}

static void add_null_test(struct null_scope *scope, const struct expr *expr, enum outcome outcome,
                          const char *source, struct fact_set *out)
{
    const bool holds = outcome == OUTCOME_TRUE || outcome == OUTCOME_NOT_FALSE;

    if (expr->u.null_test.is_not_null && expr->u.null_test.of_value && holds)
        nulls_add_not_null(scope, expr->args[0], source, out);
    else if (expr->u.null_test.is_not_null && holds)
        add_row_is_not_null(scope, expr->args[0], source, out);
    else if (!expr->u.null_test.is_not_null && !holds && expr->args[0]->kind != EXPR_ROW)
        nulls_add_not_null(scope, expr->args[0], source, out);
}

static void add_bool_test(struct null_scope *scope, const struct expr *expr, enum outcome outcome,
                          const char *source, struct fact_set *out)
{
    const bool holds = outcome == OUTCOME_TRUE || outcome == OUTCOME_NOT_FALSE;
    const struct expr *arg = expr->args[0];

    switch (expr->u.bool_test) {
    case IS_TRUE:
        nulls_add_outcome(scope, arg, holds ? OUTCOME_TRUE : OUTCOME_NOT_TRUE, source, out);
        break;
    case IS_NOT_TRUE:
        nulls_add_outcome(scope, arg, holds ? OUTCOME_NOT_TRUE : OUTCOME_TRUE, source, out);
        break;
    case IS_FALSE:
        nulls_add_outcome(scope, arg, holds ? OUTCOME_FALSE : OUTCOME_NOT_FALSE, source, out);
        break;
    case IS_NOT_FALSE:
        nulls_add_outcome(scope, arg, holds ? OUTCOME_NOT_FALSE : OUTCOME_FALSE, source, out);
        break;
    case IS_UNKNOWN:
    case IS_NOT_UNKNOWN:
        if (holds == (expr->u.bool_test == IS_NOT_UNKNOWN))
            nulls_add_not_null(scope, arg, source, out);
        break;
    }
}

/* Plainly not NULL, without knowing the row. */
static bool is_plain_value(const struct null_scope *scope, const struct expr *expr)
{
    const struct null_state *state = scope->state;

    while (expr->kind == EXPR_CAST && expr->u.cast.method != CAST_FUNCTION && expr->n_args > 0)
        expr = expr->args[0];
    if (expr->kind == EXPR_CONST)
        return !expr->u.constant.is_null;
    return expr->kind == EXPR_PARAM &&
           !((size_t)expr->u.param <= state->n_params && state->param_nullable[expr->u.param - 1]);
}

/* a IS NOT DISTINCT FROM value; a IS DISTINCT FROM NULL. */
static void add_distinct(struct null_scope *scope, const struct expr *expr, enum outcome outcome,
                         const char *source, struct fact_set *out)
{
    const bool holds = outcome == OUTCOME_TRUE || outcome == OUTCOME_NOT_FALSE;
    const bool are_equal = holds == expr->u.op.negated;

    if (expr->n_args != 2)
        return;
    for (size_t i = 0; i < 2; i++) {
        const struct expr *other = expr->args[1 - i];

        if (are_equal ? is_plain_value(scope, other)
                      : expr_is_null_const(expr_strip_casts(expr->args[1 - i])))
            nulls_add_not_null(scope, expr->args[i], source, out);
    }
}

/* Whether the outcome shows that the sub-query had a row with that outcome: ANY was true, ALL was
 * false, a comparison with its only row was either. */
static bool met_row(enum sublink_kind kind, enum outcome outcome)
{
    switch (kind) {
    case SUBLINK_EXISTS:
    case SUBLINK_ANY:
        return outcome == OUTCOME_TRUE;
    case SUBLINK_ALL:
        return outcome == OUTCOME_FALSE;
    case SUBLINK_ROW:
        return outcome == OUTCOME_TRUE || outcome == OUTCOME_FALSE;
    default:
        return false;
    }
}

static void add_sublink(struct null_scope *scope, const struct expr *expr, enum outcome outcome,
                        const char *source, struct fact_set *out)
{
    const enum sublink_kind kind = expr->u.sublink.kind;

    if (kind == SUBLINK_EXPR && (outcome == OUTCOME_TRUE || outcome == OUTCOME_FALSE)) {
        nulls_add_not_null(scope, expr, source, out);
    } else if (met_row(kind, outcome)) {
        nulls_add_row_returned(scope, expr->u.sublink.query, source, out);
        nulls_add_outcome(scope, expr->u.sublink.test, outcome, source, out);
    }
}

static void add_bool(struct null_scope *scope, const struct expr *expr, enum outcome outcome,
                     const char *source, struct fact_set *out)
{
    static const enum outcome negated[] = {
        [OUTCOME_TRUE] = OUTCOME_FALSE,
        [OUTCOME_FALSE] = OUTCOME_TRUE,
        [OUTCOME_NOT_TRUE] = OUTCOME_NOT_FALSE,
        [OUTCOME_NOT_FALSE] = OUTCOME_NOT_TRUE,
    };
    const bool all_have_it = expr->u.bool_op == BOOL_AND
                                 ? outcome == OUTCOME_TRUE || outcome == OUTCOME_NOT_FALSE
                                 : outcome == OUTCOME_FALSE || outcome == OUTCOME_NOT_TRUE;

    if (expr->u.bool_op == BOOL_NOT) {
        nulls_add_outcome(scope, expr->args[0], negated[outcome], source, out);
    } else if (all_have_it) {
        for (size_t i = 0; i < expr->n_args; i++)
            nulls_add_outcome(scope, expr->args[i], outcome, source, out);
    } else {
        add_outcome_in_all(scope, expr, outcome, source, out);
    }
}

static void add_bool_const(const struct expr *expr, enum outcome outcome, struct fact_set *out)
{
    const bool is_true = nulls_is_true_const(expr);
    const bool is_known = expr->u.constant.literal == 'B' || expr->u.constant.is_null;
    const bool is_false = is_known && !is_true && !expr->u.constant.is_null;
    const bool possible = outcome == OUTCOME_TRUE       ? is_true
                          : outcome == OUTCOME_FALSE    ? is_false
                          : outcome == OUTCOME_NOT_TRUE ? !is_true
                                                        : !is_false;

    if (is_known && !possible)
        out->impossible = true;
}

/* An arm of CASE that can have given the outcome: its condition was true, and its result had it. */
static void add_case(struct null_scope *scope, const struct expr *expr, enum outcome outcome,
                     const char *source, struct fact_set *out)
{
    const size_t first = expr->u.case_.has_operand ? 1 : 0;
    const size_t n_arms = (expr->n_args - first) / 2 + 1;
    struct fact_set *arms = arena_array(scope->state->arena, struct fact_set, n_arms);
    struct null_scope inner = *scope;

    inner.case_operand = first ? expr->args[0] : NULL;
    for (size_t i = 0; i < n_arms; i++) {
        const size_t at = first + 2 * i;
        const bool is_default = i + 1 == n_arms;

        if (!is_default)
            nulls_add_outcome(&inner, expr->args[at], OUTCOME_TRUE, source, &arms[i]);
        nulls_add_outcome(scope, expr->args[is_default ? at : at + 1], outcome, source, &arms[i]);
    }
    nulls_add_common(scope, arms, n_arms, out);
}

static void add_leaf(struct null_scope *scope, const struct expr *expr, enum outcome outcome,
                     const char *source, struct fact_set *out)
{
    if (outcome == OUTCOME_NOT_TRUE || outcome == OUTCOME_NOT_FALSE)
        return;
    nulls_add_not_null(scope, expr, source, out);
    if (expr->kind == EXPR_ARRAY_OP && expr->u.op.use_or == (outcome == OUTCOME_TRUE))
        nulls_add_array_op(scope, expr, true, source, out);
}

void nulls_add_outcome(struct null_scope *scope, const struct expr *condition, enum outcome outcome,
                       const char *source, struct fact_set *out)
{
    if (!condition)
        return;
    if (nulls_is_rolled_up(scope) && nulls_grouping_of(scope, condition) != GROUPED_NOT) {
        if (outcome == OUTCOME_TRUE || outcome == OUTCOME_FALSE)
            nulls_add_not_null(scope, condition, source, out);
        return;
    }
    switch (condition->kind) {
    case EXPR_BOOL:
        add_bool(scope, condition, outcome, source, out);
        break;
    case EXPR_NULL_TEST:
        add_null_test(scope, condition, outcome, source, out);
        break;
    case EXPR_BOOL_TEST:
        add_bool_test(scope, condition, outcome, source, out);
        break;
    case EXPR_DISTINCT:
        add_distinct(scope, condition, outcome, source, out);
        break;
    case EXPR_SUBLINK:
        add_sublink(scope, condition, outcome, source, out);
        break;
    case EXPR_CASE:
        add_case(scope, condition, outcome, source, out);
        break;
    case EXPR_CONST:
        add_bool_const(condition, outcome, out);
        break;
    case EXPR_COALESCE:
        if (outcome == OUTCOME_TRUE || outcome == OUTCOME_FALSE)
            add_outcome_in_all(scope, condition, outcome, source, out);
        break;
    default:
        add_leaf(scope, condition, outcome, source, out);
        break;
    }
}
