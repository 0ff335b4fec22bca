/* What is left must not refer to what is gone. */
#include "inventory/ignore.h"

#include <string.h>

static bool matches(const char *pattern, const char *text)
{
    for (; *pattern; pattern++, text++) {
        if (*pattern == '*') {
            while (pattern[1] == '*')
                pattern++;
            for (; *text; text++)
                if (matches(pattern + 1, text))
                    return true;
            return !pattern[1];
        }
        if (!*text || (*pattern != '?' && *pattern != *text))
            return false;
    }
    return !*text;
}

static bool matches_any(const struct ignore *ignore, const char *name)
{
    for (size_t i = 0; i < ignore->n_patterns; i++)
        if (matches(ignore->patterns[i], name))
            return true;
    return false;
}

/* By the name of the whole, so that a column goes with its table. */
static bool is_ignored(struct arena *arena, const struct item *item, const struct ignore *ignore)
{
    const struct item *whole = item_whole(item);
    const char *name = whole->table ? whole->table : whole->name;

    if (whole->schema && matches_any(ignore, whole->schema))
        return true;
    if (matches_any(ignore,
                    whole->schema ? arena_printf(arena, "%s.%s", whole->schema, name) : name))
        return true;
    return ignore->has_partitions && item_property(whole, PROPERTY_BOUND);
}

static void forget_needs(struct inventory *inventory)
{
    for (size_t i = 0; i < inventory->items.n; i++) {
        struct item *item = inventory->items.items[i];
        size_t n = 0;
        for (size_t k = 0; k < item->needs.n; k++)
            if (inventory_find(inventory, item->needs.items[k]->key))
                item->needs.items[n++] = item->needs.items[k];
        item->needs.n = n;
    }
}

void inventory_ignore(struct arena *arena, struct inventory *inventory, const struct ignore *ignore)
{
    size_t n = 0;

    if (!ignore || (!ignore->n_patterns && !ignore->has_partitions))
        return;
    for (size_t i = 0; i < inventory->items.n; i++) {
        struct item *item = inventory->items.items[i];
        if (is_ignored(arena, item, ignore))
            map_remove(&inventory->by_key, item->key);
        else
            inventory->items.items[n++] = item;
    }
    inventory->items.n = n;
    forget_needs(inventory);
}
