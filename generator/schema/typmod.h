/* Type modifiers: varchar(10), numeric(12, 2), interval day to second(3). */
#ifndef TENON_SCHEMA_TYPMOD_H
#define TENON_SCHEMA_TYPMOD_H

#include "schema/schema.h"

/* Encodes the modifiers of the type name as the type's typmodin function does. False after a
 * diagnostic was added. */
bool typmod_encode(const struct sql *sql, const PgQuery__TypeName *name, const struct type *type,
                   struct diags *diags, int32_t *typmod);

#endif
