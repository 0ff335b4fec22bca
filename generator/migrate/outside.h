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

#endif
