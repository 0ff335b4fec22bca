/* Parameters: each bind encodes one value in PostgreSQL's binary form.
 *
 * tenon__bind_… serves parameters, elements, fields and columns alike. For what is most frequent
 * there are forms that know where they stand: tenon__param_… for the parameters of a call, whose
 * number (from 0) they are given, tenon__column_… for the columns of a COPY. Where tenon__bind_…
 * binds a parameter, tenon__at gives its number. A call binds all parameters of its statement, for
 * each item or row. */
#ifndef TENON_GENERATED_BIND_H
#define TENON_GENERATED_BIND_H

#include <tenon/generated/write.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TENON__DEFINE_BIND_OPT(where, name)                                                        \
    static inline void tenon__##where##_opt_##name(tenon__call *call, tenon_opt_##name value)      \
    {                                                                                              \
        if (value.present)                                                                         \
            tenon__##where##_##name(call, value.value);                                            \
        else                                                                                       \
            tenon__##where##_null(call);                                                           \
    }

/* --- Values of a fixed width --- */

#define TENON__DEFINE_FIXED_BIND(name, type, width)                                                \
    static inline void tenon__bind_##name(tenon__call *call, type value)                           \
    {                                                                                              \
        unsigned char *to = tenon__push(call, width);                                              \
        if (to != NULL)                                                                            \
            tenon__put_##name(to, value);                                                          \
    }                                                                                              \
    static inline void tenon__param_##name(tenon__call *call, size_t param, type value)            \
    {                                                                                              \
        unsigned char *to = call->space;                                                           \
        call->space = to + (width);                                                                \
        tenon__note(call, param, to, width);                                                       \
        tenon__put_##name(to, value);                                                              \
    }                                                                                              \
    static inline void tenon__column_##name(tenon__call *call, type value)                         \
    {                                                                                              \
        unsigned char *to = call->space;                                                           \
        call->space = to + 4 + (width);                                                            \
        tenon__put32(to, width);                                                                   \
        tenon__put_##name(to + 4, value);                                                          \
    }

TENON__FIXED_TYPES(TENON__DEFINE_FIXED_BIND)

#define TENON__DEFINE_FIXED_BIND_OPT(name, type, width)                                            \
    static inline void tenon__bind_opt_##name(tenon__call *call, tenon_opt_##name value)           \
    {                                                                                              \
        if (value.present)                                                                         \
            tenon__bind_##name(call, value.value);                                                 \
        else                                                                                       \
            tenon__bind_null(call);                                                                \
    }                                                                                              \
    static inline void tenon__param_opt_##name(tenon__call *call, size_t param,                    \
                                               tenon_opt_##name value)                             \
    {                                                                                              \
        if (value.present)                                                                         \
            tenon__param_##name(call, param, value.value);                                         \
        else                                                                                       \
            tenon__param_null(call, param);                                                        \
    }                                                                                              \
    static inline void tenon__column_opt_##name(tenon__call *call, tenon_opt_##name value)         \
    {                                                                                              \
        if (value.present)                                                                         \
            tenon__column_##name(call, value.value);                                               \
        else                                                                                       \
            tenon__column_null(call);                                                              \
    }

TENON__FIXED_TYPES(TENON__DEFINE_FIXED_BIND_OPT)

/* --- Pointers. The form without _opt is for NOT NULL and refuses NULL, naming the parameter. ---
 */

#define TENON__DEFINE_POINTER_BIND(where)                                                          \
    static inline void tenon__##where##_opt_text(tenon__call *call, const char *value)             \
    {                                                                                              \
        if (value == NULL)                                                                         \
            tenon__##where##_null(call);                                                           \
        else                                                                                       \
            tenon__##where##_data(call, value, strlen(value));                                     \
    }                                                                                              \
    static inline void tenon__##where##_text(tenon__call *call, const char *param,                 \
                                             const char *value)                                    \
    {                                                                                              \
        if (TENON__UNLIKELY(value == NULL))                                                        \
            tenon__refuse_null(call, param);                                                       \
        else                                                                                       \
            tenon__##where##_data(call, value, strlen(value));                                     \
    }                                                                                              \
    static inline void tenon__##where##_opt_bytes(tenon__call *call, tenon_bytes value)            \
    {                                                                                              \
        if (value.data == NULL)                                                                    \
            tenon__##where##_null(call);                                                           \
        else                                                                                       \
            tenon__##where##_data(call, value.data, value.length);                                 \
    }                                                                                              \
    static inline void tenon__##where##_bytes(tenon__call *call, const char *param,                \
                                              tenon_bytes value)                                   \
    {                                                                                              \
        if (TENON__UNLIKELY(value.data == NULL))                                                   \
            tenon__refuse_null(call, param);                                                       \
        else                                                                                       \
            tenon__##where##_data(call, value.data, value.length);                                 \
    }

TENON__DEFINE_POINTER_BIND(bind)
TENON__DEFINE_POINTER_BIND(column)

static inline void tenon__param_opt_text(tenon__call *call, size_t param, const char *value)
{
    if (value == NULL)
        tenon__param_null(call, param);
    else
        tenon__param_data(call, param, value, strlen(value));
}

static inline void tenon__param_text(tenon__call *call, size_t param, const char *name,
                                     const char *value)
{
    if (TENON__UNLIKELY(value == NULL))
        tenon__refuse_null(call, name);
    else
        tenon__param_data(call, param, value, strlen(value));
}

static inline void tenon__param_opt_bytes(tenon__call *call, size_t param, tenon_bytes value)
{
    if (value.data == NULL)
        tenon__param_null(call, param);
    else
        tenon__param_data(call, param, value.data, value.length);
}

static inline void tenon__param_bytes(tenon__call *call, size_t param, const char *name,
                                      tenon_bytes value)
{
    if (TENON__UNLIKELY(value.data == NULL))
        tenon__refuse_null(call, name);
    else
        tenon__param_data(call, param, value.data, value.length);
}

/* Elements of an array. */

static inline void tenon__append_opt_text(tenon__call *call, const char *value)
{
    if (value == NULL)
        tenon__append_null(call);
    else
        tenon__append(call, value, strlen(value));
}

static inline void tenon__append_opt_bytes(tenon__call *call, tenon_bytes value)
{
    if (value.data == NULL)
        tenon__append_null(call);
    else
        tenon__column_data(call, value.data, value.length);
}

void tenon__bind_opt_jsonb(tenon__call *call, const char *value);

static inline void tenon__bind_jsonb(tenon__call *call, const char *param, const char *value)
{
    if (TENON__UNLIKELY(value == NULL))
        tenon__refuse_null(call, param);
    else
        tenon__bind_opt_jsonb(call, value);
}

/** The label of an enum value; a value out of the table is TENON_INVALID_ARGUMENT. */
void tenon__bind_enum(tenon__call *call, const char *const *labels, size_t count, int value);

/* --- Values of other types --- */

#define TENON__DECLARE_OTHER_BIND(name, type)                                                      \
    void tenon__bind_##name(tenon__call *call, type value);                                        \
    TENON__DEFINE_BIND_OPT(bind, name)

TENON__OTHER_TYPES(TENON__DECLARE_OTHER_BIND)

void tenon__bind_cidr(tenon__call *call, tenon_inet value);

static inline void tenon__bind_opt_cidr(tenon__call *call, tenon_opt_inet value)
{
    if (value.present)
        tenon__bind_cidr(call, value.value);
    else
        tenon__bind_null(call);
}

#ifdef __cplusplus
}
#endif
#endif
