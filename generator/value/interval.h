/* The value of an interval while it is read: every step watches for overflow as the server does. */
#ifndef TENON_VALUE_INTERVAL_H
#define TENON_VALUE_INTERVAL_H

#include "value/date.h"

enum interval_unit {
    UNIT_NONE,
    UNIT_MICROSECOND,
    UNIT_MILLISECOND,
    UNIT_SECOND,
    UNIT_MINUTE,
    UNIT_HOUR,
    UNIT_DAY,
    UNIT_WEEK,
    UNIT_MONTH,
    UNIT_YEAR,
    UNIT_DECADE,
    UNIT_CENTURY,
    UNIT_MILLENNIUM,
    UNIT_BAD,
    UNIT_AGO,
    UNIT_IGNORED,
    UNIT_UNKNOWN,
};

struct interval_value {
    int32_t years, months, days;
    int64_t microseconds;
};

/* Adds whole + fraction of the unit; |fraction| < 1. Fractions go to smaller units: of years to
 * months, of months and weeks to days, of days to time. DATE_OUT_OF_RANGE when it is too much. */
enum date_error interval_add(struct interval_value *value, enum interval_unit unit, int64_t whole,
                             double fraction);
/* ago */
enum date_error interval_negate(struct interval_value *value);
/* Years and months are stored as one number. */
bool interval_fits(const struct interval_value *value);

/* The value of a text, before the literal's typmod cuts anything. */
enum date_error interval_read(const struct literal *literal, const char *text,
                              struct interval_value *value);

/* P1Y2M3DT4H5M6S and P0001-02-03T04:05:06 (DecodeISO8601Interval). */
enum date_error interval_decode_iso8601(const char *text, struct interval_value *value);

/* The smallest field that a typmod keeps; the second, of a negative one. */
enum interval_unit interval_last_unit(int32_t typmod);

/* The value with the fields and the precision of the typmod, its months fewer than a year. */
void interval_adjust(struct interval_value *value, int32_t typmod);
/* What interval_out prints of an adjusted value. */
const char *interval_text(struct arena *arena, const struct interval_value *value);

#endif
