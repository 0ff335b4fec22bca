/* Parameters: each bind encodes one value in PostgreSQL's binary form.
 *
 * Binds push onto a stack of values. A nested value (nested.h) pushes its parts and then replaces
 * them by the whole, so the same binds serve parameters, elements and fields. */
#ifndef TENON_GENERATED_BIND_H
#define TENON_GENERATED_BIND_H

#include <string.h>

#include <tenon/generated/call.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Pushes a value of `length` bytes and returns where to write it; NULL after a failure. */
unsigned char *tenon__push_slow(tenon__call *call, size_t length);
/** Pushes memory of the caller that stays as it is until the call has been sent. */
void tenon__push_borrowed(tenon__call *call, const void *data, size_t length);

void tenon__bind_null(tenon__call *call);

/** A NULL for `param`, which must not be NULL: TENON_INVALID_ARGUMENT, naming it. */
TENON__COLD void tenon__refuse_null(tenon__call *call, const char *param);
/** Anything else that is wrong with `param` (NULL if it is nested): `problem` says what. */
TENON__COLD void tenon__refuse(tenon__call *call, const char *param, const char *problem);

static inline unsigned char *tenon__push(tenon__call *call, size_t length)
{
    if (call->n_bound < call->capacity && (size_t)(call->space_end - call->space) >= length) {
        unsigned char *place = call->space;
        tenon__cell *cell = &call->params[call->n_bound++];
        call->space += length;
        cell->length = (int)length;
        cell->value = (const char *)place;
        return place;
    }
    return tenon__push_slow(call, length);
}

static inline void tenon__put16(unsigned char *to, uint16_t value)
{
    to[0] = (unsigned char)(value >> 8);
    to[1] = (unsigned char)value;
}

static inline void tenon__put32(unsigned char *to, uint32_t value)
{
    tenon__put16(to, (uint16_t)(value >> 16));
    tenon__put16(to + 2, (uint16_t)value);
}

static inline void tenon__put64(unsigned char *to, uint64_t value)
{
    tenon__put32(to, (uint32_t)(value >> 32));
    tenon__put32(to + 4, (uint32_t)value);
}

static inline void tenon__put_double(unsigned char *to, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    tenon__put64(to, bits);
}

static inline void tenon__bind_bool(tenon__call *call, bool value)
{
    unsigned char *to = tenon__push(call, 1);
    if (to != NULL)
        *to = value;
}

static inline void tenon__bind_char(tenon__call *call, char value)
{
    unsigned char *to = tenon__push(call, 1);
    if (to != NULL)
        *to = (unsigned char)value;
}

static inline void tenon__bind_uint16(tenon__call *call, uint16_t value)
{
    unsigned char *to = tenon__push(call, 2);
    if (to != NULL)
        tenon__put16(to, value);
}

static inline void tenon__bind_uint32(tenon__call *call, uint32_t value)
{
    unsigned char *to = tenon__push(call, 4);
    if (to != NULL)
        tenon__put32(to, value);
}

static inline void tenon__bind_uint64(tenon__call *call, uint64_t value)
{
    unsigned char *to = tenon__push(call, 8);
    if (to != NULL)
        tenon__put64(to, value);
}

static inline void tenon__bind_int16(tenon__call *call, int16_t value)
{
    tenon__bind_uint16(call, (uint16_t)value);
}

static inline void tenon__bind_int32(tenon__call *call, int32_t value)
{
    tenon__bind_uint32(call, (uint32_t)value);
}

static inline void tenon__bind_int64(tenon__call *call, int64_t value)
{
    tenon__bind_uint64(call, (uint64_t)value);
}

static inline void tenon__bind_float(tenon__call *call, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    tenon__bind_uint32(call, bits);
}

static inline void tenon__bind_double(tenon__call *call, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    tenon__bind_uint64(call, bits);
}

static inline void tenon__bind_uuid(tenon__call *call, tenon_uuid value)
{
    unsigned char *to = tenon__push(call, 16);
    if (to != NULL)
        memcpy(to, value.bytes, 16);
}

static inline void tenon__bind_date(tenon__call *call, tenon_date value)
{
    tenon__bind_int32(call, value.days);
}

static inline void tenon__bind_time(tenon__call *call, tenon_time value)
{
    tenon__bind_int64(call, value.microseconds);
}

static inline void tenon__bind_timestamp(tenon__call *call, tenon_timestamp value)
{
    tenon__bind_int64(call, value.microseconds);
}

static inline void tenon__bind_timestamptz(tenon__call *call, tenon_timestamptz value)
{
    tenon__bind_int64(call, value.microseconds);
}

void tenon__bind_timetz(tenon__call *call, tenon_timetz value);
void tenon__bind_interval(tenon__call *call, tenon_interval value);
void tenon__bind_numeric(tenon__call *call, tenon_numeric value);
void tenon__bind_inet(tenon__call *call, tenon_inet value);
void tenon__bind_cidr(tenon__call *call, tenon_inet value);
void tenon__bind_macaddr(tenon__call *call, tenon_macaddr value);
void tenon__bind_macaddr8(tenon__call *call, tenon_macaddr8 value);
void tenon__bind_bits(tenon__call *call, tenon_bits value);
void tenon__bind_tid(tenon__call *call, tenon_tid value);
void tenon__bind_point(tenon__call *call, tenon_point value);
void tenon__bind_line(tenon__call *call, tenon_line value);
void tenon__bind_lseg(tenon__call *call, tenon_lseg value);
void tenon__bind_box(tenon__call *call, tenon_box value);
void tenon__bind_circle(tenon__call *call, tenon_circle value);
void tenon__bind_path(tenon__call *call, tenon_path value);
void tenon__bind_polygon(tenon__call *call, tenon_polygon value);

/* Pointers. The first form is for NOT NULL parameters and refuses NULL, naming the parameter. */

void tenon__bind_opt_text(tenon__call *call, const char *value);
void tenon__bind_opt_jsonb(tenon__call *call, const char *value);
void tenon__bind_opt_bytes(tenon__call *call, tenon_bytes value);

static inline void tenon__bind_text(tenon__call *call, const char *param, const char *value)
{
    if (TENON__UNLIKELY(value == NULL))
        tenon__refuse_null(call, param);
    else
        tenon__bind_opt_text(call, value);
}

static inline void tenon__bind_jsonb(tenon__call *call, const char *param, const char *value)
{
    if (TENON__UNLIKELY(value == NULL))
        tenon__refuse_null(call, param);
    else
        tenon__bind_opt_jsonb(call, value);
}

static inline void tenon__bind_bytes(tenon__call *call, const char *param, tenon_bytes value)
{
    if (TENON__UNLIKELY(value.data == NULL))
        tenon__refuse_null(call, param);
    else
        tenon__bind_opt_bytes(call, value);
}

/** The label of an enum value; a value out of the table is TENON_INVALID_ARGUMENT. */
void tenon__bind_enum(tenon__call *call, const char *const *labels, size_t count, int value);

#define TENON__DEFINE_BIND_OPT(name)                                                               \
    static inline void tenon__bind_opt_##name(tenon__call *call, tenon_opt_##name value)           \
    {                                                                                              \
        if (value.present)                                                                         \
            tenon__bind_##name(call, value.value);                                                 \
        else                                                                                       \
            tenon__bind_null(call);                                                                \
    }

TENON__DEFINE_BIND_OPT(bool)
TENON__DEFINE_BIND_OPT(char)
TENON__DEFINE_BIND_OPT(int16)
TENON__DEFINE_BIND_OPT(int32)
TENON__DEFINE_BIND_OPT(int64)
TENON__DEFINE_BIND_OPT(uint32)
TENON__DEFINE_BIND_OPT(uint64)
TENON__DEFINE_BIND_OPT(float)
TENON__DEFINE_BIND_OPT(double)
TENON__DEFINE_BIND_OPT(numeric)
TENON__DEFINE_BIND_OPT(uuid)
TENON__DEFINE_BIND_OPT(date)
TENON__DEFINE_BIND_OPT(time)
TENON__DEFINE_BIND_OPT(timetz)
TENON__DEFINE_BIND_OPT(timestamp)
TENON__DEFINE_BIND_OPT(timestamptz)
TENON__DEFINE_BIND_OPT(interval)
TENON__DEFINE_BIND_OPT(inet)
TENON__DEFINE_BIND_OPT(macaddr)
TENON__DEFINE_BIND_OPT(macaddr8)
TENON__DEFINE_BIND_OPT(bits)
TENON__DEFINE_BIND_OPT(tid)
TENON__DEFINE_BIND_OPT(point)
TENON__DEFINE_BIND_OPT(line)
TENON__DEFINE_BIND_OPT(lseg)
TENON__DEFINE_BIND_OPT(box)
TENON__DEFINE_BIND_OPT(circle)
TENON__DEFINE_BIND_OPT(path)
TENON__DEFINE_BIND_OPT(polygon)

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
