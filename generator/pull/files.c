/* A file is a group of units: of one schema, or one table. Files are read in the order of their
 * names, which therefore begin with a number: how long the longest way is to the file through those
 * that it needs. So a new table changes the number of no file but of those that will need it.
 *
 * Groups that need each other are one file, named after the first of them.
 */
#include "pull/files.h"

#include <string.h>

#include "pull/text.h"

struct group {
    const char *name;
    VEC(const struct unit *) units;
    VEC(struct group *) needs;
    struct group *joined; /* the group that it became part of; NULL: it stands for itself */
    size_t level;
    /* Of Tarjan's search for circles. */
    size_t index, low;
    bool is_open;
};

struct grouping {
    struct arena *arena;
    enum pull_split split;
    struct map by_name; /* → struct group */
    struct map by_unit; /* "0 TABLE public.t" → struct group */
    VEC(struct group *) all, open;
    size_t n_indexed;
};

/* --- Which group ------------------------------------------------------------------------------ */

static bool comes_last(enum item_kind kind)
{
    return kind == ITEM_EVENT_TRIGGER || kind == ITEM_PUBLICATION || kind == ITEM_SUBSCRIPTION ||
           kind == ITEM_DEFAULT_PRIVILEGE;
}

static const char *file_name(struct arena *arena, const char *name)
{
    char *safe = arena_strdup(arena, name);

    for (char *c = safe; *c; c++)
        if (*c == '/' || *c == '\\' || (unsigned char)*c < ' ')
            *c = '_';
    return safe;
}

static const char *group_name(const struct grouping *grouping, const struct unit *unit)
{
    const struct item *item = unit->item;
    const char *name = item->table ? item->table : item->name;

    if (comes_last(item->kind))
        return "database_last";
    if (!item->schema)
        return item->kind == ITEM_SCHEMA || item->kind == ITEM_EXTENSION ||
                       item->kind == ITEM_LANGUAGE
                   ? "database"
                   : file_name(grouping->arena,
                               arena_printf(grouping->arena, "database_%s", item_noun(item->kind)));
    if (grouping->split == PULL_BY_SCHEMA)
        return file_name(grouping->arena, item->schema);
    return file_name(grouping->arena, arena_printf(grouping->arena, "%s.%s", item->schema, name));
}

static const char *unit_key(struct arena *arena, const struct unit *unit)
{
    return arena_printf(arena, "%d %s", unit->is_rest, unit->item->key);
}

static struct group *group_of(struct grouping *grouping, const struct unit *unit)
{
    const char *name = group_name(grouping, unit);
    struct group *group = map_find(&grouping->by_name, name);

    if (!group) {
        group = arena_new(grouping->arena, struct group);
        group->name = name;
        map_put(&grouping->by_name, name, group);
        vec_push(grouping->arena, &grouping->all, group);
    }
    return group;
}

static void make_groups(struct grouping *grouping, const unit_list *units)
{
    struct arena *arena = grouping->arena;

    for (size_t i = 0; i < units->n; i++) {
        struct group *group = group_of(grouping, units->items[i]);
        map_put(&grouping->by_unit, unit_key(arena, units->items[i]), group);
        vec_push(arena, &group->units, units->items[i]);
    }
    for (size_t i = 0; i < units->n; i++) {
        struct group *group = map_find(&grouping->by_unit, unit_key(arena, units->items[i]));
        for (size_t k = 0; k < units->items[i]->needs.n; k++) {
            struct group *needed =
                map_find(&grouping->by_unit, unit_key(arena, units->items[i]->needs.items[k]));
            if (needed && needed != group)
                vec_push(arena, &group->needs, needed);
        }
    }
}

/* Publications and default privileges wait for all. */
static void put_last(struct grouping *grouping)
{
    struct group *last = map_find(&grouping->by_name, "database_last");

    for (size_t i = 0; last && i < grouping->all.n; i++)
        if (grouping->all.items[i] != last)
            vec_push(grouping->arena, &last->needs, grouping->all.items[i]);
}

/* --- Circles ---------------------------------------------------------------------------------- */

static void close_circle(struct grouping *grouping, struct group *group)
{
    struct group *member, *first = group;
    size_t start = grouping->open.n;

    do
        member = grouping->open.items[--start];
    while (member != group);
    for (size_t i = start; i < grouping->open.n; i++)
        if (strcmp(grouping->open.items[i]->name, first->name) < 0)
            first = grouping->open.items[i];
    for (size_t i = start; i < grouping->open.n; i++) {
        grouping->open.items[i]->is_open = false;
        grouping->open.items[i]->joined = grouping->open.items[i] == first ? NULL : first;
    }
    grouping->open.n = start;
}

static void visit(struct grouping *grouping, struct group *group)
{
    group->index = group->low = ++grouping->n_indexed;
    group->is_open = true;
    vec_push(grouping->arena, &grouping->open, group);
    for (size_t i = 0; i < group->needs.n; i++) {
        struct group *needed = group->needs.items[i];
        if (!needed->index)
            visit(grouping, needed);
        if (needed->is_open && needed->low < group->low)
            group->low = needed->low;
    }
    if (group->low == group->index)
        close_circle(grouping, group);
}

static struct group *standing(struct group *group)
{
    return group->joined ? group->joined : group;
}

/* Joins what needs each other: the needs of all become those of the one. */
static void join_circles(struct grouping *grouping)
{
    for (size_t i = 0; i < grouping->all.n; i++)
        if (!grouping->all.items[i]->index)
            visit(grouping, grouping->all.items[i]);
    for (size_t i = 0; i < grouping->all.n; i++) {
        struct group *group = grouping->all.items[i], *one = standing(group);
        for (size_t k = 0; one != group && k < group->needs.n; k++)
            vec_push(grouping->arena, &one->needs, group->needs.items[k]);
    }
}

static size_t level_of(struct group *group)
{
    if (group->level)
        return group->level;
    group->level = 1;
    for (size_t i = 0; i < group->needs.n; i++) {
        struct group *needed = standing(group->needs.items[i]);
        size_t level = needed == group ? 0 : level_of(needed);
        if (level >= group->level)
            group->level = level + 1;
    }
    return group->level;
}

/* --- Writing ---------------------------------------------------------------------------------- */

/* The units keep their order, which is right across the groups that were joined. */
static void write_group(const struct grouping *grouping, const unit_list *units,
                        const struct group *group, struct buf *out)
{
    const struct unit *last = NULL;

    for (size_t i = 0; i < units->n; i++) {
        struct group *of = map_find(&grouping->by_unit, unit_key(grouping->arena, units->items[i]));
        if (standing(of) != group)
            continue;
        unit_write(grouping->arena, units->items[i], last, out);
        last = units->items[i];
    }
}

static void add_files(struct grouping *grouping, const unit_list *units, pull_file_list *files)
{
    for (size_t i = 0; i < grouping->all.n; i++) {
        struct group *group = grouping->all.items[i];
        struct buf text = buf_in(grouping->arena);
        if (group->joined)
            continue;
        buf_adds(&text, PULL_MARK "\n");
        write_group(grouping, units, group, &text);
        vec_push(grouping->arena, files,
                 (struct pull_file){
                     arena_printf(grouping->arena, "%03zu_%s.sql", level_of(group), group->name),
                     buf_text(&text)});
    }
}

static void write_one(struct arena *arena, const unit_list *units, pull_file_list *files)
{
    struct buf text = buf_in(arena);

    buf_adds(&text, PULL_MARK "\n");
    for (size_t i = 0; i < units->n; i++)
        unit_write(arena, units->items[i], i ? units->items[i - 1] : NULL, &text);
    vec_push(arena, files, (struct pull_file){"", buf_text(&text)});
}

void files_make(struct arena *arena, const unit_list *units, enum pull_split split,
                pull_file_list *files)
{
    struct grouping grouping = {
        .arena = arena, .split = split, .by_name = {.arena = arena}, .by_unit = {.arena = arena}};

    if (split == PULL_ONE_FILE) {
        write_one(arena, units, files);
        return;
    }
    make_groups(&grouping, units);
    put_last(&grouping);
    join_circles(&grouping);
    add_files(&grouping, units, files);
}
