/* The order of a folder is that of parents: a walk from the first migration, in the order of names
 * where there are several heads.
 */
#include <stdlib.h>
#include <string.h>

#include "migrate/migration.h"
#include "support/nearest.h"

static int compare_names(const void *a, const void *b)
{
    return strcmp((*(struct migration *const *)a)->name, (*(struct migration *const *)b)->name);
}

struct migration *folder_find(const struct folder *folder, const char *name)
{
    for (size_t i = 0; i < folder->items.n; i++)
        if (strcmp(folder->items.items[i]->name, name) == 0)
            return folder->items.items[i];
    return NULL;
}

static span top_of(const struct migration *migration)
{
    return span_of(migration->source, 0, 0);
}

static void refuse_parent(const struct folder *folder, struct arena *arena,
                          const struct migration *migration, struct diags *diags)
{
    struct nearest nearest = {.wanted = migration->parent};
    struct diag *diag = diag_error(diags, "PL712", migration->parent_at,
                                   "there is no migration \"%s\"", migration->parent);

    for (size_t i = 0; i < folder->items.n; i++)
        if (folder->items.items[i] != migration)
            nearest_consider(&nearest, folder->items.items[i]->name);
    if (nearest.name)
        diag_hint(diags, diag, "%s", nearest_hint(arena, &nearest));
    else
        diag_hint(diags, diag, "write the name of a file of this folder without .sql, or \"none\"");
}

static const char *name_before(const struct folder *folder, const struct migration *migration)
{
    const char *before = NO_PARENT;

    for (size_t i = 0; i < folder->items.n && folder->items.items[i] != migration; i++)
        before = folder->items.items[i]->name;
    return before;
}

static void find_parent(const struct folder *folder, struct arena *arena,
                        struct migration *migration, struct diags *diags)
{
    const char *problem = migration_name_problem(migration->name);

    if (problem)
        diag_error(diags, "PL710", top_of(migration), "\"%s.sql\" is no name: %s", migration->name,
                   problem);
    if (!migration->parent) {
        diag_hint(diags,
                  diag_error(diags, "PL712", top_of(migration), "a migration names its parent"),
                  "write in the first line: -- tenon: parent %s", name_before(folder, migration));
        return;
    }
    migration->before = folder_find(folder, migration->parent);
    if (!migration->before && strcmp(migration->parent, NO_PARENT) != 0)
        refuse_parent(folder, arena, migration, diags);
    if (migration->before && strcmp(migration->before->name, migration->name) >= 0)
        diag_hint(diags,
                  diag_error(diags, "PL712", migration->parent_at,
                             "a parent's name comes first in the order of names"),
                  "tenon migrate rebase gives this file a later time");
}

static bool is_parent(const struct folder *folder, const struct migration *migration)
{
    for (size_t i = 0; i < folder->items.n; i++)
        if (folder->items.items[i]->before == migration)
            return true;
    return false;
}

/* Parents before children; by name where both could be next. As parents have the lesser names, that
 * is the order of names. */
bool folder_order(struct arena *arena, struct folder *folder, struct diags *diags)
{
    const size_t n_errors = diags->n_errors;

    if (folder->items.n)
        qsort(folder->items.items, folder->items.n, sizeof *folder->items.items, compare_names);
    for (size_t i = 0; i < folder->items.n; i++)
        find_parent(folder, arena, folder->items.items[i], diags);
    folder->heads.n = 0;
    for (size_t i = 0; i < folder->items.n; i++)
        if (!is_parent(folder, folder->items.items[i]))
            vec_push(arena, &folder->heads, folder->items.items[i]);
    return diags->n_errors == n_errors;
}

const struct migration *folder_head(const struct folder *folder)
{
    return folder->heads.n ? folder->heads.items[folder->heads.n - 1] : NULL;
}
