/* What is known of the server session, and how it is asked to cancel a call. */
#ifndef TENON_SERVER_H
#define TENON_SERVER_H

#include <libpq-fe.h>

#include <tenon/generated.h>
#include <tenon/tenon.h>

#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
#endif

/* cancel.c */

/** How long a request to cancel may take at a deadline. */
#define TENON_CANCEL_MS 80

#define TENON_CANCEL_UNSETTLED                                                                     \
    "a request to cancel has not been answered: the connection has been closed"

/** What requests to cancel need, from an open connection. NULL: no memory. */
struct canceller *tenon__canceller_create(PGconn *conn);
/** Frees it when no request is under way any more. NULL is allowed. */
void tenon__canceller_release(struct canceller *canceller);
/** Asks the server to cancel what it does for us. True: it has taken the request, and whatever it
 *  gets later is safe. By the thread that uses the connection. */
bool tenon__cancel(struct canceller *canceller, int64_t deadline);
/** Keeps an older one as long as this one, for the threads that have seen it. */
void tenon__canceller_follow(struct canceller *canceller, struct canceller *older);
/** Numbers the call that begins, and waits until no request of another thread is under way, which
 *  might hit it. False: not in time. */
bool tenon__cancel_begin(struct canceller *canceller, int timeout_ms);
/** Whether a call is under way. */
bool tenon__cancel_has_begun(const struct canceller *canceller);
/** Says that the call is over. */
void tenon__cancel_end(struct canceller *canceller);
/** Whether another thread has asked to cancel the call. */
bool tenon__cancel_asked(const struct canceller *canceller);

/* session.c */

/** What is known of a statement in this server session. */
struct prepared {
    uint64_t hash;
    bool known;        /* the server has it */
    bool stale;        /* it has, and its plan is of no use any more */
    unsigned n_doubts; /* how often it got another name: see tenon__prepared_doubt */
    char *name;        /* in the session: the key, and behind it the number of doubts */
    char key[];
};

/** A session's statements. Of a connection that the program owns they stay with the PGconn. */
struct session *tenon__session_create(void);
struct session *tenon__session_of(PGconn *conn);
void tenon__session_destroy(struct session *session);
/** The entry of a statement, added if it is not there. NULL when there is no memory. */
struct prepared *tenon__prepared_find(struct session *session, const tenon__statement *statement);
/** Gives the statement another name: nobody can tell whether the server has it under this one. */
void tenon__prepared_doubt(struct prepared *prepared);
/** The entry that a call has found; NULL: it is sent unnamed. */
static inline struct prepared *tenon__prepared_of(const tenon__call *call)
{
    return (struct prepared *)call->prepared;
}
/** Forgets all: the server session is another one. */
void tenon__session_forget(struct session *session);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#endif
