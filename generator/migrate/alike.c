/* Items that are the same under another name: parts that were named after what was renamed, and what
 * is dropped and added where a rename was meant.
 */
#include <string.h>

#include "migrate/renaming.h"

static bool is_about(enum property_id id)
{
    return id == PROPERTY_OWNER || id == PROPERTY_PRIVILEGE || id == PROPERTY_COMMENT ||
           id == PROPERTY_SECURITY_LABEL || (property_flags(id) & PROPERTY_IS_NOTED);
}

bool items_are_alike(const struct item *a, const struct item *b)
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

static bool was_renamed(const struct item *item, const renaming_list *done)
{
    for (size_t i = 0; i < done->n; i++) {
        const struct item *renamed = done->items[i].item;
        const char *table = renamed->table ? renamed->table : renamed->name;
        if (name_eq(item->schema, renamed->schema) && name_eq(item->table, table))
            return true;
    }
    return false;
}

/* The table that owns a sequence says whose it is: public.orders.id. */
static bool owner_was_renamed(const struct item *sequence, const renaming_list *done)
{
    for (const struct item *whole = sequence->part_of; whole; whole = whole->part_of)
        for (size_t i = 0; i < done->n; i++)
            if (done->items[i].item->kind == whole->kind &&
                strcmp(done->items[i].item->key, whole->key) == 0)
                return true;
    return false;
}

static bool is_named_after(const struct item *item, const renaming_list *done)
{
    switch (item->kind) {
    case ITEM_CONSTRAINT:
    case ITEM_DOMAIN_CONSTRAINT:
    case ITEM_INDEX:
        return !item->is_derived && was_renamed(item, done);
    case ITEM_SEQUENCE:
        return owner_was_renamed(item, done);
    default:
        return false;
    }
}

/* The only one of `inventory` that is like the item and not in the other one; NULL: none, or several. */
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
            vec_push(arena, list,
                     (struct renaming){item, NULL, old->schema, old->name, NULL});
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

/* A table or type is known by its columns. */
static bool has_columns_of(const struct inventory *inventory, const struct item *item,
                           const struct inventory *other, const struct item *like)
{
    size_t n = 0, n_other = 0;

    for (size_t i = 0; i < inventory->items.n; i++)
        n += inventory->items.items[i]->kind == ITEM_COLUMN &&
             inventory->items.items[i]->part_of == item;
    for (size_t i = 0; i < other->items.n; i++) {
        const struct item *column = other->items.items[i];
        bool is_there = false;
        if (column->kind != ITEM_COLUMN || column->part_of != like)
            continue;
        n_other++;
        for (size_t k = 0; k < inventory->items.n && !is_there; k++)
            is_there = inventory->items.items[k]->part_of == item &&
                       name_eq(inventory->items.items[k]->name, column->name) &&
                       items_are_alike(inventory->items.items[k], column);
        if (!is_there)
            return false;
    }
    return n == n_other && n > 0;
}

static bool has_columns(enum item_kind kind)
{
    return kind == ITEM_TABLE || kind == ITEM_COMPOSITE;
}

/* A column of the same type may have another default; all else has to be the same. */
static bool looks_renamed(const struct inventory *before, const struct item *old,
                          const struct inventory *after, const struct item *item)
{
    if (old->kind != item->kind || !name_eq(old->table, item->table) ||
        !name_eq(old->schema, item->schema) || !name_eq(old->arguments, item->arguments))
        return false;
    if (item->kind == ITEM_COLUMN)
        return item_same(old, item, PROPERTY_TYPE);
    if (has_columns(item->kind))
        return has_columns_of(before, old, after, item);
    return items_are_alike(old, item);
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
            if (gone.items[k] && looks_renamed(before, gone.items[k], after, item)) {
                suggest(arena, gone.items[k], item, diags);
                gone.items[k] = NULL;
                break;
            }
    }
}
