/* The checks of CREATE AGGREGATE, in the order in which the server makes them. */
#ifndef TENON_DDL_AGGREGATE_H
#define TENON_DDL_AGGREGATE_H

#include "ddl/ddl.h"

/* NULL when it is not written; `old_name`, from before 8.2, may be NULL. */
const PgQuery__DefElem *aggregate_option(const PgQuery__DefineStmt *statement, const char *name,
                                         const char *old_name);

/* Words, and which parameters go together. */
void aggregate_check_options(struct ddl *ddl, const PgQuery__DefineStmt *statement, span at);
/* The types of the state and of that of a moving aggregate (0: none), and their first values. */
void aggregate_check_states(struct ddl *ddl, const PgQuery__DefineStmt *statement, oid state,
                            oid moving, span at);
/* A transition function for the state, which is the first of the n types, and what is aggregated.
 */
void aggregate_check_transition(struct ddl *ddl, const struct function *aggregate,
                                const struct function *function, const oid *types, size_t n,
                                bool has_initial, span at);
void aggregate_check_inverse(struct ddl *ddl, const struct function *forward,
                             const struct function *inverse, const oid *types, size_t n, span at);
/* Whether CREATE OR REPLACE may put the new one in the place of the old one. */
void aggregate_check_replaces(struct ddl *ddl, const struct function *old,
                              const struct function *new, span at);

#endif
