/* Lint: warnings with stable names about queries that are valid and probably wrong. */
#ifndef TENON_LINT_LINT_H
#define TENON_LINT_LINT_H

#include "analyze/analyze.h"
#include "ir/ir.h"

/* Adds the warnings for one analysed query, less those that `-- @allow NAME` silences. */
void lint_query(struct arena *arena, const struct catalog *catalog,
                const struct annotated_query *annotated, const struct analysis *analysis,
                const struct ir_query *ir, struct diags *diags);

#endif
