/* The statements are those of the plan from an empty schema, in another order; what comes of them
 * is compared with the catalog. Should the order be wrong after all, the plan's own is written, in
 * one file, as that one was tried when it was made.
 */
#include "pull/pull.h"

#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"
#include "pull/files.h"
#include "replay/replay.h"

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const struct pull_file *)a)->name, ((const struct pull_file *)b)->name);
}

static const char *catalog_text(struct arena *arena, struct catalog *catalog,
                                const struct ignore *ignore)
{
    struct inventory inventory = inventory_of(arena, catalog);

    inventory_ignore(arena, &inventory, ignore);
    return inventory_text(arena, &inventory);
}

static bool leads_to(struct arena *arena, const pull_file_list *files, struct catalog *wanted,
                     const struct ignore *ignore)
{
    struct catalog *catalog = catalog_create(arena, catalog_release(wanted));
    struct diags said = {.arena = arena};

    for (size_t i = 0; i < files->n; i++) {
        struct source *source =
            source_create(arena, files->items[i].name, str_from(files->items[i].text));
        source->release = catalog_release(wanted);
        replay_script(catalog, sql_parse_schema(arena, source, &said), &said);
    }
    return !said.n_errors &&
           strcmp(catalog_text(arena, catalog, ignore), catalog_text(arena, wanted, ignore)) == 0;
}

bool pull_write(struct arena *arena, struct catalog *catalog, const struct ignore *ignore,
                enum pull_split split, struct diags *diags, pull_file_list *files)
{
    const struct plan_options wishes = {.is_plain = true, .allows_all = true, .ignore = ignore};
    struct inventory inventory = inventory_of(arena, catalog);
    struct catalog *copy = catalog_create(arena, catalog_release(catalog));
    struct plan plan;
    unit_list units = {0};

    inventory_ignore(arena, &inventory, ignore);
    if (!plan_make(arena, copy, catalog, &wishes, diags, &plan))
        return false;
    units_make(arena, &plan, &inventory, &units);
    files_make(arena, &units, split, files);
    qsort(files->items, files->n, sizeof *files->items, compare_files);
    if (leads_to(arena, files, catalog, ignore))
        return true;
    files->n = 0;
    vec_push(
        arena, files,
        (struct pull_file){split == PULL_ONE_FILE ? "" : "001_schema.sql",
                           arena_printf(arena, "%s\n\n%s", PULL_MARK, plan_text(arena, &plan))});
    return true;
}
