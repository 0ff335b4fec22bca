/* Steps are taken apart by the object that they are about. A part that has a statement of its own
 * (an index, a foreign key, a trigger) stays with its table if all that it needs can come first;
 * else it goes into the rest, which is a unit of its own.
 *
 * Edges between units are added as long as they make no circle: first those without which no object
 * can be, then what the texts of functions name, then those of parts. The order then is that of
 * ranks, which are those of the inventory, with every unit behind its needs.
 */
#include "pull/unit.h"

#include <string.h>

#include "pull/words.h"

struct units {
    struct arena *arena;
    const struct plan *plan;
    const struct inventory *inventory;
    unit_list all;        /* by rank, then what is the rest of them */
    struct map by_key;    /* key of the item → its unit */
    struct map rest;      /* the same → the rest of it */
    struct map own_steps; /* keys of the parts that have statements of their own → their unit */
    size_t n_searches;
};

/* --- Taking apart ----------------------------------------------------------------------------- */

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Whether the step makes the part that it is about; COMMENT and GRANT make nothing. */
static bool makes_part(const struct step *step)
{
    return step->item != item_whole(step->item) && step->item->kind != ITEM_SEQUENCE &&
           step->item->kind != ITEM_COLUMN &&
           (starts_with(step->sql, "CREATE ") || starts_with(step->sql, "ALTER "));
}

static struct unit *unit_of(struct units *units, struct map *map, const struct item *item)
{
    const struct item *whole = item_whole(item);
    struct unit *unit = map_find(map, whole->key);

    if (!unit) {
        unit = arena_new(units->arena, struct unit);
        unit->item = whole;
        unit->is_rest = map == &units->rest;
        map_put(map, whole->key, unit);
        vec_push(units->arena, &units->all, unit);
    }
    return unit;
}

/* In the order of the inventory, which is that of the ranks. */
static void find_units(struct units *units)
{
    for (size_t i = 0; i < units->inventory->items.n; i++)
        unit_of(units, &units->by_key, units->inventory->items.items[i]);
    for (size_t i = 0; i < units->plan->steps.n; i++) {
        const struct step *step = units->plan->steps.items[i];
        struct unit *unit = unit_of(units, &units->by_key, step->item);
        if (makes_part(step))
            map_put(&units->own_steps, step->item->key, unit);
    }
}

/* --- Edges ------------------------------------------------------------------------------------ */

static bool leads_to(struct unit *from, const struct unit *to, size_t search)
{
    if (from == to)
        return true;
    if (from->seen_by == search)
        return false;
    from->seen_by = search;
    for (size_t i = 0; i < from->needs.n; i++)
        if (leads_to(from->needs.items[i], to, search))
            return true;
    return false;
}

static bool has_edge(const struct unit *unit, const struct unit *needed)
{
    for (size_t i = 0; i < unit->needs.n; i++)
        if (unit->needs.items[i] == needed)
            return true;
    return false;
}

/* False when it would close a circle. */
static bool add_edge(struct units *units, struct unit *unit, struct unit *needed)
{
    if (!needed || unit == needed || has_edge(unit, needed))
        return true;
    if (leads_to(needed, unit, ++units->n_searches))
        return false;
    vec_push(units->arena, &unit->needs, needed);
    return true;
}

static struct unit *find_unit(struct units *units, const struct item *item)
{
    return map_find(&units->by_key, item_whole(item)->key);
}

static bool has_own_step(const struct units *units, const struct item *item)
{
    return map_find(&units->own_steps, item->key) != NULL;
}

/* Of what is written inside the statement of the whole. */
static void add_edges_of_wholes(struct units *units)
{
    for (size_t i = 0; i < units->inventory->items.n; i++) {
        const struct item *item = units->inventory->items.items[i];
        if (has_own_step(units, item))
            continue;
        for (size_t k = 0; k < item->needs.n; k++)
            add_edge(units, find_unit(units, item), find_unit(units, item->needs.items[k]));
    }
}

/* Indexes, keys and triggers of a partitioned table come to its partitions by themselves, with the
 * names that the server gives them, if the partitions are there. */
static void add_edges_to_partitions(struct units *units)
{
    for (size_t i = 0; i < units->inventory->items.n; i++) {
        const struct item *item = units->inventory->items.items[i];
        size_t at = 0;
        const char *parent;
        while (item->kind == ITEM_TABLE && item_property(item, PROPERTY_BOUND) &&
               (parent = item_next(item, PROPERTY_PARENT, &at)) != NULL) {
            struct unit *whole =
                map_find(&units->by_key, arena_printf(units->arena, "TABLE %s", parent));
            if (whole)
                add_edge(units, unit_of(units, &units->rest, whole->item), find_unit(units, item));
        }
    }
}

static bool can_stay(struct units *units, const struct item *part)
{
    struct unit *unit = find_unit(units, part);

    if (item_property(unit->item, PROPERTY_PARTITION_KEY) || part->is_derived)
        return false;
    for (size_t i = 0; i < part->needs.n; i++)
        if (!add_edge(units, unit, find_unit(units, part->needs.items[i])))
            return false;
    return true;
}

/* What a partition got from its parent is there when the rest of the parent is. */
static void add_edge_to_rest_of_parent(struct units *units, struct unit *rest)
{
    size_t at = 0;
    const char *parent;

    while (item_property(rest->item, PROPERTY_BOUND) &&
           (parent = item_next(rest->item, PROPERTY_PARENT, &at)) != NULL) {
        const char *key = arena_printf(units->arena, "TABLE %s", parent);
        add_edge(units, rest, map_find(&units->rest, key));
    }
}

static void add_edges_of_parts(struct units *units)
{
    for (size_t i = 0; i < units->inventory->items.n; i++) {
        const struct item *item = units->inventory->items.items[i];
        struct unit *rest;
        if (!has_own_step(units, item) || can_stay(units, item))
            continue;
        rest = unit_of(units, &units->rest, item);
        map_put(&units->own_steps, item->key, rest);
        add_edge(units, rest, find_unit(units, item));
        add_edge_to_rest_of_parent(units, rest);
        for (size_t k = 0; k < item->needs.n; k++)
            add_edge(units, rest, find_unit(units, item->needs.items[k]));
    }
}

static void add_edge_of_word(void *context, const struct item *function,
                             const struct item *relation)
{
    struct units *units = context;

    add_edge(units, find_unit(units, function), find_unit(units, relation));
}

static void add_edges_of_texts(struct units *units)
{
    for (size_t i = 0; i < units->inventory->items.n; i++) {
        const struct item *item = units->inventory->items.items[i];
        for (size_t k = 0; k < item->uses.n; k++)
            add_edge(units, find_unit(units, item), find_unit(units, item->uses.items[k]));
    }
    words_each_relation(units->arena, units->inventory, add_edge_of_word, units);
}

/* --- The order -------------------------------------------------------------------------------- */

enum turn { TURN_FIRST, TURN_FUNCTIONS, TURN_VIEWS, TURN_REST, TURN_LAST, N_TURNS };

/* Functions may read tables. What is in the whole database and takes in all that is there comes
 * last, as do default privileges: every object says what it has. */
static enum turn turn_of(const struct unit *unit)
{
    switch (unit->item->kind) {
    case ITEM_FUNCTION:
    case ITEM_PROCEDURE:
    case ITEM_AGGREGATE:
    case ITEM_OPERATOR:
    case ITEM_OPERATOR_FAMILY:
    case ITEM_OPERATOR_CLASS:
    case ITEM_CAST:
    case ITEM_TRANSFORM:
        return TURN_FUNCTIONS;
    case ITEM_VIEW:
    case ITEM_MATERIALIZED_VIEW:
        return unit->is_rest ? TURN_REST : TURN_VIEWS;
    case ITEM_EVENT_TRIGGER:
    case ITEM_PUBLICATION:
    case ITEM_SUBSCRIPTION:
    case ITEM_DEFAULT_PRIVILEGE:
        return TURN_LAST;
    default:
        return unit->is_rest ? TURN_REST : TURN_FIRST;
    }
}

static void put(struct arena *arena, struct map *done, struct unit *unit, unit_list *ordered)
{
    const char *key = arena_printf(arena, "%d %s", unit->is_rest, unit->item->key);

    if (map_find(done, key))
        return;
    map_put(done, key, unit);
    for (size_t i = 0; i < unit->needs.n; i++)
        put(arena, done, unit->needs.items[i], ordered);
    if (unit->steps.n)
        vec_push(arena, ordered, unit);
}

/* The step belongs to the rest if its part does. */
static void hand_out_steps(struct units *units)
{
    for (size_t i = 0; i < units->plan->steps.n; i++) {
        const struct step *step = units->plan->steps.items[i];
        struct unit *unit = map_find(&units->own_steps, step->item->key);
        if (!unit)
            unit = unit_of(units, &units->by_key, step->item);
        vec_push(units->arena, &unit->steps, step);
    }
}

void units_make(struct arena *arena, const struct plan *plan, const struct inventory *inventory,
                unit_list *ordered)
{
    struct units units = {.arena = arena,
                          .plan = plan,
                          .inventory = inventory,
                          .by_key = {.arena = arena},
                          .rest = {.arena = arena},
                          .own_steps = {.arena = arena}};
    struct map done = {.arena = arena};

    find_units(&units);
    add_edges_of_wholes(&units);
    add_edges_to_partitions(&units);
    add_edges_of_texts(&units);
    add_edges_of_parts(&units);
    hand_out_steps(&units);
    for (enum turn turn = TURN_FIRST; turn < N_TURNS; turn++)
        for (size_t i = 0; i < units.all.n; i++)
            if (turn_of(units.all.items[i]) == turn)
                put(arena, &done, units.all.items[i], ordered);
}
