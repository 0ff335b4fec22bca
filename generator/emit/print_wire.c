/* models_wire.h: how the types of models.h are read from results and bound as parameters. Only the
 * package's own sources include it, but like every header it compiles as C++ too. Of each type just
 * those functions are made that some query needs.
 */
#include "emit/print.h"

static const char *text_of(struct arena *arena, size_t n)
{
    return arena_printf(arena, "%zu", n);
}

static bool needs_read(const struct c_type *type)
{
    return type->uses & (USE_READ | USE_READ_OPT | USE_ARRAY);
}

static bool needs_bind(const struct c_type *type)
{
    return type->uses & (USE_BIND | USE_BIND_OPT | USE_ARRAY);
}

/* Whether an optional that is not present holds a value all the same; "" where nothing is known of
 * the type, which is the user's. */
static const char *is_set(struct arena *arena, const struct c_type *type)
{
    struct buf out = buf_in(arena);

    if (type->enumeration)
        return arena_printf(arena, "opt.value != %s", type->enumeration->unset);
    if (type->range)
        return "TENON__RANGE_IS_SET";
    for (size_t i = 0; type->record && i < type->record->n_fields; i++) {
        const struct c_field *field = &type->record->fields[i];
        bool is_text = name_eq(field->type->opt, "tenon_opt_text");

        buf_addf(&out, "%sopt.value.%s.%s", i > 0 ? " || " : "", field->name,
                 is_text ? "or_null != NULL" : "present");
    }
    return buf_text(&out);
}

static const char *refuse_stray(struct arena *arena, const struct c_type *type)
{
    const char *condition = is_set(arena, type);

    return *condition ? arena_printf(arena,
                                     "else if (%s)\n"
                                     "    tenon__refuse_stray(call, call->param_name);\n",
                                     condition)
                      : "";
}

/* What follows from reading and binding a value: what may be NULL, and arrays. */
static void add_derived(struct buf *out, const struct c_type *type)
{
    struct arena *arena = out->arena;
    text_list args = {0};

    if (type->uses & USE_READ_OPT)
        fill(out,
             "\n"
             "static inline $opt $read_opt(tenon__call *call)\n"
             "{\n"
             "    $opt value;\n"
             "\n"
             "    memset(&value, 0, sizeof value);\n"
             "    value.present = tenon__present(call);\n"
             "    if (value.present)\n"
             "        value.value = $read(call);\n"
             "    return value;\n"
             "}\n",
             HOLE("opt", type->opt), HOLE("read_opt", type->read_opt), HOLE("read", type->read));
    if (type->uses & USE_BIND_OPT)
        fill(out,
             "\n"
             "static inline void $bind_opt($(params))\n"
             "{\n"
             "    if (opt.present)\n"
             "        $bind(call, opt.value);\n"
             "    $refuse\n"
             "    else\n"
             "        tenon__bind_null(call);\n"
             "}\n",
             LIST("params", call_and(arena, type->opt, "opt")), HOLE("bind_opt", type->bind_opt),
             HOLE("bind", type->bind), HOLE("refuse", refuse_stray(arena, type)));
    if (!(type->uses & USE_ARRAY))
        return;
    vec_push(arena, &args, arena_printf(arena, "%s_array", type->array_io));
    vec_push(arena, &args, type->array);
    vec_push(arena, &args, type->opt_array);
    vec_push(arena, &args, type->decl);
    vec_push(arena, &args, type->read);
    vec_push(arena, &args, type->bind);
    fill(out,
         "\n"
         "TENON__DEFINE_ARRAY_IO($(args))\n",
         LIST("args", &args));
}

static void add_enum(struct printer *printer, struct buf *out, const struct c_enum *type)
{
    const char *n = type->count;
    const char *labels = arena_printf(printer->arena, "%s_labels", type->name);

    if (needs_read(type->type))
        fill(out,
             "\n"
             "static inline $name $read(tenon__call *call)\n"
             "{\n"
             "    return ($name)tenon__read_enum(call, $labels, $n);\n"
             "}\n",
             HOLE("name", type->name), HOLE("read", type->type->read), HOLE("labels", labels),
             HOLE("n", n));
    if (needs_bind(type->type))
        fill(out,
             "\n"
             "static inline void $bind($(params))\n"
             "{\n"
             "    tenon__bind_enum(call, $labels, $n, (int)value);\n"
             "}\n",
             LIST("params", call_and(printer->arena, type->name, "value")),
             HOLE("bind", type->type->bind), HOLE("labels", labels), HOLE("n", n));
    add_derived(out, type->type);
}

static void add_custom(struct printer *printer, struct buf *out, const struct c_custom *type)
{
    struct arena *arena = printer->arena;
    const struct ir_override *override = type->override;

    if (needs_read(type->type) && override->decode)
        fill(out,
             "\n"
             "static inline $name $read(tenon__call *call)\n"
             "{\n"
             "    $wire = $read_wire;\n"
             "    $name value;\n"
             "\n"
             "    if (tenon__ok(call) && $decode(wire, &value))\n"
             "        return value;\n"
             "    tenon__bad_value(call, \"is refused by $decode\");\n"
             "    memset(&value, 0, sizeof value);\n"
             "    return value;\n"
             "}\n",
             HOLE("name", type->type->decl), HOLE("read", type->type->read),
             HOLE("wire", declare(arena, type->wire->decl, "wire")),
             HOLE("read_wire", print_read(arena, type->wire, false, "call")),
             HOLE("decode", override->decode));
    if (needs_bind(type->type) && override->encode)
        fill(out,
             "\n"
             "static inline void $bind($(params))\n"
             "{\n"
             "    $bind_wire\n"
             "}\n",
             LIST("params", call_and(arena, type->type->decl, "value")),
             HOLE("bind", type->type->bind),
             HOLE("bind_wire", print_bind(arena, type->wire, false, "call",
                                          arena_printf(arena, "%s(value)", override->encode))));
    add_derived(out, type->type);
}

static const char *bind_bound(struct arena *arena, const struct c_range *type, const char *bound)
{
    return print_bind(arena, type->subtype, false,
                      arena_printf(arena, "tenon__in(call, \"%s\")", bound),
                      arena_printf(arena, "value.%s", bound));
}

static void add_range(struct printer *printer, struct buf *out, const struct c_range *type)
{
    struct arena *arena = printer->arena;

    if (needs_read(type->type))
        fill(out,
             "\n"
             "static inline $name $read(tenon__call *call)\n"
             "{\n"
             "    $name value;\n"
             "    tenon__nested nested;\n"
             "\n"
             "    memset(&value, 0, sizeof value);\n"
             "    if (tenon__enter_range(call, &nested)) {\n"
             "        value.empty = nested.empty;\n"
             "        value.lower_inclusive = nested.lower_inclusive;\n"
             "        value.upper_inclusive = nested.upper_inclusive;\n"
             "        value.has_lower = tenon__present(call);\n"
             "        if (value.has_lower)\n"
             "            value.lower = $bound;\n"
             "        value.has_upper = tenon__present(call);\n"
             "        if (value.has_upper)\n"
             "            value.upper = $bound;\n"
             "        tenon__leave(call, &nested);\n"
             "    }\n"
             "    return value;\n"
             "}\n",
             HOLE("name", type->name), HOLE("read", type->type->read),
             HOLE("bound", print_read(arena, type->subtype, false, "call")));
    if (needs_bind(type->type))
        fill(out,
             "\n"
             "static inline void $bind($(params))\n"
             "{\n"
             "    unsigned flags =\n"
             "        tenon__range_flags(value.empty, value.has_lower, value.lower_inclusive,\n"
             "                           value.has_upper, value.upper_inclusive);\n"
             "    tenon__opened range = tenon__open_range(call, flags);\n"
             "\n"
             "    if (value.has_lower && !value.empty)\n"
             "        $bind_lower\n"
             "    if (value.has_upper && !value.empty)\n"
             "        $bind_upper\n"
             "    tenon__close(call, range);\n"
             "}\n",
             LIST("params", call_and(arena, type->name, "value")), HOLE("bind", type->type->bind),
             HOLE("bind_lower", bind_bound(arena, type, "lower")),
             HOLE("bind_upper", bind_bound(arena, type, "upper")));
    add_derived(out, type->type);
}

static void add_record(struct printer *printer, struct buf *out, const struct c_record *type)
{
    struct arena *arena = printer->arena;
    const char *types = arena_printf(arena, "%s_types", type->stem);
    struct buf binds = buf_in(arena);
    text_list oids = {0};

    for (size_t i = 0; i < type->n_fields; i++) {
        const struct c_field *field = &type->fields[i];
        vec_push(arena, &oids,
                 arena_printf(arena, "%u", (unsigned)c_wire_oid(type->ir->fields[i].type)));
        buf_addf(&binds, "tenon__field(call, %s[%zu], %s);\n", types, i,
                 c_string(arena, field->sql_name));
        buf_adds(&binds, print_bind(arena, field->type, true, "call",
                                    arena_printf(arena, "value.%s", field->name)));
    }
    fill(out,
         "\n"
         "static const uint32_t $stem_types[] = {$(oids)};\n"
         "\n"
         "static inline $name $read(tenon__call *call)\n"
         "{\n"
         "    $name value;\n"
         "    tenon__nested nested;\n"
         "\n"
         "    memset(&value, 0, sizeof value);\n"
         "    if (tenon__enter_record(call, &nested, $stem_types, $n)) {\n"
         "        $reads\n"
         "        tenon__leave(call, &nested);\n"
         "    }\n"
         "    return value;\n"
         "}\n",
         HOLE("stem_types", types), LIST("oids", &oids), HOLE("name", type->name),
         HOLE("read", type->type->read), HOLE("n", text_of(arena, type->n_fields)),
         HOLE("reads", print_reads(printer, type->fields, type->n_fields, "value.")));
    if (needs_bind(type->type))
        fill(out,
             "\n"
             "static inline void $bind($(params))\n"
             "{\n"
             "    tenon__opened record = tenon__open_record(call, $n);\n"
             "\n"
             "    $binds\n"
             "    tenon__close(call, record);\n"
             "}\n",
             HOLE("bind", type->type->bind), LIST("params", call_and(arena, type->name, "value")),
             HOLE("n", text_of(arena, type->n_fields)), HOLE("binds", buf_text(&binds)));
    add_derived(out, type->type);
}

/* For rows that an outer join may not find; generated only where there is one. */
static void add_skip(struct buf *out)
{
    buf_adds(out, "\n"
                  "/* Passes over the next n columns if all of them are NULL. */\n"
                  "static inline bool skip_missing(tenon__call *call, size_t n)\n"
                  "{\n"
                  "    for (size_t i = 0; i < n; i++)\n"
                  "        if (call->cell[i].length >= 0)\n"
                  "            return false;\n"
                  "    call->cell += n;\n"
                  "    return true;\n"
                  "}\n");
}

static bool has_presence(const struct c_row *row)
{
    for (size_t i = 0; i < row->n_fields; i++)
        if (row->fields[i].presence)
            return true;
    return false;
}

static bool needs_skip(const struct c_package *package)
{
    for (size_t i = 0; i < package->rows.n; i++)
        if (has_presence(package->rows.items[i]))
            return true;
    for (size_t i = 0; i < package->modules.n; i++)
        for (size_t k = 0; k < package->modules.items[i]->rows.n; k++)
            if (has_presence(package->modules.items[i]->rows.items[k]))
                return true;
    return false;
}

static void add_row(struct printer *printer, struct buf *out, const struct c_row *row)
{
    buf_adds(out, "\n");
    print_reader(printer, out, "static inline", row);
}

/* The statements of each query file. */
static void add_lists(struct buf *out, const struct c_package *package)
{
    if (package->modules.n > 0)
        buf_adds(out, "\n/* The statements of each query file, behind the last one a NULL. */\n");
    for (size_t i = 0; i < package->modules.n; i++)
        buf_addf(out, "extern const tenon__statement *const %s[];\n",
                 package->modules.items[i]->statements);
}

const char *print_models_wire(struct printer *printer)
{
    const struct c_package *package = printer->package;
    struct arena *arena = printer->arena;
    struct buf out = buf_in(arena);

    fill(&out,
         "$signature\n"
         "#ifndef $guard\n"
         "#define $guard\n"
         "\n"
         "#include <tenon/generated.h>\n"
         "\n"
         "#include \"$package/models.h\"\n",
         HOLE("signature", print_signature(printer, "the schema")),
         HOLE("guard", arena_printf(arena, "%s_MODELS_WIRE_H", package->upper)),
         HOLE("package", package->name));
    for (size_t i = 0; i < package->enums.n; i++)
        add_enum(printer, &out, package->enums.items[i]);
    for (size_t i = 0; i < package->customs.n; i++)
        add_custom(printer, &out, package->customs.items[i]);
    for (size_t i = 0; i < package->ranges.n; i++)
        add_range(printer, &out, package->ranges.items[i]);
    for (size_t i = 0; i < package->records.n; i++)
        add_record(printer, &out, package->records.items[i]);
    if (needs_skip(package))
        add_skip(&out);
    for (size_t i = 0; i < package->rows.n; i++)
        add_row(printer, &out, package->rows.items[i]);
    add_lists(&out, package);
    buf_adds(&out, "\n#endif\n");
    return buf_text(&out);
}
