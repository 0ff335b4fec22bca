/* Applying migrations: the engine of `tenon migrate`, for programs that bring their own.
 *
 *     tenon_migrator *migrator;
 *     tenon_migrate_outcome outcome =
 *         tenon_migrator_open(conninfo, &ledger_migrations, NULL, &migrator);
 *     if (outcome == TENON_MIGRATE_OK)
 *         outcome = tenon_migrator_apply(migrator);
 *     if (outcome != TENON_MIGRATE_OK)
 *         fprintf(stderr, "%s\n", tenon_migrator_failure(migrator)->text);
 *     tenon_migrator_close(migrator);
 *
 * What was applied stands in a table of the database, the ledger, whose rows are written in the
 * transactions of what they tell of. One session at a time applies: it holds an advisory lock, and
 * others wait idle until it is free, then find nothing to do. What was cut short by whatever goes
 * on with the next call. The statements are compiled (struct tenon_migration) by who can parse SQL:
 * the program, or tenon_generate(… MIGRATIONS). */
#ifndef TENON_MIGRATE_H
#define TENON_MIGRATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tenon/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- What is applied ------------------------------------------------------------------------- */

typedef enum tenon_step_kind {
    TENON_STEP_IN_TRANSACTION,
    TENON_STEP_OUTSIDE,    /**< by itself, between transactions */
    TENON_STEP_CONCURRENT, /**< the same, waiting for other transactions without being in their way:
                                CREATE INDEX CONCURRENTLY and the like */
    TENON_STEP_BATCH,      /**< an UPDATE or DELETE in slices of a key, each a transaction */
} tenon_step_kind;

/** A statement. */
typedef struct tenon_step {
    tenon_step_kind kind;
    const char *sql;
    int line, column; /**< of its first character in the file, from 1 */
    int part;         /**< steps of the same part share a transaction; from 1 */
    /** Below: of those that are not in a transaction, else NULL and 0. */
    const char *done;     /**< a query that is true when the statement has happened */
    const char *half;     /**< one that is true when it was cut short and has left something behind,
                               such as an invalid index; NULL: it never does */
    const char *clean_up; /**< the statement that takes that away, or does the rest */
    int batch_rows;
    const char *batch_table; /**< as to_regclass() reads it */
    const char *batch_from;  /**< as FROM does: ONLY may stand in front of it */
    const char *batch_name;  /**< what columns of the table are qualified with */
    const char *batch_sets;  /**< columns that the UPDATE sets, as a text[]: {a,b} */
    /** Bytes of sql: of the condition, behind WHERE; both the end of the statement without one. */
    size_t where_from, where_to;
} tenon_step;

typedef enum tenon_need_kind {
    TENON_NEED_OWNER,     /**< of a relation, if it is there before the run */
    TENON_NEED_DROP,      /**< the same, or of its schema */
    TENON_NEED_CREATE_IN, /**< in a schema, likewise */
    TENON_NEED_CREATE,    /**< in the database */
    TENON_NEED_EXTENSION, /**< one that the server can install */
} tenon_need_kind;

/** What a statement cannot do without. */
typedef struct tenon_need {
    tenon_need_kind kind;
    size_t step;         /**< from 0 */
    const char *name;    /**< as to_regclass() reads it; of a schema or extension as it is */
    const char *version; /**< of an extension; NULL: any */
} tenon_need;

/** A file of the folder. */
typedef struct tenon_migration {
    const char *name;   /**< YYYYMMDDHHMMSS_title */
    const char *file;   /**< its path, for messages */
    const char *parent; /**< "none": it is the first one */
    const char *checksum;
    const char *catalog_hash; /**< of the schema that the folder leads to; "" if it does not say */
    bool is_outside;          /**< `-- tenon: no-transaction` */
    const tenon_step *steps;
    size_t n_steps;
    const tenon_need *needs;
    size_t n_needs;
    const char *const *part_checksums; /**< of the text of parts 1 to n */
    size_t n_parts;
    /** Objects that it touches, sorted; NULL: unknown. Two migrations without a common one may come
     *  in either order. */
    const char *const *footprint;
    size_t n_footprint;
} tenon_migration;

/** A folder, in the order of names. */
typedef struct tenon_migrations {
    const tenon_migration *items;
    size_t n;
    int server_version; /**< the major version that they are written for; 0: any */
} tenon_migrations;

/* --- How ------------------------------------------------------------------------------------- */

typedef enum tenon_migrate_event_kind {
    TENON_MIGRATE_WAITS,   /**< another session applies; text says which one */
    TENON_MIGRATE_BEGINS,  /**< a file */
    TENON_MIGRATE_STEP,    /**< a statement is about to run, or under way when elapsed_ms > 0 */
    TENON_MIGRATE_SKIPS,   /**< a statement has happened before */
    TENON_MIGRATE_RETRIES, /**< a part of a file, because of what text says */
    TENON_MIGRATE_NOTICE,  /**< a notice or warning of the server, in text */
    TENON_MIGRATE_CLEANS,  /**< what a statement that was cut short has left is taken away */
    TENON_MIGRATE_APPLIED, /**< a file */
    TENON_MIGRATE_WARNS,   /**< found before the first statement, in text */
} tenon_migrate_event_kind;

/** What a program can show. */
typedef struct tenon_migrate_event {
    tenon_migrate_event_kind kind;
    const char *migration; /**< "" if it is about none */
    const char *file;
    const tenon_step *step; /**< NULL if it is about none */
    size_t number, n_steps; /**< of the step, from 1 */
    int64_t elapsed_ms;     /**< of the wait, the step or the file */
    int64_t done, total;    /**< rows or blocks of the step so far; 0 if not known */
    const char *text;
} tenon_migrate_event;

typedef void tenon_migrate_report(void *context, const tenon_migrate_event *event);

#define TENON_MIGRATE_NEVER (-1)
/** The wait_timeout_ms of those who give none. */
#define TENON_MIGRATE_WAIT_MS (10 * 60 * 1000)

/** Zero members mean the defaults. */
typedef struct tenon_migrate_options {
    const char *ledger_schema; /**< "tenon" */
    const char *ledger_table;  /**< "migrations" */
    const char *target; /**< the schema that unqualified names mean, of many that are alike: the
                           ledger has rows of its own for each; NULL: there is one set of them */
    const char *role;   /**< SET ROLE to it: it owns the ledger and what is made */
    const char *to;     /**< the last migration to apply: its name, or how that begins */
    const char *ticket, *git_revision; /**< are noted in the ledger */
    bool allows_out_of_order;
    bool is_dry;              /**< apply nothing: events tell what would be */
    bool shows_data;          /**< texts of failures have the server's DETAIL, which holds values */
    int wait_timeout_ms;      /**< for the other sessions; 10 min; TENON_MIGRATE_NEVER: for ever */
    int lock_timeout_ms;      /**< for a lock of a table; 5 s. Then the part begins anew */
    int max_attempts;         /**< of a part; 10 */
    int statement_timeout_ms; /**< in a transaction; 1 h; TENON_MIGRATE_NEVER: none */
    int concurrent_timeout_ms; /**< of CREATE INDEX CONCURRENTLY and the like; 24 h */
    int batch_pause_ms;        /**< between two slices; none */
    int max_lag_ms; /**< slices wait while a standby is further behind; 10 s; TENON_MIGRATE_NEVER */
    tenon_migrate_report *report;
    void *context;
} tenon_migrate_options;

/** What it came to: the exit statuses of the program. */
typedef enum tenon_migrate_outcome {
    TENON_MIGRATE_OK = 0,
    TENON_MIGRATE_FAILED = 1,      /**< a statement, the ledger or the folder */
    TENON_MIGRATE_ENVIRONMENT = 3, /**< no connection, no memory */
} tenon_migrate_outcome;

/** Everything that is known of a failure. No member is NULL. */
typedef struct tenon_migrate_failure {
    tenon_migrate_outcome outcome;
    const char *text; /**< all below as a compiler would write it, in lines */
    const char *message;
    const char *detail; /**< of the server; "" unless shows_data is set */
    const char *hint;
    const char *sqlstate;  /**< "" when it did not come from the server */
    const char *migration; /**< "" if it is about none, as file */
    const char *file;
    int line, column; /**< 0: of none */
    size_t statement; /**< its number, from 1; 0: none */
} tenon_migrate_failure;

/* --- Doing it -------------------------------------------------------------------------------- */

typedef struct tenon_migrator tenon_migrator;

/** Connects. *migrator is set even when that fails, to tell why, and has to be closed; it is NULL
 *  only when there is no memory. What the pointers lead to has to stay. options may be NULL. */
TENON_NODISCARD tenon_migrate_outcome tenon_migrator_open(const char *conninfo,
                                                          const tenon_migrations *migrations,
                                                          const tenon_migrate_options *options,
                                                          tenon_migrator **migrator);
void tenon_migrator_close(tenon_migrator *migrator);

/** Applies what is pending. TENON_MIGRATE_OK also when nothing is. */
TENON_NODISCARD tenon_migrate_outcome tenon_migrator_apply(tenon_migrator *migrator);

typedef void tenon_migrate_write(void *context, const char *text);

/** Writes down for psql what tenon_migrator_apply() would do now, with its guards: for those who
 * run it themselves. Nothing when nothing is pending; the database is only read. */
TENON_NODISCARD tenon_migrate_outcome tenon_migrator_script(tenon_migrator *migrator,
                                                            tenon_migrate_write *write,
                                                            void *context);

/** The schemas whose names match a pattern, in which * is any text: what `target` can be. They live
 * as long as the migrator. */
TENON_NODISCARD tenon_migrate_outcome tenon_migrator_schemas(tenon_migrator *migrator,
                                                             const char *pattern,
                                                             const char *const **names, size_t *n);

/** How many the last tenon_migrator_apply() applied, or would have applied. */
size_t tenon_migrator_applied(const tenon_migrator *migrator);

/** Of the last call. NULL is allowed: out of memory. */
const tenon_migrate_failure *tenon_migrator_failure(const tenon_migrator *migrator);

typedef enum tenon_migration_state {
    TENON_MIGRATION_APPLIED,
    TENON_MIGRATION_PENDING,
    TENON_MIGRATION_LATE,    /**< pending, though a later one is applied */
    TENON_MIGRATION_EDITED,  /**< the file is no longer what was applied */
    TENON_MIGRATION_MISSING, /**< applied, and there is no file */
    TENON_MIGRATION_AHEAD,   /**< the same, later than every file: another program's */
    TENON_MIGRATION_RUNNING, /**< begun, by a session that is at work or was cut short */
    TENON_MIGRATION_FAILED,  /**< begun, and ended by an error; statement tells at which */
} tenon_migration_state;

const char *tenon_migration_state_name(tenon_migration_state state);

/** A migration as the ledger and the folder know it. No text is NULL. */
typedef struct tenon_migration_status {
    const char *name, *file;
    tenon_migration_state state;
    size_t statement, n_statements; /**< of one that is running or failed, from 1 */
    const char *message;            /**< of one that failed */
    const char *applied_at, *applied_by;
    int64_t duration_ms;
} tenon_migration_status;

typedef enum tenon_drift {
    TENON_DRIFT_NONE,
    TENON_DRIFT_FOUND,   /**< the database is not as the last migration left it */
    TENON_DRIFT_UNKNOWN, /**< nothing is noted, or by another major version */
} tenon_drift;

/** The state of the database: n rows in the order of names, which live until the next call. */
typedef struct tenon_migrate_status {
    const tenon_migration_status *items;
    size_t n;
    size_t n_pending; /**< files that apply would run, late ones too */
    tenon_drift drift;
    int holder_pid; /**< of the session that applies just now; 0: none */
} tenon_migrate_status;

TENON_NODISCARD tenon_migrate_outcome tenon_migrator_status(tenon_migrator *migrator,
                                                            tenon_migrate_status *status);

typedef enum tenon_repair {
    TENON_REPAIR_ACCEPT_EDIT, /**< the file as it is now is what was applied */
    TENON_REPAIR_FORGET,      /**< it is as if the migration had never been begun */
    TENON_REPAIR_MARK,        /**< it counts as applied: a person has done it */
    TENON_REPAIR_SCHEMA,      /**< the database as it is now is what was to be: no drift */
    TENON_REPAIR_END_HOLDER,  /**< ends the session of a runner that is gone */
} tenon_repair;

/** One decision that only a person can take, noted in the table LEDGER_log. `name` is that of a
 *  migration, or NULL for those that are about none. */
TENON_NODISCARD tenon_migrate_outcome tenon_migrator_repair(tenon_migrator *migrator,
                                                            tenon_repair repair, const char *name);

/** A migration that another tool has applied. */
typedef struct tenon_adopted {
    const char *name;    /**< of one of the folder */
    const char *at, *by; /**< as the ledger of that tool says; NULL: now, this session's user */
    int64_t duration_ms;
} tenon_adopted;

/** What a database has before its ledger is begun. */
typedef struct tenon_adoption {
    const tenon_adopted *items; /**< in the order of names */
    size_t n;
    const char *guard;  /**< a condition of SQL that has to hold when the rows are written, such as
                             that another session holds the lock of the other tool; NULL: none */
    const char *origin; /**< is noted in the log: "goose" */
} tenon_adoption;

/** Writes the rows of migrations that were applied by other means, all in one transaction. A ledger
 *  that has rows already is refused, unless they are these. */
TENON_NODISCARD tenon_migrate_outcome tenon_migrator_adopt(tenon_migrator *migrator,
                                                           const tenon_adoption *adoption);

/* --- At the start of a program --------------------------------------------------------------- */

struct tenon_db; /* <tenon/tenon.h> */

/** Applies what is pending where db leads, in a session of its own. Any number of processes may do
 * so at once: each returns when all is applied. TENON_OK, or a failure that tenon_db_error(db)
 *  describes, after which a program should end. */
TENON_NODISCARD tenon_status tenon_migrate(struct tenon_db *db, const tenon_migrations *migrations,
                                           const tenon_migrate_options *options);

/** Changes nothing, and needs SELECT on the ledger only: TENON_OK if all is applied as it is here
 * and nobody changed the schema by other means; else TENON_SCHEMA_MISMATCH. A database that has
 * more than this program is no failure: who writes a migration keeps it such that the programs of
 * before can run (tenon migrate review tells). */
TENON_NODISCARD tenon_status tenon_require_schema(struct tenon_db *db,
                                                  const tenon_migrations *migrations,
                                                  const tenon_migrate_options *options);

#ifdef __cplusplus
}
#endif
#endif
