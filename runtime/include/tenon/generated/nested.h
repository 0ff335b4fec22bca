/* Values inside of values: arrays, composite types, ranges and multiranges, nested at will.
 *
 * Reading enters the value, whose parts then are the next cells, and leaves it:
 *
 *     tenon__nested nested;
 *     if (tenon__enter_record(call, &nested, address_types, 2)) {
 *         address.street = tenon__read_text(call);
 *         address.zip = tenon__read_opt_text(call);
 *         tenon__leave(call, &nested);
 *     }
 *
 * Binding marks the stack of values, pushes the parts, and closes the whole over them:
 *
 *     size_t mark = tenon__mark(call);
 *     tenon__bind_text(call, "address.street", address.street);
 *     tenon__bind_opt_text(call, address.zip);
 *     tenon__close_record(call, mark, address_types);
 */
#ifndef TENON_GENERATED_NESTED_H
#define TENON_GENERATED_NESTED_H

#include <tenon/generated/bind.h>
#include <tenon/generated/read.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tenon__nested {
    struct tenon__nested *outer;
    const tenon__cell *resume; /* the cell behind this value */
    size_t count;              /* parts */
    bool has_nulls;            /* some part is NULL */
    size_t n_dims;             /* of an array whose shape is not the plain one, else 0 */
    const tenon_dimension *dims;
    bool empty, lower_inclusive, upper_inclusive; /* of a range */
    bool rewinds; /* the parts' cells go when the value is left: to this place */
    void *block;
    size_t used;
} tenon__nested;

/** Takes the next cell apart. False if it is malformed, or NULL: ask tenon__present() first where
 *  that is allowed. OIDs of elements and fields are compared as those of columns are. */
bool tenon__enter_array(tenon__call *call, tenon__nested *nested, uint32_t element_type);
bool tenon__enter_record(tenon__call *call, tenon__nested *nested, const uint32_t *field_types,
                         size_t n_fields);
/** The two parts are the bounds; one that is missing, or of an empty range, is NULL. */
bool tenon__enter_range(tenon__call *call, tenon__nested *nested);
/** The parts are ranges. */
bool tenon__enter_multirange(tenon__call *call, tenon__nested *nested);
void tenon__leave(tenon__call *call, tenon__nested *nested);

/** Zeroed memory of the call's arena for the parts, each of `size` bytes. NULL if there are none,
 *  or no memory; then the call has failed and nested->count is 0. */
void *tenon__alloc_items(tenon__call *call, tenon__nested *nested, size_t size);
/** Flags for the parts if any of them is NULL, all set to false; else NULL. */
bool *tenon__alloc_nulls(tenon__call *call, tenon__nested *nested);

static inline size_t tenon__mark(const tenon__call *call)
{
    return call->n_bound;
}

/** Makes an array of the values above the mark. n_dims 0: one dimension that starts at 1. */
void tenon__close_array(tenon__call *call, size_t mark, uint32_t element_type, size_t n_dims,
                        const tenon_dimension *dims);
/** Makes a record; field_types has as many OIDs as there are values above the mark. */
void tenon__close_record(tenon__call *call, size_t mark, const uint32_t *field_types);
/** Makes a range of the two values above the mark, the bounds; a NULL is no bound. */
void tenon__close_range(tenon__call *call, size_t mark, bool empty, bool lower_inclusive,
                        bool upper_inclusive);
/** Makes a multirange of the ranges above the mark. */
void tenon__close_multirange(tenon__call *call, size_t mark);

#ifdef __cplusplus
}
#endif
#endif
