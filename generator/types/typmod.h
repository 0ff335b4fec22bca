/* Type modifiers: varchar(10), numeric(12, 2), interval day to second(3). */
#ifndef TENON_TYPES_TYPMOD_H
#define TENON_TYPES_TYPMOD_H

#include "catalog/catalog.h"
#include "sql/statement.h"

/* Encodes the modifiers of the type name as the type's typmodin function does. False after a
 * diagnostic was added. */
bool typmod_encode(const struct sql *sql, const PgQuery__TypeName *name, const struct type *type,
                   struct diags *diags, int32_t *typmod);

#endif
