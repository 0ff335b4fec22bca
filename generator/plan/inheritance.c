/* Tables that leave their parents and come to others: partitions, and children by INHERITS.
 *
 * The server lets a table come when it has the columns and CHECKs of its parent: those are made
 * before it does (is_ahead), and those that it had by an old parent go after it has left.
 */
#include <string.h>

#include "plan/planner.h"

static bool is_partition(const struct item *table)
{
    return item_property(table, PROPERTY_BOUND) != NULL;
}

static bool moves(const struct change *table)
{
    return table->action == ACTION_ALTER &&
           (table->after->kind == ITEM_TABLE || table->after->kind == ITEM_FOREIGN_TABLE) &&
           (change_has(table, PROPERTY_PARENT) || change_has(table, PROPERTY_BOUND));
}

/* Who comes to a parent is behind those that it has: how many of the parents after can stay where
 * they are. */
static size_t count_kept(const struct change *table)
{
    size_t at = 0, at_before = 0, n = 0;
    const char *parent, *old;

    while ((parent = item_next(table->after, PROPERTY_PARENT, &at))) {
        do
            old = item_next(table->before, PROPERTY_PARENT, &at_before);
        while (old && strcmp(old, parent) != 0);
        if (!old)
            break;
        n++;
    }
    return n;
}

static bool is_kept(const struct change *table, const char *parent)
{
    const size_t n = count_kept(table);
    size_t at = 0;

    for (size_t i = 0; i < n; i++)
        if (strcmp(item_next(table->after, PROPERTY_PARENT, &at), parent) == 0)
            return true;
    return false;
}

/* Of one side those that do not stay. */
static const char *next_other(const struct change *table, const struct item *side, size_t *at)
{
    const char *parent;

    while ((parent = item_next(side, PROPERTY_PARENT, at)))
        if (!is_kept(table, parent))
            return parent;
    return NULL;
}

bool leaves_parents(const struct change *table)
{
    size_t at = 0;

    return moves(table) && (is_partition(table->before) || next_other(table, table->before, &at));
}

bool joins_parents(const struct change *table)
{
    size_t at = 0;

    return moves(table) && (is_partition(table->after) || next_other(table, table->after, &at));
}

void planner_join(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        struct change *part = planner->changes.items[i];
        const struct item *item = change_item(part);
        if (part->whole && joins_parents(part->whole) &&
            (item->kind == ITEM_COLUMN || is_check(item)))
            part->is_ahead = true;
    }
}

/* --- Steps ------------------------------------------------------------------------------------ */

static void detach(struct planner *planner, const struct change *change)
{
    step_add(planner, "ALTER TABLE %s DETACH PARTITION %s",
             item_property(change->before, PROPERTY_PARENT), change->before->qualified);
}

static void write_leaving(struct planner *planner, const struct change *change)
{
    size_t at = 0;
    const char *parent;

    if (is_partition(change->before)) {
        detach(planner, change);
        return;
    }
    while ((parent = next_other(change, change->before, &at)))
        step_add(planner, "%s NO INHERIT %s", alter_words(planner->arena, change->after), parent);
}

void write_joining(struct planner *planner, const struct change *change)
{
    size_t at = 0;
    const char *parent;

    if (!joins_parents(change))
        return;
    if (is_partition(change->after)) {
        step_add(planner, "ALTER TABLE %s ATTACH PARTITION %s %s",
                 item_property(change->after, PROPERTY_PARENT), change->after->qualified,
                 item_property(change->after, PROPERTY_BOUND));
        return;
    }
    while ((parent = next_other(change, change->after, &at)))
        step_add(planner, "%s INHERIT %s", alter_words(planner->arena, change->after), parent);
}

/* --- Partitions that go ----------------------------------------------------------------------- */

static bool stays(struct planner *planner, const struct change *key, void *context)
{
    (void)planner;
    (void)context;
    return !is_dropped(key) && !is_dropped(key->whole);
}

/* Foreign keys point at it by way of its parent: it leaves that first, when no row is left that
 * points at one of its own. */
static bool has_to_leave(struct planner *planner, const struct item *partition)
{
    const char *parent = item_property(partition, PROPERTY_PARENT);
    const struct change *whole =
        parent ? map_find(&planner->by_key, arena_printf(planner->arena, "TABLE %s", parent))
               : NULL;

    return whole && !is_dropped(whole) && each_key_to_parent(planner, partition, stays, NULL);
}

void drop_table(struct planner *planner, const struct change *change)
{
    if (leaves_parents(change)) {
        write_leaving(planner, change);
        return;
    }
    if (has_to_leave(planner, change->before))
        detach(planner, change);
    drop_object(planner, change);
}
