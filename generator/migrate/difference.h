/* From one schema to another: renames first, as the schema's text asks for them, then the plan. */
#ifndef TENON_MIGRATE_DIFFERENCE_H
#define TENON_MIGRATE_DIFFERENCE_H

#include "migrate/migration.h"
#include "plan/plan.h"

/* The schema after, with the texts in which it is written. */
struct wanted {
    struct catalog *catalog;
    const struct source *const *sources;
    size_t n_sources;
};

/* As plan_make(). What the folder says was renamed is not renamed again; NULL: nothing is known. */
bool difference_make(struct arena *arena, struct catalog *before, const struct wanted *wanted,
                     const struct folder *folder, const struct plan_options *options,
                     struct diags *diags, struct plan *plan);

/* Warns of hints that were followed before: `tenon migrate check`. */
void difference_check_hints(struct arena *arena, struct catalog *before,
                            const struct wanted *wanted, const struct folder *folder,
                            struct diags *diags);

#endif
