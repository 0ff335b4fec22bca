/* What has to go and come again because something that it depends on does, or changes its type. */
#include "plan/planner.h"

struct rebuilder {
    struct planner *planner;
    VEC(struct change *) waiting; /* whose dependents have not been looked at */
};

static void note_dependent(struct planner *planner, struct item *item, const struct item *needed)
{
    struct dependents *dependents = map_find(&planner->dependents, needed->key);

    if (!dependents) {
        dependents = arena_new(planner->arena, struct dependents);
        map_put(&planner->dependents, needed->key, dependents);
    }
    vec_push(planner->arena, &dependents->items, item);
}

void planner_note_dependents(struct planner *planner)
{
    planner->dependents.arena = planner->arena;
    for (size_t i = 0; i < planner->before.items.n; i++) {
        struct item *item = planner->before.items.items[i];
        for (size_t k = 0; k < item->needs.n; k++)
            note_dependent(planner, item, item->needs.items[k]);
    }
}

static bool is_disturbing(const struct change *change)
{
    return change->action == ACTION_REBUILD || changes_type(change);
}

/* The server builds indexes, keys and CHECKs of the column again by itself
 * (ATPostAlterTypeCleanup), but a foreign key compares two columns, and a default has to fit. */
static bool bears_new_type(const struct item *dependent)
{
    switch (dependent->kind) {
    case ITEM_CONSTRAINT:
        return !is_foreign_key(dependent);
    case ITEM_INDEX:
    case ITEM_STATISTICS:
    case ITEM_SEQUENCE:
        return true;
    default:
        return false;
    }
}

static bool is_column_of_table(const struct item *item)
{
    return item->kind == ITEM_COLUMN &&
           (item->part_of->kind == ITEM_TABLE || item->part_of->kind == ITEM_FOREIGN_TABLE);
}

static bool bears(const struct change *cause, const struct item *dependent)
{
    if (changes_type(cause))
        return bears_new_type(dependent);
    return (is_swapped(cause) || is_bridged(cause)) &&
           (dependent->kind == ITEM_TS_CONFIGURATION || is_column_of_table(dependent));
}

/* Rows are never thrown away for what they depend on. */
static void refuse_rows(struct planner *planner, const struct change *change)
{
    if (change->after->kind == ITEM_TABLE)
        plan_refuse(planner, change->after,
                    arena_printf(planner->arena, "what table %s depends on is made anew",
                                 change->after->qualified));
    if (is_column_of_table(change->after) && change->after->part_of->kind == ITEM_TABLE &&
        !item_property(change->before, PROPERTY_GENERATED) && !is_dropped(change->whole))
        plan_refuse(planner, change->after,
                    arena_printf(planner->arena,
                                 "what column %s of %s has its type or collation from is made anew",
                                 change->after->qualified, change->after->part_of->qualified));
}

static void rebuild(struct rebuilder *rebuilder, struct change *change)
{
    if (!change || !change->before || !change->after || change->action == ACTION_REBUILD ||
        (change->after->is_derived && change->before->is_derived))
        return;
    if (change->after->kind == ITEM_COLUMN && change->whole &&
        change->after->part_of->kind == ITEM_COMPOSITE)
        change = change->whole; /* an attribute does not come back in its place */
    if (change->action == ACTION_REBUILD)
        return;
    change->action = ACTION_REBUILD;
    refuse_rows(rebuilder->planner, change);
    vec_push(rebuilder->planner->arena, &rebuilder->waiting, change);
}

static void rebuild_dependents(struct rebuilder *rebuilder, const struct change *cause)
{
    struct planner *planner = rebuilder->planner;
    const struct dependents *dependents =
        map_find(&rebuilder->planner->dependents, cause->before->key);

    for (size_t i = 0; dependents && i < dependents->items.n; i++)
        if (!bears(cause, dependents->items.items[i]))
            rebuild(rebuilder, change_of(planner, dependents->items.items[i]));
}

/* What is part of something that goes, goes with it; what depends on the part is in the way too. */
static void look_at(struct rebuilder *rebuilder, const struct change *cause)
{
    rebuild_dependents(rebuilder, cause);
    if (changes_type(cause))
        for (size_t i = 0; i < cause->parts.n; i++)
            if (change_item(cause->parts.items[i])->kind == ITEM_DEFAULT)
                rebuild(rebuilder, cause->parts.items[i]);
    if (cause->action != ACTION_REBUILD)
        return;
    for (size_t i = 0; i < cause->parts.n; i++) {
        struct change *part = cause->parts.items[i];
        if (!part->before)
            continue;
        if (part->after && part->action != ACTION_REBUILD) {
            part->action = ACTION_REBUILD;
            vec_push(rebuilder->planner->arena, &rebuilder->waiting, part);
        }
    }
}

/* A column of a swapped type gets another type under the same name. */
static void look_at_columns(struct rebuilder *rebuilder, const struct change *type)
{
    const struct dependents *dependents =
        map_find(&rebuilder->planner->dependents, type->before->key);

    for (size_t i = 0; dependents && i < dependents->items.n; i++) {
        const struct change *column = change_of(rebuilder->planner, dependents->items.items[i]);
        if (column && column->before && column->after && column->after->kind == ITEM_COLUMN)
            rebuild_dependents(rebuilder, column);
    }
}

/* What a partition has attached to an index goes with it. */
static void look_at_pieces(struct rebuilder *rebuilder, const struct change *index)
{
    const struct dependents *dependents =
        map_find(&rebuilder->planner->dependents, index->before->key);

    for (size_t i = 0; dependents && i < dependents->items.n; i++)
        if (parent_index(dependents->items.items[i]) == index->before)
            rebuild(rebuilder, change_of(rebuilder->planner, dependents->items.items[i]));
}

static bool is_used_by_words(enum item_kind kind)
{
    return kind == ITEM_FUNCTION || kind == ITEM_AGGREGATE || kind == ITEM_OPERATOR ||
           kind == ITEM_CAST || kind == ITEM_COLLATION || kind == ITEM_CONSTRAINT ||
           kind == ITEM_INDEX;
}

/* What used the old one uses another one now, by the same words: a cast, an operator, a key. */
static void look_at_users(struct rebuilder *rebuilder, const struct change *dropped)
{
    struct planner *planner = rebuilder->planner;
    const struct dependents *dependents =
        map_find(&rebuilder->planner->dependents, dropped->before->key);

    for (size_t i = 0; dependents && i < dependents->items.n; i++) {
        struct change *user = change_of(planner, dependents->items.items[i]);
        if (!user || user->action != ACTION_KEEP || is_column_of_table(user->after) ||
            user->after->kind == ITEM_TABLE)
            continue;
        rebuild(rebuilder, user);
    }
}

void planner_rebuild(struct planner *planner)
{
    struct rebuilder rebuilder = {.planner = planner};

    for (size_t i = 0; i < planner->changes.n; i++)
        if (planner->changes.items[i]->action == ACTION_DROP) {
            look_at_pieces(&rebuilder, planner->changes.items[i]);
            if (is_used_by_words(planner->changes.items[i]->before->kind))
                look_at_users(&rebuilder, planner->changes.items[i]);
        }
    for (size_t i = 0; i < planner->changes.n; i++)
        if (planner->changes.items[i]->before && planner->changes.items[i]->after &&
            is_disturbing(planner->changes.items[i]))
            vec_push(planner->arena, &rebuilder.waiting, planner->changes.items[i]);
    for (size_t i = 0; i < rebuilder.waiting.n; i++) {
        look_at(&rebuilder, rebuilder.waiting.items[i]);
        if (is_swapped(rebuilder.waiting.items[i]) || is_bridged(rebuilder.waiting.items[i]))
            look_at_columns(&rebuilder, rebuilder.waiting.items[i]);
    }
}
