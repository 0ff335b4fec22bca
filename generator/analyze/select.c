/* SELECT (transformSelectStmt): the clauses in the order in which the server looks at them, which
 * decides which of several errors is reported.
 */
#include "analyze/transform.h"
#include "analyze/transform_expr.h"
#include "resolve/coerce.h"
#include "resolve/collate.h"
#include "resolve/params.h"
#include "resolve/scope.h"
#include "sql/raw.h"

struct expr *transform_where(struct parse *parse, const PgQuery__Node *node, enum expr_place place,
                             const char *construct)
{
    if (!node)
        return NULL;
    return coerce_to_boolean(parse, transform_expr(parse, node, place), construct);
}

struct expr *transform_limit(struct parse *parse, const PgQuery__Node *node, enum expr_place place,
                             const char *construct)
{
    struct expr *expr;

    if (!node)
        return NULL;
    expr = coerce_to_specific(parse, transform_expr(parse, node, place), INT8OID, construct);
    if (expr_find_var(expr, 0) != -2)
        parse_error(parse, "42P10", expr_find_var(expr, 0),
                    "argument of %s must not contain variables", construct);
    param_note_role(parse, expr, place == PLACE_LIMIT ? "limit" : "offset");
    return expr;
}

void transform_limits(struct parse *parse, const PgQuery__SelectStmt *stmt)
{
    struct query *query = parse->scope->query;
    const PgQuery__Node *count = stmt->limit_count;

    query->offset = transform_limit(parse, stmt->limit_offset, PLACE_OFFSET, "OFFSET");
    query->limit = transform_limit(parse, count, PLACE_LIMIT, "LIMIT");
    query->limit_with_ties = stmt->limit_option == PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_WITH_TIES;
    if (query->limit_with_ties && count && count->node_case == PG_QUERY__NODE__NODE_A_CONST &&
        count->a_const->isnull)
        parse_error(parse, "2201W", count->a_const->location,
                    "row count cannot be null in FETCH FIRST ... WITH TIES clause");
}

static void transform_distinct_clause(struct parse *parse, const PgQuery__SelectStmt *stmt,
                                      struct target_list *targets, const struct sort_list *order)
{
    struct query *query = parse->scope->query;
    struct sort_list distinct = {0};

    if (stmt->n_distinct_clause == 0)
        return;
    query->is_distinct = true;
    if (stmt->distinct_clause[0]->node_case == PG_QUERY__NODE__NODE__NOT_SET) {
        transform_distinct(parse, targets, order, false, &distinct);
    } else {
        query->is_distinct_on = true;
        transform_distinct_on(parse, NODES(stmt, distinct_clause), targets, order, &distinct);
    }
    query->distinct = distinct.items;
    query->n_distinct = distinct.n;
}

static void set_targets(struct query *query, const struct target_list *targets)
{
    query->targets = targets->items;
    query->n_targets = targets->n;
}

static struct query *plain_select(struct parse *parse, const PgQuery__SelectStmt *stmt)
{
    struct query *query = parse->scope->query;
    struct target_list targets = {0};
    struct sort_list order = {0};

    transform_with(parse, stmt->with_clause);
    if (stmt->into_clause && stmt != parse->statement->into)
        parse_error(parse, "42601", stmt->into_clause->rel->location,
                    "SELECT ... INTO is not allowed here");
    for (size_t i = 0; i < stmt->n_window_clause; i++)
        window_declare(parse, stmt->window_clause[i]->window_def);
    transform_from(parse, NODES(stmt, from_clause));
    transform_target_list(parse, NODES(stmt, target_list), PLACE_SELECT_TARGET, &targets);
    query->where = transform_where(parse, stmt->where_clause, PLACE_WHERE, "WHERE");
    query->having = transform_where(parse, stmt->having_clause, PLACE_HAVING, "HAVING");
    transform_sort(parse, NODES(stmt, sort_clause), &targets, PLACE_ORDER_BY, false, &order);
    query->order_by = order.items;
    query->n_order_by = order.n;
    transform_group_by(parse, stmt, &targets);
    transform_distinct_clause(parse, stmt, &targets, &order);
    transform_limits(parse, stmt);
    transform_windows(parse, &targets);
    if (!parse->scope->keep_unknown)
        resolve_unknown_targets(parse, &targets);
    set_targets(query, &targets);
    scope_close(parse);
    transform_locking(parse, NODES(stmt, locking_clause));
    check_aggregates(parse, query);
    return query;
}

struct query *transform_select(struct parse *parse, const PgQuery__SelectStmt *stmt)
{
    if (stmt->n_values_lists)
        return transform_values(parse, stmt);
    if (stmt->op > PG_QUERY__SET_OPERATION__SETOP_NONE)
        return transform_set_operation(parse, stmt);
    return plain_select(parse, stmt);
}

/* --- VALUES as a query ------------------------------------------------------------------------ */

static struct expr ***value_rows(struct parse *parse, const PgQuery__SelectStmt *stmt,
                                 size_t *width)
{
    struct expr ***rows =
        arena_array(parse->statement->arena, struct expr **, stmt->n_values_lists);

    for (size_t i = 0; i < stmt->n_values_lists; i++) {
        struct expr_list row = {0};

        transform_expr_list(parse, NODES(stmt->values_lists[i]->list, items), PLACE_VALUES, false,
                            &row);
        if (i == 0)
            *width = row.n;
        else if (row.n != *width)
            parse_error(parse, "42601", row.n ? expr_location(row.items[0]) : -1,
                        "VALUES lists must all be the same length");
        rows[i] = row.items;
    }
    return rows;
}

/* The common type of one column (manual, 10.5). */
static struct rte_column common_column(struct parse *parse, struct expr ***rows, size_t n_rows,
                                       size_t column)
{
    struct expr **exprs = arena_array(parse->statement->arena, struct expr *, n_rows);
    struct rte_column result = {0};

    for (size_t i = 0; i < n_rows; i++)
        exprs[i] = rows[i][column];
    result.type = coerce_common_type(parse, exprs, n_rows, "VALUES", NULL);
    for (size_t i = 0; i < n_rows; i++) {
        exprs[i] = coerce_to_common(parse, exprs[i], result.type, "VALUES");
        rows[i][column] = exprs[i];
    }
    result.typmod = coerce_common_typmod(exprs, n_rows, result.type);
    result.collation = collate_common(parse, exprs, n_rows, true);
    return result;
}

struct query *transform_values(struct parse *parse, const PgQuery__SelectStmt *stmt)
{
    struct arena *arena = parse->statement->arena;
    struct query *query = parse->scope->query;
    struct target_list targets = {0};
    struct sort_list order = {0};
    struct rte_column *columns;
    struct name_item *item;
    struct expr ***rows;
    size_t width = 0;

    transform_with(parse, stmt->with_clause);
    rows = value_rows(parse, stmt, &width);
    columns = arena_array(arena, struct rte_column, width);
    for (size_t i = 0; i < width; i++)
        columns[i] = common_column(parse, rows, stmt->n_values_lists, i);
    item = range_add_values(parse, rows, stmt->n_values_lists, columns, width);
    scope_add_from(parse, join_leaf(parse, item->rte));
    scope_add_names(parse, item, true, true);
    for (size_t i = 0; i < width; i++)
        vec_push(arena, &targets,
                 (struct target){
                     .expr = names_column_var(parse, &item->columns[i], 0,
                                              rows[0][i] ? expr_location(rows[0][i]) : -1),
                     .name = item->columns[i].name,
                     .location = -1,
                 });
    transform_sort(parse, NODES(stmt, sort_clause), &targets, PLACE_ORDER_BY, false, &order);
    query->order_by = order.items;
    query->n_order_by = order.n;
    transform_limits(parse, stmt);
    if (stmt->n_locking_clause)
        parse_error(parse, "0A000", -1, "%s cannot be applied to VALUES",
                    locking_name(stmt->locking_clause[0]->locking_clause));
    set_targets(query, &targets);
    return scope_close(parse);
}
