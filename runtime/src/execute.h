/* What a call is made of: commands, parameters, the request, the machine, its ends. */
#ifndef TENON_EXECUTE_H
#define TENON_EXECUTE_H

#include <libpq-fe.h>

#include <tenon/generated.h>
#include <tenon/tenon.h>

#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
#endif

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
/** Runs ROLLBACK behind a failure, which stays the one to be told of. False if that failed. */
bool tenon__roll_back(tenon_db *db, int64_t deadline);
/** tenon__run_text with the hooks told, after a check that the connection is usable; `pending` is
 * sent first. */
tenon_status tenon__command(tenon_db *db, const char *name, const char *sql, struct answer *answer);
/** Sends what is pending. */
tenon_status tenon__flush_pending(tenon_db *db, const char *name);
/** Makes db usable for another call, or fails. */
TENON__COLD tenon_status tenon__make_usable(tenon_db *db, const char *query);

/* bind.c */

/** Makes room in the connection to note so many parameters. False: the call has failed, there is no
 *  memory. */
TENON__COLD bool tenon__grow_params(tenon__call *call, size_t needed);
/** Fails the call if its parameters are too large, together or those of one item. */
bool tenon__check_params(tenon__call *call);
/** Makes the connection's list of formats, all binary, as long as the statement needs it. False:
 * the call has failed, there is no memory. */
TENON__COLD bool tenon__grow_formats(tenon__call *call);
/** Makes room for the next item of a batch, of which there are n_items. */
void tenon__bind_item(tenon__call *call);
/** Bytes behind the end of the room: for all values of a fixed width in an item or row, and the
 *  count in front of the next row. */
static inline size_t tenon__bind_spare(const tenon__call *call)
{
    return 2 + (size_t)call->statement->n_params * (4 + TENON__MAX_FIXED);
}
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
static inline size_t tenon__n_items_of(const tenon__call *call)
{
    return call->n_items == 0 ? 1 : call->n_items;
}
/** Starts the call's request; steps follow. False if it has failed. */
bool tenon__start(tenon__call *call);
/** Hands libpq more of a request that has not left whole. */
bool tenon__send_items(tenon__call *call);
/** Fails a call whose request libpq has not taken. */
TENON__COLD bool tenon__fail_to_send(tenon__call *call);
/** Has the rows come one by one, as far as libpq can be told yet. */
void tenon__use_single_rows(tenon__call *call);
/** Prepares sql under the name without the types of its parameters and gives what the server says
 *  of it; NULL after a failure. Executes nothing. */
PGresult *tenon__describe(tenon__call *call, const char *name, const char *sql);
/** Prepares the call's statement, if the session does not know it, and gives what the server says
 * of it; NULL after a failure. Executes nothing. */
PGresult *tenon__prepare_and_describe(tenon__call *call);
/** Compares the types that the server gives the parameters with those that were compiled in, when
 *  the statement is to be prepared. */
bool tenon__check_param_types(tenon__call *call);

/* execute.c */

/** Fails the call because of what the server sent, and closes the connection. */
TENON__COLD void tenon__call_violated(tenon__call *call, const char *problem);

/** The next result, which is the caller's; NULL at the end, or after a failure. */
PGresult *tenon__next_result(tenon__call *call);
/** The same where it is handed on before the end has come, in which a changed client_encoding would
 *  be found. */
PGresult *tenon__next_part(tenon__call *call);
/** Starts, and gives the first result of a stream or batch, or the only one there is. A statement
 *  that has to be prepared again is, once, where that is safe. NULL if the call has failed. */
PGresult *tenon__execute(tenon__call *call);
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
/** Tells the hook, and notes when, if there are hooks: see tenon__before. */
TENON__COLD void tenon__tell_before(tenon_db *db, const char *query, const char *sql);
/** The hook at the end, of calls without a statement. */
void tenon__after(tenon_db *db, const tenon_event *event);
/** Hands notifications to the hook, or drops them. */
TENON__COLD void tenon__take_notifications(tenon_db *db);

/* stream.c copy.c */

/** Ends the stream or COPY that is open, for a commit, a rollback or a pool: a COPY is given up.
 *  Its object stays the program's, whose _end tells what became of it. */
void tenon__end_open_call(tenon_db *db);
/** The same without a word to the server, for a connection that is closed. */
void tenon__detach_open_call(tenon_db *db);
/** Ends the open COPY itself; the call is finished later. */
void tenon__copy_stop(tenon__call *call);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#endif
