/* What the statements of a migration cannot do without: rights and extensions. */
#ifndef TENON_MIGRATE_NEEDS_H
#define TENON_MIGRATE_NEEDS_H

#include <tenon/migrate.h>

#include "migrate/migration.h"
#include "support/vec.h"

typedef VEC(tenon_need) need_list;

void needs_collect(struct arena *arena, const struct migration *migration, need_list *needs);

#endif
