/* Names into addresses, by a deadline. getaddrinfo() cannot be interrupted, so it runs in a thread
 * of its own, which owns what it works on: a caller whose time is over leaves it behind, and the
 * thread throws its answer away. At most MAX_LOOKUPS threads exist in a process; who comes later
 * waits for one to end, by the same deadline. */
#include "connect.h"
#include "thread.h"

#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define MAX_LOOKUPS 16

/* The caller's until it is abandoned, then its thread's. */
struct lookup {
    bool done;
    bool abandoned;
    int failure; /* EAI_... */
    int os_error;
    struct addrinfo *found;
    char name[];
};

/* The bound is the process's, so this is too. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed; /* a lookup has ended; by the monotonic clock */
static int n_lookups;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_set_up;

/* The threads of a parent do not run in its child, which must neither wait for them nor find the
 * lock in their hands. */
static void before_fork(void)
{
    pthread_mutex_lock(&lock);
}

static void after_fork(void)
{
    pthread_mutex_unlock(&lock);
}

static void after_fork_in_child(void)
{
    n_lookups = 0;
    is_set_up = tenon__cond_init(&changed);
    pthread_mutex_unlock(&lock);
}

static void set_up(void)
{
    is_set_up = tenon__cond_init(&changed) &&
                pthread_atfork(before_fork, after_fork, after_fork_in_child) == 0;
}

static void lookup_destroy(struct lookup *lookup)
{
    if (lookup->found != NULL)
        freeaddrinfo(lookup->found);
    free(lookup);
}

static void *look_up(void *argument)
{
    /* What libpq asks for. */
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct lookup *lookup = argument;

    lookup->failure = getaddrinfo(lookup->name, NULL, &hints, &lookup->found);
    lookup->os_error = errno;
    if (lookup->failure != 0)
        lookup->found = NULL;
    pthread_mutex_lock(&lock);
    bool abandoned = lookup->abandoned;
    lookup->done = true;
    n_lookups--;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    if (abandoned)
        lookup_destroy(lookup);
    return NULL;
}

/* Waits, with the lock held, for some lookup to end. False when the time is over. */
static bool wait_for_change(int64_t deadline)
{
    return tenon__cond_wait(&changed, &lock, deadline);
}

/* Runs the lookup in a thread. It is done when this returns 0; ETIMEDOUT takes it away from the
 * caller, unless no thread has been started. */
static int run_by(struct lookup **lookup, int64_t deadline)
{
    int failure = 0;
    bool in_time = true;

    pthread_mutex_lock(&lock);
    while (n_lookups >= MAX_LOOKUPS && in_time)
        in_time = wait_for_change(deadline);
    if (n_lookups >= MAX_LOOKUPS)
        failure = ETIMEDOUT;
    else
        failure = tenon__start_thread(look_up, *lookup);
    if (failure == 0) {
        n_lookups++;
        while (!(*lookup)->done && in_time)
            in_time = wait_for_change(deadline);
        if (!(*lookup)->done) {
            (*lookup)->abandoned = true;
            *lookup = NULL;
            failure = ETIMEDOUT;
        }
    }
    pthread_mutex_unlock(&lock);
    return failure;
}

/* Writes the addresses as text. An address that has none is passed over. */
static tenon_status write_addresses(const struct addrinfo *list, tenon_arena *mem,
                                    struct addresses *addresses)
{
    char text[128]; /* an IPv6 address and the name of an interface */
    size_t count = 0;

    for (const struct addrinfo *each = list; each != NULL; each = each->ai_next)
        count++;
    addresses->items = tenon_arena_alloc(mem, (count + 1) * sizeof *addresses->items);
    addresses->count = 0;
    if (addresses->items == NULL)
        return TENON_OUT_OF_MEMORY;
    for (const struct addrinfo *each = list; each != NULL; each = each->ai_next) {
        if (getnameinfo(each->ai_addr, each->ai_addrlen, text, sizeof text, NULL, 0,
                        NI_NUMERICHOST) != 0)
            continue;
        char *copy = tenon_arena_copy(mem, text, strlen(text));
        if (copy == NULL)
            return TENON_OUT_OF_MEMORY;
        addresses->items[addresses->count++] = copy;
    }
    return TENON_OK;
}

static tenon_status outcome_of(struct lookup *lookup, tenon_arena *mem, struct addresses *found,
                               const char **why)
{
    if (lookup->failure == EAI_MEMORY)
        return TENON_OUT_OF_MEMORY;
    if (lookup->failure != 0) {
        *why = lookup->failure == EAI_SYSTEM ? strerror(lookup->os_error)
                                             : gai_strerror(lookup->failure);
        return TENON_CONNECTION_LOST;
    }
    return write_addresses(lookup->found, mem, found);
}

static bool is_literal(const char *name)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST};
    struct addrinfo *found = NULL;

    if (getaddrinfo(name, NULL, &hints, &found) != 0)
        return false;
    freeaddrinfo(found);
    return true;
}

tenon_status tenon__resolve(const char *name, int64_t deadline, tenon_arena *mem,
                            struct addresses *found, const char **why)
{
    size_t size = strlen(name) + 1;
    tenon_status status;

    if (is_literal(name)) {
        found->items = tenon_arena_alloc(mem, sizeof *found->items);
        found->count = 1;
        if (found->items == NULL || (found->items[0] = tenon_arena_copy(mem, name, size)) == NULL)
            return TENON_OUT_OF_MEMORY;
        return TENON_OK;
    }
    pthread_once(&once, set_up);
    struct lookup *lookup = is_set_up ? calloc(1, sizeof *lookup + size) : NULL;
    if (lookup == NULL)
        return TENON_OUT_OF_MEMORY;
    memcpy(lookup->name, name, size);
    int failure = run_by(&lookup, deadline);
    if (failure == 0) {
        status = outcome_of(lookup, mem, found, why);
    } else if (failure == ETIMEDOUT) {
        *why = "the name has not been resolved in time";
        status = TENON_TIMEOUT;
    } else {
        *why = "no thread can be started to resolve the name";
        status = TENON_CONNECTION_LOST;
    }
    if (lookup != NULL)
        lookup_destroy(lookup);
    return status;
}
