/* Where connect_test.c connects to: two real servers, and listeners that are no servers. */
#ifndef TESTS_RUNTIME_CONNECT_PLACES_H
#define TESTS_RUNTIME_CONNECT_PLACES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

/** A primary and a standby; see connect_servers.sh. They end with this process. */
struct servers {
    char directory[32];
    int primary_port;
    int standby_port;
    bool has_tls;
};
extern struct servers servers;

/** Exits with 77 when there is no server. */
void servers_start(const char *script);
/** Waits until they are gone. */
void servers_stop(void);

/** What a listener does with whom it has accepted. */
enum manner {
    SILENT,  /* nothing */
    CLOSING, /* closes */
    REFUSING_57P03,
    REFUSING_28P01, /* in another language */
    REFUSING,       /* as `refusal` says when the listener starts */
    FLOODING,       /* lets in, then tells of one parameter after another */
    LYING,          /* lets in, and reports LATIN1 */
};

/** The fields of an ERROR, those that are not NULL. */
struct refusal {
    const char *severity, *sqlstate, *message, *file, *function;
};
extern struct refusal refusal;

/** Listens on the socket of a directory of its own, port 5432. */
struct listener {
    char directory[32];
    pid_t pid;
    atomic_int *n_accepted; /* in shared memory */
};
void listener_start(struct listener *listener, enum manner manner);
void listener_stop(struct listener *listener);
/** Stops those that a test has left behind because it failed. */
void listeners_stop(void);

/** A socket that listens on a TCP address (port 0: any) and is never accepted from. */
int listen_tcp(const char *address, int port);
int port_of(int socket);
/** A socket that asks it to be let in. */
int connect_without_waiting(int listener);

/** Names that getaddrinfo() finds in this program. "slow.test" takes slow_ms; "two.test" has the
 *  addresses 127.0.0.2 and 127.0.0.1, "both.test" 127.0.0.1 and 127.0.0.3, "db.test" and
 *  "other.test" 127.0.0.1; "odd.test" has one of no known kind, "half.test" has that and 127.0.0.1;
 *  "unknown.test" is unknown, for "broken.test" there is no descriptor, for "greedy.test" no
 * memory.
 */
extern atomic_int slow_ms;
/** How many lookups of slow.test are under way, and the most there were at a time. */
extern atomic_int n_slow, most_slow;
/** Lookups of these names in threads that do not block SIGUSR1. */
extern atomic_int n_open_to_signals;

#endif
