/* What the server has stored from an expression: values of generated columns, entries of indexes.
 * It does not look at them again when a function or a text search configuration that the expression
 * uses does something else: they are made anew, so that they are of now.
 */
#include "plan/planner.h"

/* Whether it may give other values for the same arguments. */
static bool gives_other_values(const struct change *change)
{
    static const enum property_id told_by[] = {PROPERTY_BODY, PROPERTY_SETTING, PROPERTY_LANGUAGE,
                                               PROPERTY_CLAUSE};

    if (!change->before || !change->after)
        return false;
    switch (change->after->kind) {
    case ITEM_FUNCTION:
    case ITEM_TS_DICTIONARY:
    case ITEM_TS_CONFIGURATION:
        for (size_t i = 0; i < sizeof told_by / sizeof *told_by; i++)
            if (change_has(change, told_by[i]))
                return true;
        return false;
    default:
        return false;
    }
}

/* What uses it gives other values too. */
static bool passes_on(enum item_kind kind)
{
    switch (kind) {
    case ITEM_FUNCTION:
    case ITEM_OPERATOR:
    case ITEM_OPERATOR_CLASS:
    case ITEM_OPERATOR_FAMILY:
    case ITEM_TS_CONFIGURATION:
        return true;
    default:
        return false;
    }
}

static bool is_stored(const struct item *item)
{
    switch (item->kind) {
    case ITEM_INDEX:
        return true;
    case ITEM_CONSTRAINT:
        return !is_foreign_key(item) && !is_check(item);
    case ITEM_COLUMN:
        return item->part_of->kind == ITEM_TABLE && item_property(item, PROPERTY_GENERATED);
    default:
        return false;
    }
}

static void make_anew(struct planner *planner, struct change *change)
{
    if (change->after->kind == ITEM_TABLE && item_property(change->after, PROPERTY_PARTITION_KEY))
        plan_refuse(planner, change->after,
                    arena_printf(planner->arena,
                                 "a function in the partition key of %s does something else, and "
                                 "its rows lie where they lay",
                                 change->after->qualified));
    else if (is_stored(change->after) && !change->after->is_derived &&
             (change->action == ACTION_KEEP || change->action == ACTION_ALTER))
        change->action = ACTION_REBUILD;
}

static void look_at_users(struct planner *planner, struct change *cause)
{
    const struct dependents *users = map_find(&planner->dependents, cause->before->key);

    for (size_t i = 0; users && i < users->items.n; i++) {
        struct change *user = change_of(planner, users->items.items[i]);
        if (!user || !user->before || !user->after || user->is_visited)
            continue;
        if (!passes_on(user->after->kind)) {
            make_anew(planner, user);
            continue;
        }
        user->is_visited = true;
        look_at_users(planner, user);
    }
}

void planner_refresh(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++)
        if (gives_other_values(planner->changes.items[i]))
            look_at_users(planner, planner->changes.items[i]);
    for (size_t i = 0; i < planner->changes.n; i++)
        planner->changes.items[i]->is_visited = false;
}
