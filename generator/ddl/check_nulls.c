/* The columns in which a CHECK leaves no NULL. A row passes a CHECK that is true or NULL, so that
 * c > 0 lets NULLs in; c IS NOT NULL, which is false for them, does not. AND, OR and NOT are
 * followed down to such tests of plain columns. Functions and operators are not looked into: those
 * of the user may be replaced by others when rows have long been checked.
 */
#include "ddl/table.h"

struct column_set {
    struct arena *arena;
    VEC(int16_t) columns;
};

static bool set_has(const struct column_set *set, int16_t number)
{
    for (size_t i = 0; i < set->columns.n; i++)
        if (set->columns.items[i] == number)
            return true;
    return false;
}

static void set_add(struct column_set *set, int16_t number)
{
    if (!set_has(set, number))
        vec_push(set->arena, &set->columns, number);
}

static void add_column(const struct expr *expr, struct column_set *out)
{
    if (expr->kind == EXPR_VAR && expr->u.var.attno > 0)
        set_add(out, (int16_t)expr->u.var.attno);
}

/* Of ROW (…) IS NULL nothing follows when it is false: one field that is not NULL is enough. */
static void add_null_test(const struct expr *test, bool holds, struct column_set *out)
{
    const struct expr *tested = test->args[0];

    if (test->u.null_test.is_not_null == holds)
        add_column(tested, out);
    if (tested->kind != EXPR_ROW || !test->u.null_test.is_not_null || test->u.null_test.of_value ||
        !holds)
        return;
    for (size_t i = 0; i < tested->n_args; i++)
        add_column(tested->args[i], out);
}

static void add_expression(const struct expr *expr, bool holds, struct column_set *out);

/* What holds whichever of the arguments it was. */
static void add_common(const struct expr *expr, bool holds, struct column_set *out)
{
    struct column_set common = {.arena = out->arena};

    add_expression(expr->args[0], holds, &common);
    for (size_t i = 0; i < common.columns.n; i++) {
        bool everywhere = true;

        for (size_t a = 1; a < expr->n_args && everywhere; a++) {
            struct column_set other = {.arena = out->arena};

            add_expression(expr->args[a], holds, &other);
            everywhere = set_has(&other, common.columns.items[i]);
        }
        if (everywhere)
            set_add(out, common.columns.items[i]);
    }
}

/* holds: the expression is not false; else it is not true. */
static void add_expression(const struct expr *expr, bool holds, struct column_set *out)
{
    if (expr->kind == EXPR_NULL_TEST)
        add_null_test(expr, holds, out);
    if (expr->kind != EXPR_BOOL)
        return;
    if (expr->u.bool_op == BOOL_NOT) {
        add_expression(expr->args[0], !holds, out);
    } else if ((expr->u.bool_op == BOOL_AND) == holds) {
        for (size_t i = 0; i < expr->n_args; i++)
            add_expression(expr->args[i], holds, out);
    } else {
        add_common(expr, holds, out);
    }
}

int16_t *columns_without_null(struct arena *arena, const struct expr *check, size_t *n)
{
    struct column_set set = {.arena = arena};

    if (check)
        add_expression(check, true, &set);
    *n = set.columns.n;
    return set.columns.items;
}
