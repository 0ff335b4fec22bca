/* A ledger's rows against the files. What is applied and has another text, or none, is named. */
#include <string.h>

#include "adopt/folder.h"
#include "support/buf.h"
#include "support/file.h"

struct matching {
    struct arena *arena;
    struct old_folder *folder;
};

static void problem(struct matching *matching, const char *what, const char *rest)
{
    vec_push(matching->arena, &matching->folder->problems,
             arena_printf(matching->arena, "%s %s", what, rest));
}

static struct old_migration *find(struct old_folder *folder, const char *version)
{
    for (size_t i = 0; i < folder->items.n; i++)
        if (strcmp(folder->items.items[i].version, version) == 0)
            return &folder->items.items[i];
    return NULL;
}

static void check_sum(struct matching *matching, const struct old_migration *migration)
{
    const char *sum = migration->row->checksum;

    if (!sum || !migration->checksum || strcmp(sum, migration->checksum) == 0)
        return;
    problem(matching, migration->file,
            arena_printf(matching->arena,
                         "is no longer what %s has applied (checksum %s, the ledger has %s): bring "
                         "it back from git, or have %s take the edit over first",
                         matching->folder->tool->name, migration->checksum, sum,
                         matching->folder->tool->name));
}

static void mark_up_to(struct matching *matching, const char *version)
{
    for (size_t i = 0; i < matching->folder->items.n; i++)
        if (file_natural_compare(matching->folder->items.items[i].version, version) <= 0)
            matching->folder->items.items[i].is_applied = true;
}

static void take(struct matching *matching, const struct old_row *row)
{
    const char *version = version_normal(matching->arena, str_from(row->version));
    struct old_migration *migration = find(matching->folder, version);

    if (row->problem)
        problem(matching, arena_printf(matching->arena, "version %s", row->version), row->problem);
    if (row->is_mark)
        mark_up_to(matching, version);
    if (migration) {
        migration->is_applied = true;
        migration->row = row;
        check_sum(matching, migration);
    } else if (!row->is_mark || matching->folder->tool->files == FILES_NUMBERED) {
        problem(matching, arena_printf(matching->arena, "version %s", row->version),
                "is applied, and there is no such file: bring it back from git");
    }
}

void old_folder_match(struct arena *arena, struct old_folder *folder, const old_row_list *rows)
{
    struct matching matching = {arena, folder};

    for (size_t i = 0; i < rows->n; i++)
        take(&matching, &rows->items[i]);
}
