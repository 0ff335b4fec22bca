/* Calls a function of a server with values that are not NULL and counts the NULLs it returns. */
#ifndef TESTS_CATALOG_PROBE_H
#define TESTS_CATALOG_PROBE_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

#include "support/arena.h"

struct probe_result {
    int n_values, n_nulls, n_errors;
    const char *null_call;  /* a call that returned NULL */
    const char *error_text; /* of a call that failed */
};

/* Makes what probe_function() needs in the session: false after a message on stderr. */
bool probe_prepare(PGconn *conn);

/* The function of that OID on the server, called with combinations of the values in values.def.
 * False when the server cannot say, or a type of argument has no values. */
bool probe_function(PGconn *conn, struct arena *arena, uint32_t function_oid,
                    struct probe_result *result);

#endif
