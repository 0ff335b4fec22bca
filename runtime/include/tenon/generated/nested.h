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
 * Binding opens the value, binds the parts, which are written right behind, and closes it:
 *
 *     tenon__opened address = tenon__open_record(call, 2);
 *     tenon__field(call, 25, "street");
 *     tenon__bind_text(call, value.street);
 *     tenon__field(call, 1043, "zip");
 *     tenon__bind_opt_text(call, value.zip);
 *     tenon__close(call, address);
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

/** A value whose length is to be written when its parts are there. */
typedef struct tenon__opened {
    size_t at;     /* of the length, behind call->base: the buffer may move */
    bool has_null; /* of the value around it, as far as that had come */
} tenon__opened;

/** What an array is but for its elements. */
typedef struct tenon__shape {
    const void *items;
    size_t count;
    size_t n_dims; /* 0: one dimension that starts at 1 */
    const tenon_dimension *dims;
    uint32_t element_type;
    size_t item_size; /* bytes of an element with its length; 0: they differ */
} tenon__shape;

/** Opens an array of `count` elements. Where their size is known, there is room for all of them.
 *  Refuses dimensions that do not fit, and NULL items: tenon__ok() tells. */
tenon__opened tenon__open_array(tenon__call *call, const tenon__shape *shape);
/** The flag that some element is NULL is put right, too. */
void tenon__close_array(tenon__call *call, tenon__opened opened);

/** Writes the elements of an array of texts. */
void tenon__append_texts(tenon__call *call, const tenon_opt_text *items, const bool *nulls,
                         size_t count);

/** Opens a record; each field's OID goes in front of its value. */
tenon__opened tenon__open_record(tenon__call *call, size_t n_fields);
void tenon__field(tenon__call *call, uint32_t type, const char *name);

/** Opens a range. Only the bounds that it has follow: those of an empty range are ignored. */
tenon__opened tenon__open_range(tenon__call *call, unsigned flags);
static inline unsigned tenon__range_flags(bool empty, bool has_lower, bool lower_inclusive,
                                          bool has_upper, bool upper_inclusive)
{
    if (empty)
        return 0x01;
    return (has_lower ? (lower_inclusive ? 0x02u : 0) : 0x08u) |
           (has_upper ? (upper_inclusive ? 0x04u : 0) : 0x10u);
}

/** Opens a multirange of `count` ranges. */
tenon__opened tenon__open_multirange(tenon__call *call, const void *items, size_t count);

/** Closes any of them but an array. */
void tenon__close(tenon__call *call, tenon__opened opened);

#ifdef __cplusplus
}
#endif
#endif
