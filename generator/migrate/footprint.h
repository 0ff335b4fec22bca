/* Which relations a migration has to do with: two without a common one may come in either order. */
#ifndef TENON_MIGRATE_FOOTPRINT_H
#define TENON_MIGRATE_FOOTPRINT_H

#include "migrate/migration.h"

struct footprint {
    bool is_known;
    const char *const *names; /* sorted, each one once */
    size_t n;
};

struct footprint footprint_of(struct arena *arena, const struct migration *migration);

#endif
