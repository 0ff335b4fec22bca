/* models.h and models.c: the package's types, and nothing that needs a connection but the question
 * which constraint an error names.
 */
#include "emit/print.h"

#include <string.h>

enum { RUNTIME_ABI = 1 }; /* TENON_ABI of the runtime that this code is written for */

static const char *text_of(struct arena *arena, size_t n)
{
    return arena_printf(arena, "%zu", n);
}

/* What may be NULL, and arrays, of a type that models.h declares. */
static void add_variants(struct buf *out, const struct c_type *type)
{
    text_list args = {0};

    fill(out,
         "\n"
         "TENON_DEFINE_OPT($opt, $type);\n",
         HOLE("opt", type->opt), HOLE("type", type->decl));
    vec_push(out->arena, &args, type->array);
    vec_push(out->arena, &args, type->opt_array);
    vec_push(out->arena, &args, type->decl);
    fill(out, "TENON_DEFINE_ARRAY_AND_OPT($(args));\n", LIST("args", &args));
}

static void add_enum(struct printer *printer, struct buf *out, const struct c_enum *type)
{
    struct arena *arena = printer->arena;
    struct buf constants = buf_in(arena);
    const char *doc =
        arena_printf(arena, "The type %s.%s%s", type->ir->sql_name, type->ir->comment ? " " : "",
                     type->ir->comment ? type->ir->comment : "");

    buf_addf(&constants, "%s, /**< none: a query refuses it */\n", type->unset);
    for (size_t i = 0; i < type->n_labels; i++)
        buf_addf(&constants, "%s,\n", type->labels[i].constant);
    fill(out,
         "\n"
         "$doc\n"
         "typedef enum $name {\n"
         "    $constants\n"
         "} $name;\n"
         "\n"
         "/** The number of labels, whose values begin with 1. */\n"
         "#define $count $n\n"
         "\n"
         "/** The labels as PostgreSQL spells them, by value; NULL for $unset. */\n"
         "extern const char *const $labels[$count + 1];\n"
         "\n"
         "/** The label of a value; NULL for a number that is none. */\n"
         "const char *$name_of($name value);\n"
         "\n"
         "/** Sets the value of a label; false, and nothing set, when there is no such label. */\n"
         "bool $parse(const char *label, $name *value);\n",
         HOLE("doc", c_doc_comment(arena, doc, 0)), HOLE("name", type->name),
         HOLE("constants", buf_text(&constants)), HOLE("n", text_of(arena, type->n_labels)),
         HOLE("count", type->count), HOLE("unset", type->unset),
         HOLE("labels", arena_printf(arena, "%s_labels", type->name)),
         HOLE("name_of", arena_printf(arena, "%s_name", type->name)),
         HOLE("parse", arena_printf(arena, "%s_parse", type->name)));
    add_variants(out, type->type);
}

static void add_record(struct printer *printer, struct buf *out, const struct c_record *type)
{
    struct arena *arena = printer->arena;
    const char *doc =
        arena_printf(arena, "The composite type %s.%s%s", type->ir->sql_name,
                     type->ir->comment ? " " : "", type->ir->comment ? type->ir->comment : "");

    fill(out,
         "\n"
         "$doc\n"
         "typedef struct $name {\n"
         "    $members\n"
         "} $name;\n",
         HOLE("doc", c_doc_comment(arena, doc, 0)), HOLE("name", type->name),
         HOLE("members", print_members(printer, type->fields, type->n_fields)));
    add_variants(out, type->type);
}

static void add_range(struct printer *printer, struct buf *out, const struct c_range *type)
{
    const char *decl = type->subtype->decl; /* the macro declares two members at once */
    const char *subtype = str_ends_with(str_from(decl), "*") ? "tenon_text" : decl;
    const char *doc =
        arena_printf(printer->arena, "The range type %s.%s%s", type->ir->sql_name,
                     type->ir->comment ? " " : "", type->ir->comment ? type->ir->comment : "");

    fill(out,
         "\n"
         "$doc\n"
         "TENON_DEFINE_RANGE($name, $subtype);\n",
         HOLE("doc", c_doc_comment(printer->arena, doc, 0)), HOLE("name", type->name),
         HOLE("subtype", subtype));
    add_variants(out, type->type);
}

static void add_constant(struct buf *out, const char *constant, const char *doc, int width)
{
    const char *comma = arena_printf(out->arena, "%s,", constant);

    buf_addf(out, "%-*s /**< %s */\n", width + 1, comma, c_comment_text(out->arena, doc));
}

static void add_constraints(struct printer *printer, struct buf *out)
{
    const struct c_package *package = printer->package;
    struct buf constants = buf_in(printer->arena);
    const char *none = arena_printf(printer->arena, "%s_CONSTRAINT_NONE", package->upper);
    int width = (int)strlen(none);

    for (size_t i = 0; i < package->constraints.n; i++)
        if ((int)strlen(package->constraints.items[i].constant) > width)
            width = (int)strlen(package->constraints.items[i].constant);
    add_constant(&constants, none, "none of these", width);
    for (size_t i = 0; i < package->constraints.n; i++) {
        const struct c_constraint *constraint = &package->constraints.items[i];
        add_constant(&constants, constraint->constant,
                     arena_printf(printer->arena, "of %s", constraint->doc), width);
    }
    fill(out,
         "\n"
         "/** The constraints and unique indexes of the schema. */\n"
         "typedef enum $package_constraint {\n"
         "    $constants\n"
         "} $package_constraint;\n"
         "\n"
         "/** The constraint that the last failure of db broke. */\n"
         "$package_constraint $function(const tenon_db *db);\n"
         "\n"
         "/** What the database calls it; NULL for $none. */\n"
         "const char *$package_constraint_name($package_constraint value);\n",
         HOLE("none", none),
         HOLE("package_constraint_name",
              arena_printf(printer->arena, "%s_constraint_name", package->name)),
         HOLE("package_constraint", arena_printf(printer->arena, "%s_constraint", package->name)),
         HOLE("function", arena_printf(printer->arena, "%s_constraint_of_error", package->name)),
         HOLE("constants", buf_text(&constants)));
}

/* Includes of the user's types, each once, in order of use. */
static void add_includes(struct printer *printer, struct buf *out)
{
    struct map seen = {.arena = printer->arena};

    for (size_t i = 0; i < printer->package->customs.n; i++) {
        const char *include = printer->package->customs.items[i]->override->include;
        if (include && !map_find(&seen, include)) {
            buf_addf(out, "#include %s\n", include);
            map_put(&seen, include, out);
        }
    }
}

const char *print_models_header(struct printer *printer)
{
    const struct c_package *package = printer->package;
    struct arena *arena = printer->arena;
    struct buf body = buf_in(arena), includes = buf_in(arena);

    buf_addf(&body, "TENON_REQUIRE_ABI(%d);\n", RUNTIME_ABI);
    for (size_t i = 0; i < package->enums.n; i++)
        add_enum(printer, &body, package->enums.items[i]);
    for (size_t i = 0; i < package->customs.n; i++)
        add_variants(&body, package->customs.items[i]->type);
    for (size_t i = 0; i < package->ranges.n; i++)
        add_range(printer, &body, package->ranges.items[i]);
    for (size_t i = 0; i < package->records.n; i++)
        add_record(printer, &body, package->records.items[i]);
    for (size_t i = 0; i < package->rows.n; i++)
        print_row(printer, &body, package->rows.items[i]);
    for (size_t i = 0; i < package->params.n; i++)
        print_params(printer, &body, package->params.items[i]);
    if (package->constraints.n > 0)
        add_constraints(printer, &body);
    buf_adds(&includes, "#include <tenon/types.h>\n");
    add_includes(printer, &includes);
    return print_header(printer, "the schema", "models", buf_text(&includes), buf_text(&body));
}

static void add_enum_functions(struct printer *printer, struct buf *out, const struct c_enum *type)
{
    struct arena *arena = printer->arena;
    struct buf labels = buf_in(arena);

    for (size_t i = 0; i < type->n_labels; i++)
        buf_addf(&labels, "[%s] = %s,\n", type->labels[i].constant,
                 c_string(arena, type->labels[i].text));
    fill(out,
         "\n"
         "const char *const $labels[$count + 1] = {\n"
         "    $items\n"
         "};\n"
         "\n"
         "const char *$name_of($name value)\n"
         "{\n"
         "    return (size_t)value <= $count ? $labels[value] : NULL;\n"
         "}\n"
         "\n"
         "bool $parse(const char *label, $name *value)\n"
         "{\n"
         "    for (size_t i = 1; i <= $count; i++) {\n"
         "        if (strcmp(label, $labels[i]) == 0) {\n"
         "            *value = ($name)i;\n"
         "            return true;\n"
         "        }\n"
         "    }\n"
         "    return false;\n"
         "}\n",
         HOLE("labels", arena_printf(arena, "%s_labels", type->name)), HOLE("name", type->name),
         HOLE("items", buf_text(&labels)), HOLE("count", type->count),
         HOLE("name_of", arena_printf(arena, "%s_name", type->name)),
         HOLE("parse", arena_printf(arena, "%s_parse", type->name)));
}

static void add_constraint_function(struct printer *printer, struct buf *out)
{
    const struct c_package *package = printer->package;
    struct arena *arena = printer->arena;
    struct buf items = buf_in(arena);
    text_list args = {0};

    vec_push(arena, &args, "db");
    vec_push(arena, &args, "constraints");
    vec_push(arena, &args, text_of(arena, package->constraints.n));
    vec_push(arena, &args, arena_printf(arena, "%s_CONSTRAINT_NONE", package->upper));
    for (size_t i = 0; i < package->constraints.n; i++)
        buf_addf(&items, "{%s, %s},\n", c_string(arena, package->constraints.items[i].name),
                 package->constraints.items[i].constant);
    fill(out,
         "\n"
         "/* Sorted by name. */\n"
         "static const tenon__constraint constraints[] = {\n"
         "    $items\n"
         "};\n"
         "\n"
         "$type $type_of_error(const tenon_db *db)\n"
         "{\n"
         "    return ($type)tenon__constraint_of_error($(args));\n"
         "}\n"
         "\n"
         "const char *$type_name($type value)\n"
         "{\n"
         "    const size_t at = (size_t)value - 1;\n"
         "\n"
         "    return at < $n ? constraints[at].name : NULL;\n"
         "}\n",
         HOLE("type_name", arena_printf(arena, "%s_constraint_name", package->name)),
         HOLE("n", text_of(arena, package->constraints.n)), HOLE("items", buf_text(&items)),
         HOLE("type", arena_printf(arena, "%s_constraint", package->name)),
         HOLE("type_of_error", arena_printf(arena, "%s_constraint_of_error", package->name)),
         LIST("args", &args));
}

const char *print_models_source(struct printer *printer)
{
    const struct c_package *package = printer->package;
    struct buf out = buf_in(printer->arena);

    fill(&out,
         "$signature\n"
         "#include \"$package/models.h\"\n",
         HOLE("signature", print_signature(printer, "the schema")), HOLE("package", package->name));
    if (package->enums.n > 0)
        buf_adds(&out, "\n#include <string.h>\n");
    if (package->constraints.n > 0)
        buf_adds(&out, "\n#include <tenon/generated.h>\n");
    for (size_t i = 0; i < package->enums.n; i++)
        add_enum_functions(printer, &out, package->enums.items[i]);
    if (package->constraints.n > 0)
        add_constraint_function(printer, &out);
    return buf_text(&out);
}
