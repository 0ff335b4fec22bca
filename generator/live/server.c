/* A read-only session, the names of all types, and Parse/Describe of unnamed statements.
 *
 * Types are read once, because a Describe answers with OIDs that mean nothing outside the database.
 */
#include "live/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "live/connection.h"

static const char session_settings[] = "SET default_transaction_read_only = on;"
                                       "SET client_encoding = 'UTF8'";

const struct timeouts usual_timeouts = {.statement_ms = 30000, .lock_ms = 10000};

static const char all_types[] =
    "SELECT t.oid, n.nspname, t.typname, pg_catalog.format_type(t.oid, NULL)"
    " FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace";

static void ignore_notice(void *context, const char *message)
{
    (void)context;
    (void)message;
}

bool connection_fail(struct error *error, const char *message)
{
    str text = str_trim(str_from(message));

    return error_set(error, "%.*s", (int)text.len, text.data);
}

/* --- Statements ------------------------------------------------------------------------------- */

static PGresult *checked(PGresult *result, struct error *error)
{
    ExecStatusType status = PQresultStatus(result);

    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
        return result;
    connection_fail(error, PQresultErrorMessage(result));
    PQclear(result);
    return NULL;
}

PGresult *connection_query(struct server *server, const char *sql, struct error *error)
{
    return checked(PQexec(server->conn, sql), error);
}

PGresult *connection_query_params(struct server *server, const char *sql, int n,
                                  const char *const *values, struct error *error)
{
    return checked(PQexecParams(server->conn, sql, n, NULL, values, NULL, NULL, 0), error);
}

bool connection_run(struct server *server, const char *sql, struct error *error)
{
    PGresult *result = connection_query(server, sql, error);

    PQclear(result);
    return result != NULL;
}

bool connection_set_timeouts(struct server *server, struct timeouts timeouts, struct error *error)
{
    return connection_run(server,
                          arena_printf(server->arena,
                                       "SET statement_timeout = %d; SET lock_timeout = %d",
                                       timeouts.statement_ms, timeouts.lock_ms),
                          error);
}

/* --- Connecting ------------------------------------------------------------------------------- */

static bool load_types(struct server *server, struct error *error)
{
    struct arena *arena = server->arena;
    PGresult *result = connection_query(server, all_types, error);
    int n = PQntuples(result);

    for (int i = 0; i < n; i++) {
        struct server_type *type = arena_new(arena, struct server_type);
        const char *oid = arena_strdup(arena, PQgetvalue(result, i, 0));
        type->oid = (uint32_t)strtoul(oid, NULL, 10);
        type->schema = arena_strdup(arena, PQgetvalue(result, i, 1));
        type->name = arena_strdup(arena, PQgetvalue(result, i, 2));
        type->sql_name = arena_strdup(arena, PQgetvalue(result, i, 3));
        map_put(&server->types, oid, type);
    }
    PQclear(result);
    return result != NULL;
}

struct server *server_connect(struct arena *arena, const char *url, struct error *error)
{
    const char *const keywords[] = {"dbname", "fallback_application_name", NULL};
    const char *const values[] = {url, "tenon", NULL};
    struct server *server = arena_new(arena, struct server);

    server->arena = arena;
    server->types.arena = arena;
    server->conn = PQconnectdbParams(keywords, values, 1);
    if (PQstatus(server->conn) != CONNECTION_OK) {
        connection_fail(error, PQerrorMessage(server->conn));
        server_disconnect(server);
        return NULL;
    }
    PQsetNoticeProcessor(server->conn, ignore_notice, NULL);
    if (!connection_run(server, session_settings, error) ||
        !connection_set_timeouts(server, usual_timeouts, error) || !load_types(server, error)) {
        server_disconnect(server);
        return NULL;
    }
    return server;
}

void server_disconnect(struct server *server)
{
    if (server)
        PQfinish(server->conn);
}

const char *server_version(const struct server *server)
{
    const char *version = PQparameterStatus(server->conn, "server_version");

    return version ? version : "of an unknown version";
}

unsigned server_major(const struct server *server)
{
    return (unsigned)PQserverVersion(server->conn) / 10000;
}

/* --- Parse and Describe ----------------------------------------------------------------------- */

static const struct server_type *find_type(struct server *server, Oid oid)
{
    static const struct server_type unknown = {0, "", "", "of an unknown type"};
    char key[16];
    const struct server_type *type;

    snprintf(key, sizeof key, "%u", oid);
    type = map_find(&server->types, key);
    return type ? type : &unknown;
}

static void read_description(struct server *server, const PGresult *result,
                             struct server_answer *answer)
{
    int n_params = PQnparams(result), n_columns = PQnfields(result);

    answer->n_params = (size_t)n_params;
    answer->params = arena_array(server->arena, const struct server_type *, n_params);
    for (int i = 0; i < n_params; i++)
        answer->params[i] = find_type(server, PQparamtype(result, i));
    answer->n_columns = (size_t)n_columns;
    answer->columns = arena_array(server->arena, struct server_column, n_columns);
    for (int i = 0; i < n_columns; i++)
        answer->columns[i] = (struct server_column){arena_strdup(server->arena, PQfname(result, i)),
                                                    find_type(server, PQftype(result, i))};
}

/* False when it was not the statement that failed but the connection. */
static bool read_rejection(struct server *server, const PGresult *result,
                           struct server_answer *answer, struct error *error)
{
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

    if (!sqlstate || PQstatus(server->conn) != CONNECTION_OK)
        return connection_fail(error, PQresultErrorMessage(result));
    answer->sqlstate = arena_strdup(server->arena, sqlstate);
    answer->message = arena_strdup(server->arena, message ? message : "no message");
    return true;
}

bool server_describe(struct server *server, const char *sql, struct server_answer *answer,
                     struct error *error)
{
    PGresult *result = PQprepare(server->conn, "", sql, 0, NULL);
    bool ok = true;

    *answer = (struct server_answer){0};
    if (PQresultStatus(result) == PGRES_COMMAND_OK) {
        PQclear(result);
        result = PQdescribePrepared(server->conn, "");
    }
    if (PQresultStatus(result) == PGRES_COMMAND_OK)
        read_description(server, result, answer);
    else
        ok = read_rejection(server, result, answer, error);
    PQclear(result);
    return ok;
}
