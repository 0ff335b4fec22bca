/* Names for the entries of a query, then for their columns: first the columns that USING merges,
 * from the outermost join inwards, because one name must fit the join and both its sides; then all
 * others, entry by entry. A join comes after what it joins in the range table.
 */
#include <string.h>

#include "deparse/names_internal.h"

enum { MAX_NAME_BYTES = 63 };

const struct names_level *names_level_up(const struct names_level *level, int levels_up)
{
    for (; level && levels_up > 0; levels_up--)
        level = level->parent;
    return level;
}

static bool has_name(const struct name_vec *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++)
        if (names->items[i] && strcmp(names->items[i], name) == 0)
            return true;
    return false;
}

/* name_1, name_2, …: the name loses characters at its end where that would be too long. */
static const char *numbered(struct arena *arena, const char *name, int number)
{
    size_t len = strlen(name);
    const char *result;

    while (strlen(result = arena_printf(arena, "%.*s_%d", (int)len, name, number)) > MAX_NAME_BYTES)
        do
            len--;
        while (len > 0 && ((unsigned char)name[len] & 0xC0) == 0x80);
    return result;
}

/* --- Entries ---------------------------------------------------------------------------------- */

static bool is_entry_name(const struct names_level *level, const char *name)
{
    for (; level; level = level->parent) {
        if (level->is_rule && (strcmp(name, "old") == 0 || strcmp(name, "new") == 0))
            return true;
        for (size_t i = 0; i < level->n; i++)
            if (level->entries[i].name && strcmp(level->entries[i].name, name) == 0)
                return true;
    }
    return false;
}

static const char *wanted_name(const struct rte *rte)
{
    if (rte->kind == RTE_JOIN && !rte->has_alias)
        return NULL;
    return rte->kind == RTE_RELATION && !rte->has_alias ? rte->relation->name : rte->name;
}

/* OLD and NEW of a rule are those of the whole action, whose INSERT and SELECT both have them. */
static bool is_row_of_rule(const struct names_level *level, const struct rte *rte, size_t i)
{
    const struct query *outer = level->parent ? level->parent->query : NULL;

    return i < 2 && outer && outer->n_rtable > i && rte->kind == RTE_RELATION && rte->has_alias &&
           strcmp(rte->name, i == 0 ? "old" : "new") == 0 &&
           outer->rtable[i]->relation == rte->relation &&
           strcmp(outer->rtable[i]->name, rte->name) == 0;
}

static void name_entries(struct naming *naming)
{
    struct names_level *level = naming->level;
    const struct query *query = level->query;

    for (size_t i = 0; i < query->n_rtable; i++) {
        const char *wanted = wanted_name(query->rtable[i]), *name = wanted;
        const bool is_row = is_row_of_rule(level, query->rtable[i], i);

        for (int number = 1; name && !is_row && is_entry_name(level, name); number++)
            name = numbered(naming->arena, wanted, number);
        level->entries[level->n++].name = name;
    }
}

/* --- Columns ---------------------------------------------------------------------------------- */

void names_make_room(struct naming *naming, struct name_vec *names, size_t n)
{
    while (names->n < n)
        vec_push(naming->arena, names, NULL);
}

static bool is_free(const struct naming *naming, const struct entry_names *entry, const char *name)
{
    return !has_name(&entry->columns, name) && !has_name(&entry->listed, name) &&
           !has_name(&naming->level->merged, name) && !has_name(&entry->reserved, name);
}

const char *names_free(const struct naming *naming, const struct entry_names *entry,
                       const char *wanted)
{
    const char *name = wanted;

    for (int number = 1; !is_free(naming, entry, name); number++)
        name = numbered(naming->arena, wanted, number);
    return name;
}

static void name_all_columns(struct naming *naming)
{
    struct names_level *level = naming->level;
    const struct query *query = level->query;

    for (size_t i = 0; i < query->n_from; i++)
        level->merges_are_unique |= names_has_bare_column(naming, query->from[i]);
    for (size_t i = 0; i < query->n_from; i++)
        names_merge(naming, query->from[i]);
    for (size_t i = 0; i < query->n_rtable; i++)
        names_columns(naming, i);
}

struct names_level *names_of_query(struct arena *arena, const struct query *query,
                                   const struct names_level *parent, bool is_rule)
{
    struct names_level *level = arena_new(arena, struct names_level);
    struct naming naming = {arena, level};

    level->parent = parent;
    level->query = query;
    level->is_rule = is_rule;
    level->is_qualified = parent || is_rule || query->n_rtable != 1;
    level->entries = arena_array(arena, struct entry_names, query->n_rtable);
    name_entries(&naming);
    name_all_columns(&naming);
    return level;
}
