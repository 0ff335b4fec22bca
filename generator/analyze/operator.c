/* Operators and the constructs that the grammar turns into them: LIKE, BETWEEN, NULLIF, IS DISTINCT
 * FROM, comparisons of rows (transformAExpr…). IN is in in_list.c.
 */
#include "analyze/operator.h"

struct qualified_name operator_name(struct parse *parse, const PgQuery__AExpr *expr)
{
    return qualified_name_of(parse, expr->name, expr->n_name, expr->location);
}

static const char *spelling(struct parse *parse, struct qualified_name name)
{
    if (!name.schema)
        return name.name;
    return arena_printf(parse->statement->arena, "%s.%s", name.schema, name.name);
}

static struct expr *make_operator(struct parse *parse, struct qualified_name name,
                                  struct expr *left, struct expr *right, int location)
{
    struct expr *expr = resolve_operator(parse, name, left, right, location);

    if (expr->type == BOOLOID && expr->n_args == 2)
        param_note_comparison(parse, expr->args[0], expr->args[1]);
    else if (expr->n_args == 2)
        param_note_operand(parse, expr->args[0], expr->args[1]);
    return expr;
}

/* --- Rows ------------------------------------------------------------------------------------- */

static struct expr *compare_pair(struct parse *parse, struct qualified_name name, struct expr *left,
                                 struct expr *right, int location)
{
    struct expr *expr = make_operator(parse, name, left, right, location);

    if (expr->type != BOOLOID)
        parse_error(parse, "42804", location,
                    "row comparison operator must yield type boolean, not type %s",
                    type_text(parse, expr->type));
    return expr;
}

/* Of the built-in classes that are no defaults: text_pattern_ops and record_image_ops. */
static bool is_other_btree_operator(const struct operator* op)
{
    static const char *const names[] = {
        "~<~", "~<=~", "~>=~", "~>~", "*<", "*<=", "*=", "*<>", "*>=", "*>", NULL};

    return op->oid < FIRST_USER_OID && name_is_one_of(op->name, names);
}

/* Whether a btree operator family has the operator: it is one of the usual names, and the type it
 * is declared for can be sorted (get_op_btree_interpretation). */
static bool is_btree_operator(struct parse *parse, const struct operator* op)
{
    static const char *const names[] = {"<", "<=", "=", "<>", ">=", ">", NULL};
    const struct catalog *catalog = parse->statement->catalog;
    const struct type *type = catalog_get_type(catalog, op->left);

    if (is_other_btree_operator(op))
        return true;
    if (!name_is_one_of(op->name, names))
        return false;
    return type && (type->typtype == 'p' || catalog_default_operators(catalog, type->oid).less);
}

static struct expr *row_compare(struct parse *parse, const struct expr_list *pairs,
                                const char *name, int location)
{
    struct expr *expr = expr_make(parse->statement->arena, EXPR_ROW_COMPARE, BOOLOID, location);

    expr->n_args = pairs->n * 2;
    expr->args = arena_array(parse->statement->arena, struct expr *, expr->n_args);
    for (size_t i = 0; i < pairs->n; i++) {
        expr->args[i] = pairs->items[i]->args[0];
        expr->args[pairs->n + i] = pairs->items[i]->args[1];
    }
    expr->u.op.op = pairs->items[0]->u.op.op;
    expr->u.op.name = name;
    return expr;
}

struct expr *make_row_comparison(struct parse *parse, struct qualified_name name,
                                 const struct expr_list *left, const struct expr_list *right,
                                 int location)
{
    struct expr_list pairs = {0};

    if (left->n != right->n)
        parse_error(parse, "42601", location, "unequal number of entries in row expressions");
    if (left->n == 0)
        parse_error(parse, "0A000", location, "cannot compare rows of zero length");
    for (size_t i = 0; i < left->n; i++)
        vec_push(parse->statement->arena, &pairs,
                 compare_pair(parse, name, left->items[i], right->items[i], location));
    if (pairs.n == 1)
        return pairs.items[0];
    for (size_t i = 0; i < pairs.n; i++)
        if (!is_btree_operator(parse, pairs.items[i]->u.op.op))
            parse_error_hint(
                parse, "0A000", location,
                "row comparison operators must be associated with btree operator families",
                "could not determine interpretation of row comparison operator %s", name.name);
    if (name_eq(name.name, "=") || name_eq(name.name, "*="))
        return expr_bool(parse->statement->arena, BOOL_AND, &pairs, location);
    if (name_eq(name.name, "<>") || name_eq(name.name, "*<>"))
        return expr_bool(parse->statement->arena, BOOL_OR, &pairs, location);
    return row_compare(parse, &pairs, spelling(parse, name), location);
}

static struct expr_list fields_of_row(const struct expr *row)
{
    return (struct expr_list){row->args, row->n_args, row->n_args};
}

struct expr *make_comparison(struct parse *parse, struct qualified_name name, struct expr *left,
                             struct expr *right, int location)
{
    if (left && left->kind == EXPR_ROW && right->kind == EXPR_ROW) {
        struct expr_list a = fields_of_row(left), b = fields_of_row(right);

        return make_row_comparison(parse, name, &a, &b, location);
    }
    return make_operator(parse, name, left, right, location);
}

/* --- Plain operators -------------------------------------------------------------------------- */

static bool is_plain(const PgQuery__Node *node)
{
    return node && node->node_case == PG_QUERY__NODE__NODE_A_EXPR &&
           node->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP;
}

static bool is_scalar_sublink(const PgQuery__Node *node)
{
    return node && node->node_case == PG_QUERY__NODE__NODE_SUB_LINK &&
           node->sub_link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK;
}

static bool is_written_row(const PgQuery__Node *node)
{
    return node && node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR;
}

/* (a, b) = (SELECT …) */
static bool is_row_against_query(const PgQuery__Node *left, const PgQuery__Node *right)
{
    return is_written_row(left) && is_scalar_sublink(right);
}

/* The left side of an operator; NULL when it is left to the comparison with a sub-query. */
static struct expr *left_operand(struct parse *parse, const PgQuery__Node *left,
                                 const PgQuery__Node *right)
{
    return is_row_against_query(left, right) ? NULL : transform_part(parse, left);
}

/* Only rows that stand there as such are compared column by column; row(1, 2)::pair has the
 * operators of its type. */
static struct expr *transform_pair(struct parse *parse, const PgQuery__AExpr *expr,
                                   struct qualified_name name, struct expr *left,
                                   const PgQuery__Node *right)
{
    struct expr *value;

    if (is_row_against_query(expr->lexpr, right))
        return transform_row_sublink(parse, name, expr->lexpr, right->sub_link, expr->location);
    value = transform_part(parse, right);
    if (is_written_row(expr->lexpr) && is_written_row(right))
        return make_comparison(parse, name, left, value, expr->location);
    return make_operator(parse, name, left, value, expr->location);
}

/* a + b + c + … nests to the left: the chain is walked, not recursed into. */
static struct expr *transform_chain(struct parse *parse, const PgQuery__AExpr *top)
{
    VEC(const PgQuery__AExpr *) chain = {0};
    struct expr *left;

    vec_push(parse->statement->arena, &chain, top);
    while (is_plain(chain.items[chain.n - 1]->lexpr)) {
        const PgQuery__AExpr *next = chain.items[chain.n - 1]->lexpr->a_expr;

        vec_push(parse->statement->arena, &chain, next);
    }
    left = left_operand(parse, chain.items[chain.n - 1]->lexpr, chain.items[chain.n - 1]->rexpr);
    for (size_t i = chain.n; i > 0; i--)
        left = transform_pair(parse, chain.items[i - 1], operator_name(parse, chain.items[i - 1]),
                              left, chain.items[i - 1]->rexpr);
    return left;
}

static struct expr *transform_any_all(struct parse *parse, const PgQuery__AExpr *expr, bool use_or)
{
    struct expr *left = transform_part(parse, expr->lexpr);
    struct expr *right = transform_part(parse, expr->rexpr);
    struct expr *result = resolve_array_operator(parse, operator_name(parse, expr), use_or, left,
                                                 right, expr->location);

    param_note_comparison(parse, result->args[0], result->args[1]);
    return result;
}

/* --- IS DISTINCT FROM, NULLIF ----------------------------------------------------------------- */

static struct expr *distinct_pair(struct parse *parse, struct qualified_name name,
                                  struct expr *left, struct expr *right, int location)
{
    struct expr *expr = make_operator(parse, name, left, right, location);

    if (expr->type != BOOLOID)
        parse_error(parse, "42804", location,
                    "IS DISTINCT FROM requires = operator to yield boolean");
    expr->kind = EXPR_DISTINCT;
    return expr;
}

static struct expr *negate(struct parse *parse, struct expr *expr, int location)
{
    struct expr *not_expr =
        expr_with_args(parse->statement->arena, EXPR_BOOL, BOOLOID, location, 1, expr);

    not_expr->u.bool_op = BOOL_NOT;
    return not_expr;
}

static struct expr *distinct_rows(struct parse *parse, struct qualified_name name,
                                  const struct expr *left, const struct expr *right, int location)
{
    struct expr_list parts = {0};

    if (left->n_args != right->n_args)
        parse_error(parse, "42601", location, "unequal number of entries in row expressions");
    for (size_t i = 0; i < left->n_args; i++)
        vec_push(parse->statement->arena, &parts,
                 distinct_pair(parse, name, left->args[i], right->args[i], location));
    if (parts.n == 0) {
        struct expr *constant = expr_make(parse->statement->arena, EXPR_CONST, BOOLOID, location);

        constant->u.constant.literal = 'B';
        constant->u.constant.text = "f";
        return constant;
    }
    return expr_bool(parse->statement->arena, BOOL_OR, &parts, location);
}

static bool is_null_literal(const PgQuery__Node *node)
{
    return node && node->node_case == PG_QUERY__NODE__NODE_A_CONST && node->a_const->isnull;
}

/* A test for NULL. Of a row it asks whether there is one, whatever its columns. */
static struct expr *distinct_from_null(struct parse *parse, struct expr *arg, bool negated,
                                       int location)
{
    struct expr *test =
        expr_with_args(parse->statement->arena, EXPR_NULL_TEST, BOOLOID, location, 1, arg);

    test->u.null_test.is_not_null = !negated;
    test->u.null_test.of_value =
        arg->type == RECORDOID || catalog_type_relation(parse->statement->catalog, arg->type);
    return test;
}

static struct expr *transform_distinct_from(struct parse *parse, const PgQuery__AExpr *expr)
{
    bool negated = expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT;
    struct qualified_name name = operator_name(parse, expr);
    struct expr *left, *right, *result;

    if (is_null_literal(expr->rexpr) || is_null_literal(expr->lexpr)) {
        left = transform_part(parse, is_null_literal(expr->rexpr) ? expr->lexpr : expr->rexpr);
        return distinct_from_null(parse, left, negated, expr->location);
    }
    left = transform_part(parse, expr->lexpr);
    right = transform_part(parse, expr->rexpr);
    if (left->kind == EXPR_ROW && right->kind == EXPR_ROW) {
        result = distinct_rows(parse, name, left, right, expr->location);
        return negated ? negate(parse, result, expr->location) : result;
    }
    result = distinct_pair(parse, name, left, right, expr->location);
    result->u.op.negated = negated;
    return result;
}

static struct expr *transform_nullif(struct parse *parse, const PgQuery__AExpr *expr)
{
    struct expr *left = transform_part(parse, expr->lexpr);
    struct expr *right = transform_part(parse, expr->rexpr);
    struct expr *result =
        make_operator(parse, operator_name(parse, expr), left, right, expr->location);

    if (result->type != BOOLOID)
        parse_error(parse, "42804", expr->location, "NULLIF requires = operator to yield boolean");
    result->kind = EXPR_NULLIF;
    result->type = result->args[0]->type;
    result->typmod = result->args[0]->typmod;
    result->collation = result->args[0]->collation;
    return result;
}

/* --- BETWEEN ---------------------------------------------------------------------------------- */

static struct expr *compare_with_bound(struct parse *parse, const PgQuery__AExpr *expr,
                                       const char *op, const PgQuery__Node *bound)
{
    return transform_pair(parse, expr, (struct qualified_name){NULL, op},
                          left_operand(parse, expr->lexpr, bound), bound);
}

/* low <= x AND x <= high; outside: x < low OR x > high. */
static struct expr *between(struct parse *parse, const PgQuery__AExpr *expr, size_t low,
                            size_t high, bool outside)
{
    PgQuery__Node *const *bounds = expr->rexpr->list->items;
    struct expr_list parts = {0};
    struct arena *arena = parse->statement->arena;

    vec_push(arena, &parts, compare_with_bound(parse, expr, outside ? "<" : ">=", bounds[low]));
    vec_push(arena, &parts, compare_with_bound(parse, expr, outside ? ">" : "<=", bounds[high]));
    for (size_t i = 0; i < parts.n; i++)
        parts.items[i] = coerce_to_boolean(parse, parts.items[i], outside ? "OR" : "AND");
    return expr_bool(parse->statement->arena, outside ? BOOL_OR : BOOL_AND, &parts, expr->location);
}

static struct expr *transform_between(struct parse *parse, const PgQuery__AExpr *expr, bool outside,
                                      bool symmetric)
{
    struct expr *first = between(parse, expr, 0, 1, outside);
    struct expr_list both = {0};

    if (!symmetric)
        return first;
    vec_push(parse->statement->arena, &both, first);
    vec_push(parse->statement->arena, &both, between(parse, expr, 1, 0, outside));
    return expr_bool(parse->statement->arena, outside ? BOOL_AND : BOOL_OR, &both, expr->location);
}

struct expr *transform_operator(struct parse *parse, const PgQuery__AExpr *expr)
{
    switch (expr->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
        return transform_chain(parse, expr);
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
        return transform_any_all(parse, expr, true);
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
        return transform_any_all(parse, expr, false);
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        return transform_distinct_from(parse, expr);
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        return transform_nullif(parse, expr);
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        return transform_in_list(parse, expr);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
        return transform_between(parse, expr, false, false);
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
        return transform_between(parse, expr, true, false);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
        return transform_between(parse, expr, false, true);
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
        return transform_between(parse, expr, true, true);
    default: /* LIKE, ILIKE, SIMILAR TO: their operators stand in the tree */
        return transform_pair(parse, expr, operator_name(parse, expr),
                              left_operand(parse, expr->lexpr, expr->rexpr), expr->rexpr);
    }
}
