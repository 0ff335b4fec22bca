/* drizzle-kit's meta/_journal.json: which files there are, and in which order. */
#include <jansson.h>
#include <string.h>

#include "adopt/folder.h"
#include "support/file.h"

/* "0003_add_limit" is "add_limit". */
static const char *title_of(const char *tag)
{
    const char *title = tag + strspn(tag, "0123456789");

    return *title == '_' && title > tag ? title + 1 : tag;
}

static bool add_entry(struct arena *arena, const char *directory, const json_t *entry,
                      struct old_folder *folder, struct error *error)
{
    const char *tag = json_string_value(json_object_get(entry, "tag"));
    const json_t *when = json_object_get(entry, "when");
    struct old_migration migration = {0};

    if (!tag || strchr(tag, '/') || !json_is_integer(when))
        return error_set(error, "%s/meta/_journal.json: an entry lacks its tag or when", directory);
    tag = arena_strdup(arena, tag);
    migration.version = arena_printf(arena, "%lld", (long long)json_integer_value(when));
    migration.title = title_of(tag);
    migration.file = arena_printf(arena, "%s.sql", tag);
    if (!file_read(arena, file_join(arena, directory, migration.file), &migration.text, error))
        return false;
    vec_push(arena, &folder->items, migration);
    return true;
}

bool journal_read(struct arena *arena, const char *directory, struct old_folder *folder,
                  struct error *error)
{
    const char *path = file_join(arena, directory, "meta/_journal.json");
    json_error_t problem;
    json_t *journal, *entries;
    str text;
    bool ok = true;

    if (!file_read(arena, path, &text, error))
        return false;
    journal = json_loadb(text.data, text.len, 0, &problem);
    entries = json_object_get(journal, "entries");
    if (!json_is_array(entries))
        ok = error_set(error, "%s is no journal of drizzle-kit", path);
    for (size_t i = 0; ok && i < json_array_size(entries); i++)
        ok = add_entry(arena, directory, json_array_get(entries, i), folder, error);
    json_decref(journal);
    return ok;
}
