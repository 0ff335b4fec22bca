/* Lint: warnings with stable names about queries that are valid and probably wrong. */
#ifndef TENON_DESCRIBE_LINT_H
#define TENON_DESCRIBE_LINT_H

#include "describe/describe.h"

/* Adds the warnings for one analysed query, less those that `-- @allow NAME` silences. */
void lint_query(struct arena *arena, const struct catalog *catalog,
                const struct annotated_query *annotated, const struct analysis *analysis,
                const struct ir_query *ir, struct diags *diags);

#endif
