/* Shared pieces of the printers: no knowledge of any one file. */
#include "emit/print.h"

#include <string.h>

const char *shown_path(const char *path)
{
    const char *slash = strrchr(path, '/');

    return *path == '/' ? slash + 1 : path;
}

const char *print_own(struct printer *printer, const char *prefix, const char *stem)
{
    const bool is_taken = name_eq(printer->package->name, prefix);

    return arena_printf(printer->arena, "%s_%s", is_taken ? "own" : prefix, stem);
}

const char *print_signature(struct printer *printer, const char *from)
{
    struct arena *arena = printer->arena;
    const char *line = arena_printf(arena, EMIT_SIGNATURE "%s from %s. Do not edit. */",
                                    printer->version, c_comment_text(arena, shown_path(from)));

    for (char *p = strchr(line, '\n'); p; p = strchr(p, '\n'))
        *p = ' ';
    return line;
}

const char *print_header(struct printer *printer, const char *from, const char *stem,
                         const char *includes, const char *body)
{
    struct arena *arena = printer->arena;
    struct buf out = buf_in(arena);

    fill(&out,
         "$signature\n"
         "#ifndef $guard\n"
         "#define $guard\n"
         "\n"
         "$includes\n"
         "\n"
         "#ifdef __cplusplus\n"
         "extern \"C\" {\n"
         "#endif\n"
         "\n"
         "$body\n"
         "\n"
         "#ifdef __cplusplus\n"
         "}\n"
         "#endif\n"
         "#endif\n",
         HOLE("signature", print_signature(printer, from)),
         HOLE("guard",
              arena_printf(arena, "%s_%s_H", printer->package->upper, name_capitals(arena, stem))),
         HOLE("includes", includes), HOLE("body", body));
    return buf_text(&out);
}

const char *declare(struct arena *arena, const char *type, const char *name)
{
    return arena_printf(arena, str_ends_with(str_from(type), "*") ? "%s%s" : "%s %s", type, name);
}

const char *const_pointer(struct arena *arena, const char *item)
{
    return arena_printf(arena, str_ends_with(str_from(item), "*") ? "%sconst *" : "const %s *",
                        item);
}

const char *field_type(const struct c_field *field)
{
    if (field->nested)
        return field->nested->name;
    return field->nullable ? field->type->opt : field->type->decl;
}

static const char *member(struct arena *arena, const struct c_field *field)
{
    return arena_printf(arena, "%s;", declare(arena, field_type(field), field->name));
}

/* The comment behind a member, or NULL when it does not fit there. */
static const char *trailing_doc(struct arena *arena, const char *doc, size_t column)
{
    const char *text = c_comment_text(arena, doc);

    if (strchr(text, '\n') || column + strlen(text) + strlen("/**<  */") > LINE_WIDTH)
        return NULL;
    return arena_printf(arena, "/**< %s */", text);
}

/* The column of the comments behind members: all of them line up. */
static size_t comment_column(struct arena *arena, const struct c_field *fields, size_t n_fields)
{
    size_t column = 0;

    for (size_t i = 0; i < n_fields; i++) {
        size_t len = strlen(member(arena, &fields[i]));
        if (fields[i].doc && len > column && trailing_doc(arena, fields[i].doc, len + 5))
            column = len;
    }
    return column + 1;
}

static void add_member(struct buf *out, const struct c_field *field, size_t column)
{
    const char *text = member(out->arena, field), *doc = NULL;

    if (field->presence)
        buf_addf(out, "bool %s; /**< whether there is one: the row is zero otherwise */\n",
                 field->presence);
    if (field->doc && strlen(text) < column)
        doc = trailing_doc(out->arena, field->doc, column + 4);
    if (field->doc && !doc)
        buf_adds(out, c_doc_comment(out->arena, field->doc, 4));
    if (doc)
        buf_addf(out, "%-*s%s\n", (int)column, text, doc);
    else
        buf_addf(out, "%s\n", text);
}

static bool takes_zero(const struct c_field *field);

/* The first member that takes the zero of `= {0}`, for all of the struct; n_fields if there is
 * none. */
static size_t first_member(const struct c_field *fields, size_t n_fields)
{
    size_t i = 0;

    while (i < n_fields && !takes_zero(&fields[i]))
        i++;
    return i;
}

static bool takes_zero(const struct c_field *field)
{
    if (field->presence)
        return true;
    if (field->nested)
        return first_member(field->nested->fields, field->nested->n_fields) <
               field->nested->n_fields;
    if (field->nullable)
        return name_eq(field->type->opt, "tenon_opt_text");
    return !field->type->record ||
           first_member(field->type->record->fields, field->type->record->n_fields) <
               field->type->record->n_fields;
}

const char *print_members(struct printer *printer, const struct c_field *fields, size_t n_fields)
{
    struct buf out = buf_in(printer->arena);
    size_t column = comment_column(printer->arena, fields, n_fields);
    size_t first = first_member(fields, n_fields);

    if (first < n_fields)
        add_member(&out, &fields[first], column);
    else
        buf_adds(&out,
                 "/* Optionals only, which take no 0: TENON_ZERO(type) in the place of {0}. */\n");
    for (size_t i = 0; i < n_fields; i++)
        if (i != first)
            add_member(&out, &fields[i], column);
    return buf_text(&out);
}

void print_params(struct printer *printer, struct buf *out, const struct c_params *params)
{
    fill(out,
         "\n"
         "$doc\n"
         "typedef struct $name {\n"
         "    $members\n"
         "} $name;\n",
         HOLE("doc", c_doc_comment(printer->arena, params->doc, 0)), HOLE("name", params->name),
         HOLE("members", print_members(printer, params->fields, params->n_fields)));
}

void print_row(struct printer *printer, struct buf *out, const struct c_row *row)
{
    fill(out,
         "\n"
         "$doc\n"
         "typedef struct $name {\n"
         "    $members\n"
         "} $name;\n",
         HOLE("doc", c_doc_comment(printer->arena, row->doc, 0)), HOLE("name", row->name),
         HOLE("members", print_members(printer, row->fields, row->n_fields)));
    if (!row->has_list)
        return;
    fill(out,
         "\n"
         "typedef struct $list {\n"
         "    size_t count;\n"
         "    $name *items;\n"
         "} $list;\n",
         HOLE("list", row->list), HOLE("name", row->name));
}

const char *print_read(struct arena *arena, const struct c_type *type, bool nullable,
                       const char *call)
{
    return arena_printf(arena, "%s(%s%s)", nullable ? type->read_opt : type->read, call,
                        type->extra);
}

const char *print_bind(struct arena *arena, const struct c_type *type, bool nullable,
                       const char *call, const char *value)
{
    if (nullable)
        return arena_printf(arena, "%s(%s, %s%s);\n", type->bind_opt, call, value, type->extra);
    return arena_printf(arena, "%s(%s, %s%s);\n", type->bind, call, value, type->extra);
}

const char *print_bind_own(struct arena *arena, const char *where, const struct c_param *param,
                           const char *place, const char *value)
{
    struct c_type type = *param->type;

    type.bind = arena_printf(arena, "tenon__%s_%s", where, type.own_bind);
    type.bind_opt = arena_printf(arena, "tenon__%s_opt_%s", where, type.own_bind);
    if (param->nullable || type.form == C_POINTER)
        place = arena_printf(arena, "%s, %s", place, c_string(arena, param->sql_name));
    return print_bind(arena, &type, param->nullable, place, value);
}

static void read_nested(struct buf *out, const struct c_field *field, const char *target)
{
    struct arena *arena = out->arena;

    if (!field->presence) {
        buf_addf(out, "read_%s(call, &%s%s);\n", field->nested->stem, target, field->name);
        return;
    }
    fill(out,
         "$target$presence = !skip_missing(call, $columns);\n"
         "if ($target$presence)\n"
         "    read_$stem(call, &$target$field);\n"
         "else\n"
         "    memset(&$target$field, 0, sizeof $target$field);\n",
         HOLE("target", target), HOLE("presence", field->presence), HOLE("field", field->name),
         HOLE("stem", field->nested->stem),
         HOLE("columns", arena_printf(arena, "%zu", field->n_columns)));
}

const char *print_reads(struct printer *printer, const struct c_field *fields, size_t n_fields,
                        const char *target)
{
    struct buf out = buf_in(printer->arena);

    for (size_t i = 0; i < n_fields; i++) {
        const struct c_field *field = &fields[i];
        if (field->nested)
            read_nested(&out, field, target);
        else
            buf_addf(&out, "%s%s = %s;\n", target, field->name,
                     print_read(printer->arena, field->type, field->nullable, "call"));
    }
    return buf_text(&out);
}

const text_list *call_and(struct arena *arena, const char *type, const char *name)
{
    text_list *list = arena_new(arena, text_list);

    vec_push(arena, list, "tenon__call *call");
    vec_push(arena, list, declare(arena, type, name));
    return list;
}

void print_reader(struct printer *printer, struct buf *out, const char *storage,
                  const struct c_row *row)
{
    const char *type = declare(printer->arena, row->name, "*");

    fill(out,
         "$storage void read_$stem($(params))\n"
         "{\n"
         "    $reads\n"
         "}\n",
         HOLE("storage", storage), HOLE("stem", row->stem),
         LIST("params", call_and(printer->arena, type, "row")),
         HOLE("reads", print_reads(printer, row->fields, row->n_fields, "row->")));
}

const char *output_name(const struct c_function *function)
{
    switch (c_command_output(function->command)) {
    case OUTPUT_LIST:
        return function->row ? "rows" : "values";
    case OUTPUT_LISTS:
        return "lists";
    default:
        return function->row ? "row" : "value";
    }
}

/* A parameter list as pairs of type and name. */
struct pairs {
    struct arena *arena;
    text_list types, names;
};

static void add_pair(struct pairs *pairs, const char *type, const char *name)
{
    vec_push(pairs->arena, &pairs->types, type);
    vec_push(pairs->arena, &pairs->names, name);
}

static const char *pointer_to(struct arena *arena, const char *type)
{
    return declare(arena, type, "*");
}

static void add_outputs(struct pairs *pairs, const struct c_function *function)
{
    struct arena *arena = pairs->arena;

    switch (c_command_output(function->command)) {
    case OUTPUT_FOUND:
        add_pair(pairs, "bool *", "found");
        add_pair(pairs, pointer_to(arena, function->item), output_name(function));
        break;
    case OUTPUT_ITEM:
        add_pair(pairs, pointer_to(arena, function->item), output_name(function));
        break;
    case OUTPUT_LIST:
        add_pair(pairs, pointer_to(arena, function->list), output_name(function));
        break;
    case OUTPUT_LISTS:
        add_pair(pairs, pointer_to(arena, function->lists), output_name(function));
        break;
    case OUTPUT_COUNT:
        add_pair(pairs, "int64_t *", "rows_affected");
        break;
    case OUTPUT_EACH:
        add_pair(pairs, pointer_to(arena, function->each), "each");
        add_pair(pairs, "void *", "context");
        break;
    case OUTPUT_NOTHING:
        break;
    }
}

static void add_inputs(struct pairs *pairs, const struct c_function *function)
{
    if (function->command == C_COPY_ROWS) {
        add_pair(pairs, pointer_to(pairs->arena, function->next), "next");
        add_pair(pairs, "void *", "context");
        return;
    }
    if (c_command_repeats(function->command)) {
        add_pair(pairs, const_pointer(pairs->arena, function->params_type), "items");
        add_pair(pairs, "size_t", "count");
        return;
    }
    if (function->params_type)
        add_pair(pairs, const_pointer(pairs->arena, function->params_type), "params");
    for (size_t i = 0; !function->params_type && i < function->n_params; i++) {
        const struct c_param *param = &function->params[i];
        add_pair(pairs, param->nullable ? param->type->opt : param->type->decl, param->name);
    }
}

static struct pairs all_params(struct arena *arena, const struct c_function *function,
                               enum role role)
{
    struct pairs pairs = {.arena = arena};

    if (role == ROLE_QUERY || role == ROLE_BEGIN)
        add_pair(&pairs, "tenon_db *", "db");
    else
        add_pair(&pairs, "void *", role == ROLE_PORT ? "self" : "hook_context");
    if (function->needs_arena && function->command != C_STREAM)
        add_pair(&pairs, "tenon_arena *", "mem");
    add_inputs(&pairs, function);
    if (role != ROLE_BEGIN)
        add_outputs(&pairs, function);
    return pairs;
}

void list_params(struct arena *arena, const struct c_function *function, enum role role,
                 text_list *list)
{
    struct pairs pairs = all_params(arena, function, role);

    *list = (text_list){0};
    for (size_t i = 0; i < pairs.names.n; i++)
        vec_push(arena, list, declare(arena, pairs.types.items[i], pairs.names.items[i]));
}

void list_arguments(struct arena *arena, const struct c_function *function, enum role role,
                    text_list *list)
{
    struct pairs pairs = all_params(arena, function, role);

    *list = (text_list){0};
    for (size_t i = 1; i < pairs.names.n; i++)
        vec_push(arena, list, pairs.names.items[i]);
}
