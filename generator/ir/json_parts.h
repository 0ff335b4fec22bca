/* What the document of the IR is put together from (json.c). Keys are written whatever they say:
 * null is what is absent. */
#ifndef TENON_IR_JSON_PARTS_H
#define TENON_IR_JSON_PARTS_H

#include "ir/ir.h"
#include "support/json.h"

/* "queries". json_query.c */
void json_write_queries(struct json *json, const struct ir_package *package);

/* "types", "tables" and "constraints". json_schema.c */
void json_write_types(struct json *json, const struct ir_package *package);
void json_write_tables(struct json *json, const struct ir_package *package);
void json_write_constraints(struct json *json, const struct ir_package *package);

#endif
