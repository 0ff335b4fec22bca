/* Which object before is which one after: those of the same key, as renames are done already. */
#include "plan/planner.h"

struct change *change_of(const struct planner *planner, const struct item *item)
{
    return item ? map_find(&planner->by_key, item->key) : NULL;
}

const struct item *change_item(const struct change *change)
{
    return change->after ? change->after : change->before;
}

bool change_has(const struct change *change, enum property_id id)
{
    return change->before && change->after && !item_same(change->before, change->after, id);
}

const struct change *parent_column(const struct planner *planner, const struct item *column,
                                   const char *parent)
{
    return map_find(&planner->by_key,
                    arena_printf(planner->arena, "COLUMN %s: %s", parent, column->qualified));
}

bool is_created(const struct change *change)
{
    return change->action == ACTION_CREATE || change->action == ACTION_REBUILD;
}

bool is_dropped(const struct change *change)
{
    return change->action == ACTION_DROP || change->action == ACTION_REBUILD;
}

bool changes_type(const struct change *change)
{
    return change->action == ACTION_ALTER && change->after->kind == ITEM_COLUMN &&
           (change_has(change, PROPERTY_TYPE) || change_has(change, PROPERTY_COLLATION));
}

bool is_swappable_type(enum item_kind kind)
{
    return kind == ITEM_ENUM || kind == ITEM_DOMAIN || kind == ITEM_COMPOSITE;
}

bool is_bridged(const struct change *change)
{
    return change->action == ACTION_REBUILD &&
           (change->after->kind == ITEM_RANGE || change->after->kind == ITEM_BASE_TYPE);
}

bool is_swapped(const struct change *change)
{
    return change->action == ACTION_REBUILD &&
           (is_swappable_type(change->after->kind) || change->after->kind == ITEM_COLLATION ||
            change->after->kind == ITEM_TS_DICTIONARY || change->after->kind == ITEM_TS_TEMPLATE);
}

bool is_foreign_key(const struct item *item)
{
    return name_eq(item_property(item, PROPERTY_TYPE), "FOREIGN KEY");
}

bool is_check(const struct item *item)
{
    return item->kind == ITEM_CONSTRAINT && name_eq(item_property(item, PROPERTY_TYPE), "CHECK");
}

/* One of the two is there; a change that turns an item into another kind is found by both keys. */
static void add(struct planner *planner, struct item *before, struct item *after)
{
    struct change *change = arena_new(planner->arena, struct change);

    *change = (struct change){.before = before, .after = after};
    vec_push(planner->arena, &planner->changes, change);
    if (before)
        map_put(&planner->by_key, before->key, change);
    if (after)
        map_put(&planner->by_key, after->key, change);
}

/* A type of another kind may have been there under the name: columns have it before and after. */
static struct item *before_of(struct planner *planner, const struct item *after)
{
    static const enum item_kind kinds[] = {ITEM_ENUM, ITEM_DOMAIN, ITEM_COMPOSITE};
    static const char *const ids[] = {"ENUM", "DOMAIN", "COMPOSITE"};
    struct item *before = inventory_find(&planner->before, after->key);

    for (size_t i = 0;
         !before && is_swappable_type(after->kind) && i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i] != after->kind)
            before = inventory_find(
                &planner->before, arena_printf(planner->arena, "%s %s", ids[i], after->qualified));
    return before;
}

static void tie_to_whole(struct planner *planner, struct change *change)
{
    change->whole = change_of(planner, change_item(change)->part_of);
    if (change->whole)
        vec_push(planner->arena, &change->whole->parts, change);
}

void planner_match(struct planner *planner)
{
    const struct inventory *before = &planner->before, *after = &planner->after;

    for (size_t i = 0; i < after->items.n; i++)
        add(planner, before_of(planner, after->items.items[i]), after->items.items[i]);
    for (size_t i = 0; i < before->items.n; i++)
        if (!change_of(planner, before->items.items[i]))
            add(planner, before->items.items[i], NULL);
    for (size_t i = 0; i < planner->changes.n; i++)
        tie_to_whole(planner, planner->changes.items[i]);
}
