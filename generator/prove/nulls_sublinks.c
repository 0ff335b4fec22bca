/* Subqueries in expressions. EXISTS and ARRAY are never NULL; a scalar subquery is NULL when it
 * finds no row; IN, ANY and ALL compare, and a comparison with NULL is NULL.
 */
#include "prove/nulls_internal.h"

static struct nullability scalar(struct null_scope *scope, const struct query *query)
{
    size_t n;
    const struct nullability *columns;

    if (!nulls_has_row_always(query))
        return nulls_maybe("the subquery may return no row");
    columns = nulls_query_columns(scope->state, scope, query, NULL, &n);
    return n == 1 ? columns[0] : nulls_maybe("nothing is known of it");
}

/* The comparison of one row, whose columns stand for any. */
static struct nullability comparison(struct null_scope *scope, const struct expr *expr)
{
    struct null_scope here;
    struct nullability *columns;
    size_t n;

    if (!expr->u.sublink.test)
        return nulls_maybe("nothing is known of it");
    columns = nulls_query_columns(scope->state, scope, expr->u.sublink.query, NULL, &n);
    here = *scope;
    here.sublink_columns = columns;
    here.n_sublink_columns = n;
    return nulls_expr(&here, expr->u.sublink.test);
}

struct nullability nulls_sublink(struct null_scope *scope, const struct expr *expr)
{
    switch (expr->u.sublink.kind) {
    case SUBLINK_EXISTS:
        return nulls_not_null("EXISTS is never NULL");
    case SUBLINK_ARRAY:
        return nulls_not_null("ARRAY(…) is never NULL");
    case SUBLINK_EXPR:
        return scalar(scope, expr->u.sublink.query);
    case SUBLINK_ANY:
    case SUBLINK_ALL:
        return comparison(scope, expr);
    case SUBLINK_ROW:
        return nulls_has_row_always(expr->u.sublink.query)
                   ? comparison(scope, expr)
                   : nulls_maybe("the subquery may return no row");
    case SUBLINK_MULTI:
        break;
    }
    return nulls_maybe("nothing is known of it");
}
