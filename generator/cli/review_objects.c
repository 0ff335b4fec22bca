/* What changed by object: two inventories side by side, whatever the kinds and properties are. */
#include <string.h>

#include "cli/review.h"

static const char *all_values(struct arena *arena, const struct item *item, enum property_id id)
{
    struct buf out = buf_in(arena);
    const char *value;

    for (size_t at = 0; (value = item_next(item, id, &at));)
        buf_addf(&out, "%s%s", out.len ? ", " : "", value);
    return out.len ? buf_text(&out) : "none";
}

static void add_difference(struct arena *arena, struct buf *out, const struct item *before,
                           const struct item *after, enum property_id id)
{
    const char *old = all_values(arena, before, id), *new = all_values(arena, after, id);
    const char *gap = out->len ? "; " : "";

    if (strcmp(new, "true") == 0 && strcmp(old, "none") == 0)
        buf_addf(out, "%s%s", gap, property_name(id));
    else if (strcmp(old, "true") == 0 && strcmp(new, "none") == 0)
        buf_addf(out, "%snot any more %s", gap, property_name(id));
    else
        buf_addf(out, "%s%s: %s → %s", gap, property_name(id), old, new);
}

static const char *differences(struct arena *arena, const struct item *before,
                               const struct item *after)
{
    struct buf out = buf_in(arena);

    for (int id = 0; id < N_PROPERTIES; id++)
        if (!(property_flags((enum property_id)id) & PROPERTY_IS_NOTED) &&
            !item_same(before, after, (enum property_id)id))
            add_difference(arena, &out, before, after, (enum property_id)id);
    return buf_text(&out);
}

/* Parts go and come with the whole. */
static bool is_told_by_whole(const struct item *item, const struct inventory *other)
{
    return item->is_derived || (item->part_of && !inventory_find(other, item_whole(item)->key));
}

static const char *name_of(struct arena *arena, const struct item *item)
{
    if (!item->table)
        return item->qualified ? item->qualified : item->name;
    return arena_printf(arena, "%s%s%s.%s", item->schema ? item->schema : "",
                        item->schema ? "." : "", item->table, item->name);
}

static void add(struct arena *arena, struct migration_review *review, char sign,
                const struct item *item, const char *details)
{
    vec_push(arena, &review->objects,
             (struct object_change){sign, item_noun(item->kind), name_of(arena, item), details});
}

void review_objects(struct arena *arena, const struct inventory *before,
                    const struct inventory *after, struct migration_review *review)
{
    for (size_t i = 0; i < after->items.n; i++) {
        const struct item *item = after->items.items[i];
        const struct item *old = inventory_find(before, item->key);
        const char *details = old ? differences(arena, old, item) : "";
        if (!old && !is_told_by_whole(item, before))
            add(arena, review, '+', item, "");
        else if (old && *details && !item->is_derived)
            add(arena, review, '~', item, details);
    }
    for (size_t i = 0; i < before->items.n; i++) {
        const struct item *item = before->items.items[i];
        if (!inventory_find(after, item->key) && !is_told_by_whole(item, after))
            add(arena, review, '-', item, "");
    }
}
