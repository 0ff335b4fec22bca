/* From the settings to texts: lists are expanded, then every file is read. */
#include <string.h>

#include "compile/compile.h"

/* The undo half of golang-migrate (x.down.sql) and of Flyway (U1__x.sql) is no schema. */
bool compile_is_undo(const char *path)
{
    const char *name = file_base_name(path);

    return str_ends_with(str_from(name), ".down.sql") ||
           (name[0] == 'U' && name[1] >= '0' && name[1] <= '9' && strstr(name, "__"));
}

static bool expand(struct arena *arena, const path_list *arguments, path_list *files,
                   struct error *error)
{
    for (size_t i = 0; i < arguments->n; i++)
        if (!file_expand(arena, arguments->items[i], files, error))
            return false;
    return true;
}

static bool read_source(struct arena *arena, const char *path, struct release release,
                        source_list *sources, struct error *error)
{
    struct source *source;
    str text;

    if (!file_read(arena, path, &text, error))
        return false;
    source = source_create(arena, path, text);
    source->release = release;
    vec_push(arena, sources, source);
    return true;
}

static bool read_schema(struct arena *arena, const struct compile_settings *settings,
                        source_list *sources, struct error *error)
{
    path_list files = {0};

    if (!expand(arena, &settings->schema, &files, error))
        return false;
    for (size_t i = 0; i < files.n; i++)
        if (!compile_is_undo(files.items[i]) &&
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
    for (size_t i = 0; i < files.n; i++)
        if (!read_source(arena, files.items[i], compile_release(settings), sources, error))
            return false;
    return true;
}

bool compile_read(struct arena *arena, const struct compile_settings *settings,
                  struct compile_input *input, struct error *error)
{
    *input = (struct compile_input){0};
    return read_schema(arena, settings, &input->schema, error) &&
           read_queries(arena, settings, &input->queries, error);
}
