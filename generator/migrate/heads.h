/* Two heads: branches of a folder that were merged. */
#ifndef TENON_MIGRATE_HEADS_H
#define TENON_MIGRATE_HEADS_H

#include <time.h>

#include "migrate/migration.h"
#include "migrate/write.h"

struct fork {
    struct folder trunk;  /* what both heads have, in order */
    struct folder others; /* of the head that stays */
    struct folder moved;  /* of the head that goes behind it */
};

/* Of the head and the latest of the other ones. */
struct fork fork_of(struct arena *arena, const struct folder *folder,
                    const struct migration *moved);

/* Whether the order of the branches is all the same. The catalogs are empty ones, and are used. */
bool fork_commutes(struct arena *arena, const struct fork *fork, struct catalog *one,
                   struct catalog *other);

/* The moved migrations with their new names, parents and last lines. `catalog` is an empty one. */
void fork_rebase(struct arena *arena, const struct fork *fork, time_t now, struct catalog *catalog,
                 struct diags *diags, draft_list *drafts);

#endif
