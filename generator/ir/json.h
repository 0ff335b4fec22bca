/* The typed IR as JSON: what `tenon describe` prints. */
#ifndef TENON_IR_JSON_H
#define TENON_IR_JSON_H

#include "ir/ir.h"
#include "support/diag.h"

/* {"package": …, "queries": […], "errors": […]}: the queries of the package in source order and
 * the errors among the diagnostics in the order they are in. */
void ir_write_json(struct buf *out, const struct ir_package *package, const struct diags *diags);

#endif
