/* One text of tenon beside that of a server. */
#ifndef TESTS_DEPARSE_COMPARE_H
#define TESTS_DEPARSE_COMPARE_H

#include <libpq-fe.h>

#include "deparse/deparse.h"

struct tally {
    size_t n_exact;     /* the same text */
    size_t n_same;      /* another text, of which the server makes what it makes of its own */
    size_t n_different; /* anything else */
    size_t n_refused;   /* not written, for a reason that holds */
    bool is_verbose;    /* texts that are not exact are printed */
};

struct comparison {
    const char *label;
    struct deparsed here;
    const char *ask; /* the query whose answer is the server's text */
    /* What makes the same object another time: SQL around a text. */
    const char *before, *after;
    const char *ask_again;
};

/* Judges it in a transaction that is rolled back, so that what is made again leaves no trace. */
void compare(struct tally *tally, PGconn *conn, struct arena *arena,
             const struct comparison *comparison);
void tally_print(const struct tally *tally, const char *title);
/* Runs statements without results; false when one fails, after a message unless quiet. */
bool run_sql(PGconn *conn, const char *sql, bool quiet);

/* What the catalog has of the user's: every expression and body. (objects.c) */
void compare_objects(struct tally *tally, PGconn *conn, struct arena *arena,
                     const struct catalog *catalog);
/* The SELECTs of a folder of tests/agree, as views. (statements.c) */
bool compare_statements(struct tally *tally, PGconn *conn, const char *directory);

#endif
