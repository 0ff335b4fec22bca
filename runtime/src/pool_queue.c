/* Who is served next. Whatever can be given away (an idle connection, or room for a new one) is
 * handed to the one who has waited longest by whoever makes it available, under the mutex: a thread
 * that comes later, or releases and acquires in a loop, never gets in between.
 *
 * While connecting fails, room is worth nothing. One who waits makes an attempt, the others wait
 * for what becomes of it; after a failure there is a pause, which doubles, and the first in the
 * queue wakes at its end. Nothing here talks to a server. */
#include "pool_internal.h"

#include <stdio.h>

#define FIRST_PAUSE_NS INT64_C(50000000)

/* --- Members --- */

void tenon__pool_set_state(tenon_pool *pool, struct pool_member *member, enum member_state state)
{
    pool->n_members[member->state]--;
    member->state = state;
    pool->n_members[state]++;
}

void tenon__pool_vacate(tenon_pool *pool, struct pool_member *member)
{
    member->db = NULL;
    member->next = pool->vacant;
    pool->vacant = member;
    tenon__pool_set_state(pool, member, MEMBER_VACANT);
}

bool tenon__pool_is_drained(const tenon_pool *pool)
{
    return pool->n_inside == 0 && pool->n_members[MEMBER_VACANT] + pool->n_members[MEMBER_IDLE] ==
                                      (size_t)pool->options.max_connections;
}

static int64_t idle_until(const tenon_pool *pool, const struct pool_member *member)
{
    return pool->options.idle_timeout_ms < 0
               ? INT64_MAX
               : member->idle_since_ns + (int64_t)pool->options.idle_timeout_ms * NS_PER_MS;
}

static void sweep_at(tenon_pool *pool, int64_t ns)
{
    if (ns < pool->sweep_ns)
        pool->sweep_ns = ns;
}

void tenon__pool_rest(tenon_pool *pool, struct pool_member *member, int64_t now_ns)
{
    member->idle_since_ns = now_ns;
    member->next = pool->idle;
    pool->idle = member;
    tenon__pool_set_state(pool, member, MEMBER_IDLE);
    sweep_at(pool, member->expires_ns);
    sweep_at(pool, idle_until(pool, member));
}

/* Whether an idle connection has to go; counts why. */
static bool is_due(tenon_pool *pool, const struct pool_member *member, int64_t now_ns)
{
    size_t n_open = (size_t)pool->options.max_connections - pool->n_members[MEMBER_VACANT] -
                    pool->n_members[MEMBER_CLOSING];

    if (pool->closing)
        return true;
    if (now_ns >= member->expires_ns) {
        pool->stats.closed_old++;
        return true;
    }
    sweep_at(pool, member->expires_ns);
    if (n_open <= (size_t)pool->options.min_connections)
        return false; /* there can be more only behind its next use */
    if (now_ns >= idle_until(pool, member)) {
        pool->stats.closed_idle++;
        return true;
    }
    sweep_at(pool, idle_until(pool, member));
    return false;
}

struct pool_member *tenon__pool_sweep(tenon_pool *pool, int64_t now_ns)
{
    struct pool_member **link = &pool->idle, *due = NULL;

    if (now_ns < pool->sweep_ns && !pool->closing)
        return NULL;
    pool->sweep_ns = INT64_MAX;
    while (*link != NULL) {
        struct pool_member *member = *link;
        if (!is_due(pool, member, now_ns)) {
            link = &member->next;
            continue;
        }
        *link = member->next;
        member->next = due;
        due = member;
        tenon__pool_set_state(pool, member, MEMBER_CLOSING);
    }
    return due;
}

/* --- Pauses --- */

int64_t tenon__pool_random(tenon_pool *pool, int64_t limit)
{
    return (int64_t)tenon__random_below(&pool->random, (uint64_t)limit + 1);
}

void tenon__pool_note_failure(tenon_pool *pool, int64_t began_ns, const struct pool_error *error)
{
    int64_t now_ns = tenon__now_ns();
    int64_t pause_ns = (int64_t)pool->options.max_backoff_ms * NS_PER_MS;

    pool->connect_error = *error;
    pool->stats.connect_errors++;
    /* Attempts side by side fail of one cause. */
    if (pool->n_failures > 0 && began_ns < pool->failed_ns)
        return;
    if (pool->n_failures < 20 && FIRST_PAUSE_NS << pool->n_failures < pause_ns)
        pause_ns = FIRST_PAUSE_NS << pool->n_failures;
    pool->n_failures++;
    pool->failed_ns = now_ns;
    pool->retry_ns = now_ns + pause_ns / 2 + tenon__pool_random(pool, pause_ns / 2);
}

static bool may_connect(const tenon_pool *pool, int64_t now_ns)
{
    if (pool->vacant == NULL)
        return false;
    return pool->n_failures == 0 ||
           (pool->n_members[MEMBER_CONNECTING] == 0 && now_ns >= pool->retry_ns);
}

/* --- The queue --- */

static void enqueue(tenon_pool *pool, struct pool_waiter *self)
{
    struct pool_waiter **link = &pool->first_waiter;

    while (*link != NULL && self->spent == NULL)
        link = &(*link)->next;
    self->next = *link;
    *link = self;
    pool->n_waiters++;
}

static void dequeue(tenon_pool *pool, struct pool_waiter *waiter)
{
    struct pool_waiter **link = &pool->first_waiter;

    while (*link != NULL && *link != waiter)
        link = &(*link)->next;
    if (*link == NULL)
        return;
    *link = waiter->next;
    pool->n_waiters--;
}

static struct pool_member *pop(struct pool_member **list)
{
    struct pool_member *member = *list;

    *list = member->next;
    return member;
}

static struct pool_member *take_member(tenon_pool *pool, int64_t now_ns)
{
    struct pool_member *member = NULL;

    if (pool->idle != NULL) {
        member = pop(&pool->idle);
        tenon__pool_set_state(pool, member, MEMBER_BUSY);
    } else if (may_connect(pool, now_ns)) {
        member = pop(&pool->vacant);
        tenon__pool_set_state(pool, member, MEMBER_CONNECTING);
    }
    return member;
}

static void wake(struct pool_waiter *waiter)
{
    if (waiter != NULL && waiter->sleeps)
        pthread_cond_signal(&waiter->served);
}

void tenon__pool_serve(tenon_pool *pool, int64_t now_ns)
{
    while (pool->first_waiter != NULL && !pool->closing) {
        struct pool_waiter *waiter = pool->first_waiter;
        waiter->member = take_member(pool, now_ns);
        if (waiter->member == NULL)
            break;
        dequeue(pool, waiter);
        wake(waiter);
    }
    /* The first in the queue, who may be another now, is the one to watch the pause. */
    if (pool->n_failures > 0)
        wake(pool->first_waiter);
}

void tenon__pool_wake_all(tenon_pool *pool)
{
    for (struct pool_waiter *waiter = pool->first_waiter; waiter != NULL; waiter = waiter->next)
        wake(waiter);
}

static bool prepare_to_sleep(struct pool_waiter *self)
{
    if (!self->sleeps)
        self->sleeps = tenon__cond_init(&self->served);
    return self->sleeps;
}

/* Until something happens, the deadline, or the end of a pause that is his to watch. */
static void sleep_once(tenon_pool *pool, struct pool_waiter *self)
{
    int64_t until_ns = self->deadline_ns;

    if (pool->first_waiter == self && pool->n_failures > 0 && pool->vacant != NULL &&
        pool->n_members[MEMBER_CONNECTING] == 0 && pool->retry_ns < until_ns)
        until_ns = pool->retry_ns;
    (void)tenon__cond_wait(&self->served, &pool->mutex, until_ns);
}

/* Why nothing came until the deadline. */
static tenon_status explain_timeout(const tenon_pool *pool, struct pool_error *error)
{
    const size_t *n = pool->n_members;

    if (pool->n_failures > 0 && n[MEMBER_VACANT] + n[MEMBER_CONNECTING] > 0) {
        *error = pool->connect_error;
        return error->status;
    }
    size_t in_use = n[MEMBER_TAKEN] + n[MEMBER_BUSY];
    bool is_whole = pool->options.acquire_timeout_ms % 1000 == 0;
    int time = pool->options.acquire_timeout_ms / (is_whole ? 1000 : 1);

    if (in_use == (size_t)pool->options.max_connections)
        snprintf(error->message, sizeof error->message, "all %zu connections were in use for %d %s",
                 in_use, time, is_whole ? "s" : "ms");
    else
        snprintf(error->message, sizeof error->message,
                 "no connection became free within %d %s: of at most %d, %zu are in use and %zu "
                 "are being opened",
                 time, is_whole ? "s" : "ms", pool->options.max_connections, in_use,
                 n[MEMBER_CONNECTING]);
    return error->status = TENON_TIMEOUT;
}

/* One turn of waiting: whether to go on, and else why not. */
static tenon_status wait_once(tenon_pool *pool, struct pool_waiter *self, struct pool_error *error)
{
    if (pool->closing) {
        snprintf(error->message, sizeof error->message, "the pool has been closed");
        return error->status = TENON_INVALID_ARGUMENT;
    }
    if (tenon__now_ns() >= self->deadline_ns)
        return explain_timeout(pool, error);
    if (!prepare_to_sleep(self)) {
        snprintf(error->message, sizeof error->message, "out of memory");
        return error->status = TENON_OUT_OF_MEMORY;
    }
    self->has_waited = true;
    sleep_once(pool, self);
    /* Also behind the deadline: what is there is taken. */
    if (self->member == NULL)
        tenon__pool_serve(pool, tenon__now_ns());
    return TENON_OK;
}

tenon_status tenon__pool_wait(tenon_pool *pool, struct pool_waiter *self, struct pool_error *error)
{
    tenon_status status = TENON_OK;
    int64_t since_ns = tenon__now_ns();

    self->member = NULL;
    enqueue(pool, self);
    if (self->spent != NULL) {
        pool->stats.closed_broken++;
        tenon__pool_vacate(pool, self->spent); /* behind the first there may be others */
        self->spent = NULL;
    }
    tenon__pool_serve(pool, since_ns);
    if (self->member != NULL)
        return TENON_OK;
    while (self->member == NULL && status == TENON_OK)
        status = wait_once(pool, self, error);
    if (self->member == NULL) {
        dequeue(pool, self);
        tenon__pool_serve(pool, tenon__now_ns()); /* the next may be the first now */
    }
    if (self->sleeps)
        pthread_cond_destroy(&self->served);
    self->sleeps = false;
    self->waited_ns += tenon__now_ns() - since_ns;
    return self->member != NULL ? TENON_OK : status;
}
