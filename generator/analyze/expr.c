/* The dispatcher of expressions (transformExprRecurse), and the forms that need no file of their
 * own. Chapter 4.2 of the manual in code.
 */
#include "analyze/transform.h"

/* Deeper nesting than this would overflow the server's stack too. */
enum { MAX_DEPTH = 12000 };

struct expr *transform_expr(struct parse *parse, const PgQuery__Node *node, enum expr_place place)
{
    enum expr_place before = parse->scope->place;
    struct expr *expr;

    parse->scope->place = place;
    expr = transform_part(parse, node);
    parse->scope->place = before;
    return expr;
}

static const char *bool_op_name(enum bool_op op)
{
    return op == BOOL_AND ? "AND" : op == BOOL_OR ? "OR" : "NOT";
}

static struct expr *transform_bool(struct parse *parse, const PgQuery__BoolExpr *node)
{
    enum bool_op op = node->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR  ? BOOL_AND
                      : node->boolop == PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR ? BOOL_OR
                                                                          : BOOL_NOT;
    struct expr *expr = expr_make(parse->statement->arena, EXPR_BOOL, BOOLOID, node->location);

    expr->args = arena_array(parse->statement->arena, struct expr *, node->n_args);
    expr->u.bool_op = op;
    for (size_t i = 0; i < node->n_args; i++) {
        struct expr *arg = transform_part(parse, node->args[i]);

        expr->args[expr->n_args++] = coerce_to_boolean(parse, arg, bool_op_name(op));
    }
    return expr;
}

static struct expr *transform_null_test(struct parse *parse, const PgQuery__NullTest *node)
{
    struct expr *arg = transform_part(parse, node->arg);
    struct expr *expr =
        expr_with_args(parse->statement->arena, EXPR_NULL_TEST, BOOLOID, node->location, 1, arg);

    expr->u.null_test.is_not_null = node->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL;
    return expr;
}

static struct expr *transform_bool_test(struct parse *parse, const PgQuery__BooleanTest *node)
{
    static const struct {
        enum bool_test test;
        const char *name;
    } tests[] = {
        [PG_QUERY__BOOL_TEST_TYPE__IS_TRUE] = {IS_TRUE, "IS TRUE"},
        [PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE] = {IS_NOT_TRUE, "IS NOT TRUE"},
        [PG_QUERY__BOOL_TEST_TYPE__IS_FALSE] = {IS_FALSE, "IS FALSE"},
        [PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE] = {IS_NOT_FALSE, "IS NOT FALSE"},
        [PG_QUERY__BOOL_TEST_TYPE__IS_UNKNOWN] = {IS_UNKNOWN, "IS UNKNOWN"},
        [PG_QUERY__BOOL_TEST_TYPE__IS_NOT_UNKNOWN] = {IS_NOT_UNKNOWN, "IS NOT UNKNOWN"},
    };
    struct expr *arg = transform_part(parse, node->arg);
    struct expr *expr;

    arg = coerce_to_boolean(parse, arg, tests[node->booltesttype].name);
    expr = expr_with_args(parse->statement->arena, EXPR_BOOL_TEST, BOOLOID, node->location, 1, arg);
    expr->u.bool_test = tests[node->booltesttype].test;
    return expr;
}

static struct expr *transform_named_arg(struct parse *parse, const PgQuery__NamedArgExpr *node)
{
    struct expr *arg = transform_part(parse, node->arg);
    struct expr *expr =
        expr_with_args(parse->statement->arena, EXPR_NAMED_ARG, arg->type, node->location, 1, arg);

    expr->typmod = arg->typmod;
    expr->u.arg_name = node->name;
    return expr;
}

static struct expr *transform_current_of(struct parse *parse, const PgQuery__CurrentOfExpr *node)
{
    struct expr *expr = expr_make(parse->statement->arena, EXPR_CURRENT_OF, BOOLOID, -1);

    expr->u.cursor = raw_optional(node->cursor_name);
    return expr;
}

static struct expr *transform_node(struct parse *parse, const PgQuery__Node *node)
{
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return transform_column_ref(parse, node->column_ref);
    case PG_QUERY__NODE__NODE_PARAM_REF:
        return param_of_node(parse, node->param_ref);
    case PG_QUERY__NODE__NODE_A_CONST:
        return transform_constant(parse, node->a_const);
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
        return transform_indirection(parse, transform_part(parse, node->a_indirection->arg),
                                     NODES(node->a_indirection, indirection), -1);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return transform_array(parse, node->a_array_expr, 0, 0, -1);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return transform_type_cast(parse, node->type_cast);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        return transform_collate(parse, node->collate_clause);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return transform_operator(parse, node->a_expr);
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return transform_bool(parse, node->bool_expr);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return transform_call(parse, node->func_call);
    case PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF:
        return transform_multi_assign(parse, node->multi_assign_ref);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
        return transform_grouping(parse, node->grouping_func);
    case PG_QUERY__NODE__NODE_NAMED_ARG_EXPR:
        return transform_named_arg(parse, node->named_arg_expr);
    case PG_QUERY__NODE__NODE_SUB_LINK:
        return transform_sublink(parse, node->sub_link);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return transform_case(parse, node->case_expr);
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        return transform_row(parse, node->row_expr, false);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return transform_coalesce(parse, node->coalesce_expr);
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return transform_minmax(parse, node->min_max_expr);
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        return transform_sql_value(parse, node->sqlvalue_function);
    case PG_QUERY__NODE__NODE_XML_EXPR:
        return transform_xml(parse, node->xml_expr);
    case PG_QUERY__NODE__NODE_XML_SERIALIZE:
        return transform_xml_serialize(parse, node->xml_serialize);
    case PG_QUERY__NODE__NODE_NULL_TEST:
        return transform_null_test(parse, node->null_test);
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        return transform_bool_test(parse, node->boolean_test);
    case PG_QUERY__NODE__NODE_CURRENT_OF_EXPR:
        return transform_current_of(parse, node->current_of_expr);
    case PG_QUERY__NODE__NODE_SET_TO_DEFAULT:
        parse_error(parse, "42601", node->set_to_default->location,
                    "DEFAULT is not allowed in this context");
    default:
        parse_error(parse, "0A000", raw_location(node),
                    "this kind of expression is not supported yet by tenon");
    }
}

struct expr *transform_part(struct parse *parse, const PgQuery__Node *node)
{
    struct expr *expr;

    if (!node)
        return NULL;
    if (++parse->statement->depth > MAX_DEPTH)
        parse_error_hint(parse, "54001", raw_location(node), "split the expression",
                         "stack depth limit exceeded");
    expr = transform_node(parse, node);
    parse->statement->depth--;
    return expr;
}

/* --- Lists of expressions --------------------------------------------------------------------- */

void transform_expr_list(struct parse *parse, struct node_list nodes, enum expr_place place,
                         bool allow_default, struct expr_list *out)
{
    struct arena *arena = parse->statement->arena;

    for (size_t i = 0; i < nodes.n; i++) {
        const PgQuery__Node *node = nodes.items[i];

        if (is_star_node(node)) {
            struct star star = {0};

            expand_star(parse, node, place, &star);
            for (size_t j = 0; j < star.exprs.n; j++)
                vec_push(arena, out, star.exprs.items[j]);
        } else if (allow_default && node->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT) {
            vec_push(arena, out,
                     expr_make(parse->statement->arena, EXPR_DEFAULT, UNKNOWNOID,
                               node->set_to_default->location));
        } else {
            vec_push(arena, out, transform_expr(parse, node, place));
        }
    }
}
