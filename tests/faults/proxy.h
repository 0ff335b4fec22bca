/* A network that fails on command: a thread between clients and a server.
 *
 * It passes on what it is sent until it is told of a fault. Bytes are counted from the moment of
 * proxy_set, so that "after byte N" means of the conversation that follows. Requests to cancel come
 * on connections of their own, which neither count nor fail; they can be held back. */
#ifndef TESTS_FAULTS_PROXY_H
#define TESTS_FAULTS_PROXY_H

#include <stdbool.h>
#include <stddef.h>

enum direction { TO_SERVER, TO_CLIENT };

enum fault_kind {
    FAULT_NONE,
    FAULT_CUT,    /* closes both sides after byte `at` */
    FAULT_FREEZE, /* passes nothing on after byte `at`, in either direction */
    FAULT_FLIP,   /* inverts bit `bit` of byte `at` */
};

#define CANCEL_HELD_FOR_EVER (-1)

struct fault {
    enum fault_kind kind;
    enum direction direction; /* that counts `at` */
    size_t at;
    int bit;
    size_t chunk[2];    /* by direction: bytes of one write; 0: as many as there are */
    int pause_us[2];    /* between two writes */
    int cancel_hold_ms; /* before a request to cancel is passed on */
};

struct proxy;

/** Listens in a directory of its own and passes on to the unix socket at `server_path`, or, if that
 *  is NULL, from one port of 127.0.0.1 to `server_port` of it. */
struct proxy *proxy_start(const char *server_path, int server_port);
void proxy_stop(struct proxy *proxy);

/** What a conninfo needs to lead here: "host=… port=…". */
const char *proxy_conninfo(const struct proxy *proxy);

/** Sets the fault and starts counting anew. NULL: none. */
void proxy_set(struct proxy *proxy, const struct fault *fault);
/** Bytes passed on since then. */
size_t proxy_count(struct proxy *proxy, enum direction direction);
/** Whether a cut, a freeze or a flip has happened. */
bool proxy_has_failed(struct proxy *proxy);
/** Requests to cancel seen since the start. */
size_t proxy_cancels(struct proxy *proxy);
/** Closes every connection, and waits until that is done. */
void proxy_drop(struct proxy *proxy);

/** Hears each part that is passed on, on the proxy's thread. NULL: nobody. */
typedef void proxy_listener(void *context, enum direction direction, const unsigned char *bytes,
                            size_t length);
void proxy_listen(struct proxy *proxy, proxy_listener *listener, void *context);

#endif
