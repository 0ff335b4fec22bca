/* By the C library, as most programs do it. */
#include "values.h"

#include <stdlib.h>
#include <time.h>

/* 2000-01-01 in seconds since 1970, in UTC. */
#define EPOCH INT64_C(946684800)
#define MICROSECONDS INT64_C(1000000)

static unsigned digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

tenon_uuid uuid_of_text(const char *text)
{
    tenon_uuid uuid;

    for (size_t i = 0; i < sizeof uuid.bytes; i++) {
        if (*text == '-')
            text++;
        uuid.bytes[i] = (unsigned char)(digit(text[0]) << 4 | digit(text[1]));
        text += 2;
    }
    return uuid;
}

void text_of_uuid(const tenon_uuid *uuid, char text[VALUE_SIZE])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < sizeof uuid->bytes; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *text++ = '-';
        *text++ = digits[uuid->bytes[i] >> 4];
        *text++ = digits[uuid->bytes[i] & 15];
    }
    *text = '\0';
}

/* Days from 1970-01-01 to a day of the Gregorian calendar; years begin in March. */
static int64_t days_of(long year, long month, long day)
{
    long y = month > 2 ? year : year - 1;
    long m = month > 2 ? month - 3 : month + 9;

    return 365L * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

tenon_timestamptz time_of_text(const char *text)
{
    tenon_timestamptz time;
    char *end;
    long year = strtol(text, &end, 10);
    long month = strtol(end + 1, &end, 10);
    long day = strtol(end + 1, &end, 10);
    long hour = strtol(end + 1, &end, 10);
    long minute = strtol(end + 1, &end, 10);
    long second = strtol(end + 1, &end, 10);
    int64_t seconds = days_of(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;

    time.microseconds = (seconds - EPOCH) * MICROSECONDS;
    return time;
}

void text_of_time(tenon_timestamptz time, char text[VALUE_SIZE])
{
    time_t seconds = (time_t)(time.microseconds / MICROSECONDS + EPOCH);
    struct tm parts;

    gmtime_r(&seconds, &parts);
    strftime(text, VALUE_SIZE, "%Y-%m-%d %H:%M:%S+00", &parts);
}
