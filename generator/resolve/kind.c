/* What a call's decorations (DISTINCT, OVER, WITHIN GROUP, *, CALL, …) demand of the routine that
 * was found, and the reverse (the checks of ParseFuncOrColumn).
 */
#include "resolve/candidates.h"

#include "types/conversion.h"

static _Noreturn void wrong_kind(struct parse *parse, const struct call_site *site,
                                 const char *decoration, const char *complaint)
{
    parse_error(parse, "42809", site->location, "%s specified, but %s is not %s", decoration,
                qualified_name_text(parse, site->name), complaint);
}

static void check_procedure(struct parse *parse, const struct call_site *site, char kind)
{
    if (site->is_procedure && kind != 'p')
        parse_error_hint(parse, "42809", site->location, "to call a function, use SELECT",
                         "%s is not a procedure", resolve_signature(parse, site));
    if (!site->is_procedure && kind == 'p')
        parse_error_hint(parse, "42809", site->location, "to call a procedure, use CALL",
                         "%s is a procedure", resolve_signature(parse, site));
}

static void check_plain(struct parse *parse, const struct call_site *site)
{
    const char *name = qualified_name_text(parse, site->name);
    if (site->star)
        parse_error(parse, "42809", site->location,
                    "%s(*) specified, but %s is not an aggregate function", name, name);
    if (site->distinct)
        wrong_kind(parse, site, "DISTINCT", "an aggregate function");
    if (site->within_group)
        wrong_kind(parse, site, "WITHIN GROUP", "an aggregate function");
    if (site->has_order_by)
        wrong_kind(parse, site, "ORDER BY", "an aggregate function");
    if (site->has_filter)
        wrong_kind(parse, site, "FILTER", "an aggregate function");
    if (site->has_over)
        wrong_kind(parse, site, "OVER", "a window function nor an aggregate function");
}

static void check_window(struct parse *parse, const struct call_site *site)
{
    const char *name = qualified_name_text(parse, site->name);
    if (!site->has_over)
        parse_error(parse, "42809", site->location, "window function %s requires an OVER clause",
                    name);
    if (site->within_group)
        parse_error(parse, "42809", site->location, "window function %s cannot have WITHIN GROUP",
                    name);
}

void resolve_check_kind(struct parse *parse, const struct call_site *site, char kind)
{
    check_procedure(parse, site, kind);
    if (kind == 'w')
        check_window(parse, site);
    else if (kind != 'a')
        check_plain(parse, site);
}

/* --- Aggregates ------------------------------------------------------------------------------- */

static _Noreturn void wrong_direct_args(struct parse *parse, const struct call_site *site,
                                        const char *hint)
{
    parse_error_hint(parse, "42883", site->location, hint, "function %s does not exist",
                     resolve_signature(parse, site));
}

static const char *direct_args_hint(struct parse *parse, const struct call_site *site,
                                    size_t wanted, size_t given)
{
    return arena_printf(parse->statement->arena,
                        "there is an ordered-set aggregate %s, but it requires %zu direct "
                        "argument%s, not %zu",
                        qualified_name_text(parse, site->name), wanted, wanted == 1 ? "" : "s",
                        given);
}

/* All parameters are VARIADIC, direct and aggregated ones alike. */
static void check_variadic_direct_args(struct parse *parse, const struct call_site *site,
                                       const struct candidate *chosen, size_t n_aggregated)
{
    const char *name = qualified_name_text(parse, site->name);
    struct arena *arena = parse->statement->arena;
    if (chosen->function->agg_kind == 'h' && chosen->n_variadic != 2 * n_aggregated)
        wrong_direct_args(
            parse, site,
            arena_printf(arena,
                         "to use the hypothetical-set aggregate %s, the number of hypothetical "
                         "direct arguments (here %zu) must match the number of ordering columns "
                         "(here %zu)",
                         name, chosen->n_variadic - n_aggregated, n_aggregated));
    size_t n_direct = (size_t)chosen->function->agg_direct_args;
    if (chosen->function->agg_kind != 'h' && chosen->n_variadic <= n_aggregated)
        wrong_direct_args(parse, site,
                          arena_printf(arena,
                                       "there is an ordered-set aggregate %s, but it requires at "
                                       "least %zu direct argument%s",
                                       name, n_direct, n_direct == 1 ? "" : "s"));
}

static void check_direct_args(struct parse *parse, const struct call_site *site,
                              const struct candidate *chosen)
{
    const struct function *function = chosen->function;
    size_t wanted = (size_t)function->agg_direct_args;
    size_t n_aggregated = site->n_args - site->n_direct_args;
    size_t n_parameters = site->n_args;
    if (chosen->n_variadic > 1)
        n_parameters -= chosen->n_variadic - 1;
    if (function->variadic && wanted >= n_parameters)
        check_variadic_direct_args(parse, site, chosen, n_aggregated);
    else if (site->n_direct_args != wanted)
        wrong_direct_args(parse, site, direct_args_hint(parse, site, wanted, site->n_direct_args));
}

void resolve_check_aggregate(struct parse *parse, const struct call_site *site,
                             const struct candidate *chosen)
{
    const char *name = qualified_name_text(parse, site->name);
    if (chosen->function->agg_kind != 'o' && chosen->function->agg_kind != 'h') {
        if (site->within_group)
            parse_error(parse, "42809", site->location,
                        "%s is not an ordered-set aggregate, so it cannot have WITHIN GROUP", name);
        return;
    }
    if (!site->within_group)
        parse_error(parse, "42809", site->location,
                    "WITHIN GROUP is required for ordered-set aggregate %s", name);
    if (site->has_over)
        parse_error(parse, "0A000", site->location,
                    "OVER is not supported for ordered-set aggregate %s", name);
    check_direct_args(parse, site, chosen);
}

/* What only the finished call shows: the last part of ParseFuncOrColumn. */
void resolve_check_finished(struct parse *parse, const struct call_site *site,
                            const struct function *function)
{
    bool is_window = site->has_over, is_aggregate = function->kind == 'a';
    const char *text = NULL, *sqlstate = "0A000";
    if (is_window && site->distinct) {
        text = "DISTINCT is not implemented for window functions";
    } else if (is_aggregate && site->n_args == 0 && !site->star && !site->within_group) {
        sqlstate = "42809";
        text = arena_printf(parse->statement->arena,
                            "%s(*) must be used to call a parameterless aggregate function",
                            qualified_name_text(parse, site->name));
    } else if (is_window && site->has_order_by) {
        text = "aggregate ORDER BY is not implemented for window functions";
    } else if (is_window && !is_aggregate && site->has_filter) {
        text = "FILTER is not implemented for non-aggregate window functions";
    } else if (function->returns_set && (is_window || is_aggregate)) {
        sqlstate = "42P13";
        text = is_window ? "window functions cannot return sets" : "aggregates cannot return sets";
    } else if (is_aggregate && !is_window && site->n_args > 0 &&
               site->args[site->n_args - 1]->kind == EXPR_NAMED_ARG) {
        text = "aggregates cannot use named arguments";
    } else if (function->return_type == INTERNALOID) {
        text = "functions returning type \"internal\" cannot be called explicitly";
    }
    if (text)
        parse_error(parse, sqlstate, site->location, "%s", text);
}
