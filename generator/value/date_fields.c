/* The single fields of date/time input: dates, numbers, run-together numbers, times, offsets
 * (DecodeDate, DecodeNumber, DecodeNumberField, DecodeTime, DecodeTimezone, ValidateDate).
 */
#include "value/date.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* As the server's strtoint(): false when it does not fit an int. */
static bool read_int(const char *s, const char **end, long *value)
{
    char *stop;
    errno = 0;
    *value = strtol(s, &stop, 10);
    *end = stop;
    return errno != ERANGE && *value >= INT_MIN && *value <= INT_MAX;
}

/* Only digits after the point; ".": fine. */
static bool is_fraction(const char *s)
{
    if (*s != '.')
        return false;
    s++;
    return strspn(s, "0123456789") == strlen(s);
}

enum date_error date_decode_run(const char *text, int before, int *added, struct date_parts *parts)
{
    const char *point = strchr(text, '.');
    size_t len = point ? (size_t)(point - text) : strlen(text);
    long value = strtol(text, NULL, 10);
    if (point && !is_fraction(point))
        return DATE_BAD_FORMAT;
    if (!point && (before & HAS_DATE) != HAS_DATE && len >= 6) {
        *added = HAS_DATE;
        parts->day = value % 100;
        parts->month = value / 100 % 100;
        parts->year = value / 10000;
        parts->has_two_digit_year = len == 6;
        return DATE_OK;
    }
    if ((before & HAS_TIME) == HAS_TIME || (len != 6 && len != 4))
        return DATE_BAD_FORMAT;
    *added = HAS_TIME;
    parts->second = len == 6 ? value % 100 : 0;
    value = len == 6 ? value / 100 : value;
    parts->minute = value % 100;
    parts->hour = value / 100;
    parts->fraction = point ? strtod(point, NULL) : 0;
    return DATE_OK;
}

static int set_year(struct date_parts *parts, long value, size_t len)
{
    parts->year = value;
    parts->has_two_digit_year = len <= 2;
    return HAS_YEAR;
}

static int set_month(struct date_parts *parts, long value)
{
    parts->month = value;
    return HAS_MONTH;
}

static int set_day(struct date_parts *parts, long value)
{
    parts->day = value;
    return HAS_DAY;
}

/* A number means what is still missing; the order of the first ones is year or month first. */
static enum date_error place_number(long value, size_t len, bool has_text_month, int before,
                                    int *added, struct date_parts *parts)
{
    switch (before & HAS_DATE) {
    case 0:
        *added = len >= 3 ? set_year(parts, value, len) : set_month(parts, value);
        return DATE_OK;
    case HAS_YEAR:
    case HAS_DAY:
        *added = set_month(parts, value);
        return DATE_OK;
    case HAS_MONTH:
        *added = has_text_month && len >= 3 ? set_year(parts, value, len) : set_day(parts, value);
        return DATE_OK;
    case HAS_YEAR | HAS_MONTH:
        if (has_text_month && len >= 3 && parts->has_two_digit_year) {
            *added = set_day(parts, parts->year); /* the first number was the day after all */
            parts->year = value;
            parts->has_two_digit_year = false;
        } else {
            *added = set_day(parts, value);
        }
        return DATE_OK;
    case HAS_MONTH | HAS_DAY:
        *added = set_year(parts, value, len);
        return DATE_OK;
    default:
        return DATE_BAD_FORMAT;
    }
}

enum date_error date_decode_number(const char *text, bool has_text_month, int before, int *added,
                                   struct date_parts *parts)
{
    const char *end;
    long value;
    size_t len = strlen(text);
    *added = 0;
    if (!read_int(text, &end, &value))
        return DATE_OUT_OF_RANGE;
    if (end == text)
        return DATE_BAD_FORMAT;
    if (*end == '.' && end - text > 2)
        return date_decode_run(text, before | HAS_DATE, added, parts);
    if (*end && !is_fraction(end))
        return DATE_BAD_FORMAT;
    if (len == 3 && (before & HAS_DATE) == HAS_YEAR && value >= 1 && value <= 366) {
        *added = HAS_DAY_OF_YEAR | HAS_MONTH | HAS_DAY;
        parts->month = parts->day = 1;
        parts->day_of_year = value;
        return DATE_OK;
    }
    if ((before & HAS_DATE) == HAS_DATE)
        return date_decode_run(text, before, added, parts);
    return place_number(value, len, has_text_month, before, added, parts);
}

/* --- Dates with separators -------------------------------------------------------------------- */

/* Cuts at anything but letters and digits, and between letters and digits. */
static enum date_error cut_date(char *text, char *pieces[MAX_DATE_FIELDS], size_t *n)
{
    *n = 0;
    while (*text && *n < MAX_DATE_FIELDS) {
        while (*text && !literal_is_alpha(*text) && !literal_is_digit(*text))
            text++;
        if (!*text)
            return DATE_BAD_FORMAT;
        pieces[(*n)++] = text;
        bool is_number = literal_is_digit(*text);
        while (is_number ? literal_is_digit(*text) : literal_is_alpha(*text))
            text++;
        if (*text)
            *text++ = '\0'; /* also a letter after a digit, as on the server */
    }
    return DATE_OK;
}

static enum date_error add_part(int added, int *before, int *total)
{
    if (*before & added)
        return DATE_BAD_FORMAT;
    *before |= added;
    *total |= added;
    return DATE_OK;
}

enum date_error date_decode_date(char *text, int before, int *added, struct date_parts *parts)
{
    char *pieces[MAX_DATE_FIELDS];
    size_t n;
    bool has_text_month = false;
    enum date_error error = cut_date(text, pieces, &n);
    *added = 0;
    for (size_t i = 0; !error && i < n; i++) {
        int value;
        if (!literal_is_alpha(*pieces[i]))
            continue;
        enum date_word word = date_find_word(pieces[i], &value);
        if (word == WORD_MONTH) {
            parts->month = value;
            has_text_month = true;
            error = add_part(HAS_MONTH, &before, added);
        } else if (word != WORD_IGNORED) {
            return DATE_BAD_FORMAT;
        }
    }
    for (size_t i = 0; !error && i < n; i++) {
        int part;
        if (literal_is_alpha(*pieces[i]))
            continue;
        error = date_decode_number(pieces[i], has_text_month, before, &part, parts);
        if (!error)
            error = add_part(part, &before, added);
    }
    if (!error && (before & ~(HAS_DAY_OF_YEAR | HAS_ZONE)) != HAS_DATE)
        return DATE_BAD_FORMAT;
    return error;
}

/* --- Times and offsets ------------------------------------------------------------------------ */

enum date_error date_decode_time(const char *text, int *added, struct date_parts *parts)
{
    const char *at;
    *added = HAS_TIME;
    parts->second = 0;
    if (!read_int(text, &at, &parts->hour))
        return DATE_OUT_OF_RANGE;
    if (*at != ':')
        return DATE_BAD_FORMAT;
    if (!read_int(at + 1, &at, &parts->minute))
        return DATE_OUT_OF_RANGE;
    if (*at == '.') { /* mm:ss.fff */
        if (!is_fraction(at))
            return DATE_BAD_FORMAT;
        parts->second = parts->minute;
        parts->minute = parts->hour;
        parts->hour = 0;
        parts->fraction = strtod(at, NULL);
    } else if (*at == ':') {
        if (!read_int(at + 1, &at, &parts->second))
            return DATE_OUT_OF_RANGE;
        if (*at && !is_fraction(at))
            return DATE_BAD_FORMAT;
        parts->fraction = strtod(at, NULL);
    } else if (*at) {
        return DATE_BAD_FORMAT;
    }
    if (parts->hour < 0 || parts->minute < 0 || parts->minute > 59 || parts->second < 0 ||
        parts->second > 60)
        return DATE_OUT_OF_RANGE;
    return DATE_OK;
}

enum date_error date_decode_zone(const char *text, struct date_parts *parts)
{
    enum { MAX_HOUR = 15 };
    const char *at;
    long hour, minute = 0, second = 0;
    if (*text != '+' && *text != '-')
        return DATE_BAD_FORMAT;
    if (!read_int(text + 1, &at, &hour))
        return DATE_ZONE_OUT_OF_RANGE;
    if (*at == ':') {
        if (!read_int(at + 1, &at, &minute))
            return DATE_ZONE_OUT_OF_RANGE;
        if (*at == ':' && !read_int(at + 1, &at, &second))
            return DATE_ZONE_OUT_OF_RANGE;
    } else if (!*at && strlen(text) > 3) {
        minute = hour % 100;
        hour /= 100;
    }
    if (hour < 0 || hour > MAX_HOUR || minute < 0 || minute >= 60 || second < 0 || second >= 60)
        return DATE_ZONE_OUT_OF_RANGE;
    parts->has_offset = true;
    parts->offset = (hour * 60 + minute) * 60 + second;
    if (*text == '-')
        parts->offset = -parts->offset;
    return *at ? DATE_BAD_FORMAT : DATE_OK;
}

long date_to_julian(long year, long month, long day)
{
    long y = month > 2 ? year + 4800 : year + 4799, m = month > 2 ? month + 1 : month + 13;
    long century = y / 100;
    return y * 365 - 32167 + y / 4 - century + century / 4 + 7834 * m / 256 + day;
}

/* Four hundred years have 146097 days, four have 1461; years begin with March on the way. */
void date_from_julian(long julian, struct date_parts *parts)
{
    long days = julian + 32044, quad = days / 146097;
    long extra = (days - quad * 146097) * 4 + 3;
    days += 60 + quad * 3 + extra / 146097;
    quad = days / 1461;
    days -= quad * 1461;
    long y = days * 4 / 1461;
    days = (y ? (days + 305) % 365 : (days + 306) % 366) + 123;
    parts->year = y + quad * 4 - 4800;
    quad = days * 2141 / 65536;
    parts->day = days - 7834 * quad / 256;
    parts->month = (quad + 10) % 12 + 1;
}

static bool is_leap(long year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

enum date_error date_validate(struct date_parts *parts)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if ((parts->has & HAS_YEAR) && !parts->is_julian) {
        if (parts->year < 0 || (parts->year == 0 && (parts->is_bc || !parts->has_two_digit_year)))
            return DATE_OUT_OF_RANGE;
        if (parts->is_bc)
            parts->year = 1 - parts->year;
        else if (parts->has_two_digit_year)
            parts->year += parts->year < 70 ? 2000 : parts->year < 100 ? 1900 : 0;
    }
    if (parts->has & HAS_DAY_OF_YEAR)
        date_from_julian(date_to_julian(parts->year, 1, 1) + parts->day_of_year - 1, parts);
    if ((parts->has & HAS_MONTH) && (parts->month < 1 || parts->month > 12))
        return DATE_OUT_OF_RANGE;
    if ((parts->has & HAS_DAY) && (parts->day < 1 || parts->day > 31))
        return DATE_OUT_OF_RANGE;
    if ((parts->has & HAS_DATE) == HAS_DATE &&
        parts->day > days[parts->month - 1] + (parts->month == 2 && is_leap(parts->year)))
        return DATE_OUT_OF_RANGE;
    return DATE_OK;
}

/* More than 24:00:00. */
bool date_time_overflows(const struct date_parts *parts)
{
    long second = (parts->hour * 60 + parts->minute) * 60 + parts->second;
    return parts->hour > 24 || parts->minute > 59 || parts->second > 60 || second > 86400 ||
           (second == 86400 && parts->fraction > 0);
}
