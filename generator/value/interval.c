/* interval input (DecodeInterval, DecodeISO8601Interval): numbers with units, a time, years-months;
 * or an ISO 8601 duration. Read from the right, since a unit stands after its number.
 */
#include "value/interval.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { TOKEN_LETTERS = 10 }; /* the server compares no more */

static const struct unit_word {
    const char *text;
    enum interval_unit unit;
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
    enum interval_unit unit; /* of the next number to the left */
    enum interval_unit last; /* what a number without a unit means at the end, by the typmod */
    bool is_minute_to_second;
    bool is_ago;
    struct interval_value value;
};

static enum interval_unit find_unit(const char *word)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++)
        if (strncmp(unit_words[i].text, word, TOKEN_LETTERS) == 0)
            return unit_words[i].unit;
    return UNIT_UNKNOWN;
}

static enum date_error add_seen(struct interval *interval, unsigned units)
{
    if (interval->seen & units)
        return DATE_BAD_FORMAT;
    interval->seen |= units;
    return DATE_OK;
}

enum {
    ALL_SECONDS = 1U << UNIT_SECOND | 1U << UNIT_MILLISECOND | 1U << UNIT_MICROSECOND,
    ALL_TIME = ALL_SECONDS | 1U << UNIT_MINUTE | 1U << UNIT_HOUR,
};

/* The fraction and nothing after it; its digits may be missing. */
static enum date_error read_fraction(const char *text, double *fraction)
{
    char *end;

    *fraction = 0;
    if (!text[1])
        return DATE_OK;
    errno = 0;
    *fraction = strtod(text, &end);
    return *end || errno ? DATE_BAD_FORMAT : DATE_OK;
}

struct clock {
    int64_t hours, minutes, seconds;
    double fraction;
};

static enum date_error read_part(const char *text, const char **end, int64_t *part)
{
    char *after;

    errno = 0;
    *part = strtoll(text, &after, 10);
    *end = after;
    return errno == ERANGE || *part < INT32_MIN || *part > INT32_MAX ? DATE_OUT_OF_RANGE : DATE_OK;
}

static bool is_clock_in_range(const struct clock *clock)
{
    return clock->hours >= 0 && clock->minutes >= 0 && clock->minutes < 60 && clock->seconds >= 0 &&
           clock->seconds <= 60 && clock->fraction >= 0;
}

/* hh:mm, hh:mm:ss, mm:ss.fff (DecodeTimeCommon) */
static enum date_error read_clock(const struct interval *interval, const char *text,
                                  struct clock *clock)
{
    enum date_error error;
    char *after;
    const char *end;

    *clock = (struct clock){0};
    errno = 0;
    clock->hours = strtoll(text, &after, 10);
    if (errno == ERANGE)
        return DATE_OUT_OF_RANGE;
    if (*after != ':')
        return DATE_BAD_FORMAT;
    error = read_part(after + 1, &end, &clock->minutes);
    if (error)
        return error;
    if (*end == '.')
        error = read_fraction(end, &clock->fraction);
    if (error)
        return error;
    if (*end == '.' || (!*end && interval->is_minute_to_second)) {
        if (clock->hours > INT32_MAX || clock->hours < INT32_MIN)
            return DATE_OUT_OF_RANGE;
        clock->seconds = clock->minutes;
        clock->minutes = clock->hours;
        clock->hours = 0;
    } else if (*end == ':') {
        error = read_part(end + 1, &end, &clock->seconds);
        if (!error && *end)
            error = *end == '.' ? read_fraction(end, &clock->fraction) : DATE_BAD_FORMAT;
    } else if (*end) {
        return DATE_BAD_FORMAT;
    }
    return error || is_clock_in_range(clock) ? error : DATE_OUT_OF_RANGE;
}

/* It takes the place of what smaller units have been read before, to its right. */
static enum date_error add_clock(struct interval *interval, const char *text)
{
    struct interval_value value = interval->value;
    struct clock clock;
    enum date_error error = read_clock(interval, text, &clock);

    value.microseconds = 0;
    if (!error)
        error = interval_add(&value, UNIT_HOUR, clock.hours, 0);
    if (!error)
        error = interval_add(&value, UNIT_MINUTE, clock.minutes, 0);
    if (!error)
        error = interval_add(&value, UNIT_SECOND, clock.seconds, clock.fraction);
    if (error)
        return error;
    interval->value = value;
    interval->unit = UNIT_DAY;
    return add_seen(interval, ALL_TIME);
}

/* years-months, of which the text after the years is given */
static enum date_error add_months(struct interval *interval, int64_t years, bool is_negative,
                                  const char *text)
{
    const char *end;
    int64_t months;
    enum date_error error = read_part(text, &end, &months);

    if (error || months < 0 || months >= 12)
        return DATE_OUT_OF_RANGE;
    if (*end)
        return DATE_BAD_FORMAT;
    interval->unit = UNIT_MONTH;
    if (years < INT32_MIN || years > INT32_MAX)
        return DATE_OUT_OF_RANGE;
    error = interval_add(&interval->value, UNIT_MONTH,
                         years * 12 + (is_negative ? -months : months), 0);
    return error ? error : add_seen(interval, 1U << UNIT_MONTH);
}

static enum date_error add_number(struct interval *interval, const char *text)
{
    enum interval_unit unit = interval->unit ? interval->unit : interval->last;
    enum date_error error = DATE_OK;
    double fraction = 0;
    int64_t whole;
    char *end;

    errno = 0;
    whole = strtoll(text, &end, 10);
    if (errno == ERANGE)
        return DATE_OUT_OF_RANGE;
    if (*end == '-')
        return add_months(interval, whole, *text == '-', end + 1);
    if (*end == '.')
        error = read_fraction(end, &fraction);
    if (error || (*end && *end != '.') || unit == UNIT_BAD || unit == UNIT_AGO)
        return DATE_BAD_FORMAT;
    error = interval_add(&interval->value, unit, whole, *text == '-' ? -fraction : fraction);
    if (error)
        return error;
    interval->unit = unit == UNIT_HOUR ? UNIT_DAY : unit; /* "3 4 hours" */
    return add_seen(interval, unit == UNIT_SECOND && fraction != 0 ? ALL_SECONDS : 1U << unit);
}

static enum date_error add_word(struct interval *interval, const char *text)
{
    enum interval_unit unit = find_unit(text);

    if (unit == UNIT_UNKNOWN)
        return DATE_BAD_FORMAT;
    if (unit == UNIT_AGO)
        interval->is_ago = true;
    if (unit != UNIT_IGNORED)
        interval->unit = unit;
    return DATE_OK;
}

/* +02:03; what is no time is a number then. */
static bool add_signed_clock(struct interval *interval, const char *text, enum date_error *error)
{
    struct clock clock;

    if (!strchr(text, ':') || read_clock(interval, text + 1, &clock))
        return false;
    *error = add_clock(interval, text + 1);
    if (*text == '-')
        interval->value.microseconds = -interval->value.microseconds;
    return true;
}

static enum date_error decode_fields(const struct date_fields *fields, struct interval *interval)
{
    enum date_error error = DATE_OK;

    for (size_t i = fields->n; i-- > 0 && !error;) {
        const struct date_field *field = &fields->items[i];

        if (field->kind == DATE_FIELD_ZONE && add_signed_clock(interval, field->text, &error))
            continue;
        if (field->kind == DATE_FIELD_TIME)
            error = add_clock(interval, field->text);
        else if (field->kind == DATE_FIELD_STRING || field->kind == DATE_FIELD_SPECIAL)
            error = add_word(interval, field->text);
        else
            error = add_number(interval, field->text);
    }
    if (!error && !interval->seen)
        return DATE_BAD_FORMAT;
    return !error && interval->is_ago ? interval_negate(&interval->value) : error;
}

/* Rightmost unit of INTERVAL '…' unit TO unit, from the typmod's field mask. */
enum interval_unit interval_last_unit(int32_t typmod)
{
    static const struct {
        int bit;
        enum interval_unit unit;
    } units[] = {{12, UNIT_SECOND}, {11, UNIT_MINUTE}, {10, UNIT_HOUR},
                 {3, UNIT_DAY},     {1, UNIT_MONTH},   {2, UNIT_YEAR}};
    int32_t mask = typmod < 0 ? 0x7FFF : (typmod >> 16) & 0x7FFF;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (mask & (1 << units[i].bit))
            return units[i].unit;
    return UNIT_SECOND;
}

/* INTERVAL '…' MINUTE TO SECOND */
static bool is_minute_to_second(int32_t typmod)
{
    return typmod >= 0 && ((typmod >> 16) & 0x7FFF) == (1 << 11 | 1 << 12);
}

enum date_error interval_read(const struct literal *literal, const char *text,
                              struct interval_value *value)
{
    struct date_fields fields;
    struct interval interval = {
        .last = interval_last_unit(literal->typmod),
        .is_minute_to_second = is_minute_to_second(literal->typmod),
    };
    enum date_error error = date_split(literal->input->arena, text, &fields);

    if (!error)
        error = decode_fields(&fields, &interval);
    if (error == DATE_BAD_FORMAT)
        error = interval_decode_iso8601(text, &interval.value);
    if (error == DATE_OUT_OF_RANGE)
        error = DATE_INTERVAL_OUT_OF_RANGE;
    if (!error && !interval_fits(&interval.value))
        error = DATE_INTERVAL_TOO_LONG;
    *value = interval.value;
    return error;
}

void literal_check_interval(const struct literal *literal)
{
    struct interval_value value;
    enum date_error error = interval_read(literal, literal->text, &value);

    if (error)
        date_fail(literal, error, "interval", NULL);
}
