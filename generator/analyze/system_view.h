/* What is behind a view, be it the user's or the system's. */
#ifndef TENON_ANALYZE_SYSTEM_VIEW_H
#define TENON_ANALYZE_SYSTEM_VIEW_H

#include "catalog/catalog.h"
#include "tree/query.h"

/* The analysed body of a view or materialized view; NULL for other relations. */
const struct query *view_body(const struct catalog *catalog, const struct relation *relation);

/* Whether INSTEAD rules or triggers decide what a change of the relation does and returns: its own,
 * or those of what an updatable view is over. */
bool view_is_rewritten(const struct catalog *catalog, const struct relation *relation);

#endif
