/* The names that the migrations of another tool get, in its order. They depend on nothing but its
 * folder, so that each of the team's databases knows them by the same ones.
 */
#include <stdlib.h>
#include <string.h>

#include "adopt/folder.h"
#include "migrate/write.h"
#include "support/buf.h"

/* 2000-01-01 00:00:00 UTC: earlier than any time that a version is. */
enum { YEAR_2000 = 946684800 };

/* drizzle-kit's versions are milliseconds; those with the form of a time are one. */
static const char *stamp_of_version(struct arena *arena, const struct tool *tool,
                                    const char *version)
{
    if (tool->files == FILES_DRIZZLE)
        return stamp_after(arena, (time_t)(strtoll(version, NULL, 10) / 1000), NULL);
    if (strspn(version, "0123456789") != STAMP_LENGTH || version[STAMP_LENGTH] ||
        migration_name_problem(arena_printf(arena, "%s_x", version)))
        return NULL;
    return version;
}

/* The stamp, or the second after the parent's, whichever is later. */
static const char *stamp_for(struct arena *arena, const struct tool *tool,
                             const struct old_migration *migration, size_t number,
                             const char *parent)
{
    const char *stamp = stamp_of_version(arena, tool, migration->version);

    if (!stamp)
        return stamp_after(arena, YEAR_2000 + (time_t)number, parent);
    return parent && strncmp(stamp, parent, STAMP_LENGTH) <= 0 ? stamp_after(arena, 0, parent)
                                                               : stamp;
}

/* What a title cannot have becomes a bar. */
static const char *title_for(struct arena *arena, const char *title)
{
    const size_t most = LONGEST_MIGRATION - STAMP_LENGTH - 1;
    char *result = arena_strndup(arena, title, strlen(title) < most ? strlen(title) : most);

    for (char *c = result; *c; c++)
        if (!((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
              *c == '-'))
            *c = '_';
    return *result ? result : "migration";
}

void old_folder_name(struct arena *arena, struct old_folder *folder)
{
    const char *parent = NULL;

    for (size_t i = 0; i < folder->items.n; i++) {
        struct old_migration *migration = &folder->items.items[i];
        migration->name =
            arena_printf(arena, "%s_%s", stamp_for(arena, folder->tool, migration, i + 1, parent),
                         title_for(arena, migration->title));
        parent = migration->name;
    }
}
