/* UPDATE and DELETE in batches, `-- tenon: batch N`. */
#ifndef TENON_MIGRATE_BATCH_H
#define TENON_MIGRATE_BATCH_H

#include "catalog/catalog.h"
#include "sql/statement.h"

enum { LARGEST_BATCH = 1000000 }; /* rows; more are no batch */

struct batch_mark {
    const char *size; /* "5000" */
    span at;
};

/* Whether an UPDATE or DELETE can be done in batches: its table has a key to walk along that the
 * statement does not change, and a row that is done is not found again. */
void batch_check(struct arena *arena, const struct statement *statement,
                 const struct batch_mark *mark, const struct catalog *catalog, struct diags *diags);

#endif
