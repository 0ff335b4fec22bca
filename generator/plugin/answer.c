/* jansson reads the text and says what is wrong with it: JSON as RFC 8259 has it, in UTF-8, without
 * NULs in strings and without keys that are there twice. What it allocates lives until the end of
 * answer_read().
 */
#include "plugin/answer.h"

#include <jansson.h>
#include <string.h>

#include "support/output.h"

/* What is in the mark of every plug-in, so that no file of anybody's can have it by chance. */
#define MARK_WORD "enerated by "

struct reader {
    const struct plugin *plugin;
    const struct ir_package *package;
    struct plugin_answer *answer;
    struct diags *diags;
};

/* jansson cuts long reasons anywhere. */
static void cannot_read(struct reader *reader, const char *where, const char *why)
{
    diag_error(reader->diags, "PL621", (span){0},
               "the answer of the plug-in \"%s\" cannot be read: %s%.*s", reader->plugin->command,
               where, (int)str_valid_utf8(str_from(why)), why);
}

/* "files[2]: ": where in the answer something is. */
static const char *entry(struct reader *reader, const char *list, size_t i)
{
    return arena_printf(reader->diags->arena, "%s[%zu]: ", list, i);
}

static void refuse_file(struct reader *reader, const char *path, const char *why)
{
    diag_error(reader->diags, "PL622", (span){0}, "the plug-in \"%s\" may not write \"%s\": %s",
               reader->plugin->command, path, why);
}

static bool is_component(const char *name, size_t len)
{
    return len > 0 && len < 256 && strncmp(name, ".", len) != 0 && strncmp(name, "..", len) != 0;
}

/* NULL when it leads to a file below the output directory. */
static const char *path_problem(const char *path)
{
    const char *name = path;

    if (*path == '/')
        return "the path is absolute";
    for (const char *c = path; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            return "the path has a control character";
    for (;;) {
        size_t len = strcspn(name, "/");
        if (!is_component(name, len))
            return "the path has a part that is empty, \".\", \"..\" or too long";
        if (!name[len])
            return NULL;
        name += len + 1;
    }
}

static void read_file(struct reader *reader, json_t *file, size_t i)
{
    struct arena *arena = reader->diags->arena;
    const char *path, *content, *problem;
    size_t len;
    json_error_t error;
    str text;

    if (json_unpack_ex(file, &error, JSON_STRICT, "{s:s, s:s%}", "path", &path, "content", &content,
                       &len) != 0) {
        cannot_read(reader, entry(reader, "files", i), error.text);
        return;
    }
    text = (str){arena_strndup(arena, content, len), len};
    problem = path_problem(path);
    if (!problem && !output_is_marked(text, reader->answer->mark))
        problem = "its first line lacks the mark";
    if (problem)
        refuse_file(reader, path, problem);
    else
        vec_push(arena, &reader->answer->files,
                 (struct plugin_file){arena_strdup(arena, path), text});
}

static span query_place(const struct ir_package *package, const char *name)
{
    for (size_t f = 0; f < package->n_files; f++)
        for (size_t q = 0; q < package->files[f].n_queries; q++)
            if (name_eq(package->files[f].queries[q]->name, name))
                return package->files[f].queries[q]->name_at;
    return (span){0};
}

static void add_diagnostic(struct reader *reader, bool is_error, const char *query,
                           const char *message, const char *hint)
{
    struct diags *diags = reader->diags;
    span at = query_place(reader->package, query);
    struct diag *diag;

    diags->query = query ? arena_strdup(diags->arena, query) : NULL;
    diag = (is_error ? diag_error : diag_warning)(diags, "PL623", at, "plug-in \"%s\": %s",
                                                  reader->plugin->command, message);
    if (hint && *hint)
        diag_hint(diags, diag, "%s", hint);
    diags->query = NULL;
}

static bool is_text_or_null(const json_t *value)
{
    return !value || json_is_string(value) || json_is_null(value);
}

static void read_diagnostic(struct reader *reader, json_t *diagnostic, size_t i)
{
    const char *where = entry(reader, "diagnostics", i), *severity, *message;
    const json_t *query = NULL, *hint = NULL;
    json_error_t error;

    if (json_unpack_ex(diagnostic, &error, JSON_STRICT, "{s:s, s:s, s?:o, s?:o}", "severity",
                       &severity, "message", &message, "query", &query, "hint", &hint) != 0)
        cannot_read(reader, where, error.text);
    else if (strcmp(severity, "error") != 0 && strcmp(severity, "warning") != 0)
        cannot_read(reader, where, "severity is neither error nor warning");
    else if (!is_text_or_null(query) || !is_text_or_null(hint))
        cannot_read(reader, where, "query or hint is no text");
    else
        add_diagnostic(reader, strcmp(severity, "error") == 0, json_string_value(query), message,
                       json_string_value(hint));
}

/* Calls `read` for every entry of a list that may be missing. */
static void read_list(struct reader *reader, const json_t *list, const char *name,
                      void (*read)(struct reader *reader, json_t *item, size_t i))
{
    if (list && !json_is_array(list))
        cannot_read(reader, name, " is no list");
    for (size_t i = 0; i < json_array_size(list); i++)
        read(reader, json_array_get(list, i), i);
}

static bool is_mark(const char *mark)
{
    return strstr(mark, MARK_WORD) && !strpbrk(mark, "\r\n");
}

static void read_document(struct reader *reader, json_t *document)
{
    json_t *files, *diagnostics = NULL;
    const char *mark;
    json_error_t error;

    if (json_unpack_ex(document, &error, JSON_STRICT, "{s:s, s:o, s?:o}", "mark", &mark, "files",
                       &files, "diagnostics", &diagnostics) != 0) {
        cannot_read(reader, "", error.text);
        return;
    }
    if (!is_mark(mark)) {
        cannot_read(reader, "", "the mark must be one line that says \"Generated by\" whom");
        return;
    }
    reader->answer->mark = arena_strdup(reader->diags->arena, mark);
    read_list(reader, files, "files", read_file);
    read_list(reader, diagnostics, "diagnostics", read_diagnostic);
}

void answer_read(const struct plugin *plugin, const struct ir_package *package, str text,
                 struct plugin_answer *answer, struct diags *diags)
{
    struct reader reader = {plugin, package, answer, diags};
    json_error_t error;
    json_t *document = json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES, &error);

    if (!document) {
        cannot_read(&reader,
                    arena_printf(diags->arena, "line %d, column %d: ", error.line, error.column),
                    error.text);
        return;
    }
    read_document(&reader, document);
    json_decref(document);
}
