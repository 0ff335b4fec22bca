/* Values that may be NULL, as types of their own: a compiler tells them from values that may not.
 *
 * The zero value is NULL, so what an initialiser leaves out is NULL. A value is written with its
 * word, the same in C and in C++:
 *
 *     .price = TENON_SOME(100)           .at = TENON_SOME((tenon_point){1, 2})
 *     .note = TENON_TEXT("by hand")      .note = TENON_TEXT(pointer_that_may_be_null)
 *     order.price = (tenon_opt_int64)TENON_SOME(100);
 *     order.price = (tenon_opt_int64)TENON_NONE;
 *
 * and read by its members: `if (row.price.present) use(row.price.value)`, `row.note.or_null`. */
#ifndef TENON_OPTIONAL_H
#define TENON_OPTIONAL_H

#include <tenon/values.h>

/* In C a plain value in the place of an optional, `.price = 100`, would initialise the first member
 * of the struct inside: `present` would be 1, and the value 0. Where there are arrays of length
 * zero one of them stands in front and takes no value, so that clang refuses the plain value and
 * gcc warns of it, without any option, by the name of the member. In C++ constructors do. */
#ifdef __cplusplus
extern "C++" {
/* What TENON_SOME and TENON_NONE are in C++: every optional can be made of them, and of nothing
 * else by itself. */
template <class T> struct tenon__some {
    T value;
};
template <class T> constexpr tenon__some<T> tenon__make_some(T value)
{
    return tenon__some<T>{value};
}
struct tenon__none {
};
}

#define TENON_SOME(...) tenon__make_some(__VA_ARGS__)
#define TENON_NONE                                                                                 \
    tenon__none                                                                                    \
    {                                                                                              \
    }
#define TENON_TEXT(...)                                                                            \
    tenon_opt_text                                                                                 \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define TENON_ZERO(type) type()

/* Trivial, as the struct of C is: it may be zeroed, copied and returned as such. */
#define TENON_DEFINE_OPT(name, type)                                                               \
    extern "C++" {                                                                                 \
    struct name {                                                                                  \
        bool present;                                                                              \
        type value;                                                                                \
        name() = default;                                                                          \
        constexpr explicit name(const type &some) : present(true), value(some)                     \
        {                                                                                          \
        }                                                                                          \
        constexpr name(tenon__none) : present(false), value()                                      \
        {                                                                                          \
        }                                                                                          \
        template <class T> constexpr name(tenon__some<T> some) : present(true), value(some.value)  \
        {                                                                                          \
        }                                                                                          \
    };                                                                                             \
    }                                                                                              \
    struct name
#else
/** Initialiser of an optional that is present. As an argument or for an assignment with the type in
 *  front: `(tenon_opt_int64)TENON_SOME(100)`. */
#define TENON_SOME(...)                                                                            \
    {                                                                                              \
        .present = true, .value = __VA_ARGS__                                                      \
    }

/** Initialiser of an optional that is NULL, for an assignment: `(tenon_opt_int64)TENON_NONE`. */
#define TENON_NONE                                                                                 \
    {                                                                                              \
        .present = false                                                                           \
    }

/** Initialiser of a text that may be NULL; a NULL pointer is NULL. */
#define TENON_TEXT(...)                                                                            \
    {                                                                                              \
        .or_null = __VA_ARGS__                                                                     \
    }

/** A zero of any struct, for one whose members are all optionals: `= {0}` would give its first one
 * a plain value. Others need it not. */
#ifdef __GNUC__
#define TENON_ZERO(type) (__extension__(type){})
#define TENON__TAKES_NO_PLAIN_VALUE __extension__ char write_TENON_SOME[0];
#else
#define TENON_ZERO(type) ((type){0})
#define TENON__TAKES_NO_PLAIN_VALUE
#endif

/** Defines `struct name`, a `type` that may be NULL. */
#define TENON_DEFINE_OPT(name, type)                                                               \
    typedef struct name {                                                                          \
        TENON__TAKES_NO_PLAIN_VALUE                                                                \
        bool present; /* false: NULL, and value is zero */                                         \
        type value;                                                                                \
    } name
#endif

/** Text that may be NULL: text, varchar, json, xml and their like. As wide as a pointer. */
typedef struct tenon_opt_text {
    const char *or_null;
} tenon_opt_text;

/* tenon_opt_<name> for each name of the lists in values.h: tenon_opt_int64, tenon_opt_date, … */
#define TENON__OPT_OF_FIXED(name, type, width) TENON_DEFINE_OPT(tenon_opt_##name, type);
#define TENON__OPT_OF_OTHER(name, type) TENON_DEFINE_OPT(tenon_opt_##name, type);
TENON__FIXED_TYPES(TENON__OPT_OF_FIXED)
TENON__OTHER_TYPES(TENON__OPT_OF_OTHER)
TENON_DEFINE_OPT(tenon_opt_bytes, tenon_bytes);
#undef TENON__OPT_OF_FIXED
#undef TENON__OPT_OF_OTHER

#endif
