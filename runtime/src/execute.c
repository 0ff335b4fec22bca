/* A call as a state machine: send, step, finish. Starting it decides what the request is made of
 * and hands libpq as much of it as libpq takes without keeping it back; a step sends on, takes the
 * results that are there, and keeps those that are for the caller. No step waits. The blocking form
 * at the end of the file is a loop over steps and waits.
 *
 * A request that is more than one execution is a pipeline with one Sync: in front of its items
 * stand preludes, such as the Parse of a statement that the session does not know yet, or a BEGIN
 * that has not been sent, so that none of them costs a round trip. All results are read to the end
 * and the first error wins: libpq may deliver a success behind it. */
#include "internal.h"

#include <stdio.h>
#include <string.h>

/* Items handed to libpq at a time, before it is asked whether they leave; large ones go alone. */
#define ITEMS_AT_A_TIME 64
#define LARGE_ITEM ((size_t)16 << 10)

static struct prepared *prepared_of(const tenon__call *call)
{
    return call->prepared;
}

/* --- Sending --- */

static size_t n_items_of(const tenon__call *call)
{
    return call->n_items == 0 ? 1 : call->n_items;
}

static void use_single_rows(tenon__call *call)
{
    /* Not in chunks, where libpq has them: it drops the rows of one that an error interrupts. */
    PQsetSingleRowMode(call->db->conn);
}

static bool send_text(tenon__call *call, enum prelude prelude, const char *sql)
{
    call->preludes[call->n_preludes++] = (uint8_t)prelude;
    return PQsendQueryParams(call->db->conn, sql, 0, NULL, NULL, NULL, NULL, 1);
}

static bool send_deallocate(tenon__call *call)
{
    char sql[128];

    snprintf(sql, sizeof sql, "DEALLOCATE \"%s\"", prepared_of(call)->key);
    return send_text(call, PRELUDE_DEALLOCATE, sql);
}

static bool send_parse(tenon__call *call)
{
    const tenon__statement *statement = call->statement;

    call->preludes[call->n_preludes++] = PRELUDE_PARSE;
    return PQsendPrepare(call->db->conn, call->prepared == NULL ? "" : statement->key,
                         statement->sql, statement->n_params, statement->param_types);
}

static bool needs_parse(const tenon__call *call)
{
    return call->prepared == NULL || !prepared_of(call)->known || prepared_of(call)->stale;
}

static bool send_preludes(tenon__call *call)
{
    tenon_db *db = call->db;

    if (db->pending != PENDING_NONE && !send_text(call, PRELUDE_PENDING, db->pending_sql))
        return false;
    if (call->judged && !send_text(call, PRELUDE_BEGIN, "BEGIN"))
        return false;
    if (call->guarded && !send_text(call, PRELUDE_SAVEPOINT, "SAVEPOINT tenon_stream"))
        return false;
    if (call->prepared != NULL && prepared_of(call)->stale && !send_deallocate(call))
        return false;
    return !needs_parse(call) || send_parse(call);
}

static bool send_item(tenon__call *call, size_t item)
{
    const tenon__statement *statement = call->statement;
    const char *const *values;
    const int *lengths, *formats;

    return tenon__params_of(call, item, &values, &lengths, &formats) &&
           PQsendQueryPrepared(call->db->conn, call->prepared == NULL ? "" : statement->key,
                               statement->n_params, values, lengths, formats, 1);
}

/* Items until libpq keeps them back, or there are no more. */
static bool send_items(tenon__call *call)
{
    tenon_db *db = call->db;
    size_t n = n_items_of(call);
    size_t step = call->param_bytes / n > LARGE_ITEM ? 1 : ITEMS_AT_A_TIME;

    while (call->n_sent < n) {
        if (!send_item(call, call->n_sent))
            return false;
        if (++call->n_sent % step == 0 && PQflush(db->conn) == 1) {
            db->flight.unsent = true;
            return true;
        }
    }
    if (!PQpipelineSync(db->conn))
        return false;
    tenon__sent(db);
    return true;
}

/* A plain execution. */
static bool send_alone(tenon__call *call)
{
    const tenon__statement *statement = call->statement;
    const char *const *values;
    const int *lengths, *formats;
    tenon_db *db = call->db;
    int sent;

    if (!tenon__params_of(call, 0, &values, &lengths, &formats))
        return false;
    if (call->prepared != NULL)
        sent = PQsendQueryPrepared(db->conn, statement->key, statement->n_params, values, lengths,
                                   formats, 1);
    else
        sent = PQsendQueryParams(db->conn, statement->sql, statement->n_params,
                                 statement->param_types, values, lengths, formats, 1);
    if (!sent)
        return false;
    if (call->single_rows)
        use_single_rows(call);
    tenon__sent(db);
    return true;
}

static bool is_pipeline(const tenon__call *call)
{
    return call->n_items > 0 || call->judged || call->guarded ||
           call->db->pending != PENDING_NONE || (call->prepared != NULL && needs_parse(call));
}

static bool send_request(tenon__call *call)
{
    if (!is_pipeline(call))
        return send_alone(call);
    return tenon__enter_pipeline(call->db) && send_preludes(call) && send_items(call);
}

/* What could not be handed to libpq. Half of a pipeline cannot be taken back. */
static bool fail_to_send(tenon__call *call)
{
    if (call->status == TENON_OK)
        call->status = tenon__fail_result(call->db, call->statement->query, NULL);
    if (call->db->flight.pipelined)
        tenon__lose(call->db);
    return false;
}

static bool find_prepared(tenon__call *call)
{
    call->prepared = NULL;
    if (call->db->unnamed)
        return true;
    call->prepared = tenon__prepared_find(call->db->session, call->statement);
    if (call->prepared == NULL)
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
    return call->prepared != NULL;
}

bool tenon__cancel_starts(tenon__call *call)
{
    if (tenon__cancel_begin(call->db->canceller, call->db->timeout_ms))
        return true;
    tenon__call_fail(call, TENON_TIMEOUT, TENON_CANCEL_UNSETTLED);
    tenon__lose(call->db);
    return false;
}

bool tenon__start(tenon__call *call)
{
    tenon_db *db = call->db;
    bool is_idle = PQtransactionStatus(db->conn) == PQTRANS_IDLE;

    tenon__depart(db);
    if (call->attempts++ == 0 && !tenon__cancel_starts(call))
        return false;
    call->n_sent = call->n_preludes = call->prelude = 0;
    call->begins = db->pending == PENDING_BEGIN;
    call->in_transaction = !is_idle || call->begins;
    call->judged = call->must_judge && !call->in_transaction;
    call->guarded = call->may_guard && call->in_transaction;
    return find_prepared(call) && (send_request(call) || fail_to_send(call));
}

/* --- Receiving --- */

static void note_prelude(tenon__call *call)
{
    switch ((enum prelude)call->preludes[call->prelude++]) {
    case PRELUDE_PENDING:
        call->db->pending = PENDING_NONE;
        break;
    case PRELUDE_DEALLOCATE:
        prepared_of(call)->known = prepared_of(call)->stale = false;
        break;
    case PRELUDE_PARSE:
        if (call->prepared != NULL)
            prepared_of(call)->known = true;
        break;
    case PRELUDE_BEGIN:
    case PRELUDE_SAVEPOINT:
        break;
    }
}

static void refuse(tenon__call *call, tenon_status status, const char *problem)
{
    tenon__call_fail(call, status, "query %s: %s", call->statement->query, problem);
    tenon__lose(call->db);
}

/* Takes a result that is not for the caller: true if it was such. */
static bool consume(tenon__call *call, PGresult *result)
{
    switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE:
        if (call->prelude == call->n_preludes)
            return false;
        refuse(call, TENON_PROTOCOL_VIOLATION, "the server sent rows where none can be");
        break;
    case PGRES_COMMAND_OK:
        if (call->prelude == call->n_preludes)
            return false;
        note_prelude(call);
        break;
    case PGRES_PIPELINE_ABORTED:
        break;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        refuse(call, TENON_INVALID_ARGUMENT,
               "COPY is not supported here: the connection has been closed");
        break;
    case PGRES_FATAL_ERROR:
    case PGRES_BAD_RESPONSE:
        call->prelude = call->n_preludes = 0;
        if (call->status == TENON_OK) {
            call->status = tenon__fail_result(call->db, call->statement->query, result);
            return true;
        }
        break;
    default:
        refuse(call, TENON_PROTOCOL_VIOLATION, "the server sent a result of an unexpected kind");
    }
    PQclear(result);
    return true;
}

/* What a request leaves when it is over. */
static void land(tenon__call *call)
{
    tenon_db *db = call->db;

    if (!db->flight.ended) {
        refuse(call, db->flight.garbled ? TENON_PROTOCOL_VIOLATION : TENON_CONNECTION_LOST,
               "the server left the request open");
        return;
    }
    if (db->flight.ends_as == TENON_TOO_LARGE)
        tenon__call_fail(call, TENON_TOO_LARGE, "query %s: the answer has more than %lld bytes",
                         call->statement->query, (long long)db->limits.max_bytes);
    if (call->begins && call->status != TENON_OK)
        (void)tenon__check_depth(db);
}

enum step tenon__step(tenon__call *call, PGresult **result)
{
    tenon_db *db = call->db;

    *result = NULL;
    while (!db->lost) {
        if (!db->flight.whole && !db->flight.unsent && !send_items(call)) {
            fail_to_send(call);
            break;
        }
        switch (tenon__turn(db, result)) {
        case TURN_WAITS:
            if (!db->flight.whole && !db->flight.unsent)
                break; /* what libpq kept back has left meanwhile */
            return STEP_WAITS;
        case TURN_ENDED:
            land(call);
            return STEP_END;
        case TURN_RESULT:
            if (*result == NULL) {
                if (call->single_rows)
                    use_single_rows(call);
            } else if (!consume(call, *result)) {
                return STEP_RESULT;
            }
            *result = NULL;
        }
    }
    return STEP_END;
}

/* --- The blocking form --- */

/* All attempts have one deadline, unless a stream has set it back. */
static void set_deadline(tenon__call *call)
{
    if (call->deadline == TENON_DEADLINE_LATER)
        call->deadline = tenon__deadline_in(call->db->timeout_ms);
    call->db->flight.deadline = call->deadline;
}

/* That the connection breaks now is news only if nothing has failed before. */
static bool wait(tenon__call *call)
{
    tenon_db *db = call->db;

    if (db->flight.deadline == TENON_DEADLINE_LATER)
        set_deadline(call);
    if (call->status == TENON_OK) {
        call->status = tenon__wait(db, call->statement->query);
        return call->status == TENON_OK;
    }
    struct saved_error first = tenon__error_save(db);
    tenon_status status = tenon__wait(db, call->statement->query);
    tenon__error_restore(db, first);
    return status == TENON_OK;
}

bool tenon__next_result(tenon__call *call, PGresult **result)
{
    enum step step;

    while ((step = tenon__step(call, result)) == STEP_WAITS)
        if (!wait(call))
            break;
    return step == STEP_RESULT;
}

void tenon__drain(tenon__call *call)
{
    PGresult *result;

    while (tenon__next_result(call, &result))
        PQclear(result);
}

/* Reads on to the end. There has to be exactly one result. */
static void receive_all(tenon__call *call, PGresult **kept)
{
    PGresult *result;

    if (!tenon__next_result(call, kept) && call->status == TENON_OK)
        refuse(call, TENON_PROTOCOL_VIOLATION, "the server sent no result");
    while (tenon__next_result(call, &result)) {
        PQclear(result);
        refuse(call, TENON_PROTOCOL_VIOLATION, "the server sent more than one result");
    }
    if (call->status != TENON_OK) {
        PQclear(*kept);
        *kept = NULL;
    }
}

/* Reads the first row of a stream, or result of a batch; after a failure all there is. */
static void receive_first(tenon__call *call, PGresult **part)
{
    if (tenon__next_result(call, part) && call->status == TENON_OK)
        return;
    PQclear(*part);
    *part = NULL;
    if (call->status == TENON_OK)
        refuse(call, TENON_PROTOCOL_VIOLATION, "the server sent no result");
    tenon__drain(call);
}

/* Whether the failure means that the prepared statement is not (any more) what it should be, which
 * the server finds before it executes anything. What is known of it is put right in any case. */
static bool was_unprepared(tenon__call *call)
{
    struct prepared *prepared = call->prepared;
    const tenon_error *error = &call->db->error;

    if (prepared == NULL)
        return false;
    if (strcmp(error->sqlstate, "26000") == 0 && prepared->known) {
        /* DISCARD ALL, DEALLOCATE, another session of a pooler */
        prepared->known = prepared->stale = false;
    } else if (strcmp(error->sqlstate, "42P05") == 0 && !prepared->known) {
        prepared->known = true; /* the key says that it is the same statement */
    } else if (strcmp(error->sqlstate, "0A000") == 0 && prepared->known &&
               strcmp(error->source_function, "RevalidateCachedQuery") == 0) {
        prepared->stale = true; /* cached plan must not change result type */
    } else {
        /* A parameter may have changed its type: the next call asks anew. */
        if (strncmp(error->sqlstate, "42", 2) == 0 && prepared->known)
            prepared->stale = true;
        return false;
    }
    return true;
}

/* Inside a transaction, which has failed now, nothing can be repeated; but what the request itself
 * has begun can be begun again. */
static bool can_repeat(tenon__call *call)
{
    tenon_db *db = call->db;

    if (call->status == TENON_OK || db->lost || !was_unprepared(call) || call->attempts > 1)
        return false;
    if (!call->begins && !call->judged)
        return !call->in_transaction;
    if (PQtransactionStatus(db->conn) != PQTRANS_INERROR)
        return false;
    struct saved_error saved = tenon__error_save(db);
    bool undone = tenon__run_text(db, "ROLLBACK", "ROLLBACK", call->deadline, NULL) == TENON_OK;
    tenon__error_restore(db, saved);
    if (undone && call->begins)
        db->pending = PENDING_BEGIN;
    return undone;
}

static bool is_complete(tenon__call *call)
{
    size_t n = call->statement->n_params * n_items_of(call);

    if (call->n_bound == n)
        return true;
    tenon__call_fail(call, TENON_INVALID_ARGUMENT, "query %s: %zu parameters instead of %zu",
                     call->statement->query, call->n_bound, n);
    return false;
}

bool tenon__execute(tenon__call *call, PGresult **result)
{
    tenon_db *db = call->db;

    *result = NULL;
    if (call->status != TENON_OK || !is_complete(call) || !tenon__check_params(call))
        return false;
    tenon__before(db, call->statement->query, call->statement->sql);
    call->deadline = TENON_DEADLINE_LATER;
    for (;;) {
        if (!tenon__start(call))
            return false;
        if (call->single_rows || call->n_items > 0)
            receive_first(call, result);
        else
            receive_all(call, result);
        if (!can_repeat(call))
            break;
        tenon__error_clear(db);
        call->status = TENON_OK;
    }
    if (call->status == TENON_OK && PQclientEncoding(db->conn) != db->encoding)
        tenon__call_fail(
            call, TENON_BAD_VALUE,
            "query %s: client_encoding has been changed by it: its texts are not UTF-8",
            call->statement->query);
    return call->status == TENON_OK;
}
