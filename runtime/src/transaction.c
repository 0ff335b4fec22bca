/* Transactions by levels: the outermost is a transaction, those inside of it are savepoints. A
 * level ends with commit and with rollback, whether they succeed or not, so that every begin that
 * succeeded needs exactly one of them. */
#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define DEFAULT_ATTEMPTS 10
#define FIRST_BACKOFF_MS 4
#define DEFAULT_BACKOFF_MS 1000

static const char *const isolation_clauses[] = {
    [TENON_ISOLATION_DEFAULT] = "",
    [TENON_READ_COMMITTED] = " ISOLATION LEVEL READ COMMITTED",
    [TENON_REPEATABLE_READ] = " ISOLATION LEVEL REPEATABLE READ",
    [TENON_SERIALIZABLE] = " ISOLATION LEVEL SERIALIZABLE",
};

static tenon_status run(tenon_db *db, const char *name, const char *sql, char *tag, size_t tag_size)
{
    tenon_status status = tenon__check_usable(db, name);

    if (status != TENON_OK)
        return status;
    tenon__error_clear(db);
    tenon__before(db, name, sql);
    status = tenon__run_text(db, name, sql, tag, tag_size);
    tenon__after(db, name, sql, status, 0);
    return status;
}

tenon_status tenon_exec(tenon_db *db, const char *sql)
{
    if (db == NULL)
        return TENON_INVALID_ARGUMENT;
    if (sql == NULL)
        return tenon__fail(db, NULL, TENON_INVALID_ARGUMENT, "tenon_exec: sql is NULL");
    db->touched = true; /* the text may hold anything */
    return run(db, "", sql, NULL, 0);
}

int tenon_depth(const tenon_db *db)
{
    return db == NULL ? 0 : db->depth;
}

static tenon_status begin_outermost(tenon_db *db, const tenon_transaction_options *options)
{
    static const tenon_transaction_options defaults = {0};
    char sql[128];

    if (options == NULL)
        options = &defaults;
    if ((unsigned)options->isolation > TENON_SERIALIZABLE)
        return tenon__fail(db, "BEGIN", TENON_INVALID_ARGUMENT, "no such isolation level");
    snprintf(sql, sizeof sql, "BEGIN%s%s%s", isolation_clauses[options->isolation],
             options->read_only ? " READ ONLY" : "", options->deferrable ? " DEFERRABLE" : "");
    return run(db, "BEGIN", sql, NULL, 0);
}

tenon_status tenon_begin(tenon_db *db, const tenon_transaction_options *options)
{
    char sql[64];

    if (db == NULL)
        return TENON_INVALID_ARGUMENT;
    tenon_status status = tenon__check_usable(db, "BEGIN");
    if (status != TENON_OK)
        return status;
    if (db->depth == 0)
        db->outer_transaction = PQtransactionStatus(db->conn) != PQTRANS_IDLE;
    if (db->depth == 0 && !db->outer_transaction) {
        status = begin_outermost(db, options);
    } else if (options != NULL) {
        return tenon__fail(db, "SAVEPOINT", TENON_INVALID_ARGUMENT,
                           "options are for a transaction, and this is inside of one");
    } else {
        snprintf(sql, sizeof sql, "SAVEPOINT tenon_%d", db->depth);
        status = run(db, "SAVEPOINT", sql, NULL, 0);
    }
    if (status == TENON_OK)
        db->depth++;
    return status;
}

/* Whether the innermost level is the transaction itself. */
static bool is_outermost(const tenon_db *db)
{
    return db->depth == 1 && !db->outer_transaction;
}

static tenon_status undo(tenon_db *db)
{
    char sql[96];

    if (is_outermost(db)) {
        snprintf(sql, sizeof sql, "ROLLBACK");
    } else {
        snprintf(sql, sizeof sql, "ROLLBACK TO SAVEPOINT tenon_%d; RELEASE SAVEPOINT tenon_%d",
                 db->depth - 1, db->depth - 1);
    }
    db->depth--;
    return run(db, "ROLLBACK", sql, NULL, 0);
}

static tenon_status commit_savepoint(tenon_db *db)
{
    char sql[64];

    snprintf(sql, sizeof sql, "RELEASE SAVEPOINT tenon_%d", db->depth - 1);
    tenon_status status = run(db, "RELEASE", sql, NULL, 0);
    if (status == TENON_OK) {
        db->depth--;
        return TENON_OK;
    }
    struct saved_error saved = tenon__error_save(db);
    undo(db);
    tenon__error_restore(db, saved);
    return status;
}

static tenon_status commit_outermost(tenon_db *db)
{
    char tag[32] = "";

    db->depth--;
    tenon_status status = run(db, "COMMIT", "COMMIT", tag, sizeof tag);
    if (status != TENON_OK && db->lost) {
        db->error.status = TENON_COMMIT_UNKNOWN;
        return TENON_COMMIT_UNKNOWN;
    }
    if (status == TENON_OK && strcmp(tag, "ROLLBACK") == 0) {
        status = tenon__fail(db, "COMMIT", TENON_SQL_ERROR,
                             "the transaction has been rolled back, because a statement in it "
                             "had failed");
        db->error.sqlstate = "25P02";
    }
    return status;
}

/* Fails if there is no level to end. */
static tenon_status check_level(tenon_db *db, const char *name)
{
    if (db == NULL)
        return TENON_INVALID_ARGUMENT;
    if (db->depth == 0)
        return tenon__fail(db, name, TENON_INVALID_ARGUMENT, "no transaction has been begun");
    return TENON_OK;
}

tenon_status tenon_commit(tenon_db *db)
{
    tenon_status status = check_level(db, "COMMIT");

    /* What was lost before COMMIT was sent has been rolled back for certain. */
    if (status == TENON_OK) {
        status = tenon__check_usable(db, "COMMIT");
        if (status == TENON_CONNECTION_LOST)
            db->depth--;
    }
    if (status != TENON_OK)
        return status;
    return is_outermost(db) ? commit_outermost(db) : commit_savepoint(db);
}

tenon_status tenon_rollback(tenon_db *db)
{
    tenon_status status = check_level(db, "ROLLBACK");

    if (status != TENON_OK)
        return status;
    if (db->streaming)
        return tenon__check_usable(db, "ROLLBACK");
    /* A rollback is the end of some other failure, which stays the one to be told of. */
    struct saved_error saved = tenon__error_save(db);
    status = undo(db);
    if (status == TENON_OK || saved.error.status != TENON_OK)
        tenon__error_restore(db, saved);
    else
        tenon__error_drop(saved);
    return status;
}

/* xorshift64: enough to keep two clients from meeting again and again. */
static uint64_t next_random(tenon_db *db)
{
    db->random |= 1;
    db->random ^= db->random << 13;
    db->random ^= db->random >> 7;
    db->random ^= db->random << 17;
    return db->random;
}

/* Sleeps for a random part of a pause that doubles with each attempt. */
static void back_off(tenon_db *db, int attempt, int max_backoff_ms)
{
    int64_t ms = attempt < 20 ? (int64_t)FIRST_BACKOFF_MS << attempt : max_backoff_ms;

    if (ms > max_backoff_ms)
        ms = max_backoff_ms;
    int64_t us = ms * 500 + (int64_t)(next_random(db) % (uint64_t)(ms * 500 + 1));
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
