/* The trunk of a fork is what is above both heads. */
#include "migrate/heads.h"

#include <string.h>

#include "inventory/inventory.h"

static bool is_above(const struct migration *migration, const struct migration *head)
{
    while (head && head != migration)
        head = head->before;
    return head != NULL;
}

static const struct migration *other_head(const struct folder *folder,
                                          const struct migration *moved)
{
    const struct migration *other = NULL;

    for (size_t i = 0; i < folder->heads.n; i++)
        if (folder->heads.items[i] != moved)
            other = folder->heads.items[i];
    return other;
}

struct fork fork_of(struct arena *arena, const struct folder *folder, const struct migration *moved)
{
    const struct migration *other = other_head(folder, moved);
    struct fork fork = {0};

    for (size_t i = 0; i < folder->items.n; i++) {
        struct migration *migration = folder->items.items[i];
        const bool is_of_other = is_above(migration, other),
                   is_of_moved = is_above(migration, moved);
        if (is_of_other && is_of_moved)
            vec_push(arena, &fork.trunk.items, migration);
        else if (is_of_other)
            vec_push(arena, &fork.others.items, migration);
        else if (is_of_moved)
            vec_push(arena, &fork.moved.items, migration);
    }
    return fork;
}

static bool replays(struct arena *arena, const struct fork *fork, const struct folder *first,
                    const struct folder *second, struct catalog *catalog)
{
    struct diags diags = {.arena = arena};

    folder_replay(arena, &fork->trunk, NULL, catalog, &diags);
    folder_replay(arena, first, NULL, catalog, &diags);
    folder_replay(arena, second, NULL, catalog, &diags);
    return diags.n_errors == 0;
}

bool fork_commutes(struct arena *arena, const struct fork *fork, struct catalog *one,
                   struct catalog *other)
{
    return replays(arena, fork, &fork->others, &fork->moved, one) &&
           replays(arena, fork, &fork->moved, &fork->others, other) &&
           strcmp(catalog_hash(arena, one), catalog_hash(arena, other)) == 0;
}

/* A name that no other of the moved files has. */
static const char *free_name(struct arena *arena, const struct fork *fork,
                             const struct migration *migration, time_t now, const char *parent)
{
    const char *title = migration->name + STAMP_LENGTH;
    const char *stamp = stamp_after(arena, now, parent);
    const char *name = arena_printf(arena, "%s%s", stamp, title);

    for (size_t i = 0; i < fork->moved.items.n; i++)
        if (fork->moved.items.items[i] != migration &&
            strcmp(fork->moved.items.items[i]->name, name) == 0) {
            name = arena_printf(arena, "%s%s", stamp_after(arena, now, name), title);
            i = (size_t)-1;
        }
    return name;
}

void fork_rebase(struct arena *arena, const struct fork *fork, time_t now, struct catalog *catalog,
                 struct diags *diags, draft_list *drafts)
{
    const struct folder *others = fork->others.items.n ? &fork->others : &fork->trunk;
    const char *parent =
        others->items.n ? others->items.items[others->items.n - 1]->name : NO_PARENT;

    folder_replay(arena, &fork->trunk, NULL, catalog, diags);
    folder_replay(arena, &fork->others, NULL, catalog, diags);
    for (size_t i = 0; i < fork->moved.items.n; i++) {
        const struct migration *migration = fork->moved.items.items[i];
        struct draft draft = {.text = migration_with_parent(arena, migration, parent)};
        draft.name = free_name(arena, fork, migration, now, parent);
        vec_push(arena, drafts, draft);
        parent = draft.name;
    }
    drafts_seal(arena, drafts, catalog, fork->moved.items.items[0]->source->release, diags);
}
