/* One attempt to connect: libpq's own steps, polled, with one address in the place of all, and what
 * is to be said when they lead nowhere. */
#include "connect.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#define CANNOT_CONNECT_NOW "57P03"

static void ignore_notice(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

/* --- What is said in the end --- */

char *tenon__format(tenon_arena *mem, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = length < 0 ? NULL : tenon_arena_alloc(mem, (size_t)length + 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}

enum outcome tenon__attempts_lack_memory(struct attempts *all)
{
    all->status = TENON_OUT_OF_MEMORY;
    return ENDS;
}

/* Adds an attempt's failure to the report. */
static enum outcome lead_on(struct attempts *all, tenon_status status, struct connect_text text)
{
    if (text.message == NULL)
        return tenon__attempts_lack_memory(all);
    all->status = status;
    all->last = text;
    all->report = all->report == NULL
                      ? text.message
                      : tenon__format(all->mem, "%s\n%s", all->report, text.message);
    return all->report == NULL ? tenon__attempts_lack_memory(all) : LEADS_ON;
}

/* In libpq's way. NULL when there is no memory. */
static const char *place_of(tenon_arena *mem, const struct attempt *attempt)
{
    const struct host *host = attempt->host;
    const char *address = attempt->address;

    if (*host->name == '/' && *address == '\0')
        return tenon__format(mem, "on socket \"%s/.s.PGSQL.%s\"", host->name, host->port);
    if (*host->name == '\0' && *address == '\0')
        return "on the default socket";
    if (*host->name != '\0' && *address != '\0' && strcmp(host->name, address) != 0)
        return tenon__format(mem, "at \"%s\" (%s), port %s", host->name, address, host->port);
    return tenon__format(mem, "at \"%s\", port %s", *address == '\0' ? host->name : address,
                         host->port);
}

/* The same as lead_on for what libpq does not word. */
enum outcome tenon__attempt_failed(struct attempts *all, const struct attempt *attempt,
                                   tenon_status status, const char *why)
{
    struct connect_text text = {NULL, "", ""};
    const char *place = place_of(all->mem, attempt);

    if (place != NULL)
        text.message = tenon__format(all->mem, "connection to server %s failed: %s", place, why);
    return lead_on(all, status, text);
}

/* --- One attempt --- */

/* What is left of the time, in milliseconds for poll, rounded up; 0 only when it is over. */
static int remaining_ms(int64_t deadline)
{
    if (deadline == INT64_MAX)
        return -1;
    int64_t left = deadline - tenon__now_ns();
    if (left <= 0)
        return 0;
    left = (left + 999999) / 1000000;
    return left > INT_MAX ? INT_MAX : (int)left;
}

/* The clock comes before the socket: a peer that never ceases to send must not keep us. Returns 0
 * when the socket is ready, or an errno. */
static int wait_for(PGconn *conn, PostgresPollingStatusType step, int64_t deadline)
{
    /* It may be another one than before. */
    struct pollfd poll_fd = {.fd = PQsocket(conn),
                             .events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT};

    for (;;) {
        int left = remaining_ms(deadline);
        if (left == 0)
            return ETIMEDOUT;
        int ready = poll(&poll_fd, 1, left);
        if (ready > 0)
            return 0;
        if (ready < 0 && errno != EINTR)
            return errno;
    }
}

/* libpq passes over an empty value, as if the string's own were wanted. Where a list is to have one
 * item that is empty, it gets two. */
static const char *one_item(tenon_arena *mem, const char *item, bool twice)
{
    return twice ? tenon__format(mem, "%s,%s", item, item) : item;
}

static PGconn *start(struct attempts *all, const struct attempt *attempt)
{
    const struct targets *targets = &all->targets;
    const struct host *host = attempt->host;
    bool has_address = targets->has_addresses || *attempt->address != '\0';
    bool twice = (targets->has_names && *host->name == '\0') ||
                 (has_address && *attempt->address == '\0') || *host->port == '\0';
    /* What stands behind dbname overrides the string. */
    const char *keywords[] = {"fallback_application_name",
                              "dbname",
                              "client_encoding",
                              "target_session_attrs",
                              "port",
                              "host",
                              "hostaddr",
                              "options",
                              NULL};
    const char *values[] = {"tenon",
                            targets->conninfo,
                            "UTF8",
                            attempt->session_attrs,
                            one_item(all->mem, host->port, twice),
                            targets->has_names ? one_item(all->mem, host->name, twice) : "",
                            has_address ? one_item(all->mem, attempt->address, twice) : "",
                            all->options,
                            NULL};

    /* A NULL would be passed over, too: the list in the string would be tried. */
    if (values[4] == NULL || values[5] == NULL || values[6] == NULL)
        return NULL;
    return PQconnectStartParams(keywords, values, 1);
}

/* libpq was given an address and tells of nothing else: puts the name back to it, as libpq has it
 * for names that it looks up itself. NULL when there is no memory. */
static char *name_host(tenon_arena *mem, const struct attempt *attempt, char *message)
{
    const char *name = attempt->host->name, *address = attempt->address;

    if (*attempt->host->address != '\0' || *address == '\0' || strcmp(name, address) == 0)
        return message;
    const char *quoted = tenon__format(mem, "\"%s\"", address);
    for (char *at = message; quoted != NULL && (at = strstr(at, quoted)) != NULL;) {
        size_t before = (size_t)(at - message), after = before + strlen(quoted);
        message = tenon__format(mem, "%.*s\"%s\" (%s)%s", (int)before, message, name, address,
                                message + after);
        if (message == NULL)
            return NULL;
        at = message + after + strlen(name);
    }
    return quoted == NULL ? NULL : message;
}

static enum outcome fail_attempt(struct attempts *all, const struct attempt *attempt, PGconn *conn)
{
    struct connect_text text = tenon__read_connect_text(all->mem, PQerrorMessage(conn));
    bool refused = *text.sqlstate != '\0' && strcmp(text.sqlstate, CANNOT_CONNECT_NOW) != 0;

    /* It has told us its version, so it had let us in: libpq did not like its kind. */
    attempt->host->answered =
        *text.sqlstate == '\0' && PQparameterStatus(conn, "server_version") != NULL;
    if (text.message != NULL)
        text.message = name_host(all->mem, attempt, text.message);
    enum outcome outcome = lead_on(all, TENON_CONNECTION_LOST, text);
    return refused || PQconnectionNeedsPassword(conn) ? ENDS : outcome;
}

static enum outcome end_in_time(struct attempts *all, const struct attempt *attempt)
{
    char *why = tenon__format(all->mem, "not connected within %" PRId64 " ms",
                              (tenon__now_ns() - attempt->begin) / 1000000);

    if (why == NULL)
        return tenon__attempts_lack_memory(all);
    return tenon__attempt_failed(all, attempt, TENON_TIMEOUT, why);
}

/* A server that does not heed client_encoding would have every text misread. */
static enum outcome accept_connection(struct attempts *all, const struct attempt *attempt,
                                      PGconn *conn)
{
    const char *encoding = PQparameterStatus(conn, "client_encoding");

    if (PQclientEncoding(conn) != pg_char_to_encoding("UTF8")) {
        char *why = tenon__format(all->mem, "its client_encoding is %s, though UTF8 was asked for",
                                  encoding == NULL ? "not known" : encoding);
        if (why == NULL)
            return tenon__attempts_lack_memory(all);
        return tenon__attempt_failed(all, attempt, TENON_PROTOCOL_VIOLATION, why);
    }
    PQsetErrorVerbosity(conn, PQERRORS_DEFAULT);
    all->db->conn = conn;
    return CONNECTED;
}

/* Takes the steps of libpq until it is done or the time is over. */
static enum outcome poll_by(struct attempts *all, const struct attempt *attempt, PGconn *conn)
{
    PostgresPollingStatusType step =
        PQstatus(conn) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;

    while (step == PGRES_POLLING_READING || step == PGRES_POLLING_WRITING) {
        int failure = wait_for(conn, step, attempt->deadline);
        if (failure == ETIMEDOUT)
            return end_in_time(all, attempt);
        if (failure != 0)
            return tenon__attempt_failed(all, attempt, TENON_CONNECTION_LOST, strerror(failure));
        step = PQconnectPoll(conn);
    }
    return step == PGRES_POLLING_OK ? accept_connection(all, attempt, conn)
                                    : fail_attempt(all, attempt, conn);
}

enum outcome tenon__attempt(struct attempts *all, const struct attempt *attempt)
{
    PGconn *conn = start(all, attempt);

    if (conn == NULL)
        return tenon__attempts_lack_memory(all);
    PQsetNoticeReceiver(conn, ignore_notice, NULL);
    PQsetErrorVerbosity(conn, PQERRORS_VERBOSE);
    enum outcome outcome = poll_by(all, attempt, conn);
    if (outcome != CONNECTED)
        PQfinish(conn);
    return outcome;
}
