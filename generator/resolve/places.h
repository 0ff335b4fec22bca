/* Which clauses allow aggregates, window functions and set-returning functions. */
#ifndef TENON_RESOLVE_PLACES_H
#define TENON_RESOLVE_PLACES_H

#include "resolve/state.h"

/* "WHERE", "ORDER BY", …: as messages call the clause. */
const char *place_name(enum expr_place place);

/* The end of "… are not allowed in WHERE"; NULL where they are allowed. */
const char *place_refuses_aggregate(struct parse *parse, enum expr_place place);
const char *place_refuses_window(struct parse *parse, enum expr_place place);
/* "check constraint" of "cannot use subquery in check constraint"; NULL where they are allowed. */
const char *place_refuses_query(enum expr_place place);
const char *place_refuses_set(struct parse *parse, enum expr_place place);

void check_set_returning(struct parse *parse, struct expr *call, const struct expr *inner_before);

#endif
