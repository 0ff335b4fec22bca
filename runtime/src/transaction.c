/* Transactions by levels: the outermost is a transaction, those inside of it are savepoints. A
 * level ends with commit and with rollback, whether they succeed or not, so that every begin that
 * succeeded needs exactly one of them.
 *
 * BEGIN is not sent alone: it waits for the first request and goes in front of it. Where the
 * server's transaction status is another one than the levels tell, the connection is closed. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const isolation_clauses[] = {
    [TENON_ISOLATION_DEFAULT] = "",
    [TENON_READ_COMMITTED] = " ISOLATION LEVEL READ COMMITTED",
    [TENON_REPEATABLE_READ] = " ISOLATION LEVEL REPEATABLE READ",
    [TENON_SERIALIZABLE] = " ISOLATION LEVEL SERIALIZABLE",
};

int tenon_depth(const tenon_db *db)
{
    return db == NULL ? 0 : db->depth;
}

static bool is_open(const tenon_db *db)
{
    return PQtransactionStatus(db->conn) != PQTRANS_IDLE;
}

bool tenon__check_depth(tenon_db *db)
{
    if (db->lost)
        return false;
    if (db->depth == 0 || is_open(db) == (db->pending != PENDING_BEGIN))
        return true;
    tenon__lose(db);
    return false;
}

/* --- Beginning --- */

/* Asks for the token with the BEGIN, which is sent for it. */
static tenon_status begin_with_token(tenon_db *db, tenon_commit_token *token)
{
    static const char question[] =
        "SELECT pg_current_xact_id(), system_identifier, "
        "left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) FROM pg_control_system()";
    char sql[sizeof question + sizeof db->pending_sql + 2];
    struct answer answer = {.n = 0};

    snprintf(sql, sizeof sql, "%s; %s", db->pending_sql, question);
    db->pending = PENDING_NONE;
    tenon_status status = tenon__command(db, "BEGIN", sql, &answer);
    if (status != TENON_OK) {
        /* What has been begun is of no use without the token. */
        if (!db->lost && is_open(db) && !tenon__roll_back(db, TENON_DEADLINE_LATER))
            tenon__lose(db);
        return status;
    }
    *token = (tenon_commit_token){.xid = strtoull(answer.values[0], NULL, 10),
                                  .cluster = strtoull(answer.values[1], NULL, 10),
                                  .timeline = (uint32_t)strtoul(answer.values[2], NULL, 16)};
    return TENON_OK;
}

static tenon_status begin_outermost(tenon_db *db, const tenon_transaction_options *options)
{
    static const tenon_transaction_options defaults = {0};

    if (options == NULL)
        options = &defaults;
    if ((unsigned)options->isolation > TENON_SERIALIZABLE)
        return tenon__fail(db, "BEGIN", TENON_INVALID_ARGUMENT, "no such isolation level");
    tenon__error_clear(db);
    snprintf(db->pending_sql, sizeof db->pending_sql, "BEGIN%s%s%s",
             isolation_clauses[options->isolation], options->read_only ? " READ ONLY" : "",
             options->deferrable ? " DEFERRABLE" : "");
    db->pending = PENDING_BEGIN;
    if (options->token != NULL)
        return begin_with_token(db, options->token);
    tenon__before(db, "BEGIN", db->pending_sql);
    tenon__after(db, &(tenon_event){.query = "BEGIN", .sql = db->pending_sql});
    return TENON_OK;
}

/* What is pending goes in front of it, in the same message. */
static tenon_status set_savepoint(tenon_db *db)
{
    char sql[sizeof db->pending_sql + 64];

    snprintf(sql, sizeof sql, "%s%sSAVEPOINT tenon_%d",
             db->pending == PENDING_NONE ? "" : db->pending_sql,
             db->pending == PENDING_NONE ? "" : "; ", db->depth);
    tenon_status status = tenon__command(db, "SAVEPOINT", sql, NULL);
    if (!db->lost && is_open(db))
        db->pending = PENDING_NONE;
    if (status != TENON_OK)
        (void)tenon__check_depth(db);
    return status;
}

tenon_status tenon_begin(tenon_db *db, const tenon_transaction_options *options)
{
    if (db == NULL)
        return TENON_INVALID_ARGUMENT;
    tenon_status status = tenon__check_usable(db, "BEGIN");
    if (status != TENON_OK)
        return status;
    if (db->depth == 0)
        db->outer_transaction = is_open(db);
    if (db->depth == 0 && !db->outer_transaction)
        status = begin_outermost(db, options);
    else if (options != NULL)
        return tenon__fail(db, "SAVEPOINT", TENON_INVALID_ARGUMENT,
                           "options are for a transaction, and this is inside of one");
    else
        status = set_savepoint(db);
    if (status == TENON_OK)
        db->depth++;
    return status;
}

/* --- Ending --- */

/* Whether the innermost level is the transaction itself. */
static bool is_outermost(const tenon_db *db)
{
    return db->depth == 1 && !db->outer_transaction;
}

/* Nothing has been sent since BEGIN, nor that. */
static bool was_never_begun(const tenon_db *db)
{
    return is_outermost(db) && db->pending == PENDING_BEGIN;
}

/* Undoes the innermost level, and what was pending in it. */
static tenon_status undo(tenon_db *db)
{
    char sql[96];
    bool never_begun = was_never_begun(db), outermost = is_outermost(db);

    db->depth--;
    db->pending = PENDING_NONE;
    if (never_begun)
        return tenon__check_usable(db, "ROLLBACK");
    if (outermost)
        snprintf(sql, sizeof sql, "ROLLBACK");
    else
        snprintf(sql, sizeof sql, "ROLLBACK TO SAVEPOINT tenon_%d; RELEASE SAVEPOINT tenon_%d",
                 db->depth, db->depth);
    tenon_status status = tenon__command(db, "ROLLBACK", sql, NULL);
    /* What could not be undone must not be taken for the work of another level. */
    if (!db->lost && (status != TENON_OK || is_open(db) == outermost))
        tenon__lose(db);
    return status;
}

static tenon_status commit_savepoint(tenon_db *db)
{
    char sql[64];

    db->pending = PENDING_NONE; /* it lies inside of this level */
    snprintf(sql, sizeof sql, "RELEASE SAVEPOINT tenon_%d", db->depth - 1);
    tenon_status status = tenon__command(db, "RELEASE", sql, NULL);
    if (status == TENON_OK) {
        db->depth--;
        return TENON_OK;
    }
    struct saved_error saved = tenon__error_save(db);
    undo(db);
    tenon__error_restore(db, saved);
    return status;
}

/* What a COMMIT came to that has not succeeded. */
static tenon_status explain_commit(tenon_db *db, tenon_status status, tenon_effect *effect)
{
    bool was_idle_too_long = strcmp(db->error.sqlstate, "25P03") == 0;

    *effect = was_idle_too_long ? TENON_EFFECT_NONE : tenon__effect(db, false);
    if (*effect == TENON_EFFECT_NONE)
        return status;
    *effect = TENON_EFFECT_UNKNOWN;
    tenon__lose(db);
    return db->error.status = TENON_COMMIT_UNKNOWN;
}

tenon_status tenon__commit(tenon_db *db, const char *name, int64_t deadline, tenon_effect *effect)
{
    struct answer answer = {.n = 0};
    tenon_status status = tenon__run_text(db, name, "COMMIT", deadline, &answer);

    if (status != TENON_OK)
        return explain_commit(db, status, effect);
    if (strcmp(answer.tag, "COMMIT") == 0)
        return TENON_OK;
    if (strcmp(answer.tag, "ROLLBACK") == 0) {
        *effect = TENON_EFFECT_NONE;
        status = tenon__fail(db, name, TENON_SQL_ERROR,
                             "the transaction has been rolled back, because a statement in it "
                             "had failed");
        db->error.sqlstate = "25P02";
        return status;
    }
    *effect = TENON_EFFECT_UNKNOWN;
    tenon__lose(db);
    return tenon__fail(db, name, TENON_COMMIT_UNKNOWN, "the server answered COMMIT with \"%s\"",
                       answer.tag);
}

static tenon_status commit_outermost(tenon_db *db)
{
    tenon_effect effect = TENON_EFFECT_NONE;
    bool never_begun = was_never_begun(db);

    db->depth--;
    db->pending = PENDING_NONE;
    if (never_begun)
        return TENON_OK;
    if (!is_open(db)) {
        tenon_status status = tenon__fail(db, "COMMIT", TENON_INVALID_ARGUMENT,
                                          "the transaction has been ended by something else");
        db->error.effect = TENON_EFFECT_UNKNOWN;
        return status;
    }
    tenon__error_clear(db);
    tenon__before(db, "COMMIT", "COMMIT");
    tenon_status status = tenon__commit(db, "COMMIT", TENON_DEADLINE_LATER, &effect);
    if (!db->lost && is_open(db))
        tenon__lose(db);
    if (status != TENON_OK)
        db->error.effect = effect;
    tenon__take_notifications(db);
    tenon__after(
        db, &(tenon_event){.query = "COMMIT", .sql = "COMMIT", .status = status, .attempts = 1});
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

    if (status != TENON_OK)
        return status;
    tenon__end_open_call(db);
    status = tenon__check_usable(db, "COMMIT");
    if (status == TENON_OK)
        return is_outermost(db) ? commit_outermost(db) : commit_savepoint(db);
    /* What was lost before COMMIT was sent has been rolled back for certain. */
    db->depth--;
    db->pending = PENDING_NONE;
    return status;
}

tenon_status tenon_rollback(tenon_db *db)
{
    tenon_status status = check_level(db, "ROLLBACK");

    if (status != TENON_OK)
        return status;
    /* A rollback is the end of some other failure, which stays the one to be told of. */
    struct saved_error saved = tenon__error_save(db);
    tenon__end_open_call(db);
    status = undo(db);
    if (status == TENON_OK || saved.error.status != TENON_OK)
        tenon__error_restore(db, saved);
    else
        tenon__error_drop(saved);
    return status;
}
