/* Views that read themselves, through other views or at once. */
#ifndef TENON_ANALYZE_VIEW_RECURSION_H
#define TENON_ANALYZE_VIEW_RECURSION_H

#include "catalog/catalog.h"
#include "tree/query.h"

/* The first view below the query that is met again in its own body; NULL when there is none. To
 * read a materialized view does not read what is in its body: that counts with into_stored. */
const struct relation *query_recursive_view(struct arena *arena, const struct catalog *catalog,
                                            const struct query *query, bool into_stored);

#endif
