/* uuids, dates and times to and from text, the calendar and Unix time. */
#include <tenon/convert.h>

#include <stdio.h>
#include <string.h>

#define DAY_US INT64_C(86400000000)

/* --- uuid --- */

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool has_dash_before(int byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

bool tenon_uuid_parse(const char *text, tenon_uuid *uuid)
{
    tenon_uuid value;

    if (text == NULL)
        return false;
    for (int i = 0; i < 16; i++) {
        if (has_dash_before(i) && *text++ != '-')
            return false;
        int high = hex_value(text[0]);
        int low = high < 0 ? -1 : hex_value(text[1]);
        if (low < 0)
            return false;
        value.bytes[i] = (uint8_t)(high << 4 | low);
        text += 2;
    }
    if (*text != '\0')
        return false;
    *uuid = value;
    return true;
}

char *tenon_uuid_format(tenon_uuid uuid, char buffer[TENON_UUID_TEXT_SIZE])
{
    static const char hex[] = "0123456789abcdef";
    char *to = buffer;

    for (int i = 0; i < 16; i++) {
        if (has_dash_before(i))
            *to++ = '-';
        *to++ = hex[uuid.bytes[i] >> 4];
        *to++ = hex[uuid.bytes[i] & 15];
    }
    *to = '\0';
    return buffer;
}

bool tenon_uuid_equal(tenon_uuid a, tenon_uuid b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

/* --- Calendar --- */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days since 2000-03-01, the start of a 400-year cycle whose years end with February. */
#define CYCLE_DAYS 146097
#define FROM_MARCH_2000 60

tenon_date tenon_date_from_civil(int year, int month, int day)
{
    tenon_date date;
    /* Years that begin in March: the leap day comes last. */
    int64_t months = (int64_t)year * 12 + (month - 3) - INT64_C(2000) * 12;
    int64_t years = floor_div(months, 12);
    int64_t month_in_year = months - years * 12;
    int64_t days = years * 365 + floor_div(years, 4) - floor_div(years, 100) +
                   floor_div(years, 400) + (153 * month_in_year + 2) / 5 + day - 1;

    days += FROM_MARCH_2000;
    date.days = days <= INT32_MIN ? INT32_MIN : days >= INT32_MAX ? INT32_MAX : (int32_t)days;
    return date;
}

static void civil_of_days(int64_t days, int64_t *year, int *month, int *day)
{
    days -= FROM_MARCH_2000;
    int64_t cycle = floor_div(days, CYCLE_DAYS);
    int64_t in_cycle = days - cycle * CYCLE_DAYS;
    /* The last day of 4, 100 and 400 years belongs to the year before. */
    int64_t year_in_cycle =
        (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / (CYCLE_DAYS - 1)) / 365;
    int64_t in_year = in_cycle - (year_in_cycle * 365 + year_in_cycle / 4 - year_in_cycle / 100);
    int64_t month_in_year = (5 * in_year + 2) / 153;

    *day = (int)(in_year - (153 * month_in_year + 2) / 5 + 1);
    *month = (int)(month_in_year < 10 ? month_in_year + 3 : month_in_year - 9);
    *year = 2000 + cycle * 400 + year_in_cycle + (*month <= 2);
}

bool tenon_date_to_civil(tenon_date date, int *year, int *month, int *day)
{
    int64_t wide_year;

    if (date.days == INT32_MIN || date.days == INT32_MAX)
        return false;
    civil_of_days(date.days, &wide_year, month, day);
    *year = (int)wide_year;
    return true;
}

/* --- Unix time --- */

tenon_timestamptz tenon_timestamptz_from_unix(int64_t seconds, int32_t nanoseconds)
{
    tenon_timestamptz time = {INT64_MAX};
    const int64_t limit = INT64_MAX / 1000000 - 1;

    if (seconds < -limit + TENON_UNIX_EPOCH_SECONDS)
        time.microseconds = INT64_MIN;
    else if (seconds < limit)
        time.microseconds =
            (seconds - TENON_UNIX_EPOCH_SECONDS) * 1000000 + floor_div(nanoseconds, 1000);
    return time;
}

bool tenon_timestamptz_to_unix(tenon_timestamptz time, int64_t *seconds, int32_t *nanoseconds)
{
    if (time.microseconds == INT64_MIN || time.microseconds == INT64_MAX)
        return false;
    int64_t whole = floor_div(time.microseconds, 1000000);
    *seconds = whole + TENON_UNIX_EPOCH_SECONDS;
    *nanoseconds = (int32_t)(time.microseconds - whole * 1000000) * 1000;
    return true;
}

/* --- Text --- */

static int put_date(char *to, size_t size, int64_t year, int month, int day)
{
    return snprintf(to, size, "%04lld-%02d-%02d", (long long)(year > 0 ? year : 1 - year), month,
                    day);
}

static const char *era(int64_t year)
{
    return year > 0 ? "" : " BC";
}

char *tenon_date_format(tenon_date date, char buffer[TENON_TIME_TEXT_SIZE])
{
    int64_t year;
    int month, day;

    if (date.days == INT32_MIN || date.days == INT32_MAX)
        return strcpy(buffer, date.days < 0 ? "-infinity" : "infinity");
    civil_of_days(date.days, &year, &month, &day);
    int length = put_date(buffer, TENON_TIME_TEXT_SIZE, year, month, day);
    snprintf(buffer + length, TENON_TIME_TEXT_SIZE - (size_t)length, "%s", era(year));
    return buffer;
}

/* ".5" for 500000; nothing for zero. */
static void put_fraction(char fraction[8], int microseconds)
{
    fraction[0] = '\0';
    if (microseconds == 0)
        return;
    snprintf(fraction, 8, ".%06u", (unsigned)microseconds % 1000000);
    for (char *last = fraction + 6; *last == '0'; last--)
        *last = '\0';
}

static char *format_moment(int64_t us, const char *zone, char *buffer)
{
    char fraction[8];
    int64_t year;
    int month, day;

    if (us == INT64_MIN || us == INT64_MAX)
        return strcpy(buffer, us < 0 ? "-infinity" : "infinity");
    int64_t days = floor_div(us, DAY_US);
    int64_t in_day = us - days * DAY_US;
    int seconds = (int)(in_day / 1000000);
    civil_of_days(days, &year, &month, &day);
    put_fraction(fraction, (int)(in_day % 1000000));
    int length = put_date(buffer, TENON_TIME_TEXT_SIZE, year, month, day);
    snprintf(buffer + length, TENON_TIME_TEXT_SIZE - (size_t)length, " %02d:%02d:%02d%s%s%s",
             seconds / 3600, seconds / 60 % 60, seconds % 60, fraction, zone, era(year));
    return buffer;
}

char *tenon_timestamptz_format(tenon_timestamptz time, char buffer[TENON_TIME_TEXT_SIZE])
{
    return format_moment(time.microseconds, "+00", buffer);
}

char *tenon_timestamp_format(tenon_timestamp time, char buffer[TENON_TIME_TEXT_SIZE])
{
    return format_moment(time.microseconds, "", buffer);
}
