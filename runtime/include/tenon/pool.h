/* Connections for threads: each thread takes one, uses it alone, and gives it back.
 *
 *     tenon_pool *pool;
 *     status = tenon_pool_create("dbname=ledger", NULL, &pool);
 *     status = tenon_pool_acquire(pool, &db);
 *     …
 *     tenon_pool_release(pool, db);
 *
 * All functions may be called from any thread. */
#ifndef TENON_POOL_H
#define TENON_POOL_H

#include <tenon/tenon.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tenon_pool tenon_pool;

/** Zero members mean the defaults. */
typedef struct tenon_pool_options {
    int max_connections;    /**< 0: 10 */
    int acquire_timeout_ms; /**< how long to wait for a free one; 0: 30 s; TENON_NO_TIMEOUT: none */
    tenon_db_options db;    /**< of each connection */
    tenon_hooks hooks;      /**< set on each connection; called by the thread that uses it */
} tenon_pool_options;

/** An empty pool: connections are opened when they are asked for. `options` may be NULL.
 *  TENON_OUT_OF_MEMORY, and *pool is NULL. */
TENON_NODISCARD tenon_status tenon_pool_create(const char *conninfo,
                                               const tenon_pool_options *options,
                                               tenon_pool **pool);

/** Closes the idle connections and frees the pool, after all others have been released. NULL is
 *  allowed. */
void tenon_pool_destroy(tenon_pool *pool);

/** Takes an idle connection that still answers for, or opens one. TENON_TIMEOUT when all are in use
 *  until the time is over, with *db NULL; after a failure to connect *db holds the error, and has
 * to be released all the same. */
TENON_NODISCARD tenon_status tenon_pool_acquire(tenon_pool *pool, tenon_db **db);

/** Gives a connection back. A transaction under way is rolled back, a connection that has been lost
 *  is closed. `db` may be NULL. */
void tenon_pool_release(tenon_pool *pool, tenon_db *db);

#ifdef __cplusplus
}
#endif
#endif
