/* ISO 8601 durations: numbers with designators after them, or dates and times that are lengths.
 * What does not look like one is DATE_BAD_FORMAT.
 */
#include "value/interval.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct duration {
    const char *at;
    struct interval_value *value;
    int64_t whole; /* the number read last */
    double fraction;
    size_t n_digits; /* before its point */
    bool has_field;  /* since P or T */
};

static enum date_error read_number(struct duration *duration)
{
    const double most = 1e15; /* what a double holds exactly */
    const char *start = duration->at;
    char *end;
    double number;

    if (!literal_is_digit(*start) && *start != '-' && *start != '.')
        return DATE_BAD_FORMAT;
    errno = 0;
    number = strtod(start, &end);
    if (end == start || errno)
        return DATE_BAD_FORMAT;
    if (!(number >= -most && number <= most))
        return DATE_OUT_OF_RANGE;
    duration->at = end;
    duration->whole = (int64_t)number;
    duration->fraction = number - (double)duration->whole;
    start += *start == '-';
    duration->n_digits = strspn(start, "0123456789");
    return DATE_OK;
}

static enum date_error add(struct duration *duration, enum interval_unit unit)
{
    return interval_add(duration->value, unit, duration->whole, duration->fraction);
}

/* A number of digits without separators: whole / 10000, then two and two digits. */
static enum date_error add_basic(struct duration *duration, const enum interval_unit units[3],
                                 enum interval_unit fraction_unit)
{
    const int64_t whole = duration->whole;
    enum date_error error = interval_add(duration->value, units[0], whole / 10000, 0);

    if (!error)
        error = interval_add(duration->value, units[1], whole / 100 % 100, 0);
    if (!error)
        error = interval_add(duration->value, units[2], whole % 100, 0);
    return error ? error : interval_add(duration->value, fraction_unit, 0, duration->fraction);
}

/* Up to three numbers with separators between them; the first has been read. */
static enum date_error add_extended(struct duration *duration, const enum interval_unit units[3],
                                    char separator)
{
    if (duration->has_field)
        return DATE_BAD_FORMAT;
    for (size_t i = 0; i < 3; i++) {
        enum date_error error = i ? read_number(duration) : DATE_OK;

        if (!error)
            error = add(duration, units[i]);
        if (error)
            return error;
        if (*duration->at == '\0' || (*duration->at == 'T' && separator == '-'))
            return DATE_OK;
        if (*duration->at != separator)
            return DATE_BAD_FORMAT;
        duration->at++;
    }
    return DATE_BAD_FORMAT;
}

static enum date_error add_date_part(struct duration *duration)
{
    static const enum interval_unit units[3] = {UNIT_YEAR, UNIT_MONTH, UNIT_DAY};

    switch (*duration->at) {
    case 'Y':
        return add(duration, UNIT_YEAR);
    case 'M':
        return add(duration, UNIT_MONTH);
    case 'W':
        return add(duration, UNIT_WEEK);
    case 'D':
        return add(duration, UNIT_DAY);
    case 'T':
    case '\0':
        if (duration->n_digits == 8 && !duration->has_field)
            return add_basic(duration, units, UNIT_DAY);
        return add_extended(duration, units, '-');
    case '-':
        return add_extended(duration, units, '-');
    default:
        return DATE_BAD_FORMAT;
    }
}

static enum date_error add_time_part(struct duration *duration)
{
    static const enum interval_unit units[3] = {UNIT_HOUR, UNIT_MINUTE, UNIT_SECOND};

    switch (*duration->at) {
    case 'H':
        return add(duration, UNIT_HOUR);
    case 'M':
        return add(duration, UNIT_MINUTE);
    case 'S':
        return add(duration, UNIT_SECOND);
    case '\0':
        if (duration->n_digits == 6 && !duration->has_field)
            return add_basic(duration, units, UNIT_MICROSECOND);
        return add_extended(duration, units, ':');
    case ':':
        return add_extended(duration, units, ':');
    default:
        return DATE_BAD_FORMAT;
    }
}

enum date_error interval_decode_iso8601(const char *text, struct interval_value *value)
{
    struct duration duration = {.at = text + 1, .value = value};
    bool in_time = false;

    *value = (struct interval_value){0};
    if (text[0] != 'P' || !text[1])
        return DATE_BAD_FORMAT;
    while (*duration.at) {
        enum date_error error;

        if (*duration.at == 'T') {
            in_time = true;
            duration.has_field = false;
            duration.at++;
            continue;
        }
        error = read_number(&duration);
        if (!error)
            error = in_time ? add_time_part(&duration) : add_date_part(&duration);
        if (error)
            return error;
        duration.has_field = true;
        if (*duration.at && *duration.at != 'T')
            duration.at++;
    }
    return DATE_OK;
}
