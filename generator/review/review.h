/* What the statements of a migration do to a database that is in use: locks, rewrites, scans, what
 * is lost, and hazards with the safe way to do the same.
 *
 *     review_statements(arena, catalog, statements, &options, diags, &review)
 *
 * Each statement is looked at with the catalog as it is before it and as it leaves it: the catalog
 * ends up as the statements make it. What is said holds for PostgreSQL 15, with the pins of the
 * runner: TimeZone is UTC.
 */
#ifndef TENON_REVIEW_REVIEW_H
#define TENON_REVIEW_REVIEW_H

#include "catalog/catalog.h"
#include "sql/statement.h"
#include "support/vec.h"

/* As in the server: the higher, the more it conflicts with. */
enum lock_mode {
    LOCK_MODE_NONE,
    LOCK_MODE_ACCESS_SHARE,
    LOCK_MODE_ROW_SHARE,
    LOCK_MODE_ROW_EXCLUSIVE,
    LOCK_MODE_SHARE_UPDATE_EXCLUSIVE,
    LOCK_MODE_SHARE,
    LOCK_MODE_SHARE_ROW_EXCLUSIVE,
    LOCK_MODE_EXCLUSIVE,
    LOCK_MODE_ACCESS_EXCLUSIVE,
};

enum answer { ANSWER_NO, ANSWER_UNKNOWN, ANSWER_YES };

enum hazard_id {
    HAZARD_NONE,
#define HAZARD(id, name, weight, says, safe) HAZARD_##id,
#include "review/hazards.def"
    N_HAZARDS
};

enum hazard_weight {
    HAZARD_IS_DANGER, /* it can stop those who use the database, or lose something */
    HAZARD_IS_ADVICE, /* it works, and will be regretted; said of new tables too */
};

/* A row of hazards.def. */
struct hazard {
    const char *name;
    enum hazard_weight weight;
    const char *says, *safe;
};

/* A relation that is there before the statement. */
struct reviewed_relation {
    oid oid;          /* of an index: that of its table */
    const char *name; /* qualified, without quotes: "public.orders" */
    bool is_index;
    bool has_rows; /* a table or materialized view with rows of its own */
    bool is_new;   /* an earlier statement of the migration made it */
    enum lock_mode lock;
    enum answer rewrite, scan;
    const char *why; /* rewrite or scan is not known: why; or what it rests upon. NULL */
    bool is_emptied; /* its file is replaced by an empty one */
};

struct found_hazard {
    enum hazard_id id;
    const char *object; /* "public.orders.note" */
    bool is_allowed;    /* by `-- @allow` */
};

struct reviewed_statement {
    const char *sql;
    const char *comments; /* in front of it */
    const PgQuery__Node *tree;
    span at;
    size_t transaction; /* statements of one number run in one transaction */
    bool is_alone;      /* it can not run inside of a transaction */
    VEC(struct reviewed_relation) relations;
    VEC(const char *) losses; /* "column public.orders.note" */
    VEC(struct found_hazard) hazards;
};

struct review {
    VEC(struct reviewed_statement *) statements;
};

struct review_options {
    /* For each statement the transaction that it runs in; NULL: all in one. */
    const size_t *transactions;
};

/* False after the statements were refused: then an error was added. */
bool review_statements(struct arena *arena, struct catalog *catalog, struct statements statements,
                       const struct review_options *options, struct diags *diags,
                       struct review *review);

const struct hazard *hazard_get(enum hazard_id id);
const char *lock_mode_name(enum lock_mode mode); /* "ACCESS EXCLUSIVE" */
/* What a lock keeps others from: "reads, writes and DDL"; NULL: nothing that matters. */
const char *lock_mode_blocks(enum lock_mode mode);
const char *answer_name(enum answer answer);

#endif
