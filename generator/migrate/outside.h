/* Statements outside of transactions: a closed list, and for each a query that tells whether it has
 * happened, so that a run that was cut short can go on.
 */
#ifndef TENON_MIGRATE_OUTSIDE_H
#define TENON_MIGRATE_OUTSIDE_H

#include "catalog/catalog.h"
#include "sql/statement.h"

struct outside {
    const char *done;           /* the query; NULL: the statement is none of the list */
    const char *problem, *hint; /* then */
    bool is_batch;              /* an UPDATE or DELETE in batches */
    bool is_concurrent;         /* it waits for transactions without being in their way */
    const char *half;           /* a query that is true when it was cut short and has left something
                                   behind; NULL: it never does */
    const char *clean_up;       /* the statement that takes that away, or does the rest */
};

struct outside outside_of(struct arena *arena, const struct statement *statement, bool is_batch);

/* What the server does not do in a transaction: "CREATE INDEX CONCURRENTLY"; NULL for all else. */
const char *outside_reason(const struct statement *statement);

/* Whether an UPDATE or DELETE can be done in batches: its table has a key to walk along that the
 * statement does not change, and a row that is done is not found again. */
struct batch_mark {
    const char *size; /* "5000" */
    span at;
};
void batch_check(const struct statement *statement, const struct batch_mark *mark,
                 const struct catalog *catalog, struct diags *diags);

#endif
