/* A script of DDL, replayed here and on a server: verdicts, SQLSTATEs and the facts at the end. */
#ifndef TESTS_SCHEMA_COMPARE_H
#define TESTS_SCHEMA_COMPARE_H

#include <libpq-fe.h>

#include "catalog/catalog.h"
#include "sql/statement.h"

struct compared {
    struct catalog *catalog; /* with alone: of what the server took */
    const char *taken;       /* that, as text */
    size_t n_statements, n_refused;
    size_t n_wrong; /* differences, each of which is a line on stdout */
};

/* Everything is executed on the connection, which is left with the default search path. */
struct compared compare_script(struct arena *arena, PGconn *conn, const struct source *source,
                               const char *facts_query, bool alone);

#endif
