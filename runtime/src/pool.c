/* A pool: a stack of idle connections behind a mutex. The one that was released last is taken
 * first, so that few connections are warm rather than many cold. Opening and closing happen outside
 * of the mutex. */
#include <tenon/pool.h>

#include "internal.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DEFAULT_CONNECTIONS 10
#define DEFAULT_ACQUIRE_MS 30000

struct tenon_pool {
    pthread_mutex_t mutex;
    pthread_cond_t released; /* by the monotonic clock */
    char *conninfo;
    tenon_pool_options options;
    tenon_db **idle;
    size_t n_idle;
    size_t n_open; /* idle or in use */
};

static size_t max_connections(const tenon_pool *pool)
{
    return pool->options.max_connections <= 0 ? DEFAULT_CONNECTIONS
                                              : (size_t)pool->options.max_connections;
}

static bool init_sync(tenon_pool *pool)
{
    pthread_condattr_t attributes;

    if (pthread_condattr_init(&attributes) != 0)
        return false;
    bool done = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
                pthread_cond_init(&pool->released, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    if (done && pthread_mutex_init(&pool->mutex, NULL) != 0) {
        pthread_cond_destroy(&pool->released);
        done = false;
    }
    return done;
}

tenon_status tenon_pool_create(const char *conninfo, const tenon_pool_options *options,
                               tenon_pool **pool_out)
{
    size_t size = strlen(conninfo == NULL ? "" : conninfo) + 1;
    tenon_pool *pool = calloc(1, sizeof *pool);

    *pool_out = NULL;
    if (pool == NULL)
        return TENON_OUT_OF_MEMORY;
    if (options != NULL)
        pool->options = *options;
    pool->conninfo = malloc(size);
    pool->idle = calloc(max_connections(pool), sizeof *pool->idle);
    if (pool->conninfo == NULL || pool->idle == NULL || !init_sync(pool)) {
        free(pool->conninfo);
        free(pool->idle);
        free(pool);
        return TENON_OUT_OF_MEMORY;
    }
    memcpy(pool->conninfo, conninfo == NULL ? "" : conninfo, size);
    *pool_out = pool;
    return TENON_OK;
}

void tenon_pool_destroy(tenon_pool *pool)
{
    if (pool == NULL)
        return;
    while (pool->n_idle > 0)
        tenon_db_close(pool->idle[--pool->n_idle]);
    pthread_cond_destroy(&pool->released);
    pthread_mutex_destroy(&pool->mutex);
    free(pool->conninfo);
    free(pool->idle);
    free(pool);
}

static struct timespec acquire_deadline(const tenon_pool *pool)
{
    int ms = pool->options.acquire_timeout_ms == 0 ? DEFAULT_ACQUIRE_MS
                                                   : pool->options.acquire_timeout_ms;
    int64_t at = tenon__now_ns() + (int64_t)ms * 1000000;

    return (struct timespec){.tv_sec = (time_t)(at / 1000000000), .tv_nsec = at % 1000000000};
}

/* Waits until there is an idle connection or room for another. The mutex is held. */
static bool wait_for_room(tenon_pool *pool)
{
    struct timespec deadline = acquire_deadline(pool);

    while (pool->n_idle == 0 && pool->n_open >= max_connections(pool)) {
        int error = pool->options.acquire_timeout_ms < 0
                        ? pthread_cond_wait(&pool->released, &pool->mutex)
                        : pthread_cond_timedwait(&pool->released, &pool->mutex, &deadline);
        if (error == ETIMEDOUT)
            return false;
    }
    return true;
}

static void forget(tenon_pool *pool)
{
    pthread_mutex_lock(&pool->mutex);
    pool->n_open--;
    pthread_cond_signal(&pool->released);
    pthread_mutex_unlock(&pool->mutex);
}

tenon_status tenon_pool_acquire(tenon_pool *pool, tenon_db **db)
{
    *db = NULL;
    for (;;) {
        pthread_mutex_lock(&pool->mutex);
        if (!wait_for_room(pool)) {
            pthread_mutex_unlock(&pool->mutex);
            return TENON_TIMEOUT;
        }
        tenon_db *idle = pool->n_idle > 0 ? pool->idle[--pool->n_idle] : NULL;
        if (idle == NULL)
            pool->n_open++;
        pthread_mutex_unlock(&pool->mutex);
        if (idle == NULL)
            break;
        if (tenon__is_alive(idle)) {
            *db = idle;
            return TENON_OK;
        }
        tenon_db_close(idle);
        forget(pool);
    }
    tenon_status status = tenon_db_open(pool->conninfo, &pool->options.db, db);
    if (*db == NULL)
        forget(pool);
    else
        tenon_db_set_hooks(*db, &pool->options.hooks);
    return status;
}

/* Brings a connection into the state in which it was taken. */
static bool make_clean(tenon_pool *pool, tenon_db *db)
{
    if (!tenon_db_is_open(db) || db->streaming)
        return false;
    db->depth = 0;
    if (PQtransactionStatus(db->conn) != PQTRANS_IDLE && tenon_exec(db, "ROLLBACK") != TENON_OK)
        return false;
    tenon_db_set_hooks(db, &pool->options.hooks);
    tenon_db_set_timeout(db, pool->options.db.timeout_ms);
    tenon__error_clear(db);
    return true;
}

tenon_status tenon_pool_release(tenon_pool *pool, tenon_db *db)
{
    if (db == NULL)
        return TENON_OK;
    if (!make_clean(pool, db)) {
        tenon_db_close(db);
        forget(pool);
        return TENON_OK;
    }
    pthread_mutex_lock(&pool->mutex);
    pool->idle[pool->n_idle++] = db;
    pthread_cond_signal(&pool->released);
    pthread_mutex_unlock(&pool->mutex);
    return TENON_OK;
}
