/* Statements that change a live database, for `tenon push`. */
#ifndef TENON_LIVE_CHANGE_H
#define TENON_LIVE_CHANGE_H

#include "live/server.h"

/* What the server said of a statement that it refused. */
struct change_failure {
    const char *sqlstate;       /* "" when the connection broke */
    const char *message, *hint; /* hint: NULL without one */
};

/* From now on the session may change the database. It finds names as a psql session does that
 * replays schema files. */
bool change_begin(struct server *server, struct error *error);

/* Runs one statement; BEGIN and COMMIT too. */
bool change_run(struct server *server, const char *sql, struct change_failure *failure);

/* How many migrations the ledger holds, a quoted name; 0 where there is none. */
bool change_count_migrations(struct server *server, const char *ledger, long *n,
                             struct error *error);

#endif
