/* CASE, AND and OR: parts that count only when others had a certain outcome are looked at with what
 * that outcome proves.
 */
#include "prove/nulls_internal.h"

enum {
    LARGEST_LOOK_AT_OTHERS = 32, /* arguments of AND, OR: the work grows with the square */
};

static struct nullability under(struct null_scope *scope, struct env *env,
                                const struct expr *result)
{
    struct env *before = scope->current;
    struct nullability answer;

    scope->current = env;
    answer = nulls_expr(scope, result);
    scope->current = before;
    return answer;
}

/* CASE: each arm under what its condition proves, given that those before it did not hold. */
struct nullability nulls_case(struct null_scope *scope, const struct expr *expr)
{
    const size_t first = expr->u.case_.has_operand ? 1 : 0;
    const struct expr *outer_operand = scope->case_operand;
    struct env *before = scope->current;
    struct nullability answer = nulls_not_null("every arm of CASE is NOT NULL");
    bool is_decided = false;

    for (size_t i = first; i + 1 < expr->n_args && !is_decided && !answer.nullable; i += 2) {
        struct fact_set holds = {0}, fails = {0};
        struct nullability value = answer;

        scope->case_operand = first ? expr->args[0] : NULL;
        nulls_add_outcome(scope, expr->args[i], OUTCOME_TRUE, "CASE", &holds);
        nulls_add_outcome(scope, expr->args[i], OUTCOME_NOT_TRUE, "CASE", &fails);
        scope->case_operand = outer_operand;
        if (!holds.impossible)
            value = under(scope, nulls_env_with(scope, scope->current, &holds), expr->args[i + 1]);
        answer = value.nullable ? value : answer;
        is_decided = fails.impossible;
        scope->current = nulls_env_with(scope, scope->current, &fails);
    }
    if (!is_decided && !answer.nullable) {
        const struct expr *otherwise = expr->args[expr->n_args - 1];
        struct nullability value = nulls_expr(scope, otherwise);

        if (otherwise->kind == EXPR_CONST && otherwise->location < 0)
            value = nulls_maybe("CASE has no ELSE");
        answer = value.nullable ? value : answer;
    }
    scope->current = before;
    return answer;
}

/* AND is NULL when no argument is false and one is NULL: each is looked at with the others not
 * false. OR the other way round. */
struct nullability nulls_boolean(struct null_scope *scope, const struct expr *expr)
{
    const bool is_and = expr->u.bool_op == BOOL_AND;

    if (expr->u.bool_op == BOOL_NOT || expr->n_args > LARGEST_LOOK_AT_OTHERS)
        return nulls_all(scope, expr->args, expr->n_args, NULL);
    for (size_t i = 0; i < expr->n_args; i++) {
        struct fact_set others = {0};
        struct nullability value;

        for (size_t j = 0; j < expr->n_args; j++) {
            if (j != i)
                nulls_add_outcome(scope, expr->args[j],
                                  is_and ? OUTCOME_NOT_FALSE : OUTCOME_NOT_TRUE,
                                  is_and ? "AND" : "OR", &others);
        }
        value = others.impossible
                    ? nulls_not_null("it is decided by another argument")
                    : under(scope, nulls_env_with(scope, scope->current, &others), expr->args[i]);
        if (value.nullable)
            return value;
    }
    return nulls_not_null(is_and ? "every argument of AND is NOT NULL"
                                 : "every argument of OR is NOT NULL");
}
