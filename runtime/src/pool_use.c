/* Taking a connection and giving it back. The mutex is held for bookkeeping only: a member that is
 * not vacant or idle belongs to one thread, which opens, asks, cleans or closes it outside of the
 * mutex and then says what became of it. There is no thread of the pool's own: what is due to be
 * closed is closed by those who acquire and release. */
#include "pool_internal.h"

/* --- Acquiring --- */

/* When a connection that is opened now has to go: not all of those opened together at once. */
static int64_t expires_at(tenon_pool *pool, int64_t now_ns)
{
    int64_t lifetime_ns = (int64_t)pool->options.max_lifetime_ms * NS_PER_MS;

    return lifetime_ns < 0 ? INT64_MAX
                           : now_ns + lifetime_ns - tenon__pool_random(pool, lifetime_ns / 10);
}

/* Fills the room that has been handed over. */
static tenon_status fill(tenon_pool *pool, struct pool_waiter *self, struct pool_error *error)
{
    struct pool_member *member = self->member;
    int64_t began_ns = tenon__now_ns();
    tenon_db *db;
    tenon_status status = tenon__pool_open(pool, self->deadline_ns, &db, error);
    int64_t now_ns = tenon__now_ns();

    pthread_mutex_lock(&pool->mutex);
    if (status == TENON_OK) {
        member->db = db;
        member->expires_ns = expires_at(pool, now_ns);
        tenon__pool_set_state(pool, member, MEMBER_BUSY);
        pool->n_failures = 0;
        pool->stats.connects++;
    } else {
        tenon__pool_vacate(pool, member);
        tenon__pool_note_failure(pool, began_ns, error);
    }
    tenon__pool_serve(pool, now_ns);
    pthread_mutex_unlock(&pool->mutex);
    return status;
}

/* Closes a connection that is of no use. */
static void discard(tenon_pool *pool, struct pool_member *member)
{
    pthread_mutex_lock(&pool->mutex);
    tenon__pool_set_state(pool, member, MEMBER_CLOSING);
    member->next = NULL;
    pool->stats.closed_broken++;
    tenon__pool_unlock(pool, member);
}

/* Waits for a connection that answers, or makes one. */
static tenon_status get_connection(tenon_pool *pool, struct pool_waiter *self,
                                   struct pool_error *error)
{
    for (;;) {
        pthread_mutex_lock(&pool->mutex);
        tenon_status status = tenon__pool_wait(pool, self, error);
        struct pool_member *member = self->member;
        tenon_db *db = status == TENON_OK ? member->db : NULL;
        pthread_mutex_unlock(&pool->mutex);
        if (status != TENON_OK)
            return status;
        if (db == NULL)
            return fill(pool, self, error);
        int64_t idle_ns = tenon__now_ns() - member->idle_since_ns;
        if (tenon__pool_answers(pool, db, idle_ns, self->deadline_ns))
            return TENON_OK;
        tenon_db_close(db);
        self->spent = member;
    }
}

static tenon_status get_greeted(tenon_pool *pool, struct pool_waiter *self,
                                struct pool_error *error)
{
    tenon_status status = get_connection(pool, self, error);

    if (status != TENON_OK)
        return status;
    status = tenon__pool_greet(pool, self->member->db, self->deadline_ns, error);
    if (status != TENON_OK)
        discard(pool, self->member);
    return status;
}

/* The end of an acquire: the mutex is held. */
static void settle(tenon_pool *pool, const struct pool_waiter *self, tenon_status status,
                   const struct pool_error *error)
{
    if (status != TENON_OK) {
        pool->acquire_error = *error;
        pool->stats.timeouts += status == TENON_TIMEOUT;
        return;
    }
    tenon__pool_set_state(pool, self->member, MEMBER_TAKEN);
    pool->stats.acquired++;
    pool->stats.waited += self->has_waited;
    pool->stats.wait_ns += self->has_waited ? (uint64_t)self->waited_ns : 0;
}

tenon_status tenon_pool_acquire(tenon_pool *pool, tenon_db **db)
{
    struct pool_waiter self = {.deadline_ns = tenon__deadline_in(pool->options.acquire_timeout_ms)};
    struct pool_member *due = NULL;
    struct pool_error error;

    *db = NULL;
    pthread_mutex_lock(&pool->mutex);
    pool->n_inside++;
    tenon__pool_unlock(pool, tenon__pool_sweep(pool, tenon__now_ns()));

    tenon_status status = get_greeted(pool, &self, &error);

    pthread_mutex_lock(&pool->mutex);
    if (status == TENON_OK && pool->closing) {
        tenon__pool_set_state(pool, self.member, MEMBER_CLOSING);
        due = self.member;
        due->next = NULL;
        tenon__pool_describe(&error, status = TENON_INVALID_ARGUMENT, NULL, "the pool is closed");
    }
    settle(pool, &self, status, &error);
    if (status == TENON_OK)
        *db = self.member->db;
    else
        tenon__error_without_connection(status, error.message);
    pool->n_inside--;
    tenon__pool_unlock(pool, due);
    return status;
}

/* --- Releasing --- */

/* Takes back what this pool has given away: pointers are compared, and db is not looked into. */
static struct pool_member *take_back(tenon_pool *pool, const tenon_db *db)
{
    struct pool_member *found = NULL;

    pthread_mutex_lock(&pool->mutex);
    for (int i = 0; i < pool->options.max_connections && found == NULL; i++)
        if (pool->members[i].state == MEMBER_TAKEN && pool->members[i].db == db)
            found = &pool->members[i];
    if (found != NULL)
        tenon__pool_set_state(pool, found, MEMBER_BUSY);
    pthread_mutex_unlock(&pool->mutex);
    return found;
}

tenon_status tenon_pool_release(tenon_pool *pool, tenon_db *db)
{
    if (db == NULL)
        return TENON_OK;
    struct pool_member *member = take_back(pool, db), *due;
    if (member == NULL)
        return TENON_INVALID_ARGUMENT;

    bool was_reset;
    bool is_clean = tenon__pool_clean(pool, db, &was_reset);
    int64_t now_ns = tenon__now_ns();

    pthread_mutex_lock(&pool->mutex);
    pool->stats.resets += was_reset;
    if (is_clean) {
        tenon__pool_rest(pool, member, now_ns);
        due = tenon__pool_sweep(pool, now_ns);
    } else {
        pool->stats.closed_broken++;
        tenon__pool_set_state(pool, member, MEMBER_CLOSING);
        due = tenon__pool_sweep(pool, now_ns);
        member->next = due;
        due = member;
    }
    tenon__pool_serve(pool, now_ns);
    tenon__pool_unlock(pool, due);
    return TENON_OK;
}
