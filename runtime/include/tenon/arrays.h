/* Arrays and ranges.
 *
 * An array is a flat run of elements. The plain case, one dimension without NULL elements, needs
 * only count and items, and the zero value is the empty array:
 *
 *     int64_t ids[] = {1, 2, 3};
 *     status = ledger_find_orders(db, mem, (tenon_int64_array){.count = 3, .items = ids}, &orders);
 *
 * `nulls` and `dims` are NULL unless some element is NULL or the array has another shape than one
 * dimension that starts at 1. Elements of several dimensions lie in row-major order. */
#ifndef TENON_ARRAYS_H
#define TENON_ARRAYS_H

#include <tenon/optional.h>

/** PostgreSQL's own limit. */
#define TENON_MAX_DIMENSIONS 6

typedef struct tenon_dimension {
    int32_t length;
    int32_t lower_bound;
} tenon_dimension;

/** Defines `struct name`, an array of `type`. */
#define TENON_DEFINE_ARRAY(name, type)                                                             \
    typedef struct name {                                                                          \
        size_t count;      /* elements, over all dimensions */                                     \
        const type *items; /* a NULL element is zero here */                                       \
        const bool *nulls; /* which elements are NULL; NULL: none */                               \
        size_t n_dims;     /* 0 when dims is NULL */                                               \
        const tenon_dimension *dims;                                                               \
    } name

/** Defines the array of `type` under `name` and what may be NULL instead of it under `opt_name`. */
#define TENON_DEFINE_ARRAY_AND_OPT(name, opt_name, type)                                           \
    TENON_DEFINE_ARRAY(name, type);                                                                \
    TENON_DEFINE_OPT(opt_name, name)

typedef const char *tenon_text; /**< a NULL element of an array of text is a NULL pointer */

TENON_DEFINE_ARRAY_AND_OPT(tenon_bool_array, tenon_opt_bool_array, bool);
TENON_DEFINE_ARRAY_AND_OPT(tenon_char_array, tenon_opt_char_array, char);
TENON_DEFINE_ARRAY_AND_OPT(tenon_int16_array, tenon_opt_int16_array, int16_t);
TENON_DEFINE_ARRAY_AND_OPT(tenon_int32_array, tenon_opt_int32_array, int32_t);
TENON_DEFINE_ARRAY_AND_OPT(tenon_int64_array, tenon_opt_int64_array, int64_t);
TENON_DEFINE_ARRAY_AND_OPT(tenon_uint32_array, tenon_opt_uint32_array, uint32_t);
TENON_DEFINE_ARRAY_AND_OPT(tenon_uint64_array, tenon_opt_uint64_array, uint64_t);
TENON_DEFINE_ARRAY_AND_OPT(tenon_float_array, tenon_opt_float_array, float);
TENON_DEFINE_ARRAY_AND_OPT(tenon_double_array, tenon_opt_double_array, double);
TENON_DEFINE_ARRAY_AND_OPT(tenon_text_array, tenon_opt_text_array, tenon_text);
TENON_DEFINE_ARRAY_AND_OPT(tenon_bytes_array, tenon_opt_bytes_array, tenon_bytes);
TENON_DEFINE_ARRAY_AND_OPT(tenon_numeric_array, tenon_opt_numeric_array, tenon_numeric);
TENON_DEFINE_ARRAY_AND_OPT(tenon_uuid_array, tenon_opt_uuid_array, tenon_uuid);
TENON_DEFINE_ARRAY_AND_OPT(tenon_date_array, tenon_opt_date_array, tenon_date);
TENON_DEFINE_ARRAY_AND_OPT(tenon_time_array, tenon_opt_time_array, tenon_time);
TENON_DEFINE_ARRAY_AND_OPT(tenon_timetz_array, tenon_opt_timetz_array, tenon_timetz);
TENON_DEFINE_ARRAY_AND_OPT(tenon_timestamp_array, tenon_opt_timestamp_array, tenon_timestamp);
TENON_DEFINE_ARRAY_AND_OPT(tenon_timestamptz_array, tenon_opt_timestamptz_array, tenon_timestamptz);
TENON_DEFINE_ARRAY_AND_OPT(tenon_interval_array, tenon_opt_interval_array, tenon_interval);
TENON_DEFINE_ARRAY_AND_OPT(tenon_inet_array, tenon_opt_inet_array, tenon_inet);
TENON_DEFINE_ARRAY_AND_OPT(tenon_macaddr_array, tenon_opt_macaddr_array, tenon_macaddr);
TENON_DEFINE_ARRAY_AND_OPT(tenon_macaddr8_array, tenon_opt_macaddr8_array, tenon_macaddr8);
TENON_DEFINE_ARRAY_AND_OPT(tenon_bits_array, tenon_opt_bits_array, tenon_bits);
TENON_DEFINE_ARRAY_AND_OPT(tenon_tid_array, tenon_opt_tid_array, tenon_tid);
TENON_DEFINE_ARRAY_AND_OPT(tenon_point_array, tenon_opt_point_array, tenon_point);
TENON_DEFINE_ARRAY_AND_OPT(tenon_line_array, tenon_opt_line_array, tenon_line);
TENON_DEFINE_ARRAY_AND_OPT(tenon_lseg_array, tenon_opt_lseg_array, tenon_lseg);
TENON_DEFINE_ARRAY_AND_OPT(tenon_box_array, tenon_opt_box_array, tenon_box);
TENON_DEFINE_ARRAY_AND_OPT(tenon_circle_array, tenon_opt_circle_array, tenon_circle);
TENON_DEFINE_ARRAY_AND_OPT(tenon_path_array, tenon_opt_path_array, tenon_path);
TENON_DEFINE_ARRAY_AND_OPT(tenon_polygon_array, tenon_opt_polygon_array, tenon_polygon);

/** Defines a range of `type` under `name`, an array of it (which is also the form of a multirange)
 *  and the optionals of both. The zero value is the range without bounds. */
#define TENON_DEFINE_RANGE(name, type)                                                             \
    typedef struct name {                                                                          \
        bool empty; /* no value at all: the other members mean nothing */                          \
        bool has_lower, has_upper;                                                                 \
        bool lower_inclusive, upper_inclusive;                                                     \
        type lower, upper;                                                                         \
    } name

TENON_DEFINE_RANGE(tenon_int32_range, int32_t);
TENON_DEFINE_RANGE(tenon_int64_range, int64_t);
TENON_DEFINE_RANGE(tenon_numeric_range, tenon_numeric);
TENON_DEFINE_RANGE(tenon_date_range, tenon_date);
TENON_DEFINE_RANGE(tenon_timestamp_range, tenon_timestamp);
TENON_DEFINE_RANGE(tenon_timestamptz_range, tenon_timestamptz);

TENON_DEFINE_OPT(tenon_opt_int32_range, tenon_int32_range);
TENON_DEFINE_OPT(tenon_opt_int64_range, tenon_int64_range);
TENON_DEFINE_OPT(tenon_opt_numeric_range, tenon_numeric_range);
TENON_DEFINE_OPT(tenon_opt_date_range, tenon_date_range);
TENON_DEFINE_OPT(tenon_opt_timestamp_range, tenon_timestamp_range);
TENON_DEFINE_OPT(tenon_opt_timestamptz_range, tenon_timestamptz_range);

TENON_DEFINE_ARRAY_AND_OPT(tenon_int32_range_array, tenon_opt_int32_range_array, tenon_int32_range);
TENON_DEFINE_ARRAY_AND_OPT(tenon_int64_range_array, tenon_opt_int64_range_array, tenon_int64_range);
TENON_DEFINE_ARRAY_AND_OPT(tenon_numeric_range_array, tenon_opt_numeric_range_array,
                           tenon_numeric_range);
TENON_DEFINE_ARRAY_AND_OPT(tenon_date_range_array, tenon_opt_date_range_array, tenon_date_range);
TENON_DEFINE_ARRAY_AND_OPT(tenon_timestamp_range_array, tenon_opt_timestamp_range_array,
                           tenon_timestamp_range);
TENON_DEFINE_ARRAY_AND_OPT(tenon_timestamptz_range_array, tenon_opt_timestamptz_range_array,
                           tenon_timestamptz_range);

/** A multirange is its ranges in order, none of them empty: dims and nulls are NULL. */
typedef tenon_int32_range_array tenon_int32_multirange;
typedef tenon_int64_range_array tenon_int64_multirange;
typedef tenon_numeric_range_array tenon_numeric_multirange;
typedef tenon_date_range_array tenon_date_multirange;
typedef tenon_timestamp_range_array tenon_timestamp_multirange;
typedef tenon_timestamptz_range_array tenon_timestamptz_multirange;

typedef tenon_opt_int32_range_array tenon_opt_int32_multirange;
typedef tenon_opt_int64_range_array tenon_opt_int64_multirange;
typedef tenon_opt_numeric_range_array tenon_opt_numeric_multirange;
typedef tenon_opt_date_range_array tenon_opt_date_multirange;
typedef tenon_opt_timestamp_range_array tenon_opt_timestamp_multirange;
typedef tenon_opt_timestamptz_range_array tenon_opt_timestamptz_multirange;

#endif
