/* A kept expression for the types that the columns of its table have now. */
#ifndef TENON_ANALYZE_RETYPE_H
#define TENON_ANALYZE_RETYPE_H

#include "analyze/transform.h"

/* Over range-table entry 0, which is the relation. Ends the analysis when it means nothing more. */
struct expr *retype_expr(struct parse *parse, const struct relation *relation,
                         const struct expr *expr);

#endif
