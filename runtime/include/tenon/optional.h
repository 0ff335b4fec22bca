/* Values that may be NULL.
 *
 * The zero value is NULL, so what an initialiser leaves out is NULL. Types whose C form is a
 * pointer need no such struct: nullable text, json and xml are a NULL pointer, nullable bytea is a
 * tenon_bytes whose data is NULL. */
#ifndef TENON_OPTIONAL_H
#define TENON_OPTIONAL_H

#include <tenon/values.h>

/** Initialiser of an optional that is present: `.price = TENON_SOME(100)`, or as an argument
 *  `(tenon_opt_int64)TENON_SOME(100)`. */
#define TENON_SOME(x)                                                                              \
    {                                                                                              \
        true, (x)                                                                                  \
    }

/** Defines `struct name`, a `type` that may be NULL. */
#define TENON_DEFINE_OPT(name, type)                                                               \
    typedef struct name {                                                                          \
        bool present; /* false: NULL, and value is zero */                                         \
        type value;                                                                                \
    } name

/* tenon_opt_<name> for each name of the lists in values.h: tenon_opt_int64, tenon_opt_date, … */
#define TENON__OPT_OF_FIXED(name, type, width) TENON_DEFINE_OPT(tenon_opt_##name, type);
#define TENON__OPT_OF_OTHER(name, type) TENON_DEFINE_OPT(tenon_opt_##name, type);
TENON__FIXED_TYPES(TENON__OPT_OF_FIXED)
TENON__OTHER_TYPES(TENON__OPT_OF_OTHER)
#undef TENON__OPT_OF_FIXED
#undef TENON__OPT_OF_OTHER

#endif
