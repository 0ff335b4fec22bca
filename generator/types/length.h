/* What a change of a type's modifier does to the values that are stored: varchar(10) → varchar(20).
 */
#ifndef TENON_TYPES_LENGTH_H
#define TENON_TYPES_LENGTH_H

#include "catalog/catalog.h"

/* Whether the server knows that the values stay as they are, so that it need not look at them: the
 * functions in pg_proc.prosupport of length coercions. Arrays have none. */
bool typmod_keeps_values(const struct type *type, int32_t old, int32_t new);

/* Whether every value of the old modifier fits into the new one and stays what it is, looked at or
 * not. Of arrays, by the type of their elements. */
bool typmod_widens(const struct type *type, int32_t old, int32_t new);

/* The digits of a numeric of this modifier in front of its point; -1: any number. */
int typmod_whole_digits(int32_t typmod);

#endif
