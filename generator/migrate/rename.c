/* Hints are followed level by level: schemas, what lies in them, and parts of that; a level finds
 * its objects under the names that the level above has given.
 */
#include "migrate/rename.h"

#include <string.h>

#include "migrate/claim.h"
#include "replay/replay.h"
#include "support/nearest.h"

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
        suggest_name(
            renamer,
            diag_error(renamer->diags, "PL731", hint->at,
                       "%s is new, and there is no \"%s\" of which it could be the name now", title,
                       old),
            hint);
    else if (claim->is_old)
        diag_hint(renamer->diags,
                  diag_error(renamer->diags, "PL731", hint->at,
                             "\"%s\" is still there, so %s is not what it is called now", old,
                             title),
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
    replay_script(renamer->before_catalog, sql_parse_schema(renamer->arena, source, renamer->diags),
                  renamer->diags);
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
    claims_judge(renamer, level);
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
        const char *record = claim_is_in_circle(renamer, &renamer->claims.items[i])
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
