/* Columns: each read takes the next cell of the row, checks it and decodes it.
 *
 * A cell comes from the server and is not trusted: its length is compared before a byte is read.
 * What is wrong makes the call TENON_BAD_VALUE and the value zero. */
#ifndef TENON_GENERATED_READ_H
#define TENON_GENERATED_READ_H

#include <string.h>

#include <tenon/generated/call.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Fails the call because of the cell that was read last: `problem` says why. */
TENON__COLD void tenon__bad_value(tenon__call *call, const char *problem);
/** The same for a cell of the wrong length, which is -1 for a NULL. */
TENON__COLD void tenon__bad_length(tenon__call *call, int expected);

/** Whether the next value is there. A NULL is passed over, so that the next read is of the value
 *  behind it: `if ((row->side.present = tenon__present(call))) row->side.value = …`. */
static inline bool tenon__present(tenon__call *call)
{
    if (call->cell->length >= 0)
        return true;
    call->cell++;
    return false;
}

static inline uint16_t tenon__get16(const unsigned char *from)
{
    return (uint16_t)(from[0] << 8 | from[1]);
}

static inline uint32_t tenon__get32(const unsigned char *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

static inline uint64_t tenon__get64(const unsigned char *from)
{
    return (uint64_t)from[0] << 56 | (uint64_t)from[1] << 48 | (uint64_t)from[2] << 40 |
           (uint64_t)from[3] << 32 | (uint64_t)from[4] << 24 | (uint64_t)from[5] << 16 |
           (uint64_t)from[6] << 8 | from[7];
}

static inline double tenon__get_double(const unsigned char *from)
{
    uint64_t bits = tenon__get64(from);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/** The bytes of the next cell if it has exactly `length`, else NULL and the call has failed. */
static inline const unsigned char *tenon__take(tenon__call *call, int length)
{
    const tenon__cell *cell = call->cell++;
    if (TENON__UNLIKELY(cell->length != length)) {
        tenon__bad_length(call, length);
        return NULL;
    }
    return (const unsigned char *)cell->value;
}

static inline bool tenon__read_bool(tenon__call *call)
{
    const unsigned char *from = tenon__take(call, 1);
    return from != NULL && *from != 0;
}

static inline char tenon__read_char(tenon__call *call)
{
    const unsigned char *from = tenon__take(call, 1);
    return from == NULL ? '\0' : (char)*from;
}

static inline uint16_t tenon__read_uint16(tenon__call *call)
{
    const unsigned char *from = tenon__take(call, 2);
    return from == NULL ? (uint16_t)0 : tenon__get16(from);
}

static inline uint32_t tenon__read_uint32(tenon__call *call)
{
    const unsigned char *from = tenon__take(call, 4);
    return from == NULL ? 0 : tenon__get32(from);
}

static inline uint64_t tenon__read_uint64(tenon__call *call)
{
    const unsigned char *from = tenon__take(call, 8);
    return from == NULL ? 0 : tenon__get64(from);
}

static inline int16_t tenon__read_int16(tenon__call *call)
{
    return (int16_t)tenon__read_uint16(call);
}

static inline int32_t tenon__read_int32(tenon__call *call)
{
    return (int32_t)tenon__read_uint32(call);
}

static inline int64_t tenon__read_int64(tenon__call *call)
{
    return (int64_t)tenon__read_uint64(call);
}

static inline float tenon__read_float(tenon__call *call)
{
    uint32_t bits = tenon__read_uint32(call);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline double tenon__read_double(tenon__call *call)
{
    uint64_t bits = tenon__read_uint64(call);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline tenon_uuid tenon__read_uuid(tenon__call *call)
{
    tenon_uuid value;
    const unsigned char *from = tenon__take(call, 16);
    if (from != NULL)
        memcpy(value.bytes, from, 16);
    else
        memset(value.bytes, 0, 16);
    return value;
}

static inline tenon_date tenon__read_date(tenon__call *call)
{
    tenon_date value;
    value.days = tenon__read_int32(call);
    return value;
}

static inline tenon_time tenon__read_time(tenon__call *call)
{
    tenon_time value;
    value.microseconds = tenon__read_int64(call);
    return value;
}

static inline tenon_timestamp tenon__read_timestamp(tenon__call *call)
{
    tenon_timestamp value;
    value.microseconds = tenon__read_int64(call);
    return value;
}

static inline tenon_timestamptz tenon__read_timestamptz(tenon__call *call)
{
    tenon_timestamptz value;
    value.microseconds = tenon__read_int64(call);
    return value;
}

tenon_timetz tenon__read_timetz(tenon__call *call);
tenon_interval tenon__read_interval(tenon__call *call);
tenon_macaddr tenon__read_macaddr(tenon__call *call);
tenon_macaddr8 tenon__read_macaddr8(tenon__call *call);
tenon_tid tenon__read_tid(tenon__call *call);
tenon_point tenon__read_point(tenon__call *call);
tenon_line tenon__read_line(tenon__call *call);
tenon_lseg tenon__read_lseg(tenon__call *call);
tenon_box tenon__read_box(tenon__call *call);
tenon_circle tenon__read_circle(tenon__call *call);

/* Pointers: they lead into the result, or where it is not kept (call->passing), into copies. */

/** A copy with a NUL behind it, of text that lies inside another value or in a passing result. */
const char *tenon__copy_text(tenon__call *call, const tenon__cell *cell);
/** A copy of bytes of a passing result. */
const unsigned char *tenon__copy_bytes(tenon__call *call, const unsigned char *data, size_t length);
/** The same for a format that has a version byte, 1, in front of its text: jsonb, ltree. */
const char *tenon__read_versioned_text(tenon__call *call);

static inline const char *tenon__read_text(tenon__call *call)
{
    const tenon__cell *cell = call->cell++;
    if (TENON__UNLIKELY(cell->length < 0 || call->nested != NULL || call->passing))
        return tenon__copy_text(call, cell);
    if (TENON__UNLIKELY(strlen(cell->value) != (size_t)cell->length)) {
        tenon__bad_value(call, "has a NUL character inside");
        return "";
    }
    return cell->value;
}

static inline tenon_opt_text tenon__read_opt_text(tenon__call *call)
{
    tenon_opt_text value;
    value.or_null = tenon__present(call) ? tenon__read_text(call) : NULL;
    return value;
}

static inline const char *tenon__read_jsonb(tenon__call *call)
{
    return tenon__read_versioned_text(call);
}

static inline tenon_opt_text tenon__read_opt_jsonb(tenon__call *call)
{
    tenon_opt_text value;
    value.or_null = tenon__present(call) ? tenon__read_versioned_text(call) : NULL;
    return value;
}

static inline tenon_bytes tenon__read_bytes(tenon__call *call)
{
    const tenon__cell *cell = call->cell++;
    tenon_bytes value;
    if (TENON__UNLIKELY(cell->length < 0))
        tenon__bad_length(call, 0);
    value.data = (const unsigned char *)cell->value;
    value.length = cell->length < 0 ? 0 : (size_t)cell->length;
    if (call->passing)
        value.data = tenon__copy_bytes(call, value.data, value.length);
    return value;
}

/** The value, from 1, whose label was received, in a table of `count` labels behind a first element
 *  that is none. A label that the table does not have is TENON_BAD_VALUE. */
int tenon__read_enum(tenon__call *call, const char *const *labels, size_t count);

#define TENON__DEFINE_READ_OPT_AS(opt_type, read_opt, read)                                        \
    static inline opt_type read_opt(tenon__call *call)                                             \
    {                                                                                              \
        opt_type value;                                                                            \
        value.present = tenon__present(call);                                                      \
        if (value.present)                                                                         \
            value.value = read(call);                                                              \
        else                                                                                       \
            memset(&value.value, 0, sizeof value.value);                                           \
        return value;                                                                              \
    }

#define TENON__DEFINE_READ_OPT(name)                                                               \
    TENON__DEFINE_READ_OPT_AS(tenon_opt_##name, tenon__read_opt_##name, tenon__read_##name)

/* The names are put together here, because `bool` as an argument would be expanded. */
#define TENON__DEFINE_FIXED_READ_OPT(name, type, width)                                            \
    TENON__DEFINE_READ_OPT_AS(tenon_opt_##name, tenon__read_opt_##name, tenon__read_##name)

TENON__FIXED_TYPES(TENON__DEFINE_FIXED_READ_OPT)
TENON__DEFINE_READ_OPT(bytes)

#define TENON__DECLARE_OTHER_READ(name, type)                                                      \
    type tenon__read_##name(tenon__call *call);                                                    \
    TENON__DEFINE_READ_OPT(name)

TENON__OTHER_TYPES(TENON__DECLARE_OTHER_READ)

#ifdef __cplusplus
}
#endif
#endif
