/* Every type that a package has to do with. */
#ifndef TENON_IR_USED_TYPES_H
#define TENON_IR_USED_TYPES_H

#include "ir/ir.h"
#include "support/vec.h"

typedef VEC(const struct ir_type *) ir_type_list;

/* The types and domains of the schema, then those of columns and parameters, and behind them those
 * that they are made of: each once. */
ir_type_list ir_used_types(struct arena *arena, const struct ir_package *package);

#endif
