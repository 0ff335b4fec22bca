/* What the rules of a relation make of a statement that changes it (manual, 41.4). */
#ifndef TENON_ANALYZE_REWRITE_RULES_H
#define TENON_ANALYZE_REWRITE_RULES_H

#include "resolve/state.h"

/* The rules for one kind of statement, put together. */
struct fired_rules {
    bool instead;        /* unconditional: the statement itself is not run */
    bool trigger;        /* an INSTEAD OF trigger runs for each row */
    bool conditional;    /* DO INSTEAD with WHERE */
    bool returning;      /* an action answers for RETURNING */
    bool has_for_update; /* there are rules ON UPDATE, whatever the statement is */
    size_t n_actions, n_conditional_actions, n_also_actions, n_utility_actions;
};

struct fired_rules rules_fire(const struct relation *relation, enum query_kind kind);

/* 0A000 for what cannot be combined with them; in_with: the statement is an item of WITH. */
void rules_check(struct parse *parse, const struct query *query, const struct relation *relation,
                 bool in_with);

#endif
