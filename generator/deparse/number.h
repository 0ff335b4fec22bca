/* Numbers as the output functions of their types print them. A text that is not understood stays as
 * it is. */
#ifndef TENON_DEPARSE_NUMBER_H
#define TENON_DEPARSE_NUMBER_H

#include <stdbool.h>

#include "support/arena.h"

const char *number_integer(struct arena *arena, const char *text);
const char *number_numeric(struct arena *arena, const char *text);
/* float4 when it is short, else float8. */
const char *number_float(struct arena *arena, const char *text, bool is_short);

#endif
