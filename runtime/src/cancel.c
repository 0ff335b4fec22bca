/* Asking the server to cancel what it does for a connection. A request has a connection of its own,
 * and is settled when the server closes that: it has signalled the session before, so that nothing
 * which is sent later can be hit. Until then the next call waits.
 *
 * Other threads may ask too, for a call by its number. They announce themselves before they look at
 * the number, and a call that begins sets its number before it looks for them: one of the two sees
 * the other.
 *
 * libpq 17 has requests that do not block. Before, PQcancel does, so a thread of its own makes it,
 * which outlives the wait for it when the network is dead; there is a limit to such threads. */
#include "internal.h"
#include "thread.h"

#include <stdlib.h>

#define DEFAULT_TIMEOUT_MS 1000

struct canceller {
    atomic_int refs;
    atomic_int under_way;    /* requests of other threads that may yet hit */
    _Atomic uint64_t call;   /* under way; 0: none */
    _Atomic uint64_t asked;  /* the last one that another thread asked to cancel */
    uint64_t n_calls;        /* of the connection's own thread only */
    struct canceller *older; /* of the session before PQreset */
    pthread_mutex_t mutex;
    pthread_cond_t settled; /* by the monotonic clock: a request, or the use of `request` */
#ifdef LIBPQ_HAS_ASYNC_CANCEL
    PGcancelConn *request;
    bool busy;           /* request is in use */
    atomic_bool unknown; /* a request has been given up that may yet hit */
#else
    PGcancel *request;
#endif
};

/* The mutex is held. False at the deadline. */
static bool wait_settled(struct canceller *canceller, int64_t deadline)
{
    return tenon__cond_wait(&canceller->settled, &canceller->mutex, deadline);
}

static bool init_sync(struct canceller *canceller)
{
    if (!tenon__cond_init(&canceller->settled))
        return false;
    if (pthread_mutex_init(&canceller->mutex, NULL) == 0)
        return true;
    pthread_cond_destroy(&canceller->settled);
    return false;
}

static void free_request(struct canceller *canceller)
{
#ifdef LIBPQ_HAS_ASYNC_CANCEL
    PQcancelFinish(canceller->request);
#else
    PQfreeCancel(canceller->request);
#endif
}

struct canceller *tenon__canceller_create(PGconn *conn)
{
    struct canceller *canceller = calloc(1, sizeof *canceller);

    if (canceller == NULL)
        return NULL;
#ifdef LIBPQ_HAS_ASYNC_CANCEL
    canceller->request = PQcancelCreate(conn);
#else
    canceller->request = PQgetCancel(conn);
#endif
    if (canceller->request == NULL || !init_sync(canceller)) {
        free_request(canceller);
        free(canceller);
        return NULL;
    }
    atomic_init(&canceller->refs, 1);
    return canceller;
}

void tenon__canceller_release(struct canceller *canceller)
{
    if (canceller == NULL || atomic_fetch_sub(&canceller->refs, 1) > 1)
        return;
    tenon__canceller_release(canceller->older);
    free_request(canceller);
    pthread_cond_destroy(&canceller->settled);
    pthread_mutex_destroy(&canceller->mutex);
    free(canceller);
}

void tenon__canceller_follow(struct canceller *canceller, struct canceller *older)
{
    canceller->older = older;
}

static void settle(struct canceller *canceller)
{
    pthread_mutex_lock(&canceller->mutex);
    atomic_fetch_sub(&canceller->under_way, 1);
    pthread_cond_broadcast(&canceller->settled);
    pthread_mutex_unlock(&canceller->mutex);
}

#ifdef LIBPQ_HAS_ASYNC_CANCEL

static bool take_turn(struct canceller *canceller, int64_t deadline)
{
    bool taken = true;

    pthread_mutex_lock(&canceller->mutex);
    while (canceller->busy && taken)
        taken = wait_settled(canceller, deadline);
    if (taken)
        canceller->busy = true;
    pthread_mutex_unlock(&canceller->mutex);
    return taken;
}

static bool request_by(PGcancelConn *request, int64_t deadline)
{
    PostgresPollingStatusType step = PGRES_POLLING_WRITING;

    PQcancelReset(request);
    if (!PQcancelStart(request))
        return false;
    while (step != PGRES_POLLING_OK) {
        if (tenon__poll(PQcancelSocket(request), step == PGRES_POLLING_WRITING, deadline) <= 0)
            return false;
        step = PQcancelPoll(request);
        if (step == PGRES_POLLING_FAILED)
            return false;
    }
    return true;
}

/* Makes a request that has been announced. */
static bool request(struct canceller *canceller, int64_t deadline)
{
    bool done = take_turn(canceller, deadline);

    if (done) {
        done = request_by(canceller->request, deadline);
        pthread_mutex_lock(&canceller->mutex);
        canceller->busy = false;
        if (!done)
            atomic_store(&canceller->unknown, true);
        pthread_mutex_unlock(&canceller->mutex);
    }
    settle(canceller);
    return done;
}

#else

#define MOST_THREADS 32

static atomic_int n_threads;

/* Shared by the thread and by who waits for it: the last one frees it. */
struct job {
    struct canceller *canceller;
    int refs;         /* under the mutex of canceller */
    bool done, taken; /* so are these */
};

static void leave(struct job *job)
{
    struct canceller *canceller = job->canceller;

    pthread_mutex_lock(&canceller->mutex);
    bool last = --job->refs == 0;
    pthread_mutex_unlock(&canceller->mutex);
    if (last) {
        free(job);
        tenon__canceller_release(canceller);
    }
}

static void *run(void *context)
{
    struct job *job = context;
    char reason[256];
    bool taken = PQcancel(job->canceller->request, reason, sizeof reason) != 0;

    pthread_mutex_lock(&job->canceller->mutex);
    job->done = true;
    job->taken = taken;
    pthread_mutex_unlock(&job->canceller->mutex);
    settle(job->canceller);
    atomic_fetch_sub(&n_threads, 1);
    leave(job);
    return NULL;
}

static struct job *start_job(struct canceller *canceller)
{
    struct job *job = calloc(1, sizeof *job);

    if (job == NULL)
        return NULL;
    job->canceller = canceller;
    job->refs = 2;
    atomic_fetch_add(&canceller->refs, 1);
    if (atomic_fetch_add(&n_threads, 1) < MOST_THREADS && tenon__start_thread(run, job) == 0)
        return job;
    atomic_fetch_sub(&n_threads, 1);
    atomic_fetch_sub(&canceller->refs, 1);
    free(job);
    return NULL;
}

/* Makes a request that has been announced. */
static bool request(struct canceller *canceller, int64_t deadline)
{
    struct job *job = start_job(canceller);

    if (job == NULL) {
        settle(canceller);
        return false;
    }
    pthread_mutex_lock(&canceller->mutex);
    while (!job->done && wait_settled(canceller, deadline))
        continue;
    bool taken = job->done && job->taken;
    pthread_mutex_unlock(&canceller->mutex);
    leave(job);
    return taken;
}

#endif

bool tenon__cancel(struct canceller *canceller, int64_t deadline)
{
    atomic_fetch_add(&canceller->under_way, 1);
    return request(canceller, deadline);
}

static bool is_quiet(struct canceller *canceller)
{
#ifdef LIBPQ_HAS_ASYNC_CANCEL
    if (atomic_load(&canceller->unknown))
        return false;
#endif
    return atomic_load(&canceller->under_way) == 0;
}

static TENON_APART bool wait_until_quiet(struct canceller *canceller, int64_t deadline)
{
    pthread_mutex_lock(&canceller->mutex);
    bool in_time = true;
    while (atomic_load(&canceller->under_way) > 0 && in_time)
        in_time = wait_settled(canceller, deadline);
    bool quiet = is_quiet(canceller);
    pthread_mutex_unlock(&canceller->mutex);
    return quiet;
}

bool tenon__cancel_begin(struct canceller *canceller, int timeout_ms)
{
    atomic_store(&canceller->call, ++canceller->n_calls);
    return is_quiet(canceller) || wait_until_quiet(canceller, tenon__deadline_in(timeout_ms));
}

bool tenon__cancel_has_begun(const struct canceller *canceller)
{
    return atomic_load_explicit(&canceller->call, memory_order_relaxed) != 0;
}

void tenon__cancel_end(struct canceller *canceller)
{
    atomic_store_explicit(&canceller->call, 0, memory_order_release);
}

bool tenon__cancel_asked(const struct canceller *canceller)
{
    return canceller != NULL && canceller->n_calls != 0 &&
           atomic_load(&canceller->asked) == canceller->n_calls;
}

uint64_t tenon_db_call(const tenon_db *db)
{
    struct canceller *canceller = db == NULL ? NULL : atomic_load(&db->canceller);

    return canceller == NULL ? 0 : atomic_load(&canceller->call);
}

tenon_status tenon_db_cancel_call(tenon_db *db, uint64_t call, int timeout_ms)
{
    /* Only what never changes while db is open may be touched here: this is another thread. */
    struct canceller *canceller = db == NULL ? NULL : atomic_load(&db->canceller);

    if (canceller == NULL)
        return TENON_INVALID_ARGUMENT;
    if (call == 0)
        return TENON_OK;
    atomic_fetch_add(&canceller->under_way, 1);
    if (atomic_load(&canceller->call) != call) {
        settle(canceller);
        return TENON_OK;
    }
    atomic_store(&canceller->asked, call);
    int64_t deadline = tenon__deadline_in(timeout_ms == 0 ? DEFAULT_TIMEOUT_MS : timeout_ms);
    if (request(canceller, deadline))
        return TENON_OK;
    return tenon__now_ns() < deadline ? TENON_CONNECTION_LOST : TENON_TIMEOUT;
}

tenon_status tenon_db_cancel(tenon_db *db)
{
    return tenon_db_cancel_call(db, tenon_db_call(db), 0);
}
