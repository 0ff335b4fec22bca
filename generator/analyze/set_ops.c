/* UNION, INTERSECT, EXCEPT (transformSetOperationStmt; manual, 10.5).
 *
 * Each leaf is a query of its own and a range-table entry of the whole; a pair of columns gets a
 * common type, which is also decided for the literals and parameters of the leaves.
 */
#include "analyze/transform.h"
#include "analyze/transform_expr.h"
#include "resolve/coerce.h"
#include "resolve/collate.h"
#include "resolve/resolve.h"
#include "resolve/scope.h"
#include "sql/raw.h"

/* A column of one side. */
struct side_column {
    const char *name;
    struct expr *expr;
    struct target *target;    /* of a leaf: where expr stands */
    struct rte_column *entry; /* of a leaf: its range-table column */
};

struct side_columns {
    struct side_column *items;
    size_t n, cap;
};

static const char *context_of(PgQuery__SetOperation op)
{
    switch (op) {
    case PG_QUERY__SET_OPERATION__SETOP_UNION:
        return "UNION";
    case PG_QUERY__SET_OPERATION__SETOP_INTERSECT:
        return "INTERSECT";
    default:
        return "EXCEPT";
    }
}

static enum set_op set_op_of(PgQuery__SetOperation op)
{
    switch (op) {
    case PG_QUERY__SET_OPERATION__SETOP_UNION:
        return SET_OP_UNION;
    case PG_QUERY__SET_OPERATION__SETOP_INTERSECT:
        return SET_OP_INTERSECT;
    default:
        return SET_OP_EXCEPT;
    }
}

static bool is_leaf(const PgQuery__SelectStmt *stmt, bool is_top)
{
    if (stmt->op <= PG_QUERY__SET_OPERATION__SETOP_NONE)
        return true;
    return !is_top && (stmt->n_sort_clause || stmt->limit_offset || stmt->limit_count ||
                       stmt->n_locking_clause || stmt->with_clause);
}

static struct set_node *transform_leaf(struct parse *parse, const PgQuery__SelectStmt *stmt,
                                       struct side_columns *columns)
{
    struct arena *arena = parse->statement->arena;
    struct set_node *node = arena_new(arena, struct set_node);
    struct parse below = scope_open(parse);
    struct rte *rte;
    int location;
    size_t n;

    below.scope->keep_unknown = true;
    node->query = transform_select(&below, stmt);
    /* Only the rows of a rule are in view of the leaves and at the same level as they. */
    location = parse->scope->names.n > 0 ? query_find_var(node->query, 1) : -2;
    if (location != -2)
        parse_error(parse, "42P10", location,
                    "UNION/INTERSECT/EXCEPT member statement cannot refer to other relations of "
                    "same query level");
    node->rte = (int)parse->scope->rtable.n;
    range_add_query(parse, node->query, arena_printf(arena, "*SELECT* %d", node->rte + 1), NULL,
                    false, -1);
    rte = parse->scope->rtable.items[node->rte];
    query_result(node->query, &n);
    for (size_t i = 0; i < n; i++)
        vec_push(arena, columns,
                 (struct side_column){node->query->targets[i].name, node->query->targets[i].expr,
                                      &node->query->targets[i], &rte->columns[i]});
    return node;
}

/* Other columns are only checked: a cast inside a leaf could change what the leaf means. */
static void coerce_side(struct parse *parse, struct side_column *column, oid type,
                        const char *context)
{
    struct expr *expr = column->expr;

    if (expr->type != UNKNOWNOID) {
        column->expr = coerce_to_common(parse, expr, type, context);
        return;
    }
    if (expr->kind != EXPR_CONST && expr->kind != EXPR_PARAM)
        return;
    column->expr = coerce_to_common(parse, expr, type, context);
    column->target->expr = column->expr;
    column->entry->type = type;
    column->entry->typmod = column->expr->typmod;
    column->entry->collation = column->expr->collation;
}

static struct side_column combine(struct parse *parse, const PgQuery__SelectStmt *stmt,
                                  struct side_column *left, struct side_column *right)
{
    const char *context = context_of(stmt->op);
    struct expr *pair[2] = {left->expr, right->expr}, *best = NULL, *result;
    oid type = coerce_common_type(parse, pair, 2, context, &best);
    int location = best ? expr_location(best) : -1;

    coerce_side(parse, left, type, context);
    coerce_side(parse, right, type, context);
    if (stmt->op != PG_QUERY__SET_OPERATION__SETOP_UNION || !stmt->all)
        resolve_sort_operator(parse, type, false, true, location);
    pair[0] = left->expr;
    pair[1] = right->expr;
    result = expr_make(parse->statement->arena, EXPR_DEFAULT, type, location);
    result->typmod = coerce_common_typmod(pair, 2, type);
    result->collation = collate_common(
        parse, pair, 2, stmt->op == PG_QUERY__SET_OPERATION__SETOP_UNION && stmt->all);
    return (struct side_column){.name = left->name, .expr = result};
}

/* The non-recursive term decides the columns of WITH RECURSIVE. */
static void announce_columns(struct parse *parse, const struct side_columns *columns)
{
    struct cte *cte = parse->scope->recursive_cte;
    struct rte_column *list = arena_array(parse->statement->arena, struct rte_column, columns->n);

    for (size_t i = 0; i < columns->n; i++)
        list[i] = (struct rte_column){
            .name = columns->items[i].name,
            .type = columns->items[i].expr->type,
            .typmod = columns->items[i].expr->typmod,
            .collation = columns->items[i].expr->collation,
        };
    cte_set_columns(parse, cte, list, columns->n);
}

static struct set_node *transform_tree(struct parse *parse, const PgQuery__SelectStmt *stmt,
                                       bool is_top, struct side_columns *columns)
{
    struct side_columns left = {0}, right = {0};
    struct set_node *node;

    if (stmt->into_clause && stmt != parse->statement->into)
        parse_error(parse, "42601", stmt->into_clause->rel->location,
                    "INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT");
    if (!is_top && stmt->n_locking_clause)
        parse_error(parse, "0A000", -1, "%s is not allowed with UNION/INTERSECT/EXCEPT",
                    locking_name(stmt->locking_clause[0]->locking_clause));
    if (is_leaf(stmt, is_top))
        return transform_leaf(parse, stmt, columns);
    node = arena_new(parse->statement->arena, struct set_node);
    node->op = set_op_of(stmt->op);
    node->all = stmt->all;
    node->left = transform_tree(parse, stmt->larg, false, &left);
    if (is_top && parse->scope->recursive_cte)
        announce_columns(parse, &left);
    node->right = transform_tree(parse, stmt->rarg, false, &right);
    if (left.n != right.n)
        parse_error(parse, "42601", right.n ? expr_location(right.items[0].expr) : -1,
                    "each %s query must have the same number of columns", context_of(stmt->op));
    for (size_t i = 0; i < left.n; i++)
        vec_push(parse->statement->arena, columns,
                 combine(parse, stmt, &left.items[i], &right.items[i]));
    return node;
}

/* ORDER BY sees the result's columns and nothing else. */
static struct name_item *result_names(struct parse *parse, const struct side_columns *columns,
                                      int rte)
{
    struct arena *arena = parse->statement->arena;
    struct name_item *item = arena_new(arena, struct name_item);

    item->name = "";
    item->rte = rte;
    item->n_columns = columns->n;
    item->columns = arena_array(arena, struct name_column, columns->n);
    for (size_t i = 0; i < columns->n; i++)
        item->columns[i] = (struct name_column){
            .name = columns->items[i].name,
            .rte = rte,
            .attno = (int)i + 1,
            .type = columns->items[i].expr->type,
            .typmod = columns->items[i].expr->typmod,
            .collation = columns->items[i].expr->collation,
            .in_star = true,
        };
    return item;
}

static void transform_order(struct parse *parse, const PgQuery__SelectStmt *stmt,
                            struct name_item *names, struct target_list *targets)
{
    struct query *query = parse->scope->query;
    size_t n_targets = targets->n, n_names = parse->scope->names.n;
    struct sort_list order = {0};

    scope_add_names(parse, names, false, true);
    transform_sort(parse, NODES(stmt, sort_clause), targets, PLACE_ORDER_BY, false, &order);
    parse->scope->names.n = n_names;
    if (targets->n != n_targets)
        parse_error_hint(parse, "0A000", expr_location(targets->items[n_targets].expr),
                         "only result column names can be used, not expressions or functions: add "
                         "the expression to every SELECT, or move the UNION into a FROM clause",
                         "invalid UNION/INTERSECT/EXCEPT ORDER BY clause");
    query->order_by = order.items;
    query->n_order_by = order.n;
}

struct query *transform_set_operation(struct parse *parse, const PgQuery__SelectStmt *stmt)
{
    struct query *query = parse->scope->query;
    struct side_columns columns = {0};
    struct target_list targets = {0};
    const struct set_node *leftmost;
    struct name_item *names;

    if (stmt->n_locking_clause)
        parse_error(parse, "0A000", -1, "%s is not allowed with UNION/INTERSECT/EXCEPT",
                    locking_name(stmt->locking_clause[0]->locking_clause));
    transform_with(parse, stmt->with_clause);
    query->set_ops = transform_tree(parse, stmt, true, &columns);
    for (leftmost = query->set_ops; leftmost->op != SET_OP_NONE;)
        leftmost = leftmost->left;
    names = result_names(parse, &columns, leftmost->rte);
    for (size_t i = 0; i < columns.n; i++)
        vec_push(parse->statement->arena, &targets,
                 (struct target){
                     .expr = names_column_var(parse, &names->columns[i], 0,
                                              expr_location(leftmost->query->targets[i].expr)),
                     .name = columns.items[i].name,
                     .location = columns.items[i].expr->location,
                 });
    transform_order(parse, stmt, names, &targets);
    transform_limits(parse, stmt);
    query->targets = targets.items;
    query->n_targets = targets.n;
    return scope_close(parse);
}
