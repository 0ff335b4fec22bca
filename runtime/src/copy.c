/* Binary COPY into a table: the request and its end; copy_rows.c makes the bytes between them. The
 * format carries no types, and the server would take eight bytes of a float for those of a bigint,
 * so the columns' types are asked for first, without executing anything. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* Inside a transaction the lock of a COPY of the same statement, just before this one, has kept the
 * types as they were found then. */
static bool check_columns(tenon__call *call, const tenon__statement *last)
{
    if (last != NULL && last == call->statement &&
        PQtransactionStatus(call->db->conn) == PQTRANS_INTRANS)
        return true;
    /* Parse and Describe: no privilege is needed for them. */
    PGresult *description = tenon__describe(call, "", call->statement->copy_check);
    if (description != NULL && call->status == TENON_OK)
        tenon__check_types(call, description);
    PQclear(description);
    return call->status == TENON_OK;
}

/* What the server answers to COPY; NULL when that is a failure. */
static PGresult *ask_for_copy(tenon__call *call)
{
    tenon_db *db = call->db;
    PGresult *result = NULL;

    tenon__depart(db);
    call->attempts = 1;
    call->deadline = TENON_DEADLINE_LATER;
    call->in_transaction = PQtransactionStatus(db->conn) != PQTRANS_IDLE;
    if (!PQsendQuery(db->conn, call->statement->sql)) {
        tenon__fail_to_send(call);
        return NULL;
    }
    tenon__sent(db);
    if (!tenon__receive(db, call->statement->query, &result, &call->status))
        return NULL;
    if (result != NULL && PQresultStatus(result) == PGRES_FATAL_ERROR) {
        call->status = tenon__fail_result(db, call->statement->query, result);
        tenon__drain(call);
        return NULL;
    }
    return result;
}

static void start_copy(tenon__call *call)
{
    tenon_db *db = call->db;
    PGresult *result = ask_for_copy(call);

    if (call->status != TENON_OK)
        return;
    bool in_copy = PQresultStatus(result) == PGRES_COPY_IN;
    if (!in_copy || PQnfields(result) != call->statement->n_params || !PQbinaryTuples(result))
        tenon__call_fail(call, TENON_SCHEMA_MISMATCH,
                         "query %s: the server does not start a "
                         "binary COPY of %u columns",
                         call->statement->query, (unsigned)call->statement->n_params);
    PQclear(result);
    call->in_flight = db->streaming = in_copy;
    db->open_call = in_copy ? call : NULL;
    db->flight.whole = false; /* what ends the data is still to come */
    if (!in_copy)
        tenon__lose(db);
}

/* Hands bytes to libpq, and waits until few of them are left there. An error that the server has
 * sent meanwhile ends the COPY; tenon__copy_end reads it. */
bool tenon__copy_put(tenon__call *call, const unsigned char *data, size_t length)
{
    tenon_db *db = call->db;
    int done = 0;

    db->flight.deadline = TENON_DEADLINE_LATER; /* each wait has its own */
    for (;;) {
        if (done == 0)
            done = PQputCopyData(db->conn, (const char *)data, (int)length);
        if (done < 0) {
            call->copy_refused = true;
            return false;
        }
        db->flight.unsent = done == 0 || PQflush(db->conn) == 1;
        if (!db->flight.unsent)
            return true;
        call->status = tenon__wait(db, call->statement->query);
        if (call->status != TENON_OK)
            return false;
    }
}

/* COPY is a request of its own kind, in front of which nothing can stand. */
static bool flush_pending(tenon__call *call)
{
    if (call->status == TENON_OK)
        call->status = tenon__flush_pending(call->db, call->statement->query);
    return call->status == TENON_OK;
}

void tenon__copy_begin(tenon__call *call, tenon_db *db, const tenon__statement *statement)
{
    const tenon__statement *last = db == NULL ? NULL : db->copied;

    tenon__begin_abi1(call, db, statement);
    if (call->status != TENON_OK)
        return;
    if (!tenon__copy_begin_rows(call))
        return;
    call->deadline = TENON_DEADLINE_LATER;
    tenon__before(call->db, statement->query, statement->sql);
    if (tenon__cancel_starts(call) && check_columns(call, last) && flush_pending(call))
        start_copy(call);
}

/* A trigger may have left rows out: the server's count is the true one. */
static void read_count(tenon__call *call)
{
    PGresult *result;
    bool complete = false;

    while ((result = tenon__next_result(call)) != NULL) {
        complete = strncmp(PQcmdStatus(result), "COPY ", 5) == 0;
        call->n_rows = (size_t)tenon__count_of(result);
        PQclear(result);
    }
    if (!complete && call->status == TENON_OK)
        tenon__call_violated(call, "the server did not say that the COPY is complete");
}

/* Ends the data: well, or with a reason for the server to forget it. */
static void end_data(tenon__call *call)
{
    tenon_db *db = call->db;

    if (call->status == TENON_OK && !call->copy_refused)
        tenon__copy_append_trailer(call);
    if (db->lost)
        return;
    const char *reason = call->status == TENON_OK ? NULL : "the client gave up";
    db->flight.deadline = TENON_DEADLINE_LATER;
    db->flight.unsent = true;
    while (PQputCopyEnd(db->conn, reason) == 0)
        if (tenon__wait(db, call->statement->query) != TENON_OK)
            return;
    tenon__sent(db);
    read_count(call);
    /* What was given up has not happened, even if the answer to that got lost. */
    if (reason != NULL)
        db->flight.whole = false;
}

/* The row that the server names in its context, "COPY item, line 6", whatever word its language has
 * for line. */
static size_t item_of_context(const tenon_db *db)
{
    const char *at = db->error.context;

    if (strncmp(at, "COPY ", 5) != 0)
        return TENON_NO_ITEM;
    while (*at != '\0' && *at != '\n') {
        at += strcspn(at, ",\n");
        size_t word = strcspn(at, "0123456789\n");
        size_t digits = strspn(at + word, "0123456789");
        if (*at == ',' && digits > 0 && at[word - 1] == ' ' &&
            strchr(",:\n", at[word + digits]) != NULL) {
            size_t line = strtoul(at + word, NULL, 10);
            return line == 0 ? TENON_NO_ITEM : line - 1;
        }
        at += *at == ',';
    }
    return TENON_NO_ITEM;
}

/* Ends the COPY itself; the call is finished later. */
void tenon__copy_stop(tenon__call *call)
{
    tenon_db *db = call->db;
    bool by_client = call->status != TENON_OK;

    if (!call->in_flight)
        return;
    end_data(call);
    db->streaming = call->in_flight = false;
    db->open_call = NULL;
    if (call->status == TENON_OK)
        db->copied = call->statement;
    else
        call->item = by_client ? call->n_items : item_of_context(db);
}

tenon_status tenon__copy_end(tenon__call *call, int64_t *rows_affected)
{
    bool was_in_flight = call->in_flight;

    tenon__copy_stop(call);
    if (call->status == TENON_OK && rows_affected != NULL)
        *rows_affected = (int64_t)call->n_rows;
    if (call->status != TENON_OK && call->db != NULL)
        call->db->error.item = was_in_flight ? call->item : TENON_NO_ITEM;
    return tenon__finish(call);
}
