/* interval input (DecodeInterval, DecodeISO8601Interval): numbers with units, a time, years-months;
 * or an ISO 8601 duration. Read from the right, since a unit stands after its number.
 */
#include "analyze/literal_date.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { TOKEN_LETTERS = 10 }; /* the server compares no more */

enum unit {
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

static const struct unit_word {
    const char *text;
    enum unit unit;
} unit_words[] = {
    {"@", UNIT_IGNORED},
    {"ago", UNIT_AGO},
    {"c", UNIT_CENTURY},
    {"cent", UNIT_CENTURY},
    {"centuries", UNIT_CENTURY},
    {"century", UNIT_CENTURY},
    {"d", UNIT_DAY},
    {"day", UNIT_DAY},
    {"days", UNIT_DAY},
    {"dec", UNIT_DECADE},
    {"decade", UNIT_DECADE},
    {"decades", UNIT_DECADE},
    {"decs", UNIT_DECADE},
    {"h", UNIT_HOUR},
    {"hour", UNIT_HOUR},
    {"hours", UNIT_HOUR},
    {"hr", UNIT_HOUR},
    {"hrs", UNIT_HOUR},
    {"m", UNIT_MINUTE},
    {"microsecon", UNIT_MICROSECOND},
    {"mil", UNIT_MILLENNIUM},
    {"millennia", UNIT_MILLENNIUM},
    {"millennium", UNIT_MILLENNIUM},
    {"millisecon", UNIT_MILLISECOND},
    {"mils", UNIT_MILLENNIUM},
    {"min", UNIT_MINUTE},
    {"mins", UNIT_MINUTE},
    {"minute", UNIT_MINUTE},
    {"minutes", UNIT_MINUTE},
    {"mon", UNIT_MONTH},
    {"mons", UNIT_MONTH},
    {"month", UNIT_MONTH},
    {"months", UNIT_MONTH},
    {"ms", UNIT_MILLISECOND},
    {"msec", UNIT_MILLISECOND},
    {"msecond", UNIT_MILLISECOND},
    {"mseconds", UNIT_MILLISECOND},
    {"msecs", UNIT_MILLISECOND},
    {"qtr", UNIT_BAD},
    {"quarter", UNIT_BAD},
    {"s", UNIT_SECOND},
    {"sec", UNIT_SECOND},
    {"second", UNIT_SECOND},
    {"seconds", UNIT_SECOND},
    {"secs", UNIT_SECOND},
    {"timezone", UNIT_BAD},
    {"timezone_h", UNIT_BAD},
    {"timezone_m", UNIT_BAD},
    {"us", UNIT_MICROSECOND},
    {"usec", UNIT_MICROSECOND},
    {"usecond", UNIT_MICROSECOND},
    {"useconds", UNIT_MICROSECOND},
    {"usecs", UNIT_MICROSECOND},
    {"w", UNIT_WEEK},
    {"week", UNIT_WEEK},
    {"weeks", UNIT_WEEK},
    {"y", UNIT_YEAR},
    {"year", UNIT_YEAR},
    {"years", UNIT_YEAR},
    {"yr", UNIT_YEAR},
    {"yrs", UNIT_YEAR},
};

/* Each unit may come once. */
struct interval {
    unsigned seen;
    enum unit unit; /* of the next number to the left */
    int64_t months; /* in all, as they are stored */
    enum unit last; /* what a number without a unit means at the end, by the typmod */
};

static enum unit find_unit(const char *word)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++)
        if (strncmp(unit_words[i].text, word, TOKEN_LETTERS) == 0)
            return unit_words[i].unit;
    return UNIT_UNKNOWN;
}

static enum date_error add_unit(struct interval *interval, enum unit unit)
{
    unsigned bit = 1U << unit;
    if (interval->seen & bit)
        return DATE_BAD_FORMAT;
    interval->seen |= bit;
    return DATE_OK;
}

static bool is_time(const char *text)
{
    struct date_parts parts = {0};
    int added;
    return date_decode_time(text, &added, &parts) == DATE_OK;
}

static enum date_error add_time(struct interval *interval, const char *text)
{
    struct date_parts parts = {0};
    int added;
    enum date_error error = date_decode_time(text, &added, &parts);
    if (error)
        return error;
    interval->unit = UNIT_DAY;
    if (add_unit(interval, UNIT_HOUR) || add_unit(interval, UNIT_MINUTE))
        return DATE_BAD_FORMAT;
    return add_unit(interval, UNIT_SECOND);
}

/* The most of a unit that can be read: 32 bits of years, months and days, 64 of microseconds. */
static long unit_limit(enum unit unit)
{
    switch (unit) {
    case UNIT_MILLENNIUM:
        return INT32_MAX / 1000;
    case UNIT_CENTURY:
        return INT32_MAX / 100;
    case UNIT_DECADE:
        return INT32_MAX / 10;
    case UNIT_WEEK:
        return INT32_MAX / 7;
    case UNIT_YEAR:
    case UNIT_MONTH:
    case UNIT_DAY:
        return INT32_MAX;
    case UNIT_HOUR:
        return INT64_MAX / 3600000000;
    case UNIT_MINUTE:
        return INT64_MAX / 60000000;
    case UNIT_SECOND:
        return INT64_MAX / 1000000;
    case UNIT_MILLISECOND:
        return INT64_MAX / 1000;
    default:
        return INT64_MAX;
    }
}

static int64_t months_of_unit(enum unit unit)
{
    switch (unit) {
    case UNIT_MONTH:
        return 1;
    case UNIT_YEAR:
        return 12;
    case UNIT_DECADE:
        return 120;
    case UNIT_CENTURY:
        return 1200;
    case UNIT_MILLENNIUM:
        return 12000;
    default:
        return 0;
    }
}

static enum date_error add_number(struct interval *interval, const char *text)
{
    char *end;
    if (interval->unit == UNIT_NONE)
        interval->unit = interval->last;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno == ERANGE || value > unit_limit(interval->unit) ||
        value < -unit_limit(interval->unit))
        return DATE_OUT_OF_RANGE;
    if (*end == '-') { /* years-months */
        long months = strtol(end + 1, &end, 10);
        if (months < 0 || months >= 12)
            return DATE_OUT_OF_RANGE;
        if (*end)
            return DATE_BAD_FORMAT;
        interval->unit = UNIT_MONTH;
    } else if (*end == '.') {
        if (end[1] && (strtod(end, &end), *end))
            return DATE_BAD_FORMAT;
    } else if (*end) {
        return DATE_BAD_FORMAT;
    }
    interval->months += value * months_of_unit(interval->unit);
    if (interval->unit == UNIT_BAD || interval->unit == UNIT_AGO)
        return DATE_BAD_FORMAT;
    enum unit unit = interval->unit;
    if (unit == UNIT_HOUR)
        interval->unit = UNIT_DAY; /* "3 4 hours" */
    return add_unit(interval, unit);
}

static enum date_error add_word(struct interval *interval, const char *text)
{
    enum unit unit = find_unit(text);
    if (unit == UNIT_UNKNOWN)
        return DATE_BAD_FORMAT;
    if (unit != UNIT_IGNORED)
        interval->unit = unit;
    return DATE_OK;
}

static enum date_error decode_fields(const struct date_fields *fields, enum unit last)
{
    struct interval interval = {.last = last};
    enum date_error error = DATE_OK;
    for (size_t i = fields->n; i-- > 0 && !error;) {
        const struct date_field *field = &fields->items[i];
        /* A sign may stand before a time; what is no time is a number then. */
        if (field->kind == DATE_FIELD_ZONE && is_time(field->text + 1))
            error = add_time(&interval, field->text + 1);
        else if (field->kind == DATE_FIELD_TIME)
            error = add_time(&interval, field->text);
        else if (field->kind == DATE_FIELD_STRING || field->kind == DATE_FIELD_SPECIAL)
            error = add_word(&interval, field->text);
        else
            error = add_number(&interval, field->text);
    }
    if (!error && !interval.seen)
        return DATE_BAD_FORMAT;
    if (!error && (interval.months > INT32_MAX || interval.months < INT32_MIN))
        return DATE_INTERVAL_TOO_LONG;
    return error;
}

/* P1Y2M3DT4H5M6S, P0001-02-03T04:05:06: designators are checked, not their order. */
static bool is_iso8601(const char *s)
{
    size_t n_values = 0;
    bool in_time = false, has_designator = false;
    if (*s++ != 'P' || !*s)
        return false;
    while (*s) {
        char *end;
        if (*s == 'T') {
            in_time = true;
            s++;
            continue;
        }
        if (n_values && *s == (in_time ? ':' : '-') && literal_is_digit(s[1]))
            s++;
        if (!literal_is_digit(*s) && *s != '-' && *s != '.')
            return false;
        strtod(s, &end);
        if (end == s)
            return false;
        n_values++;
        s = end;
        bool is_designated = *s && strchr(in_time ? "HMS" : "YMWD", *s);
        if (!is_designated && (has_designator || (*s && !strchr(in_time ? ":" : "T-", *s))))
            return false;
        has_designator |= is_designated;
        s += is_designated;
    }
    return n_values > 0 || in_time;
}

/* Rightmost unit of INTERVAL '…' unit TO unit, from the typmod's field mask. */
static enum unit last_unit(int32_t typmod)
{
    static const struct {
        int bit;
        enum unit unit;
    } units[] = {{12, UNIT_SECOND}, {11, UNIT_MINUTE}, {10, UNIT_HOUR},
                 {3, UNIT_DAY},     {1, UNIT_MONTH},   {2, UNIT_YEAR}};
    int32_t mask = typmod < 0 ? 0x7FFF : (typmod >> 16) & 0x7FFF;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (mask & (1 << units[i].bit))
            return units[i].unit;
    return UNIT_SECOND;
}

void literal_check_interval(const struct literal *literal)
{
    struct date_fields fields;
    enum date_error error = date_split(literal->parse->statement->arena, literal->text, &fields);
    if (!error)
        error = decode_fields(&fields, last_unit(literal->typmod));
    if (error == DATE_BAD_FORMAT && is_iso8601(literal->text))
        return;
    if (error == DATE_OUT_OF_RANGE)
        error = DATE_INTERVAL_OUT_OF_RANGE;
    if (error)
        date_fail(literal, error, "interval", NULL);
}
