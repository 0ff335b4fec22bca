/* A pool's life, and what can be asked about it; pool_use.c is what it is for. A pool that is
 * destroyed while connections are out, or threads inside, is freed by the last one to leave. */
#include "pool_internal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DEFAULT_CONNECTIONS 10
#define DEFAULT_ACQUIRE_MS 30000
#define DEFAULT_LIFETIME_MS 3600000
#define DEFAULT_IDLE_MS 1800000
#define DEFAULT_PING_AFTER_MS 1000
#define DEFAULT_BACKOFF_MS 5000

/* --- Making and unmaking --- */

static void set_default(int *option, int value)
{
    if (*option == 0)
        *option = value;
}

static void set_options(tenon_pool *pool, const tenon_pool_options *options)
{
    tenon_pool_options *own = &pool->options;

    if (options != NULL)
        *own = *options;
    if (own->max_connections <= 0)
        own->max_connections = DEFAULT_CONNECTIONS;
    if (own->min_connections < 0)
        own->min_connections = 0;
    set_default(&own->acquire_timeout_ms, DEFAULT_ACQUIRE_MS);
    set_default(&own->max_lifetime_ms, DEFAULT_LIFETIME_MS);
    set_default(&own->idle_timeout_ms, DEFAULT_IDLE_MS);
    set_default(&own->ping_after_ms, DEFAULT_PING_AFTER_MS);
    if (own->max_backoff_ms <= 0)
        own->max_backoff_ms = DEFAULT_BACKOFF_MS;
    set_default(&own->db.timeout_ms, TENON_DEFAULT_TIMEOUT_MS);
    set_default(&own->db.connect_timeout_ms, TENON_DEFAULT_TIMEOUT_MS);
}

static bool init_sync(tenon_pool *pool)
{
    if (!tenon__cond_init(&pool->drained))
        return false;
    if (pthread_mutex_init(&pool->mutex, NULL) == 0)
        return true;
    pthread_cond_destroy(&pool->drained);
    return false;
}

tenon_status tenon_pool_create(const char *conninfo, const tenon_pool_options *options,
                               tenon_pool **pool_out)
{
    size_t size = strlen(conninfo == NULL ? "" : conninfo) + 1;
    tenon_pool *pool = calloc(1, sizeof *pool);

    *pool_out = NULL;
    if (pool == NULL)
        return TENON_OUT_OF_MEMORY;
    set_options(pool, options);
    size_t n = (size_t)pool->options.max_connections;
    pool->conninfo = malloc(size);
    pool->members = calloc(n, sizeof *pool->members);
    if (pool->conninfo == NULL || pool->members == NULL || !init_sync(pool)) {
        free(pool->conninfo);
        free(pool->members);
        free(pool);
        return TENON_OUT_OF_MEMORY;
    }
    memcpy(pool->conninfo, conninfo == NULL ? "" : conninfo, size);
    pool->random = (uint64_t)tenon__now_ns() ^ (uint64_t)(uintptr_t)pool;
    pool->sweep_ns = INT64_MAX;
    pool->n_members[MEMBER_VACANT] = n;
    while (n > 0)
        tenon__pool_vacate(pool, &pool->members[--n]);
    *pool_out = pool;
    return TENON_OK;
}

static void free_pool(tenon_pool *pool)
{
    pthread_cond_destroy(&pool->drained);
    pthread_mutex_destroy(&pool->mutex);
    free(pool->conninfo);
    free(pool->members);
    free(pool);
}

void tenon__pool_unlock(tenon_pool *pool, struct pool_member *due)
{
    if (due != NULL) {
        pthread_mutex_unlock(&pool->mutex);
        for (struct pool_member *member = due; member != NULL; member = member->next)
            tenon_db_close(member->db);
        pthread_mutex_lock(&pool->mutex);
        while (due != NULL) {
            struct pool_member *next = due->next;
            tenon__pool_vacate(pool, due);
            due = next;
        }
        tenon__pool_serve(pool, tenon__now_ns());
    }
    bool drained = pool->closing && tenon__pool_is_drained(pool);
    bool last = drained && pool->destroyed;
    if (drained)
        pthread_cond_broadcast(&pool->drained);
    pthread_mutex_unlock(&pool->mutex);
    if (last)
        free_pool(pool);
}

/* --- Closing --- */

static struct pool_member *start_to_close(tenon_pool *pool)
{
    pool->closing = true;
    tenon__pool_wake_all(pool);
    return tenon__pool_sweep(pool, tenon__now_ns());
}

tenon_status tenon_pool_close(tenon_pool *pool, int timeout_ms)
{
    int64_t deadline_ns = tenon__deadline_in(timeout_ms);
    bool in_time = true;

    pthread_mutex_lock(&pool->mutex);
    tenon__pool_unlock(pool, start_to_close(pool));
    pthread_mutex_lock(&pool->mutex);
    while (!tenon__pool_is_drained(pool) && in_time)
        in_time = tenon__cond_wait(&pool->drained, &pool->mutex, deadline_ns);
    bool drained = tenon__pool_is_drained(pool);
    pthread_mutex_unlock(&pool->mutex);
    return drained ? TENON_OK : TENON_TIMEOUT;
}

void tenon_pool_destroy(tenon_pool *pool)
{
    if (pool == NULL)
        return;
    pthread_mutex_lock(&pool->mutex);
    pool->destroyed = true;
    tenon__pool_unlock(pool, start_to_close(pool));
}

/* --- Asking --- */

void tenon__pool_copy_text(char *to, size_t size, const char *text)
{
    size_t length = strlen(text);

    if (size == 0)
        return;
    if (length >= size)
        for (length = size - 1; length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80;)
            length--;
    memcpy(to, text, length);
    to[length] = '\0';
}

tenon_status tenon_pool_last_error(tenon_pool *pool, char *message, size_t size)
{
    pthread_mutex_lock(&pool->mutex);
    tenon_status status = pool->acquire_error.status;
    tenon__pool_copy_text(message, size, pool->acquire_error.message);
    pthread_mutex_unlock(&pool->mutex);
    return status;
}

void tenon_pool_get_stats(tenon_pool *pool, tenon_pool_stats *stats)
{
    pthread_mutex_lock(&pool->mutex);
    *stats = pool->stats;
    stats->idle = pool->n_members[MEMBER_IDLE];
    stats->in_use = pool->n_members[MEMBER_TAKEN] + pool->n_members[MEMBER_BUSY];
    stats->connecting = pool->n_members[MEMBER_CONNECTING];
    stats->waiting = pool->n_waiters;
    pthread_mutex_unlock(&pool->mutex);
}
