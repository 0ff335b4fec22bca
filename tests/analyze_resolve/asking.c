#include "analyze_resolve/asking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/catalog.h"

enum { MAX_WAITING = 10000 };

/* The built-in types have the same OIDs on both sides, those of given_ddl have not. */
static void find_type(struct session *session, size_t i)
{
    const char *sql =
        arena_printf(&session->arena, "SELECT oid, typname FROM pg_type WHERE oid = '%s'::regtype",
                     session->types[i]);
    PGresult *result = PQexec(session->conn, sql);
    const struct type *type =
        catalog_find_type(session->given.catalog, NULL, PQgetvalue(result, 0, 1));
    if (!type) {
        fprintf(stderr, "no type %s\n", session->types[i]);
        exit(3);
    }
    session->oids[i] = type->oid;
    session->server_oids[i] = (Oid)strtoul(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
}

void session_open(struct session *session, PGconn *conn, const char *const *types, size_t n)
{
    session->conn = conn;
    given_init(&session->given);
    session->types = types;
    session->n_types = n;
    session->oids = arena_array(&session->given.arena, oid, n);
    session->server_oids = arena_array(&session->given.arena, Oid, n);
    for (size_t i = 0; i < n; i++)
        find_type(session, i);
}

void session_close(struct session *session)
{
    given_finish(&session->given);
    arena_finish(&session->arena);
}

bool session_chooses(struct session *session)
{
    return session->n_seen++ % session->stride == 0;
}

/* As a result column is described: domains by their base type, unknown as text. */
static oid described_type(const struct session *session, oid type)
{
    return type == UNKNOWNOID ? TEXTOID : catalog_base_type(session->given.catalog, type, NULL);
}

void session_ask(struct session *session, const struct question *given,
                 void (*action)(void *question))
{
    struct question question = *given;
    question.session = session;
    const struct diag *error = given_try(&session->given, action, &question);
    if (error) {
        snprintf(question.tenon.sqlstate, sizeof question.tenon.sqlstate, "%s", error->code);
        snprintf(question.tenon.message, sizeof question.tenon.message, "%s", error->message);
    } else {
        question.tenon.type = described_type(session, question.result);
    }
    vec_push(&session->arena, &session->waiting, question);
    if (session->waiting.n >= MAX_WAITING)
        session_flush(session);
}

static oid from_server(const struct session *session, Oid type)
{
    for (size_t i = 0; i < session->n_types; i++)
        if (session->server_oids[i] == type)
            return session->oids[i];
    return type;
}

/* A detail that tenon appends to a message ("…: a versus b") is a field of its own on the server.
 */
static bool is_same_message(const char *server, const char *tenon)
{
    size_t len = strlen(server);
    return strncmp(server, tenon, len) == 0 &&
           (tenon[len] == '\0' || tenon[len] == ':' || len >= sizeof(struct answer) / 2);
}

static void judge(struct session *session, const struct question *question,
                  const struct answer *server)
{
    const struct answer *tenon = &question->tenon;
    session->n_asked++;
    if (question->is_lenient && server->sqlstate[0] && !tenon->sqlstate[0])
        return;
    if (strcmp(server->sqlstate, tenon->sqlstate) == 0 &&
        from_server(session, server->type) == tenon->type &&
        is_same_message(server->message, tenon->message))
        return;
    session->n_wrong++;
    printf("%s\n    server: %s %u %s\n    tenon:  %s %u %s\n", question->sql, server->sqlstate,
           from_server(session, server->type), server->message, tenon->sqlstate, tenon->type,
           tenon->message);
}

void session_flush(struct session *session)
{
    size_t n = session->waiting.n;
    char **sql = arena_array(&session->arena, char *, n + 1);
    struct answer *answers = arena_array(&session->arena, struct answer, n + 1);
    for (size_t i = 0; i < n; i++)
        sql[i] = session->waiting.items[i].sql;
    server_describe(session->conn, sql, n, answers);
    for (size_t i = 0; i < n; i++)
        judge(session, &session->waiting.items[i], &answers[i]);
    arena_reset(&session->arena);
    memset(&session->waiting, 0, sizeof session->waiting);
}

const char *session_null(struct session *session, size_t type)
{
    if (type == 0)
        return "NULL";
    return arena_printf(&session->arena, "NULL::%s", session->types[type]);
}

struct expr *session_value(struct session *session, size_t type)
{
    return type == 0 ? given_unknown(&session->given, NULL)
                     : given_value(&session->given, session->oids[type]);
}

bool session_is_pseudo(const struct session *session, size_t type)
{
    const struct type *found = catalog_get_type(session->given.catalog, session->oids[type]);
    return found->typtype == 'p';
}
