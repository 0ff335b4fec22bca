/* A proxy in front of the test's server, in a thread of this process: it counts what passes, and
 * can hold it back or cut it off. It serves any number of connections, also those that carry a
 * request to cancel. */
#ifndef TESTS_RUNTIME_PROXY_H
#define TESTS_RUNTIME_PROXY_H

#include <pthread.h>
#include <stdatomic.h>

struct proxy {
    char conninfo[256];       /**< of the test's database through the proxy */
    atomic_long bytes_up;     /**< from clients to the server */
    atomic_long turns;        /**< how often a client spoke after the server had: round trips */
    atomic_long cancels;      /**< connections that were requests to cancel */
    atomic_bool hold_answers; /**< the server's bytes stay here */
    atomic_bool hold_cancels; /**< requests to cancel stay here until this is false again */
    atomic_bool drop_cancels; /**< requests to cancel are taken, and that is all */
    atomic_bool cut_answer;   /**< the next bytes of the server close both sides */
    atomic_bool lie_of_state; /**< whether a transaction is open: once, the opposite is said */

    char directory[32], server_path[128];
    int listener;
    pthread_t thread;
    atomic_bool stops;
};

void proxy_start(struct proxy *proxy);
void proxy_stop(struct proxy *proxy);

#endif
