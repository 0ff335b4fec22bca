/* What the files of this room share: the connection itself. Not for other rooms. */
#ifndef TENON_LIVE_CONNECTION_H
#define TENON_LIVE_CONNECTION_H

#include <libpq-fe.h>

#include "live/server.h"
#include "support/map.h"

struct server {
    struct arena *arena;
    PGconn *conn;
    struct map types; /* OID in decimal → struct server_type */
};

/* Sets one of libpq's messages, which end with a newline; returns false. */
bool connection_fail(struct error *error, const char *message);

/* The result of a statement, which the caller clears; NULL with the error set when it failed. */
PGresult *connection_query(struct server *server, const char *sql, struct error *error);

/* The same with text parameters. */
PGresult *connection_query_params(struct server *server, const char *sql, int n,
                                  const char *const *values, struct error *error);

/* Runs statements whose results do not matter. */
bool connection_run(struct server *server, const char *sql, struct error *error);

/* How long a statement may take, and how long it may wait for one lock. */
struct timeouts {
    int statement_ms, lock_ms; /* 0: for ever */
};

/* Those of every session at its start. */
extern const struct timeouts usual_timeouts;

bool connection_set_timeouts(struct server *server, struct timeouts timeouts, struct error *error);

#endif
