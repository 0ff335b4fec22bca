/* What the files of effects share. */
#ifndef TENON_PROVE_EFFECTS_INTERNAL_H
#define TENON_PROVE_EFFECTS_INTERNAL_H

#include "prove/effects.h"
#include "tree/tree.h"

struct effects_walk {
    struct walk walk; /* first: the walk's visitor finds the rest by it */
    const struct catalog *catalog;
    struct arena *arena;
    bool writes; /* changes or locks rows, or nobody knows */
    bool is_volatile;
    bool changes_session;
    VEC(const void *) seen; /* views, tables with policies, functions: each is looked at once */
};

/* --- effects.c */

/* A statement of the walk: the one that is asked about, or one of a function's body. */
void effects_visit_statement(struct effects_walk *walk, const PgQuery__Node *tree,
                             struct query *query);
/* Whether it is the first time; then it is seen from now on. */
bool effects_see(struct effects_walk *walk, const void *what);

/* --- effects_function.c */

/* `call`: where it is called, for its arguments; NULL when it is called by an operator or so. */
void effects_visit_function(struct effects_walk *walk, const struct function *function,
                            const struct expr *call);

/* --- effects_utility.c: what the parse tree alone tells */

bool effects_may_commit(const PgQuery__Node *tree);
bool effects_changes_session(const PgQuery__Node *tree);

#endif
