/* PostgreSQL's binary form of values of a fixed width: big-endian numbers, one behind the other.
 * For each row of TENON__FIXED_TYPES, tenon__put_<name> writes as many bytes as it says. */
#ifndef TENON_GENERATED_ENCODE_H
#define TENON_GENERATED_ENCODE_H

#include <string.h>

#include <tenon/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** As wide as the widest of them. */
union tenon__any_fixed {
#define TENON__FIXED_BYTES(name, type, width) unsigned char bytes_of_##name[width];
    TENON__FIXED_TYPES(TENON__FIXED_BYTES)
#undef TENON__FIXED_BYTES
};

#define TENON__MAX_FIXED sizeof(union tenon__any_fixed)

#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/* Whole words: compilers that see single bytes in a loop make vectors of them, and slow ones. */

static inline void tenon__put16(unsigned char *to, uint16_t value)
{
    value = __builtin_bswap16(value);
    memcpy(to, &value, sizeof value);
}

static inline void tenon__put32(unsigned char *to, uint32_t value)
{
    value = __builtin_bswap32(value);
    memcpy(to, &value, sizeof value);
}

static inline void tenon__put64(unsigned char *to, uint64_t value)
{
    value = __builtin_bswap64(value);
    memcpy(to, &value, sizeof value);
}
#else
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
#endif

static inline void tenon__put_bool(unsigned char *to, bool value)
{
    *to = value;
}

static inline void tenon__put_char(unsigned char *to, char value)
{
    *to = (unsigned char)value;
}

static inline void tenon__put_uint32(unsigned char *to, uint32_t value)
{
    tenon__put32(to, value);
}

static inline void tenon__put_uint64(unsigned char *to, uint64_t value)
{
    tenon__put64(to, value);
}

static inline void tenon__put_int16(unsigned char *to, int16_t value)
{
    tenon__put16(to, (uint16_t)value);
}

static inline void tenon__put_int32(unsigned char *to, int32_t value)
{
    tenon__put32(to, (uint32_t)value);
}

static inline void tenon__put_int64(unsigned char *to, int64_t value)
{
    tenon__put64(to, (uint64_t)value);
}

static inline void tenon__put_float(unsigned char *to, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    tenon__put32(to, bits);
}

static inline void tenon__put_double(unsigned char *to, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    tenon__put64(to, bits);
}

static inline void tenon__put_uuid(unsigned char *to, tenon_uuid value)
{
    memcpy(to, value.bytes, 16);
}

static inline void tenon__put_date(unsigned char *to, tenon_date value)
{
    tenon__put_int32(to, value.days);
}

static inline void tenon__put_time(unsigned char *to, tenon_time value)
{
    tenon__put_int64(to, value.microseconds);
}

static inline void tenon__put_timetz(unsigned char *to, tenon_timetz value)
{
    tenon__put_int64(to, value.microseconds);
    tenon__put_int32(to + 8, value.seconds_west);
}

static inline void tenon__put_timestamp(unsigned char *to, tenon_timestamp value)
{
    tenon__put_int64(to, value.microseconds);
}

static inline void tenon__put_timestamptz(unsigned char *to, tenon_timestamptz value)
{
    tenon__put_int64(to, value.microseconds);
}

static inline void tenon__put_interval(unsigned char *to, tenon_interval value)
{
    tenon__put_int64(to, value.microseconds);
    tenon__put_int32(to + 8, value.days);
    tenon__put_int32(to + 12, value.months);
}

static inline void tenon__put_macaddr(unsigned char *to, tenon_macaddr value)
{
    memcpy(to, value.bytes, 6);
}

static inline void tenon__put_macaddr8(unsigned char *to, tenon_macaddr8 value)
{
    memcpy(to, value.bytes, 8);
}

static inline void tenon__put_tid(unsigned char *to, tenon_tid value)
{
    tenon__put32(to, value.block);
    tenon__put16(to + 4, value.offset);
}

static inline void tenon__put_point(unsigned char *to, tenon_point value)
{
    tenon__put_double(to, value.x);
    tenon__put_double(to + 8, value.y);
}

static inline void tenon__put_line(unsigned char *to, tenon_line value)
{
    tenon__put_double(to, value.a);
    tenon__put_double(to + 8, value.b);
    tenon__put_double(to + 16, value.c);
}

static inline void tenon__put_lseg(unsigned char *to, tenon_lseg value)
{
    tenon__put_point(to, value.ends[0]);
    tenon__put_point(to + 16, value.ends[1]);
}

static inline void tenon__put_box(unsigned char *to, tenon_box value)
{
    tenon__put_point(to, value.high);
    tenon__put_point(to + 16, value.low);
}

static inline void tenon__put_circle(unsigned char *to, tenon_circle value)
{
    tenon__put_point(to, value.center);
    tenon__put_double(to + 16, value.radius);
}

#ifdef __cplusplus
}
#endif
#endif
