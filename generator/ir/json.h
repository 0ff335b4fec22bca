/* The typed IR as JSON: what `tenon describe` prints and plug-ins are given. */
#ifndef TENON_IR_JSON_H
#define TENON_IR_JSON_H

#include "ir/ir.h"
#include "support/diag.h"

/* Grows when a key goes or changes its meaning, not when one is added. */
enum { IR_JSON_VERSION = 1 };

/* The document of docs/ir.schema.json, with the errors among the diagnostics in the order they are
 * in. */
void ir_write_json(struct buf *out, const struct ir_package *package, const struct diags *diags);

#endif
