/* A query out of one arena into another. */
#ifndef TENON_IR_COPY_H
#define TENON_IR_COPY_H

#include "ir/ir.h"

/* A copy that outlives the arena that the query was made in. Types, tables and sources are shared.
 */
struct ir_query *ir_query_copy(struct arena *arena, const struct ir_query *query);

#endif
