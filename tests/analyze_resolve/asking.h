/* Questions that both sides answer: a statement for the server, the same call for tenon. */
#ifndef TENON_TESTS_ASKING_H
#define TENON_TESTS_ASKING_H

#include "analyze_resolve/given.h"
#include "analyze_resolve/server.h"

struct session;

/* One question. The action sets `result`, or fails. */
struct question {
    struct session *session;
    const char *name; /* of the operator, function or literal's text */
    size_t n;
    size_t types[3]; /* indexes into the session's types */
    bool is_lenient; /* the server alone is to refuse it */
    oid result;
    char *sql;
    struct answer tenon;
};

struct session {
    struct given given;
    PGconn *conn;
    struct arena arena; /* of the questions that wait */
    VEC(struct question) waiting;
    size_t stride, n_seen; /* every n-th question is asked */
    size_t n_asked, n_wrong;
    const char *const *types; /* names in SQL; the first is "unknown", a bare NULL */
    oid *oids;
    Oid *server_oids;
    size_t n_types;
};

void session_open(struct session *session, PGconn *conn, const char *const *types, size_t n);
void session_close(struct session *session);

/* Whether this one of many questions is asked. */
bool session_chooses(struct session *session);
/* Has tenon answer at once, the server with the next flush. */
void session_ask(struct session *session, const struct question *question,
                 void (*action)(void *question));
/* Asks the server what waits and prints where the answers differ. */
void session_flush(struct session *session);

const char *session_null(struct session *session, size_t type);
struct expr *session_value(struct session *session, size_t type);
bool session_is_pseudo(const struct session *session, size_t type);

#endif
