/* One statement, asked of both sides and executed. */
#ifndef TESTS_RANDOM_CHECK_H
#define TESTS_RANDOM_CHECK_H

#include "agree/verdict.h"
#include "random/gen.h"

enum outcome {
    AGREED,
    DIFFERS,      /* the two verdicts */
    NULL_CLAIMED, /* a column called NOT NULL came back NULL */
    ROWS_CLAIMED, /* more rows than the one that was proved */
};

struct checker {
    PGconn *conn;
    struct verdict_maker *maker;
    const struct menu *menu;
    struct rng rng; /* of the parameters' values */
    bool verbose;   /* tells what is asked and answered */
    long n_accepted, n_executed, n_rows, n_skipped, n_claims, n_proofs;
};

struct finding {
    enum outcome outcome;
    const char *server, *tenon; /* verdicts, or a claim and what was found */
};

struct finding check_statement(struct checker *checker, struct arena *arena, const char *sql);

/* Whether two findings are probably of the same kind. */
bool check_is_alike(const struct finding *a, const struct finding *b);

/* The statement with all left out that the finding can do without. */
const char *check_minimise(struct checker *checker, struct arena *arena, const char *sql,
                           const struct finding *finding);

/* Gives every table rows, and refreshes materialized views; anew: the tables are emptied first.
 * (fill.c) */
void fill_tables(struct gen *gen, PGconn *conn, bool anew);

/* Ends the program when the server refuses. */
void check_command(PGconn *conn, const char *sql);

#endif
