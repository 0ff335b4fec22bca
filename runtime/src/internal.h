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

#include "execute.h"
#include "flight.h"
#include "server.h"

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
    bool told;      /* some hook is told of calls */
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

/** Fails if db cannot be used for another call. */
static inline tenon_status tenon__check_usable(tenon_db *db, const char *query)
{
    return db->lost || db->streaming || db->lent ? tenon__make_usable(db, query) : TENON_OK;
}

/** Makes the connection's memory for parameters the call's. False: the call has failed, there is no
 *  memory. */
static inline bool tenon__bind_begin(tenon__call *call)
{
    tenon_db *db = call->db;
    size_t n = call->statement->n_params, spare = tenon__bind_spare(call);

    if (TENON__UNLIKELY(n > db->n_values) && !tenon__grow_params(call, n))
        return false;
    call->values = db->values;
    call->lengths = db->lengths;
    call->param_bytes = spare;
    if (TENON__UNLIKELY(spare > sizeof db->space))
        return tenon__bind_grow(call, 0, 0);
    call->space = db->space;
    call->space_end = db->space + sizeof db->space - spare;
    return true;
}

/** Tells the hooks of a call that is about to be sent. */
static inline void tenon__before(tenon_db *db, const char *query, const char *sql)
{
    if (TENON__UNLIKELY(db->told))
        tenon__tell_before(db, query, sql);
}

/* error.c */

/** Forgets the last failure. */
TENON__COLD void tenon__error_forget(tenon_db *db);
static inline void tenon__error_clear(tenon_db *db)
{
    if (TENON__UNLIKELY(db->error.message == NULL || db->error.status != TENON_OK))
        tenon__error_forget(db);
}
/** What tenon_db_error(NULL) tells this thread. */
void tenon__error_without_connection(tenon_status status, const char *message);
/** Records a failure that tenon found and returns its status. The text is formatted. */
TENON__COLD tenon_status tenon__fail(tenon_db *db, const char *query, tenon_status status,
                                     const char *format, ...) TENON_PRINTF(4, 5);
/** Records what an error result says, which is adopted (NULL: what the connection says), and notes
 *  it in the flight. */
TENON__COLD tenon_status tenon__fail_result(tenon_db *db, const char *query, PGresult *result);
/** Fails a call, unless it has failed before. */
TENON__COLD void tenon__call_fail(tenon__call *call, tenon_status status, const char *format, ...)
    TENON_PRINTF(3, 4);
/** The fields of a notice or error; they borrow from the result. */
void tenon__error_of_result(tenon_error *error, const PGresult *result, const char *query);
/** Whether the byte of a text in UTF-8 begins a character: the server counts those. */
static inline bool tenon__begins_character(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}
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
TENON__COLD bool tenon__check_shape(tenon__call *call, const PGresult *result);
/** Checks that, and makes the rows of the result the rows of the call. */
bool tenon__accept(tenon__call *call, PGresult *result);
/** Checks that, and that the result is whole, of one whose rows nobody reads. */
bool tenon__accept_command(tenon__call *call, PGresult *result);
/** Whether a result was ended by a CommandComplete. */
static inline bool tenon__is_complete(PGresult *result)
{
    return *PQcmdStatus(result) != '\0';
}
/** Fails the call, and closes the connection, if it was not. */
TENON__COLD bool tenon__check_complete(tenon__call *call, PGresult *result);
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
