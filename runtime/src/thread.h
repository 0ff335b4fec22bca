/* What the files that know of other threads share: conditions by the monotonic clock, threads that
 * outlive the wait for them, and random numbers that keep clients apart. */
#ifndef TENON_THREAD_H
#define TENON_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
#endif

/** A condition whose waits end by the monotonic clock. False when the system has none left. */
bool tenon__cond_init(pthread_cond_t *condition);
/** Waits with the mutex held until the deadline in nanoseconds (INT64_MAX: for ever). False when
 *  that has passed. */
bool tenon__cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t deadline_ns);
/** Starts a detached thread with a small stack, which takes none of the program's signals. Returns
 *  0 or an error number. */
int tenon__start_thread(void *(*run)(void *context), void *context);
/** A number below `limit`, which is not 0. The state may begin with any value; good for pauses and
 *  orders, not for secrets. */
uint64_t tenon__random_below(uint64_t *state, uint64_t limit);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#endif
