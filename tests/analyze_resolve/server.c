#include "analyze_resolve/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze_resolve/given.h"
#include "pg_cluster.h"

enum { BATCH = 200 }; /* small enough for the socket buffers */

static void must(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        fprintf(stderr, "%s: %s", sql, PQerrorMessage(conn));
        exit(1);
    }
    PQclear(result);
}

PGconn *server_open(void)
{
    PGconn *conn = PQconnectdb("client_encoding=UTF8 options='-c client_min_messages=error'");
    if (!pg_gives_verdict(conn, "resolve_agree")) {
        PQfinish(conn);
        return NULL;
    }
    must(conn, "DROP SCHEMA IF EXISTS tenon_resolve CASCADE");
    must(conn, "CREATE SCHEMA tenon_resolve");
    must(conn, "SET search_path = tenon_resolve");
    must(conn, given_ddl);
    return conn;
}

void server_close(PGconn *conn)
{
    must(conn, "DROP SCHEMA tenon_resolve CASCADE");
    PQfinish(conn);
}

static void note_error(struct answer *answer, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (answer->sqlstate[0])
        return;
    snprintf(answer->sqlstate, sizeof answer->sqlstate, "%s", state ? state : "?");
    snprintf(answer->message, sizeof answer->message, "%s", message ? message : "");
}

/* Reads results up to the next synchronisation point. */
static void read_answer(PGconn *conn, struct answer *answer)
{
    memset(answer, 0, sizeof *answer);
    for (;;) {
        PGresult *result = PQgetResult(conn);
        ExecStatusType status = PQresultStatus(result);
        if (!result)
            continue;
        if (status == PGRES_FATAL_ERROR)
            note_error(answer, result);
        else if (PQnfields(result) > 0)
            answer->type = PQftype(result, 0);
        PQclear(result);
        if (status == PGRES_PIPELINE_SYNC)
            return;
        if (PQstatus(conn) != CONNECTION_OK) {
            fprintf(stderr, "%s", PQerrorMessage(conn));
            exit(1);
        }
    }
}

void server_describe(PGconn *conn, char *const *statements, size_t n, struct answer *answers)
{
    PQenterPipelineMode(conn);
    for (size_t from = 0; from < n; from += BATCH) {
        size_t to = from + BATCH < n ? from + BATCH : n;
        for (size_t i = from; i < to; i++) {
            PQsendPrepare(conn, "", statements[i], 0, NULL);
            PQsendDescribePrepared(conn, "");
            PQpipelineSync(conn);
        }
        for (size_t i = from; i < to; i++)
            read_answer(conn, &answers[i]);
    }
    PQexitPipelineMode(conn);
}
