/* The folder as the engine of the runtime takes it: what can be known of its statements without a
 * server, and the engine, which knows no SQL, needs to know.
 */
#ifndef TENON_MIGRATE_STEPS_H
#define TENON_MIGRATE_STEPS_H

#include <tenon/migrate.h>

#include "migrate/migration.h"

/* Of a folder without errors, in the order of names. Paths of files are those below `root`; NULL:
 * as they are. */
tenon_migrations folder_steps(struct arena *arena, const struct folder *folder, const char *root);

#endif
