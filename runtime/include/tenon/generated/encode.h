/* PostgreSQL's binary form of values of a fixed width: big-endian numbers, one behind the other. */
#ifndef TENON_GENERATED_ENCODE_H
#define TENON_GENERATED_ENCODE_H

#include <string.h>

#include <tenon/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Every such type: DEFINE(name, C type, bytes). tenon__put_<name> writes that many bytes. */
#define TENON__FIXED_TYPES(DEFINE)                                                                 \
    DEFINE(bool, bool, 1)                                                                          \
    DEFINE(char, char, 1)                                                                          \
    DEFINE(int16, int16_t, 2)                                                                      \
    DEFINE(int32, int32_t, 4)                                                                      \
    DEFINE(int64, int64_t, 8)                                                                      \
    DEFINE(uint32, uint32_t, 4)                                                                    \
    DEFINE(uint64, uint64_t, 8)                                                                    \
    DEFINE(float, float, 4)                                                                        \
    DEFINE(double, double, 8)                                                                      \
    DEFINE(uuid, tenon_uuid, 16)                                                                   \
    DEFINE(date, tenon_date, 4)                                                                    \
    DEFINE(time, tenon_time, 8)                                                                    \
    DEFINE(timetz, tenon_timetz, 12)                                                               \
    DEFINE(timestamp, tenon_timestamp, 8)                                                          \
    DEFINE(timestamptz, tenon_timestamptz, 8)                                                      \
    DEFINE(interval, tenon_interval, 16)                                                           \
    DEFINE(macaddr, tenon_macaddr, 6)                                                              \
    DEFINE(macaddr8, tenon_macaddr8, 8)                                                            \
    DEFINE(tid, tenon_tid, 6)                                                                      \
    DEFINE(point, tenon_point, 16)                                                                 \
    DEFINE(line, tenon_line, 24)                                                                   \
    DEFINE(lseg, tenon_lseg, 32)                                                                   \
    DEFINE(box, tenon_box, 32)                                                                     \
    DEFINE(circle, tenon_circle, 24)

/** The largest of them. */
#define TENON__MAX_FIXED 32

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
