/* The server's details are left out: they may hold values of rows. */
#include "live/change.h"

#include <stdlib.h>

#include "live/connection.h"

static const char settings[] = "SET default_transaction_read_only = off;"
                               "SET statement_timeout = 0;"
                               "SET search_path = \"$user\", public;"
                               "SET row_security = off;"
                               "SET client_min_messages = warning";

bool change_begin(struct server *server, struct error *error)
{
    return connection_run(server, settings, error);
}

static const char *field(struct server *server, const PGresult *result, int code)
{
    const char *text = PQresultErrorField(result, code);

    return text ? arena_strdup(server->arena, text) : NULL;
}

bool change_run(struct server *server, const char *sql, struct change_failure *failure)
{
    PGresult *result = PQexec(server->conn, sql);
    const ExecStatusType status = PQresultStatus(result);
    struct error error;

    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        PQclear(result);
        return true;
    }
    *failure = (struct change_failure){field(server, result, PG_DIAG_SQLSTATE),
                                       field(server, result, PG_DIAG_MESSAGE_PRIMARY),
                                       field(server, result, PG_DIAG_MESSAGE_HINT)};
    if (!failure->sqlstate || !failure->message) {
        connection_fail(&error, PQerrorMessage(server->conn));
        failure->sqlstate = "";
        failure->message = arena_strdup(server->arena, error.text);
    }
    PQclear(result);
    return false;
}

static bool read_number(struct server *server, const char *sql, const char *value, long *n,
                        struct error *error)
{
    PGresult *result = connection_query_params(server, sql, value ? 1 : 0, &value, error);

    *n = PQntuples(result) == 1 ? strtol(PQgetvalue(result, 0, 0), NULL, 10) : 0;
    PQclear(result);
    return result != NULL;
}

bool change_count_migrations(struct server *server, const char *ledger, long *n,
                             struct error *error)
{
    long exists;

    *n = 0;
    if (!read_number(server, "SELECT (pg_catalog.to_regclass($1) IS NOT NULL)::int", ledger,
                     &exists, error))
        return false;
    return !exists ||
           read_number(server, arena_printf(server->arena, "SELECT count(*) FROM %s", ledger), NULL,
                       n, error);
}
