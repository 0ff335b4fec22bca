/* Date and time input (manual, appendix B): the steps that all its types share.
 *
 * A text is cut into fields by their looks (date_split); each field is then decoded in the light of
 * those before it, which is what struct date_parts remembers. B.1 "Date/Time Input Interpretation"
 * and datetime.c are the reference; DateStyle is the default, ISO with MDY.
 */
#ifndef TENON_VALUE_DATE_H
#define TENON_VALUE_DATE_H

#include "value/literal.h"

enum { MAX_DATE_FIELDS = 25 };

enum date_field_kind {
    DATE_FIELD_NUMBER,
    DATE_FIELD_STRING,
    DATE_FIELD_DATE,
    DATE_FIELD_TIME,
    DATE_FIELD_ZONE,    /* +01:30 */
    DATE_FIELD_SPECIAL, /* -infinity */
};

struct date_field {
    enum date_field_kind kind;
    char *text; /* lower case */
};

struct date_fields {
    struct date_field items[MAX_DATE_FIELDS];
    size_t n;
};

enum date_error {
    DATE_OK,
    DATE_BAD_FORMAT,
    DATE_OUT_OF_RANGE,
    DATE_INTERVAL_OUT_OF_RANGE,
    DATE_INTERVAL_TOO_LONG,
    DATE_ZONE_OUT_OF_RANGE,
    DATE_BAD_ZONE_NAME,
};

/* What has been given so far. */
enum {
    HAS_YEAR = 1 << 0,
    HAS_MONTH = 1 << 1,
    HAS_DAY = 1 << 2,
    HAS_DAY_OF_YEAR = 1 << 3,
    HAS_HOUR = 1 << 4,
    HAS_MINUTE = 1 << 5,
    HAS_SECOND = 1 << 6,
    HAS_ZONE = 1 << 7,
    HAS_DST = 1 << 8,
    HAS_AMPM = 1 << 9,
    HAS_ERA = 1 << 10,
    HAS_WEEKDAY = 1 << 11,
    HAS_RESERVED = 1 << 12,
    HAS_DATE = HAS_YEAR | HAS_MONTH | HAS_DAY,
    HAS_TIME = HAS_HOUR | HAS_MINUTE | HAS_SECOND,
};

struct date_parts {
    int has;
    long year, month, day, hour, minute, second;
    double fraction;  /* of the second */
    long day_of_year; /* with HAS_DAY_OF_YEAR */
    long offset;      /* of the zone, in seconds east, if has_offset */
    int word_value;   /* of today and the like: days from today; of infinity: -1, 1 */
    bool has_text_month, has_two_digit_year, is_julian, is_bc, is_am, is_pm;
    bool has_offset;
    bool is_relative;     /* today, now: the clock decides */
    bool is_special;      /* infinity, epoch: complete as it is */
    const char *bad_zone; /* for DATE_BAD_ZONE_NAME */
};

/* Cuts the text into fields. */
enum date_error date_split(struct arena *arena, const char *text, struct date_fields *fields);

/* Words: months, days, units, keywords, zones. */
enum date_word {
    WORD_UNKNOWN,
    WORD_MONTH,
    WORD_WEEKDAY,
    WORD_IGNORED,
    WORD_ERA,   /* value 1: BC */
    WORD_AMPM,  /* value 1: PM */
    WORD_TODAY, /* today, tomorrow, yesterday */
    WORD_NOW,
    WORD_INFINITE, /* infinity, -infinity, epoch */
    WORD_ALLBALLS,
    WORD_UNIT, /* value: 'y' 'o' 'd' 'h' 'm' 's' 'j', and 't' for ISO time */
    WORD_DST,
    WORD_ZONE,
};
enum date_word date_find_word(const char *word, int *value);
/* A name in the zone database, or a POSIX zone; in doubt true. */
bool date_is_zone_name(const char *name);
/* Whether the zone has always had one offset. */
bool date_is_fixed_zone(const char *name);

/* The decoders look at `before`, the parts known until now, and fill *parts; parts->has becomes
 * what this field added, so that a repetition is seen by the caller. */
enum date_error date_decode_date(char *text, int before, int *added, struct date_parts *parts);
enum date_error date_decode_number(const char *text, bool has_text_month, int before, int *added,
                                   struct date_parts *parts);
/* yyyymmdd, yymmdd, hhmmss, hhmm */
enum date_error date_decode_run(const char *text, int before, int *added, struct date_parts *parts);
enum date_error date_decode_time(const char *text, int *added, struct date_parts *parts);
enum date_error date_decode_zone(const char *text, struct date_parts *parts);
enum date_error date_validate(struct date_parts *parts);
/* Days since January 1, 4713 BC; the other way it sets year, month and day. */
long date_to_julian(long year, long month, long day);
void date_from_julian(long julian, struct date_parts *parts);
bool date_time_overflows(const struct date_parts *parts);

/* Splits and decodes. */
enum date_error date_decode_text(const struct literal *literal, const char *text, bool time_only,
                                 struct date_parts *parts);

/* Decodes all fields of a date with time and zone, or of a time alone. */
enum date_error date_decode_all(struct date_fields *fields, bool time_only,
                                struct date_parts *parts);

/* A checked literal as a point in time, as far as it is known without the server. */
enum date_clock {
    DATE_CLOCK_UNKNOWN,
    DATE_CLOCK_LOCAL,
    DATE_CLOCK_UTC,
    DATE_CLOCK_TODAY, /* days count from today */
};
struct date_value {
    enum date_clock clock;
    int infinity; /* -1, 1 */
    long days;
    int64_t microseconds;
};
enum { LAST_DAY = 2147483493 }; /* of type date: December 31, 5874897 */
struct date_value date_value_of(const struct literal *literal, oid type, const char *text);

_Noreturn void date_fail(const struct literal *literal, enum date_error error,
                         const char *type_name, const struct date_parts *parts);

#endif
