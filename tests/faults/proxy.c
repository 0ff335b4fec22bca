/* One thread, one poll loop. A link is a client's connection with the server's behind it and a
 * buffer for each direction; it reads only into an empty buffer, so that a side which does not take
 * is felt by the side that sends. All sockets are non-blocking, and everything that tests set is
 * under one lock, which the loop holds except while it polls. proxy_move.c moves the bytes. */
#include "proxy_internal.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void close_link(struct proxy *proxy, size_t i)
{
    struct link *link = proxy->links[i];

    for (int side = 0; side < 2; side++)
        if (link->fd[side] >= 0)
            close(link->fd[side]);
    free(link);
    proxy->links[i] = NULL;
}

static void take_client(struct proxy *proxy)
{
    int fd = accept(proxy->listener, NULL, NULL);
    struct link *link = calloc(1, sizeof *link);

    fcntl(fd, F_SETFL, O_NONBLOCK);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    for (size_t i = 0; i < MAX_LINKS && fd >= 0 && link != NULL; i++)
        if (proxy->links[i] == NULL) {
            link->fd[TO_CLIENT] = fd;
            link->fd[TO_SERVER] = -1;
            link->since_us = proxy_now_us();
            proxy->links[i] = link;
            return;
        }
    free(link);
    if (fd >= 0)
        close(fd);
}

/* Adds what the link waits for; returns by when it has to be looked at, at the latest. */
static int64_t add_polls(const struct proxy *proxy, const struct link *link, struct pollfd *polls,
                         nfds_t *n)
{
    int64_t until = INT64_MAX;
    short events[2] = {0, 0};

    if (link->fd[TO_SERVER] < 0) {
        events[TO_CLIENT] = link->known ? 0 : POLLIN;
        if (link->known && proxy->fault.cancel_hold_ms >= 0)
            until = link->since_us + (int64_t)proxy->fault.cancel_hold_ms * 1000;
    }
    for (int to = 0; to < 2 && link->fd[TO_SERVER] >= 0 && !link->frozen; to++) {
        const struct pipe_end *pipe = &link->pipe[to];
        if (pipe->sent == pipe->length)
            events[1 - to] |= POLLIN;
        else if (pipe->not_before_us > proxy_now_us())
            until = pipe->not_before_us < until ? pipe->not_before_us : until;
        else
            events[to] |= POLLOUT;
    }
    for (int side = 0; side < 2; side++)
        if (link->fd[side] >= 0)
            polls[(*n)++] = (struct pollfd){.fd = link->fd[side], .events = events[side]};
    return until;
}

/* A side that hung up behind a freeze ends the link: nothing else would. */
static void drop_hung_up(struct proxy *proxy, const struct pollfd *polls, nfds_t n)
{
    for (size_t i = 0; i < MAX_LINKS; i++)
        for (nfds_t j = 2; j < n && proxy->links[i] != NULL; j++)
            if ((polls[j].revents & (POLLHUP | POLLERR)) != 0 &&
                (polls[j].fd == proxy->links[i]->fd[0] || polls[j].fd == proxy->links[i]->fd[1]) &&
                (proxy->links[i]->frozen || proxy->links[i]->fd[TO_SERVER] < 0)) {
                close_link(proxy, i);
                break;
            }
}

static void *run(void *context)
{
    struct proxy *proxy = context;
    char token[64];

    pthread_mutex_lock(&proxy->lock);
    while (!proxy->stopping) {
        struct pollfd polls[2 + 2 * MAX_LINKS] = {{.fd = proxy->listener, .events = POLLIN},
                                                  {.fd = proxy->wake[0], .events = POLLIN}};
        nfds_t n = 2;
        int64_t until = INT64_MAX;

        for (size_t i = 0; i < MAX_LINKS; i++)
            if (proxy->links[i] != NULL) {
                int64_t by = add_polls(proxy, proxy->links[i], polls, &n);
                until = by < until ? by : until;
            }
        int64_t left = until == INT64_MAX ? -1 : (until - proxy_now_us() + 999) / 1000;
        pthread_mutex_unlock(&proxy->lock);
        poll(polls, n, until != INT64_MAX && left < 0 ? 0 : (int)left);
        pthread_mutex_lock(&proxy->lock);
        if (polls[1].revents != 0 && read(proxy->wake[0], token, sizeof token) < 0)
            abort();
        drop_hung_up(proxy, polls, n);
        if (polls[0].revents != 0)
            take_client(proxy);
        for (size_t i = 0; i < MAX_LINKS; i++)
            if (proxy->links[i] != NULL && !proxy_serve(proxy, proxy->links[i]))
                close_link(proxy, i);
    }
    pthread_mutex_unlock(&proxy->lock);
    return NULL;
}

static void wake(struct proxy *proxy)
{
    if (write(proxy->wake[1], "", 1) < 0)
        abort();
}

static int listen_on_path(struct proxy *proxy)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    strcpy(proxy->directory, "/tmp/tenon-proxy-XXXXXX");
    if (mkdtemp(proxy->directory) == NULL)
        abort();
    snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", proxy->directory);
    snprintf(proxy->conninfo, sizeof proxy->conninfo, "host=%s port=5432", proxy->directory);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(fd, (const struct sockaddr *)&address, sizeof address) != 0)
        abort();
    return fd;
}

static int listen_on_port(struct proxy *proxy)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &length) != 0)
        abort();
    snprintf(proxy->conninfo, sizeof proxy->conninfo, "host=127.0.0.1 port=%d",
             ntohs(address.sin_port));
    return fd;
}

struct proxy *proxy_start(const char *server_path, int server_port)
{
    struct proxy *proxy = calloc(1, sizeof *proxy);

    if (proxy == NULL || pipe2(proxy->wake, O_CLOEXEC) != 0)
        abort();
    pthread_mutex_init(&proxy->lock, NULL);
    proxy->server_port = server_port;
    if (server_path != NULL)
        snprintf(proxy->server_path, sizeof proxy->server_path, "%s", server_path);
    proxy->listener = server_path != NULL ? listen_on_path(proxy) : listen_on_port(proxy);
    if (listen(proxy->listener, 64) != 0 || pthread_create(&proxy->thread, NULL, run, proxy) != 0)
        abort();
    return proxy;
}

void proxy_stop(struct proxy *proxy)
{
    char path[100];

    proxy_drop(proxy);
    pthread_mutex_lock(&proxy->lock);
    proxy->stopping = true;
    wake(proxy);
    pthread_mutex_unlock(&proxy->lock);
    pthread_join(proxy->thread, NULL);
    if (proxy->directory[0] != '\0') {
        snprintf(path, sizeof path, "%s/.s.PGSQL.5432", proxy->directory);
        unlink(path);
        rmdir(proxy->directory);
    }
    close(proxy->listener);
    close(proxy->wake[0]);
    close(proxy->wake[1]);
    free(proxy);
}

const char *proxy_conninfo(const struct proxy *proxy)
{
    return proxy->conninfo;
}

void proxy_set(struct proxy *proxy, const struct fault *fault)
{
    pthread_mutex_lock(&proxy->lock);
    proxy->fault = fault != NULL ? *fault : (struct fault){0};
    proxy->count[TO_SERVER] = proxy->count[TO_CLIENT] = 0;
    proxy->failed = false;
    wake(proxy);
    pthread_mutex_unlock(&proxy->lock);
}

size_t proxy_count(struct proxy *proxy, enum direction direction)
{
    pthread_mutex_lock(&proxy->lock);
    size_t count = proxy->count[direction];
    pthread_mutex_unlock(&proxy->lock);
    return count;
}

bool proxy_has_failed(struct proxy *proxy)
{
    pthread_mutex_lock(&proxy->lock);
    bool failed = proxy->failed;
    pthread_mutex_unlock(&proxy->lock);
    return failed;
}

size_t proxy_cancels(struct proxy *proxy)
{
    pthread_mutex_lock(&proxy->lock);
    size_t cancels = proxy->cancels;
    pthread_mutex_unlock(&proxy->lock);
    return cancels;
}

void proxy_drop(struct proxy *proxy)
{
    pthread_mutex_lock(&proxy->lock);
    for (size_t i = 0; i < MAX_LINKS; i++)
        if (proxy->links[i] != NULL)
            close_link(proxy, i);
    wake(proxy);
    pthread_mutex_unlock(&proxy->lock);
}

void proxy_listen(struct proxy *proxy, proxy_listener *listener, void *context)
{
    pthread_mutex_lock(&proxy->lock);
    proxy->hears = listener;
    proxy->context = context;
    pthread_mutex_unlock(&proxy->lock);
}
