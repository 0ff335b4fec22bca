/* "Did you mean": of the names that there are, the one nearest to the name that was written. One
 * rule for all of the program: one slip of the keyboard in a short name, two in a long one, as more
 * would find something for every name.
 */
#ifndef TENON_SUPPORT_NEAREST_H
#define TENON_SUPPORT_NEAREST_H

#include <stddef.h>

#include "support/arena.h"

struct nearest {
    const char *wanted; /* set by the caller, the rest is 0 at first */
    const char *name;   /* NULL: none is near enough so far */
    size_t distance;    /* of `name`, in edits */
};

/* Keeps the name when it is nearer than the one before; the first of equals stays. */
void nearest_consider(struct nearest *nearest, const char *name);

/* `did you mean "orders"?`; NULL when no name is near. */
const char *nearest_hint(struct arena *arena, const struct nearest *nearest);

#endif
