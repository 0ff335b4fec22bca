/* The name of the database has the process in it, so that tests can run side by side. */
#include "catalog/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "pg_cluster.h"

static void run(PGconn *conn, const char *statement)
{
    PGresult *result = PQexec(conn, statement);

    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        fprintf(stderr, "%s: %s", statement, PQerrorMessage(conn));
        exit(3);
    }
    PQclear(result);
}

static PGconn *connect_to(const char *database)
{
    const char *const keywords[] = {"dbname", "options", NULL};
    const char *const values[] = {database, "-c client_min_messages=error", NULL};

    return PQconnectdbParams(keywords, values, 0);
}

static struct server *open_admin(struct arena *arena, PGconn *admin, const char *name)
{
    struct server *server = arena_new(arena, struct server);

    server->admin = admin;
    snprintf(server->database, sizeof server->database, "tenon_%s_%ld", name, (long)getpid());
    run(admin, arena_printf(arena, "CREATE DATABASE %s TEMPLATE template0", server->database));
    server->conn = connect_to(server->database);
    if (PQstatus(server->conn) != CONNECTION_OK) {
        fprintf(stderr, "%s: %s", name, PQerrorMessage(server->conn));
        exit(3);
    }
    return server;
}

struct server *server_open(struct arena *arena, const char *name)
{
    PGconn *admin = connect_to(NULL);

    if (PQstatus(admin) == CONNECTION_OK)
        return open_admin(arena, admin, name);
    fprintf(stderr, "%s: skipped: %s", name, PQerrorMessage(admin));
    PQfinish(admin);
    return NULL;
}

struct server *server_open_for_verdict(struct arena *arena, const char *name)
{
    PGconn *admin = connect_to(NULL);

    if (pg_gives_verdict(admin, name))
        return open_admin(arena, admin, name);
    PQfinish(admin);
    return NULL;
}

void server_close(struct server *server)
{
    struct arena arena = {0};

    PQfinish(server->conn);
    run(server->admin, arena_printf(&arena, "DROP DATABASE %s", server->database));
    PQfinish(server->admin);
    arena_finish(&arena);
}

enum { STATEMENTS_PER_TRIP = 40 };

/* What the results of one statement say, up to its end. */
static const char *sqlstate_of(PGconn *conn, struct arena *arena)
{
    const char *state = NULL;
    PGresult *result;

    while ((result = PQgetResult(conn))) {
        const char *field = PQresultErrorField(result, PG_DIAG_SQLSTATE);

        if (field)
            state = arena_strdup(arena, field);
        PQclear(result);
    }
    PQclear(PQgetResult(conn)); /* the end of the statement's own pipeline */
    return state;
}

const char **server_run_all(PGconn *conn, struct arena *arena, const char *const *statements,
                            size_t n)
{
    const char **states = arena_array(arena, const char *, n + 1);

    PQenterPipelineMode(conn);
    for (size_t from = 0; from < n; from += STATEMENTS_PER_TRIP) {
        const size_t to = n - from < STATEMENTS_PER_TRIP ? n : from + STATEMENTS_PER_TRIP;

        for (size_t i = from; i < to; i++)
            if (!PQsendQueryParams(conn, statements[i], 0, NULL, NULL, NULL, NULL, 0) ||
                !PQpipelineSync(conn)) {
                fprintf(stderr, "%s: %s", statements[i], PQerrorMessage(conn));
                exit(3);
            }
        for (size_t i = from; i < to; i++)
            states[i] = sqlstate_of(conn, arena);
    }
    PQexitPipelineMode(conn);
    return states;
}

char *server_ask(PGconn *conn, struct arena *arena, const char *query, const char *parameter)
{
    PGresult *result =
        PQexecParams(conn, query, parameter ? 1 : 0, NULL, &parameter, NULL, NULL, 0);
    char *value = NULL;

    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0)
        value = arena_strdup(arena, PQgetvalue(result, 0, 0));
    else if (PQresultStatus(result) == PGRES_FATAL_ERROR)
        fprintf(stderr, "%s", PQerrorMessage(conn));
    PQclear(result);
    return value;
}
