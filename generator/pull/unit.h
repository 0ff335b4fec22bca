/* What is written as one piece: a table with its sequences, keys, indexes, triggers and comments; a
 * function; a type.
 *
 * Units stand in an order in which they can be replayed. Which of those it is depends on kinds and
 * names, not on OIDs, and as little as can be on other objects, so that a new table is a few new
 * lines in the middle and not another order of everything.
 */
#ifndef TENON_PULL_UNIT_H
#define TENON_PULL_UNIT_H

#include "plan/plan.h"

struct unit {
    const struct item *item; /* the table, the function */
    /* What could not be written with the table, as it needs what comes behind it: a foreign key of
     * two tables that point at each other, a trigger whose function has rows of the table. */
    bool is_rest;
    VEC(const struct step *) steps;
    VEC(struct unit *) needs; /* units in front of it */
    size_t seen_by;           /* the search that was here last */
};

typedef VEC(struct unit *) unit_list;

/* The steps that make a schema from nothing → units in their order. */
void units_make(struct arena *arena, const struct plan *plan, const struct inventory *inventory,
                unit_list *units);

#endif
