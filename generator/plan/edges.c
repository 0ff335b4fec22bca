/* Which node has to be done before which other one. */
#include <string.h>

#include "plan/planner.h"

static struct node *drop_of(const struct change *change)
{
    while (change && (change->goes_with_type || change->goes_with_whole))
        change = change->goes_with_type ? change->goes_with_type : change->whole;
    return change ? change->drop : NULL;
}

/* What takes it away: a table that leaves its parents stays. */
static struct node *end_of(const struct change *change)
{
    return leaves_parents(change) ? NULL : drop_of(change);
}

static void edge(struct planner *planner, struct node *first, struct node *second)
{
    if (!first || !second || first == second)
        return;
    vec_push(planner->arena, &first->then, second);
    second->n_before++;
}

static void better_edge(struct planner *planner, struct node *first, struct node *second)
{
    if (!first || !second || first == second)
        return;
    vec_push(planner->arena, &first->better_then, second);
    second->n_better_before++;
}

/* The nodes that write the object: its own, and those of what it is written with. */
static void edge_to_makers(struct planner *planner, struct node *first, const struct change *change)
{
    edge(planner, first, change->make);
    while (change->is_made_with_whole) {
        change = change->whole;
        edge(planner, first, change->make);
    }
}

static const struct change *outermost_maker(const struct change *change)
{
    while (change->is_made_with_whole)
        change = change->whole;
    return change;
}

/* What uses an index of a partitioned table uses those of its partitions. */
static void edges_of_pieces(struct planner *planner, const struct change *needed,
                            const struct change *change)
{
    for (size_t i = 0; change->attached_to != needed && i < needed->pieces.n; i++) {
        edge(planner, needed->pieces.items[i]->make, change->make);
        edges_of_pieces(planner, needed->pieces.items[i], change);
    }
}

bool is_shell_enough(const struct change *change, const struct change *needed)
{
    const struct item *type = needed->after;

    if (type->kind != ITEM_BASE_TYPE && type->kind != ITEM_RANGE)
        return false;
    for (size_t i = 0; i < type->needs.n; i++)
        if (type->needs.items[i] == change->after)
            return true;
    return false;
}

static void edges_of_needs_after(struct planner *planner, const struct change *change)
{
    for (size_t i = 0; i < change->after->needs.n; i++) {
        const struct change *needed = change_of(planner, change->after->needs.items[i]);
        if (needed)
            edges_of_pieces(planner, needed, change);
        if (!needed || !needed->make || (change->is_ahead && needed == change->attached_to) ||
            is_shell_enough(change, needed))
            continue;
        if (outermost_maker(needed) == outermost_maker(change))
            edge(planner, needed->make, change->make);
        else
            edge_to_makers(planner, needed->make, change);
    }
}

/* Where two bodies use each other, one of them has to be first. */
static void edges_of_uses(struct planner *planner, const struct change *change)
{
    for (size_t i = 0; i < change->after->uses.n; i++) {
        const struct change *used = change_of(planner, change->after->uses.items[i]);
        if (used)
            better_edge(planner, used->make, change->make);
    }
}

/* The nodes that alter the column: of an inherited one its parents' do. */
static void edge_to_alterers(struct planner *planner, struct node *first,
                             const struct change *change)
{
    size_t at = 0;
    const char *parent;

    edge(planner, first, change->make);
    if (!first || change_item(change)->kind != ITEM_COLUMN || !change_item(change)->part_of)
        return;
    while ((parent = item_next(change_item(change)->part_of, PROPERTY_PARENT, &at))) {
        const struct change *other = parent_column(planner, change_item(change), parent);
        if (other)
            edge_to_alterers(planner, first, other);
    }
}

static void edges_of_needs_before(struct planner *planner, const struct change *change)
{
    for (size_t i = 0; i < change->before->needs.n; i++) {
        const struct change *needed = change_of(planner, change->before->needs.items[i]);
        if (!needed)
            continue;
        edge(planner,
             change->end     ? change->end
             : change->whole ? change->whole->end
                             : NULL,
             needed->end);
        edge(planner, drop_of(change), end_of(needed));
        edge_to_alterers(planner, drop_of(change), needed);
        if (!end_of(change) && !change->before->is_derived)
            edge(planner, change->make, needed->end ? needed->end : end_of(needed));
    }
}

static void edges_of_whole(struct planner *planner, const struct change *change)
{
    const struct change *whole = change->whole;

    if (!whole)
        return;
    if (change_item(change)->kind == ITEM_SEQUENCE || change->is_ahead)
        edge(planner, change->make, whole->make);
    else
        edge(planner, whole->make, change->make);
    edge(planner, drop_of(change), end_of(whole));
    if (change_item(change)->kind == ITEM_SEQUENCE
            ? is_converted_sequence(change)
            : change_item(change)->kind != ITEM_DEFAULT || whole->action == ACTION_ALTER)
        edge_to_alterers(planner, drop_of(change), whole);
}

/* A column is inherited: what happens to the parent's happens to it. */
static void edges_of_parents(struct planner *planner, const struct change *change)
{
    const struct item *column = change_item(change);
    size_t at = 0;
    const char *parent;

    if (column->kind != ITEM_COLUMN || !column->part_of)
        return;
    while ((parent = item_next(column->part_of, PROPERTY_PARENT, &at))) {
        const struct change *other = parent_column(planner, column, parent);
        if (!other)
            continue;
        edge(planner, drop_of(change), drop_of(other));
        edge(planner, other->make, change->make);
    }
}

/* A partition that comes gets what the table has, and no more than that; the index of the whole
 * table is made when it is there. */
static void edges_of_partitions(struct planner *planner, const struct change *piece)
{
    const struct change *root = piece->attached_to;
    const struct change *table = change_of(planner, change_item(piece)->part_of);

    if (!root || !root->make || !is_created(root) || !table)
        return;
    edge(planner, table->make, root->make);
}

static bool goes_first(struct planner *planner, const struct change *key, void *partition)
{
    edge(planner, drop_of(key), ((struct change *)partition)->drop);
    return false;
}

/* What points at all of a table stands in the way of each of its partitions. */
static void edges_of_dropped_partition(struct planner *planner, struct change *table)
{
    if (table->drop && table->before && table->before->kind == ITEM_TABLE)
        each_key_to_parent(planner, table->before, goes_first, table);
}

/* What a table has by its parents changes before or after it is their child. */
static void edges_of_family(struct planner *planner, const struct change *table,
                            const struct item *parent, bool leaves)
{
    const struct change *whole = change_of(planner, parent);

    for (size_t i = 0; whole && i < whole->parts.n; i++) {
        const struct change *part = whole->parts.items[i];
        if (change_item(part)->kind != ITEM_COLUMN && !is_check(change_item(part)))
            continue;
        if (leaves) {
            edge(planner, table->drop, part->make);
            edge(planner, table->drop, drop_of(part));
        } else {
            edge(planner, part->make, table->make);
            edge(planner, drop_of(part), table->make);
        }
    }
}

static void edges_of_leaving(struct planner *planner, const struct change *table)
{
    if (!table->before || !leaves_parents(table))
        return;
    for (size_t i = 0; i < table->parts.n; i++) {
        edge(planner, table->drop, table->parts.items[i]->make);
        edge(planner, table->drop, drop_of(table->parts.items[i]));
    }
    for (size_t i = 0; i < table->before->needs.n; i++)
        edges_of_family(planner, table, table->before->needs.items[i], true);
}

static void edges_of_joining(struct planner *planner, const struct change *table)
{
    if (!table->after || !joins_parents(table))
        return;
    for (size_t i = 0; i < table->after->needs.n; i++)
        edges_of_family(planner, table, table->after->needs.items[i], false);
}

/* A sequence leaves the table that owned it before that goes. */
static void edges_of_owner(struct planner *planner, const struct change *change)
{
    const struct change *owner =
        change->before && change->after ? change_of(planner, change->before->part_of) : NULL;

    if (owner && change->after->kind == ITEM_SEQUENCE && change_has(change, PROPERTY_OWNED_BY))
        edge(planner, change->make, drop_of(owner));
}

/* Relations, indexes and types of a schema share names, and so do functions of the same types. */
static const char *name_slot(struct arena *arena, const struct item *item)
{
    switch (item->kind) {
    case ITEM_SEQUENCE:
    case ITEM_TABLE:
    case ITEM_FOREIGN_TABLE:
    case ITEM_VIEW:
    case ITEM_MATERIALIZED_VIEW:
    case ITEM_INDEX:
    case ITEM_ENUM:
    case ITEM_DOMAIN:
    case ITEM_COMPOSITE:
    case ITEM_RANGE:
    case ITEM_BASE_TYPE:
    case ITEM_SHELL_TYPE:
        return arena_printf(arena, "r %s", item->qualified);
    case ITEM_CONSTRAINT:
        return arena_printf(arena, "r %s.%s", catalog_quote_identifier(arena, item->schema),
                            item->qualified);
    case ITEM_FUNCTION:
    case ITEM_PROCEDURE:
    case ITEM_AGGREGATE:
        return arena_printf(arena, "f %s", item->qualified);
    default:
        return NULL;
    }
}

/* What goes makes room for what takes its name. */
static void edges_of_names(struct planner *planner)
{
    struct map slots = {.arena = planner->arena};

    for (size_t i = 0; i < planner->changes.n; i++) {
        struct change *change = planner->changes.items[i];
        const char *slot = change->before ? name_slot(planner->arena, change->before) : NULL;
        if (slot && drop_of(change))
            map_put(&slots, slot, change);
    }
    for (size_t i = 0; i < planner->changes.n; i++) {
        struct change *change = planner->changes.items[i];
        const char *slot =
            change->after && !change->before ? name_slot(planner->arena, change->after) : NULL;
        const struct change *goes = slot ? map_find(&slots, slot) : NULL;
        if (goes)
            edge_to_makers(planner, drop_of(goes), change);
    }
}

/* Partitions that leave a table make room for those that come to it. */
static void edges_of_bounds(struct planner *planner)
{
    struct map leaving = {.arena = planner->arena};

    for (size_t i = 0; i < planner->before.items.n; i++) {
        struct item *table = planner->before.items.items[i];
        const char *parent =
            item_property(table, PROPERTY_BOUND) ? item_property(table, PROPERTY_PARENT) : NULL;
        struct dependents *list;
        if (!parent || !drop_of(change_of(planner, table)))
            continue;
        list = map_find(&leaving, parent);
        if (!list) {
            list = arena_new(planner->arena, struct dependents);
            map_put(&leaving, parent, list);
        }
        vec_push(planner->arena, &list->items, table);
    }
    for (size_t i = 0; i < planner->after.items.n; i++) {
        const struct item *table = planner->after.items.items[i];
        const struct change *change = change_of(planner, table);
        const struct dependents *list =
            item_property(table, PROPERTY_BOUND) && (is_created(change) || joins_parents(change))
                ? map_find(&leaving, item_property(table, PROPERTY_PARENT))
                : NULL;
        for (size_t k = 0; list && k < list->items.n; k++)
            edge(planner, drop_of(change_of(planner, list->items.items[k])), change->make);
    }
}

void planner_edges(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *change = planner->changes.items[i];
        edge(planner, drop_of(change), change->make);
        edge(planner, change->make, change->end);
        if (change->after && change->make) {
            edges_of_needs_after(planner, change);
            edges_of_uses(planner, change);
        }
        if (change->before)
            edges_of_needs_before(planner, change);
        edges_of_whole(planner, change);
        edges_of_parents(planner, change);
        edges_of_owner(planner, change);
        edges_of_partitions(planner, change);
        edges_of_leaving(planner, change);
        edges_of_joining(planner, change);
        edges_of_dropped_partition(planner, planner->changes.items[i]);
    }
    edges_of_names(planner);
    edges_of_bounds(planner);
}
