/* Items that are the same under another name: parts that were named after what was renamed, and
 * what is dropped and added where a rename was meant.
 */
#include <string.h>

#include "migrate/renaming.h"

static bool is_about(enum property_id id)
{
    return id == PROPERTY_OWNER || id == PROPERTY_PRIVILEGE || id == PROPERTY_COMMENT ||
           id == PROPERTY_SECURITY_LABEL || (property_flags(id) & PROPERTY_IS_NOTED);
}

static bool items_are_alike(const struct item *a, const struct item *b)
{
    if (a->kind != b->kind)
        return false;
    for (int id = 0; id < N_PROPERTIES; id++)
        if (!is_about((enum property_id)id) && !item_same(a, b, (enum property_id)id))
            return false;
    return true;
}

static bool is_gone(const struct item *item, const struct inventory *other)
{
    return !item->is_derived && !inventory_find(other, item->key);
}

/* --- Parts ------------------------------------------------------------------------------------ */

/* Whether what the item is a part of, or a part of that, got another name. */
static bool whole_was_renamed(const struct item *item, const renaming_list *done)
{
    const struct item *whole = item_whole(item);

    for (size_t i = 0; whole != item && i < done->n; i++)
        if (strcmp(item_whole(done->items[i].item)->key, whole->key) == 0)
            return true;
    return false;
}

static bool is_named_after(const struct item *item, const renaming_list *done)
{
    switch (item->kind) {
    case ITEM_CONSTRAINT:
    case ITEM_DOMAIN_CONSTRAINT:
    case ITEM_INDEX:
        return !item->is_derived && whole_was_renamed(item, done);
    case ITEM_SEQUENCE:
        return whole_was_renamed(item, done);
    default:
        return false;
    }
}

/* The only one of `inventory` that is like the item and not in the other one; NULL: none, or
 * several. */
static const struct item *find_alike(const struct inventory *inventory,
                                     const struct inventory *other, const struct item *item)
{
    const struct item *found = NULL;

    for (size_t i = 0; i < inventory->items.n; i++) {
        const struct item *candidate = inventory->items.items[i];
        if (candidate->kind != item->kind || !name_eq(candidate->schema, item->schema) ||
            !name_eq(candidate->table, item->table) || inventory_find(other, candidate->key) ||
            !items_are_alike(candidate, item))
            continue;
        if (found)
            return NULL;
        found = candidate;
    }
    return found;
}

void renamings_of_parts(struct arena *arena, const struct inventory *before,
                        const struct inventory *after, const renaming_list *done,
                        renaming_list *list)
{
    for (size_t i = 0; done->n && i < after->items.n; i++) {
        const struct item *item = after->items.items[i], *old;
        if (!is_named_after(item, done) || inventory_find(before, item->key))
            continue;
        old = find_alike(before, after, item);
        if (old && find_alike(after, before, old) == item)
            vec_push(arena, list, (struct renaming){item, NULL, old->schema, old->name, NULL});
    }
}

/* --- What looks like a rename ----------------------------------------------------------------- */

static bool is_suggested(enum item_kind kind)
{
    switch (kind) {
    case ITEM_TABLE:
    case ITEM_COLUMN:
    case ITEM_VIEW:
    case ITEM_MATERIALIZED_VIEW:
    case ITEM_ENUM:
    case ITEM_COMPOSITE:
    case ITEM_DOMAIN:
    case ITEM_FUNCTION:
    case ITEM_PROCEDURE:
    case ITEM_SEQUENCE:
    case ITEM_INDEX:
    case ITEM_CONSTRAINT:
    case ITEM_TRIGGER:
    case ITEM_POLICY:
        return true;
    default:
        return false;
    }
}

/* The columns of a table or type, which lie together as items are in the order of their keys. */
static struct item *const *columns_of(struct arena *arena, const struct inventory *inventory,
                                      const struct item *whole, size_t *n)
{
    const char *prefix = arena_printf(arena, "COLUMN %s: ", whole->qualified);
    const size_t n_items = inventory->items.n, len = strlen(prefix);
    size_t low = 0, high = n_items;

    while (low < high) {
        const size_t middle = (low + high) / 2;
        const struct item *item = inventory->items.items[middle];
        if (item->kind < ITEM_COLUMN ||
            (item->kind == ITEM_COLUMN && strcmp(item->key, prefix) < 0))
            low = middle + 1;
        else
            high = middle;
    }
    for (*n = 0; low + *n < n_items; ++*n)
        if (strncmp(inventory->items.items[low + *n]->key, prefix, len) != 0)
            break;
    return inventory->items.items + low;
}

/* Both have the same columns, which are in the order of their names. */
static bool has_columns_of(struct arena *arena, const struct inventory *one, const struct item *a,
                           const struct inventory *other, const struct item *b)
{
    size_t n, n_other;
    struct item *const *columns = columns_of(arena, one, a, &n);
    struct item *const *others = columns_of(arena, other, b, &n_other);

    if (n != n_other || n == 0)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!name_eq(columns[i]->name, others[i]->name) || !items_are_alike(columns[i], others[i]))
            return false;
    return true;
}

static bool has_columns(enum item_kind kind)
{
    return kind == ITEM_TABLE || kind == ITEM_FOREIGN_TABLE || kind == ITEM_COMPOSITE;
}

bool items_look_alike(struct arena *arena, const struct inventory *one, const struct item *a,
                      const struct inventory *other, const struct item *b)
{
    return items_are_alike(a, b) &&
           (!has_columns(a->kind) || has_columns_of(arena, one, a, other, b));
}

/* A column of the same type may have another default; all else has to be the same. */
static bool looks_renamed(struct arena *arena, const struct inventory *before,
                          const struct item *old, const struct inventory *after,
                          const struct item *item)
{
    if (old->kind != item->kind || !name_eq(old->table, item->table) ||
        !name_eq(old->schema, item->schema) || !name_eq(old->arguments, item->arguments))
        return false;
    if (item->kind == ITEM_COLUMN)
        return item_same(old, item, PROPERTY_TYPE);
    return items_look_alike(arena, before, old, after, item);
}

static void suggest(struct arena *arena, const struct item *old, const struct item *item,
                    struct diags *diags)
{
    const char *title = item_title(arena, item, NULL);

    diag_hint(diags,
              diag_warning(diags, "PL733", item->at,
                           "\"%s\" goes and %s comes, which looks like a rename", old->name, title),
              "if it is one, write in the line above: -- @renamed from %s",
              catalog_quote_identifier(arena, old->name));
}

/* Columns of a table that is itself new, or goes, say nothing. */
static bool has_whole_in(const struct item *item, const struct inventory *other)
{
    return !item->part_of || inventory_find(other, item->part_of->key);
}

void renames_suggest(struct arena *arena, const struct inventory *before,
                     const struct inventory *after, struct diags *diags)
{
    VEC(const struct item *) gone = {0};

    for (size_t i = 0; i < before->items.n; i++)
        if (is_suggested(before->items.items[i]->kind) && is_gone(before->items.items[i], after) &&
            has_whole_in(before->items.items[i], after))
            vec_push(arena, &gone, before->items.items[i]);
    for (size_t i = 0; gone.n && i < after->items.n; i++) {
        const struct item *item = after->items.items[i];
        if (!is_suggested(item->kind) || !is_gone(item, before) || !has_whole_in(item, before))
            continue;
        for (size_t k = 0; k < gone.n; k++)
            if (gone.items[k] && looks_renamed(arena, before, gone.items[k], after, item)) {
                suggest(arena, gone.items[k], item, diags);
                gone.items[k] = NULL;
                break;
            }
    }
}
