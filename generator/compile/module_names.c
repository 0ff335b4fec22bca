/* A name is made in steps, of which the next is taken where the one before gives two files the same
 * C files: the name up to its first dot; the whole name without .sql; then with more and more of
 * the directories in front. What is the same at the end gets a number.
 */
#include "compile/module_names.h"

#include <string.h>

#include "emit/names.h"

enum { DIRECTORIES = 2 }; /* the step from which on there are directories */

/* The bytes with `_` for all that cannot stand in every file name and C name. */
static const char *plain(struct arena *arena, const char *text, size_t len)
{
    char *name = arena_strndup(arena, text, len);

    for (char *c = name; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", *c))
            *c = '_';
    return name;
}

/* Where the path's last n directories start; NULL when it has not as many. */
static const char *last_directories(const char *path, size_t n)
{
    const char *at = file_base_name(path);

    for (; n; n--) {
        if (at - path < 2)
            return NULL;
        for (at--; at > path && at[-1] != '/'; at--)
            ;
    }
    return at;
}

/* NULL when there is nothing more to tell it by. */
static const char *name_at_step(struct arena *arena, const char *path, size_t step)
{
    const char *base = file_base_name(path);
    const char *from = step < DIRECTORIES ? base : last_directories(path, step - DIRECTORIES + 1);
    size_t len = strlen(base);

    if (!from)
        return NULL;
    if (step == 0)
        len = strcspn(base, ".");
    else if (str_ends_with(str_from(base), ".sql"))
        len -= strlen(".sql");
    return plain(arena, from, (size_t)(base - from) + len);
}

/* What tenon itself makes, and a name of nothing. */
static bool is_reserved(const char *name)
{
    return strcmp(name, "models") == 0 || strcmp(name, "models_wire") == 0 ||
           strcmp(name, "migrations") == 0 || strcmp(name, "prepare") == 0 ||
           name[strspn(name, "_")] == '\0';
}

static const char *module_name(struct arena *arena, const char *path, size_t step)
{
    const char *name = name_at_step(arena, path, step);

    return name && is_reserved(name) ? arena_printf(arena, "%s_queries", name) : name;
}

/* How many files have a name that comes to the same in C. */
static size_t count(const struct ir_file *files, size_t n, struct arena *arena, const char *name)
{
    const char *stem = c_name(arena, name);
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        found += strcmp(c_name(arena, files[i].module), stem) == 0;
    return found;
}

/* Goes one step on with each file that shares its name. False when nothing changed. */
static bool refine(struct arena *arena, struct ir_file *files, size_t n, size_t *steps)
{
    bool *shares = arena_array(arena, bool, n), changed = false;

    for (size_t i = 0; i < n; i++)
        shares[i] = count(files, n, arena, files[i].module) > 1;
    for (size_t i = 0; i < n; i++) {
        const char *name = shares[i] ? module_name(arena, files[i].path, steps[i] + 1) : NULL;

        if (!name)
            continue;
        files[i].module = name;
        steps[i]++;
        changed = true;
    }
    return changed;
}

void module_names_set(struct arena *arena, struct ir_file *files, size_t n)
{
    size_t *steps = arena_array(arena, size_t, n);

    for (size_t i = 0; i < n; i++)
        files[i].module = module_name(arena, files[i].path, 0);
    while (refine(arena, files, n, steps))
        ;
    for (size_t i = 0; i < n; i++) {
        const char *name = files[i].module;

        for (int k = 2; count(files, i, arena, files[i].module) > 0; k++)
            files[i].module = arena_printf(arena, "%s_%d", name, k);
    }
}

const char *package_prefix(struct arena *arena, const char *name)
{
    const char *prefix = c_name(arena, name);

    if (*prefix >= '0' && *prefix <= '9')
        prefix = arena_printf(arena, "db_%s", prefix);
    return c_is_prefix(prefix) ? prefix : arena_printf(arena, "%s_db", prefix);
}
