/* Calls. A function is total when it never returns NULL for arguments that are not NULL: the
 * catalog's checked-in list says so, and a table here names those that bear NULL arguments too.
 * Strict is not enough, and a user's function promises nothing.
 *
 * An aggregate gives NULL over no rows, and most do over rows whose arguments are all NULL; a group
 * of GROUP BY has a row, and so has a window frame with the current row in it.
 */
#include "prove/nulls_internal.h"

#include <string.h>

enum {
    ANY_ARGUMENT = -1,
};

/* How many of the first arguments must be NOT NULL for a result that is. Functions in C that return
 * void are here too: they give an empty value. */
static const struct {
    const char *name;
    int n_required;
} tolerant_functions[] = {
    {"array_append", 0},
    {"array_cat", ANY_ARGUMENT},
    {"array_prepend", 0},
    {"array_remove", 1},
    {"array_replace", 1},
    {"array_to_string", 2},
    {"concat", 0},
    {"concat_ws", 1},
    {"enum_first", 0},
    {"enum_last", 0},
    {"enum_range", 0},
    {"format", 1},
    {"json_build_array", 0},
    {"json_build_object", 0},
    {"jsonb_build_array", 0},
    {"jsonb_build_object", 0},
    {"num_nonnulls", 0},
    {"num_nulls", 0},
    {"pg_advisory_lock", 2},
    {"pg_advisory_lock_shared", 2},
    {"pg_advisory_unlock_all", 0},
    {"pg_advisory_xact_lock", 2},
    {"pg_advisory_xact_lock_shared", 2},
    {"pg_notify", 2},
    {"pg_sleep", 1},
    {"pg_typeof", 0},
    {"quote_nullable", 0},
    {"setseed", 1},
    {"string_to_array", 1},
};

enum agg_class {
    AGG_UNKNOWN,
    AGG_ALWAYS,    /* never NULL */
    AGG_ROW,       /* NOT NULL when there is a row */
    AGG_ARGUMENTS, /* NOT NULL when there is a row, and it has NOT NULL arguments */
    AGG_FIRST,     /* the same for its first argument */
};

static const struct {
    const char *name;
    enum agg_class class;
} aggregates[] = {
    {"any_value", AGG_FIRST},
    {"array_agg", AGG_ROW},
    {"avg", AGG_FIRST},
    {"bit_and", AGG_FIRST},
    {"bit_or", AGG_FIRST},
    {"bit_xor", AGG_FIRST},
    {"bool_and", AGG_FIRST},
    {"bool_or", AGG_FIRST},
    {"count", AGG_ALWAYS},
    {"covar_pop", AGG_ARGUMENTS},
    {"cume_dist", AGG_ALWAYS},
    {"dense_rank", AGG_ALWAYS},
    {"every", AGG_FIRST},
    {"json_agg", AGG_ROW},
    {"json_object_agg", AGG_ROW},
    {"jsonb_agg", AGG_ROW},
    {"jsonb_object_agg", AGG_ROW},
    {"max", AGG_FIRST},
    {"min", AGG_FIRST},
    {"mode", AGG_ARGUMENTS},
    {"percent_rank", AGG_ALWAYS},
    {"percentile_cont", AGG_ARGUMENTS},
    {"percentile_disc", AGG_ARGUMENTS},
    {"range_agg", AGG_FIRST},
    {"range_intersect_agg", AGG_FIRST},
    {"rank", AGG_ALWAYS},
    {"regr_avgx", AGG_ARGUMENTS},
    {"regr_avgy", AGG_ARGUMENTS},
    {"regr_count", AGG_ALWAYS},
    {"regr_sxx", AGG_ARGUMENTS},
    {"regr_sxy", AGG_ARGUMENTS},
    {"regr_syy", AGG_ARGUMENTS},
    {"stddev_pop", AGG_FIRST},
    {"string_agg", AGG_FIRST},
    {"sum", AGG_FIRST},
    {"var_pop", AGG_FIRST},
    {"xmlagg", AGG_FIRST},
};

static const int *tolerance_of(const struct function *function)
{
    if (!nulls_is_builtin(function))
        return NULL;
    for (size_t i = 0; i < sizeof tolerant_functions / sizeof *tolerant_functions; i++) {
        if (strcmp(tolerant_functions[i].name, function->name) == 0)
            return &tolerant_functions[i].n_required;
    }
    return NULL;
}

static struct nullability call(struct null_scope *scope, const struct function *function,
                               const char *words, bool variadic, struct expr *const *args, size_t n)
{
    const int *required = variadic ? NULL : tolerance_of(function);
    struct arena *arena = scope->state->arena;
    const char *total = arena_printf(arena, "%s never returns NULL for these arguments", words);

    if (required && *required == ANY_ARGUMENT)
        return nulls_any(scope, args, n, "every argument may be NULL");
    if (required)
        return nulls_all(scope, args, (size_t)*required < n ? (size_t)*required : n, total);
    if (tolerance_of(function))
        return nulls_all(scope, args, n, total);
    if (!function || !function->never_null)
        return nulls_maybe(arena_printf(arena, "%s may return NULL", words));
    /* A strict function that returns rows has none for a NULL argument. */
    if (function->returns_set && function->is_strict)
        return nulls_not_null(total);
    return nulls_all(scope, args, n, total);
}

/* extract and date_part of what may be infinite: these parts are infinite, too, the others NULL. */
static bool is_growing_part(const struct expr *expr)
{
    static const char *const growing[] = {"century", "decade",     "epoch", "isoyear",
                                          "julian",  "millennium", "year",  NULL};
    const struct function *function = expr->u.call.function;
    const struct expr *part = expr->n_args == 2 ? expr->args[0] : NULL;

    return part && part->kind == EXPR_CONST && part->u.constant.text &&
           nulls_is_builtin(function) &&
           (strcmp(function->name, "extract") == 0 || strcmp(function->name, "date_part") == 0) &&
           name_is_one_of(part->u.constant.text, growing);
}

static bool is_unnest(const struct expr *expr)
{
    const struct function *function = expr->u.call.function;

    return nulls_is_builtin(function) && strcmp(function->name, "unnest") == 0 &&
           function->return_type == ANYELEMENTOID;
}

struct nullability nulls_function(struct null_scope *scope, const struct expr *expr)
{
    const struct function *function = expr->u.call.function;
    const char *name = function ? function->name : "the function";

    if (is_growing_part(expr))
        return nulls_all(scope, expr->args, expr->n_args, "this part of a time is never NULL");
    if (is_unnest(expr))
        return nulls_elements(scope, expr->args[0]);

    return call(scope, function, name, expr->u.call.variadic_call, expr->args, expr->n_args);
}

struct nullability nulls_operator(struct null_scope *scope, const struct operator* op,
                                  const char *name, struct expr *const *args, size_t n)
{
    const struct function *function = nulls_operator_function(scope->state, op);
    const char *words = arena_printf(scope->state->arena, "operator %s",
                                     op     ? op->name
                                     : name ? name
                                            : "?");

    return call(scope, function, words, false, args, n);
}

static enum agg_class class_of(const struct function *function)
{
    for (size_t i = 0; nulls_is_builtin(function) && i < sizeof aggregates / sizeof *aggregates;
         i++) {
        if (strcmp(aggregates[i].name, function->name) == 0)
            return aggregates[i].class;
    }
    return AGG_UNKNOWN;
}

/* An aggregate over at least one row. */
static struct nullability over_rows(struct null_scope *scope, const struct expr *expr)
{
    struct arena *arena = scope->state->arena;
    const char *name = expr->u.agg.function->name;
    const char *words = arena_printf(arena, "%s over at least one row", name);
    struct nullability answer;

    if (expr->u.agg.filter)
        return nulls_maybe(arena_printf(arena, "%s FILTER may leave no row", name));
    switch (class_of(expr->u.agg.function)) {
    case AGG_ROW:
        return nulls_not_null(words);
    case AGG_FIRST:
        return nulls_all(scope, expr->args, expr->n_args < 1 ? expr->n_args : 1, words);
    case AGG_ARGUMENTS:
        answer = nulls_all(scope, expr->args, expr->n_args, words);
        if (answer.nullable)
            return answer;
        return nulls_all(scope, expr->u.agg.order_by, expr->u.agg.n_order_by, words);
    default:
        return nulls_maybe(arena_printf(arena, "%s may be NULL", name));
    }
}

static struct nullability always(const struct null_scope *scope, const struct expr *expr)
{
    return nulls_not_null(
        arena_printf(scope->state->arena, "%s is never NULL", expr->u.agg.function->name));
}

struct nullability nulls_aggregate(struct null_scope *scope, const struct expr *expr)
{
    struct null_scope *home = nulls_scope_up(scope, expr->u.agg.levels_up);
    struct nullability answer;
    struct scope_state saved;

    if (!home || !expr->u.agg.function)
        return nulls_maybe("an aggregate of an outer query");
    if (class_of(expr->u.agg.function) == AGG_ALWAYS)
        return always(scope, expr);
    if (!nulls_has_full_groups(home->query))
        return nulls_maybe(arena_printf(scope->state->arena, "%s is NULL over no rows",
                                        expr->u.agg.function->name));
    saved = nulls_enter_row(home);
    answer = over_rows(scope, expr);
    nulls_leave(home, saved);
    return answer;
}

/* Whether an offset of RANGE leads away from the current row. That of interval '1 month -29 days',
 * which passes for positive, may lead to the other side; what an operator class of the user makes
 * of an offset is not known. */
static bool leads_away(const struct expr *offset)
{
    const char *text;

    while (offset->kind == EXPR_CAST && offset->type == INTERVALOID && offset->n_args > 0)
        offset = offset->args[0];
    if (offset->type != INTERVALOID)
        return offset->type < FIRST_USER_OID;
    text = offset->kind == EXPR_CONST ? offset->u.constant.text : NULL;
    return text && !strpbrk(text, "-gG"); /* no sign, and no "ago" */
}

static bool frame_has_current_row(const struct window_def *window)
{
    const int options = window ? window->frame_options : 0;
    const int starts =
        FRAME_START_UNBOUNDED_PRECEDING | FRAME_START_CURRENT_ROW | FRAME_START_PRECEDING;
    const int ends = FRAME_END_UNBOUNDED_FOLLOWING | FRAME_END_CURRENT_ROW | FRAME_END_FOLLOWING;

    if (!(options & starts) || !(options & ends) ||
        (options & (FRAME_EXCLUDE_CURRENT_ROW | FRAME_EXCLUDE_GROUP)))
        return false;
    return !(options & FRAME_RANGE) ||
           ((!window->start_offset || leads_away(window->start_offset)) &&
            (!window->end_offset || leads_away(window->end_offset)));
}

static struct nullability window_function(struct null_scope *scope, const struct expr *expr)
{
    static const char *const numbers[] = {"row_number",   "rank",      "dense_rank",
                                          "percent_rank", "cume_dist", NULL};
    static const char *const ends[] = {"first_value", "last_value", NULL};
    static const char *const neighbours[] = {"lag", "lead", NULL};
    const char *name = expr->u.agg.function->name;

    if (!nulls_is_builtin(expr->u.agg.function))
        return nulls_maybe("nothing is known of the window function");
    if (name_is_one_of(name, numbers))
        return always(scope, expr);
    if (strcmp(name, "ntile") == 0)
        return nulls_all(scope, expr->args, expr->n_args, "ntile");
    if (name_is_one_of(name, neighbours))
        return expr->n_args == 3
                   ? nulls_all(scope, expr->args, 3, "with a default")
                   : nulls_maybe(arena_printf(scope->state->arena,
                                              "%s is NULL at the edge of its partition", name));
    if (name_is_one_of(name, ends) && frame_has_current_row(expr->u.agg.window))
        return nulls_all(scope, expr->args, expr->n_args, "the frame has a row");
    return nulls_maybe(
        arena_printf(scope->state->arena, "%s is NULL when its frame has no such row", name));
}

struct nullability nulls_window(struct null_scope *scope, const struct expr *expr)
{
    const struct function *function = expr->u.agg.function;
    struct env *before = scope->current;
    struct nullability answer;

    if (!function)
        return nulls_maybe("nothing is known of the window function");
    /* It reads other rows than the current one: what a CASE knows of that does not hold there. */
    scope->current = scope->group;
    if (function->kind == 'w')
        answer = window_function(scope, expr);
    else if (class_of(function) == AGG_ALWAYS)
        answer = always(scope, expr);
    else if (frame_has_current_row(expr->u.agg.window))
        answer = over_rows(scope, expr);
    else
        answer = nulls_maybe("the window frame may have no row");
    scope->current = before;
    return answer;
}
