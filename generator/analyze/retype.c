/* A kept expression over one table, of which columns have other types now. The server prints such
 * an expression and reads it again (ATPostAlterTypeCleanup), so that each operator and function is
 * looked up anew by its name for the new types, constants keep the types that they have, and casts
 * that were made by themselves are there to stay where printing shows them. Here the tree itself is
 * rebuilt, from its columns up; parts without a changed type stay what they were.
 */
#include "analyze/retype.h"

struct retyping {
    struct parse *parse;
    const struct relation *relation;
    oid case_operand; /* the new type of CASE x WHEN's x; 0: as it was */
};

static struct expr *retype(struct retyping *retyping, const struct expr *expr, bool shown);

static struct arena *arena_of(const struct retyping *retyping)
{
    return retyping->parse->statement->arena;
}

/* The name that printing gives an object: system objects are visible. */
static struct qualified_name printed_name(const struct retyping *retyping, oid namespace_oid,
                                          const char *name)
{
    const struct namespace *namespace =
        namespace_oid == PG_CATALOG_OID
            ? NULL
            : catalog_get_namespace(retyping->parse->statement->catalog, namespace_oid);

    return (struct qualified_name){.schema = namespace ? namespace->name : NULL, .name = name};
}

static struct qualified_name operator_of(const struct retyping *retyping, const struct expr *expr)
{
    return printed_name(retyping, expr->u.op.op->namespace_oid, expr->u.op.op->name);
}

/* --- Nodes with a part that has another type -------------------------------------------------- */

/* A cast that printing does not show is not there any more. */
static struct expr *retype_cast(struct retyping *retyping, const struct expr *expr,
                                struct expr *arg, bool shown)
{
    struct parse *parse = retyping->parse;
    struct expr *result;

    if (expr->u.cast.form != FORM_EXPLICIT && !shown)
        return arg;
    result = coerce_to_target(parse, arg, arg->type, expr->type, expr->typmod, COERCE_EXPLICIT,
                              FORM_EXPLICIT, -1);
    if (!result)
        parse_error(parse, "42846", -1, "cannot cast type %s to %s", type_text(parse, arg->type),
                    type_text(parse, expr->type));
    return result;
}

static struct expr *retype_operator(struct retyping *retyping, const struct expr *expr,
                                    struct expr *copy)
{
    struct qualified_name name = operator_of(retyping, expr);
    bool is_prefix = copy->n_args == 1;
    struct expr *found = resolve_operator(retyping->parse, name, is_prefix ? NULL : copy->args[0],
                                          copy->args[is_prefix ? 0 : 1], -1);

    if (expr->kind == EXPR_OP)
        return found;
    copy->args = found->args;
    copy->u.op.op = found->u.op.op;
    if (expr->kind == EXPR_NULLIF)
        copy->type = found->args[0]->type;
    return copy;
}

static struct expr *retype_array_operator(struct retyping *retyping, const struct expr *expr,
                                          struct expr *copy)
{
    return resolve_array_operator(retyping->parse, operator_of(retyping, expr), expr->u.op.use_or,
                                  copy->args[0], copy->args[1], -1);
}

static struct expr *retype_call(struct retyping *retyping, const struct expr *expr,
                                struct expr *copy)
{
    const struct function *function = expr->u.call.function;
    const size_t n = copy->n_args;
    struct call_site site = {
        .name = printed_name(retyping, function->namespace_oid, function->name),
        .args = copy->args,
        .n_args = n,
        .location = -1,
        .variadic =
            function->variadic && n > 0 && n == function->n_args &&
            catalog_element_type(retyping->parse->statement->catalog, copy->args[n - 1]->type)};

    for (size_t i = 0; i < n; i++)
        if (!copy->args[i])
            return copy;
    return transform_resolved_call(retyping->parse, &site, NULL);
}

static struct expr *retype_boolean(struct retyping *retyping, struct expr *copy,
                                   const char *construct)
{
    for (size_t i = 0; i < copy->n_args; i++)
        copy->args[i] = coerce_to_boolean(retyping->parse, copy->args[i], construct);
    return copy;
}

/* From the `first` argument on, each `step`-th; the results of a CASE are every second. */
static struct expr *retype_common(struct retyping *retyping, struct expr *copy, size_t first,
                                  size_t step, const char *construct)
{
    struct expr_list list = {0};
    const size_t last = copy->n_args - 1;

    for (size_t i = first; i < copy->n_args; i += step)
        vec_push(arena_of(retyping), &list, copy->args[i]);
    if (step > 1)
        vec_push(arena_of(retyping), &list, copy->args[last]);
    copy->type = coerce_common_type(retyping->parse, list.items, list.n, construct, NULL);
    for (size_t i = first; i < copy->n_args; i += step)
        copy->args[i] = coerce_to_common(retyping->parse, copy->args[i], copy->type, construct);
    if (step > 1)
        copy->args[last] =
            coerce_to_common(retyping->parse, copy->args[last], copy->type, construct);
    return copy;
}

static struct expr *retype_case(struct retyping *retyping, struct expr *copy)
{
    size_t first = copy->u.case_.has_operand ? 1 : 0;

    for (size_t i = first; i + 1 < copy->n_args; i += 2)
        copy->args[i] = coerce_to_boolean(retyping->parse, copy->args[i], "CASE/WHEN");
    return retype_common(retyping, copy, first + 1, 2, "CASE");
}

static struct expr *retype_array(struct retyping *retyping, struct expr *copy)
{
    struct parse *parse = retyping->parse;
    oid element;

    retype_common(retyping, copy, 0, 1, "ARRAY");
    element = copy->type;
    copy->type = catalog_array_type(parse->statement->catalog, element);
    if (!copy->type)
        parse_error(parse, "42704", -1, "could not find array type for data type %s",
                    type_text(parse, element));
    return copy;
}

static struct expr *retype_collate(struct retyping *retyping, struct expr *copy)
{
    struct parse *parse = retyping->parse;
    const struct type *type = catalog_get_type(parse->statement->catalog, copy->args[0]->type);

    if (type && !type->collation)
        parse_error(parse, "42804", -1, "collations are not supported by type %s",
                    type_text(parse, type->oid));
    copy->type = copy->args[0]->type;
    return copy;
}

static struct expr *retype_subscript(struct retyping *retyping, struct expr *copy)
{
    struct parse *parse = retyping->parse;
    oid container = copy->args[0]->type;
    oid element = catalog_element_type(parse->statement->catalog, container);

    if (!element && !catalog_get_type(parse->statement->catalog, container)->subscript)
        parse_error(parse, "42804", -1,
                    "cannot subscript type %s because it does not support subscripting",
                    type_text(parse, container));
    copy->type = copy->u.subscript.is_slice || !element ? container : element;
    return copy;
}

static struct expr *rebuilt(struct retyping *retyping, const struct expr *expr, struct expr *copy,
                            bool shown)
{
    switch (expr->kind) {
    case EXPR_CAST:
        return retype_cast(retyping, expr, copy->args[0], shown);
    case EXPR_OP:
    case EXPR_DISTINCT:
    case EXPR_NULLIF:
        return expr->u.op.op ? retype_operator(retyping, expr, copy) : copy;
    case EXPR_ARRAY_OP:
        return expr->u.op.op ? retype_array_operator(retyping, expr, copy) : copy;
    case EXPR_FUNC:
        return expr->u.call.function ? retype_call(retyping, expr, copy) : copy;
    case EXPR_BOOL:
        return retype_boolean(retyping, copy, expr->u.bool_op == BOOL_NOT ? "NOT" : "AND");
    case EXPR_BOOL_TEST:
        return retype_boolean(retyping, copy, "IS TRUE");
    case EXPR_CASE:
        return retype_case(retyping, copy);
    case EXPR_COALESCE:
        return retype_common(retyping, copy, 0, 1, "COALESCE");
    case EXPR_MINMAX:
        return retype_common(retyping, copy, 0, 1, expr->u.minmax_is_least ? "LEAST" : "GREATEST");
    case EXPR_ARRAY:
        return retype_array(retyping, copy);
    case EXPR_COLLATE:
        return retype_collate(retyping, copy);
    case EXPR_SUBSCRIPT:
        return retype_subscript(retyping, copy);
    default:
        return copy;
    }
}

/* --- The walk --------------------------------------------------------------------------------- */

/* Whether printing shows a cast that was made by itself in this place (get_rule_expr). */
static bool shows_casts(const struct expr *parent, size_t i, bool shown)
{
    switch (parent->kind) {
    case EXPR_BOOL:
    case EXPR_BOOL_TEST:
    case EXPR_CAST:
        return false;
    case EXPR_COLLATE:
        return shown;
    case EXPR_CASE:
        return parent->u.case_.has_operand || i % 2 == 1 || i + 1 == parent->n_args;
    default:
        return true;
    }
}

static struct expr *retype_column(const struct retyping *retyping, struct expr *copy)
{
    const struct attribute *column;

    if (copy->u.var.attno <= 0 || copy->u.var.levels_up != 0)
        return copy;
    column = &retyping->relation->attributes.items[copy->u.var.attno - 1];
    copy->type = column->type;
    copy->typmod = column->typmod;
    copy->collation = column->collation;
    return copy;
}

/* True when one of the parts has another type. */
static bool retype_args(struct retyping *retyping, const struct expr *expr, struct expr *copy,
                        bool shown)
{
    const oid outer = retyping->case_operand;
    bool changed = false;

    copy->args = arena_array(arena_of(retyping), struct expr *, expr->n_args);
    for (size_t i = 0; i < expr->n_args; i++) {
        copy->args[i] =
            expr->args[i] ? retype(retyping, expr->args[i], shows_casts(expr, i, shown)) : NULL;
        changed |= copy->args[i] && copy->args[i]->type != expr->args[i]->type;
        if (i == 0 && expr->kind == EXPR_CASE && expr->u.case_.has_operand && copy->args[i])
            retyping->case_operand = copy->args[i]->type;
    }
    retyping->case_operand = outer;
    return changed;
}

static struct expr *retype(struct retyping *retyping, const struct expr *expr, bool shown)
{
    struct expr *copy = expr_copy(arena_of(retyping), expr);

    /* Its places are those of another statement. */
    copy->location = -1;
    if (expr->kind == EXPR_VAR)
        return retype_column(retyping, copy);
    if (expr->kind == EXPR_CASE_TEST && retyping->case_operand)
        copy->type = retyping->case_operand;
    return retype_args(retyping, expr, copy, shown) ? rebuilt(retyping, expr, copy, shown) : copy;
}

struct expr *retype_expr(struct parse *parse, const struct relation *relation,
                         const struct expr *expr)
{
    struct retyping retyping = {.parse = parse, .relation = relation};

    return retype(&retyping, expr, false);
}
