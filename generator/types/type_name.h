/* Type names as they are written. */
#ifndef TENON_TYPES_TYPE_NAME_H
#define TENON_TYPES_TYPE_NAME_H

#include "catalog/catalog.h"
#include "sql/raw.h"
#include "sql/statement.h"

/* The type that a TypeName of a parse tree means: name, %TYPE, SETOF is ignored, array bounds,
 * typmods (*typmod may be NULL). 0 after a diagnostic (42704, 42P01, 22023, …). */
oid type_name_resolve(const struct catalog *catalog, const struct sql *sql,
                      const PgQuery__TypeName *name, struct diags *diags, int32_t *typmod);

#endif
