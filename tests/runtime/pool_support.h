/* What the suites of pools share. Their statements are made by tenon from pool/. */
#ifndef TESTS_RUNTIME_POOL_SUPPORT_H
#define TESTS_RUNTIME_POOL_SUPPORT_H

#include <pooltest/queries.h>
#include <tenon/pool.h>

#include "server.h"

/** Gets the database and makes its tables, or exits with 77 when there is no server. */
void pool_init(const char *name);

/** A pool of the test's server; fails the test if that is not possible. */
tenon_pool *pool_of(const tenon_pool_options *options);
/** Acquires and releases, which have to succeed. */
tenon_db *take(tenon_pool *pool);
void give(tenon_pool *pool, tenon_db *taken);
/** The connection's server process, asked by a statement that leaves the session untouched. */
int pid_of(tenon_db *of);
tenon_pool_stats stats_of(tenon_pool *pool);

/** Waits until so many threads wait for a connection. */
void await_waiters(tenon_pool *pool, size_t n);
/** Stops the connection's server process, one at a time; exits with 77 when that is not allowed. */
int freeze(tenon_db *of);
/** Lets it go on, if there is one: also for teardowns, since a stopped process stops the server. */
void thaw(void);
void terminate(int pid);

/** A directory to connect to as host, without a socket in it. */
struct outage {
    char directory[32];
    char socket[160];
    char conninfo[256];
    int listener;
};
void outage_start(struct outage *outage);
/** The server's socket appears; a socket on which nobody says a word. */
void outage_end(struct outage *outage);
void outage_freeze(struct outage *outage);
void outage_clear(struct outage *outage);

#endif
