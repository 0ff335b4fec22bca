/* interval output in the style postgres (EncodeInterval), and what the fields and the precision of
 * a type such as interval day to second(2) leave of a value (AdjustIntervalForTypmod).
 */
#include "value/interval.h"

#include <stdlib.h>

#include "support/buf.h"

enum {
    MONTHS_PER_YEAR = 12,
    FULL_PRECISION = 0xFFFF,
    MAX_PRECISION = 6,
};

static const int64_t second = 1000000, minute = 60000000, hour = 3600000000;

/* Years and months are one number, as the server stores them. */
static int32_t all_months(const struct interval_value *value)
{
    return value->years * MONTHS_PER_YEAR + value->months;
}

/* What is smaller than the last field that is written goes. */
static void cut_fields(struct interval_value *value, enum interval_unit last)
{
    if (last == UNIT_MINUTE)
        value->microseconds -= value->microseconds % minute;
    if (last == UNIT_HOUR)
        value->microseconds -= value->microseconds % hour;
    if (last == UNIT_DAY || last == UNIT_MONTH || last == UNIT_YEAR)
        value->microseconds = 0;
    if (last == UNIT_MONTH || last == UNIT_YEAR)
        value->days = 0;
    if (last == UNIT_YEAR)
        value->months = 0;
}

static void round_time(struct interval_value *value, int32_t precision)
{
    const bool is_negative = value->microseconds < 0;
    uint64_t scale = 1, time = (uint64_t)value->microseconds;

    for (int32_t i = precision; i < MAX_PRECISION; i++)
        scale *= 10;
    if (is_negative)
        time = 0 - time;
    time = (time + scale / 2) / scale * scale;
    value->microseconds = (int64_t)(is_negative ? 0 - time : time);
}

void interval_adjust(struct interval_value *value, int32_t typmod)
{
    const int32_t months = all_months(value), precision = typmod & FULL_PRECISION;

    value->years = months / MONTHS_PER_YEAR;
    value->months = months % MONTHS_PER_YEAR;
    if (typmod < 0)
        return;
    cut_fields(value, interval_last_unit(typmod));
    if (precision <= MAX_PRECISION)
        round_time(value, precision);
}

/* A positive part behind a negative one has a sign. */
struct parts {
    struct buf buf;
    bool is_after_minus;
};

static void add_part(struct parts *parts, int32_t number, const char *unit)
{
    if (number == 0)
        return;
    buf_addf(&parts->buf, "%s%s%d %s%s", parts->buf.len ? " " : "",
             parts->is_after_minus && number > 0 ? "+" : "", number, unit, number == 1 ? "" : "s");
    parts->is_after_minus = number < 0;
}

static void add_fraction(struct buf *buf, long fraction)
{
    int digits = MAX_PRECISION;

    if (fraction == 0)
        return;
    for (; fraction % 10 == 0; digits--)
        fraction /= 10;
    buf_addf(buf, ".%0*ld", digits, fraction);
}

static void add_clock(struct parts *parts, int64_t time)
{
    const char *sign = time < 0 ? "-" : parts->is_after_minus ? "+" : "";

    buf_addf(&parts->buf, "%s%s%02lld:%02d:%02d", parts->buf.len ? " " : "", sign,
             llabs(time / hour), abs((int)(time % hour / minute)),
             abs((int)(time % minute / second)));
    add_fraction(&parts->buf, labs((long)(time % second)));
}

const char *interval_text(struct arena *arena, const struct interval_value *value)
{
    struct parts parts = {.buf = buf_in(arena)};

    add_part(&parts, value->years, "year");
    add_part(&parts, value->months, "mon");
    add_part(&parts, value->days, "day");
    if (parts.buf.len == 0 || value->microseconds != 0)
        add_clock(&parts, value->microseconds);
    return buf_text(&parts.buf);
}
