/* A call: its life from begin to end. */
#ifndef TENON_GENERATED_CALL_H
#define TENON_GENERATED_CALL_H

#include <tenon/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TENON__UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#define TENON__COLD __attribute__((cold))
#else
#define TENON__UNLIKELY(condition) (condition)
#define TENON__COLD
#endif

#define TENON__KEY_SIZE 23

/** A statement as it was compiled in; static const, one per query. */
typedef struct tenon__statement {
    const char *query; /* its name: "FindOrder" */
    const char *key;   /* TENON__KEY_SIZE bytes: "tenon_" and 16 hexadecimal digits of a hash of sql
                          and param_types */
    const char *sql;
    const uint32_t *param_types;  /* OIDs; 0: servers differ in it, and this one infers it */
    const uint32_t *column_types; /* OIDs; 0: servers differ in it (information_schema, the
                                     schema), but it is >= 12000 */
    uint16_t n_params;
    uint16_t n_columns;     /* 0: the statement returns no rows */
    bool reads_only;        /* a SELECT without effects: no volatile function, no WITH that writes,
                               no FOR UPDATE; it may be cancelled and asked again */
    bool may_commit;        /* CALL, DO: what an ERROR leaves behind is not known */
    bool changes_session;   /* SET, LISTEN, set_config(), advisory locks …: a pool resets it */
    const char *copy_check; /* of a COPY: a SELECT of the same columns, whose types are compared.
                               A COPY has no key: its text is never prepared */
} tenon__statement;

/** A value as it was received: NULL when length is -1. Not aligned. */
typedef struct tenon__cell {
    int length;
    const char *value;
} tenon__cell;

/** The inside of an array, record or range while it is read; see nested.h. */
struct tenon__nested;

/** A call under way. It lives on the caller's stack (in a stream: on the heap), and its memory for
 *  parameters belongs to the connection, which keeps it for the next call. A call begins with zeros
 *  up to `statement`; what follows is set before it is read. */
typedef struct tenon__call {
    const tenon__cell *const *rows; /* the rows that are left, each of n_columns cells */
    const tenon__cell *const *rows_end;
    struct tenon__nested *nested; /* innermost value being taken apart, else NULL */
    tenon_arena *mem;             /* owns what is read; NULL when results hold no memory */
    tenon_arena *scratch;         /* the connection's: gone with the next call */
    size_t n_rows;                /* of the result; 0 before it is there */
    void *result;                 /* PGresult that no arena has adopted */
    const void *named;            /* PGresult that knows the names of the columns */
    void *prepared;               /* what the session knows of the statement; NULL: sent unnamed */
    tenon_status status;          /* sticky */

    /* Parameters, as bind.h makes them. */
    unsigned depth;       /* open values around the next one; a COPY's row counts as one */
    unsigned char *space; /* where the next value is written */
    unsigned char *space_end;
    unsigned char *base;   /* where the outermost open value begins */
    unsigned char *unsent; /* COPY: what begins here has not been handed over */
    bool has_null;         /* the innermost open value has a NULL part */
    bool copies;           /* COPY: binds are columns of its rows */
    bool spilled;          /* COPY: the row was too large for the buffer */
    bool copy_refused;     /* COPY: the server has ended it by an error */

    uint8_t n_preludes;
    uint8_t prelude;        /* the one whose result is next */
    uint8_t attempts;       /* 0: nothing has been sent */
    bool started;           /* it has a number, by which it may be cancelled */
    bool begins;            /* a BEGIN goes with it */
    bool must_judge;        /* of a batch: outside of a transaction it is one, ended by its end */
    bool judged;            /* it is */
    bool may_guard;         /* of a stream: inside a transaction a savepoint allows an early end */
    bool guarded;           /* it has one */
    bool in_transaction;    /* what was sent is part of one */
    bool in_flight;         /* of a stream, batch or COPY: there is more to read */
    bool complete;          /* of a stream: the last part has come */
    bool single_rows;       /* rows are to come one by one */
    bool checked;           /* the types of the columns have been compared */
    bool passing;           /* the result goes before the call does: what is read is copied */
    bool has_item;          /* the result of the current item has come */
    const char *param_name; /* of the parameter that tenon__bind_ binds */
    const char *part;       /* of it: the field or bound that is bound next, or NULL */
    size_t n_items;         /* of a batch, or rows of a COPY */
    size_t item;            /* of a batch: the one whose result is current or next */
    void *outputs;          /* of a batch: what its items are read into */

    const tenon__statement *statement;
    tenon_db *db;
    const tenon__cell *cell; /* the next value to read */
    const char **values;     /* of the statement's parameters, in the current item: NULL, a NULL */
    int *lengths;
    size_t param_bytes;  /* that all parameters have at most, with their lengths */
    size_t param;        /* the one that tenon__bind_ binds at depth 0 */
    size_t output_size;  /* of one of `outputs` */
    int64_t deadline;    /* on the monotonic clock, in nanoseconds */
    size_t n_sent;       /* items that have been handed to libpq */
    uint8_t preludes[5]; /* commands in front of the items, whose results come first */
} tenon__call;

/** Starts a call. Every begin needs one of the ends below. False if it has failed, and there is no
 *  room for parameters. */
bool tenon__begin_abi1(tenon__call *call, tenon_db *db, const tenon__statement *statement);

static inline bool tenon__begin(tenon__call *call, tenon_db *db, const tenon__statement *statement)
{
    return tenon__begin_abi1(call, db, statement);
}

static inline bool tenon__ok(const tenon__call *call)
{
    return call->status == TENON_OK;
}

/** Sends the statement, receives all of its result and checks its shape. False if that failed. For
 *  rows that hold no memory: the result goes with the call. */
bool tenon__fetch(tenon__call *call);
/** The same for rows that point into the result, which `mem` adopts. NULL for it is refused. */
bool tenon__fetch_into(tenon__call *call, tenon_arena *mem);

/** Moves to the next row. False at the end, or after a failure. */
static inline bool tenon__next_row(tenon__call *call)
{
    if (call->rows == call->rows_end || call->status != TENON_OK)
        return false;
    call->cell = *call->rows++;
    return true;
}

/** Memory for all rows of the result, each of row_size bytes, and their number. NULL for none. */
void *tenon__alloc_rows(tenon__call *call, size_t row_size, size_t *count);

/* The ends. Each frees what the call holds and returns its status; outputs are set on TENON_OK. */

/** :many. */
tenon_status tenon__end(tenon__call *call);
/** :one. TENON_NO_ROW, TENON_MANY_ROWS. */
tenon_status tenon__end_one(tenon__call *call);
/** :opt. TENON_MANY_ROWS. */
tenon_status tenon__end_opt(tenon__call *call, bool *found);
/** :exec and :execrows. This one sends, too: there is no fetch. rows_affected may be NULL. */
tenon_status tenon__end_exec(tenon__call *call, int64_t *rows_affected);

/* Streams. The object that a stream function returns begins with a tenon__call. */

/** Zeroed memory for a stream; NULL when there is none, which is the last failure of db. */
void *tenon__stream_create(tenon_db *db, size_t size);
/** Sends the statement; rows follow one by one. Also after a failed bind: the end reports it. */
void tenon__stream_start(tenon__call *call);
/** Moves to the next row, which is valid until the next call. False at the end or a failure. */
bool tenon__stream_next(tenon__call *call);
/** Ends the stream, also early, and frees the object. For NULL: TENON_OUT_OF_MEMORY. */
tenon_status tenon__stream_end(tenon__call *call);

/** Parses and describes all statements: lists of them, each ended by a NULL, ended by a NULL. One
 *  failure tells of all that differ. */
tenon_status tenon__prepare_all(tenon_db *db, const tenon__statement *const *const *modules);

/** A constraint of the schema and its number in the generated enum. */
typedef struct tenon__constraint {
    const char *name;
    int value;
} tenon__constraint;

/** The value of the constraint that the last error of db names, looked up in a table sorted by name
 *  (strcmp); `none` if it names no constraint of the table. */
int tenon__constraint_of_error(const tenon_db *db, const tenon__constraint *table, size_t count,
                               int none);

/** Value of the label, from 1, in an enum's table of labels; 0 if there is none. */
int tenon__find_label(const char *const *labels, size_t count, const char *text, size_t length);

#ifdef __cplusplus
}
#endif
#endif
