/* A partition that was made by itself and attached has keys and indexes of its own names. The plan
 * has the server make them with the parent's, and they are alike but for their names.
 */
#include "pull/rename.h"

#include <string.h>

static bool is_alike(const struct item *a, const struct item *b)
{
    if (a->kind != b->kind || item_whole(a) == a || item_whole(b) == b ||
        strcmp(item_whole(a)->key, item_whole(b)->key) != 0)
        return false;
    for (int id = 0; id < N_PROPERTIES; id++)
        if (!(property_flags((enum property_id)id) & PROPERTY_IS_NOTED) &&
            !item_same(a, b, (enum property_id)id))
            return false;
    return true;
}

/* What is like the item and belongs to nothing in the other schema. */
static struct item *find_partner(const struct inventory *made, const struct inventory *wanted,
                                 const struct item *item, struct map *taken)
{
    for (size_t i = 0; i < made->items.n; i++) {
        struct item *partner = made->items.items[i];
        if (partner->is_derived && !inventory_find(wanted, partner->key) &&
            !map_find(taken, partner->key) && is_alike(partner, item))
            return partner;
    }
    return NULL;
}

static void add_step(struct arena *arena, struct plan *plan, const struct item *old,
                     const struct item *item)
{
    const char *from = catalog_quote_identifier(arena, old->name);
    const char *to = catalog_quote_identifier(arena, item->name);
    struct step *step = arena_new(arena, struct step);

    step->sql = name_eq(item_property(item, PROPERTY_TYPE), "FOREIGN KEY")
                    ? arena_printf(arena, "ALTER TABLE %s RENAME CONSTRAINT %s TO %s",
                                   item_whole(item)->qualified, from, to)
                    : arena_printf(arena, "ALTER INDEX %s.%s RENAME TO %s",
                                   catalog_quote_identifier(arena, item->schema), from, to);
    step->item = item;
    step->number = plan->steps.n;
    step->wave = plan->steps.n ? plan->steps.items[plan->steps.n - 1]->wave : 0;
    vec_push(arena, &plan->steps, step);
}

void rename_derived(struct arena *arena, const struct inventory *made,
                    const struct inventory *wanted, struct plan *plan)
{
    struct map taken = {.arena = arena};

    for (size_t i = 0; i < wanted->items.n; i++) {
        const struct item *item = wanted->items.items[i];
        struct item *partner;
        if (!item->is_derived || inventory_find(made, item->key) ||
            (item->kind != ITEM_INDEX && item->kind != ITEM_CONSTRAINT))
            continue;
        partner = find_partner(made, wanted, item, &taken);
        if (!partner)
            continue;
        map_put(&taken, partner->key, partner);
        add_step(arena, plan, partner, item);
    }
}
