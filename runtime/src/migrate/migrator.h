/* What the files of the migration engine share.
 *
 * migrator.c   its life, and its doors
 * session.c    statements by a deadline; the settings that every file begins with
 * lock.c       one session at a time
 * ledger.c     the table: whether it can be trusted, its rows, writing them
 * check.c      the ledger against the folder: what is pending, and what must not be
 * apply.c      the run; part.c what is in transactions, outside.c and batch.c what is not
 * preflight.c  what would stop it halfway
 * script.c     the same run, written down for psql
 * adopt.c      a ledger for what another tool has applied
 * drift.c      a hash of the catalog, by the server
 * repair.c     what only a person can decide; status.c what there is to see
 * service.c    the run and the look at the start of a program; watch.c how far a statement is
 * failure.c    what went wrong, and where
 *
 * Functions that give a bool have recorded the failure when it is false. Texts lie in the arena;
 * one that found no memory is "", and nothing is sent any more (tenon__ask). */
#ifndef TENON_MIGRATOR_H
#define TENON_MIGRATOR_H

#include <stdarg.h>

#include <libpq-fe.h>

#include <tenon/migrate.h>
#include <tenon/tenon.h>

#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
#define MIGRATE_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define MIGRATE_PRINTF(text, first)
#endif

#define MIGRATE_APPLICATION "tenon migrate"

enum { QUESTION_TIMEOUT_MS = 60000 }; /* of what the engine itself asks */

enum row_state { ROW_APPLIED, ROW_RUNNING, ROW_FAILED };

/* A row of the ledger. */
struct ledger_row {
    const char *name, *checksum, *part_checksum, *message, *applied_at, *applied_by;
    const char *batch_key; /* a text[] of the last slice; NULL: none */
    enum row_state state;
    size_t part;      /* parts that are committed */
    size_t statement; /* that is running or failed, from 1 */
    int64_t duration_ms;
    const char *server_hash; /* "" if there is none */
    int server_major;
};

struct ledger {
    bool exists;
    const struct ledger_row *rows; /* in the order of names */
    size_t n;
    const struct ledger_row *newest; /* the last one that was written; NULL: none */
};

struct tenon_migrator {
    tenon_arena *arena;
    tenon_db *db;
    tenon_migrator *watcher; /* a session that looks at this one; NULL: not needed yet */
    bool has_no_watcher;     /* it could not connect */
    PGconn *conn;
    const tenon_migrations *migrations;
    tenon_migrate_options options; /* defaults filled in */
    bool out_of_memory;
    const char *conninfo;
    const char *table, *log; /* of the ledger, qualified and quoted */
    int64_t lock_key;
    const char *holds_lock; /* an SQL condition: this backend does */
    const char *search_path;
    struct ledger ledger;
    const tenon_migration *last; /* of the files of this run */
    size_t n_applied;
    tenon_migrate_failure failure;
    tenon_migrate_write *write; /* what is to be done is written down; NULL: it is done */
    void *write_context;
    /* What is under way, for events and failures: */
    const tenon_migration *migration;
    const tenon_step *step;
    int64_t step_started;
};

/* failure.c */

/* printf into the arena. */
const char *tenon__text(tenon_migrator *m, const char *format, ...) MIGRATE_PRINTF(2, 3);
const char *tenon__vtext(tenon_migrator *m, const char *format, va_list args) MIGRATE_PRINTF(2, 0);
const char *tenon__quoted(tenon_migrator *m, const char *name);
void tenon__forget_failure(tenon_migrator *m);
/* Records a failure of the file under way, if there is one; false. hint may be "". */
bool tenon__reject(tenon_migrator *m, const char *hint, const char *format, ...)
    MIGRATE_PRINTF(3, 4);
/* Records one of the environment; false. */
bool tenon__break_off(tenon_migrator *m, const char *format, ...) MIGRATE_PRINTF(2, 3);
/* Records what an error result (NULL: the connection) says; false. n_same: so many bytes of the
 * step's text were in front of a byte that was put in; SIZE_MAX: all of it; 0: it was another text.
 */
bool tenon__fail_with(tenon_migrator *m, const PGresult *result, size_t n_same);
/* Whether the last failure has this SQLSTATE. */
bool tenon__failed_with(const tenon_migrator *m, const char *sqlstate);

/* session.c */

bool tenon__is_open(const tenon_migrator *m);
/* Asks with text parameters; the caller clears the result. NULL: failure. */
PGresult *tenon__ask(tenon_migrator *m, const char *sql, int n, const char *const *values);
/* The same for answers that do not matter. */
bool tenon__do(tenon_migrator *m, const char *sql, int n, const char *const *values);
/* Whether the only value is true. */
bool tenon__ask_bool(tenon_migrator *m, const char *sql, int n, const char *const *values,
                     bool *answer);
/* Runs the statement of a file, or one made of it (n_same as above); its rows are dropped.
 * *n_rows: those that it changed; may be NULL. */
bool tenon__run_step(tenon_migrator *m, const char *sql, int n, const char *const *values,
                     size_t n_same, int64_t *n_rows);
/* A session as at its start, with the settings that every file begins with. */
bool tenon__pin(tenon_migrator *m);
/* The same for the settings that the ledger's statements need inside of a file's transaction. */
bool tenon__pin_ledger(tenon_migrator *m);
/* A transaction for reading, which leaves nothing in the session: it may be one of a pooler. */
bool tenon__begin_reading(tenon_migrator *m);
/* Ends it; false if it was not good, whose failure stays. */
bool tenon__end_reading(tenon_migrator *m, bool is_good);
/* Rolls back behind a failure, which stays. */
void tenon__roll_back_part(tenon_migrator *m);
/* The timeouts of what runs next. */
bool tenon__set_timeouts(tenon_migrator *m, tenon_step_kind kind);
int64_t tenon__now_ms(void);
void tenon__pause(int ms);
/* A random number below n. */
int tenon__random(tenon_migrator *m, int n);

/* migrator.c */

/* What each call of the program begins with: without a failure, and on a connection. */
bool tenon__begin_call(tenon_migrator *m);
/* Whether the server can be changed, and is as new as the migrations need. */
bool tenon__check_server(tenon_migrator *m);
/* A connected session that does nothing by itself; NULL if there is none to be had. */
tenon_migrator *tenon__watcher_of(tenon_migrator *m);

void tenon__tell(tenon_migrator *m, tenon_migrate_event_kind kind, int64_t elapsed_ms,
                 const char *text);
void tenon__tell_progress(tenon_migrator *m, tenon_migrate_event event);

/* watch.c */

/* Called every second of a statement: tells how far it is. */
void tenon__watch(tenon_migrator *m);

/* lock.c */

/* Who is at work; 0 if nobody. */
bool tenon__lock_holder(tenon_migrator *m, int *pid, const char **about);
/* Pins the session and takes the lock. */
bool tenon__lock(tenon_migrator *m);
void tenon__unlock(tenon_migrator *m);

/* ledger.c */

/* Reads it, if it is there. */
bool tenon__ledger_read(tenon_migrator *m);
/* Whether rows may be written: the owner is our role, and nothing of others hangs on it. Makes it
 * if it is not there. */
bool tenon__ledger_open(tenon_migrator *m);
const struct ledger_row *tenon__ledger_find(const tenon_migrator *m, const char *name);
/* A statement that changes one row if this session holds the lock; false if it changed none. */
bool tenon__write_one(tenon_migrator *m, const char *sql, int n, const char *const *values);
/* Each writes only while this backend holds the lock, and fails else. */
bool tenon__ledger_write(tenon_migrator *m, const tenon_migration *migration, enum row_state state,
                         size_t part, size_t statement, int64_t duration_ms);
bool tenon__ledger_slice(tenon_migrator *m, const tenon_migration *migration, const char *key,
                         int64_t n_rows);
/* Adds a line to the log of the ledger: what a person has decided, with the row of this name as it
 * was; NULL: it is about no row. */
bool tenon__ledger_note(tenon_migrator *m, const char *action, const char *name);
/* Notes that the step under way failed, with the message of the last failure, which stays. */
void tenon__ledger_note_failure(tenon_migrator *m, const tenon_migration *migration, size_t part,
                                size_t statement);

/* check.c */

/* NULL: the folder has none of that name. */
const tenon_migration *tenon__find_file(const tenon_migrator *m, const char *name);
/* The state of one file. */
tenon_migration_state tenon__state_of(const tenon_migrator *m, const tenon_migration *migration);
/* Of a row without a file. */
tenon_migration_state tenon__state_of_row(const tenon_migrator *m, const struct ledger_row *row);
/* Whether what the ledger holds and the folder fit together, so that the pending ones may run. */
bool tenon__check(tenon_migrator *m);
size_t tenon__n_pending(const tenon_migrator *m);

/* apply.c */

/* Whether the file is pending, and asked for. */
bool tenon__is_to_run(const tenon_migrator *m, const tenon_migration *migration);
/* Reads the ledger; *n: how many files are to run. */
bool tenon__find_work(tenon_migrator *m, size_t *n);
bool tenon__apply_pending(tenon_migrator *m);

/* preflight.c */

/* Tells what may stand in the way; false if something certainly does. */
bool tenon__preflight(tenon_migrator *m);

/* part.c outside.c batch.c */

bool tenon__apply_parts(tenon_migrator *m, const tenon_migration *migration);
bool tenon__apply_outside(tenon_migrator *m, const tenon_migration *migration);
bool tenon__apply_batch(tenon_migrator *m, const tenon_migration *migration, const char *from_key);
void tenon__script_batch(tenon_migrator *m, const tenon_migration *migration, const char *from_key);
/* Whether the last failure is one of locks, and a part that failed so may begin anew: then the
 * pause is over. */
bool tenon__may_retry(tenon_migrator *m, int attempt);

/* script.c */

/* While m->write is set. Of the engine's own: with values in the places of $1 … $n. */
void tenon__script_do(tenon_migrator *m, const char *sql, int n, const char *const *values);
/* Of a file. */
void tenon__script_step(tenon_migrator *m, const char *sql);
/* Sets a variable for each column of the answer. */
void tenon__script_set(tenon_migrator *m, const char *question, int n, const char *const *values);
/* Ends the script unless the statement before has changed one row. */
void tenon__script_one(tenon_migrator *m, const char *message, const char *hint);
/* DO, with this body. */
void tenon__script_block(tenon_migrator *m, const char *body);
/* Ends the script when the condition is true, or NULL. */
void tenon__script_refuse(tenon_migrator *m, const char *condition, const char *message,
                          const char *hint);
/* What follows, up to \else or \endif, is for when the query gives true. */
void tenon__script_if(tenon_migrator *m, const char *question);
void tenon__script(tenon_migrator *m, const char *format, ...) MIGRATE_PRINTF(2, 3);
/* As SQL; NULL is NULL. */
const char *tenon__literal(tenon_migrator *m, const char *value);
/* Values that are written as they are: of variables that the script has set. */
extern const char tenon__script_hash[], tenon__script_duration[];

/* drift.c */

bool tenon__server_hash(tenon_migrator *m, const char **hash);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#endif
