/* Connections for threads: each thread takes one, uses it alone, and gives it back.
 *
 *     tenon_pool *pool;
 *     status = tenon_pool_create("dbname=ledger", NULL, &pool);
 *     status = tenon_pool_acquire(pool, &db);
 *     …
 *     tenon_pool_release(pool, db);
 *
 * Whoever asks first is served first. All functions may be called from any thread. */
#ifndef TENON_POOL_H
#define TENON_POOL_H

#include <tenon/tenon.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tenon_pool tenon_pool;

/** What happens to a session between two users. */
typedef enum tenon_pool_reset {
    /** Everything that a user can have left behind is undone (settings, role, temporary tables,
     *  cursors, LISTEN, advisory locks) if tenon_exec or tenon_db_conn was used, or a statement
     *  that may change the session; else nothing is sent. */
    TENON_RESET_CHANGED,
    TENON_RESET_ALWAYS,
    /** Only an open transaction is rolled back. */
    TENON_RESET_NEVER,
} tenon_pool_reset;

/** Called by the thread that acquires or releases; each may use the connection. A status other than
 *  TENON_OK makes the pool close it; of on_connect and on_acquire it is what acquire returns. */
typedef tenon_status tenon_pool_hook(void *context, tenon_db *db);

/** Zero members mean the defaults. */
typedef struct tenon_pool_options {
    int max_connections;    /**< 0: 10 */
    int min_connections;    /**< kept open when idle, once they have been opened; 0: 0 */
    int acquire_timeout_ms; /**< for waiting and connecting together; 0: 30 s; TENON_NO_TIMEOUT */
    int max_lifetime_ms;    /**< of a connection, up to a tenth less at random; 0: 1 h;
                                 TENON_NO_TIMEOUT: none */
    int idle_timeout_ms;    /**< after which one above the minimum is closed; 0: 30 min;
                                 TENON_NO_TIMEOUT: none */
    int ping_after_ms;      /**< idle longer than this, a connection is asked whether it answers
                                 before it is handed out; 0: 1 s; TENON_NO_TIMEOUT: never */
    int max_backoff_ms;     /**< longest pause between failed connects; 0: 5 s */
    tenon_pool_reset reset;
    tenon_db_options db;         /**< of each connection */
    tenon_hooks hooks;           /**< set on each connection */
    void *context;               /**< of the three that follow */
    tenon_pool_hook *on_connect; /**< once, for a new connection */
    tenon_pool_hook *on_acquire; /**< before each use */
    tenon_pool_hook *on_release; /**< after each use, before the reset */
} tenon_pool_options;

/** A pool without connections: they are opened when they are asked for. `options` may be NULL.
 *  TENON_OUT_OF_MEMORY, and *pool is NULL. */
TENON_NODISCARD tenon_status tenon_pool_create(const char *conninfo,
                                               const tenon_pool_options *options,
                                               tenon_pool **pool);

/** Turns away all who wait or ask (TENON_INVALID_ARGUMENT), and waits until the connections in use
 *  have been released, at most so long; TENON_TIMEOUT leaves them to their users. */
TENON_NODISCARD tenon_status tenon_pool_close(tenon_pool *pool, int timeout_ms);

/** Closes the idle connections and frees the pool, after all others have been released. NULL is
 *  allowed. */
void tenon_pool_destroy(tenon_pool *pool);

/** Takes an idle connection that still answers, or opens one. TENON_TIMEOUT when there is none
 *  until the time is over. *db is NULL after any failure; tenon_pool_last_error tells why. */
TENON_NODISCARD tenon_status tenon_pool_acquire(tenon_pool *pool, tenon_db **db);

/** Why the last attempt of this pool to connect failed: at most size - 1 bytes of its message, ""
 * if none has. Returns its status. */
tenon_status tenon_pool_last_error(tenon_pool *pool, char *message, size_t size);

/** Gives a connection back. An open stream is ended, a transaction under way is rolled back, a
 *  connection that has been lost is closed. TENON_INVALID_ARGUMENT, and nothing happens, when it is
 *  not of this pool or has been given back already. `db` may be NULL. */
tenon_status tenon_pool_release(tenon_pool *pool, tenon_db *db);

/** Counts since the pool was made, but for the first four. */
typedef struct tenon_pool_stats {
    size_t idle, in_use, connecting, waiting;
    uint64_t acquired;       /**< successfully */
    uint64_t waited;         /**< of these, had to wait for another user */
    uint64_t wait_ns;        /**< all their waiting together */
    uint64_t timeouts;       /**< acquires that ended so */
    uint64_t connects;       /**< that succeeded */
    uint64_t connect_errors; /**< that did not */
    uint64_t resets;         /**< sessions that had to be reset */
    uint64_t closed_old;     /**< for their lifetime */
    uint64_t closed_idle;    /**< for their idleness */
    uint64_t closed_broken;  /**< found lost, or not to be reset */
} tenon_pool_stats;

void tenon_pool_get_stats(tenon_pool *pool, tenon_pool_stats *stats);

#ifdef __cplusplus
}
#endif
#endif
