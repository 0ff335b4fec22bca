/* What the files that open a connection share:
 *
 *     conninfo.c     which hosts there are to try      resolve.c       their names into addresses
 *     connect.c      the attempts, one after another   attempt.c       one of them
 *     connect_text.c why it failed
 *
 * Everything is allocated in the connection's scratch arena, which connect.c rewinds at the end. */
#ifndef TENON_CONNECT_H
#define TENON_CONNECT_H

#include "internal.h"

#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
#endif

/** One entry of the lists host, hostaddr and port. Absent parts are "". */
struct host {
    char *name;
    char *address;
    char *port;
    bool answered; /* it let us in, and was of the wrong kind for target_session_attrs */
};

struct targets {
    const char *conninfo; /* without what this libpq does not know */
    struct host *hosts;
    size_t n_hosts;
    bool has_names;            /* `host` is set, if to a list of nothing */
    bool has_addresses;        /* the same of `hostaddr` */
    const char *session_attrs; /* target_session_attrs */
    const char *options;       /* the parameter of that name, or "" */
    int64_t timeout_ns;        /* connect_timeout, of each attempt; INT64_MAX: none */
    bool shuffled;             /* load_balance_hosts=random */
};

/** Finds out what conninfo, its service and the environment say. On failure db's error is set:
 *  TENON_INVALID_ARGUMENT with libpq's text, TENON_OUT_OF_MEMORY. */
tenon_status tenon__find_targets(tenon_db *db, const char *conninfo, struct targets *targets);

/** The options of a connection, for PQconninfoFree(); NULL when there is no memory. PQconninfo()
 * itself leaves out, and does not say so, a value that there was no memory for. */
PQconninfoOption *tenon__options_of(PGconn *conn);

/** Numeric addresses. */
struct addresses {
    char **items;
    size_t count;
};

/** Looks a host's name up by the deadline. A literal address is found at once. On failure *why says
 *  so in words: TENON_TIMEOUT, TENON_CONNECTION_LOST (there is no such name), TENON_OUT_OF_MEMORY.
 */
tenon_status tenon__resolve(const char *name, int64_t deadline, tenon_arena *mem,
                            struct addresses *found, const char **why);

/** What libpq says of a failed attempt at PQERRORS_VERBOSE. */
struct connect_text {
    char *message;        /* as at the default verbosity, without the newline at the end */
    char sqlstate[6];     /* of what the server said last; "" if it said nothing */
    const char *severity; /* not translated; "" */
};

/** Takes the text apart; message is NULL when there is no memory. */
struct connect_text tenon__read_connect_text(tenon_arena *mem, const char *text);

/** What an attempt comes to: a connection, the next attempt, or the end of all. */
enum outcome { CONNECTED, LEADS_ON, ENDS };

struct attempts {
    tenon_db *db;
    tenon_arena *mem;
    int64_t deadline;
    struct targets targets;
    const char *options; /* to send; NULL: what libpq makes of the string */
    size_t n_left;       /* hosts that are still to be tried */

    /* The attempts that have failed: of the last one, but the words of all. */
    tenon_status status;
    struct connect_text last;
    char *report;
};

/** What one attempt is made with. */
struct attempt {
    struct host *host;
    const char *address; /* numeric; "": a socket of this machine */
    const char *session_attrs;
    int64_t begin;
    int64_t deadline;
};

/** Makes one attempt. When it is CONNECTED, db->conn is the connection; else why not is added to
 * the report. */
enum outcome tenon__attempt(struct attempts *all, const struct attempt *attempt);
/** Adds to the report why an attempt failed that never came to libpq. */
enum outcome tenon__attempt_failed(struct attempts *all, const struct attempt *attempt,
                                   tenon_status status, const char *why);
/** What all attempts come to when there is no memory. */
enum outcome tenon__attempts_lack_memory(struct attempts *all);
/** Text in an arena; NULL when there is no memory. */
char *tenon__format(tenon_arena *mem, const char *format, ...) TENON_PRINTF(2, 3);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#endif
