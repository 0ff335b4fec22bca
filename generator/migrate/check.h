/* What `tenon migrate check` says of a folder that was read, beyond what reading it says. */
#ifndef TENON_MIGRATE_CHECK_H
#define TENON_MIGRATE_CHECK_H

#include "inventory/inventory.h"
#include "migrate/migration.h"

/* Replays the folder, and looks at the batches on the way. */
void check_replay(struct arena *arena, const struct folder *folder, struct catalog *catalog,
                  struct diags *diags);

/* Whether the last line of the newest file holds: the catalog is what the folder leads to. */
void check_hash(struct arena *arena, const struct folder *folder, struct catalog *catalog,
                struct diags *diags);

/* Whether the folder leads to the schema. */
void check_end(struct arena *arena, const struct folder *folder, const struct inventory *end,
               const struct inventory *wanted, struct diags *diags);

/* Whether a migration is as it was: `old` is its text then. */
void check_unchanged(struct arena *arena, const struct migration *migration, str old,
                     const char *revision, struct diags *diags);

/* Errors for roles that the schema names and that are neither listed nor the server's own. */
void check_roles(struct arena *arena, const struct inventory *inventory, const char *const *roles,
                 size_t n_roles, struct diags *diags);

#endif
