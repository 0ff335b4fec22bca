/* What coercions of length do: varchar_support(), numeric_support() and their like. */
#include "types/length.h"

#include "catalog/oids.h"

enum {
    MOST_TIME_PRECISION = 6,
    INTERVAL_FULL = 0x7FFF,
    INTERVAL_SECOND = 1 << 12,
    NUMERIC_HEADER = 4, /* VARHDRSZ, which typmods of varchar and numeric have added */
};

/* --- numeric ---------------------------------------------------------------------------------- */

static int precision_of(int32_t typmod)
{
    return (typmod - NUMERIC_HEADER) >> 16 & 0xFFFF;
}

/* Of eleven bits, with a sign. */
static int scale_of(int32_t typmod)
{
    return (((typmod - NUMERIC_HEADER) & 0x7FF) ^ 1024) - 1024;
}

int typmod_whole_digits(int32_t typmod)
{
    return typmod < 0 ? -1 : precision_of(typmod) - scale_of(typmod);
}

static bool keeps_numeric(int32_t old, int32_t new)
{
    return old >= 0 && scale_of(old) == scale_of(new) && precision_of(new) >= precision_of(old);
}

static bool widens_numeric(int32_t old, int32_t new)
{
    return old >= 0 && scale_of(new) >= scale_of(old) &&
           typmod_whole_digits(new) >= typmod_whole_digits(old);
}

/* --- Times ------------------------------------------------------------------------------------ */

static bool keeps_precision(int32_t old, int32_t new)
{
    return new >= MOST_TIME_PRECISION || (old >= 0 && old <= new);
}

static bool keeps_interval(int32_t old, int32_t new)
{
    const int32_t range = (new >> 16) & INTERVAL_FULL, precision = new & 0xFFFF;

    if (!(range & INTERVAL_SECOND) && (old < 0 || ((old >> 16) & INTERVAL_FULL) != range))
        return false;
    return keeps_precision(old < 0 ? -1 : old & 0xFFFF, precision);
}

/* --- All of them ------------------------------------------------------------------------------ */

bool typmod_keeps_values(const struct type *type, int32_t old, int32_t new)
{
    if (new < 0 || old == new)
        return true;
    switch (type->oid) {
    case VARCHAROID:
    case VARBITOID:
        return old >= 0 && old <= new;
    case NUMERICOID:
        return keeps_numeric(old, new);
    case INTERVALOID:
        return keeps_interval(old, new);
    case TIMEOID:
    case TIMETZOID:
    case TIMESTAMPOID:
    case TIMESTAMPTZOID:
        return keeps_precision(old, new);
    default:
        return false;
    }
}

bool typmod_widens(const struct type *type, int32_t old, int32_t new)
{
    if (new < 0 || old == new)
        return true;
    switch (type->oid) {
    case NUMERICOID:
        return widens_numeric(old, new);
    case BPCHAROID:
        return old >= 0 && old <= new;
    default:
        return typmod_keeps_values(type, old, new);
    }
}
