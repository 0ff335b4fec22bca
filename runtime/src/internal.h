/* What the files of the runtime share: the connection, and the steps that a call is made of.
 *
 *     db.c           open, wrap, close, cancel         wire.c     send, poll, receive by a deadline
 *     error.c        the last failure                  prepared.c which statements the server knows
 *     call.c         begin, fetch, end                 execute.c  what happens between them
 *     stream.c       the same row by row               batch.c copy*.c  many parameters at once
 *     result.c       shape of a result; its cells      transaction.c
 *     bind*.c read*.c encoders and decoders            arena.c status.c convert_*.c
 */
#ifndef TENON_INTERNAL_H
#define TENON_INTERNAL_H

#include <stdarg.h>

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

/** The first OID that a server gives to an object of a schema. */
#define TENON_FIRST_USER_OID 16384

struct prepared {
    uint64_t hash;
    size_t length;
    char *key;  /* NULL: a free slot */
    bool known; /* the server has it */
    bool stale; /* it has, and its plan is of no use any more */
};

struct prepared_set {
    struct prepared *slots; /* open addressing */
    size_t n_slots;         /* a power of two, or 0 */
    size_t n_used;
};

struct tenon_db {
    PGconn *conn; /* NULL: never opened, or lost */
    bool owned;
    bool lost;
    bool unnamed;
    bool streaming; /* a stream has results on the wire */
    bool borrows;   /* cells can be read in place: see result.c */
    int timeout_ms;
    int encoding; /* libpq's number of UTF8 */
    PGcancel *cancel;
    struct prepared_set prepared;
    tenon_hooks hooks;
    int64_t started_ns; /* the query that the hook has been told of */

    tenon_arena *scratch;      /* for large parameters, and while nested values are read */
    unsigned char space[1024]; /* for parameters, before scratch is needed */
    const char **values;       /* the parameters as libpq takes them; those of a batch behind */
    int *lengths;              /* each other */
    size_t n_values;
    int *formats; /* all binary */
    size_t n_formats;

    unsigned char *copy_buffer; /* NULL before the first COPY */

    tenon_error error;
    PGresult *error_result; /* owns the texts of error, or NULL */
    char *error_text;       /* the same for what tenon worded */

    int depth;
    bool outer_transaction; /* the caller of tenon_db_wrap has begun one */
    uint64_t random;
};

/* error.c */

/** Forgets the last failure. */
void tenon__error_clear(tenon_db *db);
/** Records a failure that tenon found and returns its status. The text is formatted. */
tenon_status tenon__fail(tenon_db *db, const char *query, tenon_status status, const char *format,
                         ...) TENON_PRINTF(4, 5);
/** Records what an error result says, which is adopted (NULL: what the connection says). */
tenon_status tenon__fail_result(tenon_db *db, const char *query, PGresult *result);
/** Fails a call, unless it has failed before. Counts columns from the cell that was read last when
 *  `at_cell`. */
void tenon__call_fail(tenon__call *call, tenon_status status, const char *format, ...)
    TENON_PRINTF(3, 4);
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

/* wire.c */

int64_t tenon__now_ns(void);
/** A deadline that is set at the first wait: a call that need not wait never looks at the clock. */
#define TENON_DEADLINE_LATER INT64_MIN
/** The next result, NULL at the end of the statement; sends before that what libpq holds back. */
tenon_status tenon__receive(tenon_db *db, const char *query, int64_t *deadline, PGresult **result);
/** Waits for the connection to become readable (or writable). TENON_TIMEOUT and
 *  TENON_CONNECTION_LOST close it. */
tenon_status tenon__wait(tenon_db *db, const char *query, int64_t *deadline, bool for_write);
/** Whether an idle connection is still open as far as can be told without asking the server. */
bool tenon__is_alive(tenon_db *db);
/** Closes the connection for good. */
void tenon__lose(tenon_db *db);
/** Fails if db cannot be used for another call. */
tenon_status tenon__check_usable(tenon_db *db, const char *query);
/** Runs SQL text without parameters to its end; *tag receives the last command tag if not NULL. */
tenon_status tenon__run_text(tenon_db *db, const char *name, const char *sql, char *tag,
                             size_t tag_size);

/* bind.c */

/** Makes the connection's memory for parameters the call's. */
void tenon__bind_begin(tenon__call *call);
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

/* prepared.c */

/** The entry of a key; added if it is not there. NULL when there is no memory. */
struct prepared *tenon__prepared_find(struct prepared_set *set, const char *key);
void tenon__prepared_finish(struct prepared_set *set);

/* execute.c */

/** Sends the statement and receives its result: all of it, or of a stream or batch the first part.
 *  A prepared statement that has become useless is prepared again once, where that is safe. False
 *  if it failed; *result may be set even then. */
bool tenon__execute(tenon__call *call, PGresult **result);
/** The next result of the call; NULL at its end. An error becomes the failure of the call and is
 *  passed over. False once the connection is lost. */
bool tenon__next_result(tenon__call *call, PGresult **result);

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
void tenon__after(tenon_db *db, const char *query, const char *sql, tenon_status status,
                  size_t n_rows);

/* result.c */

/** Whether results can be read in place. */
bool tenon__can_borrow(void);
/** Fails the call unless the types of the columns are those that were compiled in. */
bool tenon__check_types(tenon__call *call, const PGresult *result);
/** The same, and that they came in binary form. */
bool tenon__check_shape(tenon__call *call, const PGresult *result);
/** Checks that, and makes the rows of the result the rows of the call. */
bool tenon__accept(tenon__call *call, const PGresult *result);
/** SQL name of a built-in type, else NULL. */
const char *tenon__type_name(uint32_t oid);
/** Whether a type found is one expected: the same, or one of the schema where 0 is expected. */
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
