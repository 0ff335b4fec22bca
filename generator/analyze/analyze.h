/* Parse analysis: parse tree + catalog → analysed query (manual, chapters 7 and 10). */
#ifndef TENON_ANALYZE_ANALYZE_H
#define TENON_ANALYZE_ANALYZE_H

#include "analyze/query.h"
#include "ir/ir.h"
#include "schema/schema.h"
#include "sql/query_file.h"

/* Interning of types: one ir_type per catalog type, made on first use (ir_types.c). */
struct ir_types;
struct ir_types *ir_types_create(struct arena *arena, const struct catalog *catalog);
const struct ir_type *ir_types_get(struct ir_types *types, oid oid);

/* Analyses one statement as the server's Parse would. False after a diagnostic with the server's
 * SQLSTATE was added; the first error of a statement is the one the server would report. */
bool analyze_statement(struct arena *arena, const struct catalog *catalog,
                       const struct statement *statement, struct diags *diags,
                       struct analysis *analysis);

/* The hooks by which the schema room analyses view bodies. */
struct schema_analyzer analyze_view_hook(struct arena *arena);

/* Analyses an annotated query to its IR: types, names, nullability, cardinality, lint warnings.
 * NULL after a diagnostic was added. */
struct ir_query *analyze_query(struct arena *arena, const struct catalog *catalog,
                               struct ir_types *types, const struct annotated_query *query,
                               struct diags *diags);

/* The schema's part of the IR: all enums, composites, tables and constraints. */
void analyze_schema(struct arena *arena, const struct catalog *catalog, struct ir_types *types,
                    struct ir_package *package);

#endif
