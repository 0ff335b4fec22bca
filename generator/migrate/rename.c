/* Hints are followed level by level: schemas, what lies in them, and parts of that; a level finds its
 * objects under the names that the level above has given.
 */
#include "migrate/rename.h"

#include <string.h>

#include "migrate/reader.h"
#include "migrate/renaming.h"
#include "replay/replay.h"
#include "support/nearest.h"

enum level { LEVEL_SCHEMAS, LEVEL_OBJECTS, LEVEL_PARTS, N_LEVELS };

enum verdict { VERDICT_OPEN, VERDICT_FOLLOWED, VERDICT_DONE, VERDICT_WRONG };

/* A hint and what the two schemas say of its names. */
struct claim {
    const struct hint *hint;
    enum verdict verdict;
    const struct item *was; /* the object of the old name, before */
    bool was_new, is_old;   /* the new name is there before; the old one afterwards */
};

struct renamer {
    struct arena *arena;
    struct catalog *before_catalog;
    struct inventory before, after;
    const struct folder *folder;
    struct diags *diags;
    hint_list hints;
    VEC(struct claim) claims; /* of the level */
    renaming_list done;
    rename_list *renames;
};

/* Functions are told apart by types, which are renamed first. */
static enum level level_of(const struct hint *hint)
{
    if (hint->item->kind == ITEM_SCHEMA)
        return LEVEL_SCHEMAS;
    return hint->label || hint->item->table || hint->item->arguments ? LEVEL_PARTS : LEVEL_OBJECTS;
}

/* --- Finding ---------------------------------------------------------------------------------- */

static const struct item *find_item(const struct inventory *inventory, const struct item *like,
                                    const char *schema, const char *name)
{
    for (size_t i = 0; i < inventory->items.n; i++) {
        const struct item *item = inventory->items.items[i];
        if (item->kind == like->kind && name_eq(item->name, name) &&
            name_eq(item->schema, schema) && name_eq(item->table, like->table) &&
            name_eq(item->arguments, like->arguments))
            return item;
    }
    return NULL;
}

static const char *literal(struct arena *arena, const char *text)
{
    struct buf buf = buf_in(arena);

    buf_adds(&buf, strchr(text, '\\') ? "E'" : "'");
    for (const char *c = text; *c; c++) {
        if (*c == '\'' || *c == '\\')
            buf_addc(&buf, *c);
        buf_addc(&buf, *c);
    }
    buf_addc(&buf, '\'');
    return buf_text(&buf);
}

static bool has_label(struct arena *arena, const struct item *item, const char *label)
{
    const char *wanted = literal(arena, label), *value;
    size_t at = 0;

    while (item && (value = item_next(item, PROPERTY_LABEL, &at)) != NULL)
        if (strcmp(value, wanted) == 0)
            return true;
    return false;
}

static const char *old_schema(const struct hint *hint)
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
    return other->item->kind == hint->item->kind && name_eq(other->item->name, hint->old_name) &&
           name_eq(other->item->schema, old_schema(hint)) &&
           name_eq(other->item->table, hint->item->table) &&
           name_eq(other->item->arguments, hint->item->arguments);
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

static const char *record_of(struct arena *arena, const struct hint *hint)
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
    return same && items_are_alike(same, item) && !claim->hint->label;
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

static bool is_in_circle(struct renamer *renamer, struct claim *claim)
{
    struct claim *next = giver(renamer, claim);

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
        claim->verdict = !is_in_circle(renamer, claim)  ? VERDICT_WRONG
                         : is_swapped(renamer, claim) ? VERDICT_DONE
                                                        : VERDICT_FOLLOWED;
    }
}

static void suggest_name(struct renamer *renamer, struct diag *diag, const struct hint *hint)
{
    struct nearest nearest = {.wanted = hint->old_name};

    for (size_t i = 0; !hint->label && i < renamer->before.items.n; i++) {
        const struct item *item = renamer->before.items.items[i];
        if (item->kind == hint->item->kind && name_eq(item->schema, old_schema(hint)) &&
            name_eq(item->table, hint->item->table))
            nearest_consider(&nearest, item->name);
    }
    if (nearest.name)
        diag_hint(renamer->diags, diag, "%s", nearest_hint(renamer->arena, &nearest));
    else
        diag_hint(renamer->diags, diag, "if it is new, remove this line");
}

static void refuse(struct renamer *renamer, const struct claim *claim)
{
    const struct hint *hint = claim->hint;
    const char *title = item_title(renamer->arena, hint->item, hint->label);
    const char *old = hint->label ? hint->old_label : hint->old_name;

    if (!claim->was)
        suggest_name(renamer,
                     diag_error(renamer->diags, "PL731", hint->at,
                                "%s is new, and there is no \"%s\" of which it could be the name now",
                                title, old),
                     hint);
    else if (claim->is_old)
        diag_hint(renamer->diags,
                  diag_error(renamer->diags, "PL731", hint->at,
                             "\"%s\" is still there, so %s is not what it is called now", old, title),
                  "remove this line, or remove \"%s\" from the schema", old);
    else
        diag_hint(renamer->diags,
                  diag_error(renamer->diags, "PL731", hint->at,
                             "%s and \"%s\" are both there before the change", title, old),
                  "remove this line: then \"%s\" is dropped, once that is allowed by name", old);
}

/* --- Following -------------------------------------------------------------------------------- */

static void replay(struct renamer *renamer, size_t from)
{
    struct buf text = buf_in(renamer->arena);
    struct source *source;

    for (size_t i = from; i < renamer->renames->n; i++)
        buf_addf(&text, "%s;\n", renamer->renames->items[i].sql);
    if (from == renamer->renames->n)
        return;
    source = source_create(renamer->arena, "renames", buf_str(&text));
    source->release = catalog_release(renamer->before_catalog);
    replay_script(renamer->before_catalog,
                  sql_parse_schema(renamer->arena, source, renamer->diags), renamer->diags);
    renamer->before = inventory_of(renamer->arena, renamer->before_catalog);
}

static void follow(struct renamer *renamer, renaming_list *list)
{
    const size_t n = renamer->renames->n;

    for (size_t i = 0; i < list->n; i++)
        vec_push(renamer->arena, &renamer->done, list->items[i]);
    renamings_write(renamer->arena, renamer->before_catalog, list, renamer->renames);
    replay(renamer, n);
}

static void judge_level(struct renamer *renamer, enum level level)
{
    renamer->claims.n = 0;
    for (size_t i = 0; i < renamer->hints.n; i++)
        if (level_of(&renamer->hints.items[i]) == level)
            vec_push(renamer->arena, &renamer->claims,
                     claim_of(renamer, &renamer->hints.items[i]));
    judge(renamer);
    for (size_t i = 0; i < renamer->claims.n; i++)
        if (renamer->claims.items[i].verdict == VERDICT_WRONG)
            refuse(renamer, &renamer->claims.items[i]);
}

static void follow_level(struct renamer *renamer)
{
    struct arena *arena = renamer->arena;
    renaming_list list = {0};

    for (size_t i = 0; i < renamer->claims.n; i++) {
        const struct claim *claim = &renamer->claims.items[i];
        const struct hint *hint = claim->hint;
        const char *record = is_in_circle(renamer, &renamer->claims.items[i])
                                 ? arena_printf(arena, "tenon: renamed %s", record_of(arena, hint))
                                 : NULL;
        if (claim->verdict == VERDICT_FOLLOWED)
            vec_push(arena, &list,
                     (struct renaming){hint->item, hint->label, old_schema(hint),
                                       hint->label ? hint->old_label : hint->old_name, record});
    }
    follow(renamer, &list);
}

static bool renamer_begin(struct renamer *renamer, const struct wanted *wanted)
{
    renamer->after = inventory_of(renamer->arena, wanted->catalog);
    hints_read(renamer->arena, wanted, &renamer->after, renamer->diags, &renamer->hints);
    renamer->before = inventory_of(renamer->arena, renamer->before_catalog);
    return renamer->diags->n_errors == 0;
}

bool renames_make(struct arena *arena, struct catalog *before, const struct wanted *wanted,
                  const struct folder *folder, struct diags *diags, rename_list *renames)
{
    struct renamer renamer = {
        .arena = arena, .before_catalog = before, .folder = folder, .diags = diags};
    renaming_list parts = {0};

    renamer.renames = renames;
    if (!renamer_begin(&renamer, wanted))
        return false;
    for (int level = 0; level < N_LEVELS && diags->n_errors == 0; level++) {
        judge_level(&renamer, (enum level)level);
        if (diags->n_errors == 0)
            follow_level(&renamer);
    }
    if (diags->n_errors)
        return false;
    renamings_of_parts(arena, &renamer.before, &renamer.after, &renamer.done, &parts);
    follow(&renamer, &parts);
    renames_suggest(arena, &renamer.before, &renamer.after, diags);
    return diags->n_errors == 0;
}

void difference_check_hints(struct arena *arena, struct catalog *before,
                            const struct wanted *wanted, const struct folder *folder,
                            struct diags *diags)
{
    rename_list renames = {0};
    struct renamer renamer = {
        .arena = arena, .before_catalog = before, .folder = folder, .diags = diags};

    renamer.renames = &renames;
    if (!renamer_begin(&renamer, wanted))
        return;
    for (int level = 0; level < N_LEVELS; level++) {
        judge_level(&renamer, (enum level)level);
        for (size_t i = 0; i < renamer.claims.n; i++)
            if (renamer.claims.items[i].verdict == VERDICT_DONE)
                diag_hint(diags,
                          diag_warning(diags, "PL732", renamer.claims.items[i].hint->at,
                                       "the migrations have renamed this"),
                          "the line can go");
    }
}
