/* What a request is made of. A request that is more than one execution is a pipeline with one Sync:
 * in front of its items stand preludes, such as the Parse of a statement that the session does not
 * know yet, or a BEGIN that has not been sent, so that none of them costs a round trip. Items are
 * handed to libpq only as long as it does not keep them back. */
#include "internal.h"

#include <stdio.h>

/* Items handed to libpq at a time, before it is asked whether they leave; large ones go alone. */
#define ITEMS_AT_A_TIME 64
#define LARGE_ITEM ((size_t)16 << 10)

void tenon__use_single_rows(tenon__call *call)
{
    /* Not in chunks, where libpq has them: it drops the rows of one that an error interrupts. */
    PQsetSingleRowMode(call->db->conn);
}

static const char *name_of(const tenon__call *call)
{
    return call->prepared == NULL ? "" : tenon__prepared_of(call)->name;
}

static bool send_text(tenon__call *call, enum prelude prelude, const char *sql)
{
    call->preludes[call->n_preludes++] = (uint8_t)prelude;
    return PQsendQueryParams(call->db->conn, sql, 0, NULL, NULL, NULL, NULL, 1);
}

/* Of a plan that is of no use any more, if it is such. */
static bool send_deallocate(tenon__call *call)
{
    char sql[128];

    if (call->prepared == NULL || !tenon__prepared_of(call)->stale)
        return true;
    snprintf(sql, sizeof sql, "DEALLOCATE \"%s\"", tenon__prepared_of(call)->name);
    return send_text(call, PRELUDE_DEALLOCATE, sql);
}

static bool send_parse(tenon__call *call)
{
    const tenon__statement *statement = call->statement;

    call->preludes[call->n_preludes++] = PRELUDE_PARSE;
    return PQsendPrepare(call->db->conn, name_of(call), statement->sql, statement->n_params,
                         statement->param_types);
}

static bool needs_parse(const tenon__call *call)
{
    return call->prepared == NULL || !tenon__prepared_of(call)->known ||
           tenon__prepared_of(call)->stale;
}

static bool send_pending(tenon__call *call)
{
    return call->db->pending == PENDING_NONE ||
           send_text(call, PRELUDE_PENDING, call->db->pending_sql);
}

static bool send_preludes(tenon__call *call)
{
    if (!send_pending(call))
        return false;
    if (call->judged && !send_text(call, PRELUDE_BEGIN, "BEGIN"))
        return false;
    if (call->guarded && !send_text(call, PRELUDE_SAVEPOINT, "SAVEPOINT tenon_stream"))
        return false;
    return send_deallocate(call) && (!needs_parse(call) || send_parse(call));
}

/* Executes the prepared statement with the parameters of an item, 0 of a plain call. */
static bool send_item(tenon__call *call, size_t item)
{
    size_t n = call->statement->n_params;
    const tenon_db *db = call->db;

    return PQsendQueryPrepared(db->conn, name_of(call), (int)n, db->values + item * n,
                               db->lengths + item * n, db->formats, 1) != 0;
}

/* Items until libpq keeps them back, or there are no more. */
bool tenon__send_items(tenon__call *call)
{
    tenon_db *db = call->db;
    size_t n = tenon__n_items_of(call);
    size_t step = call->param_bytes / n > LARGE_ITEM ? 1 : ITEMS_AT_A_TIME;

    while (call->n_sent < n) {
        size_t end = n - call->n_sent < step ? n : call->n_sent + step;
        for (; call->n_sent < end; call->n_sent++)
            if (!send_item(call, call->n_sent))
                return false;
        if (call->n_sent % step == 0 && PQflush(db->conn) == 1) {
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
    tenon_db *db = call->db;

    if (call->prepared != NULL ? !send_item(call, 0)
                               : !PQsendQueryParams(db->conn, statement->sql, statement->n_params,
                                                    statement->param_types, call->values,
                                                    call->lengths, db->formats, 1))
        return false;
    tenon__sent(db);
    return true;
}

/* A stream is one even by itself: libpq leaves single-row mode behind a Sync, but carries it from a
 * plain execution into a pipeline, whose first item would come in two results. */
static bool is_pipeline(const tenon__call *call)
{
    return call->n_items > 0 || call->single_rows || call->judged || call->guarded ||
           call->db->pending != PENDING_NONE || (call->prepared != NULL && needs_parse(call));
}

static TENON_APART bool send_pipeline(tenon__call *call)
{
    if (!tenon__enter_pipeline(call->db) || !send_preludes(call) || !tenon__send_items(call))
        return false;
    if (call->single_rows && call->n_preludes == 0)
        tenon__use_single_rows(call); /* else behind the last prelude */
    return true;
}

static bool send_request(tenon__call *call)
{
    if (call->statement->n_params > call->db->n_formats && !tenon__grow_formats(call))
        return false;
    return is_pipeline(call) ? send_pipeline(call) : send_alone(call);
}

/* What could not be handed to libpq. Half of a pipeline cannot be taken back. */
bool tenon__fail_to_send(tenon__call *call)
{
    if (call->status == TENON_OK)
        call->status = tenon__fail_result(call->db, call->statement->query, NULL);
    if (call->db->flight.pipelined)
        tenon__lose(call->db);
    return false;
}

static bool find_prepared(tenon__call *call)
{
    if (call->db->unnamed)
        return true;
    call->prepared = tenon__prepared_find(call->db->session, call->statement);
    if (call->prepared == NULL)
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
    return call->prepared != NULL;
}

bool tenon__cancel_starts(tenon__call *call)
{
    call->started = tenon__cancel_begin(call->db->canceller, call->db->timeout_ms);
    if (call->started)
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
    call->attempts++;
    call->n_sent = call->n_preludes = call->prelude = 0;
    call->begins = db->pending == PENDING_BEGIN;
    call->in_transaction = !is_idle || call->begins;
    call->judged = call->must_judge && !call->in_transaction;
    call->guarded = call->may_guard && call->in_transaction;
    return find_prepared(call) && (send_request(call) || tenon__fail_to_send(call));
}

/* A flight that executes nothing. */
static bool send_description(tenon__call *call, const char *name, const char *sql, int n_params,
                             const Oid *param_types)
{
    tenon_db *db = call->db;

    if (!tenon__enter_pipeline(db) || !send_pending(call) || !send_deallocate(call))
        return false;
    if (sql != NULL) {
        call->preludes[call->n_preludes++] = PRELUDE_PARSE;
        if (!PQsendPrepare(db->conn, name, sql, n_params, param_types))
            return false;
    }
    if (!PQsendDescribePrepared(db->conn, name) || !PQpipelineSync(db->conn))
        return false;
    tenon__sent(db);
    return true;
}

static PGresult *describe(tenon__call *call, const char *name, const char *sql, int n_params,
                          const Oid *param_types)
{
    tenon__depart(call->db);
    call->n_preludes = call->prelude = 0;
    call->begins = call->db->pending == PENDING_BEGIN;
    if (!send_description(call, name, sql, n_params, param_types)) {
        tenon__fail_to_send(call);
        return NULL;
    }
    PGresult *description = tenon__next_result(call);
    if (description != NULL)
        tenon__drain(call);
    return description;
}

/* Without the types of the parameters the server says which ones it would choose. */
PGresult *tenon__describe(tenon__call *call, const char *name, const char *sql)
{
    return describe(call, name, sql, 0, NULL);
}

PGresult *tenon__prepare_and_describe(tenon__call *call)
{
    const tenon__statement *statement = call->statement;

    if (!find_prepared(call))
        return NULL;
    return describe(call, name_of(call), needs_parse(call) ? statement->sql : NULL,
                    statement->n_params, statement->param_types);
}

static bool check_param(tenon__call *call, const PGresult *description, int i)
{
    char expected[64], found[64];

    if (tenon__type_fits(call->statement->param_types[i], PQparamtype(description, i)))
        return true;
    tenon__put_type_name(expected, sizeof expected, call->statement->param_types[i]);
    tenon__put_type_name(found, sizeof found, PQparamtype(description, i));
    tenon__call_fail(call, TENON_SCHEMA_MISMATCH,
                     "query %s: parameter $%d is %s, but the code was generated for %s",
                     call->statement->query, i + 1, found, expected);
    return false;
}

bool tenon__check_param_types(tenon__call *call)
{
    const tenon__statement *statement = call->statement;

    if (call->db->unnamed)
        return true;
    if (!find_prepared(call))
        return false;
    if (!needs_parse(call))
        return true;
    PGresult *description = tenon__describe(call, name_of(call), statement->sql);
    for (int i = 0; call->status == TENON_OK && i < PQnparams(description); i++)
        check_param(call, description, i);
    PQclear(description);
    if (call->status != TENON_OK)
        tenon__prepared_of(call)->stale =
            tenon__prepared_of(call)->known; /* the next call asks anew */
    return call->status == TENON_OK;
}
