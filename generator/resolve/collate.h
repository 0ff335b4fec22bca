/* Collations of analysed expressions. */
#ifndef TENON_RESOLVE_COLLATE_H
#define TENON_RESOLVE_COLLATE_H

#include "resolve/state.h"
#include "tree/tree.h"

/* Gives each of the expressions, one by one, its collation; 42P21 for explicit ones that clash.
 * NULL entries are left out. */
void collate_exprs(struct parse *parse, struct expr *const *exprs, size_t n);

/* The one collation of them all; 0 for none, or for a conflict when none_ok (else 42P21). */
oid collate_common(struct parse *parse, struct expr *const *exprs, size_t n, bool none_ok);

/* All expressions of the level; sub-queries have been done before. */
void collate_query(struct parse *parse, struct query *query);

#endif
