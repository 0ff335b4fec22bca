/* The C types of PostgreSQL values that C has no type for.
 *
 * All are plain values: they compare, copy and zero-initialise as such. Where one holds a pointer,
 * it leads into the arena that the value was read into, or to memory of the caller for parameters.
 * Times keep PostgreSQL's own epoch, 2000-01-01, so that no value is out of range; convert.h has
 * the conversions to Unix time, to the calendar and to text. */
#ifndef TENON_VALUES_H
#define TENON_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** bytea, and the binary form of types without a C type. `data` is never NULL, also of an empty
 *  value, but in a NULL element of an array. */
typedef struct tenon_bytes {
    const unsigned char *data;
    size_t length;
} tenon_bytes;

typedef struct tenon_uuid {
    uint8_t bytes[16]; /**< in the order of the text form */
} tenon_uuid;

/** Days since 2000-01-01; INT32_MIN is -infinity and INT32_MAX infinity. */
typedef struct tenon_date {
    int32_t days;
} tenon_date;

/** Microseconds since midnight, 0 to 86400000000 (24:00). */
typedef struct tenon_time {
    int64_t microseconds;
} tenon_time;

/** A time of day with the zone's offset, whose sign is PostgreSQL's: seconds west of Greenwich. */
typedef struct tenon_timetz {
    int64_t microseconds;
    int32_t seconds_west;
} tenon_timetz;

/** Microseconds since 2000-01-01 00:00; INT64_MIN is -infinity and INT64_MAX infinity. */
typedef struct tenon_timestamp {
    int64_t microseconds;
} tenon_timestamp;

/** Microseconds since 2000-01-01 00:00 UTC; INT64_MIN is -infinity and INT64_MAX infinity. */
typedef struct tenon_timestamptz {
    int64_t microseconds;
} tenon_timestamptz;

/** The three parts are independent: a month has no fixed number of days, nor a day of hours. */
typedef struct tenon_interval {
    int64_t microseconds;
    int32_t days;
    int32_t months;
} tenon_interval;

/** numeric, lossless: n digits of base 10000, the first one of weight 10000^weight. Eight digits
 *  (29 decimal places or more) lie in the struct, longer numbers behind a pointer. Zero bytes are
 *  the number 0. Use the functions of convert.h rather than the members. */
typedef struct tenon_numeric {
    uint16_t n_digits;
    int16_t weight;
    uint16_t sign;  /**< TENON_NUMERIC_POSITIVE … */
    uint16_t scale; /**< decimal places shown behind the point */
    union {
        unsigned char here[16];     /**< n_digits <= 8: big-endian 16-bit digits */
        const unsigned char *there; /**< n_digits > 8: the same elsewhere */
    } digits;
} tenon_numeric;

#define TENON_NUMERIC_POSITIVE 0x0000
#define TENON_NUMERIC_NEGATIVE 0x4000
#define TENON_NUMERIC_NAN 0xC000
#define TENON_NUMERIC_INFINITY 0xD000
#define TENON_NUMERIC_MINUS_INFINITY 0xF000

/** inet and cidr. An IPv4 address uses the first four bytes. */
typedef struct tenon_inet {
    uint8_t version; /**< 4 or 6 */
    uint8_t bits;    /**< length of the network prefix */
    uint8_t address[16];
} tenon_inet;

typedef struct tenon_macaddr {
    uint8_t bytes[6];
} tenon_macaddr;

typedef struct tenon_macaddr8 {
    uint8_t bytes[8];
} tenon_macaddr8;

/** bit and varbit: the first bit is the highest of data[0]; bits behind the last one are zero. */
typedef struct tenon_bits {
    const unsigned char *data;
    size_t n_bits;
} tenon_bits;

/** tid: where a row version lies. */
typedef struct tenon_tid {
    uint32_t block;
    uint16_t offset;
} tenon_tid;

typedef struct tenon_point {
    double x, y;
} tenon_point;

/** The line ax + by + c = 0. */
typedef struct tenon_line {
    double a, b, c;
} tenon_line;

typedef struct tenon_lseg {
    tenon_point ends[2];
} tenon_lseg;

typedef struct tenon_box {
    tenon_point high, low; /**< upper right and lower left corner */
} tenon_box;

typedef struct tenon_circle {
    tenon_point center;
    double radius;
} tenon_circle;

typedef struct tenon_path {
    size_t count;
    const tenon_point *points;
    bool closed;
} tenon_path;

typedef struct tenon_polygon {
    size_t count;
    const tenon_point *points;
} tenon_polygon;

/* --- The types of values. Optionals, arrays, encoders and decoders are made from these lists. ---
 */

/** Those whose binary form is always as wide: DEFINE(name, C type, bytes). */
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

/** Those whose form varies, but for pointers: DEFINE(name, C type). */
#define TENON__OTHER_TYPES(DEFINE)                                                                 \
    DEFINE(numeric, tenon_numeric)                                                                 \
    DEFINE(inet, tenon_inet)                                                                       \
    DEFINE(bits, tenon_bits)                                                                       \
    DEFINE(path, tenon_path)                                                                       \
    DEFINE(polygon, tenon_polygon)

/** Those that there are ranges and multiranges of: DEFINE(name, C type). */
#define TENON__RANGE_TYPES(DEFINE)                                                                 \
    DEFINE(int32, int32_t)                                                                         \
    DEFINE(int64, int64_t)                                                                         \
    DEFINE(numeric, tenon_numeric)                                                                 \
    DEFINE(date, tenon_date)                                                                       \
    DEFINE(timestamp, tenon_timestamp)                                                             \
    DEFINE(timestamptz, tenon_timestamptz)

#endif
