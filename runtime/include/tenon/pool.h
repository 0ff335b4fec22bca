/* Connections for threads: each thread takes one, uses it alone, and gives it back.
 *
 *     tenon_pool *pool;
 *     status = tenon_pool_create("dbname=ledger", NULL, &pool);
 *     status = tenon_pool_acquire(pool, &db);
 *     if (status == TENON_OK)
 *         …
 *     tenon_pool_release(pool, db);
 *
 * Whoever asks first is served first. All functions may be called from any thread. The pool has no
 * thread of its own: what is due (idle timeouts, lifetimes) is done by those who acquire and
 * release, so a pool that nobody uses keeps its connections. */
#ifndef TENON_POOL_H
#define TENON_POOL_H

#include <tenon/tenon.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tenon_pool tenon_pool;

/** What happens to a session between two users. */
typedef enum tenon_pool_reset {
    /** Everything that DISCARD ALL undoes (role, settings, temporary tables, cursors, LISTEN,
     *  advisory locks, prepared statements other than tenon's, currval, plans) is undone, in one
     *  round trip, if tenon_exec or tenon_db_conn was used, or a statement that may change the
     *  session; else nothing is sent. */
    TENON_RESET_CHANGED,
    /** Also when nothing of that was used: for functions in the database that change the session.
     */
    TENON_RESET_ALWAYS,
    /** Only an open transaction is rolled back. */
    TENON_RESET_NEVER,
} tenon_pool_reset;

/** Called by the thread that acquires or releases; each may use the connection, in the time that is
 *  left to that. A status other than TENON_OK makes the pool close it; of on_connect and on_acquire
 *  it is what acquire returns, and of on_connect it counts as a failure to connect. */
typedef tenon_status tenon_pool_hook(void *context, tenon_db *db);

/** Zero members mean the defaults. */
typedef struct tenon_pool_options {
    int max_connections;    /**< 0: 10 */
    int min_connections;    /**< that no idle timeout closes, once they have been opened; 0: 0 */
    int acquire_timeout_ms; /**< for waiting and connecting together; 0: 30 s; TENON_NO_TIMEOUT.
                                 db.connect_timeout_ms bounds connecting in addition */
    int max_lifetime_ms;    /**< of a connection, up to a tenth less at random; 0: 1 h;
                                 TENON_NO_TIMEOUT: none */
    int idle_timeout_ms;    /**< after which one above the minimum is closed; 0: 30 min;
                                 TENON_NO_TIMEOUT: none */
    int ping_after_ms;      /**< idle longer than this, a connection is asked whether it answers
                                 before it is handed out, within half of the time that is left and
                                 5 s; 0: 1 s; TENON_NO_TIMEOUT: never */
    int max_backoff_ms;     /**< longest pause between failed connects; 0: 5 s. The first is 50 ms,
                                 each is twice the one before, less up to a half at random */
    tenon_pool_reset reset;
    tenon_db_options db;         /**< of each connection */
    tenon_hooks hooks;           /**< set on each connection */
    void *context;               /**< of the three that follow */
    tenon_pool_hook *on_connect; /**< for a session that is new, and again for one that has been
                                      reset to that: what it sets is always set */
    tenon_pool_hook *on_acquire; /**< before each use */
    tenon_pool_hook *on_release; /**< after each use, behind the rollback, before the reset */
} tenon_pool_options;

/** A pool without connections: they are opened when they are asked for. `options` may be NULL.
 *  TENON_OUT_OF_MEMORY, and *pool is NULL. */
TENON_NODISCARD tenon_status tenon_pool_create(const char *conninfo,
                                               const tenon_pool_options *options,
                                               tenon_pool **pool);

/** Turns away all who wait or ask (TENON_INVALID_ARGUMENT), closes the idle connections, and waits
 *  until those in use have been released, at most so long (0: only looks; TENON_NO_TIMEOUT);
 *  TENON_TIMEOUT leaves them to their users. There is no way back. */
TENON_NODISCARD tenon_status tenon_pool_close(tenon_pool *pool, int timeout_ms);

/** Does what tenon_pool_close does, without waiting, and frees the pool: at once, or if connections
 *  are in use, which stay usable, with the release of the last of them. Nothing but that may be
 *  asked of the pool any more. NULL is allowed. */
void tenon_pool_destroy(tenon_pool *pool);

/** Takes an idle connection that still answers, or opens one; the failure of that is returned at
 *  once, and nothing is tried twice. After it the pool pauses: who needs a new connection waits,
 *  and then one of those who wait makes the next attempt; a success ends the pauses. TENON_TIMEOUT
 *  when all connections stay in use until the time is over; when it ends in a pause, the status of
 *  the last attempt. *db is NULL after any failure; tenon_pool_last_error tells why. */
TENON_NODISCARD tenon_status tenon_pool_acquire(tenon_pool *pool, tenon_db **db);

/** Why the last acquire that failed, of whichever thread, did so: at most size - 1 bytes of its
 *  message, whole characters; "" if none has. Returns its status. */
tenon_status tenon_pool_last_error(tenon_pool *pool, char *message, size_t size);

/** Gives a connection back; only this, not tenon_db_close(). Open streams are ended (their _end is
 *  still due, and frees them), a transaction under way is rolled back, the session is reset; all
 *  within db.timeout_ms of the pool's options (30 s if that is none), whatever its user has set.
 *  Hooks, limits and the timeout become the pool's again. A connection that has been lost, cannot
 *  be cleaned or has unread results is closed, and its place is free: that is TENON_OK, too.
 *  TENON_INVALID_ARGUMENT, and nothing happens, when it is not of this pool or has been given back
 *  already (and not been taken again since). `db` may be NULL. */
tenon_status tenon_pool_release(tenon_pool *pool, tenon_db *db);

/** Counts since the pool was made, but for the first four. */
typedef struct tenon_pool_stats {
    size_t idle, in_use, connecting, waiting;
    uint64_t acquired;       /**< successfully */
    uint64_t waited;         /**< of these, had to wait for another user or for a pause to end */
    uint64_t wait_ns;        /**< all their waiting together */
    uint64_t timeouts;       /**< acquires that ended so */
    uint64_t connects;       /**< that succeeded, on_connect included */
    uint64_t connect_errors; /**< that did not */
    uint64_t resets;         /**< sessions that had to be reset */
    uint64_t closed_old;     /**< for their lifetime */
    uint64_t closed_idle;    /**< for their idleness */
    uint64_t closed_broken;  /**< found lost, not to be cleaned, or refused by a hook */
} tenon_pool_stats;

void tenon_pool_get_stats(tenon_pool *pool, tenon_pool_stats *stats);

#ifdef __cplusplus
}
#endif
#endif
