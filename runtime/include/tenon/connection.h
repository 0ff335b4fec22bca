/* A connection: opening it, its deadlines and limits, cancelling a call. */
#ifndef TENON_CONNECTION_H
#define TENON_CONNECTION_H

#include <tenon/hooks.h>

#ifdef __cplusplus
extern "C" {
#endif

struct pg_conn; /* libpq's PGconn */

#define TENON_DEFAULT_TIMEOUT_MS 30000
#define TENON_NO_TIMEOUT (-1)

#define TENON_DEFAULT_MAX_BYTES (INT64_C(256) << 20)
#define TENON_DEFAULT_MAX_PARAM_BYTES (INT64_C(64) << 20)
#define TENON_NO_LIMIT (-1)

/** What one call may take. Zero members mean the defaults, TENON_NO_LIMIT none. A call that meets
 *  its limit ends in TENON_TOO_LARGE. */
typedef struct tenon_limits {
    int64_t max_rows;  /**< rows of an answer; 0: no limit */
    int64_t max_bytes; /**< bytes of an answer as it is received; 0: 256 MB. A stream, whose memory
                            is that of a part, counts each part */
    int64_t max_param_bytes; /**< bytes of all parameters together; 0: 64 MB. libpq's time to send
                                  more grows with the square; the server's limit is 1 GB each */
} tenon_limits;

/** Zero members mean the defaults. */
typedef struct tenon_db_options {
    int timeout_ms;         /**< deadline of each call; 0: 30 s; TENON_NO_TIMEOUT: none */
    int connect_timeout_ms; /**< deadline of tenon_db_open; 0: 30 s; TENON_NO_TIMEOUT: none */
    bool unnamed;           /**< for poolers that share server sessions: prepare nothing, and keep
                                 no connection that had to be cancelled */
    bool server_timeout;    /**< sets the server's statement_timeout to timeout_ms at connect */
    bool keeps_running;     /**< a deadline closes the connection without a request to cancel */
    bool checks_params;  /**< compares the types of parameters with the database's when a statement
                              is prepared, for one round trip: else a column that has become a
                              narrower one takes what fits. Not with `unnamed` */
    tenon_limits limits; /**< of each call */
} tenon_db_options;

/** Opens a connection with a libpq connection string or URI. Each host has its own attempt of at
 *  most connect_timeout seconds of the string; target_session_attrs and load_balance_hosts are
 *  honoured. *db is set even when that fails, so that tenon_db_error(*db) can tell why, and has to
 *  be closed in any case; it is NULL only after TENON_OUT_OF_MEMORY. `options` may be NULL.
 *  TENON_INVALID_ARGUMENT: the string is malformed. */
TENON_NODISCARD tenon_status tenon_db_open(const char *conninfo, const tenon_db_options *options,
                                           tenon_db **db);

/** Uses a connection of the caller, who stays its owner and keeps it open until tenon_db_close().
 *  Its client encoding becomes UTF8 and it is put into non-blocking mode meanwhile. A connection
 *  may be wrapped any number of times: what has been prepared stays known. It is
 *  TENON_INVALID_ARGUMENT, and the connection untouched, when results are unread or when its
 *  encoding would have to change in a transaction that has failed. */
TENON_NODISCARD tenon_status tenon_db_wrap(struct pg_conn *conn, const tenon_db_options *options,
                                           tenon_db **db);

/** Closes what tenon_db_open opened; a transaction under way is rolled back by the server. Results
 *  in arenas stay valid. NULL is allowed. */
void tenon_db_close(tenon_db *db);

/** Frees db and the process's copy of its socket without a word to the server: for the child after
 *  fork(), whose tenon_db_close would end its parent's session. NULL is allowed. */
void tenon_db_abandon(tenon_db *db);

/** The PGconn, for what tenon does not do; NULL once the connection is lost. Leave no result
 *  unread and no prepared statement whose name begins with "tenon_". A BEGIN that has not been sent
 *  is sent first. */
struct pg_conn *tenon_db_conn(tenon_db *db);

/** Whether calls can still succeed: false once the connection is lost or db is NULL. */
bool tenon_db_is_open(const tenon_db *db);

/** Sets the deadline of the calls that follow; returns the one before. */
int tenon_db_set_timeout(tenon_db *db, int timeout_ms);

/** Sets the limits of the calls that follow; returns those before. */
tenon_limits tenon_db_set_limits(tenon_db *db, tenon_limits limits);

/** The serial number of the call under way, from any thread; 0 when there is none. */
uint64_t tenon_db_call(const tenon_db *db);

/** Asks the server, from any thread, to cancel the call with this serial number; TENON_OK also when
 *  it is over already. That call returns TENON_CANCELED, or its result. The request has a
 *  connection and a deadline of its own (0: 1 s): TENON_TIMEOUT when the server has not taken it by
 *  then. On a direct connection no later call is ever hit: the next one waits until the request is
 *  settled. Behind a pooler nothing can prove that. */
TENON_NODISCARD tenon_status tenon_db_cancel_call(tenon_db *db, uint64_t call, int timeout_ms);

/** The same for whatever call is under way. */
TENON_NODISCARD tenon_status tenon_db_cancel(tenon_db *db);

#ifdef __cplusplus
}
#endif
#endif
