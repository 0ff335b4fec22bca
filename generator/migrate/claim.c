/* A hint is judged by which of its names are there before and afterwards, and by the other hints: a
 * name may be taken from what gives it away, and given to what takes it.
 */
#include "migrate/claim.h"

#include <string.h>

#include "catalog/catalog.h"
#include "migrate/reader.h"

/* Functions are told apart by types, which are renamed first. */
static enum level level_of(const struct hint *hint)
{
    if (hint->item->kind == ITEM_SCHEMA)
        return LEVEL_SCHEMAS;
    return hint->label || hint->item->table || hint->item->arguments ? LEVEL_PARTS : LEVEL_OBJECTS;
}

/* --- Finding ---------------------------------------------------------------------------------- */

/* Whether the item is what `like` would be under another name. */
static bool is_called(const struct item *item, const struct item *like, const char *schema,
                      const char *name)
{
    return item->kind == like->kind && name_eq(item->name, name) && name_eq(item->schema, schema) &&
           name_eq(item->table, like->table) && name_eq(item->arguments, like->arguments);
}

static const struct item *find_item(const struct inventory *inventory, const struct item *like,
                                    const char *schema, const char *name)
{
    for (size_t i = 0; i < inventory->items.n; i++)
        if (is_called(inventory->items.items[i], like, schema, name))
            return inventory->items.items[i];
    return NULL;
}

static bool has_label(struct arena *arena, const struct item *item, const char *label)
{
    const char *wanted = catalog_quote_literal(arena, label), *value;
    size_t at = 0;

    while (item && (value = item_next(item, PROPERTY_LABEL, &at)) != NULL)
        if (strcmp(value, wanted) == 0)
            return true;
    return false;
}

const char *old_schema(const struct hint *hint)
{
    return hint->old_schema ? hint->old_schema : hint->item->schema;
}

static struct claim claim_of(struct renamer *renamer, const struct hint *hint)
{
    const struct item *item = hint->item;
    const char *schema = old_schema(hint);
    const struct item *same = find_item(&renamer->before, item, item->schema, item->name);
    struct claim claim = {.hint = hint};

    if (hint->label) {
        claim.was = has_label(renamer->arena, same, hint->old_label) ? same : NULL;
        claim.was_new = has_label(renamer->arena, same, hint->label);
        claim.is_old = has_label(renamer->arena, item, hint->old_label);
    } else {
        claim.was = find_item(&renamer->before, item, schema, hint->old_name);
        claim.was_new = same != NULL;
        claim.is_old = find_item(&renamer->after, item, schema, hint->old_name) != NULL;
    }
    return claim;
}

/* Whether `other` gives the name that this hint takes away. */
static bool gives_old_name(const struct hint *hint, const struct hint *other)
{
    if (hint->label || other->label)
        return hint->item == other->item && hint->label && name_eq(other->label, hint->old_label);
    return is_called(other->item, hint->item, old_schema(hint), hint->old_name);
}

/* The claim whose new name is this one's old name; NULL: there is none. */
static struct claim *giver(struct renamer *renamer, const struct claim *claim)
{
    for (size_t i = 0; i < renamer->claims.n; i++)
        if (gives_old_name(claim->hint, renamer->claims.items[i].hint))
            return &renamer->claims.items[i];
    return NULL;
}

/* The claim whose old name is this one's new name. */
static struct claim *taker(struct renamer *renamer, const struct claim *claim)
{
    for (size_t i = 0; i < renamer->claims.n; i++)
        if (gives_old_name(renamer->claims.items[i].hint, claim->hint))
            return &renamer->claims.items[i];
    return NULL;
}

/* --- Judging ---------------------------------------------------------------------------------- */

const char *record_of(struct arena *arena, const struct hint *hint)
{
    return arena_printf(arena, "%s from %s%s%s", item_title(arena, hint->item, hint->label),
                        hint->old_schema ? hint->old_schema : "", hint->old_schema ? "." : "",
                        hint->label ? hint->old_label : hint->old_name);
}

static bool is_recorded(const struct renamer *renamer, const struct hint *hint)
{
    const char *record = record_of(renamer->arena, hint);

    for (size_t i = 0; renamer->folder && i < renamer->folder->items.n; i++) {
        const mark_list *marks = &renamer->folder->items.items[i]->marks;
        for (size_t m = 0; m < marks->n; m++)
            if (marks->items[m].kind == MARK_RENAMED && strcmp(marks->items[m].value, record) == 0)
                return true;
    }
    return false;
}

/* Where the old and the new name are there before and after, nothing tells whether names were
 * swapped already but the folder; without one, whether the objects look as they should. */
static bool is_swapped(const struct renamer *renamer, const struct claim *claim)
{
    const struct item *item = claim->hint->item;
    const struct item *same = find_item(&renamer->before, item, item->schema, item->name);

    if (renamer->folder)
        return is_recorded(renamer, claim->hint);
    return same && !claim->hint->label &&
           items_look_alike(renamer->arena, &renamer->before, same, &renamer->after, item);
}

static enum verdict first_verdict(struct renamer *renamer, const struct claim *claim)
{
    if (!claim->was)
        return claim->was_new ? VERDICT_DONE : VERDICT_WRONG;
    if (claim->was_new)
        return VERDICT_OPEN;
    return !claim->is_old || giver(renamer, claim) ? VERDICT_FOLLOWED : VERDICT_WRONG;
}

/* A chain: the new name is taken from its old owner, or the old one was given to a new one. */
static enum verdict chained_verdict(struct renamer *renamer, const struct claim *claim)
{
    const struct claim *from = giver(renamer, claim), *to = taker(renamer, claim);

    if (from && from->verdict == VERDICT_DONE)
        return VERDICT_DONE;
    if (to && to->verdict == VERDICT_FOLLOWED && (from || !claim->is_old))
        return VERDICT_FOLLOWED;
    return VERDICT_OPEN;
}

bool claim_is_in_circle(struct renamer *renamer, const struct claim *claim)
{
    const struct claim *next = giver(renamer, claim);

    for (size_t i = 0; next && i < renamer->claims.n; i++) {
        if (next == claim)
            return true;
        next = giver(renamer, next);
    }
    return false;
}

static void judge(struct renamer *renamer)
{
    bool has_changed = true;

    for (size_t i = 0; i < renamer->claims.n; i++)
        renamer->claims.items[i].verdict = first_verdict(renamer, &renamer->claims.items[i]);
    while (has_changed) {
        has_changed = false;
        for (size_t i = 0; i < renamer->claims.n; i++) {
            struct claim *claim = &renamer->claims.items[i];
            if (claim->verdict != VERDICT_OPEN)
                continue;
            claim->verdict = chained_verdict(renamer, claim);
            has_changed |= claim->verdict != VERDICT_OPEN;
        }
    }
    for (size_t i = 0; i < renamer->claims.n; i++) {
        struct claim *claim = &renamer->claims.items[i];
        if (claim->verdict != VERDICT_OPEN)
            continue;
        claim->verdict = !claim_is_in_circle(renamer, claim) ? VERDICT_WRONG
                         : is_swapped(renamer, claim)        ? VERDICT_DONE
                                                             : VERDICT_FOLLOWED;
    }
}

void claims_judge(struct renamer *renamer, enum level level)
{
    renamer->claims.n = 0;
    for (size_t i = 0; i < renamer->hints.n; i++)
        if (level_of(&renamer->hints.items[i]) == level)
            vec_push(renamer->arena, &renamer->claims, claim_of(renamer, &renamer->hints.items[i]));
    judge(renamer);
}
