/* Analysed queries and what is proved of them → the typed IR, with the warnings of lint. */
#ifndef TENON_DESCRIBE_DESCRIBE_H
#define TENON_DESCRIBE_DESCRIBE_H

#include "analyze/analyze.h"
#include "ir/ir.h"

/* Interning of types: one ir_type per catalog type, made on first use (ir_types.c). */
struct ir_types;
struct ir_types *ir_types_create(struct arena *arena, const struct catalog *catalog);
const struct ir_type *ir_types_get(struct ir_types *types, oid oid);

/* Analyses an annotated query to its IR: types, names, nullability, cardinality, lint warnings.
 * NULL after a diagnostic was added. */
struct ir_query *describe_query(struct arena *arena, const struct catalog *catalog,
                                struct ir_types *types, const struct annotated_query *query,
                                struct diags *diags);

/* The schema's part of the IR: all enums, composites, tables and constraints. */
void describe_schema(struct arena *arena, const struct catalog *catalog, struct ir_types *types,
                     struct ir_package *package);

#endif
