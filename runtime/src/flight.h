/* A request on the wire: flight.c moves it in turns that never wait, wait.c waits. */
#ifndef TENON_FLIGHT_H
#define TENON_FLIGHT_H

#include <libpq-fe.h>

#include <tenon/generated.h>
#include <tenon/tenon.h>

#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
/** Keeps a function out of those that call it, which are shorter for that when it is not needed. */
#define TENON_APART __attribute__((noinline, cold))
#else
#define TENON_APART
#endif

/** A request on the wire, from its first byte to ReadyForQuery; then what is known of it. */
struct flight {
    int64_t deadline;      /* on the monotonic clock, in nanoseconds */
    int64_t bytes;         /* received so far, but for the first turns */
    int64_t max_bytes;     /* INT64_MAX: no limit */
    int turns;             /* that had to wait */
    ExecStatusType status; /* of the result that came last */
    int n_ends;            /* of commands in a pipeline, without anything between */
    bool whole;            /* the last message has been handed to libpq */
    bool unsent;           /* libpq holds back a part */
    bool broken;           /* no more can be read: libpq makes a result of the reason */
    bool answered;         /* a result has come */
    bool owes_end;         /* of a pipeline: the NULL behind a result needs no more bytes */
    bool pipelined;        /* ends with the result of Sync, not with NULL */
    bool ended;            /* ReadyForQuery has come */
    bool refused;          /* the server answered with an ERROR */
    bool garbled;          /* a result came that libpq could not read */
    tenon_status ends_as;  /* TIMEOUT, TOO_LARGE: a request to cancel has been made, and answered */
};

/* flight.c */

/** A deadline that is set at the first wait: a call that need not wait never looks at the clock. */
#define TENON_DEADLINE_LATER INT64_MIN

/** Forgets the last flight: a new request is about to be handed to libpq. */
void tenon__depart(tenon_db *db);
/** Enters libpq's pipeline mode for the flight. */
bool tenon__enter_pipeline(tenon_db *db);
/** Says that the last message is in libpq's hands. */
void tenon__sent(tenon_db *db);
enum turn {
    TURN_RESULT, /* *result is the next result, never NULL, or behind a pipeline's command NULL */
    TURN_ENDED,  /* ReadyForQuery */
    TURN_WAITS,  /* for the server to send, or while `unsent` to take */
};
/** One turn: sends what can be sent and gives a result if there is one. Never waits. */
enum turn tenon__turn(tenon_db *db, PGresult **result);
/** Reads what has come, after a wait. False: more than the limit. */
bool tenon__take_in(tenon_db *db);
/** Closes the connection for good. */
TENON__COLD void tenon__lose(tenon_db *db);
/** What a call has done that ended now; `may_commit`: whatever the server said. */
tenon_effect tenon__effect(const tenon_db *db, bool may_commit);

/* wait.c */

int64_t tenon__now_ns(void);
/** ms milliseconds from now; negative: never, INT64_MAX. */
int64_t tenon__deadline_in(int ms);
/** Waits for a socket until the deadline: 1 ready, 0 too late, even if it is ready, -1 error. */
int tenon__poll(int fd, bool for_write, int64_t deadline);
/** Waits for what the flight waits for, and takes it in. At the deadline, or above the limit of
 *  bytes, the server is asked to cancel, and the flight has a last tenth of a second; a second time
 *  the connection is closed. Another status than TENON_OK is a failure, recorded, with the
 *  connection closed. */
tenon_status tenon__wait(tenon_db *db, const char *query);
/** The blocking form of tenon__turn: TURN_WAITS never comes back. False: recorded, closed. */
bool tenon__receive(tenon_db *db, const char *query, PGresult **result, tenon_status *status);
/** Whether an idle connection is still open as far as can be told without asking the server. */
bool tenon__is_alive(tenon_db *db);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#endif
