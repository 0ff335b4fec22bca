/* Function calls: the arguments, then the routine that they mean, then what kind of call it is
 * (transformFuncCall, ParseFuncOrColumn).
 */
#include "analyze/transform.h"

#include <string.h>

/* --- Building the node ------------------------------------------------------------------------ */

/* The type's own collation, or the first collation among the arguments. */
static oid collation_of_call(const struct parse *parse, const struct expr *call)
{
    const struct type *type = catalog_get_type(parse->statement->catalog, call->type);

    if (!type || !type->collation)
        return 0;
    for (size_t i = 0; i < call->n_args; i++)
        if (call->args[i] && call->args[i]->collation)
            return call->args[i]->collation;
    return type->collation;
}

static struct expr *make_function(struct parse *parse, const struct resolved_call *found,
                                  int location, const struct expr *inner_before)
{
    struct expr *expr = expr_make(parse->statement->arena, EXPR_FUNC, found->result_type, location);

    expr->args = found->args;
    expr->n_args = found->n_args;
    expr->collation = collation_of_call(parse, expr);
    expr->u.call.function = found->function;
    expr->u.call.variadic_call = found->variadic_call;
    expr->u.call.order = found->order;
    param_note_arguments(parse, found->function, expr->args, expr->n_args);
    if (found->returns_set)
        check_set_returning(parse, expr, inner_before);
    return expr;
}

static struct expr *make_aggregate(struct parse *parse, const struct resolved_call *found,
                                   const struct call_site *site, struct expr *filter)
{
    struct expr *expr = expr_make(parse->statement->arena, site->has_over ? EXPR_WINDOW : EXPR_AGG,
                                  found->result_type, site->location);

    expr->args = found->args;
    expr->n_args = found->n_args;
    expr->collation = collation_of_call(parse, expr);
    expr->u.agg.function = found->function;
    expr->u.agg.filter = filter;
    expr->u.agg.is_distinct = site->distinct;
    expr->u.agg.is_star = site->star;
    expr->u.agg.variadic_call = found->variadic_call;
    return expr;
}

static struct expr *make_cast_call(struct parse *parse, const struct resolved_call *found,
                                   int location)
{
    struct expr *arg = found->args[0];

    return coerce_type(parse, arg, arg->type, found->cast_target, -1, COERCE_EXPLICIT,
                       FORM_EXPLICIT, location);
}

static bool could_be_field(const struct parse *parse, const struct call_site *site)
{
    if (site->n_args != 1 || site->is_procedure || site->has_order_by || site->has_filter ||
        site->star || site->distinct || site->has_over || site->variadic || site->within_group ||
        site->name.schema || site->args[0]->kind == EXPR_NAMED_ARG)
        return false;
    return site->args[0]->type == RECORDOID ||
           type_is_composite(parse->statement->catalog, site->args[0]->type);
}

static void refuse_inner_sets(struct parse *parse, const struct expr *inner_before)
{
    const struct expr *last = parse->scope->last_set_returning;

    if (last != inner_before)
        parse_error_hint(parse, "0A000", expr_location(last),
                         "you might be able to move the set-returning function into a LATERAL FROM "
                         "item",
                         "window function calls cannot contain set-returning function calls");
}

static struct expr *resolved(struct parse *parse, struct call_site *site, struct expr *filter,
                             const PgQuery__FuncCall *call, const struct expr *inner_before)
{
    struct resolved_call found;
    struct expr *expr;

    if (site->is_column_notation && could_be_field(parse, site)) {
        expr = project_field(parse, site->name.name, site->args[0], site->location);
        if (expr)
            return expr;
    }
    found = resolve_call(parse, site);
    switch (found.kind) {
    case CALL_FUNCTION:
        break;
    case CALL_CAST:
        return make_cast_call(parse, &found, site->location);
    default:
        expr = could_be_field(parse, site)
                   ? project_field(parse, site->name.name, site->args[0], site->location)
                   : NULL;
        if (!expr && !site->is_column_notation)
            resolve_function_failed(parse, site);
        return expr;
    }
    if (found.function->kind == 'f' || found.function->kind == 'p') {
        expr = make_function(parse, &found, site->location, inner_before);
        expr->u.call.is_syntax =
            call && call->funcformat == PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX;
        return expr;
    }
    expr = make_aggregate(parse, &found, site, filter);
    if (site->has_over) {
        refuse_inner_sets(parse, inner_before);
        return finish_window_call(parse, expr, call->over);
    }
    return finish_aggregate(parse, expr, call, site->n_direct_args);
}

struct expr *transform_resolved_call(struct parse *parse, struct call_site *site,
                                     const PgQuery__FuncCall *call)
{
    return resolved(parse, site, NULL, call, parse->scope->last_set_returning);
}

/* --- Reading the call ------------------------------------------------------------------------- */

static void transform_args(struct parse *parse, const PgQuery__FuncCall *call,
                           struct call_site *site)
{
    size_t n_ordered = call->agg_within_group ? call->n_agg_order : 0;

    site->args = arena_array(parse->statement->arena, struct expr *, call->n_args + n_ordered);
    for (size_t i = 0; i < call->n_args; i++)
        site->args[site->n_args++] = transform_part(parse, call->args[i]);
    site->n_direct_args = site->n_args;
    for (size_t i = 0; i < n_ordered; i++)
        site->args[site->n_args++] =
            transform_expr(parse, call->agg_order[i]->sort_by->node, PLACE_ORDER_BY);
}

static struct expr *transform_any_call(struct parse *parse, const PgQuery__FuncCall *call,
                                       bool is_procedure)
{
    const struct expr *inner_before = parse->scope->last_set_returning;
    struct expr *filter;
    struct call_site site = {
        .name = qualified_name_of(parse, call->funcname, call->n_funcname, call->location),
        .is_procedure = is_procedure,
        .variadic = call->func_variadic,
        .star = call->agg_star,
        .distinct = call->agg_distinct,
        .within_group = call->agg_within_group,
        .has_filter = call->agg_filter != NULL,
        .has_over = call->over != NULL,
        .has_order_by = call->n_agg_order > 0,
        .location = call->location,
    };

    transform_args(parse, call, &site);
    filter = transform_where(parse, call->agg_filter, PLACE_FILTER, "FILTER");
    return resolved(parse, &site, filter, call, inner_before);
}

struct expr *transform_call(struct parse *parse, const PgQuery__FuncCall *call)
{
    return transform_any_call(parse, call, false);
}

struct expr *transform_procedure_call(struct parse *parse, const PgQuery__FuncCall *call)
{
    enum expr_place before = parse->scope->place;
    struct expr *expr;

    parse->scope->place = PLACE_CALL_ARGUMENT;
    expr = transform_any_call(parse, call, true);
    parse->scope->place = before;
    return expr;
}
