/* The test double of a port. Each function counts its calls, keeps the arguments of the last one,
 * and answers with what the test has set, or with what the test's hook does.
 */
#include "emit/print.h"

static const char *arguments_struct(struct printer *printer, const struct c_function *function)
{
    struct arena *arena = printer->arena;
    struct buf out = buf_in(arena);

    if (function->n_params == 0)
        return "";
    if (function->params_type)
        return arena_printf(arena, "%s args;\n", function->params_type);
    buf_adds(&out, "struct {\n");
    for (size_t i = 0; i < function->n_params; i++) {
        const struct c_param *param = &function->params[i];
        buf_addf(
            &out, "    %s;\n",
            declare(arena, param->nullable ? param->type->opt : param->type->decl, param->member));
    }
    buf_adds(&out, "} args;\n");
    return buf_text(&out);
}

/* What the function answers with, by command. */
static const char *answers(struct printer *printer, const struct c_function *function)
{
    struct arena *arena = printer->arena;
    const char *output = output_name(function);

    switch (function->command) {
    case C_ONE:
        return arena_printf(arena, "%s;\n", declare(arena, function->item, output));
    case C_OPT:
        return arena_printf(arena, "bool found;\n%s;\n", declare(arena, function->item, output));
    case C_MANY:
        return arena_printf(arena, "%s;\n", declare(arena, function->list, output));
    case C_EXECROWS:
        return "int64_t rows_affected;\n";
    case C_STREAM:
        return arena_printf(arena, "%s; /* as many as n_items */\nsize_t n_items;\n",
                            declare(arena, const_pointer(arena, function->item), "items"));
    case C_EXEC:
        break;
    }
    return "";
}

static void declare_member(struct printer *printer, struct buf *out,
                           const struct c_function *function)
{
    text_list params;

    list_params(printer->arena, function, ROLE_HOOK, &params);
    fill(out,
         "$gap"
         "    struct {\n"
         "        size_t calls;\n"
         "        $arguments\n"
         "        tenon_status status;\n"
         "        $answers\n"
         "        tenon_status (*hook)($(params));\n"
         "        void *hook_context;\n"
         "    } $name;\n",
         HOLE("gap", out->len > 0 ? "\n" : ""),
         HOLE("arguments", arguments_struct(printer, function)),
         HOLE("answers", answers(printer, function)), LIST("params", &params),
         HOLE("name", function->member));
}

static const char *constraint_member(struct printer *printer)
{
    if (printer->package->constraints.n == 0)
        return "";
    return arena_printf(printer->arena, "%s_constraint last_constraint;\n\n",
                        printer->package->name);
}

const char *print_fake_header(struct printer *printer, const struct c_module *module)
{
    struct arena *arena = printer->arena;
    struct buf body = buf_in(arena), members = buf_in(arena);
    const char *package = printer->package->name;

    for (size_t i = 0; i < module->functions.n; i++)
        declare_member(printer, &members, module->functions.items[i]);
    fill(&body,
         "/** A double of $port for tests; the zero value is ready for use.\n"
         " *\n"
         " * Each function adds 1 to its `calls`, keeps its arguments in `args` (pointers lead to "
         "what\n"
         " * the caller passed) and returns `status`; if that is TENON_OK, its outputs are copied "
         "from\n"
         " * the members of their names. With a `hook` it returns what the hook does instead. */\n"
         "typedef struct $fake {\n"
         "    $constraint\n"
         "$members\n"
         "} $fake;\n"
         "\n"
         "/** The port that uses the double, which must outlive it. */\n"
         "$port $function($fake *fake);\n",
         HOLE("port", arena_printf(arena, "%s_%s_repository", package, module->stem)),
         HOLE("fake", arena_printf(arena, "%s_%s_fake", package, module->stem)),
         HOLE("function", arena_printf(arena, "%s_%s_fake_repository", package, module->stem)),
         HOLE("constraint", constraint_member(printer)), HOLE("members", buf_text(&members)));
    return print_header(
        printer, module->file->path, arena_printf(arena, "%s_fake", module->stem),
        arena_printf(arena, "#include \"%s/%s_repository.h\"\n", package, module->name),
        buf_text(&body));
}

static const char *record_arguments(struct printer *printer, const struct c_function *function)
{
    struct buf out = buf_in(printer->arena);

    if (function->params_type)
        return arena_printf(printer->arena, "fake->%s.args = *params;\n", function->member);
    for (size_t i = 0; i < function->n_params; i++)
        buf_addf(&out, "fake->%s.args.%s = %s;\n", function->member, function->params[i].member,
                 function->params[i].name);
    return buf_text(&out);
}

static const char *give_answers(struct printer *printer, const struct c_function *function)
{
    struct arena *arena = printer->arena;
    const char *member = function->member, *output = output_name(function);

    switch (function->command) {
    case C_ONE:
    case C_MANY:
        return arena_printf(arena, "*%s = fake->%s.%s;\n", output, member, output);
    case C_OPT:
        return arena_printf(arena,
                            "*found = fake->%s.found;\n"
                            "if (*found)\n"
                            "    *%s = fake->%s.%s;\n",
                            member, output, member, output);
    case C_EXECROWS:
        return arena_printf(arena, "*rows_affected = fake->%s.rows_affected;\n", member);
    case C_STREAM:
        return arena_printf(arena,
                            "for (size_t i = 0; i < fake->%s.n_items; i++)\n"
                            "    if (!each(context, &fake->%s.items[i]))\n"
                            "        break;\n",
                            member, member);
    case C_EXEC:
        break;
    }
    return "";
}

static void define_function(struct printer *printer, struct buf *out, const char *fake,
                            const struct c_function *function)
{
    struct arena *arena = printer->arena;
    const char *slot = arena_printf(arena, "fake->%s", function->member);
    text_list params, arguments, hook = {0};

    list_params(arena, function, ROLE_PORT, &params);
    list_arguments(arena, function, ROLE_PORT, &arguments);
    vec_push(arena, &hook, arena_printf(arena, "%s.hook_context", slot));
    for (size_t i = 0; i < arguments.n; i++)
        vec_push(arena, &hook, arguments.items[i]);
    fill(out,
         "\n"
         "static tenon_status fake_$stem($(params))\n"
         "{\n"
         "    $type *fake = self;\n"
         "\n"
         "    $slot.calls++;\n"
         "    $record\n"
         "    if ($slot.hook)\n"
         "        return $slot.hook($(hook));\n",
         HOLE("stem", function->stem), LIST("params", &params), HOLE("type", fake),
         HOLE("slot", slot), HOLE("record", record_arguments(printer, function)),
         LIST("hook", &hook));
    fill(out,
         function->command == C_EXEC ? "    return $slot.status;\n"
                                       "}\n"
                                     : "    if ($slot.status != TENON_OK)\n"
                                       "        return $slot.status;\n"
                                       "    $answers\n"
                                       "    return TENON_OK;\n"
                                       "}\n",
         HOLE("slot", slot), HOLE("answers", give_answers(printer, function)));
}

static void define_constraint(struct printer *printer, struct buf *out, const char *fake)
{
    if (printer->package->constraints.n > 0)
        fill(out,
             "\n"
             "static $constraint fake_last_constraint(void *self)\n"
             "{\n"
             "    return (($fake *)self)->last_constraint;\n"
             "}\n",
             HOLE("constraint",
                  arena_printf(printer->arena, "%s_constraint", printer->package->name)),
             HOLE("fake", fake));
}

const char *print_fake_source(struct printer *printer, const struct c_module *module)
{
    struct arena *arena = printer->arena;
    struct buf out = buf_in(arena), members = buf_in(arena);
    const char *package = printer->package->name;
    const char *fake = arena_printf(arena, "%s_%s_fake", package, module->stem);

    fill(&out,
         "$signature\n"
         "#include \"$package/$file.h\"\n",
         HOLE("signature", print_signature(printer, module->file->path)), HOLE("package", package),
         HOLE("file", arena_printf(arena, "%s_fake", module->name)));
    define_constraint(printer, &out, fake);
    if (printer->package->constraints.n > 0)
        buf_adds(&members, ".last_constraint = fake_last_constraint,\n");
    for (size_t i = 0; i < module->functions.n; i++) {
        const struct c_function *function = module->functions.items[i];
        define_function(printer, &out, fake, function);
        buf_addf(&members, ".%s = fake_%s,\n", function->member, function->stem);
    }
    fill(&out,
         "\n"
         "$port $function($fake *fake)\n"
         "{\n"
         "    return ($port){\n"
         "        .self = fake,\n"
         "        $members\n"
         "    };\n"
         "}\n",
         HOLE("port", arena_printf(arena, "%s_%s_repository", package, module->stem)),
         HOLE("function", arena_printf(arena, "%s_%s_fake_repository", package, module->stem)),
         HOLE("fake", fake), HOLE("members", buf_text(&members)));
    return buf_text(&out);
}
