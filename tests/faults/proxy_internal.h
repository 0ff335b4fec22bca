/* What the two files of the proxy share. */
#ifndef TESTS_FAULTS_PROXY_INTERNAL_H
#define TESTS_FAULTS_PROXY_INTERNAL_H

#include "proxy.h"

#include <pthread.h>
#include <stdint.h>

#define MAX_LINKS 64
#define CANCEL_CODE 80877102

struct pipe_end {
    unsigned char bytes[1 << 16];
    size_t length, sent;
    int64_t not_before_us;
};

struct link {
    int fd[2]; /* by who is written to: [TO_SERVER] is the server's socket; -1: not yet */
    struct pipe_end pipe[2];
    bool known, is_cancel, frozen;
    int64_t since_us;
};

struct proxy {
    pthread_t thread;
    pthread_mutex_t lock;
    int listener, wake[2];
    char directory[64], server_path[200], conninfo[160];
    int server_port;
    struct link *links[MAX_LINKS];
    struct fault fault;
    size_t count[2], cancels;
    bool failed, stopping;
    proxy_listener *hears;
    void *context;
};

/** Monotonic. */
int64_t proxy_now_us(void);
/** Moves what can be moved on this link, connecting it first. False: it is to be closed. */
bool proxy_serve(struct proxy *proxy, struct link *link);

#endif
