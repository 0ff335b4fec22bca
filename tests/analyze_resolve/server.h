/* What a server says of statements: described many at a time in pipeline mode. */
#ifndef TENON_TESTS_RESOLVE_SERVER_H
#define TENON_TESTS_RESOLVE_SERVER_H

#include <libpq-fe.h>
#include <stddef.h>

/* NULL without a server (a message was printed). Makes the types of given_ddl in a schema of its
 * own, first in the search path. */
PGconn *server_open(void);
void server_close(PGconn *conn);

/* Result type of the first column as format_type prints it, "" without columns; or, for a refused
 * statement, its SQLSTATE and message. */
struct answer {
    char sqlstate[6]; /* "" when accepted */
    Oid type;
    char message[200];
};

/* Asks about n statements. */
void server_describe(PGconn *conn, char *const *statements, size_t n, struct answer *answers);

#endif
