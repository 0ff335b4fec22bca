/* The port of a query file and its adapter. The port is a struct of function pointers in terms of
 * models and statuses, so that domain code needs no database; the adapter fills it with the
 * functions of the query file. A stream becomes a function that calls back for each row; a COPY is
 * there once more, with a callback that gives the rows.
 */
#include "emit/print.h"

#include <string.h>

static const char *constraint_member(struct printer *printer)
{
    if (printer->package->constraints.n == 0)
        return "";
    return arena_printf(printer->arena,
                        "\n/** The constraint that the last call broke. */\n"
                        "%s_constraint (*last_constraint)(void *self);\n",
                        printer->package->name);
}

static void declare_member(struct printer *printer, struct buf *out,
                           const struct c_function *function)
{
    const char *note = function->command == C_STREAM
                           ? "Calls `each` for each row, until it returns false. A row is valid "
                             "during the call."
                           : NULL;
    text_list params;

    list_params(printer->arena, function, ROLE_PORT, &params);
    fill(out,
         "\n"
         "    $doc\n"
         "    tenon_status (*$name)($(params));\n",
         HOLE("doc", print_function_doc(printer, function, note, 4)),
         HOLE("name", function->member), LIST("params", &params));
}

static void declare_callback(struct printer *printer, struct buf *out,
                             const struct c_function *function)
{
    const char *item = const_pointer(printer->arena, function->item);

    fill(out,
         "/** Takes a row of $query; false ends the stream. */\n"
         "typedef bool $each(void *context, $item);\n"
         "\n",
         HOLE("query", function->query->name), HOLE("each", function->each),
         HOLE("item", declare(printer->arena, item, output_name(function))));
}

const char *print_repository_header(struct printer *printer, const struct c_module *module)
{
    struct arena *arena = printer->arena;
    struct buf body = buf_in(arena), members = buf_in(arena);

    for (size_t i = 0; i < module->functions.n; i++) {
        const struct c_function *function = module->functions.items[i];

        declare_member(printer, &members, function);
        if (function->command == C_STREAM)
            declare_callback(printer, &body, function);
        if (!function->rows)
            continue;
        declare_member(printer, &members, function->rows);
        declare_copy_next(printer, &body, function);
    }
    fill(
        &body,
        "/** The queries of $file as a port: each function gets `self` first. */\n"
        "typedef struct $name {\n"
        "    void *self;\n"
        "    $constraint\n"
        "$members\n"
        "} $name;\n"
        "\n"
        "/** The queries on a connection, which must outlive the result. */\n"
        "$name $on(tenon_db *db);\n",
        HOLE("file", c_comment_text(arena, shown_path(module->file->path))),
        HOLE("name", arena_printf(arena, "%s_%s_repository", printer->package->name, module->stem)),
        HOLE("on", arena_printf(arena, "%s_%s_on", printer->package->name, module->stem)),
        HOLE("constraint", constraint_member(printer)), HOLE("members", buf_text(&members)));
    return print_header(
        printer, module->file->path, arena_printf(arena, "%s_repository", module->stem),
        arena_printf(arena, "#include \"%s/%s.h\"\n", printer->package->name, module->name),
        buf_text(&body));
}

static void define_stream(struct printer *printer, struct buf *out,
                          const struct c_function *function)
{
    struct arena *arena = printer->arena;
    const char *item = const_pointer(arena, function->item);
    text_list params, arguments, begin = {0};

    list_params(arena, function, ROLE_PORT, &params);
    list_arguments(arena, function, ROLE_BEGIN, &arguments);
    vec_push(arena, &begin, "self");
    for (size_t i = 0; i < arguments.n; i++)
        vec_push(arena, &begin, arguments.items[i]);
    fill(out,
         "\n"
         "static tenon_status $own($(params))\n"
         "{\n"
         "    $name *stream = $name_begin($(begin));\n"
         "    $item;\n"
         "\n"
         "    while (($output = $next(stream)) && each(context, $output))\n"
         "        continue;\n"
         "    return $end(stream);\n"
         "}\n",
         HOLE("own", print_own(printer, "db", function->stem)), LIST("params", &params),
         HOLE("name", function->name),
         HOLE("name_begin", arena_printf(arena, "%s_begin", function->name)), LIST("begin", &begin),
         HOLE("item", declare(arena, item, output_name(function))),
         HOLE("output", output_name(function)),
         HOLE("next", arena_printf(arena, "%s_next", function->name)),
         HOLE("end", arena_printf(arena, "%s_end", function->name)));
}

static void define_function(struct printer *printer, struct buf *out,
                            const struct c_function *function)
{
    struct arena *arena = printer->arena;
    text_list params, arguments, call = {0};

    list_params(arena, function, ROLE_PORT, &params);
    list_arguments(arena, function, ROLE_PORT, &arguments);
    vec_push(arena, &call, "self");
    for (size_t i = 0; i < arguments.n; i++)
        vec_push(arena, &call, arguments.items[i]);
    fill(out,
         "\n"
         "static tenon_status $own($(params))\n"
         "{\n"
         "    return $name($(call));\n"
         "}\n",
         HOLE("own", print_own(printer, "db", function->stem)), LIST("params", &params),
         HOLE("name", function->name), LIST("call", &call));
}

static void define_constraint(struct printer *printer, struct buf *out)
{
    if (printer->package->constraints.n > 0)
        fill(out,
             "\n"
             "static $package_constraint $own(void *self)\n"
             "{\n"
             "    return $package_constraint_of_error(self);\n"
             "}\n",
             HOLE("own", print_own(printer, "db", "last_constraint")),
             HOLE("package_constraint",
                  arena_printf(printer->arena, "%s_constraint", printer->package->name)),
             HOLE("package_constraint_of_error",
                  arena_printf(printer->arena, "%s_constraint_of_error", printer->package->name)));
}

const char *print_repository_source(struct printer *printer, const struct c_module *module)
{
    struct arena *arena = printer->arena;
    struct buf out = buf_in(arena), members = buf_in(arena);

    fill(&out,
         "$signature\n"
         "#include \"$package/$module_repository.h\"\n",
         HOLE("signature", print_signature(printer, module->file->path)),
         HOLE("package", printer->package->name),
         HOLE("module_repository", arena_printf(arena, "%s_repository", module->name)));
    define_constraint(printer, &out);
    if (printer->package->constraints.n > 0)
        buf_addf(&members, ".last_constraint = %s,\n", print_own(printer, "db", "last_constraint"));
    for (size_t i = 0; i < module->functions.n; i++) {
        const struct c_function *function = module->functions.items[i];
        if (function->command == C_STREAM)
            define_stream(printer, &out, function);
        else
            define_function(printer, &out, function);
        buf_addf(&members, ".%s = %s,\n", function->member,
                 print_own(printer, "db", function->stem));
        if (!function->rows)
            continue;
        print_copy_from(printer, &out, function->rows);
        buf_addf(&members, ".%s = %s,\n", function->rows->member,
                 print_own(printer, "db", function->rows->stem));
    }
    fill(
        &out,
        "\n"
        "$name $on(tenon_db *db)\n"
        "{\n"
        "    return ($name){\n"
        "        .self = db,\n"
        "        $members\n"
        "    };\n"
        "}\n",
        HOLE("name", arena_printf(arena, "%s_%s_repository", printer->package->name, module->stem)),
        HOLE("on", arena_printf(arena, "%s_%s_on", printer->package->name, module->stem)),
        HOLE("members", buf_text(&members)));
    return buf_text(&out);
}
