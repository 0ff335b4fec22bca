/* Arrays of the built-in types, their ranges and multiranges, put together from nested.h. */
#ifndef TENON_GENERATED_ARRAYS_H
#define TENON_GENERATED_ARRAYS_H

#include <tenon/generated/nested.h>

#ifdef __cplusplus
extern "C" {
#endif

/* read of `array_type`, whose elements are read by the function named, and of the optional of it.
 * The element's OID is an argument where a C type serves several SQL types. */
#define TENON__DEFINE_ARRAY_READ(name, array_type, opt_type, item_type, read)                      \
    static inline array_type tenon__read_##name(tenon__call *call, uint32_t element_type)          \
    {                                                                                              \
        array_type array;                                                                          \
        tenon__nested nested;                                                                      \
        memset(&array, 0, sizeof array);                                                           \
        if (tenon__enter_array(call, &nested, element_type)) {                                     \
            item_type *items = (item_type *)tenon__alloc_items(call, &nested, sizeof *items);      \
            bool *nulls = tenon__alloc_nulls(call, &nested);                                       \
            for (size_t i = 0; i < nested.count; i++) {                                            \
                if (tenon__present(call))                                                          \
                    items[i] = read(call);                                                         \
                else                                                                               \
                    nulls[i] = true;                                                               \
            }                                                                                      \
            array.count = nested.count;                                                            \
            array.items = items;                                                                   \
            array.nulls = nulls;                                                                   \
            array.n_dims = nested.n_dims;                                                          \
            array.dims = nested.dims;                                                              \
            tenon__leave(call, &nested);                                                           \
        }                                                                                          \
        return array;                                                                              \
    }                                                                                              \
    static inline opt_type tenon__read_opt_##name(tenon__call *call, uint32_t element_type)        \
    {                                                                                              \
        opt_type opt;                                                                              \
        memset(&opt, 0, sizeof opt);                                                               \
        opt.present = tenon__present(call);                                                        \
        if (opt.present)                                                                           \
            opt.value = tenon__read_##name(call, element_type);                                    \
        return opt;                                                                                \
    }

/* bind of the optional of an array. */
#define TENON__DEFINE_ARRAY_BIND_OPT(name, opt_type)                                               \
    TENON__DEFINE_ARRAY_STRAY(tenon__is_stray_bound_##name, opt_type)                              \
    static inline void tenon__bind_opt_##name(tenon__call *call, opt_type opt,                     \
                                              uint32_t element_type)                               \
    {                                                                                              \
        TENON__BIND_OPT(opt, tenon__is_stray_bound_##name, call->param_name,                       \
                        tenon__bind_##name(call, opt.value, element_type),                         \
                        tenon__bind_null(call));                                                   \
    }

/* bind of `array_type`, whose elements are bound by the function named. */
#define TENON__DEFINE_ARRAY_BIND(name, array_type, opt_type, bind)                                 \
    static inline void tenon__bind_##name(tenon__call *call, array_type array,                     \
                                          uint32_t element_type)                                   \
    {                                                                                              \
        const tenon__shape shape = {array.items, array.count,  array.n_dims,                       \
                                    array.dims,  element_type, 0};                                 \
        tenon__opened opened = tenon__open_array(call, &shape);                                    \
        if (!tenon__ok(call))                                                                      \
            return;                                                                                \
        for (size_t i = 0; i < array.count; i++) {                                                 \
            if (array.nulls != NULL && array.nulls[i])                                             \
                tenon__append_null(call);                                                          \
            else                                                                                   \
                bind(call, array.items[i]);                                                        \
        }                                                                                          \
        tenon__close_array(call, opened);                                                          \
    }                                                                                              \
    TENON__DEFINE_ARRAY_BIND_OPT(name, opt_type)

/* Both. */
#define TENON__DEFINE_ARRAY_IO(name, array_type, opt_type, item_type, read, bind)                  \
    TENON__DEFINE_ARRAY_READ(name, array_type, opt_type, item_type, read)                          \
    TENON__DEFINE_ARRAY_BIND(name, array_type, opt_type, bind)

/* Elements of a fixed width: they have room from the start, and need no call. */
#define TENON__DEFINE_FIXED_ARRAY_IO(element, type, width)                                         \
    TENON__DEFINE_ARRAY_READ(element##_array, tenon_##element##_array,                             \
                             tenon_opt_##element##_array, type, tenon__read_##element)             \
    static inline void tenon__bind_##element##_array(                                              \
        tenon__call *call, tenon_##element##_array array, uint32_t element_type)                   \
    {                                                                                              \
        const tenon__shape shape = {array.items, array.count,  array.n_dims,                       \
                                    array.dims,  element_type, 4 + (width)};                       \
        tenon__opened opened = tenon__open_array(call, &shape);                                    \
        unsigned char *to = call->space;                                                           \
        if (!tenon__ok(call))                                                                      \
            return;                                                                                \
        for (size_t i = 0; i < array.count && array.nulls == NULL; i++, to += 4 + (width)) {       \
            tenon__put32(to, width);                                                               \
            tenon__put_##element(to + 4, array.items[i]);                                          \
        }                                                                                          \
        for (size_t i = 0; i < array.count && array.nulls != NULL; i++) {                          \
            if (array.nulls[i]) {                                                                  \
                tenon__put32(to, UINT32_MAX);                                                      \
                to += 4;                                                                           \
                call->has_null = true;                                                             \
            } else {                                                                               \
                tenon__put32(to, width);                                                           \
                tenon__put_##element(to + 4, array.items[i]);                                      \
                to += 4 + (width);                                                                 \
            }                                                                                      \
        }                                                                                          \
        call->space = to;                                                                          \
        tenon__close_array(call, opened);                                                          \
    }                                                                                              \
    TENON__DEFINE_ARRAY_BIND_OPT(element##_array, tenon_opt_##element##_array)

#define TENON__DEFINE_PLAIN_ARRAY_IO(element, type)                                                \
    TENON__DEFINE_ARRAY_IO(element##_array, tenon_##element##_array, tenon_opt_##element##_array,  \
                           type, tenon__read_##element, tenon__bind_##element)

TENON__FIXED_TYPES(TENON__DEFINE_FIXED_ARRAY_IO)

TENON__OTHER_TYPES(TENON__DEFINE_PLAIN_ARRAY_IO)

/* In arrays of pointers a NULL element is a NULL pointer, with or without `nulls`. */
TENON__DEFINE_ARRAY_READ(text_array, tenon_text_array, tenon_opt_text_array, tenon_opt_text,
                         tenon__read_opt_text)

static inline void tenon__bind_text_array(tenon__call *call, tenon_text_array array,
                                          uint32_t element_type)
{
    const tenon__shape shape = {array.items, array.count,  array.n_dims,
                                array.dims,  element_type, 0};
    tenon__opened opened = tenon__open_array(call, &shape);
    if (!tenon__ok(call))
        return;
    tenon__append_texts(call, array.items, array.nulls, array.count);
    tenon__close_array(call, opened);
}

TENON__DEFINE_ARRAY_BIND_OPT(text_array, tenon_opt_text_array)
TENON__DEFINE_ARRAY_IO(jsonb_array, tenon_text_array, tenon_opt_text_array, tenon_opt_text,
                       tenon__read_opt_jsonb, tenon__bind_opt_jsonb)
TENON__DEFINE_ARRAY_IO(bytes_array, tenon_bytes_array, tenon_opt_bytes_array, tenon_bytes,
                       tenon__read_bytes, tenon__append_bytes)

TENON__DEFINE_ARRAY_IO(cidr_array, tenon_inet_array, tenon_opt_inet_array, tenon_inet,
                       tenon__read_inet, tenon__bind_cidr)

/* read and bind of a range, its array, its multirange, and the optionals of them. */
#define TENON__DEFINE_RANGE_IO(element, type)                                                      \
    static inline tenon_##element##_range tenon__read_##element##_range(tenon__call *call)         \
    {                                                                                              \
        tenon_##element##_range range;                                                             \
        tenon__nested nested;                                                                      \
        memset(&range, 0, sizeof range);                                                           \
        if (tenon__enter_range(call, &nested)) {                                                   \
            range.empty = nested.empty;                                                            \
            range.lower_inclusive = nested.lower_inclusive;                                        \
            range.upper_inclusive = nested.upper_inclusive;                                        \
            range.has_lower = tenon__present(call);                                                \
            if (range.has_lower)                                                                   \
                range.lower = tenon__read_##element(call);                                         \
            range.has_upper = tenon__present(call);                                                \
            if (range.has_upper)                                                                   \
                range.upper = tenon__read_##element(call);                                         \
            tenon__leave(call, &nested);                                                           \
        }                                                                                          \
        return range;                                                                              \
    }                                                                                              \
    static inline void tenon__bind_##element##_range(tenon__call *call,                            \
                                                     tenon_##element##_range range)                \
    {                                                                                              \
        tenon__opened opened = tenon__open_range(                                                  \
            call, tenon__range_flags(range.empty, range.has_lower, range.lower_inclusive,          \
                                     range.has_upper, range.upper_inclusive));                     \
        if (range.has_lower && !range.empty)                                                       \
            tenon__bind_##element(call, range.lower);                                              \
        if (range.has_upper && !range.empty)                                                       \
            tenon__bind_##element(call, range.upper);                                              \
        tenon__close(call, opened);                                                                \
    }                                                                                              \
    static inline tenon_##element##_multirange tenon__read_##element##_multirange(                 \
        tenon__call *call)                                                                         \
    {                                                                                              \
        tenon_##element##_multirange value;                                                        \
        tenon__nested nested;                                                                      \
        memset(&value, 0, sizeof value);                                                           \
        if (tenon__enter_multirange(call, &nested)) {                                              \
            tenon_##element##_range *items =                                                       \
                (tenon_##element##_range *)tenon__alloc_items(call, &nested, sizeof *items);       \
            for (size_t i = 0; i < nested.count; i++)                                              \
                items[i] = tenon__read_##element##_range(call);                                    \
            value.count = nested.count;                                                            \
            value.items = items;                                                                   \
            tenon__leave(call, &nested);                                                           \
        }                                                                                          \
        return value;                                                                              \
    }                                                                                              \
    static inline void tenon__bind_##element##_multirange(tenon__call *call,                       \
                                                          tenon_##element##_multirange value)      \
    {                                                                                              \
        tenon__opened opened = tenon__open_multirange(call, value.items, value.count);             \
        for (size_t i = 0; i < value.count && tenon__ok(call); i++)                                \
            tenon__bind_##element##_range(call, value.items[i]);                                   \
        tenon__close(call, opened);                                                                \
    }                                                                                              \
    TENON__DEFINE_READ_OPT(element##_range)                                                        \
    TENON__DEFINE_BIND_OPT(element##_range)                                                        \
    TENON__DEFINE_READ_OPT(element##_multirange)                                                   \
    TENON__DEFINE_BIND_OPT(element##_multirange)                                                   \
    TENON__DEFINE_PLAIN_ARRAY_IO(element##_range, tenon_##element##_range)

TENON__RANGE_TYPES(TENON__DEFINE_RANGE_IO)

#ifdef __cplusplus
}
#endif
#endif
