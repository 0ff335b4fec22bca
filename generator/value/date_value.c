/* What a date or time literal stands for, as far as that is known without the server's clock and
 * time zone.
 */
#include "value/date.h"

enum { UNIX_EPOCH = 2440588 }; /* Julian day of January 1, 1970 */

static int64_t microseconds_of(const struct date_parts *parts)
{
    long hour = parts->hour;
    if (parts->is_pm && hour != 12)
        hour += 12;
    if (parts->is_am && hour == 12)
        hour = 0;
    return ((hour * 60 + parts->minute) * 60 + parts->second) * 1000000L +
           (int64_t)(parts->fraction * 1000000 + 0.5);
}

static enum date_clock clock_of(const struct date_parts *parts, oid type)
{
    if (parts->is_relative)
        return parts->has & HAS_TIME || parts->is_julian ? DATE_CLOCK_UNKNOWN : DATE_CLOCK_TODAY;
    if (type != TIMESTAMPTZOID)
        return DATE_CLOCK_LOCAL;
    if (parts->is_special || parts->has_offset)
        return DATE_CLOCK_UTC;
    return parts->has & HAS_ZONE ? DATE_CLOCK_UNKNOWN : DATE_CLOCK_LOCAL;
}

/* An offset may lead to the day before or after. */
static void shift(struct date_value *value, int64_t microseconds)
{
    const int64_t day = INT64_C(86400000000);
    value->microseconds += microseconds;
    if (value->microseconds < 0) {
        value->microseconds += day;
        value->days--;
    } else if (value->microseconds >= day) {
        value->microseconds -= day;
        value->days++;
    }
}

struct date_value date_value_of(const struct literal *literal, oid type, const char *text)
{
    struct date_parts parts;
    struct date_value value = {DATE_CLOCK_UNKNOWN, 0, 0, 0};
    if (date_decode_text(literal, text, type == TIMEOID, &parts))
        return value;
    value.clock = clock_of(&parts, type);
    if (parts.is_special && parts.word_value == 0)
        date_from_julian(UNIX_EPOCH, &parts);
    else if (parts.is_special)
        value.infinity = parts.word_value;
    if (value.clock == DATE_CLOCK_TODAY)
        value.days = parts.word_value;
    else if (type != TIMEOID)
        value.days = date_to_julian(parts.year, parts.month, parts.day);
    if (type == TIMEOID)
        value.microseconds = microseconds_of(&parts); /* 24:00:00 is no other day's */
    else if (type != DATEOID)
        shift(&value, microseconds_of(&parts));
    if (value.clock == DATE_CLOCK_UTC)
        shift(&value, -parts.offset * 1000000L);
    return value;
}
