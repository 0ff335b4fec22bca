/* A :copyfrom row by row, for rows that nobody wants to hold all at once: four functions on an
 * object of the heap, as a stream's; and the port's form, where a callback gives the rows.
 */
#include "emit/print.h"

static const char *part(struct arena *arena, const struct c_function *function, const char *suffix)
{
    return arena_printf(arena, "%s_%s", function->name, suffix);
}

static text_list *pair(struct arena *arena, const char *first, const char *second)
{
    text_list *list = arena_new(arena, text_list);

    vec_push(arena, list, first);
    vec_push(arena, list, second);
    return list;
}

static const text_list *row_params(struct arena *arena, const struct c_function *function)
{
    return pair(arena, arena_printf(arena, "%s *copy", function->copy),
                declare(arena, const_pointer(arena, function->params_type), "params"));
}

static const text_list *end_params(struct arena *arena, const struct c_function *function)
{
    return pair(arena, arena_printf(arena, "%s *copy", function->copy), "int64_t *rows_affected");
}

void declare_copy_rows(struct printer *printer, struct buf *out, const struct c_function *function)
{
    struct arena *arena = printer->arena;
    const char *doc = arena_printf(
        arena,
        "%s row by row, in constant memory: begin, row for each, end, which stores them. A row "
        "that "
        "failed is reported by end as well.\n\n"
        "abandon in the place of end gives up: the server forgets the rows, and the status is that "
        "of the row that failed, else TENON_CANCELED. Inside of a transaction, that has failed "
        "then. Either of them frees the copy; when begin gave NULL, they are TENON_OUT_OF_MEMORY.",
        function->name);

    fill(out,
         "\n"
         "$doc\n"
         "typedef struct $copy $copy;\n"
         "\n"
         "TENON_NODISCARD $copy *$begin(tenon_db *db);\n"
         "tenon_status $row($(row_params));\n"
         "TENON_NODISCARD tenon_status $end($(end_params));\n"
         "tenon_status $abandon($copy *copy);\n",
         HOLE("doc", c_doc_comment(arena, doc, 0)), HOLE("copy", function->copy),
         HOLE("begin", part(arena, function, "begin")), HOLE("row", part(arena, function, "row")),
         HOLE("end", part(arena, function, "end")),
         HOLE("abandon", part(arena, function, "abandon")),
         LIST("row_params", row_params(arena, function)),
         LIST("end_params", end_params(arena, function)));
}

static void define_row(struct arena *arena, struct buf *out, const struct c_function *function)
{
    fill(out,
         "\n"
         "tenon_status $row($(params))\n"
         "{\n"
         "    if (copy == NULL)\n"
         "        return TENON_OUT_OF_MEMORY;\n"
         "    if (tenon__ok(&copy->call))\n"
         "        $add(&copy->call, params);\n"
         "    return copy->call.status;\n"
         "}\n",
         HOLE("row", part(arena, function, "row")), HOLE("add", function->add),
         LIST("params", row_params(arena, function)));
}

void print_copy_rows(struct printer *printer, struct buf *out, const struct c_function *function)
{
    struct arena *arena = printer->arena;

    fill(out,
         "\n"
         "struct $copy {\n"
         "    tenon__call call;\n"
         "};\n"
         "\n"
         "$copy *$begin(tenon_db *db)\n"
         "{\n"
         "    $copy *copy = tenon__stream_create(db, sizeof *copy);\n"
         "\n"
         "    if (copy != NULL)\n"
         "        tenon__copy_begin(&copy->call, db, &$statement);\n"
         "    return copy;\n"
         "}\n",
         HOLE("copy", function->copy), HOLE("begin", part(arena, function, "begin")),
         HOLE("statement", function->statement));
    define_row(arena, out, function);
    fill(out,
         "\n"
         "tenon_status $end($(params))\n"
         "{\n"
         "    return tenon__copy_close(copy == NULL ? NULL : &copy->call, rows_affected);\n"
         "}\n"
         "\n"
         "tenon_status $abandon($copy *copy)\n"
         "{\n"
         "    return tenon__copy_abandon(copy == NULL ? NULL : &copy->call);\n"
         "}\n",
         HOLE("copy", function->copy), HOLE("end", part(arena, function, "end")),
         HOLE("abandon", part(arena, function, "abandon")),
         LIST("params", end_params(arena, function)));
}

void declare_copy_next(struct printer *printer, struct buf *out, const struct c_function *function)
{
    struct arena *arena = printer->arena;
    text_list params = {0};

    vec_push(arena, &params, "void *context");
    vec_push(arena, &params, "bool *found");
    vec_push(arena, &params,
             declare(arena, arena_printf(arena, "%s *", function->params_type), "row"));
    fill(
        out,
        "/** Gives a row to $query, which is zero before the call; *found = false behind the last\n"
        " * one. Text has to live until the next call. Another status than TENON_OK gives up. */\n"
        "typedef tenon_status $next($(params));\n"
        "\n",
        HOLE("query", function->query->name), HOLE("next", function->next),
        LIST("params", &params));
}

void print_copy_from(struct printer *printer, struct buf *out, const struct c_function *function)
{
    struct arena *arena = printer->arena;
    text_list params;

    list_params(arena, function, ROLE_PORT, &params);
    fill(out,
         "\n"
         "static tenon_status $own($(params))\n"
         "{\n"
         "    $copy *copy = $begin(self);\n"
         "    tenon_status given = TENON_OK, stored = TENON_OK;\n"
         "    bool found = true;\n"
         "\n"
         "    while (given == TENON_OK && stored == TENON_OK && found) {\n"
         "        $params_type row = TENON_ZERO($params_type);\n"
         "\n"
         "        given = next(context, &found, &row);\n"
         "        if (given == TENON_OK && found)\n"
         "            stored = $row(copy, &row);\n"
         "    }\n"
         "    if (given == TENON_OK)\n"
         "        return $end(copy, rows_affected);\n"
         "    $abandon(copy);\n"
         "    return given;\n"
         "}\n",
         HOLE("own", print_own(printer, "db", function->stem)), LIST("params", &params),
         HOLE("copy", function->copy), HOLE("begin", part(arena, function, "begin")),
         HOLE("row", part(arena, function, "row")), HOLE("end", part(arena, function, "end")),
         HOLE("abandon", part(arena, function, "abandon")),
         HOLE("params_type", function->params_type));
}

/* The callback is asked as by the adapter, so that it is tested with its caller. */
void print_take_rows(struct buf *out, const struct c_function *function, const char *slot,
                     bool may_be_refused)
{
    const char *refuse = arena_printf(out->arena,
                                      "%s.refused = refused_%s(&row);\n"
                                      "if (%s.refused != NULL)\n"
                                      "    return TENON_INVALID_ARGUMENT;\n",
                                      slot, c_name(out->arena, function->query->name), slot);

    fill(out,
         "    for ($slot.n_rows = 0;; $slot.n_rows++) {\n"
         "        $params_type row = TENON_ZERO($params_type);\n"
         "        bool found = false;\n"
         "        tenon_status status = next(context, &found, &row);\n"
         "\n"
         "        if (status != TENON_OK)\n"
         "            return status;\n"
         "        if (!found)\n"
         "            break;\n"
         "        $refuse\n"
         "    }\n",
         HOLE("slot", slot), HOLE("params_type", function->params_type),
         HOLE("refuse", may_be_refused ? refuse : ""));
}
