/* A query file's header and source: for each query its types, its statement and its function. */
#include "emit/print.h"

#include <string.h>

static const char *text_of(struct arena *arena, size_t n)
{
    return arena_printf(arena, "%zu", n);
}

/* FNV-1a over what the server would prepare: the text and the types of the parameters. */
static const char *statement_key(struct arena *arena, const struct ir_query *query)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (const char *p = query->sql; *p; p++)
        hash = (hash ^ (unsigned char)*p) * UINT64_C(1099511628211);
    for (size_t i = 0; i < query->n_params; i++)
        for (int shift = 0; shift < 32; shift += 8)
            hash = (hash ^ (query->params[i].type->oid >> shift & 0xFF)) * UINT64_C(1099511628211);
    return arena_printf(arena, "tenon_%08x%08x", (unsigned)(hash >> 32), (unsigned)hash);
}

static const char *params_struct(struct printer *printer, const struct c_function *function)
{
    struct arena *arena = printer->arena;
    struct c_field *fields = arena_array(arena, struct c_field, function->n_params);

    for (size_t i = 0; i < function->n_params; i++)
        fields[i] = (struct c_field){.name = function->params[i].member,
                                     .doc = function->params[i].doc,
                                     .type = function->params[i].type,
                                     .nullable = function->params[i].nullable};
    return print_members(printer, fields, function->n_params);
}

static void declare_types(struct printer *printer, struct buf *out,
                          const struct c_function *function)
{
    if (function->params_type)
        fill(out,
             "\n"
             "typedef struct $name {\n"
             "    $members\n"
             "} $name;\n",
             HOLE("name", function->params_type),
             HOLE("members", params_struct(printer, function)));
    if (function->list && !function->row)
        fill(out,
             "\n"
             "typedef struct $list {\n"
             "    size_t count;\n"
             "    $items;\n"
             "} $list;\n",
             HOLE("list", function->list),
             HOLE("items",
                  declare(printer->arena, declare(printer->arena, function->item, "*"), "items")));
}

static void declare_stream(struct printer *printer, struct buf *out,
                           const struct c_function *function)
{
    struct arena *arena = printer->arena;
    const char *note = "Rows come one at a time: begin, next until NULL, end, which frees the "
                       "stream and may come early. A row is valid until the next call.";
    text_list params;

    list_params(arena, function, ROLE_BEGIN, &params);
    fill(out,
         "\n"
         "$doc\n"
         "typedef struct $name $name;\n"
         "\n"
         "TENON_NODISCARD $name *$begin($(params));\n"
         "$item$next($name *stream);\n"
         "TENON_NODISCARD tenon_status $end($name *stream);\n",
         HOLE("doc", print_function_doc(printer, function, note, 0)), HOLE("name", function->name),
         HOLE("begin", arena_printf(arena, "%s_begin", function->name)), LIST("params", &params),
         HOLE("item", const_pointer(arena, function->item)),
         HOLE("next", arena_printf(arena, "%s_next", function->name)),
         HOLE("end", arena_printf(arena, "%s_end", function->name)));
}

static void declare_function(struct printer *printer, struct buf *out,
                             const struct c_function *function)
{
    text_list params;

    declare_types(printer, out, function);
    if (function->command == C_STREAM) {
        declare_stream(printer, out, function);
        return;
    }
    list_params(printer->arena, function, ROLE_QUERY, &params);
    fill(out,
         "\n"
         "$doc\n"
         "TENON_NODISCARD tenon_status $name($(params));\n",
         HOLE("doc", print_function_doc(printer, function, NULL, 0)), HOLE("name", function->name),
         LIST("params", &params));
}

const char *print_module_header(struct printer *printer, const struct c_module *module)
{
    struct buf body = buf_in(printer->arena);
    const char *text, *includes = arena_printf(printer->arena, "#include \"%s/models.h\"\n",
                                               printer->package->name);

    for (size_t i = 0; i < module->rows.n; i++)
        print_row(printer, &body, module->rows.items[i]);
    for (size_t i = 0; i < module->functions.n; i++)
        declare_function(printer, &body, module->functions.items[i]);
    text = buf_text(&body);
    return print_header(printer, module->file->path, module->stem, includes,
                        *text == '\n' ? text + 1 : text);
}

static void list_oids(struct arena *arena, const struct ir_query *query, text_list *params,
                      text_list *columns)
{
    *params = *columns = (text_list){0};
    for (size_t i = 0; i < query->n_params; i++)
        vec_push(arena, params, arena_printf(arena, "%u", (unsigned)query->params[i].type->oid));
    for (size_t i = 0; i < query->n_columns; i++)
        vec_push(arena, columns, arena_printf(arena, "%u", (unsigned)query->columns[i].type->oid));
}

static void define_statement(struct printer *printer, struct buf *out,
                             const struct c_function *function)
{
    const struct ir_query *query = function->query;
    struct arena *arena = printer->arena;
    text_list params, columns;

    list_oids(arena, query, &params, &columns);
    fill(out,
         "\n"
         "static const tenon__statement $statement = {\n"
         "    .query = $query,\n"
         "    .key = \"$key\",\n"
         "    .sql = $sql,\n",
         HOLE("statement", function->statement), HOLE("query", c_string(arena, query->name)),
         HOLE("key", statement_key(arena, query)),
         HOLE("sql", c_string_lines(arena, query->sql, strlen("    .sql = "))));
    if (query->n_params > 0)
        fill(out,
             "    .n_params = $n,\n"
             "    .param_types = (const uint32_t[]){$(oids)},\n",
             HOLE("n", text_of(arena, query->n_params)), LIST("oids", &params));
    if (query->n_columns > 0)
        fill(out,
             "    .n_columns = $n,\n"
             "    .column_types = (const uint32_t[]){$(oids)},\n",
             HOLE("n", text_of(arena, query->n_columns)), LIST("oids", &columns));
    buf_adds(out, "};\n");
}

static const char *binds(struct arena *arena, const struct c_function *function, const char *call)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < function->n_params; i++) {
        const struct c_param *param = &function->params[i];
        const char *value =
            function->params_type ? arena_printf(arena, "params->%s", param->member) : param->name;
        buf_adds(&out,
                 print_bind(arena, param->type, param->nullable, call, param->sql_name, value));
    }
    return buf_text(&out);
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

/* The shapes of functions, by command. Streams have their own. */
static const char *const bodies[] = {
    [C_ONE] = "    if (tenon__fetch(&call, $mem) && tenon__next_row(&call))\n"
              "        $read\n"
              "    return tenon__end_one(&call);\n",
    [C_OPT] = "    if (tenon__fetch(&call, $mem) && tenon__next_row(&call))\n"
              "        $read\n"
              "    return tenon__end_opt(&call, found);\n",
    [C_MANY] = "    if (tenon__fetch(&call, mem)) {\n"
               "        $list->items = tenon__alloc_rows(&call, sizeof *$list->items, "
               "&$list->count);\n"
               "        for ($item = $list->items; tenon__next_row(&call); $place++)\n"
               "            $read\n"
               "    }\n"
               "    return tenon__end(&call);\n",
    [C_EXEC] = "    return tenon__end_exec(&call, NULL);\n",
    [C_EXECROWS] = "    return tenon__end_exec(&call, rows_affected);\n",
};

static void define_query(struct printer *printer, struct buf *out,
                         const struct c_function *function)
{
    struct arena *arena = printer->arena;
    const char *place = function->row ? "row" : "value";
    bool returns = function->command != C_EXEC && function->command != C_EXECROWS;
    text_list params;

    list_params(arena, function, ROLE_QUERY, &params);
    fill(out,
         "\n"
         "tenon_status $name($(params))\n"
         "{\n"
         "    tenon__call call;\n"
         "\n"
         "    tenon__begin(&call, db, &$statement);\n"
         "    $binds\n",
         HOLE("name", function->name), LIST("params", &params),
         HOLE("statement", function->statement), HOLE("binds", binds(arena, function, "&call")));
    fill(out, bodies[function->command], HOLE("mem", function->needs_arena ? "mem" : "NULL"),
         HOLE("list", output_name(function)), HOLE("place", place),
         HOLE("item", returns ? declare(arena, declare(arena, function->item, "*"), place) : ""),
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
         "    $name *stream = tenon__stream_create(sizeof *stream);\n"
         "\n"
         "    if (stream == NULL)\n"
         "        return NULL;\n"
         "    tenon__begin(&stream->call, db, &$statement);\n"
         "    $binds\n"
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
         HOLE("name", function->name), LIST("params", &params),
         HOLE("result", declare(arena, function->item, place)), HOLE("place", place),
         HOLE("begin", arena_printf(arena, "%s_begin", function->name)),
         HOLE("next", arena_printf(arena, "%s_next", function->name)),
         HOLE("end", arena_printf(arena, "%s_end", function->name)),
         HOLE("item", const_pointer(arena, function->item)), HOLE("statement", function->statement),
         HOLE("binds", binds(arena, function, "&stream->call")),
         HOLE("read", function->row
                          ? arena_printf(arena, "read_%s(&stream->call, &stream->row);",
                                         function->row->stem)
                          : arena_printf(arena, "stream->value = %s;",
                                         print_read(arena, function->value.type,
                                                    function->value.nullable, "&stream->call"))));
}

/* Nested rows come first in module->rows, and are read by the function behind them. */
static void define_readers(struct printer *printer, struct buf *out, const struct c_module *module,
                           const struct c_function *function, size_t *next_row)
{
    while (function->row && !function->row->is_shared && *next_row < module->rows.n) {
        const struct c_row *row = module->rows.items[(*next_row)++];
        buf_adds(out, "\n");
        print_reader(printer, out, "static", row);
        if (row == function->row)
            break;
    }
}

const char *print_module_source(struct printer *printer, const struct c_module *module)
{
    struct buf out = buf_in(printer->arena);
    size_t next_row = 0;

    fill(&out,
         "$signature\n"
         "#include \"$package/$module.h\"\n"
         "\n"
         "#include \"$package/models_wire.h\"\n",
         HOLE("signature", print_signature(printer, module->file->path)),
         HOLE("package", printer->package->name), HOLE("module", module->name));
    for (size_t i = 0; i < module->functions.n; i++) {
        const struct c_function *function = module->functions.items[i];
        define_readers(printer, &out, module, function, &next_row);
        define_statement(printer, &out, function);
        if (function->command == C_STREAM)
            define_stream(printer, &out, function);
        else
            define_query(printer, &out, function);
    }
    return buf_text(&out);
}
