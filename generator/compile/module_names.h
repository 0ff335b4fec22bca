/* From the names of query files to those of C files: any name will do, and no two are the same. */
#ifndef TENON_COMPILE_MODULE_NAMES_H
#define TENON_COMPILE_MODULE_NAMES_H

#include "ir/ir.h"
#include "support/file.h"

/* Sets the module of each file, by their paths. */
void module_names_set(struct arena *arena, struct ir_file *files, size_t n);

/* From any name to one that can be the prefix of C names: "OrderDB" → "order_db", "new" → "new_db".
 */
const char *package_prefix(struct arena *arena, const char *name);

#endif
