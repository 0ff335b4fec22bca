/* libcyaml reads the file by a schema that is built from the table of options. It reports mistakes
 * as lines of a log, from which the message and the place are taken:
 *
 *     Load: Unexpected key: foo
 *     Load: Backtrace:
 *     Load:   in mapping (line: 2, column: 9)
 *
 * For an unexpected key the place is that of the value before it; the key follows.
 */
#include "config/tenon_yaml.h"

#include <cyaml/cyaml.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "config/options.h"
#include "support/nearest.h"

#define STRING_FIELD(key, type, member, flags)                                                     \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), type, member, 1, CYAML_UNLIMITED)

static const cyaml_schema_value_t text_value = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED),
};

static const cyaml_schema_field_t rename_fields[] = {
    STRING_FIELD("from", struct ir_rename, from, 0),
    STRING_FIELD("to", struct ir_rename, to, 0),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t rename_value = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct ir_rename, rename_fields),
};

static const cyaml_schema_field_t override_fields[] = {
    STRING_FIELD("match", struct ir_override, match, 0),
    STRING_FIELD("c_type", struct ir_override, c_type, 0),
    STRING_FIELD("include", struct ir_override, include, CYAML_FLAG_OPTIONAL),
    STRING_FIELD("decode", struct ir_override, decode, CYAML_FLAG_OPTIONAL),
    STRING_FIELD("encode", struct ir_override, encode, CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t override_value = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct ir_override, override_fields),
};

static const cyaml_schema_field_t plugin_fields[] = {
    STRING_FIELD("command", struct plugin_setting, command, 0),
    STRING_FIELD("out", struct plugin_setting, out, CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t plugin_value = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct plugin_setting, plugin_fields),
};

/* libcyaml's own bool takes any word for true. */
static const cyaml_strval_t truth_values[] = {{"false", 0}, {"true", 1}, {"no", 0}, {"yes", 1}};

/* What libcyaml calls back with. */
struct loader {
    struct arena *arena;
    struct buf log;
};

static void append_to_log(cyaml_log_t level, void *context, const char *format, va_list args)
{
    struct loader *loader = context;

    (void)level;
    buf_adds(&loader->log, arena_vprintf(loader->arena, format, args));
}

/* realloc in an arena: the size of each block is kept in front of it. */
static void *allocate(void *context, void *old, size_t size)
{
    struct loader *loader = context;
    max_align_t *block;
    size_t old_size;

    if (size == 0)
        return NULL;
    block = arena_alloc(loader->arena, sizeof *block + size);
    memcpy(block, &size, sizeof size);
    if (old) {
        memcpy(&old_size, (max_align_t *)old - 1, sizeof old_size);
        memcpy(block + 1, old, old_size < size ? old_size : size);
    }
    return block + 1;
}

static cyaml_schema_field_t list_field(const struct option *option,
                                       const cyaml_schema_value_t *entry)
{
    size_t counter = option->offset + offsetof(path_list, n) - offsetof(path_list, items);

    return (cyaml_schema_field_t){
        .key = option->key,
        .value = {.type = CYAML_SEQUENCE,
                  .flags = CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
                  .data_size = entry->flags & CYAML_FLAG_POINTER ? (uint32_t)sizeof(char *)
                                                                 : entry->data_size,
                  .sequence = {.entry = entry, .min = 0, .max = CYAML_UNLIMITED}},
        .data_offset = (uint32_t)option->offset,
        .count_offset = (uint32_t)counter,
        .count_size = sizeof(size_t),
    };
}

static cyaml_schema_field_t field_of(const struct option *option)
{
    cyaml_schema_field_t field = {.key = option->key, .data_offset = (uint32_t)option->offset};

    switch (option->kind) {
    case OPTION_LIST:
        return list_field(option, &text_value);
    case OPTION_RENAMES:
        return list_field(option, &rename_value);
    case OPTION_OVERRIDES:
        return list_field(option, &override_value);
    case OPTION_PLUGINS:
        return list_field(option, &plugin_value);
    case OPTION_SWITCH:
        field.value = (cyaml_schema_value_t){
            .type = CYAML_ENUM,
            .flags = CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT,
            .data_size = sizeof(bool),
            .enumeration = {.strings = truth_values,
                            .count = sizeof truth_values / sizeof *truth_values}};
        break;
    case OPTION_NUMBER:
        field.value = (cyaml_schema_value_t){
            .type = CYAML_UINT, .flags = CYAML_FLAG_OPTIONAL, .data_size = sizeof(unsigned)};
        break;
    case OPTION_TEXT:
        field.value = (cyaml_schema_value_t){.type = CYAML_STRING,
                                             .flags = CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
                                             .data_size = sizeof(char),
                                             .string = {.min = 1, .max = CYAML_UNLIMITED}};
        break;
    }
    return field;
}

/* The text after `marker` in the log up to the end of its line; empty when it is not there. */
static str log_text_after(const struct loader *loader, const char *marker)
{
    const char *found = strstr(buf_text(&loader->log), marker), *end;

    if (!found)
        return (str){"", 0};
    found += strlen(marker);
    end = strchr(found, '\n');
    return (str){found, end ? (size_t)(end - found) : strlen(found)};
}

/* The first place in the log. */
static span logged_span(const struct loader *loader, const struct source *source)
{
    const char *place = strstr(buf_text(&loader->log), "(line: ");
    unsigned line, column;

    if (!place || sscanf(place, "(line: %u, column: %u)", &line, &column) != 2 || line == 0)
        return span_of(source, 0, 0);
    return span_of_place(source, (struct place){line, column});
}

/* The unexpected key itself, which follows the value before it. */
static span span_of_key(const struct source *source, span from, str key)
{
    for (uint32_t at = from.offset; at + key.len <= source->text.len; at++)
        if (memcmp(source->text.data + at, key.data, key.len) == 0)
            return span_of(source, at, (uint32_t)key.len);
    return from;
}

static void hint_key(struct diags *diags, struct diag *diag, const char *key)
{
    struct nearest nearest = {.wanted = key};

    for (size_t i = 0; i < n_options; i++)
        if (options[i].key)
            nearest_consider(&nearest, options[i].key);
    if (nearest.name)
        diag_hint(diags, diag, "%s", nearest_hint(diags->arena, &nearest));
}

/* libcyaml's words for the mistakes that people make, in ours. */
static const char *reword(struct arena *arena, str message)
{
    static const struct {
        const char *theirs, *ours;
    } words[] = {
        {"Expecting SEQUENCE", "a list is expected here: [a, b]"},
        {"Expecting STRING", "a text is expected here"},
        {"STRING length < ", "a text is expected here"},
        {"Expecting MAPPING", "keys and values are expected here"},
        {"Expecting ENUM", "true or false is expected here"},
        {"Expecting UINT", "a number is expected here"},
        {"Invalid uint", "a number is expected here"},
        {"Invalid ENUM value", "true or false is expected here"},
        {"Mapping field already seen", "this key is given twice"},
    };
    const char missing[] = "Missing required mapping field: ";

    if (str_starts_with(message, missing))
        return arena_printf(arena, "the key \"%.*s\" is missing here",
                            (int)(message.len - (sizeof missing - 1)),
                            message.data + sizeof missing - 1);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts_with(message, words[i].theirs))
            return words[i].ours;
    if (str_starts_with(message, "libyaml: "))
        message = str_slice(message, strlen("libyaml: "), message.len);
    return arena_strndup(arena, message.data, message.len);
}

static void report(struct loader *loader, const struct source *source, cyaml_err_t result,
                   struct diags *diags)
{
    static const char unexpected[] = "Unexpected key: ";
    str message = log_text_after(loader, "Load: "), key = log_text_after(loader, unexpected);
    span at = logged_span(loader, source);
    const char *name = arena_strndup(loader->arena, key.data, key.len);

    if (key.len)
        hint_key(
            diags,
            diag_error(diags, "PL201", span_of_key(source, at, key), "unknown key \"%s\"", name),
            name);
    else if (message.len)
        diag_error(diags, "PL202", at, "%s", reword(loader->arena, message));
    else
        diag_error(diags, "PL202", at, "%s", cyaml_strerror(result));
}

static bool parse(struct loader *loader, const struct source *source, struct settings **loaded,
                  struct diags *diags)
{
    cyaml_config_t config = {
        .log_fn = append_to_log,
        .log_ctx = loader,
        .log_level = CYAML_LOG_WARNING,
        .mem_fn = allocate,
        .mem_ctx = loader,
    };
    cyaml_schema_field_t *fields = arena_array(loader->arena, cyaml_schema_field_t, n_options + 1);
    cyaml_schema_value_t top = {.type = CYAML_MAPPING,
                                .flags = CYAML_FLAG_POINTER,
                                .data_size = sizeof(struct settings),
                                .mapping = {.fields = fields}};
    size_t n = 0;
    cyaml_err_t result;

    for (size_t i = 0; i < n_options; i++)
        if (options[i].key)
            fields[n++] = field_of(&options[i]);
    result = cyaml_load_data((const uint8_t *)source->text.data, source->text.len, &config, &top,
                             (cyaml_data_t **)loaded, NULL);
    if (result != CYAML_OK)
        report(loader, source, result, diags);
    return result == CYAML_OK;
}

static const char *from_directory(struct arena *arena, const char *directory, const char *path)
{
    return path ? file_join(arena, directory, path) : NULL;
}

static void move_paths(struct arena *arena, const char *directory, path_list *paths)
{
    for (size_t i = 0; i < paths->n; i++)
        paths->items[i] = from_directory(arena, directory, paths->items[i]);
}

void tenon_yaml_load(struct arena *arena, const struct source *source, struct settings *settings,
                     struct diags *diags)
{
    struct loader loader = {.arena = arena, .log = buf_in(arena)};
    const char *directory = file_directory(arena, source->path), *config = settings->config;
    struct settings *loaded = NULL;
    struct compile_settings *compile;

    if (!parse(&loader, source, &loaded, diags) || !loaded)
        return;
    compile = &loaded->compile;
    move_paths(arena, directory, &compile->schema);
    move_paths(arena, directory, &compile->queries);
    compile->root = from_directory(arena, directory, compile->root ? compile->root : ".");
    loaded->out = from_directory(arena, directory, loaded->out);
    loaded->migrations = from_directory(
        arena, directory, loaded->migrations ? loaded->migrations : DEFAULT_MIGRATIONS);
    for (size_t i = 0; i < loaded->plugins.n; i++) {
        struct plugin_setting *plugin = &loaded->plugins.items[i];
        plugin->out = from_directory(arena, directory, plugin->out);
        plugin->directory = directory;
    }
    *settings = *loaded;
    settings->config = config;
}
