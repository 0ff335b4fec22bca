/* A live server, asked but never changed: every session is read-only and its statements end after
 * half a minute.
 */
#ifndef TENON_LIVE_SERVER_H
#define TENON_LIVE_SERVER_H

#include <stdint.h>

#include "support/arena.h"
#include "support/error.h"
#include "support/file.h"

struct server;

/* Connects to a URL or conninfo string as libpq reads it; "" leaves all to libpq's environment
 * variables. NULL with the error set when there is no connection. The result lives in the arena,
 * its socket until server_disconnect(). */
struct server *server_connect(struct arena *arena, const char *url, struct error *error);

/* Accepts NULL. */
void server_disconnect(struct server *server);

/* "15.4 (Debian 15.4-1)": the server's own words. */
const char *server_version(const struct server *server);

/* 15: of the same. */
unsigned server_major(const struct server *server);

struct server_type {
    uint32_t oid;
    const char *schema, *name; /* "pg_catalog", "int4" */
    const char *sql_name;      /* format_type(oid, NULL) under the session's search path */
};

struct server_column {
    const char *name;
    const struct server_type *type;
};

/* What Parse and Describe say about a statement. */
struct server_answer {
    const char *sqlstate; /* NULL: the statement is accepted */
    const char *message;  /* of a rejected one */
    const struct server_type **params;
    size_t n_params;
    struct server_column *columns;
    size_t n_columns;
};

/* Sends the statement to be parsed and described, not executed. False when the connection broke. */
bool server_describe(struct server *server, const char *sql, struct server_answer *answer,
                     struct error *error);

#endif
