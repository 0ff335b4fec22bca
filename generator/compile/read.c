/* From the settings to texts: lists are expanded, then every file is read. */
#include <string.h>

#include "compile/compile.h"

static bool is_listed(const path_list *files, const char *path, size_t len, const char *end)
{
    for (size_t i = 0; i < files->n; i++)
        if (strncmp(files->items[i], path, len) == 0 && strcmp(files->items[i] + len, end) == 0)
            return true;
    return false;
}

/* Whether the path is one of a pair: it ends in `end`, and with `other` instead it is listed, too.
 */
static bool has_partner(const path_list *files, const char *path, const char *end,
                        const char *other)
{
    return str_ends_with(str_from(path), end) &&
           is_listed(files, path, strlen(path) - strlen(end), other);
}

static bool ends_word(const char *path, const char *end)
{
    const size_t len = strlen(path), end_len = strlen(end);

    return len == end_len || (len > end_len && strchr("/-_", path[len - end_len - 1]));
}

/* golang-migrate's and sqlx's x.down.sql and Flyway's U1__x.sql are known by their names; those of
 * others (diesel's down.sql, x-down.sql, yoyo's x.rollback.sql) by the way up beside them. */
bool compile_is_undo(const path_list *files, const char *path)
{
    const char *name = file_base_name(path);

    return str_ends_with(str_from(name), ".down.sql") ||
           (name[0] == 'U' && name[1] >= '0' && name[1] <= '9' && strstr(name, "__")) ||
           (ends_word(path, "down.sql") && has_partner(files, path, "down.sql", "up.sql")) ||
           has_partner(files, path, ".rollback.sql", ".sql");
}

static bool expand(struct arena *arena, const path_list *arguments, path_list *files,
                   struct error *error)
{
    for (size_t i = 0; i < arguments->n; i++)
        if (!file_expand(arena, arguments->items[i], files, error))
            return false;
    return true;
}

/* NULL after an error. */
static struct source *read_source(struct arena *arena, const char *path, struct release release,
                                  source_list *sources, struct error *error)
{
    struct source *source;
    str text;

    if (!file_read(arena, path, &text, error))
        return NULL;
    source = source_create(arena, path, text);
    source->release = release;
    vec_push(arena, sources, source);
    return source;
}

static bool read_schema(struct arena *arena, const struct compile_settings *settings,
                        source_list *sources, struct error *error)
{
    path_list files = {0};

    if (!expand(arena, &settings->schema, &files, error))
        return false;
    for (size_t i = 0; i < files.n; i++)
        if (!compile_is_undo(&files, files.items[i]) &&
            !read_source(arena, files.items[i], compile_release(settings), sources, error))
            return false;
    return true;
}

static bool read_queries(struct arena *arena, const struct compile_settings *settings,
                         source_list *sources, struct error *error)
{
    path_list files = {0};

    if (!expand(arena, &settings->queries, &files, error))
        return false;
    for (size_t i = 0; i < files.n; i++) {
        struct source *source =
            read_source(arena, files.items[i], compile_release(settings), sources, error);
        if (!source)
            return false;
        source->has_queries = true;
    }
    return true;
}

bool compile_read(struct arena *arena, const struct compile_settings *settings,
                  struct compile_input *input, struct error *error)
{
    *input = (struct compile_input){0};
    return read_schema(arena, settings, &input->schema, error) &&
           read_queries(arena, settings, &input->queries, error);
}
