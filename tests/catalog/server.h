/* A database of its own on the server that libpq's environment variables name. */
#ifndef TESTS_CATALOG_SERVER_H
#define TESTS_CATALOG_SERVER_H

#include <libpq-fe.h>

#include "support/arena.h"

struct server {
    PGconn *admin; /* connected to the default database */
    PGconn *conn;  /* to the fresh one */
    char database[64];
};

/* NULL after a message when there is no server; a server that refuses ends the program. */
struct server *server_open(struct arena *arena, const char *name);
/* NULL also when it is not of the release whose verdict tenon gives. */
struct server *server_open_for_verdict(struct arena *arena, const char *name);
/* Drops the database. */
void server_close(struct server *server);

/* Runs statements of SQL one after the other, each by itself, in few round trips: the SQLSTATE of
 * each, NULL where it was taken. */
const char **server_run_all(PGconn *conn, struct arena *arena, const char *const *statements,
                            size_t n);

/* The first value of the answer; NULL when there is none, after a message when it is an error. The
 * parameter, $1, may be NULL. */
char *server_ask(PGconn *conn, struct arena *arena, const char *query, const char *parameter);

#endif
