/* Sub-queries in expressions: EXISTS, scalar, ARRAY, IN / ANY / ALL and row comparisons
 * (transformSubLink), and UPDATE's SET (a, b) = (SELECT …).
 */
#include "analyze/transform.h"

static void check_place(struct parse *parse, int location)
{
    const char *refused = place_refuses_query(parse->scope->place);

    if (refused)
        parse_error(parse, "0A000", location, "cannot use subquery in %s", refused);
}

static struct query *sublink_query(struct parse *parse, const PgQuery__SubLink *node)
{
    struct query *query;

    check_place(parse, node->location);
    query = transform_sub_query(parse, node->subselect, false);
    vec_push(parse->statement->arena, &parse->statement->sublinks,
             (struct sublink_query){node, query});
    return query;
}

static struct expr *make_sublink(struct parse *parse, enum sublink_kind kind, oid type,
                                 const PgQuery__SubLink *node, struct query *query)
{
    struct expr *expr = expr_make(parse->statement->arena, EXPR_SUBLINK, type, node->location);

    expr->u.sublink.kind = kind;
    expr->u.sublink.query = query;
    expr->u.sublink.raw = &node->base;
    return expr;
}

static struct expr *only_column(struct parse *parse, const PgQuery__SubLink *node,
                                const struct query *query)
{
    size_t n;
    const struct target *targets = query_result(query, &n);

    if (n != 1)
        parse_error(parse, "42601", node->location, "subquery must return only one column");
    return targets[0].expr;
}

static struct expr *scalar_sublink(struct parse *parse, const PgQuery__SubLink *node,
                                   struct query *query)
{
    const struct expr *column = only_column(parse, node, query);
    struct expr *expr = make_sublink(parse, SUBLINK_EXPR, column->type, node, query);

    expr->typmod = column->typmod;
    expr->collation = column->collation;
    return expr;
}

static struct expr *array_sublink(struct parse *parse, const PgQuery__SubLink *node,
                                  struct query *query)
{
    const struct catalog *catalog = parse->statement->catalog;
    const struct expr *column = only_column(parse, node, query);
    /* An array of arrays is an array of the same type (get_promoted_array_type). */
    oid type = catalog_array_type(catalog, column->type);
    struct expr *expr;

    if (!type && catalog_element_type(catalog, column->type))
        type = column->type;
    if (!type)
        parse_error(parse, "42704", node->location, "could not find array type for data type %s",
                    type_text(parse, column->type));
    expr = make_sublink(parse, SUBLINK_ARRAY, type, node, query);
    expr->typmod = column->typmod;
    expr->collation = column->collation;
    return expr;
}

static struct expr_list columns_of(struct parse *parse, const struct query *query, int location)
{
    struct expr_list columns = {0};
    size_t n;
    const struct target *targets = query_result(query, &n);

    for (size_t i = 0; i < n; i++) {
        struct expr *column = expr_make(parse->statement->arena, EXPR_SUBLINK_COLUMN,
                                        targets[i].expr->type, location);

        column->typmod = targets[i].expr->typmod;
        column->collation = targets[i].expr->collation;
        column->u.param = (int)i + 1;
        vec_push(parse->statement->arena, &columns, column);
    }
    return columns;
}

/* A parameter on the left is named for the column on the right. */
static void note_comparisons(struct parse *parse, const struct expr_list *left,
                             const struct query *query)
{
    size_t n;
    const struct target *targets = query_result(query, &n);

    for (size_t i = 0; i < left->n && i < n; i++) {
        struct expr *value = expr_strip_casts(left->items[i]);
        struct origin origin;
        struct param_info *param;

        if (value->kind != EXPR_PARAM || !query_origin(query, targets[i].expr, &origin))
            continue;
        param = &parse->statement->params.items[value->u.param - 1];
        if (param->compared_relation)
            continue;
        param->compared_relation = origin.relation;
        param->compared_attno = origin.attno;
    }
}

/* left op ANY/ALL (query), or left op (query) for a row. */
static struct expr *comparing_sublink(struct parse *parse, enum sublink_kind kind,
                                      struct qualified_name op, const PgQuery__Node *left_node,
                                      const PgQuery__SubLink *node, struct query *query,
                                      int location)
{
    struct expr *left = transform_part(parse, left_node);
    struct expr_list left_list = {0}, right_list = columns_of(parse, query, node->location);
    struct expr *expr;

    if (left->kind == EXPR_ROW)
        left_list = (struct expr_list){left->args, left->n_args, left->n_args};
    else
        vec_push(parse->statement->arena, &left_list, left);
    if (left_list.n < right_list.n)
        parse_error(parse, "42601", location, "subquery has too many columns");
    if (left_list.n > right_list.n)
        parse_error(parse, "42601", location, "subquery has too few columns");
    note_comparisons(parse, &left_list, query);
    expr = make_sublink(parse, kind, BOOLOID, node, query);
    expr->location = location;
    expr->u.sublink.op_name = op.name;
    expr->u.sublink.test = make_row_comparison(parse, op, &left_list, &right_list, location);
    expr->args = left_list.items;
    expr->n_args = left_list.n;
    return expr;
}

struct expr *transform_row_sublink(struct parse *parse, struct qualified_name op,
                                   const PgQuery__Node *left, const PgQuery__SubLink *node,
                                   int location)
{
    struct query *query = sublink_query(parse, node);

    return comparing_sublink(parse, SUBLINK_ROW, op, left, node, query, location);
}

struct expr *transform_sublink(struct parse *parse, const PgQuery__SubLink *node)
{
    struct query *query = sublink_query(parse, node);
    struct qualified_name op = {NULL, "="};

    switch (node->sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
        star_forget(parse, query);
        return make_sublink(parse, SUBLINK_EXISTS, BOOLOID, node, query);
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
        return scalar_sublink(parse, node, query);
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
        return array_sublink(parse, node, query);
    case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK:
    case PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK:
        if (node->n_oper_name)
            op = qualified_name_of(parse, node->oper_name, node->n_oper_name, node->location);
        return comparing_sublink(
            parse,
            node->sub_link_type == PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK ? SUBLINK_ANY : SUBLINK_ALL,
            op, node->testexpr, node, query, node->location);
    default:
        parse_error(parse, "0A000", node->location,
                    "this kind of sub-query is not supported yet by tenon");
    }
}

/* --- SET (a, b) = … --------------------------------------------------------------------------- */

static void read_multi_source(struct parse *parse, const PgQuery__MultiAssignRef *ref)
{
    struct multi_assign *source = &parse->scope->multi_assign;
    const PgQuery__Node *node = ref->source;
    size_t n;

    *source = (struct multi_assign){.location = raw_location(node)};
    if (node->node_case == PG_QUERY__NODE__NODE_SUB_LINK &&
        node->sub_link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK) {
        source->query = sublink_query(parse, node->sub_link);
        query_result(source->query, &n);
    } else if (node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR) {
        source->row = transform_row(parse, node->row_expr, true);
        n = source->row->n_args;
    } else {
        parse_error(parse, "0A000", source->location,
                    "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() "
                    "expression");
    }
    if (n != (size_t)ref->ncolumns)
        parse_error(parse, "42601", source->location,
                    "number of columns does not match number of values");
}

struct expr *transform_multi_assign(struct parse *parse, const PgQuery__MultiAssignRef *ref)
{
    const struct multi_assign *source = &parse->scope->multi_assign;
    const struct expr *column;
    struct expr *expr;
    size_t n;

    if (ref->colno == 1)
        read_multi_source(parse, ref);
    if (source->row)
        return source->row->args[ref->colno - 1];
    column = query_result(source->query, &n)[ref->colno - 1].expr;
    expr = make_sublink(parse, SUBLINK_MULTI, column->type, ref->source->sub_link, source->query);
    expr->typmod = column->typmod;
    expr->collation = column->collation;
    expr->u.sublink.column = ref->colno;
    expr->location = expr_location(column);
    return expr;
}
