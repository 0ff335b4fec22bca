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

typedef const char *tenon_text; /**< NOT NULL, as the bounds of a range are */

/* An element of an array may be NULL whatever the array is, so those of text are of the type that
 * says so. */
TENON_DEFINE_ARRAY_AND_OPT(tenon_text_array, tenon_opt_text_array, tenon_opt_text);
TENON_DEFINE_ARRAY_AND_OPT(tenon_bytes_array, tenon_opt_bytes_array, tenon_bytes);

/** The array of texts that are at hand as pointers: `.names = tenon_texts(names, 2)`. */
static inline tenon_text_array tenon_texts(const char *const *items, size_t count)
{
    tenon_text_array array;
    array.count = count;
    array.items = (const tenon_opt_text *)items; /* whose only member is such a pointer */
    array.nulls = NULL;
    array.n_dims = 0;
    array.dims = NULL;
    return array;
}

/* tenon_<name>_array and its optional for each name of the lists in values.h. */
#define TENON__ARRAY_OF_FIXED(name, type, width)                                                   \
    TENON_DEFINE_ARRAY_AND_OPT(tenon_##name##_array, tenon_opt_##name##_array, type);
#define TENON__ARRAY_OF_OTHER(name, type)                                                          \
    TENON_DEFINE_ARRAY_AND_OPT(tenon_##name##_array, tenon_opt_##name##_array, type);
TENON__FIXED_TYPES(TENON__ARRAY_OF_FIXED)
TENON__OTHER_TYPES(TENON__ARRAY_OF_OTHER)
#undef TENON__ARRAY_OF_FIXED
#undef TENON__ARRAY_OF_OTHER

/** Defines a range of `type` under `name`. The zero value is the range without bounds. */
#define TENON_DEFINE_RANGE(name, type)                                                             \
    typedef struct name {                                                                          \
        bool empty; /* no value at all: the other members mean nothing */                          \
        bool has_lower, has_upper;                                                                 \
        bool lower_inclusive, upper_inclusive;                                                     \
        type lower, upper;                                                                         \
    } name

/* tenon_<name>_range, tenon_<name>_range_array, tenon_<name>_multirange and the optionals of them
 * for each name of TENON__RANGE_TYPES. A multirange is its ranges in order, none of them empty:
 * dims and nulls are NULL. */
#define TENON__RANGE_OF(name, type)                                                                \
    TENON_DEFINE_RANGE(tenon_##name##_range, type);                                                \
    TENON_DEFINE_OPT(tenon_opt_##name##_range, tenon_##name##_range);                              \
    TENON_DEFINE_ARRAY_AND_OPT(tenon_##name##_range_array, tenon_opt_##name##_range_array,         \
                               tenon_##name##_range);                                              \
    typedef tenon_##name##_range_array tenon_##name##_multirange;                                  \
    typedef tenon_opt_##name##_range_array tenon_opt_##name##_multirange;
TENON__RANGE_TYPES(TENON__RANGE_OF)
#undef TENON__RANGE_OF

#endif
