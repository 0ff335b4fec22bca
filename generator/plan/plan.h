/* The way from one schema to another: statements in an order in which a server takes them.
 *
 *     plan_make(arena, before, after, &options, diags, &plan)   two catalogs → steps
 *     plan_text(arena, &plan)                                   steps → SQL
 *
 * What the server would keep alike is no difference. Renames are none either: they are done in the
 * catalog of the schema before, by the statements that will do them on the server. A plan is proved
 * before it is given out: its statements are replayed on the schema before, and what comes out has
 * the inventory of the schema after.
 */
#ifndef TENON_PLAN_PLAN_H
#define TENON_PLAN_PLAN_H

#include "inventory/ignore.h"
#include "support/diag.h"

struct plan_options {
    bool is_plain;   /* the plain form everywhere: nothing CONCURRENTLY, no NOT VALID */
    bool allows_all; /* every loss and every lock */
    /* "drop column:public.orders.note": what may be lost or locked, by name. */
    const char *const *allowed;
    size_t n_allowed;
    const struct ignore *ignore; /* objects of others; NULL: there are none */
};

/* What a step takes away, that someone has to allow by name. */
struct loss {
    const char *flag;  /* "--allow-drop" */
    const char *what;  /* "column:public.orders.note" */
    const char *about; /* "the values of the column are lost" */
    bool is_allowed;
};

struct step {
    const char *sql; /* without a semicolon; may have several lines */
    /* Steps of one wave run together: in one transaction if its number is even; if it is odd, one
     * by one outside of any. What is before a wave has to be committed. */
    int wave;
    size_t number;           /* in the order of writing */
    const struct item *item; /* of which object */
    VEC(struct loss) losses;
    const char *note; /* a comment above it; NULL: none */
    /* Steps of one head that follow each other are one statement: head tail, tail; else NULL. */
    const char *head, *tail;
};

struct plan {
    VEC(struct step *) steps; /* by wave */
    int last_wave;            /* the first in which all that they made may be used */
    size_t n_refused;         /* losses that nobody allowed, and changes that no statement makes */
};

/* False after an error was added to diags: then the steps are of no use. The catalog `before` is
 * changed to what the steps lead to. */
bool plan_make(struct arena *arena, struct catalog *before, struct catalog *after,
               const struct plan_options *options, struct diags *diags, struct plan *plan);

/* SQL, "" without steps. */
const char *plan_text(struct arena *arena, const struct plan *plan);

#endif
