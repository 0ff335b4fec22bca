/* Expressions that build or choose values: ARRAY, ROW, CASE, COALESCE, GREATEST and LEAST. */
#include "analyze/transform_expr.h"
#include "resolve/coerce.h"
#include "resolve/collate.h"
#include "resolve/params.h"
#include "sql/raw.h"
#include "types/conversion.h"

/* --- ARRAY[…] --------------------------------------------------------------------------------- */

static bool is_sub_array(const struct parse *parse, oid type)
{
    return type != INT2VECTOROID && type != OIDVECTOROID &&
           type_is_array(parse->statement->catalog, type);
}

static void array_types(struct parse *parse, const struct expr *array, oid common, oid *array_type)
{
    const struct catalog *catalog = parse->statement->catalog;

    if (!array->u.array.is_multidimensional) {
        *array_type = catalog_array_type(catalog, common);
        if (!*array_type)
            parse_error(parse, "42704", array->location,
                        "could not find array type for data type %s", type_text(parse, common));
        return;
    }
    *array_type = common;
    if (!catalog_element_type(catalog, common))
        parse_error(parse, "42704", array->location, "could not find element type for data type %s",
                    type_text(parse, common));
}

static struct expr *cast_element(struct parse *parse, struct expr *element, oid type,
                                 int32_t typmod)
{
    struct expr *result = coerce_to_target(parse, element, element->type, type, typmod,
                                           COERCE_EXPLICIT, FORM_EXPLICIT, -1);

    if (!result)
        parse_error(parse, "42846", expr_location(element), "cannot cast type %s to %s",
                    type_text(parse, element->type), type_text(parse, type));
    return result;
}

static void transform_elements(struct parse *parse, const PgQuery__AArrayExpr *node,
                               struct expr *array, oid array_type, oid element_type, int32_t typmod)
{
    for (size_t i = 0; i < node->n_elements; i++) {
        const PgQuery__Node *element = node->elements[i];
        struct expr *value;

        if (element->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR) {
            value = transform_array(parse, element->a_array_expr, array_type, element_type, typmod);
            array->u.array.is_multidimensional = true;
        } else {
            value = transform_part(parse, element);
            if (is_sub_array(parse, value->type))
                array->u.array.is_multidimensional = true;
        }
        array->args[array->n_args++] = value;
    }
}

struct expr *transform_array(struct parse *parse, const PgQuery__AArrayExpr *node, oid array_type,
                             oid element_type, int32_t typmod)
{
    struct expr *array = expr_make(parse->statement->arena, EXPR_ARRAY, array_type, node->location);
    oid common;

    array->args = arena_array(parse->statement->arena, struct expr *, node->n_elements);
    transform_elements(parse, node, array, array_type, element_type, typmod);
    if (array_type) {
        common = array->u.array.is_multidimensional ? array_type : element_type;
        for (size_t i = 0; i < array->n_args; i++)
            array->args[i] = cast_element(parse, array->args[i], common, typmod);
        return array;
    }
    if (array->n_args == 0)
        parse_error_hint(parse, "42P18", node->location,
                         "explicitly cast to the desired type, for example ARRAY[]::integer[]",
                         "cannot determine type of empty array");
    common = coerce_common_type(parse, array->args, array->n_args, "ARRAY", NULL);
    array_types(parse, array, common, &array->type);
    for (size_t i = 0; i < array->n_args; i++)
        array->args[i] = coerce_to_common(parse, array->args[i], common, "ARRAY");
    return array;
}

/* --- ROW(…) ----------------------------------------------------------------------------------- */

struct expr *transform_row(struct parse *parse, const PgQuery__RowExpr *row, bool allow_default)
{
    struct expr *expr = expr_make(parse->statement->arena, EXPR_ROW, RECORDOID, row->location);
    struct expr_list fields = {0};

    transform_expr_list(parse, NODES(row, args), parse->scope->place, allow_default, &fields);
    if (fields.n > 1664)
        parse_error(parse, "54011", row->location, "ROW expressions can have at most 1664 entries");
    expr->args = fields.n ? fields.items : arena_array(parse->statement->arena, struct expr *, 1);
    expr->n_args = fields.n;
    return expr;
}

/* --- Choices ---------------------------------------------------------------------------------- */

/* A set-returning function inside would be called an unclear number of times. */
static void refuse_sets(struct parse *parse, const struct expr *before, const char *construct)
{
    const struct expr *last = parse->scope->last_set_returning;

    if (last != before)
        parse_error_hint(parse, "0A000", expr_location(last),
                         "you might be able to move the set-returning function into a LATERAL FROM "
                         "item",
                         "set-returning functions are not allowed in %s", construct);
}

/* What stands for the CASE operand in each comparison. */
static struct expr *case_placeholder(struct parse *parse, const struct expr *operand)
{
    struct expr *expr =
        expr_make(parse->statement->arena, EXPR_CASE_TEST, operand->type, operand->location);

    expr->typmod = operand->typmod;
    expr->collation = operand->collation;
    return expr;
}

static struct expr *transform_when(struct parse *parse, const PgQuery__CaseWhen *when,
                                   struct expr *operand)
{
    struct expr *condition = transform_part(parse, when->expr);

    if (operand) {
        param_note_comparison(parse, operand, condition);
        condition = make_comparison(parse, (struct qualified_name){NULL, "="},
                                    case_placeholder(parse, operand), condition, when->location);
    }
    return coerce_to_boolean(parse, condition, "CASE/WHEN");
}

static struct expr *case_default(struct parse *parse, const PgQuery__Node *node)
{
    struct expr *null;

    if (node)
        return transform_part(parse, node);
    null = expr_make(parse->statement->arena, EXPR_CONST, UNKNOWNOID, -1);
    null->u.constant.is_null = true;
    null->u.constant.literal = 's';
    return null;
}

/* The default, which is the first to decide the common type, then the results. */
static oid case_type(struct parse *parse, const struct expr *expr, size_t first)
{
    struct expr_list results = {0};

    vec_push(parse->statement->arena, &results, expr->args[expr->n_args - 1]);
    for (size_t i = first + 1; i + 1 < expr->n_args; i += 2)
        vec_push(parse->statement->arena, &results, expr->args[i]);
    return coerce_common_type(parse, results.items, results.n, "CASE", NULL);
}

/* The results' typmod when they all have the same. */
static int32_t case_typmod(const struct expr *expr, size_t first)
{
    int32_t typmod = expr->args[expr->n_args - 1]->typmod;

    for (size_t i = first + 1; i + 1 < expr->n_args; i += 2)
        if (expr->args[i]->typmod != typmod || expr->args[i]->type != expr->type)
            return -1;
    return typmod;
}

struct expr *transform_case(struct parse *parse, const PgQuery__CaseExpr *node)
{
    const struct expr *before = parse->scope->last_set_returning;
    struct expr *expr = expr_make(parse->statement->arena, EXPR_CASE, 0, node->location);
    struct expr *operand = transform_part(parse, node->arg);
    size_t first = operand ? 1 : 0, last;

    expr->args = arena_array(parse->statement->arena, struct expr *, 2 * node->n_args + 2);
    if (operand) {
        if (operand->type == UNKNOWNOID)
            operand = coerce_to_common(parse, operand, TEXTOID, "CASE");
        collate_exprs(parse, &operand, 1);
        expr->args[expr->n_args++] = operand;
        expr->u.case_.has_operand = true;
    }
    for (size_t i = 0; i < node->n_args; i++) {
        const PgQuery__CaseWhen *when = node->args[i]->case_when;

        expr->args[expr->n_args++] = transform_when(parse, when, operand);
        expr->args[expr->n_args++] = transform_part(parse, when->result);
    }
    expr->args[expr->n_args++] = case_default(parse, node->defresult);
    last = expr->n_args - 1;
    expr->type = case_type(parse, expr, first);
    expr->args[last] = coerce_to_common(parse, expr->args[last], expr->type, "CASE/ELSE");
    for (size_t i = first + 1; i < last; i += 2)
        expr->args[i] = coerce_to_common(parse, expr->args[i], expr->type, "CASE/WHEN");
    refuse_sets(parse, before, "CASE");
    expr->typmod = case_typmod(expr, first);
    return expr;
}

/* COALESCE, GREATEST, LEAST: any number of values of a common type. */
static struct expr *transform_alternatives(struct parse *parse, enum expr_kind kind,
                                           struct node_list nodes, const char *construct,
                                           int location)
{
    struct expr *expr = expr_make(parse->statement->arena, kind, 0, location);

    expr->args = arena_array(parse->statement->arena, struct expr *, nodes.n);
    for (size_t i = 0; i < nodes.n; i++)
        expr->args[expr->n_args++] = transform_part(parse, nodes.items[i]);
    for (size_t i = 1; i < nodes.n; i++)
        param_note_comparison(parse, expr->args[i - 1], expr->args[i]);
    expr->type = coerce_common_type(parse, expr->args, expr->n_args, construct, NULL);
    for (size_t i = 0; i < expr->n_args; i++)
        expr->args[i] = coerce_to_common(parse, expr->args[i], expr->type, construct);
    expr->typmod = coerce_common_typmod(expr->args, expr->n_args, expr->type);
    return expr;
}

struct expr *transform_coalesce(struct parse *parse, const PgQuery__CoalesceExpr *node)
{
    const struct expr *before = parse->scope->last_set_returning;
    struct expr *expr =
        transform_alternatives(parse, EXPR_COALESCE, NODES(node, args), "COALESCE", node->location);

    refuse_sets(parse, before, "COALESCE");
    return expr;
}

struct expr *transform_minmax(struct parse *parse, const PgQuery__MinMaxExpr *node)
{
    bool is_least = node->op == PG_QUERY__MIN_MAX_OP__IS_LEAST;
    struct expr *expr = transform_alternatives(parse, EXPR_MINMAX, NODES(node, args),
                                               is_least ? "LEAST" : "GREATEST", node->location);

    expr->u.minmax_is_least = is_least;
    return expr;
}
