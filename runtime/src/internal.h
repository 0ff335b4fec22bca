/* What the files of the runtime share: the connection, and the floors that a call stands on.
 *
 *   call.c batch.c stream.c copy*.c  what generated code calls
 *   execute.c request.c              a call as a state machine: send, step, finish
 *   command.c                        SQL text of tenon's own, and tenon_exec
 *   wait.c                           the blocking form: deadlines, and what happens at one
 *   flight.c                         one request on the wire, in turns that never wait
 *   libpq
 *
 * Beside them: db.c and connect.h (a connection's life), cancel.c (asking the server to stop),
 * session.c (what the server knows), error.c (the last failure), result.c (a result as cells),
 * bind*.c read*.c convert_*.c (values), arena.c status.c; above: transaction.c retry.c pool.c. */
#ifndef TENON_INTERNAL_H
#define TENON_INTERNAL_H

#include <stdarg.h>
#include <stdatomic.h>

#include <libpq-fe.h>

#include <tenon/generated.h>
#include <tenon/tenon.h>

#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
#define TENON_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define TENON_PRINTF(text, first)
#endif

/** The server's limit of one value and of one message. */
#define TENON_MAX_BYTES TENON__MAX_BYTES

/** From here on servers differ in their OIDs: objects that initdb makes, then those of schemas. */
#define TENON_FIRST_UNPINNED_OID 12000

struct session;
struct prepared;
struct canceller;

/** A request on the wire, from its first byte to ReadyForQuery; then what is known of it. */
struct flight {
    int64_t deadline;     /* on the monotonic clock, in nanoseconds */
    int64_t bytes;        /* received so far, but for the first turns */
    int64_t max_bytes;    /* INT64_MAX: no limit */
    int turns;            /* that had to wait */
    int n_ends;           /* of commands in a pipeline, without anything between */
    bool whole;           /* the last message has been handed to libpq */
    bool unsent;          /* libpq holds back a part */
    bool broken;          /* no more can be read: libpq makes a result of the reason */
    bool owes_end;        /* of a pipeline: the NULL behind a result needs no more bytes */
    bool pipelined;       /* ends with the result of Sync, not with NULL */
    bool ended;           /* ReadyForQuery has come */
    bool refused;         /* the server answered with an ERROR */
    bool garbled;         /* a result came that libpq could not read */
    tenon_status ends_as; /* TIMEOUT, TOO_LARGE: a request to cancel has been made, and answered */
};

/** SQL that goes in front of the next request: a BEGIN that has not been sent, the RELEASE of a
 *  stream's savepoint. */
enum pending_kind { PENDING_NONE, PENDING_BEGIN, PENDING_RELEASE };

struct tenon_db {
    PGconn *conn; /* NULL: never opened, or lost */
    bool owned;
    bool lost;
    bool unnamed;
    bool server_timeout;
    bool keeps_running;
    bool checks_params;
    bool streaming; /* a call is open that the program has to end */
    bool borrows;   /* cells can be read in place: see result.c */
    bool lent;      /* the program has had the PGconn: it may have been reset */
    bool touched;   /* the session may have been changed, so a pool resets it */
    int timeout_ms;
    int encoding; /* libpq's number of UTF8 */
    int backend_pid;
    tenon_limits limits;
    struct flight flight;
    tenon__call *open_call; /* the stream or COPY that `streaming` means */
    struct session *session;
    _Atomic(struct canceller *) canceller; /* other threads look for it */
    bool encrypted;
    int (*tls_pending)(const void *tls); /* NULL: the library cannot be asked */
    void *tls;
    tenon_hooks hooks;
    int64_t started_ns; /* the query that the hook has been told of */

    tenon_arena *scratch;      /* for large parameters, and while nested values are read */
    unsigned char space[1024]; /* for parameters, before scratch is needed */
    const char **values;       /* the parameters as libpq takes them; those of a batch behind */
    int *lengths;              /* each other */
    size_t n_values;
    int *formats; /* all binary */
    size_t n_formats;

    unsigned char *copy_buffer;     /* NULL before the first COPY */
    const tenon__statement *copied; /* the COPY that was the last call, in this transaction */

    tenon_error error;
    PGresult *error_result; /* owns the texts of error, or NULL */
    char *error_text;       /* the same for what tenon worded */
    char sqlstate[6];       /* of a connection that failed: error points here */

    int depth;
    bool outer_transaction; /* the caller of tenon_db_wrap has begun one */
    enum pending_kind pending;
    char pending_sql[128];
    uint64_t random;
};

/* error.c */

/** Forgets the last failure. */
void tenon__error_clear(tenon_db *db);
/** Records a failure that tenon found and returns its status. The text is formatted. */
tenon_status tenon__fail(tenon_db *db, const char *query, tenon_status status, const char *format,
                         ...) TENON_PRINTF(4, 5);
/** Records what an error result says, which is adopted (NULL: what the connection says), and notes
 *  it in the flight. */
tenon_status tenon__fail_result(tenon_db *db, const char *query, PGresult *result);
/** Fails a call, unless it has failed before. */
void tenon__call_fail(tenon__call *call, tenon_status status, const char *format, ...)
    TENON_PRINTF(3, 4);
/** The fields of a notice or error; they borrow from the result. */
void tenon__error_of_result(tenon_error *error, const PGresult *result, const char *query);
/** Sets aside the last failure, to be put back after some clean-up. */
struct saved_error {
    tenon_error error;
    PGresult *result;
    char *text;
};
struct saved_error tenon__error_save(tenon_db *db);
/** What was saved is either restored or dropped. */
void tenon__error_restore(tenon_db *db, struct saved_error saved);
void tenon__error_drop(struct saved_error saved);

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
void tenon__lose(tenon_db *db);
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

/* command.c */

/** The columns of the last row that a command returned, as text. */
struct answer {
    char tag[32];
    size_t n;
    char values[4][32];
};
/** Runs SQL text without parameters to its end, by the deadline or, if that is
 *  TENON_DEADLINE_LATER, by one of its own. `answer` may be NULL. */
tenon_status tenon__run_text(tenon_db *db, const char *name, const char *sql, int64_t deadline,
                             struct answer *answer);
/** The same with the hooks told, after a check that the connection is usable; `pending` is sent
 *  first. */
tenon_status tenon__command(tenon_db *db, const char *name, const char *sql, struct answer *answer);
/** Sends what is pending. */
tenon_status tenon__flush_pending(tenon_db *db, const char *name);
/** Fails if db cannot be used for another call. */
tenon_status tenon__check_usable(tenon_db *db, const char *query);

/* bind.c */

/** Makes the connection's memory for parameters the call's. */
void tenon__bind_begin(tenon__call *call);
/** Fails the call if its parameters are too large, together or those of one item. */
bool tenon__check_params(tenon__call *call);
/** The parameters of item number `item` (0 for a plain call) as libpq takes them, formats all
 *  binary. False: the call has failed (no memory, or more than the limit). */
bool tenon__params_of(tenon__call *call, size_t item, const char *const **values,
                      const int **lengths, const int **formats);
/** Makes room for the next item of a batch. */
void tenon__bind_item(tenon__call *call);
/** Bytes behind the end of the room: for all values of a fixed width in an item or row, and the
 *  count in front of the next row. */
size_t tenon__bind_spare(const tenon__call *call);
/** Moves what is open, `kept` bytes, to a new block with room for `size` more. False: the call has
 *  failed, there is no memory. */
bool tenon__bind_grow(tenon__call *call, size_t kept, size_t size);
/** Gives back what a large call has left behind in the connection. When no call is under way. */
void tenon__trim(tenon_db *db);

/* copy.c, copy_rows.c */

/** Hands bytes of a COPY to libpq. False when it cannot go on: the call has failed, or the server
 *  has refused, which the end finds out. */
bool tenon__copy_put(tenon__call *call, const unsigned char *data, size_t length);
/** Makes the connection's buffer the place of binds, and begins it with the header. False: the call
 *  has failed. */
bool tenon__copy_begin_rows(tenon__call *call);
/** Room for `size` bytes behind the `kept` ones that must stay together with them. */
bool tenon__copy_more_room(tenon__call *call, size_t kept, size_t size);
/** Writes a column that is too large for the buffer, past it. False if it is not. */
bool tenon__copy_pass(tenon__call *call, const void *data, size_t length);
/** Appends the trailer and hands over all there is. False when it cannot go on. */
bool tenon__copy_append_trailer(tenon__call *call);

/* request.c */

/** Commands that may stand in front of a call's own. */
enum prelude {
    PRELUDE_PENDING,    /* what db->pending says */
    PRELUDE_BEGIN,      /* of a batch that is judged before it is committed */
    PRELUDE_SAVEPOINT,  /* of a stream in a transaction */
    PRELUDE_DEALLOCATE, /* of a plan that is of no use any more */
    PRELUDE_PARSE,
};

/** Numbers the call for tenon_db_cancel. False: an older request might hit it. */
bool tenon__cancel_starts(tenon__call *call);

/** Items of a batch, 1 of a plain call. */
size_t tenon__n_items_of(const tenon__call *call);
/** Starts the call's request; steps follow. False if it has failed. */
bool tenon__start(tenon__call *call);
/** Hands libpq more of a request that has not left whole. */
bool tenon__send_items(tenon__call *call);
/** Fails a call whose request libpq has not taken. */
bool tenon__fail_to_send(tenon__call *call);
/** Has the rows come one by one, as far as libpq can be told yet. */
void tenon__use_single_rows(tenon__call *call);
/** Prepares sql under the name without the types of its parameters and gives what the server says
 *  of it; NULL after a failure. Executes nothing. */
PGresult *tenon__describe(tenon__call *call, const char *name, const char *sql);
/** Compares the types that the server gives the parameters with those that were compiled in, when
 *  the statement is to be prepared. */
bool tenon__check_param_types(tenon__call *call);

/* execute.c */

/** Fails the call because of what the server sent, and closes the connection. */
void tenon__call_violated(tenon__call *call, const char *problem);

/** What a step of a call came to. */
enum step {
    STEP_RESULT, /* *result is the caller's */
    STEP_END,    /* there is no more, or the call has failed */
    STEP_WAITS,  /* tenon__wait, then step again */
};
/** One step of the machine, which never waits. */
enum step tenon__step(tenon__call *call, PGresult **result);
/** Steps and waits until there is a result or the end, where it is NULL. */
bool tenon__next_result(tenon__call *call, PGresult **result);
/** Starts, and steps to the first result of a stream or batch, or to the only one there is. A
 *  statement that has to be prepared again is, once, where that is safe. False if it failed. */
bool tenon__execute(tenon__call *call, PGresult **result);
/** Reads to the end and forgets what comes. */
void tenon__drain(tenon__call *call);

/* call.c */

/** Makes mem the call's; a NULL fails it. */
bool tenon__needs_arena(tenon__call *call, tenon_arena *mem);
/** Makes the result the arena's. */
bool tenon__adopt(tenon__call *call, PGresult *result);
/** The number at the end of a command tag; 0 for commands that count nothing. */
int64_t tenon__count_of(PGresult *result);
/** Frees what the call holds, tells the hook and returns the status. */
tenon_status tenon__finish(tenon__call *call);
/** The same hooks for calls without a statement. */
void tenon__before(tenon_db *db, const char *query, const char *sql);
void tenon__after(tenon_db *db, const tenon_event *event);
/** Hands notifications to the hook, or drops them. */
void tenon__take_notifications(tenon_db *db);

/* stream.c copy.c */

/** Ends the stream or COPY that is open, for a commit, a rollback or a pool: a COPY is given up.
 *  Its object stays the program's, whose _end tells what became of it. */
void tenon__end_open_call(tenon_db *db);
/** The same without a word to the server, for a connection that is closed. */
void tenon__detach_open_call(tenon_db *db);
/** Ends the open COPY itself; the call is finished later. */
void tenon__copy_stop(tenon__call *call);

/* transaction.c */

/** What the server's transaction status has to be, as far as depth tells; else the connection is
 *  closed, for whatever followed would be in another transaction than the program thinks. */
bool tenon__check_depth(tenon_db *db);
/** Sends COMMIT. On a failure *effect says what became of it, and the error's text why. */
tenon_status tenon__commit(tenon_db *db, const char *name, int64_t deadline, tenon_effect *effect);

/* connect.c */

/** Connects db->conn by the deadline (monotonic, in nanoseconds; INT64_MAX: none). After a failure
 *  db is lost and its error set. */
tenon_status tenon__connect(tenon_db *db, const char *conninfo, int64_t deadline_ns);

/* db.c */

/** tenon_db_open by a deadline on the monotonic clock. */
tenon_status tenon__open_by(const char *conninfo, const tenon_db_options *options,
                            int64_t deadline_ns, tenon_db **db);

/* result.c */

/** Whether results can be read in place. */
bool tenon__can_borrow(void);
/** Fails the call unless the types of the columns are those that were compiled in. */
bool tenon__check_types(tenon__call *call, const PGresult *result);
/** The same, and that they came in binary form. */
bool tenon__check_shape(tenon__call *call, const PGresult *result);
/** Checks that, and makes the rows of the result the rows of the call. */
bool tenon__accept(tenon__call *call, PGresult *result);
/** Whether a result was ended by a CommandComplete. */
static inline bool tenon__is_complete(PGresult *result)
{
    return *PQcmdStatus(result) != '\0';
}
/** Fails the call, and closes the connection, if it was not. */
bool tenon__check_complete(tenon__call *call, PGresult *result);
/** What a type is called in a message. */
void tenon__put_type_name(char *to, size_t size, uint32_t oid);
/** SQL name of a built-in type, else NULL. */
const char *tenon__type_name(uint32_t oid);
/** Whether a type found is one expected: the same, or one without a fixed OID where 0 is. */
bool tenon__type_fits(uint32_t expected, uint32_t found);

/* arena.c */

/** Calls release(object) when the arena is reset or destroyed. False when there is no memory. */
bool tenon__arena_adopt(tenon_arena *arena, void (*release)(void *), void *object);
/** A place in the arena to return to. */
typedef struct arena_mark {
    void *block;
    size_t used;
} arena_mark;
/** Frees all memory of the arena if that is more than so many bytes; else leaves it as it is. */
void tenon__arena_trim(tenon_arena *arena, size_t keep_bytes);
arena_mark tenon__arena_mark(const tenon_arena *arena);
void tenon__arena_rewind(tenon_arena *arena, arena_mark mark);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#endif
