/* What is written together with what it is part of: columns in CREATE TABLE, their defaults, the
 * constraints that can be; and what needs no DROP of its own.
 */
#include "plan/planner.h"

/* --- Making ----------------------------------------------------------------------------------- */

static const struct change *outermost(const struct change *change)
{
    while (change->whole)
        change = change->whole;
    return change;
}

/* Whether the object cannot be before the whole is. */
static bool reaches(struct planner *planner, struct change *change, const struct change *whole)
{
    if (!change || !is_created(change) || change->is_visited)
        return false;
    if (outermost(change) == whole)
        return true;
    change->is_visited = true;
    for (size_t i = 0; i < change->after->needs.n; i++)
        if (reaches(planner, change_of(planner, change->after->needs.items[i]), whole))
            return true;
    return reaches(planner, change->whole, whole);
}

static void forget_visits(struct planner *planner, struct change *change)
{
    if (!change || !change->is_visited)
        return;
    change->is_visited = false;
    for (size_t i = 0; i < change->after->needs.n; i++)
        forget_visits(planner, change_of(planner, change->after->needs.items[i]));
    forget_visits(planner, change->whole);
}

static bool needs_whole_first(struct planner *planner, const struct change *part)
{
    const struct change *whole = outermost(part);
    bool found = false;

    for (size_t i = 0; !found && i < part->after->needs.n; i++) {
        struct change *needed = change_of(planner, part->after->needs.items[i]);
        if (needed && outermost(needed) != whole)
            found = reaches(planner, needed, whole);
    }
    for (size_t i = 0; i < part->after->needs.n; i++)
        forget_visits(planner, change_of(planner, part->after->needs.items[i]));
    return found;
}

static bool is_made_with_whole(struct planner *planner, const struct change *part)
{
    switch (part->after->kind) {
    case ITEM_COLUMN:
        return true;
    case ITEM_DOMAIN_CONSTRAINT:
        return !item_property(part->after, PROPERTY_NOT_VALID);
    case ITEM_DEFAULT:
        return !needs_whole_first(planner, part);
    case ITEM_CONSTRAINT:
        return !is_foreign_key(part->after) && !item_property(part->after, PROPERTY_NOT_VALID) &&
               !part->after->is_derived && !needs_whole_first(planner, part);
    default:
        return false;
    }
}

/* --- Dropping --------------------------------------------------------------------------------- */

/* Two tables that go may point at each other: their foreign keys go first. */
static bool goes_with_whole(const struct planner *planner, const struct change *part)
{
    if (part->before->kind != ITEM_CONSTRAINT || !is_foreign_key(part->before))
        return true;
    for (size_t i = 0; i < part->before->needs.n; i++) {
        const struct change *needed = change_of(planner, part->before->needs.items[i]);
        if (needed && outermost(needed) != outermost(part) && is_dropped(outermost(needed)))
            return false;
    }
    return true;
}

static bool item_needs(const struct item *item, const struct item *wanted)
{
    for (size_t i = 0; i < item->needs.n; i++)
        if (item->needs.items[i] == wanted)
            return true;
    return false;
}

/* A base type and its functions: none of them can go before the other one. */
static void drop_with_type(struct planner *planner, struct change *type)
{
    for (size_t i = 0; i < type->before->needs.n; i++) {
        struct change *function = change_of(planner, type->before->needs.items[i]);
        if (function && is_dropped(function) && item_needs(function->before, type->before))
            function->goes_with_type = type;
    }
}

void planner_fold(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        struct change *change = planner->changes.items[i];
        if (is_dropped(change) && change->before->kind == ITEM_BASE_TYPE)
            drop_with_type(planner, change);
        if (!change->whole)
            continue;
        if (is_created(change) && is_created(change->whole))
            change->is_made_with_whole = is_made_with_whole(planner, change);
        if (is_dropped(change) && is_dropped(change->whole))
            change->goes_with_whole = goes_with_whole(planner, change);
    }
}
