/* Transactions, savepoints, and what became of a COMMIT. */
#ifndef TENON_TRANSACTION_H
#define TENON_TRANSACTION_H

#include <tenon/connection.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum tenon_isolation {
    TENON_ISOLATION_DEFAULT,
    TENON_READ_COMMITTED,
    TENON_REPEATABLE_READ,
    TENON_SERIALIZABLE,
} tenon_isolation;

/** Names a transaction for ever: what tenon_commit_outcome asks about. It may be copied and stored;
 *  all zero, it names none. */
typedef struct tenon_commit_token {
    uint64_t xid;      /**< pg_current_xact_id() */
    uint64_t cluster;  /**< system_identifier of pg_control_system() */
    uint32_t timeline; /**< after a failover numbers may have been given out again */
} tenon_commit_token;

/** Zero members mean the server's defaults. */
typedef struct tenon_transaction_options {
    tenon_isolation isolation;
    bool read_only;
    bool deferrable;
    int max_attempts;          /**< tenon_transaction only; 0: 10 */
    int max_backoff_ms;        /**< the longest pause between two attempts; 0: 1 s */
    tenon_commit_token *token; /**< is set by tenon_begin, which then asks the server for it; NULL:
                                    not wanted */
} tenon_transaction_options;

/** Begins a transaction, or inside of one a savepoint (for which options other than NULL are
 *  TENON_INVALID_ARGUMENT). BEGIN is sent in front of the first statement, whose failure tells if
 *  it could not be begun. `options` may be NULL. */
TENON_NODISCARD tenon_status tenon_begin(tenon_db *db, const tenon_transaction_options *options);

/** Ends the innermost level and keeps its work; an open stream is ended first. A transaction in
 *  which a statement had failed is rolled back by the server, which is an error here: SQLSTATE
 *  25P02. TENON_COMMIT_UNKNOWN: COMMIT was sent and its answer has not come. Any other failure
 *  means that it has been rolled back. */
TENON_NODISCARD tenon_status tenon_commit(tenon_db *db);

/** Ends the innermost level and undoes its work; an open stream is ended first. */
tenon_status tenon_rollback(tenon_db *db);

/** Levels begun and not ended. */
int tenon_depth(const tenon_db *db);

typedef tenon_status tenon_transaction_fn(tenon_db *db, void *context);

/** Runs `fn` in a transaction: commits when it returns TENON_OK, else rolls back. The outermost
 *  transaction runs again, after a growing random pause, when it or its commit ended in
 *  TENON_SERIALIZATION_FAILURE or TENON_DEADLOCK, so `fn` must be ready to start anew; inside of
 *  another transaction it is one savepoint and one attempt. Returns the status of the last attempt,
 *  which tenon_db_error() describes. */
TENON_NODISCARD tenon_status tenon_transaction(tenon_db *db,
                                               const tenon_transaction_options *options,
                                               tenon_transaction_fn *fn, void *context);

typedef enum tenon_outcome {
    TENON_OUTCOME_UNKNOWN, /**< another cluster, a standby, or too long ago for the server to know
                            */
    TENON_OUTCOME_COMMITTED,
    TENON_OUTCOME_ROLLED_BACK,
} tenon_outcome;

/** What became of the transaction that a token names, asked over another connection, outside of a
 *  transaction. While it is
 *  still in progress the question is repeated until the deadline of db: TENON_TIMEOUT then. */
TENON_NODISCARD tenon_status tenon_commit_outcome(tenon_db *db, tenon_commit_token token,
                                                  tenon_outcome *outcome);

/** Runs SQL text that returns no rows and takes no parameters, such as SET or DDL. Several
 *  statements with ; between them are one transaction. As the text may hold anything, the effect of
 *  a failure is TENON_EFFECT_UNKNOWN once it has left. */
TENON_NODISCARD tenon_status tenon_exec(tenon_db *db, const char *sql);

#ifdef __cplusplus
}
#endif
#endif
