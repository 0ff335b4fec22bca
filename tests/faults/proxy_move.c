/* How bytes pass one link, and how they fail to. */
#include "proxy_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define CANCEL_CODE 80877102

int64_t proxy_now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int connect_to_server(const struct proxy *proxy)
{
    struct sockaddr_un path = {.sun_family = AF_UNIX};
    struct sockaddr_in port = {.sin_family = AF_INET};
    bool local = proxy->server_path[0] != '\0';
    int fd = socket(local ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int failed;

    snprintf(path.sun_path, sizeof path.sun_path, "%.100s", proxy->server_path);
    port.sin_port = htons((uint16_t)proxy->server_port);
    port.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    failed = local ? connect(fd, (const struct sockaddr *)&path, sizeof path)
                   : connect(fd, (const struct sockaddr *)&port, sizeof port);
    if (failed != 0) {
        close(fd);
        return -1;
    }
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

/* Finds out what a new client wants, and connects it. False: it is to be closed. */
static bool introduce(struct proxy *proxy, struct link *link)
{
    unsigned char head[8];
    int hold = proxy->fault.cancel_hold_ms;

    if (!link->known) {
        ssize_t n = recv(link->fd[TO_CLIENT], head, sizeof head, MSG_PEEK);
        if (n == 0 || (n < 0 && errno != EAGAIN))
            return false;
        if (n < 8)
            return true;
        link->known = true;
        link->is_cancel = ((uint32_t)head[4] << 24 | (uint32_t)head[5] << 16 |
                           (uint32_t)head[6] << 8 | head[7]) == CANCEL_CODE;
        proxy->cancels += link->is_cancel;
    }
    if (link->is_cancel &&
        (hold == CANCEL_HELD_FOR_EVER || proxy_now_us() < link->since_us + (int64_t)hold * 1000))
        return true;
    link->fd[TO_SERVER] = connect_to_server(proxy);
    return link->fd[TO_SERVER] >= 0;
}

/* How much of the buffer may go now, as the fault will have it. */
static size_t allowed(struct proxy *proxy, const struct link *link, enum direction to)
{
    const struct fault *fault = &proxy->fault;
    size_t n = link->pipe[to].length - link->pipe[to].sent;

    if (fault->chunk[to] > 0 && n > fault->chunk[to])
        n = fault->chunk[to];
    if (link->is_cancel || fault->direction != to || proxy->failed)
        return n;
    if ((fault->kind == FAULT_CUT || fault->kind == FAULT_FREEZE) &&
        n > fault->at - proxy->count[to])
        n = fault->at - proxy->count[to];
    return n;
}

static bool has_come_to_fault(const struct proxy *proxy, enum direction to)
{
    return !proxy->failed && proxy->fault.direction == to &&
           (proxy->fault.kind == FAULT_CUT || proxy->fault.kind == FAULT_FREEZE) &&
           proxy->count[to] >= proxy->fault.at;
}

static void flip(struct proxy *proxy, struct link *link, enum direction to)
{
    struct pipe_end *pipe = &link->pipe[to];
    size_t from = proxy->count[to], here = proxy->fault.at - from;

    if (proxy->failed || proxy->fault.kind != FAULT_FLIP || proxy->fault.direction != to ||
        link->is_cancel || proxy->fault.at < from || here >= pipe->length - pipe->sent)
        return;
    pipe->bytes[pipe->sent + here] ^= (unsigned char)(1 << proxy->fault.bit);
    proxy->failed = true;
}

/* Writes what may go. False: the link is to be closed. */
static bool write_part(struct proxy *proxy, struct link *link, enum direction to)
{
    struct pipe_end *pipe = &link->pipe[to];
    size_t n = allowed(proxy, link, to);

    if (n > 0) {
        flip(proxy, link, to);
        ssize_t sent = send(link->fd[to], pipe->bytes + pipe->sent, n, MSG_NOSIGNAL);
        if (sent < 0)
            return errno == EAGAIN;
        if (proxy->hears != NULL && !link->is_cancel)
            proxy->hears(proxy->context, to, pipe->bytes + pipe->sent, (size_t)sent);
        pipe->sent += (size_t)sent;
        if (!link->is_cancel)
            proxy->count[to] += (size_t)sent;
        pipe->not_before_us = proxy_now_us() + proxy->fault.pause_us[to];
    }
    if (!link->is_cancel && has_come_to_fault(proxy, to)) {
        proxy->failed = link->frozen = true;
        return proxy->fault.kind == FAULT_FREEZE;
    }
    return true;
}

/* Moves bytes one way. False: the link is to be closed. */
static bool move(struct proxy *proxy, struct link *link, enum direction to)
{
    struct pipe_end *pipe = &link->pipe[to];

    if (link->frozen)
        return true;
    if (!link->is_cancel && has_come_to_fault(proxy, to))
        return write_part(proxy, link, to);
    if (pipe->sent == pipe->length) {
        ssize_t n = recv(link->fd[1 - to], pipe->bytes, sizeof pipe->bytes, 0);
        if (n == 0 || (n < 0 && errno != EAGAIN))
            return false;
        pipe->length = n < 0 ? 0 : (size_t)n;
        pipe->sent = 0;
    }
    if (pipe->sent < pipe->length && proxy_now_us() >= pipe->not_before_us)
        return write_part(proxy, link, to);
    return true;
}

bool proxy_serve(struct proxy *proxy, struct link *link)
{
    if (link->fd[TO_SERVER] < 0)
        return introduce(proxy, link);
    /* Both, so that a farewell on its way is not lost with the other side's end. */
    bool to_client = move(proxy, link, TO_CLIENT);
    return move(proxy, link, TO_SERVER) && to_client;
}
