/* What the files of the pool share.
 *
 *     pool.c          create, close, destroy; statistics
 *     pool_use.c      acquire and release
 *     pool_queue.c    who is served next, and with what; all of it under the mutex
 *     pool_session.c  talks to servers: opens, asks, cleans; none of it under the mutex
 *
 * A pool has max_connections members. Each is in one state, and what is not vacant or idle belongs
 * to the one thread that put it there, so that a server is never talked to under the mutex. */
#ifndef TENON_POOL_INTERNAL_H
#define TENON_POOL_INTERNAL_H

#include <pthread.h>
#include <time.h>

#include <tenon/pool.h>

#include "internal.h"
#include "thread.h"

#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
#endif

#define NS_PER_MS 1000000

enum member_state {
    MEMBER_VACANT, /* room for a connection */
    MEMBER_IDLE,
    MEMBER_CONNECTING,
    MEMBER_BUSY, /* being asked or cleaned by the pool */
    MEMBER_TAKEN,
    MEMBER_CLOSING,
    N_MEMBER_STATES,
};

struct pool_member {
    struct pool_member *next; /* in the list of the vacant, the idle, or those to be closed */
    tenon_db *db;             /* NULL while vacant or connecting */
    enum member_state state;
    int64_t expires_ns;    /* end of its lifetime; INT64_MAX: never */
    int64_t idle_since_ns; /* when it was released last */
};

/** A thread in tenon_pool_acquire. It is handed a member by whoever has one to give. */
struct pool_waiter {
    struct pool_waiter *next;
    struct pool_member *member; /* NULL until it is served */
    pthread_cond_t served;      /* of its own, if it sleeps */
    bool sleeps;
    struct pool_member *spent; /* what it got before was dead, and is closed: it stands first */
    bool has_waited;
    int64_t waited_ns;
    int64_t deadline_ns; /* INT64_MAX: none */
};

/** A failure in words. */
struct pool_error {
    tenon_status status;
    char message[1024];
};

struct tenon_pool {
    pthread_mutex_t mutex;
    pthread_cond_t drained; /* all are vacant or idle, and nobody is inside of acquire */
    char *conninfo;
    tenon_pool_options options; /* without zeroes */
    struct pool_member *members;
    struct pool_member *vacant;
    struct pool_member *idle; /* the one that was released last is taken first: few stay warm */
    size_t n_members[N_MEMBER_STATES];
    struct pool_waiter *first_waiter;
    size_t n_waiters;
    size_t n_inside;  /* threads in tenon_pool_acquire */
    int64_t sweep_ns; /* nothing is due to be closed before */
    bool closing;
    bool destroyed;

    int n_failures;                  /* to connect, one behind the other */
    int64_t failed_ns;               /* when the last of them was seen */
    int64_t retry_ns;                /* when the next attempt may be made */
    struct pool_error connect_error; /* the last */
    struct pool_error acquire_error; /* the last, of whatever kind */
    tenon_pool_stats stats;
    uint64_t random;
};

/* pool.c */

/** Ends every change of a pool: closes a list of members, which may be NULL, and gives back the
 *  mutex. The pool may be gone then, if it has been destroyed. */
void tenon__pool_unlock(tenon_pool *pool, struct pool_member *due);
/** Copies what fits, without half of a UTF-8 character at the end. */
void tenon__pool_copy_text(char *to, size_t size, const char *text);

/* pool_queue.c: the mutex is held in all of them. */

void tenon__pool_set_state(tenon_pool *pool, struct pool_member *member, enum member_state state);
/** Makes room of a member whose connection is closed or was never opened. */
void tenon__pool_vacate(tenon_pool *pool, struct pool_member *member);
/** Puts a connection among the idle ones. */
void tenon__pool_rest(tenon_pool *pool, struct pool_member *member, int64_t now_ns);
/** Whether nothing of the pool is in anyone's hands. */
bool tenon__pool_is_drained(const tenon_pool *pool);
/** Hands members to those who wait, in their order, as far as there are any. To be called after
 *  each change that may help them. */
void tenon__pool_serve(tenon_pool *pool, int64_t now_ns);
/** Waits for a member: a connection, or room for one. TENON_INVALID_ARGUMENT: the pool is being
 *  closed. TENON_TIMEOUT, or while the pool pauses after a failure to connect its status. */
tenon_status tenon__pool_wait(tenon_pool *pool, struct pool_waiter *self, struct pool_error *error);
/** Wakes all who wait, for they are turned away. */
void tenon__pool_wake_all(tenon_pool *pool);
/** Takes out of the idle connections those that are too old or have been idle for too long (all of
 *  them when the pool is being closed): a list. */
struct pool_member *tenon__pool_sweep(tenon_pool *pool, int64_t now_ns);
/** An attempt to connect, which began then, has failed: pauses. */
void tenon__pool_note_failure(tenon_pool *pool, int64_t began_ns, const struct pool_error *error);
/** A number from 0 to limit. */
int64_t tenon__pool_random(tenon_pool *pool, int64_t limit);

/* pool_session.c */

/** Writes down the failure of a connection (NULL: there is no memory), or of `what` if the
 *  connection knows of none. */
void tenon__pool_describe(struct pool_error *error, tenon_status status, const tenon_db *db,
                          const char *what);
/** Opens a connection and introduces it to the hooks. *db is NULL after a failure. */
tenon_status tenon__pool_open(const tenon_pool *pool, int64_t deadline_ns, tenon_db **db,
                              struct pool_error *error);
/** Whether an idle connection can be used: asks the server if it was idle for so long. Calls keep
 *  the time limit of that question until tenon__pool_greet. */
bool tenon__pool_answers(const tenon_pool *pool, tenon_db *db, int64_t idle_ns,
                         int64_t deadline_ns);
/** Calls on_acquire. Behind it calls have the time that the options give them. */
tenon_status tenon__pool_greet(const tenon_pool *pool, tenon_db *db, int64_t deadline_ns,
                               struct pool_error *error);
/** Brings a connection that its user has left into the state in which he got it. False if that is
 *  not possible. *was_reset tells whether the session had to be reset. */
bool tenon__pool_clean(const tenon_pool *pool, tenon_db *db, bool *was_reset);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#endif
