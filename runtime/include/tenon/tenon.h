/* Connections, errors and transactions.
 *
 *     tenon_db *db;
 *     tenon_status status = tenon_db_open("dbname=ledger", NULL, &db);
 *     if (status == TENON_OK)
 *         status = ledger_find_order(db, mem, id, &found, &order);
 *     if (status != TENON_OK)
 *         fprintf(stderr, "%s\n", tenon_db_error(db)->message);
 *     tenon_db_close(db);
 *
 * A tenon_db is used by one thread at a time; only tenon_db_cancel may come from another one.
 * Nothing is ever retried but what tenon_transaction() is told to. After a deadline or a broken
 * connection every call returns TENON_CONNECTION_LOST: close it and open another. */
#ifndef TENON_TENON_H
#define TENON_TENON_H

#include <tenon/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct pg_conn; /* libpq's PGconn */

#define TENON_DEFAULT_TIMEOUT_MS 30000
#define TENON_NO_TIMEOUT (-1)

/** Zero members mean the defaults. */
typedef struct tenon_db_options {
    int timeout_ms;         /**< deadline of each call; 0: 30 s; TENON_NO_TIMEOUT: none */
    int connect_timeout_ms; /**< deadline of tenon_db_open; 0: 30 s; TENON_NO_TIMEOUT: none */
    bool unnamed;           /**< prepare nothing: for poolers that share server sessions */
} tenon_db_options;

/** Opens a connection with a libpq connection string or URI. *db is set even when that fails, so
 *  that tenon_db_error(*db) can tell why, and has to be closed in any case; it is NULL only after
 *  TENON_OUT_OF_MEMORY. `options` may be NULL. */
TENON_NODISCARD tenon_status tenon_db_open(const char *conninfo, const tenon_db_options *options,
                                           tenon_db **db);

/** Uses a connection of the caller, who stays its owner and keeps it open until tenon_db_close().
 *  Its client encoding becomes UTF8 and it is put into non-blocking mode meanwhile. */
TENON_NODISCARD tenon_status tenon_db_wrap(struct pg_conn *conn, const tenon_db_options *options,
                                           tenon_db **db);

/** Closes what tenon_db_open opened; a transaction under way is rolled back by the server. Results
 *  in arenas stay valid. NULL is allowed. */
void tenon_db_close(tenon_db *db);

/** The PGconn, for what tenon does not do; NULL once the connection is lost. Leave no result
 *  unread and no prepared statement whose name begins with "tenon_". */
struct pg_conn *tenon_db_conn(tenon_db *db);

/** Whether calls can still succeed: false once the connection is lost or db is NULL. */
bool tenon_db_is_open(const tenon_db *db);

/** Sets the deadline of the calls that follow; returns the one before. */
int tenon_db_set_timeout(tenon_db *db, int timeout_ms);

/** Asks the server to cancel the call under way, from any thread. That call returns
 *  TENON_CANCELED, if it was not over before. Opens a connection of its own for the request. */
TENON_NODISCARD tenon_status tenon_db_cancel(tenon_db *db);

/** Everything that is known of the last failure. No member is NULL: what is not known is "". */
typedef struct tenon_error {
    tenon_status status;
    const char *query;    /**< name of the query, "" if none */
    const char *message;  /**< in full, as the server or tenon worded it */
    const char *sqlstate; /**< "" when it did not come from the server */
    const char *severity; /**< not translated: ERROR, FATAL, PANIC */
    const char *detail;
    const char *hint;
    const char *context;
    const char *schema_name;
    const char *table_name;
    const char *column_name;
    const char *data_type_name;
    const char *constraint_name;
    const char *internal_query;
    size_t item;           /**< of a batch or copy: which of the items failed, from 0 */
    int position;          /**< character in the SQL text, from 1; 0 if not known */
    int internal_position; /**< the same in internal_query */
    const char *source_file;
    const char *source_line;
    const char *source_function;
} tenon_error;

/** The last failure of this connection, or status TENON_OK if its last call succeeded. Valid until
 *  the next call. db may be NULL: out of memory. Never NULL. Server text is not escaped. */
const tenon_error *tenon_db_error(const tenon_db *db);

typedef enum tenon_isolation {
    TENON_ISOLATION_DEFAULT,
    TENON_READ_COMMITTED,
    TENON_REPEATABLE_READ,
    TENON_SERIALIZABLE,
} tenon_isolation;

/** Zero members mean the server's defaults. */
typedef struct tenon_transaction_options {
    tenon_isolation isolation;
    bool read_only;
    bool deferrable;
    int max_attempts;   /**< tenon_transaction only; 0: 10 */
    int max_backoff_ms; /**< the longest pause between two attempts; 0: 1 s */
} tenon_transaction_options;

/** Begins a transaction, or inside of one a savepoint (for which options other than NULL are
 *  TENON_INVALID_ARGUMENT). `options` may be NULL. */
TENON_NODISCARD tenon_status tenon_begin(tenon_db *db, const tenon_transaction_options *options);

/** Ends the innermost level and keeps its work. A transaction in which a statement had failed is
 *  rolled back by the server, which is an error here: SQLSTATE 25P02. */
TENON_NODISCARD tenon_status tenon_commit(tenon_db *db);

/** Ends the innermost level and undoes its work. */
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

/** Runs SQL text that returns no rows and takes no parameters, such as SET or DDL. Several
 *  statements with ; between them are one transaction. */
TENON_NODISCARD tenon_status tenon_exec(tenon_db *db, const char *sql);

/** What a hook is told of a query. */
typedef struct tenon_event {
    const char *query;   /**< its name; "BEGIN" … for the calls above */
    const char *sql;     /**< what is sent */
    tenon_status status; /**< after only, as the four below */
    size_t rows;         /**< rows returned, or affected where none return */
    int64_t elapsed_ns;
    const tenon_error *error; /**< NULL unless it failed */
} tenon_event;

/** Called around each query, for logs and metrics. They must not use the connection. Either may be
 *  NULL. */
typedef struct tenon_hooks {
    void *context;
    void (*before)(void *context, const tenon_event *event);
    void (*after)(void *context, const tenon_event *event);
} tenon_hooks;

/** Sets the hooks, which are copied; NULL takes them away. */
void tenon_db_set_hooks(tenon_db *db, const tenon_hooks *hooks);

#ifdef __cplusplus
}
#endif
#endif
