/* A call as a state machine: send, step, finish. Starting it (request.c) hands libpq as much of the
 * request as libpq takes without keeping it back; a step sends on, takes the results that are
 * there, and keeps those that are for the caller. No step waits. The blocking form at the end of
 * the file is a loop over steps and waits.
 *
 * All results are read to the end and the first error wins: libpq may deliver a success behind it.
 */
#include "internal.h"

#include <string.h>

static void note_prelude(tenon__call *call)
{
    switch ((enum prelude)call->preludes[call->prelude++]) {
    case PRELUDE_PENDING:
        call->db->pending = PENDING_NONE;
        break;
    case PRELUDE_DEALLOCATE:
        tenon__prepared_of(call)->known = tenon__prepared_of(call)->stale = false;
        break;
    case PRELUDE_PARSE:
        if (call->prepared != NULL)
            tenon__prepared_of(call)->known = true;
        break;
    case PRELUDE_BEGIN:
    case PRELUDE_SAVEPOINT:
        break;
    }
}

void tenon__call_violated(tenon__call *call, const char *problem)
{
    tenon__call_fail(call, TENON_PROTOCOL_VIOLATION, "query %s: %s", call->statement->query,
                     problem);
    call->db->flight.garbled = true;
    tenon__lose(call->db);
}

/* None of the preludes that are left will be answered. When libpq had no memory for the answer to a
 * Parse, the server may have done it. */
static void give_up_preludes(tenon__call *call, const PGresult *error)
{
    bool parses = false;

    while (call->prelude < call->n_preludes)
        parses |= call->preludes[call->prelude++] == PRELUDE_PARSE;
    if (parses && call->prepared != NULL && PQresultErrorField(error, PG_DIAG_SQLSTATE) == NULL)
        tenon__prepared_doubt(tenon__prepared_of(call));
}

/* Behind the preludes, what has succeeded is the caller's. */
static bool is_for_caller(const tenon__call *call)
{
    ExecStatusType status = call->db->flight.status;

    return call->prelude == call->n_preludes &&
           (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK ||
            (status == PGRES_SINGLE_TUPLE && call->single_rows));
}

/* Takes a result that is not for the caller. */
static TENON_APART void consume(tenon__call *call, PGresult *result)
{
    switch (call->db->flight.status) {
    case PGRES_SINGLE_TUPLE:
        if (!call->single_rows) {
            tenon__call_violated(call, "libpq gives rows one by one, which was not asked for");
            break;
        }
        /* fall through */
    case PGRES_TUPLES_OK:
        tenon__call_violated(call, "the server sent rows where none can be");
        break;
    case PGRES_COMMAND_OK:
        note_prelude(call);
        break;
    case PGRES_PIPELINE_ABORTED:
        break;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        tenon__call_fail(call, TENON_INVALID_ARGUMENT,
                         "query %s: COPY is not supported here: the connection has been closed",
                         call->statement->query);
        tenon__lose(call->db);
        break;
    case PGRES_FATAL_ERROR:
    case PGRES_BAD_RESPONSE:
        give_up_preludes(call, result);
        if (call->status == TENON_OK) {
            call->status = tenon__fail_result(call->db, call->statement->query, result);
            return;
        }
        break;
    default:
        tenon__call_violated(call, "the server sent a result of an unexpected kind");
    }
    PQclear(result);
}

static TENON_APART bool refuse_encoding(tenon__call *call)
{
    if (call->db->lost) /* where libpq knows no encoding */
        return true;
    tenon__call_fail(call, TENON_BAD_VALUE,
                     "query %s: client_encoding has been changed by it: its texts are not UTF-8",
                     call->statement->query);
    return false;
}

/* Whether texts are still UTF-8. Servers from 14 on tell of a change only when all is over. */
static bool keeps_encoding(tenon__call *call)
{
    return PQclientEncoding(call->db->conn) == call->db->encoding || refuse_encoding(call);
}

/* Takes a result, or the end of one of a pipeline's commands. True: it is the caller's. */
static bool take(tenon__call *call, PGresult *result)
{
    if (result == NULL) {
        if (call->single_rows)
            tenon__use_single_rows(call);
        return false;
    }
    if (is_for_caller(call))
        return true;
    consume(call, result);
    return false;
}

/* What a request leaves when it is over. */
static void settle(tenon__call *call)
{
    tenon_db *db = call->db;

    if (TENON__UNLIKELY(!db->flight.ended)) {
        if (call->status == TENON_OK)
            tenon__call_violated(call, "the server left the request open");
        return;
    }
    if (db->flight.ends_as == TENON_TOO_LARGE)
        tenon__call_fail(call, TENON_TOO_LARGE, "query %s: the answer has more than %lld bytes",
                         call->statement->query, (long long)db->limits.max_bytes);
    (void)keeps_encoding(call);
    if (call->begins && call->status != TENON_OK)
        (void)tenon__check_depth(db);
}

/* What a step came to. */
enum step {
    STEP_RESULT, /* *result is the caller's */
    STEP_END,    /* there is no more, or the call has failed */
    STEP_WAITS,  /* wait, then step again */
};

static enum step step(tenon__call *call, PGresult **result)
{
    tenon_db *db = call->db;

    *result = NULL;
    while (!db->lost) {
        if (!db->flight.whole && !db->flight.unsent && !tenon__send_items(call)) {
            tenon__fail_to_send(call);
            break;
        }
        switch (tenon__turn(db, result)) {
        case TURN_WAITS:
            if (!db->flight.whole && !db->flight.unsent)
                break; /* what libpq kept back has left meanwhile */
            return STEP_WAITS;
        case TURN_ENDED:
            settle(call);
            return STEP_END;
        case TURN_RESULT:
            if (take(call, *result))
                return STEP_RESULT;
            *result = NULL;
        }
    }
    return STEP_END;
}

/* --- The blocking form --- */

/* That the connection breaks now is no news. */
static TENON_APART bool wait_behind_failure(tenon__call *call)
{
    struct saved_error first = tenon__error_save(call->db);
    tenon_status status = tenon__wait(call->db, call->statement->query);

    tenon__error_restore(call->db, first);
    return status == TENON_OK;
}

/* All attempts have one deadline, unless a stream has set it back. Apart, since many results of a
 * batch or stream come with one wait. */
static TENON_APART bool wait(tenon__call *call)
{
    tenon_db *db = call->db;
    bool is_first = db->flight.deadline == TENON_DEADLINE_LATER;

    if (is_first)
        db->flight.deadline = call->deadline;
    if (call->status != TENON_OK)
        return wait_behind_failure(call);
    call->status = tenon__wait(db, call->statement->query);
    if (is_first)
        call->deadline = db->flight.deadline;
    return call->status == TENON_OK;
}

PGresult *tenon__next_result(tenon__call *call)
{
    PGresult *result;

    while (step(call, &result) == STEP_WAITS)
        if (!wait(call))
            break;
    return result;
}

void tenon__drain(tenon__call *call)
{
    PGresult *result;

    while ((result = tenon__next_result(call)) != NULL)
        PQclear(result);
}

PGresult *tenon__next_part(tenon__call *call)
{
    PGresult *part = tenon__next_result(call);

    if (part == NULL || keeps_encoding(call))
        return part;
    PQclear(part);
    tenon__drain(call);
    return NULL;
}

/* Reads on to the end. There has to be exactly one result. */
static PGresult *receive_all(tenon__call *call)
{
    PGresult *result = tenon__next_result(call), *next;

    if (result == NULL && call->status == TENON_OK)
        tenon__call_violated(call, "the server sent no result");
    while ((next = tenon__next_result(call)) != NULL) {
        PQclear(next);
        tenon__call_violated(call, "the server sent more than one result");
    }
    if (call->status == TENON_OK)
        return result;
    PQclear(result);
    return NULL;
}

/* Reads the first row of a stream, or result of a batch; after a failure all there is. */
static PGresult *receive_first(tenon__call *call)
{
    PGresult *part = tenon__next_part(call);

    if (part != NULL && call->status == TENON_OK)
        return part;
    PQclear(part);
    if (call->status == TENON_OK)
        tenon__call_violated(call, "the server sent no result");
    tenon__drain(call);
    return NULL;
}

/* Whether the error has the code and comes from the server's own function, not from one that was
 * called and raised the same. */
static bool was_raised_by(const tenon_error *error, const char *sqlstate, const char *function)
{
    return strcmp(error->sqlstate, sqlstate) == 0 && strcmp(error->source_function, function) == 0;
}

/* Whether the failure means that the prepared statement is not (any more) what it should be, which
 * the server finds before it executes anything. What is known of it is put right in any case. */
static bool was_unprepared(tenon__call *call)
{
    struct prepared *prepared = call->prepared;
    const tenon_error *error = &call->db->error;

    if (prepared == NULL)
        return false;
    if (prepared->known && was_raised_by(error, "26000", "FetchPreparedStatement")) {
        /* DISCARD ALL, DEALLOCATE, another session of a pooler */
        prepared->known = prepared->stale = false;
    } else if (!prepared->known && was_raised_by(error, "42P05", "StorePreparedStatement")) {
        prepared->known = true; /* the key says that it is the same statement */
    } else if (prepared->known && was_raised_by(error, "0A000", "RevalidateCachedQuery")) {
        prepared->stale = true; /* cached plan must not change result type */
    } else {
        /* A type may have been dropped and made anew, or changed: the next call asks again. */
        if (prepared->known &&
            (strncmp(error->sqlstate, "42", 2) == 0 || strncmp(error->sqlstate, "XX", 2) == 0))
            prepared->stale = true;
        return false;
    }
    return true;
}

/* Whether a call that has failed can be repeated. Inside a transaction, which has failed now,
 * nothing can be; but what the request itself has begun can be begun again. */
static bool can_repeat(tenon__call *call)
{
    tenon_db *db = call->db;

    if (db->lost || !was_unprepared(call) || call->attempts > 1)
        return false;
    if (!call->begins && !call->judged)
        return !call->in_transaction;
    if (PQtransactionStatus(db->conn) != PQTRANS_INERROR)
        return false;
    if (!tenon__roll_back(db, call->deadline))
        return false;
    if (call->begins)
        db->pending = PENDING_BEGIN;
    return true;
}

/* Begins anew after a failure, if that is safe and may help. */
static TENON_APART bool begins_anew(tenon__call *call)
{
    if (!can_repeat(call))
        return false;
    tenon__error_clear(call->db);
    call->status = TENON_OK;
    return true;
}

PGresult *tenon__execute(tenon__call *call)
{
    tenon_db *db = call->db;

    if (call->status != TENON_OK || !tenon__check_params(call))
        return NULL;
    tenon__before(db, call->statement->query, call->statement->sql);
    call->deadline = TENON_DEADLINE_LATER;
    if (!tenon__cancel_starts(call) || (db->checks_params && !tenon__check_param_types(call)))
        return NULL;
    PGresult *result;
    do {
        if (!tenon__start(call))
            return NULL;
        result = call->single_rows || call->n_items > 0 ? receive_first(call) : receive_all(call);
    } while (result == NULL && begins_anew(call));
    return result;
}
