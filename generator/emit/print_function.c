/* The C function of a query: bind, send, read, end. A stream is three functions. Batches and COPY
 * bind in a loop over the caller's items; a COPY row by row is four functions more.
 */
#include "emit/print.h"
#include "support/bug.h"

/* Columns of a COPY are bound one behind the other, parameters by their number. */
static const char *bind(struct arena *arena, const struct c_function *function, size_t i,
                        const char *call)
{
    const struct c_param *param = &function->params[i];
    const char *value =
        function->params_type ? arena_printf(arena, "params->%s", param->member) : param->name;
    bool is_column = function->command == C_COPYFROM;

    if (param->type->own_bind && is_column)
        return print_bind_own(arena, "column", param, call, value);
    if (param->type->own_bind)
        return print_bind_own(arena, "param", param, arena_printf(arena, "%s, %zu", call, i),
                              value);
    call = arena_printf(arena, "tenon__at(%s, %zu, %s)", call, i, c_string(arena, param->sql_name));
    return print_bind(arena, param->type, param->nullable, call, value);
}

static const char *binds(struct arena *arena, const struct c_function *function, const char *call)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < function->n_params; i++)
        buf_adds(&out, bind(arena, function, i, call));
    return buf_text(&out);
}

/* Begins a call that binds one set of parameters. */
static void begin(struct buf *out, const struct c_function *function, const char *call)
{
    static const char *const shapes[] = {
        "    tenon__begin($call, db, &$statement);\n",
        "    if (tenon__begin($call, db, &$statement))\n"
        "        $binds\n",
        "    if (tenon__begin($call, db, &$statement)) {\n"
        "        $binds\n"
        "    }\n",
    };

    fill(out, shapes[function->n_params > 1 ? 2 : function->n_params], HOLE("call", call),
         HOLE("statement", function->statement), HOLE("binds", binds(out->arena, function, call)));
}

/* Reads one result into what `place` points to: "row", "value". */
static const char *read_result(struct arena *arena, const struct c_function *function,
                               const char *call, const char *place)
{
    if (function->row)
        return arena_printf(arena, "read_%s(%s, %s);", function->row->stem, call, place);
    return arena_printf(arena, "*%s = %s;", place,
                        print_read(arena, function->value.type, function->value.nullable, call));
}

/* What a function does when all is bound. Streams have a shape of their own, ports none. */
static const char *body(enum c_command command)
{
    switch (command) {
    case C_ONE:
        return "    if ($fetch && tenon__next_row(&call))\n"
               "        $read\n"
               "    return tenon__end_one(&call);\n";
    case C_OPT:
        return "    if ($fetch && tenon__next_row(&call))\n"
               "        $read\n"
               "    return tenon__end_opt(&call, found);\n";
    case C_MANY:
        return "    if (tenon__fetch_into(&call, mem)) {\n"
               "        $list->items = tenon__alloc_rows(&call, sizeof *$list->items, "
               "&$list->count);\n"
               "        for ($item = $list->items; tenon__next_row(&call); $place++)\n"
               "            $read\n"
               "    }\n"
               "    return tenon__end(&call);\n";
    case C_EXEC:
        return "    return tenon__end_exec(&call, NULL);\n";
    case C_EXECROWS:
        return "    return tenon__end_exec(&call, rows_affected);\n";
    case C_BATCHEXEC:
        return "    return tenon__batch_end_exec(&call, NULL);\n";
    case C_BATCHONE:
        return "    if (tenon__batch_send_one(&call, mem)) {\n"
               "        $list->items = tenon__batch_alloc(&call, sizeof *$list->items, "
               "&$list->count);\n"
               "        for ($item = $list->items; tenon__batch_next_one(&call); $place++)\n"
               "            $read\n"
               "    }\n"
               "    return tenon__batch_end(&call);\n";
    case C_BATCHMANY:
        return "    if (tenon__batch_send(&call, mem)) {\n"
               "        lists->items = tenon__batch_alloc(&call, sizeof *lists->items, "
               "&lists->count);\n"
               "        for ($list_type = lists->items; tenon__batch_next(&call); list++) {\n"
               "            list->items = tenon__alloc_rows(&call, sizeof *list->items, "
               "&list->count);\n"
               "            for ($item = list->items; tenon__next_row(&call); $place++)\n"
               "                $read\n"
               "        }\n"
               "    }\n"
               "    return tenon__batch_end(&call);\n";
    case C_COPYFROM:
        return "    return tenon__copy_end(&call, rows_affected);\n";
    case C_STREAM:
    case C_COPY_ROWS:
        break;
    }
    BUG("a command whose function has another shape");
}

/* Begins, and binds the parameters: of one set, or in a loop over the items. */
static void define_binds(struct buf *out, const struct c_function *function)
{
    struct arena *arena = out->arena;

    if (!c_command_repeats(function->command)) {
        begin(out, function, "&call");
        return;
    }
    if (function->command == C_COPYFROM) {
        fill(out,
             "    tenon__copy_begin(&call, db, &$statement);\n"
             "    for (size_t i = 0; i < count && tenon__ok(&call); i++)\n"
             "        $add(&call, &items[i]);\n",
             HOLE("statement", function->statement), HOLE("add", function->add));
        return;
    }
    fill(out,
         "    tenon__begin(&call, db, &$statement);\n"
         "    for (size_t i = 0; i < count && tenon__ok(&call); i++) {\n"
         "        $params = &items[i];\n"
         "\n"
         "        $binds\n"
         "        tenon__batch_add(&call);\n"
         "    }\n",
         HOLE("statement", function->statement),
         HOLE("params", declare(arena, const_pointer(arena, function->params_type), "params")),
         HOLE("binds", binds(arena, function, "&call")));
}

static void define_query(struct printer *printer, struct buf *out,
                         const struct c_function *function)
{
    struct arena *arena = printer->arena;
    const char *place = function->row ? "row" : "value";
    bool returns = c_command_reads(function->command);
    text_list params;

    list_params(arena, function, ROLE_QUERY, &params);
    fill(out,
         "\n"
         "tenon_status $name($(params))\n"
         "{\n"
         "    tenon__call call;\n"
         "\n",
         HOLE("name", function->name), LIST("params", &params));
    define_binds(out, function);
    fill(out, body(function->command),
         HOLE("fetch",
              function->needs_arena ? "tenon__fetch_into(&call, mem)" : "tenon__fetch(&call)"),
         HOLE("list", output_name(function)), HOLE("place", place),
         HOLE("item", returns ? declare(arena, declare(arena, function->item, "*"), place) : ""),
         HOLE("list_type",
              function->lists ? declare(arena, declare(arena, function->list, "*"), "list") : ""),
         HOLE("read", returns ? read_result(arena, function, "&call", place) : ""));
    buf_adds(out, "}\n");
}

static void define_stream(struct printer *printer, struct buf *out,
                          const struct c_function *function)
{
    struct arena *arena = printer->arena;
    const char *place = function->row ? "row" : "value";
    text_list params;

    list_params(arena, function, ROLE_BEGIN, &params);
    fill(out,
         "\n"
         "struct $name {\n"
         "    tenon__call call;\n"
         "    $result;\n"
         "};\n"
         "\n"
         "$name *$begin($(params))\n"
         "{\n"
         "    $name *stream = tenon__stream_create(db, sizeof *stream);\n"
         "\n"
         "    if (stream == NULL)\n"
         "        return NULL;\n",
         HOLE("name", function->name), LIST("params", &params),
         HOLE("result", declare(arena, function->item, place)), HOLE("place", place),
         HOLE("begin", arena_printf(arena, "%s_begin", function->name)));
    begin(out, function, "&stream->call");
    fill(out,
         "    tenon__stream_start(&stream->call);\n"
         "    return stream;\n"
         "}\n"
         "\n"
         "$item$next($name *stream)\n"
         "{\n"
         "    if (stream == NULL || !tenon__stream_next(&stream->call))\n"
         "        return NULL;\n"
         "    $read\n"
         "    return tenon__ok(&stream->call) ? &stream->$place : NULL;\n"
         "}\n"
         "\n"
         "tenon_status $end($name *stream)\n"
         "{\n"
         "    return tenon__stream_end(stream == NULL ? NULL : &stream->call);\n"
         "}\n",
         HOLE("name", function->name), HOLE("place", place),
         HOLE("next", arena_printf(arena, "%s_next", function->name)),
         HOLE("end", arena_printf(arena, "%s_end", function->name)),
         HOLE("item", const_pointer(arena, function->item)),
         HOLE("read", function->row
                          ? arena_printf(arena, "read_%s(&stream->call, &stream->row);",
                                         function->row->stem)
                          : arena_printf(arena, "stream->value = %s;",
                                         print_read(arena, function->value.type,
                                                    function->value.nullable, "&stream->call"))));
}

/* What both forms of a COPY do with a row. */
static void define_add(struct printer *printer, struct buf *out, const struct c_function *function)
{
    struct arena *arena = printer->arena;
    const char *params = const_pointer(arena, function->params_type);

    fill(out,
         "\n"
         "static void $add($(params))\n"
         "{\n"
         "    $binds\n"
         "    tenon__copy_row(call);\n"
         "}\n",
         HOLE("add", function->add), LIST("params", call_and(arena, params, "params")),
         HOLE("binds", binds(arena, function, "call")));
}

void print_function(struct printer *printer, struct buf *out, const struct c_function *function)
{
    if (function->command == C_STREAM) {
        define_stream(printer, out, function);
        return;
    }
    if (function->command == C_COPYFROM)
        define_add(printer, out, function);
    define_query(printer, out, function);
    if (function->command == C_COPYFROM)
        print_copy_rows(printer, out, function);
}
