/* Waiting, by a deadline. The clock is looked at before each wait, also while the peer keeps
 * sending: that something can be read does not make a call that is too late less so.
 *
 * At its deadline a call has the server cancel the statement, which would go on and keep its locks
 * otherwise, and reads on for a last moment: an answer that arrives meanwhile is the answer. The
 * connection is kept only if the server took the request and the call has ended; else it is closed
 * on the spot, for what came later would be taken for the answer to another call. */
#include "internal.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <time.h>

/* Bytes that may still come behind a request to cancel because of too many. */
#define LAST_BYTES (INT64_C(16) << 20)

/* Where nobody can tell what a TLS library holds back, waits are short. */
#define BLIND_WAIT_NS INT64_C(10000000)

int64_t tenon__now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t tenon__deadline_in(int ms)
{
    return ms < 0 ? INT64_MAX : tenon__now_ns() + (int64_t)ms * 1000000;
}

/* What is left of the time, for poll(): rounded up, so that it never spins; -1 for ever. */
static int remaining_ms(int64_t deadline, int64_t now)
{
    if (deadline == INT64_MAX)
        return -1;
    int64_t left = deadline - now;
    if (left <= 0)
        return 0;
    left = (left + 999999) / 1000000;
    return left > INT_MAX ? INT_MAX : (int)left;
}

/* A poll has been interrupted, or has come to its end; that may be before the deadline. */
static TENON_APART int poll_again(struct pollfd *poll_fd, int64_t deadline)
{
    for (;;) {
        int left = remaining_ms(deadline, tenon__now_ns());
        if (left == 0)
            return 0;
        int ready = poll(poll_fd, 1, left);
        if (ready > 0)
            return 1;
        if (ready < 0 && errno != EINTR)
            return -1;
    }
}

/* The clock has been looked at just now. */
static int poll_from(int fd, bool for_write, int64_t deadline, int64_t now)
{
    struct pollfd poll_fd = {.fd = fd, .events = (short)(POLLIN | (for_write ? POLLOUT : 0))};
    int left = remaining_ms(deadline, now);

    if (left == 0)
        return 0;
    int ready = poll(&poll_fd, 1, left);
    if (ready > 0)
        return 1;
    return ready < 0 && errno != EINTR ? -1 : poll_again(&poll_fd, deadline);
}

int tenon__poll(int fd, bool for_write, int64_t deadline)
{
    return poll_from(fd, for_write, deadline, tenon__now_ns());
}

bool tenon__is_alive(tenon_db *db)
{
    if (db->lost)
        return false;
    struct pollfd poll_fd = {.fd = PQsocket(db->conn), .events = POLLIN};
    /* What can be read is a notice or a parameter, or a farewell and behind it the end. A server
     * that has so much to say while nobody asked it is none to talk to. */
    for (int i = 0; poll(&poll_fd, 1, 0) != 0; i++)
        if (i == 100 || !PQconsumeInput(db->conn) || PQisBusy(db->conn) ||
            PQstatus(db->conn) != CONNECTION_OK)
            return false;
    return true;
}

/* Whether the server has taken a request to cancel, and may end the call by itself. */
static bool has_canceled(tenon_db *db)
{
    struct flight *flight = &db->flight;
    int64_t deadline = tenon__deadline_in(TENON_CANCEL_MS);

    if (!flight->whole || flight->unsent || db->keeps_running)
        return false;
    if (!tenon__cancel(db->canceller, deadline) || db->unnamed)
        return false;
    flight->deadline = deadline;
    if (flight->max_bytes != INT64_MAX)
        flight->max_bytes = flight->bytes + LAST_BYTES;
    return true;
}

/* A limit has been met. */
static TENON_APART tenon_status overrun(tenon_db *db, const char *query, tenon_status status)
{
    if (db->flight.ends_as == TENON_OK && has_canceled(db)) {
        db->flight.ends_as = status;
        return TENON_OK;
    }
    if (db->flight.ends_as != TENON_OK)
        status = db->flight.ends_as;
    tenon__lose(db);
    if (status == TENON_TOO_LARGE)
        return tenon__fail(db, query, status,
                           "query %s: the answer has more than %lld bytes: the connection has been "
                           "closed",
                           query == NULL ? "" : query, (long long)db->limits.max_bytes);
    return tenon__fail(db, query, status,
                       "no answer within the deadline: the connection has been closed");
}

/* Bytes that a TLS library has decrypted and libpq has not read are not seen by poll(). */
static TENON_APART int wait_for_tls(tenon_db *db, int64_t now)
{
    struct flight *flight = &db->flight;
    int64_t until = flight->deadline;
    int fd = PQsocket(db->conn);

    if (now >= until)
        return 0;
    if (db->tls_pending != NULL)
        return db->tls_pending(db->tls) > 0 ? 1 : poll_from(fd, flight->unsent, until, now);
    if (until - now > BLIND_WAIT_NS)
        until = now + BLIND_WAIT_NS;
    return poll_from(fd, flight->unsent, until, now) < 0 ? -1 : 1;
}

static int wait_for_socket(tenon_db *db)
{
    struct flight *flight = &db->flight;
    int64_t now = tenon__now_ns();

    if (flight->deadline == TENON_DEADLINE_LATER)
        flight->deadline = db->timeout_ms < 0 ? INT64_MAX : now + (int64_t)db->timeout_ms * 1000000;
    if (db->encrypted)
        return wait_for_tls(db, now);
    return poll_from(PQsocket(db->conn), flight->unsent, flight->deadline, now);
}

tenon_status tenon__wait(tenon_db *db, const char *query)
{
    int ready = wait_for_socket(db);

    if (ready > 0)
        return tenon__take_in(db) ? TENON_OK : overrun(db, query, TENON_TOO_LARGE);
    if (ready == 0)
        return overrun(db, query, TENON_TIMEOUT);
    int error = errno;
    tenon__lose(db);
    return tenon__fail(db, query, TENON_CONNECTION_LOST, "cannot wait for the server: %s",
                       strerror(error));
}

bool tenon__receive(tenon_db *db, const char *query, PGresult **result, tenon_status *status)
{
    while (tenon__turn(db, result) == TURN_WAITS) {
        *status = tenon__wait(db, query);
        if (*status != TENON_OK)
            return false;
    }
    return true;
}
