/* Window calls and the windows they run over (transformWindowFuncCall, transformWindowDefinitions).
 *
 * A call only notes its window, named or inline; the windows themselves are transformed at the end
 * of the select list, when all are known.
 */
#include "analyze/transform.h"

struct window_def *window_declare(struct parse *parse, const PgQuery__WindowDef *raw)
{
    struct window_def *def = arena_new(parse->statement->arena, struct window_def);

    def->name = raw_optional(raw->name);
    def->location = raw->location;
    def->frame_options = raw->frame_options;
    vec_push(parse->statement->arena, &parse->scope->windows, (struct window_entry){raw, def});
    return def;
}

static const struct window_def *named_window(struct parse *parse, const PgQuery__WindowDef *over)
{
    const struct scope *scope = parse->scope;

    for (size_t i = 0; i < scope->windows.n; i++)
        if (name_eq(scope->windows.items[i].def->name, over->name))
            return scope->windows.items[i].def;
    parse_error(parse, "42704", over->location, "window \"%s\" does not exist", over->name);
}

/* Equal OVER clauses are one window. */
static const struct window_def *inline_window(struct parse *parse, const PgQuery__WindowDef *over)
{
    const struct scope *scope = parse->scope;

    for (size_t i = 0; i < scope->windows.n; i++)
        if (!scope->windows.items[i].def->name &&
            raw_equal(&scope->windows.items[i].raw->base, &over->base))
            return scope->windows.items[i].def;
    return window_declare(parse, over);
}

struct expr *finish_window_call(struct parse *parse, struct expr *window,
                                const PgQuery__WindowDef *over)
{
    struct query *query = parse->scope->query;
    const char *refused = place_refuses_window(parse, parse->scope->place);

    for (size_t i = 0; i < window->n_args && query->has_windows; i++) {
        int location = window->args[i] ? expr_find_window(window->args[i]) : -2;

        if (location != -2)
            parse_error(parse, "42P20", location, "window function calls cannot be nested");
    }
    if (refused)
        parse_error(parse, "42P20", window->location, "window functions are not allowed %s",
                    refused);
    window->u.agg.window =
        raw_optional(over->name) ? named_window(parse, over) : inline_window(parse, over);
    query->has_windows = true;
    return window;
}

/* --- Definitions ------------------------------------------------------------------------------ */

/* What RANGE offset may be for a sort column's type: the in_range functions of btree. */
struct in_range {
    oid column, offset;
};

static const struct in_range in_range[] = {
    {INT2OID, INT8OID},         {INT2OID, INT4OID},          {INT2OID, INT2OID},
    {INT4OID, INT8OID},         {INT4OID, INT4OID},          {INT4OID, INT2OID},
    {INT8OID, INT8OID},         {FLOAT4OID, FLOAT8OID},      {FLOAT8OID, FLOAT8OID},
    {NUMERICOID, NUMERICOID},   {DATEOID, INTERVALOID},      {TIMEOID, INTERVALOID},
    {TIMETZOID, INTERVALOID},   {TIMESTAMPOID, INTERVALOID}, {TIMESTAMPTZOID, INTERVALOID},
    {INTERVALOID, INTERVALOID},
};

static oid range_offset_type(struct parse *parse, const struct expr *offset, oid column)
{
    oid preferred = offset->type != UNKNOWNOID ? offset->type : column, chosen = 0;
    size_t n_known = 0, n_fitting = 0;

    for (size_t i = 0; i < sizeof in_range / sizeof in_range[0]; i++) {
        if (in_range[i].column != column)
            continue;
        n_known++;
        if (!types_can_coerce(parse->statement->catalog, 1, &offset->type, &in_range[i].offset,
                              COERCE_IMPLICIT))
            continue;
        n_fitting++;
        if (chosen != preferred)
            chosen = in_range[i].offset;
    }
    if (n_known == 0)
        parse_error(parse, "0A000", expr_location(offset),
                    "RANGE with offset PRECEDING/FOLLOWING is not supported for column type %s",
                    type_text(parse, column));
    if (n_fitting == 0)
        parse_error_hint(parse, "0A000", expr_location(offset),
                         "cast the offset value to an appropriate type",
                         "RANGE with offset PRECEDING/FOLLOWING is not supported for column type "
                         "%s and offset type %s",
                         type_text(parse, column), type_text(parse, offset->type));
    if (n_fitting != 1 && chosen != preferred)
        parse_error_hint(parse, "0A000", expr_location(offset),
                         "cast the offset value to the exact intended type",
                         "RANGE with offset PRECEDING/FOLLOWING has multiple interpretations for "
                         "column type %s and offset type %s",
                         type_text(parse, column), type_text(parse, offset->type));
    return chosen;
}

static struct expr *frame_offset(struct parse *parse, const struct window_def *def,
                                 const PgQuery__Node *node)
{
    enum expr_place place = PLACE_WINDOW_RANGE;
    oid type = INT8OID;
    struct expr *expr;

    if (!node)
        return NULL;
    if (def->frame_options & FRAME_ROWS)
        place = PLACE_WINDOW_ROWS;
    else if (def->frame_options & FRAME_GROUPS)
        place = PLACE_WINDOW_GROUPS;
    expr = transform_expr(parse, node, place);
    if (place == PLACE_WINDOW_RANGE && def->n_order_by == 1)
        type = range_offset_type(
            parse, expr,
            catalog_base_type(parse->statement->catalog, def->order_by[0]->type, NULL));
    expr = coerce_to_specific(parse, expr, type, place_name(place) + sizeof "window");
    if (expr_find_var(expr, 0) != -2)
        parse_error(parse, "42P10", expr_find_var(expr, 0),
                    "argument of %s must not contain variables",
                    place_name(place) + sizeof "window");
    return expr;
}

static void check_frame(struct parse *parse, const struct window_def *def)
{
    int options = def->frame_options;

    if ((options & FRAME_RANGE) && (options & FRAME_OFFSETS) && def->n_order_by != 1)
        parse_error(parse, "42P20", def->location,
                    "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column");
    if ((options & FRAME_GROUPS) && def->n_order_by == 0)
        parse_error(parse, "42P20", def->location, "GROUPS mode requires an ORDER BY clause");
}

static struct expr_list sorted_exprs(struct parse *parse, const struct target_list *targets,
                                     const struct sort_list *sort)
{
    struct expr_list exprs = {0};

    for (size_t i = 0; i < sort->n; i++)
        for (size_t j = 0; j < targets->n; j++)
            if (targets->items[j].group_ref == sort->items[i].group_ref)
                vec_push(parse->statement->arena, &exprs, targets->items[j].expr);
    return exprs;
}

/* A window may build on an earlier one: it takes that one's partition and, unless it has its own,
 * its order; the earlier one must then have no frame. */
static void inherit(struct parse *parse, struct window_def *def, const struct window_def *base,
                    bool is_plain_over)
{
    bool own_order = def->n_order_by > 0;

    def->base = base->name;
    def->has_base_order = !own_order;

    if (def->n_partition_by)
        parse_error(parse, "42P20", def->location,
                    "cannot override PARTITION BY clause of window \"%s\"", base->name);
    def->partition_by = base->partition_by;
    def->n_partition_by = base->n_partition_by;
    if (own_order && base->n_order_by)
        parse_error(parse, "42P20", def->location,
                    "cannot override ORDER BY clause of window \"%s\"", base->name);
    if (!own_order) {
        def->order_by = base->order_by;
        def->order = base->order;
        def->n_order_by = base->n_order_by;
    }
    if (base->frame_options & FRAME_NONDEFAULT)
        parse_error_hint(parse, "42P20", def->location,
                         is_plain_over && !own_order && !(def->frame_options & FRAME_NONDEFAULT)
                             ? "omit the parentheses in this OVER clause"
                             : NULL,
                         "cannot copy window \"%s\" because it has a frame clause", base->name);
}

static const struct window_def *earlier_window(const struct scope *scope, size_t before,
                                               const char *name)
{
    for (size_t i = 0; i < before; i++)
        if (name_eq(scope->windows.items[i].def->name, name))
            return scope->windows.items[i].def;
    return NULL;
}

static void define(struct parse *parse, size_t index, struct target_list *targets)
{
    const PgQuery__WindowDef *raw = parse->scope->windows.items[index].raw;
    struct window_def *def = parse->scope->windows.items[index].def;
    struct sort_list order = {0}, partition = {0};
    const struct window_def *base = NULL;
    struct expr_list exprs;

    if (def->name && earlier_window(parse->scope, index, def->name))
        parse_error(parse, "42P20", def->location, "window \"%s\" is already defined", def->name);
    if (raw_optional(raw->refname)) {
        base = earlier_window(parse->scope, index, raw->refname);
        if (!base)
            parse_error(parse, "42704", def->location, "window \"%s\" does not exist",
                        raw->refname);
    }
    transform_sort(parse, NODES(raw, order_clause), targets, PLACE_WINDOW_ORDER, true, &order);
    for (size_t i = 0; i < raw->n_partition_clause; i++) {
        size_t target = sort_find_target(parse, raw->partition_clause[i], targets,
                                         PLACE_WINDOW_PARTITION, true);

        group_add(parse, target, targets, &partition, raw_location(raw->partition_clause[i]));
    }
    exprs = sorted_exprs(parse, targets, &order);
    def->order_by = exprs.items;
    def->n_order_by = exprs.n;
    def->order = order.items;
    exprs = sorted_exprs(parse, targets, &partition);
    def->partition_by = exprs.items;
    def->n_partition_by = exprs.n;
    if (base)
        inherit(parse, def, base, !def->name);
    check_frame(parse, def);
    def->start_offset = frame_offset(parse, def, raw->start_offset);
    def->end_offset = frame_offset(parse, def, raw->end_offset);
}

void transform_windows(struct parse *parse, struct target_list *targets)
{
    struct query *query = parse->scope->query;
    const size_t n = parse->scope->windows.n;

    query->windows = arena_array(parse->statement->arena, struct window_def *, n);
    for (size_t i = 0; i < n; i++) {
        define(parse, i, targets);
        query->windows[query->n_windows++] = parse->scope->windows.items[i].def;
    }
}
