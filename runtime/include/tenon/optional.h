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

TENON_DEFINE_OPT(tenon_opt_bool, bool);
TENON_DEFINE_OPT(tenon_opt_char, char);
TENON_DEFINE_OPT(tenon_opt_int16, int16_t);
TENON_DEFINE_OPT(tenon_opt_int32, int32_t);
TENON_DEFINE_OPT(tenon_opt_int64, int64_t);
TENON_DEFINE_OPT(tenon_opt_uint32, uint32_t);
TENON_DEFINE_OPT(tenon_opt_uint64, uint64_t);
TENON_DEFINE_OPT(tenon_opt_float, float);
TENON_DEFINE_OPT(tenon_opt_double, double);
TENON_DEFINE_OPT(tenon_opt_numeric, tenon_numeric);
TENON_DEFINE_OPT(tenon_opt_uuid, tenon_uuid);
TENON_DEFINE_OPT(tenon_opt_date, tenon_date);
TENON_DEFINE_OPT(tenon_opt_time, tenon_time);
TENON_DEFINE_OPT(tenon_opt_timetz, tenon_timetz);
TENON_DEFINE_OPT(tenon_opt_timestamp, tenon_timestamp);
TENON_DEFINE_OPT(tenon_opt_timestamptz, tenon_timestamptz);
TENON_DEFINE_OPT(tenon_opt_interval, tenon_interval);
TENON_DEFINE_OPT(tenon_opt_inet, tenon_inet);
TENON_DEFINE_OPT(tenon_opt_macaddr, tenon_macaddr);
TENON_DEFINE_OPT(tenon_opt_macaddr8, tenon_macaddr8);
TENON_DEFINE_OPT(tenon_opt_bits, tenon_bits);
TENON_DEFINE_OPT(tenon_opt_tid, tenon_tid);
TENON_DEFINE_OPT(tenon_opt_point, tenon_point);
TENON_DEFINE_OPT(tenon_opt_line, tenon_line);
TENON_DEFINE_OPT(tenon_opt_lseg, tenon_lseg);
TENON_DEFINE_OPT(tenon_opt_box, tenon_box);
TENON_DEFINE_OPT(tenon_opt_circle, tenon_circle);
TENON_DEFINE_OPT(tenon_opt_path, tenon_path);
TENON_DEFINE_OPT(tenon_opt_polygon, tenon_polygon);

#endif
