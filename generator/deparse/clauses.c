/* GROUP BY, WINDOW and ORDER BY. */
#include "deparse/writer.h"

/* --- Items ------------------------------------------------------------------------------------ */

static bool is_call_on_server(const struct expr *expr)
{
    if (expr->kind == EXPR_CAST)
        return expr->u.cast.function && expr->u.cast.method != CAST_ARRAY;
    return expr->kind == EXPR_FUNC || expr->kind == EXPR_AGG || expr->kind == EXPR_WINDOW;
}

/* A bare number would be the place of a column, and a call could be taken for ROLLUP or CUBE. */
void write_sort_item(struct writer *writer, const struct expr *expr)
{
    const bool needs_parens = writer->is_pretty || is_call_on_server(expr);

    if (expr->kind == EXPR_CONST) {
        write_constant(writer, expr, LABEL_ALWAYS);
        return;
    }
    if (expr->kind == EXPR_VAR) {
        write_expr(writer, expr, true);
        return;
    }
    write_text(writer, needs_parens ? "(" : "");
    write_expr(writer, expr, true);
    write_text(writer, needs_parens ? ")" : "");
}

/* ASC is not written, nor is where NULLs stand by themselves. */
static void write_way(struct writer *writer, const struct sort_clause *order, oid type)
{
    if (order->using) {
        write_text(writer, " USING ");
        write_operator(writer, order->using, type, type);
        write_text(writer, order->nulls_first ? " NULLS FIRST" : " NULLS LAST");
        return;
    }
    write_text(writer, order->descending ? " DESC" : "");
    if (order->nulls_first != order->descending)
        write_text(writer, order->nulls_first ? " NULLS FIRST" : " NULLS LAST");
}

void write_sorted(struct writer *writer, struct expr *const *exprs, const struct sort_clause *order,
                  size_t n)
{
    for (size_t i = 0; i < n; i++) {
        write_text(writer, i ? ", " : "");
        write_sort_item(writer, exprs[i]);
        write_way(writer, &order[i], exprs[i]->type);
    }
}

/* Behind a set operation only the places of columns can be named. */
void write_order_by(struct writer *writer, const struct query *query)
{
    for (size_t i = 0; i < query->n_order_by; i++) {
        const struct target *target = target_of_ref(query, query->order_by[i].group_ref);

        if (i == 0)
            write_clause(writer, " ORDER BY ", 1);
        else
            write_text(writer, ", ");
        if (query->set_ops)
            buf_addf(writer->out, "%zu", (size_t)(target - query->targets) + 1);
        else
            write_sort_item(writer, target->expr);
        write_way(writer, &query->order_by[i], target->expr->type);
    }
}

/* --- GROUP BY --------------------------------------------------------------------------------- */

static void write_group_item(struct writer *writer, const struct query *query, int group_ref)
{
    write_sort_item(writer, target_of_ref(query, group_ref)->expr);
}

static void write_items(struct writer *writer, const struct query *query,
                        const struct grouping_set *set, bool needs_parens)
{
    const bool has_parens = needs_parens || set->refs.n != 1;

    write_text(writer, has_parens ? "(" : "");
    for (size_t i = 0; i < set->refs.n; i++) {
        write_text(writer, i ? ", " : "");
        write_group_item(writer, query, set->refs.items[i]);
    }
    write_text(writer, has_parens ? ")" : "");
}

/* Each set of GROUPING SETS stands in parentheses. */
static void write_grouping_set(struct writer *writer, const struct query *query,
                               const struct grouping_set *set, bool needs_parens)
{
    static const char *const words[] = {[GROUPING_ROLLUP] = "ROLLUP(",
                                        [GROUPING_CUBE] = "CUBE(",
                                        [GROUPING_SETS] = "GROUPING SETS ("};

    if (set->kind == GROUPING_ITEMS) {
        write_items(writer, query, set, needs_parens);
        return;
    }
    write_text(writer, words[set->kind]);
    for (size_t i = 0; i < set->content.n; i++) {
        write_text(writer, i ? ", " : "");
        write_grouping_set(writer, query, set->content.items[i], set->kind == GROUPING_SETS);
    }
    buf_addc(writer->out, ')');
}

void write_group_by(struct writer *writer, const struct query *query)
{
    if (!query->has_group_by)
        return;
    write_clause(writer, " GROUP BY ", 1);
    write_text(writer, query->is_group_distinct ? "DISTINCT " : "");
    for (size_t i = 0; !query->grouping && i < query->n_group_by; i++) {
        write_text(writer, i ? ", " : "");
        write_group_item(writer, query, query->group_by[i].group_ref);
    }
    for (size_t i = 0; query->grouping && i < query->grouping->content.n; i++) {
        write_text(writer, i ? ", " : "");
        write_grouping_set(writer, query, query->grouping->content.items[i], false);
    }
}

/* --- Windows ---------------------------------------------------------------------------------- */

struct bound {
    int option;
    const char *text;
    bool has_offset;
};

static void write_bound(struct writer *writer, int options, const struct bound *bounds, size_t n,
                        const struct expr *offset)
{
    for (size_t i = 0; i < n; i++) {
        if (!(options & bounds[i].option))
            continue;
        if (bounds[i].has_offset)
            write_expr(writer, offset, false);
        write_text(writer, bounds[i].text);
        return;
    }
}

static void write_start(struct writer *writer, const struct window_def *window)
{
    static const struct bound bounds[] = {
        {FRAME_START_UNBOUNDED_PRECEDING, "UNBOUNDED PRECEDING", false},
        {FRAME_START_CURRENT_ROW, "CURRENT ROW", false},
        {FRAME_START_PRECEDING, " PRECEDING", true},
        {FRAME_START_FOLLOWING, " FOLLOWING", true},
    };

    write_bound(writer, window->frame_options, bounds, sizeof bounds / sizeof *bounds,
                window->start_offset);
}

static void write_end(struct writer *writer, const struct window_def *window)
{
    static const struct bound bounds[] = {
        {FRAME_END_UNBOUNDED_FOLLOWING, "UNBOUNDED FOLLOWING", false},
        {FRAME_END_CURRENT_ROW, "CURRENT ROW", false},
        {FRAME_END_PRECEDING, " PRECEDING", true},
        {FRAME_END_FOLLOWING, " FOLLOWING", true},
    };

    write_bound(writer, window->frame_options, bounds, sizeof bounds / sizeof *bounds,
                window->end_offset);
}

static void write_exclusion(struct writer *writer, int options)
{
    if (options & FRAME_EXCLUDE_CURRENT_ROW)
        write_text(writer, " EXCLUDE CURRENT ROW");
    else if (options & FRAME_EXCLUDE_GROUP)
        write_text(writer, " EXCLUDE GROUP");
    else if (options & FRAME_EXCLUDE_TIES)
        write_text(writer, " EXCLUDE TIES");
}

static void write_frame(struct writer *writer, const struct window_def *window)
{
    const int options = window->frame_options;

    write_text(writer, options & FRAME_RANGE  ? "RANGE "
                       : options & FRAME_ROWS ? "ROWS "
                                              : "GROUPS ");
    write_text(writer, options & FRAME_BETWEEN ? "BETWEEN " : "");
    write_start(writer, window);
    if (options & FRAME_BETWEEN) {
        write_text(writer, " AND ");
        write_end(writer, window);
    }
    write_exclusion(writer, options);
}

/* What comes from the window that this one builds on is not repeated. */
void write_window(struct writer *writer, const struct window_def *window)
{
    const char *space = "";

    buf_addc(writer->out, '(');
    if (window->base) {
        write_name(writer, window->base);
        space = " ";
    }
    for (size_t i = 0; !window->base && i < window->n_partition_by; i++) {
        write_text(writer, i ? ", " : "PARTITION BY ");
        write_sort_item(writer, window->partition_by[i]);
        space = " ";
    }
    if (window->n_order_by > 0 && !window->has_base_order) {
        write_text(writer, space);
        write_text(writer, "ORDER BY ");
        write_sorted(writer, window->order_by, window->order, window->n_order_by);
        space = " ";
    }
    if (window->frame_options & FRAME_NONDEFAULT) {
        write_text(writer, space);
        write_frame(writer, window);
    }
    buf_addc(writer->out, ')');
}

void write_windows(struct writer *writer, const struct query *query)
{
    bool is_first = true;

    for (size_t i = 0; i < query->n_windows; i++) {
        const struct window_def *window = query->windows[i];

        if (!window->name)
            continue;
        if (is_first)
            write_clause(writer, " WINDOW ", 1);
        else
            write_text(writer, ", ");
        write_name(writer, window->name);
        write_text(writer, " AS ");
        write_window(writer, window);
        is_first = false;
    }
}
