/* The test double of a port. Each function counts its calls, keeps the arguments of the last one,
 * and answers with what the test has set, or with what the test's hook does. Text is copied, since
 * a caller's buffer is often gone when the test looks; into the double itself, so that there is
 * nothing to free.
 */
#include "emit/print.h"

enum { KEPT_SIZE = 256 }; /* bytes of a copied text */

static bool is_text(const struct c_param *param)
{
    return name_eq(param->type->decl, "const char *");
}

static size_t count_texts(const struct c_function *function)
{
    size_t n = 0;

    if (c_command_repeats(function->command) || function->command == C_COPY_ROWS)
        return 0;
    for (size_t i = 0; i < function->n_params; i++)
        n += is_text(&function->params[i]);
    return n;
}

/* When a query would refuse the parameter, as a condition of C; NULL: never. */
static const char *refusal(struct arena *arena, const struct c_param *param, const char *value)
{
    const struct c_type *type = param->type;

    if (type->enumeration && param->nullable)
        return arena_printf(arena,
                            "%s.present ? (unsigned)%s.value - 1 >= %s : (unsigned)%s.value != 0",
                            value, value, type->enumeration->count, value);
    if (type->enumeration)
        return arena_printf(arena, "(unsigned)%s - 1 >= %s", value, type->enumeration->count);
    if (param->nullable)
        return type->is_stray ? arena_printf(arena, "%s(%s)", type->is_stray, value) : NULL;
    if (type->form == C_POINTER)
        return arena_printf(arena, is_text(param) ? "%s == NULL" : "%s.data == NULL", value);
    return NULL;
}

static bool may_be_refused(struct arena *arena, const struct c_function *function)
{
    for (size_t i = 0; i < function->n_params; i++)
        if (refusal(arena, &function->params[i], ""))
            return true;
    return false;
}

/* Room for the copies. */
static const char *kept_texts(struct printer *printer, const struct c_function *function)
{
    size_t n = count_texts(function);

    return n > 0 ? arena_printf(printer->arena, "char kept[%zu][%d];\n", n, KEPT_SIZE) : "";
}

static const char *arguments_struct(struct printer *printer, const struct c_function *function)
{
    struct arena *arena = printer->arena;
    struct buf out = buf_in(arena);

    if (function->n_params == 0 || function->command == C_COPY_ROWS)
        return "";
    if (c_command_repeats(function->command))
        return arena_printf(arena, "struct {\n    %s;\n    size_t count;\n} args;\n",
                            declare(arena, const_pointer(arena, function->params_type), "items"));
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

/* What the function answers with. */
static const char *answers(struct printer *printer, const struct c_function *function)
{
    struct arena *arena = printer->arena;
    const char *output = output_name(function);

    switch (c_command_output(function->command)) {
    case OUTPUT_ITEM:
        return arena_printf(arena, "%s;\n", declare(arena, function->item, output));
    case OUTPUT_FOUND:
        return arena_printf(arena, "bool found;\n%s;\n", declare(arena, function->item, output));
    case OUTPUT_LIST:
        return arena_printf(arena, "%s;\n", declare(arena, function->list, output));
    case OUTPUT_LISTS:
        return arena_printf(arena, "%s;\n", declare(arena, function->lists, output));
    case OUTPUT_COUNT:
        return function->command == C_COPY_ROWS
                   ? "int64_t rows_affected;\n"
                     "size_t n_rows; /* how many the callback gave to the last call */\n"
                   : "int64_t rows_affected;\n";
    case OUTPUT_EACH:
        return arena_printf(arena, "%s; /* as many as n_items */\nsize_t n_items;\n",
                            declare(arena, const_pointer(arena, function->item), "items"));
    case OUTPUT_NOTHING:
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
         "        $kept\n"
         "        $refused\n"
         "        tenon_status status;\n"
         "        $answers\n"
         "        tenon_status (*hook)($(params));\n"
         "        void *hook_context;\n"
         "    } $name;\n",
         HOLE("gap", out->len > 0 ? "\n" : ""),
         HOLE("arguments", arguments_struct(printer, function)),
         HOLE("kept", kept_texts(printer, function)),
         HOLE("refused", may_be_refused(printer->arena, function)
                             ? "const char *refused; /* the parameter that a query would refuse */"
                             : ""),
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

    for (size_t i = 0; i < module->functions.n; i++) {
        declare_member(printer, &members, module->functions.items[i]);
        if (module->functions.items[i]->rows)
            declare_member(printer, &members, module->functions.items[i]->rows);
    }
    fill(
        &body,
        "/** A double of $port for tests; the zero value is ready for use.\n"
        " *\n"
        " * Each function adds 1 to its `calls`, keeps its arguments in `args` and returns "
        "`status`; if\n"
        " * that is TENON_OK, its outputs are copied from the members of their names. With a "
        "`hook` it\n"
        " * returns what the hook does instead. Text in `args` is a copy, cut at $cut bytes; "
        "other\n"
        " * pointers lead to what the caller passed. What a query refuses before it is sent "
        "(UNSET, a "
        "NULL\n"
        " * for NOT NULL, a value that is not present) is TENON_INVALID_ARGUMENT here as well, and "
        "`refused`\n"
        " * names the parameter. */\n"
        "typedef struct $fake {\n"
        "    $constraint\n"
        "$members\n"
        "} $fake;\n"
        "\n"
        "/** The port that uses the double, which must outlive it. */\n"
        "$port $function($fake *fake);\n",
        HOLE("port", arena_printf(arena, "%s_%s_repository", package, module->stem)),
        HOLE("cut", arena_printf(arena, "%d", KEPT_SIZE - 1)),
        HOLE("fake", arena_printf(arena, "%s_%s_fake", package, module->stem)),
        HOLE("function", arena_printf(arena, "%s_%s_fake_repository", package, module->stem)),
        HOLE("constraint", constraint_member(printer)), HOLE("members", buf_text(&members)));
    return print_header(
        printer, module->file->path, arena_printf(arena, "%s_fake", module->stem),
        arena_printf(arena, "#include \"%s/%s_repository.h\"\n", package, module->name),
        buf_text(&body));
}

static void keep_argument(struct buf *out, const char *slot, const struct c_param *param, size_t i,
                          const char *value)
{
    const char *part = param->nullable ? ".or_null" : "";
    text_list args = {0};

    vec_push(out->arena, &args, arena_printf(out->arena, "%s.kept[%zu]", slot, i));
    vec_push(out->arena, &args, arena_printf(out->arena, "%s%s", value, part));
    fill(out, "$slot.args.$member$part = keep_text($(args));\n", HOLE("slot", slot),
         HOLE("member", param->member), HOLE("part", part), LIST("args", &args));
}

/* What the function that looks at them is given: a struct, or those that can be refused. */
static void list_refusable(struct arena *arena, const struct c_function *function, text_list *types,
                           text_list *names)
{
    if (function->params_type) {
        vec_push(arena, types,
                 declare(arena, const_pointer(arena, function->params_type), "params"));
        vec_push(arena, names, "params");
    }
    for (size_t i = 0; i < function->n_params && !function->params_type; i++) {
        const struct c_param *param = &function->params[i];

        if (!refusal(arena, param, ""))
            continue;
        vec_push(
            arena, types,
            declare(arena, param->nullable ? param->type->opt : param->type->decl, param->name));
        vec_push(arena, names, param->name);
    }
}

/* The function that names the first parameter that a query would refuse. */
static void define_refusal(struct buf *out, const struct c_function *function)
{
    struct arena *arena = out->arena;
    struct buf tests = buf_in(arena);
    text_list types = {0}, names = {0};

    if (!may_be_refused(arena, function))
        return;
    list_refusable(arena, function, &types, &names);
    for (size_t i = 0; i < function->n_params; i++) {
        const struct c_param *param = &function->params[i];
        const char *value =
            function->params_type ? arena_printf(arena, "params->%s", param->member) : param->name;
        const char *condition = refusal(arena, param, value);

        if (condition)
            buf_addf(&tests, "if (%s)\n    return %s;\n", condition,
                     c_string(arena, param->sql_name));
    }
    fill(out,
         "\n"
         "static const char *refused_$stem($(types))\n"
         "{\n"
         "    $tests\n"
         "    return NULL;\n"
         "}\n",
         HOLE("stem", function->stem), LIST("types", &types), HOLE("tests", buf_text(&tests)));
}

static bool needs_strays(const struct c_module *module)
{
    for (size_t i = 0; i < module->functions.n; i++)
        for (size_t k = 0; k < module->functions.items[i]->n_params; k++) {
            const struct c_param *param = &module->functions.items[i]->params[k];

            if (param->nullable && param->type->is_stray)
                return true;
        }
    return false;
}

/* Of a COPY whose rows a callback gives it is done row by row. */
static const char *refuse_arguments(struct arena *arena, const struct c_function *function,
                                    const char *slot)
{
    text_list types = {0}, names = {0};
    struct buf out = buf_in(arena);

    if (!may_be_refused(arena, function) || function->command == C_COPY_ROWS)
        return "";
    list_refusable(arena, function, &types, &names);
    if (c_command_repeats(function->command))
        fill(&out,
             "$slot.refused = NULL;\n"
             "for (size_t i = 0; i < count && $slot.refused == NULL; i++)\n"
             "    $slot.refused = refused_$stem(&items[i]);\n",
             HOLE("slot", slot), HOLE("stem", function->stem));
    else
        fill(&out, "$slot.refused = refused_$stem($(names));\n", HOLE("slot", slot),
             HOLE("stem", function->stem), LIST("names", &names));
    fill(&out,
         "if ($slot.refused != NULL)\n"
         "    return TENON_INVALID_ARGUMENT;\n",
         HOLE("slot", slot));
    return buf_text(&out);
}

static const char *record_arguments(struct printer *printer, const struct c_function *function)
{
    struct buf out = buf_in(printer->arena);
    const char *slot = arena_printf(printer->arena, "fake->%s", function->member);
    size_t n_kept = 0;

    if (function->command == C_COPY_ROWS)
        return "";
    if (c_command_repeats(function->command))
        return arena_printf(printer->arena, "%s.args.items = items;\n%s.args.count = count;\n",
                            slot, slot);
    if (function->params_type)
        buf_addf(&out, "%s.args = *params;\n", slot);
    for (size_t i = 0; i < function->n_params; i++) {
        const struct c_param *param = &function->params[i];
        const char *value = function->params_type
                                ? arena_printf(printer->arena, "params->%s", param->member)
                                : param->name;
        if (is_text(param))
            keep_argument(&out, slot, param, n_kept++, value);
        else if (!function->params_type)
            buf_addf(&out, "%s.args.%s = %s;\n", slot, param->member, value);
    }
    return buf_text(&out);
}

static const char *give_answers(struct printer *printer, const struct c_function *function)
{
    struct arena *arena = printer->arena;
    const char *member = function->member, *output = output_name(function);

    switch (c_command_output(function->command)) {
    case OUTPUT_ITEM:
    case OUTPUT_LIST:
    case OUTPUT_LISTS:
        return arena_printf(arena, "*%s = fake->%s.%s;\n", output, member, output);
    case OUTPUT_FOUND:
        return arena_printf(arena,
                            "*found = fake->%s.found;\n"
                            "if (*found)\n"
                            "    *%s = fake->%s.%s;\n",
                            member, output, member, output);
    case OUTPUT_COUNT:
        return arena_printf(arena, "*rows_affected = fake->%s.rows_affected;\n", member);
    case OUTPUT_EACH:
        return arena_printf(arena,
                            "for (size_t i = 0; i < fake->%s.n_items; i++)\n"
                            "    if (!each(context, &fake->%s.items[i]))\n"
                            "        break;\n",
                            member, member);
    case OUTPUT_NOTHING:
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
         "static tenon_status $own($(params))\n"
         "{\n"
         "    $type *fake = self;\n"
         "\n"
         "    $slot.calls++;\n"
         "    $record\n"
         "    $refuse\n"
         "    if ($slot.hook)\n"
         "        return $slot.hook($(hook));\n",
         HOLE("own", print_own(printer, "fake", function->stem)), LIST("params", &params),
         HOLE("type", fake), HOLE("slot", slot),
         HOLE("record", record_arguments(printer, function)),
         HOLE("refuse", refuse_arguments(printer->arena, function, slot)), LIST("hook", &hook));
    if (function->command == C_COPY_ROWS)
        print_take_rows(out, function, slot, may_be_refused(arena, function));
    fill(out,
         c_command_output(function->command) == OUTPUT_NOTHING
             ? "    return $slot.status;\n"
               "}\n"
             : "    if ($slot.status != TENON_OK)\n"
               "        return $slot.status;\n"
               "    $answers\n"
               "    return TENON_OK;\n"
               "}\n",
         HOLE("slot", slot), HOLE("answers", give_answers(printer, function)));
}

/* Only where something is kept: the function would be unused. */
static void define_keep(struct buf *out, const struct c_module *module)
{
    size_t n = 0;

    for (size_t i = 0; i < module->functions.n; i++)
        n += count_texts(module->functions.items[i]);
    if (n > 0)
        fill(out,
             "\n"
             "#include <stdio.h>\n"
             "\n"
             "static const char *keep_text(char *copy, const char *text)\n"
             "{\n"
             "    if (text == NULL)\n"
             "        return NULL;\n"
             "    snprintf(copy, $size, \"%s\", text);\n"
             "    return copy;\n"
             "}\n",
             HOLE("size", arena_printf(out->arena, "%d", KEPT_SIZE)));
}

static void define_constraint(struct printer *printer, struct buf *out, const char *fake)
{
    if (printer->package->constraints.n > 0)
        fill(out,
             "\n"
             "static $constraint $own(void *self)\n"
             "{\n"
             "    return (($fake *)self)->last_constraint;\n"
             "}\n",
             HOLE("own", print_own(printer, "fake", "last_constraint")),
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
    if (needs_strays(module))
        buf_adds(&out, "\n#include <tenon/generated/stray.h>\n");
    define_keep(&out, module);
    define_constraint(printer, &out, fake);
    if (printer->package->constraints.n > 0)
        buf_addf(&members, ".last_constraint = %s,\n",
                 print_own(printer, "fake", "last_constraint"));
    for (size_t i = 0; i < module->functions.n; i++) {
        const struct c_function *function = module->functions.items[i];
        define_refusal(&out, function);
        define_function(printer, &out, fake, function);
        buf_addf(&members, ".%s = %s,\n", function->member,
                 print_own(printer, "fake", function->stem));
        if (!function->rows)
            continue;
        define_function(printer, &out, fake, function->rows);
        buf_addf(&members, ".%s = %s,\n", function->rows->member,
                 print_own(printer, "fake", function->rows->stem));
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
