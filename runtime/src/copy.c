/* Binary COPY into a table: its protocol; copy_rows.c makes the rows. The format carries no types,
 * and the server would take eight bytes of a float for those of a bigint, so the columns' types are
 * asked for first, without executing anything. */
#include "internal.h"

static void fail_by_libpq(tenon__call *call)
{
    if (call->status == TENON_OK)
        call->status = tenon__fail_result(call->db, call->statement->query, NULL);
}

/* Reads all there is; what is wrong with it fails the call. */
static void drain(tenon__call *call, int64_t *count)
{
    PGresult *result;

    while (tenon__next_result(call, &result) && result != NULL) {
        if (count != NULL)
            *count = tenon__count_of(result);
        PQclear(result);
    }
}

/* Parse and Describe of the check: no privilege is needed for them. */
static bool check_columns(tenon__call *call)
{
    PGconn *conn = call->db->conn;
    PGresult *result;

    call->pipelined = call->preparing = true;
    if (!PQenterPipelineMode(conn) ||
        !PQsendPrepare(conn, "", call->statement->copy_check, 0, NULL) ||
        !PQsendDescribePrepared(conn, "") || !PQpipelineSync(conn)) {
        fail_by_libpq(call);
        tenon__lose(call->db); /* half of a pipeline cannot be taken back */
        return false;
    }
    if (tenon__next_result(call, &result) && result != NULL) {
        tenon__check_types(call, result);
        PQclear(result);
        drain(call, NULL);
    }
    return call->status == TENON_OK;
}

static bool start_copy(tenon__call *call)
{
    tenon_db *db = call->db;
    PGresult *result;

    call->deadline = TENON_DEADLINE_LATER;
    if (!PQsendQuery(db->conn, call->statement->sql)) {
        fail_by_libpq(call);
        return false;
    }
    call->status = tenon__receive(db, call->statement->query, &call->deadline, &result);
    if (call->status != TENON_OK)
        return false;
    bool in_copy = PQresultStatus(result) == PGRES_COPY_IN;
    if (!in_copy && PQresultStatus(result) == PGRES_FATAL_ERROR) {
        call->status = tenon__fail_result(db, call->statement->query, result);
        drain(call, NULL);
        return false;
    }
    if (!in_copy || PQnfields(result) != call->statement->n_params || !PQbinaryTuples(result))
        tenon__call_fail(call, TENON_SCHEMA_MISMATCH,
                         "query %s: the server does not start a "
                         "binary COPY of %u columns",
                         call->statement->query, (unsigned)call->statement->n_params);
    PQclear(result);
    call->in_flight = in_copy;
    db->streaming = in_copy;
    if (!in_copy)
        drain(call, NULL);
    return call->status == TENON_OK;
}

/* Hands bytes to libpq, and waits until few of them are left there. An error that the server has
 * sent meanwhile ends the COPY; tenon__copy_end reads it. */
bool tenon__copy_put(tenon__call *call, const unsigned char *data, size_t length)
{
    tenon_db *db = call->db;
    int done;

    call->deadline = TENON_DEADLINE_LATER; /* each wait has its own */
    while ((done = PQputCopyData(db->conn, (const char *)data, (int)length)) == 0 ||
           PQflush(db->conn) == 1) {
        call->status = tenon__wait(db, call->statement->query, &call->deadline, true);
        if (call->status != TENON_OK)
            return false;
        if (!PQconsumeInput(db->conn))
            break;
        if (done == 1)
            length = 0; /* it is in libpq's hands: only send */
    }
    if (done >= 0)
        return true;
    call->copy_refused = true;
    return false;
}

void tenon__copy_begin(tenon__call *call, tenon_db *db, const tenon__statement *statement)
{
    tenon__begin_abi1(call, db, statement);
    if (call->status != TENON_OK)
        return;
    if (!tenon__copy_begin_rows(call))
        return;
    call->started = true;
    call->deadline = TENON_DEADLINE_LATER;
    tenon__before(db, statement->query, statement->sql);
    if (check_columns(call))
        start_copy(call);
}

/* Ends the data: well, or with a reason for the server to forget it. */
static void end_data(tenon__call *call)
{
    const char *reason = NULL;
    int done;

    if (call->status == TENON_OK && !call->copy_refused)
        tenon__copy_append_trailer(call);
    if (call->copy_refused || call->db->lost)
        return;
    if (call->status != TENON_OK)
        reason = "the client gave up";
    call->deadline = TENON_DEADLINE_LATER;
    while ((done = PQputCopyEnd(call->db->conn, reason)) == 0)
        if (tenon__wait(call->db, call->statement->query, &call->deadline, true) != TENON_OK)
            return;
    if (done < 0)
        call->copy_refused = true;
}

tenon_status tenon__copy_end(tenon__call *call, int64_t *rows_affected)
{
    int64_t count = 0;

    if (call->in_flight) {
        end_data(call);
        if (!call->db->lost) {
            call->deadline = TENON_DEADLINE_LATER;
            drain(call, &count);
        }
        call->db->streaming = call->in_flight = false;
        call->n_rows = (size_t)count;
    }
    if (call->status == TENON_OK && rows_affected != NULL)
        *rows_affected = count;
    if (call->status != TENON_OK && call->db != NULL)
        call->db->error.item = call->n_items;
    return tenon__finish(call);
}
