/* A script of DDL → catalog. Statements are replayed in order, so that ALTER, DROP and RENAME work
 * as on a server. What cannot change a query's types never stops the load; what can and is not
 * understood is an error with its place.
 */
#ifndef TENON_REPLAY_REPLAY_H
#define TENON_REPLAY_REPLAY_H

#include "catalog/catalog.h"
#include "sql/statement.h"

/* Replays the statements of one schema file. It begins with the default search path, as a session
 * of psql does, and leaves it behind. A table whose constraint is wrong exists afterwards, so that
 * its uses are no errors too. */
void replay_script(struct catalog *catalog, struct statements statements, struct diags *diags);

typedef void statement_watcher(void *context, const struct statement *statement);

/* Who is shown each statement that is replayed, with the catalog as it is before and behind it. */
struct replay_watcher {
    statement_watcher *before, *after;
    void *context;
};

void replay_watched(struct catalog *catalog, struct statements statements, struct diags *diags,
                    const struct replay_watcher *watcher);

#endif
