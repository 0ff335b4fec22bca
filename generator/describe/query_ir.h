/* The parts of building an annotated query's IR. */
#ifndef TENON_DESCRIBE_QUERY_IR_H
#define TENON_DESCRIBE_QUERY_IR_H

#include "describe/describe.h"

struct query_ir {
    struct arena *arena;
    const struct catalog *catalog;
    struct ir_types *types;
    const struct annotated_query *annotated;
    const struct analysis *analysis;
    struct ir_query *ir;
    bool *param_nullable; /* [n - 1] */
};

/* Names, types and nullability of the parameters. */
void query_ir_params(struct query_ir *build);

/* The result columns; query_ir_params() has been called. */
void query_ir_columns(struct query_ir *build);

/* :copyfrom: the COPY that does what the INSERT says, or why there is none. */
void query_ir_copy(struct query_ir *build);

/* The text that is sent: each `*` is spelled out. */
const char *query_ir_sql(struct arena *arena, const struct sql *sql,
                         const struct analysis *analysis);

#endif
