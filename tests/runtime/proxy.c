/* One thread and one poll over all connections, each a pair of sockets. */
#include "proxy.h"

#include <check.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "server.h"

#define MAX_LINKS 64
#define TICK_MS 5 /* how often what was held back is looked at again */

struct link {
    int client, server; /* -1: a free place */
    bool is_cancel, begun, server_spoke;
};

static bool send_all(int to, const char *data, ssize_t length)
{
    for (ssize_t n; length > 0; data += n, length -= n) {
        n = send(to, data, (size_t)length, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
    }
    return true;
}

static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    ck_assert_uint_lt(strlen(path), sizeof address.sun_path);
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (connect(fd, (const struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    close(fd);
    return -1;
}

static void drop(struct link *link)
{
    close(link->client);
    close(link->server);
    link->client = link->server = -1;
}

static void take_client(struct proxy *proxy, struct link *links)
{
    int client = accept(proxy->listener, NULL, NULL);

    for (int i = 0; i < MAX_LINKS && client >= 0; i++)
        if (links[i].client < 0) {
            links[i] = (struct link){client, connect_to(proxy->server_path), false, false, true};
            if (links[i].server < 0)
                drop(&links[i]);
            return;
        }
    close(client);
}

/* Whether what a new client says first is a request to cancel. */
static bool asks_to_cancel(const struct link *link)
{
    static const unsigned char code[] = {0, 0, 0, 16, 4, 210, 22, 46};
    unsigned char head[sizeof code];

    return !link->begun && recv(link->client, head, sizeof head, MSG_PEEK) == sizeof head &&
           memcmp(head, code, sizeof code) == 0;
}

static void pass_up(struct proxy *proxy, struct link *link)
{
    static char data[1 << 16];

    if (asks_to_cancel(link)) {
        if (proxy->hold_cancels) {
            pause_ms(1);
            return;
        }
        link->is_cancel = true;
        proxy->cancels++;
    }
    ssize_t n = recv(link->client, data, sizeof data, 0);
    bool ends = n <= 0 || (link->is_cancel && proxy->drop_cancels);
    if (ends || !send_all(link->server, data, n)) {
        drop(link);
        return;
    }
    link->begun = true;
    if (link->is_cancel)
        return;
    proxy->bytes_up += n;
    proxy->turns += link->server_spoke;
    link->server_spoke = false;
}

/* Turns ReadyForQuery at the end of what is there into one of the other state. */
static bool turn_state(char *data, ssize_t length)
{
    static const char ready[] = {'Z', 0, 0, 0, 5};

    if (length <= (ssize_t)sizeof ready ||
        memcmp(data + length - 1 - sizeof ready, ready, sizeof ready) != 0)
        return false;
    data[length - 1] = data[length - 1] == 'I' ? 'T' : 'I';
    return true;
}

static void pass_down(struct proxy *proxy, struct link *link)
{
    static char data[1 << 16];
    ssize_t n = recv(link->server, data, sizeof data, 0);

    if (n > 0 && !link->is_cancel && proxy->cut_answer) {
        proxy->cut_answer = false;
        n = 0;
    }
    if (proxy->lie_of_state && turn_state(data, n))
        proxy->lie_of_state = false;
    link->server_spoke = true;
    if (n <= 0 || !send_all(link->client, data, n))
        drop(link);
}

static void *serve(void *context)
{
    struct proxy *proxy = context;
    struct link links[MAX_LINKS] = {{0}};
    struct pollfd fds[1 + 2 * MAX_LINKS];

    for (int i = 0; i < MAX_LINKS; i++)
        links[i].client = links[i].server = -1;
    while (!proxy->stops) {
        fds[0] = (struct pollfd){proxy->listener, POLLIN, 0};
        for (int i = 0; i < MAX_LINKS; i++) {
            bool held = proxy->hold_answers && !links[i].is_cancel;
            fds[1 + 2 * i] = (struct pollfd){links[i].client, POLLIN, 0};
            fds[2 + 2 * i] = (struct pollfd){held ? -1 : links[i].server, POLLIN, 0};
        }
        poll(fds, 1 + 2 * MAX_LINKS, TICK_MS);
        for (int i = 0; i < MAX_LINKS; i++) {
            if (fds[1 + 2 * i].fd >= 0 && fds[1 + 2 * i].revents != 0)
                pass_up(proxy, &links[i]);
            if (links[i].client >= 0 && fds[2 + 2 * i].fd >= 0 && fds[2 + 2 * i].revents != 0)
                pass_down(proxy, &links[i]);
        }
        if (fds[0].revents != 0)
            take_client(proxy, links);
    }
    for (int i = 0; i < MAX_LINKS; i++)
        if (links[i].client >= 0)
            drop(&links[i]);
    return NULL;
}

void proxy_start(struct proxy *proxy)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    PGconn *conn = PQconnectdb(server_conninfo);

    memset(proxy, 0, sizeof *proxy);
    ck_assert_int_eq(PQstatus(conn), CONNECTION_OK);
    snprintf(proxy->server_path, sizeof proxy->server_path, "%s/.s.PGSQL.%s", PQhost(conn),
             PQport(conn));
    strcpy(proxy->directory, "/tmp/tenon-proxy-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(proxy->directory));
    snprintf(proxy->conninfo, sizeof proxy->conninfo, "host=%s port=5432 user=%s dbname=%s",
             proxy->directory, PQuser(conn), PQdb(conn));
    PQfinish(conn);
    snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", proxy->directory);
    proxy->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(bind(proxy->listener, (const struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(proxy->listener, 8), 0);
    ck_assert_int_eq(pthread_create(&proxy->thread, NULL, serve, proxy), 0);
}

void proxy_stop(struct proxy *proxy)
{
    char path[128];

    proxy->stops = true;
    pthread_join(proxy->thread, NULL);
    close(proxy->listener);
    snprintf(path, sizeof path, "%s/.s.PGSQL.5432", proxy->directory);
    unlink(path);
    rmdir(proxy->directory);
}
