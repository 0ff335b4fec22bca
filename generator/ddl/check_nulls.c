/* The columns in which a CHECK leaves no NULL. A row passes a CHECK that is true or NULL, so that
 * c > 0 lets NULLs in; c IS NOT NULL, which is false for them, does not. AND, OR and NOT are
 * followed down to such tests of plain columns. Functions and operators are not looked into: those
 * of the user may be replaced by others when rows have long been checked.
 */
#include "ddl/table.h"

struct column_set {
    VEC(int16_t) columns;
};

struct null_check {
    struct ddl *ddl;
    const struct relation *relation;
};

static bool set_has(const struct column_set *set, int16_t number)
{
    for (size_t i = 0; i < set->columns.n; i++)
        if (set->columns.items[i] == number)
            return true;
    return false;
}

static void set_add(const struct null_check *check, struct column_set *set, int16_t number)
{
    if (!set_has(set, number))
        vec_push(check->ddl->arena, &set->columns, number);
}

/* c, t.c or s.t.c. */
static void add_column(const struct null_check *check, const PgQuery__Node *node,
                       struct column_set *out)
{
    const char *name =
        NODE_IS(node, COLUMN_REF) ? referenced_column(check->relation, node->column_ref) : NULL;
    const struct attribute *attribute = name ? attribute_find(check->relation, name) : NULL;

    if (attribute)
        set_add(check, out, attribute->number);
}

/* Of ROW (…) IS NULL nothing follows when it is false: one field that is not NULL is enough. */
static void add_null_test(const struct null_check *check, const PgQuery__NullTest *test, bool holds,
                          struct column_set *out)
{
    const bool is_not = test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL;
    const PgQuery__RowExpr *row = NODE_IS(test->arg, ROW_EXPR) ? test->arg->row_expr : NULL;

    if (is_not == holds)
        add_column(check, test->arg, out);
    for (size_t i = 0; row && is_not && holds && i < row->n_args; i++)
        add_column(check, row->args[i], out);
}

static void add_expression(const struct null_check *check, const PgQuery__Node *node, bool holds,
                           struct column_set *out);

/* What holds whichever of the arguments it was. */
static void add_common(const struct null_check *check, const PgQuery__BoolExpr *expr, bool holds,
                       struct column_set *out)
{
    struct column_set common = {0};

    add_expression(check, expr->args[0], holds, &common);
    for (size_t i = 0; i < common.columns.n; i++) {
        bool everywhere = true;

        for (size_t a = 1; a < expr->n_args && everywhere; a++) {
            struct column_set other = {0};

            add_expression(check, expr->args[a], holds, &other);
            everywhere = set_has(&other, common.columns.items[i]);
        }
        if (everywhere)
            set_add(check, out, common.columns.items[i]);
    }
}

/* holds: the expression is not false; else it is not true. */
static void add_expression(const struct null_check *check, const PgQuery__Node *node, bool holds,
                           struct column_set *out)
{
    const PgQuery__BoolExpr *expr;

    if (NODE_IS(node, NULL_TEST))
        add_null_test(check, node->null_test, holds, out);
    if (!NODE_IS(node, BOOL_EXPR) || node->bool_expr->n_args == 0)
        return;
    expr = node->bool_expr;
    if (expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR) {
        add_expression(check, expr->args[0], !holds, out);
    } else if ((expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) == holds) {
        for (size_t i = 0; i < expr->n_args; i++)
            add_expression(check, expr->args[i], holds, out);
    } else {
        add_common(check, expr, holds, out);
    }
}

int16_t *columns_without_null(struct ddl *ddl, const struct relation *relation,
                              const PgQuery__Node *check, size_t *n)
{
    const struct null_check state = {ddl, relation};
    struct column_set set = {0};

    add_expression(&state, check, true, &set);
    *n = set.columns.n;
    return set.columns.items;
}
