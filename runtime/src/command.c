/* SQL text without parameters: what tenon itself says to the server, and tenon_exec. */
#include "internal.h"

#include <stdio.h>
#include <string.h>

/* PQreset: another session, which knows no statement, and to cancel it takes another key. */
static tenon_status take_new_session(tenon_db *db, const char *query)
{
    struct canceller *older = atomic_load(&db->canceller);

    if (PQstatus(db->conn) != CONNECTION_OK) {
        tenon__lose(db);
        return tenon__fail(db, query, TENON_CONNECTION_LOST, "the connection has been lost");
    }
    struct canceller *canceller = tenon__canceller_create(db->conn);
    if (canceller == NULL)
        return tenon__fail(db, query, TENON_OUT_OF_MEMORY, "out of memory");
    tenon__canceller_follow(canceller, older);
    atomic_store(&db->canceller, canceller);
    db->backend_pid = PQbackendPID(db->conn);
    tenon__session_forget(db->session);
    if (tenon__check_depth(db))
        return TENON_OK;
    return tenon__fail(db, query, TENON_CONNECTION_LOST,
                       "the connection has been reset inside of a transaction");
}

/* What has to be looked at again after the program has had the PGconn. */
static tenon_status take_back(tenon_db *db, const char *query)
{
    if (PQbackendPID(db->conn) != db->backend_pid) {
        tenon_status status = take_new_session(db, query);
        if (status != TENON_OK)
            return status;
    }
    PQsetnonblocking(db->conn, 1);
    db->lent = false;
    return TENON_OK;
}

tenon_status tenon__make_usable(tenon_db *db, const char *query)
{
    if (db->lost)
        return tenon__fail(db, query, TENON_CONNECTION_LOST, "the connection has been lost");
    if (db->streaming)
        return tenon__fail(db, query, TENON_INVALID_ARGUMENT,
                           "the connection is busy with a stream or COPY that has not been ended");
    return db->lent ? take_back(db, query) : TENON_OK;
}

/* A COPY would go on for ever; only closing ends it safely. */
static tenon_status refuse_copy(tenon_db *db, const char *name)
{
    tenon__lose(db);
    return tenon__fail(db, name, TENON_INVALID_ARGUMENT,
                       "COPY is not supported here: the connection has been closed");
}

static void note_answer(struct answer *answer, PGresult *result)
{
    snprintf(answer->tag, sizeof answer->tag, "%s", PQcmdStatus(result));
    int n = PQntuples(result) == 0 ? 0 : PQnfields(result);
    if (n == 0)
        return;
    answer->n = n > 4 ? 4 : (size_t)n;
    for (int i = 0; i < (int)answer->n; i++)
        snprintf(answer->values[i], sizeof answer->values[i], "%s", PQgetvalue(result, 0, i));
}

/* Takes a result of the command; the first error wins: later ones are its consequences. */
static tenon_status take(tenon_db *db, const char *name, PGresult *result, struct answer *answer,
                         tenon_status status)
{
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
        if (answer != NULL)
            note_answer(answer, result);
        break;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        PQclear(result);
        return refuse_copy(db, name);
    default:
        if (status == TENON_OK)
            return tenon__fail_result(db, name, result);
    }
    PQclear(result);
    return status;
}

/* Even no command at all is answered, by EmptyQueryResponse. */
static tenon_status miss_answer(tenon_db *db, const char *name)
{
    tenon_status status = db->flight.ended ? TENON_PROTOCOL_VIOLATION : TENON_CONNECTION_LOST;

    db->flight.garbled = true;
    tenon__lose(db);
    return tenon__fail(db, name, status, "the server sent no result");
}

/* Receives until the end. A failure to do so is news only if nothing has failed before. */
static tenon_status receive_all(tenon_db *db, const char *name, struct answer *answer)
{
    tenon_status status = TENON_OK, received = TENON_OK;
    bool answered = false;
    PGresult *result;

    for (;;) {
        struct saved_error first = tenon__error_save(db);
        bool comes = tenon__receive(db, name, &result, &received);
        if (comes || status != TENON_OK)
            tenon__error_restore(db, first);
        else
            tenon__error_drop(first);
        if (!comes)
            return status != TENON_OK ? status : received;
        if (result == NULL)
            return answered ? status : miss_answer(db, name);
        answered = true;
        status = take(db, name, result, answer, status);
        if (db->lost)
            return status;
    }
}

/* Success is what ReadyForQuery has confirmed. */
static tenon_status run(tenon_db *db, const char *name, const char *sql, int64_t deadline,
                        struct answer *answer)
{
    tenon__depart(db);
    db->flight.deadline = deadline;
    if (!PQsendQuery(db->conn, sql))
        return tenon__fail_result(db, name, NULL);
    tenon__sent(db);
    tenon_status status = receive_all(db, name, answer);
    if (status == TENON_OK && !db->flight.ended) {
        tenon__lose(db);
        status = tenon__fail(db, name, TENON_CONNECTION_LOST, "the connection broke");
    }
    return status;
}

tenon_status tenon__run_text(tenon_db *db, const char *name, const char *sql, int64_t deadline,
                             struct answer *answer)
{
    bool is_part = tenon__cancel_has_begun(db->canceller); /* of a call */

    if (!is_part && !tenon__cancel_begin(db->canceller, db->timeout_ms)) {
        tenon__lose(db);
        return tenon__fail(db, name, TENON_TIMEOUT, TENON_CANCEL_UNSETTLED);
    }
    tenon_status status = run(db, name, sql, deadline, answer);
    if (!is_part)
        tenon__cancel_end(db->canceller);
    return status;
}

bool tenon__roll_back(tenon_db *db, int64_t deadline)
{
    struct saved_error saved = tenon__error_save(db);
    bool done = tenon__run_text(db, "ROLLBACK", "ROLLBACK", deadline, NULL) == TENON_OK;

    tenon__error_restore(db, saved);
    return done;
}

/* What is sent with a call is told to nobody; sent alone, it is a query of its own. */
tenon_status tenon__flush_pending(tenon_db *db, const char *name)
{
    if (db->pending == PENDING_NONE)
        return TENON_OK;
    tenon_status status = tenon__run_text(db, name, db->pending_sql, TENON_DEADLINE_LATER, NULL);
    if (status == TENON_OK)
        db->pending = PENDING_NONE;
    if (tenon__check_depth(db) || status != TENON_OK)
        return status;
    return tenon__check_usable(db, name);
}

tenon_status tenon__command(tenon_db *db, const char *name, const char *sql, struct answer *answer)
{
    tenon_status status = tenon__check_usable(db, name);

    if (status != TENON_OK)
        return status;
    tenon__error_clear(db);
    db->copied = NULL;
    tenon__before(db, name, sql);
    status = tenon__run_text(db, name, sql, TENON_DEADLINE_LATER, answer);
    if (status != TENON_OK)
        db->error.effect = tenon__effect(db, true);
    tenon__take_notifications(db);
    tenon__after(db, &(tenon_event){.query = name, .sql = sql, .status = status, .attempts = 1});
    return status;
}

tenon_status tenon_exec(tenon_db *db, const char *sql)
{
    if (db == NULL)
        return TENON_INVALID_ARGUMENT;
    if (sql == NULL)
        return tenon__fail(db, NULL, TENON_INVALID_ARGUMENT, "tenon_exec: sql is NULL");
    tenon_status status = tenon__check_usable(db, "");
    if (status != TENON_OK)
        return status;
    tenon__error_clear(db);
    db->touched = true;
    status = tenon__flush_pending(db, "");
    return status == TENON_OK ? tenon__command(db, "", sql, NULL) : status;
}
