/* Rows and their fields. */
#ifndef TENON_RESOLVE_ROW_TYPE_H
#define TENON_RESOLVE_ROW_TYPE_H

#include "resolve/state.h"

/* The fields of a composite or record expression; NULL when they are not known. */
struct rte_column *row_type_columns(struct parse *parse, struct expr *row, size_t *n);
/* A function's result as a row: from its OUT parameters or a composite type; NULL for a scalar or
 * an unknown record. */
struct rte_column *function_columns(struct parse *parse, struct expr *call, size_t *n);

#endif
