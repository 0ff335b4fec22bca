/* tenon_transaction, which runs a function until its transaction is over, and the question what
 * became of a COMMIT whose answer was lost. Both wait between attempts. */
#include "internal.h"
#include "thread.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define DEFAULT_ATTEMPTS 10
#define FIRST_BACKOFF_MS 4
#define DEFAULT_BACKOFF_MS 1000
#define LONGEST_OUTCOME_PAUSE_MS 100

/* The SQLSTATE of "transaction ID … is in the future". */
#define NOT_GIVEN_OUT "22023"

/* Sleeps for a random part of a pause that doubles with each attempt. */
static void back_off(tenon_db *db, int attempt, int max_backoff_ms)
{
    int64_t ms = attempt < 20 ? (int64_t)FIRST_BACKOFF_MS << attempt : max_backoff_ms;

    if (ms > max_backoff_ms)
        ms = max_backoff_ms;
    int64_t us = ms * 500 + (int64_t)tenon__random_below(&db->random, (uint64_t)(ms * 500 + 1));
    struct timespec pause = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
    while (nanosleep(&pause, &pause) != 0 && errno == EINTR)
        continue;
}

static tenon_status attempt_transaction(tenon_db *db, const tenon_transaction_options *options,
                                        tenon_transaction_fn *fn, void *context)
{
    tenon_status status = tenon_begin(db, options);
    int depth = db->depth;

    if (status != TENON_OK)
        return status;
    status = fn(db, context);
    if (status == TENON_OK && db->depth != depth)
        status = tenon__fail(db, "COMMIT", TENON_INVALID_ARGUMENT,
                             "the function of tenon_transaction left %d levels instead of %d",
                             db->depth, depth);
    if (status == TENON_OK)
        return tenon_commit(db);
    while (db->depth >= depth)
        tenon_rollback(db);
    return status;
}

tenon_status tenon_transaction(tenon_db *db, const tenon_transaction_options *options,
                               tenon_transaction_fn *fn, void *context)
{
    if (db == NULL)
        return TENON_INVALID_ARGUMENT;
    int max_attempts =
        options == NULL || options->max_attempts == 0 ? DEFAULT_ATTEMPTS : options->max_attempts;
    int max_backoff_ms = options == NULL || options->max_backoff_ms == 0 ? DEFAULT_BACKOFF_MS
                                                                         : options->max_backoff_ms;
    if (db->lost)
        return tenon__check_usable(db, "BEGIN");
    if (db->depth > 0 || PQtransactionStatus(db->conn) != PQTRANS_IDLE)
        return attempt_transaction(db, NULL, fn, context);
    for (int attempt = 1;; attempt++) {
        tenon_status status = attempt_transaction(db, options, fn, context);
        if ((status != TENON_SERIALIZATION_FAILURE && status != TENON_DEADLOCK) ||
            attempt >= max_attempts || db->lost)
            return status;
        back_off(db, attempt, max_backoff_ms);
    }
}

/* NULL for another cluster, a standby, another timeline (where a transaction with this number may
 * be another one), a number not given out yet or forgotten. */
static tenon_status ask_for_outcome(tenon_db *db, tenon_commit_token token, struct answer *answer)
{
    char sql[512];

    snprintf(sql, sizeof sql,
             "SELECT CASE WHEN system_identifier = %lld AND NOT pg_is_in_recovery() THEN "
             "CASE WHEN left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) = '%08X' THEN "
             "pg_xact_status('%llu'::xid8) END END FROM pg_control_system()",
             (long long)token.cluster, (unsigned)token.timeline, (unsigned long long)token.xid);
    tenon_status status = tenon__command(db, "OUTCOME", sql, answer);
    if (status != TENON_SQL_ERROR || strcmp(db->error.sqlstate, NOT_GIVEN_OUT) != 0)
        return status;
    tenon__error_clear(db);
    return TENON_OK;
}

/* A number that the server has not given out yet is an error, which would end a transaction. */
static tenon_status check_idle(tenon_db *db)
{
    tenon_status status = tenon__check_usable(db, "OUTCOME");

    if (status == TENON_OK && (db->depth > 0 || PQtransactionStatus(db->conn) != PQTRANS_IDLE))
        status = tenon__fail(db, "OUTCOME", TENON_INVALID_ARGUMENT,
                             "what became of a transaction is to be asked outside of another");
    return status;
}

tenon_status tenon_commit_outcome(tenon_db *db, tenon_commit_token token, tenon_outcome *outcome)
{
    if (db == NULL || outcome == NULL)
        return TENON_INVALID_ARGUMENT;
    *outcome = TENON_OUTCOME_UNKNOWN;
    int64_t deadline = tenon__deadline_in(db->timeout_ms);
    tenon_status status = check_idle(db);
    for (int attempt = 1; status == TENON_OK; attempt++) {
        struct answer answer = {.n = 0};
        status = ask_for_outcome(db, token, &answer);
        if (status != TENON_OK || strcmp(answer.values[0], "in progress") != 0) {
            if (strcmp(answer.values[0], "committed") == 0)
                *outcome = TENON_OUTCOME_COMMITTED;
            else if (strcmp(answer.values[0], "aborted") == 0)
                *outcome = TENON_OUTCOME_ROLLED_BACK;
            return status;
        }
        if (tenon__now_ns() >= deadline)
            return tenon__fail(db, "OUTCOME", TENON_TIMEOUT,
                               "the transaction is still in progress at the deadline");
        back_off(db, attempt, LONGEST_OUTCOME_PAUSE_MS);
    }
    return status;
}
