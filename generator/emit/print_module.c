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

static void declare_list(struct buf *out, const char *name, const char *item)
{
    fill(out,
         "\n"
         "typedef struct $list {\n"
         "    size_t count;\n"
         "    $items;\n"
         "} $list;\n",
         HOLE("list", name),
         HOLE("items", declare(out->arena, declare(out->arena, item, "*"), "items")));
}

static void declare_types(struct printer *printer, struct buf *out,
                          const struct c_function *function)
{
    struct c_params params = {.name = function->params_type,
                              .doc = "",
                              .fields = param_fields(printer->arena, function),
                              .n_fields = function->n_params};

    if (params.name && !function->shares_params)
        print_params(printer, out, &params);
    if (function->list && !function->row)
        declare_list(out, function->list, function->item);
    if (function->lists)
        declare_list(out, function->lists, function->list);
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
    if (function->command == C_COPYFROM)
        declare_copy_rows(printer, out, function);
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

/* The types that results are compared with. A COPY reads nothing: its columns are its parameters,
 * and the server describes a domain by its base type. */
static text_list column_oids(struct arena *arena, const struct c_function *function)
{
    const struct ir_query *query = function->query;
    bool is_copy = function->command == C_COPYFROM;
    size_t n = is_copy ? query->n_params : query->n_columns;
    text_list list = {0};

    for (size_t i = 0; i < n; i++) {
        const struct ir_type *type = is_copy ? query->params[i].type : query->columns[i].type;

        while (type->kind == IR_DOMAIN)
            type = type->elem;
        vec_push(arena, &list, arena_printf(arena, "%u", (unsigned)c_wire_oid(type)));
    }
    return list;
}

static text_list param_oids(struct arena *arena, const struct ir_query *query)
{
    text_list list = {0};

    for (size_t i = 0; i < query->n_params; i++)
        vec_push(arena, &list, arena_printf(arena, "%u", (unsigned)query->params[i].type->oid));
    return list;
}

/* Only what is so. */
static const char *effects(struct arena *arena, const struct ir_query *query)
{
    return arena_printf(arena, "%s%s%s", query->reads_only ? ".reads_only = true,\n" : "",
                        query->may_commit ? ".may_commit = true,\n" : "",
                        query->changes_session ? ".changes_session = true,\n" : "");
}

/* A COPY has no key: its text is never prepared, and that of its INSERT is another statement's. */
static void define_statement(struct printer *printer, struct buf *out,
                             const struct c_function *function)
{
    const struct ir_query *query = function->query;
    struct arena *arena = printer->arena;
    text_list params = param_oids(arena, query), columns = column_oids(arena, function);
    bool is_copy = function->command == C_COPYFROM;
    const char *sql = is_copy ? query->copy_sql : query->sql;

    fill(out,
         "\n"
         "static const tenon__statement $statement = {\n"
         "    .query = $query,\n"
         "    $key\n"
         "    .sql = $sql,\n"
         "    $effects\n",
         HOLE("statement", function->statement), HOLE("query", c_string(arena, query->name)),
         HOLE("key",
              is_copy ? "" : arena_printf(arena, ".key = \"%s\",", statement_key(arena, query))),
         HOLE("sql", c_string_lines(arena, sql, strlen("    .sql = "))),
         HOLE("effects", effects(arena, query)));
    if (params.n > 0)
        fill(out,
             "    .n_params = $n,\n"
             "    .param_types = (const uint32_t[]){$(oids)},\n",
             HOLE("n", text_of(arena, params.n)), LIST("oids", &params));
    if (columns.n > 0)
        fill(out,
             "    .n_columns = $n,\n"
             "    .column_types = (const uint32_t[]){$(oids)},\n",
             HOLE("n", text_of(arena, columns.n)), LIST("oids", &columns));
    if (is_copy)
        fill(out, "    .copy_check = $sql,\n",
             HOLE("sql", c_string_lines(arena, query->copy_check, strlen("    .copy_check = "))));
    buf_adds(out, "};\n");
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

/* All statements, for the function that prepares them. */
static void define_list(struct buf *out, const struct c_module *module)
{
    fill(out,
         "\n"
         "const tenon__statement *const $statements[] = {\n",
         HOLE("statements", module->statements));
    for (size_t i = 0; i < module->functions.n; i++)
        buf_addf(out, "    &%s,\n", module->functions.items[i]->statement);
    buf_adds(out, "    NULL,\n};\n");
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
        print_function(printer, &out, function);
    }
    define_list(&out, module);
    return buf_text(&out);
}
