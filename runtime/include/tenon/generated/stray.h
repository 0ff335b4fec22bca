/* Optionals with a value that nobody said to be present: `.price.value = 5`. The value would be
 * lost, so binds refuse it. The padding of structs has any bytes, so values are compared in their
 * binary form, or by the members that are not zero in whatever has been set. */
#ifndef TENON_GENERATED_STRAY_H
#define TENON_GENERATED_STRAY_H

#include <tenon/generated/encode.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TENON__DEFINE_FIXED_STRAY(name, type, width)                                               \
    static inline bool tenon__is_stray_##name(tenon_opt_##name opt)                                \
    {                                                                                              \
        static const unsigned char zero[width] = {0};                                              \
        unsigned char bytes[width];                                                                \
        tenon__put_##name(bytes, opt.value);                                                       \
        return !opt.present && memcmp(bytes, zero, width) != 0;                                    \
    }

TENON__FIXED_TYPES(TENON__DEFINE_FIXED_STRAY)

#define TENON__DEFINE_STRAY(name, is_set)                                                          \
    static inline bool tenon__is_stray_##name(tenon_opt_##name opt)                                \
    {                                                                                              \
        return !opt.present && (is_set);                                                           \
    }

TENON__DEFINE_STRAY(bytes, opt.value.data != NULL || opt.value.length != 0)
TENON__DEFINE_STRAY(numeric, opt.value.n_digits != 0 || opt.value.sign != 0)
TENON__DEFINE_STRAY(inet, opt.value.version != 0)
TENON__DEFINE_STRAY(bits, opt.value.n_bits != 0)
TENON__DEFINE_STRAY(path, opt.value.count != 0)
TENON__DEFINE_STRAY(polygon, opt.value.count != 0)

/* Of an array, and of a range: by any struct that has such members. */
#define TENON__ARRAY_IS_SET opt.value.count != 0 || opt.value.items != NULL
#define TENON__RANGE_IS_SET opt.value.empty || opt.value.has_lower || opt.value.has_upper

#define TENON__DEFINE_NAMED_ARRAY_STRAY(name, ...)                                                 \
    TENON__DEFINE_ARRAY_STRAY(tenon__is_stray_##name##_array, tenon_opt_##name##_array)
#define TENON__DEFINE_ARRAY_STRAY(is_stray, opt_type)                                              \
    static inline bool is_stray(opt_type opt)                                                      \
    {                                                                                              \
        return !opt.present && (TENON__ARRAY_IS_SET);                                              \
    }

TENON__FIXED_TYPES(TENON__DEFINE_NAMED_ARRAY_STRAY)
TENON__OTHER_TYPES(TENON__DEFINE_NAMED_ARRAY_STRAY)
TENON__DEFINE_ARRAY_STRAY(tenon__is_stray_text_array, tenon_opt_text_array)
TENON__DEFINE_ARRAY_STRAY(tenon__is_stray_bytes_array, tenon_opt_bytes_array)

#define TENON__DEFINE_RANGE_STRAY(name, type)                                                      \
    TENON__DEFINE_STRAY(name##_range, TENON__RANGE_IS_SET)                                         \
    TENON__DEFINE_STRAY(name##_multirange, TENON__ARRAY_IS_SET)                                    \
    TENON__DEFINE_STRAY(name##_range_array, TENON__ARRAY_IS_SET)

TENON__RANGE_TYPES(TENON__DEFINE_RANGE_STRAY)

#ifdef __cplusplus
}
#endif
#endif
