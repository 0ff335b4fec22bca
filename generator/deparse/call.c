/* Calls: of functions, aggregates and window functions. */
#include "deparse/writer.h"

/* --- Functions -------------------------------------------------------------------------------- */

/* The arguments as they were written: in named notation in another order than they are passed. */
struct written_args {
    const struct expr **items;
    const char **names; /* NULL: positional */
    size_t n, n_named;
};

static struct written_args written_args(struct writer *writer, const struct expr *call)
{
    const struct argument_order *order = call->u.call.order;
    const size_t n = order ? order->n : call->n_args;
    struct written_args args = {
        .items = arena_array(writer->arena, const struct expr *, n),
        .names = arena_array(writer->arena, const char *, n),
        .n = n,
        .n_named = order ? order->n_named : 0,
    };

    for (size_t i = 0; i < n; i++) {
        const size_t place = order ? order->places[i] : i;

        args.items[i] = call->args[place];
        if (i >= n - args.n_named)
            args.names[i] = function_input_name(call->u.call.function, place);
    }
    return args;
}

static oid *types_of(struct writer *writer, const struct expr *const *exprs, size_t n)
{
    oid *types = arena_array(writer->arena, oid, n);

    for (size_t i = 0; i < n; i++)
        types[i] = exprs[i]->type;
    return types;
}

static void write_args(struct writer *writer, const struct written_args *args, bool is_variadic)
{
    for (size_t i = 0; i < args->n; i++) {
        write_text(writer, i ? ", " : "");
        if (is_variadic && i + 1 == args->n)
            write_text(writer, "VARIADIC ");
        if (args->names[i]) {
            write_name(writer, args->names[i]);
            write_text(writer, " => ");
        }
        write_expr(writer, args->items[i], true);
    }
}

void write_call(struct writer *writer, const struct expr *call)
{
    struct written_args args;
    struct call_shape shape;

    if (call->u.call.is_syntax && write_syntax(writer, call))
        return;
    args = written_args(writer, call);
    shape = (struct call_shape){
        .types = types_of(writer, args.items, args.n),
        .n = args.n,
        .names = args.names + args.n - args.n_named,
        .n_names = args.n_named,
        .is_variadic = call->u.call.variadic_call,
    };
    write_function(writer, call->u.call.function, &shape);
    buf_addc(writer->out, '(');
    write_args(writer, &args, call->u.call.variadic_call);
    buf_addc(writer->out, ')');
}

/* --- Aggregates and window functions ---------------------------------------------------------- */

/* Those of an ordered-set aggregate stand in front of WITHIN GROUP and behind it. */
static void write_aggregate_name(struct writer *writer, const struct expr *call)
{
    const bool is_plain = call->kind == EXPR_WINDOW || call->u.agg.function->agg_kind == 'n';
    const size_t n_ordered = is_plain ? 0 : call->u.agg.n_order_by;
    const struct expr **args =
        arena_array(writer->arena, const struct expr *, call->n_args + n_ordered);
    struct call_shape shape = {.n = call->n_args + n_ordered,
                               .is_variadic = call->u.agg.variadic_call};

    for (size_t i = 0; i < call->n_args; i++)
        args[i] = call->args[i];
    for (size_t i = 0; i < n_ordered; i++)
        args[call->n_args + i] = call->u.agg.order_by[i];
    shape.types = types_of(writer, args, shape.n);
    write_function(writer, call->u.agg.function, &shape);
    buf_addc(writer->out, '(');
}

static void write_filter(struct writer *writer, const struct expr *call)
{
    if (!call->u.agg.filter)
        return;
    write_text(writer, ") FILTER (WHERE ");
    write_expr(writer, call->u.agg.filter, false);
}

static void write_aggregate_args(struct writer *writer, const struct expr *call)
{
    if (call->u.agg.is_star)
        buf_addc(writer->out, '*');
    for (size_t i = 0; i < call->n_args; i++) {
        write_text(writer, i ? ", " : "");
        if (call->u.agg.variadic_call && i + 1 == call->n_args)
            write_text(writer, "VARIADIC ");
        write_expr(writer, call->args[i], true);
    }
}

void write_aggregate(struct writer *writer, const struct expr *call)
{
    const bool is_plain = call->u.agg.function->agg_kind == 'n';

    write_aggregate_name(writer, call);
    write_text(writer, call->u.agg.is_distinct ? "DISTINCT " : "");
    write_aggregate_args(writer, call);
    if (!is_plain)
        write_text(writer, ") WITHIN GROUP (ORDER BY ");
    else if (call->u.agg.n_order_by > 0)
        write_text(writer, " ORDER BY ");
    write_sorted(writer, call->u.agg.order_by, call->u.agg.order, call->u.agg.n_order_by);
    write_filter(writer, call);
    buf_addc(writer->out, ')');
}

void write_window_call(struct writer *writer, const struct expr *call)
{
    const struct window_def *window = call->u.agg.window;

    write_aggregate_name(writer, call);
    write_aggregate_args(writer, call);
    write_filter(writer, call);
    write_text(writer, ") OVER ");
    if (window->name)
        write_name(writer, window->name);
    else
        write_window(writer, window);
}
