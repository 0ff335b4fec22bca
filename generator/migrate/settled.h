/* Whether the WHERE of an UPDATE is false for the rows that it has changed; for batch.c. */
#ifndef TENON_MIGRATE_SETTLED_H
#define TENON_MIGRATE_SETTLED_H

#include "tree/query.h"

/* What the UPDATE sets the column to; NULL: nothing. */
const struct expr *settled_target(const struct query *query, int column);

bool settled_where(const struct query *query, const struct catalog *catalog,
                   const struct expr *where);

#endif
