/* Parameters: each bind encodes one value in PostgreSQL's binary form.
 *
 * tenon__bind_… serves parameters, elements, fields and columns alike. For what is most frequent
 * there are forms that know where they stand: tenon__param_… for the parameters of a call, whose
 * number (from 0) they are given, tenon__column_… for the columns of a COPY; both take the name for
 * messages where something can be refused. Where tenon__bind_… binds a parameter or column,
 * tenon__at gives its number and name. A call binds all parameters of its statement, for each item
 * or row. */
#ifndef TENON_GENERATED_BIND_H
#define TENON_GENERATED_BIND_H

#include <tenon/generated/stray.h>
#include <tenon/generated/write.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Of an optional: `write` for a value, `null` for none, and a value that is not present is refused.
 */
#define TENON__BIND_OPT(opt, is_stray, param, write, null)                                         \
    do {                                                                                           \
        if ((opt).present)                                                                         \
            write;                                                                                 \
        else if (TENON__UNLIKELY(is_stray(opt)))                                                   \
            tenon__refuse_stray(call, param);                                                      \
        else                                                                                       \
            null;                                                                                  \
    } while (0)

#define TENON__DEFINE_BIND_OPT(name)                                                               \
    static inline void tenon__bind_opt_##name(tenon__call *call, tenon_opt_##name opt)             \
    {                                                                                              \
        TENON__BIND_OPT(opt, tenon__is_stray_##name, call->param_name,                             \
                        tenon__bind_##name(call, opt.value), tenon__bind_null(call));              \
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
    static inline void tenon__bind_opt_##name(tenon__call *call, tenon_opt_##name opt)             \
    {                                                                                              \
        TENON__BIND_OPT(opt, tenon__is_stray_##name, call->param_name,                             \
                        tenon__bind_##name(call, opt.value), tenon__bind_null(call));              \
    }                                                                                              \
    static inline void tenon__param_opt_##name(tenon__call *call, size_t param,                    \
                                               const char *parameter, tenon_opt_##name opt)        \
    {                                                                                              \
        TENON__BIND_OPT(opt, tenon__is_stray_##name, parameter,                                    \
                        tenon__param_##name(call, param, opt.value),                               \
                        tenon__param_null(call, param));                                           \
    }                                                                                              \
    static inline void tenon__column_opt_##name(tenon__call *call, const char *column,             \
                                                tenon_opt_##name opt)                              \
    {                                                                                              \
        TENON__BIND_OPT(opt, tenon__is_stray_##name, column,                                       \
                        tenon__column_##name(call, opt.value), tenon__column_null(call));          \
    }

TENON__FIXED_TYPES(TENON__DEFINE_FIXED_BIND_OPT)

/* --- Pointers: a NULL is refused, naming the parameter, but in the optional form. --- */

static inline void tenon__bind_text(tenon__call *call, const char *value)
{
    if (TENON__UNLIKELY(value == NULL))
        tenon__refuse_null(call, call->param_name);
    else
        tenon__bind_data(call, value, strlen(value));
}

static inline void tenon__param_text(tenon__call *call, size_t param, const char *name,
                                     const char *value)
{
    if (TENON__UNLIKELY(value == NULL))
        tenon__refuse_null(call, name);
    else
        tenon__param_data(call, param, name, value, strlen(value));
}

static inline void tenon__column_text(tenon__call *call, const char *name, const char *value)
{
    if (TENON__UNLIKELY(value == NULL))
        tenon__refuse_null(call, name);
    else
        tenon__column_data(call, name, value, strlen(value));
}

static inline void tenon__bind_opt_text(tenon__call *call, tenon_opt_text value)
{
    if (value.or_null == NULL)
        tenon__bind_null(call);
    else
        tenon__bind_data(call, value.or_null, strlen(value.or_null));
}

static inline void tenon__param_opt_text(tenon__call *call, size_t param, const char *name,
                                         tenon_opt_text value)
{
    if (value.or_null == NULL)
        tenon__param_null(call, param);
    else
        tenon__param_data(call, param, name, value.or_null, strlen(value.or_null));
}

static inline void tenon__column_opt_text(tenon__call *call, const char *name, tenon_opt_text value)
{
    if (value.or_null == NULL)
        tenon__column_null(call);
    else
        tenon__column_data(call, name, value.or_null, strlen(value.or_null));
}

static inline void tenon__bind_bytes(tenon__call *call, tenon_bytes value)
{
    if (TENON__UNLIKELY(value.data == NULL))
        tenon__refuse_null(call, call->param_name);
    else
        tenon__bind_data(call, value.data, value.length);
}

static inline void tenon__param_bytes(tenon__call *call, size_t param, const char *name,
                                      tenon_bytes value)
{
    if (TENON__UNLIKELY(value.data == NULL))
        tenon__refuse_null(call, name);
    else
        tenon__param_data(call, param, name, value.data, value.length);
}

static inline void tenon__column_bytes(tenon__call *call, const char *name, tenon_bytes value)
{
    if (TENON__UNLIKELY(value.data == NULL))
        tenon__refuse_null(call, name);
    else
        tenon__column_data(call, name, value.data, value.length);
}

TENON__DEFINE_BIND_OPT(bytes)

static inline void tenon__param_opt_bytes(tenon__call *call, size_t param, const char *name,
                                          tenon_opt_bytes opt)
{
    TENON__BIND_OPT(opt, tenon__is_stray_bytes, name,
                    tenon__param_bytes(call, param, name, opt.value),
                    tenon__param_null(call, param));
}

static inline void tenon__column_opt_bytes(tenon__call *call, const char *name, tenon_opt_bytes opt)
{
    TENON__BIND_OPT(opt, tenon__is_stray_bytes, name, tenon__column_bytes(call, name, opt.value),
                    tenon__column_null(call));
}

/* Elements of an array: those without data are NULL. */

static inline void tenon__append_opt_text(tenon__call *call, tenon_opt_text value)
{
    if (value.or_null == NULL)
        tenon__append_null(call);
    else
        tenon__append(call, value.or_null, strlen(value.or_null));
}

static inline void tenon__append_bytes(tenon__call *call, tenon_bytes value)
{
    if (value.data == NULL)
        tenon__append_null(call);
    else
        tenon__column_data(call, call->param_name, value.data, value.length);
}

/** Of jsonb and others with a version byte in front. */
void tenon__bind_jsonb(tenon__call *call, const char *value);

static inline void tenon__bind_opt_jsonb(tenon__call *call, tenon_opt_text value)
{
    if (value.or_null == NULL)
        tenon__bind_null(call);
    else
        tenon__bind_jsonb(call, value.or_null);
}

/** The label of an enum value, from 1, in a table of `count` labels behind a first element that is
 *  none. 0, which is UNSET, and what is out of the table are TENON_INVALID_ARGUMENT. */
void tenon__bind_enum(tenon__call *call, const char *const *labels, size_t count, int value);

/* --- Values of other types --- */

#define TENON__DECLARE_OTHER_BIND(name, type)                                                      \
    void tenon__bind_##name(tenon__call *call, type value);                                        \
    TENON__DEFINE_BIND_OPT(name)

TENON__OTHER_TYPES(TENON__DECLARE_OTHER_BIND)

void tenon__bind_cidr(tenon__call *call, tenon_inet value);

static inline void tenon__bind_opt_cidr(tenon__call *call, tenon_opt_inet opt)
{
    TENON__BIND_OPT(opt, tenon__is_stray_inet, call->param_name, tenon__bind_cidr(call, opt.value),
                    tenon__bind_null(call));
}

#ifdef __cplusplus
}
#endif
#endif
