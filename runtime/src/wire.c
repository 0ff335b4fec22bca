/* Sending and receiving by a deadline. The connection is in non-blocking mode: libpq never waits,
 * this file does, with poll() and the time that is left. When it runs out, or the connection
 * breaks, the connection is closed on the spot: whatever comes later belongs to a call that has
 * been given up, and must not be taken for the answer to another one. */
#include "internal.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

int64_t tenon__now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void tenon__lose(tenon_db *db)
{
    if (db->lost)
        return;
    db->lost = true;
    db->streaming = false;
    if (db->conn == NULL)
        return;
    /* The socket first, so that PQfinish has nobody to say goodbye to; and the owner of a wrapped
     * connection finds it dead. */
    if (PQsocket(db->conn) >= 0)
        shutdown(PQsocket(db->conn), SHUT_RDWR);
    if (db->owned) {
        PQfinish(db->conn);
        db->conn = NULL;
    }
}

bool tenon__is_alive(tenon_db *db)
{
    if (db->lost)
        return false;
    struct pollfd poll_fd = {.fd = PQsocket(db->conn), .events = POLLIN};
    /* What can be read is a notice or a parameter, or a farewell and behind it the end. */
    while (poll(&poll_fd, 1, 0) != 0)
        if (!PQconsumeInput(db->conn) || PQisBusy(db->conn) || PQstatus(db->conn) != CONNECTION_OK)
            return false;
    return true;
}

tenon_status tenon__check_usable(tenon_db *db, const char *query)
{
    if (db->lost)
        return tenon__fail(db, query, TENON_CONNECTION_LOST, "the connection has been lost");
    if (db->streaming)
        return tenon__fail(db, query, TENON_INVALID_ARGUMENT,
                           "the connection is busy with a stream that has not been ended");
    return TENON_OK;
}

/* What is left of the time, in milliseconds for poll: rounded up, so that it never spins. */
static int remaining_ms(const tenon_db *db, int64_t *deadline)
{
    if (*deadline == TENON_DEADLINE_LATER) {
        *deadline =
            db->timeout_ms < 0 ? INT64_MAX : tenon__now_ns() + (int64_t)db->timeout_ms * 1000000;
        return db->timeout_ms;
    }
    if (*deadline == INT64_MAX)
        return -1;
    int64_t left = *deadline - tenon__now_ns();
    if (left <= 0)
        return 0;
    left = (left + 999999) / 1000000;
    return left > INT_MAX ? INT_MAX : (int)left;
}

tenon_status tenon__wait(tenon_db *db, const char *query, int64_t *deadline, bool for_write)
{
    struct pollfd poll_fd = {.fd = PQsocket(db->conn),
                             .events = (short)(POLLIN | (for_write ? POLLOUT : 0))};
    int ready;

    do
        ready = poll(&poll_fd, 1, remaining_ms(db, deadline));
    while (ready < 0 && errno == EINTR);
    if (ready > 0)
        return TENON_OK;
    tenon__lose(db);
    if (ready == 0)
        return tenon__fail(db, query, TENON_TIMEOUT,
                           "no answer within the deadline: the connection has been closed");
    return tenon__fail(db, query, TENON_CONNECTION_LOST, "cannot wait for the server: %s",
                       strerror(errno));
}

/* Sends all that libpq holds back. */
static tenon_status flush(tenon_db *db, const char *query, int64_t *deadline)
{
    for (;;) {
        /* A server that closed the connection may have said why: PQgetResult will tell. */
        if (PQflush(db->conn) <= 0)
            return TENON_OK;
        tenon_status status = tenon__wait(db, query, deadline, true);
        if (status != TENON_OK)
            return status;
        /* The server may be unable to read on before it has been read from. */
        if (!PQconsumeInput(db->conn))
            return TENON_OK;
    }
}

tenon_status tenon__receive(tenon_db *db, const char *query, int64_t *deadline, PGresult **result)
{
    while (PQisBusy(db->conn)) {
        tenon_status status = flush(db, query, deadline);
        if (status == TENON_OK)
            status = tenon__wait(db, query, deadline, false);
        if (status != TENON_OK)
            return status;
        if (!PQconsumeInput(db->conn))
            break; /* PQgetResult makes an error result of it */
    }
    *result = PQgetResult(db->conn);
    return TENON_OK;
}

/* A COPY would go on for ever; only closing ends it safely. */
static tenon_status refuse_copy(tenon_db *db, const char *query)
{
    tenon__lose(db);
    return tenon__fail(db, query, TENON_INVALID_ARGUMENT,
                       "COPY is not supported here: the connection has been closed");
}

tenon_status tenon__run_text(tenon_db *db, const char *name, const char *sql, char *tag,
                             size_t tag_size)
{
    int64_t deadline = TENON_DEADLINE_LATER;
    tenon_status status = TENON_OK;
    PGresult *result;

    if (!PQsendQuery(db->conn, sql))
        return tenon__fail_result(db, name, NULL);
    for (;;) {
        struct saved_error first = tenon__error_save(db);
        tenon_status received = tenon__receive(db, name, &deadline, &result);
        if (received == TENON_OK || status != TENON_OK)
            tenon__error_restore(db, first);
        else
            tenon__error_drop(first);
        if (received != TENON_OK)
            return status != TENON_OK ? status : received;
        if (result == NULL)
            return status;
        switch (PQresultStatus(result)) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_EMPTY_QUERY:
            if (tag != NULL)
                snprintf(tag, tag_size, "%s", PQcmdStatus(result));
            PQclear(result);
            break;
        case PGRES_COPY_IN:
        case PGRES_COPY_OUT:
        case PGRES_COPY_BOTH:
            PQclear(result);
            return refuse_copy(db, name);
        default:
            /* The first error wins: later ones are its consequences. */
            if (status == TENON_OK)
                status = tenon__fail_result(db, name, result);
            else
                PQclear(result);
            if (db->lost)
                return status;
        }
    }
}
