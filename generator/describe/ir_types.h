/* What the schema contributes to the IR: one ir_type per catalog type and one ir_table per
 * relation, each made on first use, so that pointers can be compared.
 */
#ifndef TENON_DESCRIBE_IR_TYPES_H
#define TENON_DESCRIBE_IR_TYPES_H

#include "describe/describe.h"

/* The table or view of the schema, with columns as queries describe them: a domain column has the
 * domain's base type. Never NULL. */
const struct ir_table *ir_types_get_table(struct ir_types *types, const struct relation *relation);

/* "public.orders". */
const char *ir_relation_name(struct arena *arena, const struct catalog *catalog,
                             const struct relation *relation);

#endif
