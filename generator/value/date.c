/* date, timestamp, timestamptz, time and timetz input (DecodeDateTime, DecodeTimeOnly).
 *
 * One field after the other adds its parts; a part given twice is an error. At the end a date must
 * be complete, or a time for the types that are times alone.
 */
#include "value/date.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The decoding under way. */
struct decoding {
    struct date_fields *fields;
    size_t i; /* the current field */
    bool time_only;
    char unit;           /* "y", "t": how to read the next number; 0 none */
    bool has_named_zone; /* one whose offset depends on the date */
    struct date_parts *parts;
};

static enum date_error decode_zone_name(struct decoding *d, const char *name, int *added)
{
    *added = HAS_ZONE;
    d->has_named_zone = !date_is_fixed_zone(name);
    if (date_is_zone_name(name))
        return DATE_OK;
    d->parts->bad_zone = name;
    return DATE_BAD_ZONE_NAME;
}

/* hhmmss-zz: a run-together time that ends in an offset. */
static enum date_error decode_time_with_zone(struct decoding *d, char *text, int *added)
{
    char *zone = strchr(text, '-');
    if ((d->parts->has & HAS_TIME) == HAS_TIME || !zone)
        return DATE_BAD_FORMAT;
    enum date_error error = date_decode_zone(zone, d->parts);
    if (error)
        return error;
    *zone = '\0';
    int before = d->parts->has | (d->time_only ? HAS_DATE : 0);
    error = date_decode_run(text, before, added, d->parts);
    *added |= HAS_ZONE;
    return error;
}

/* A time may still come with a date before or after it. */
static bool may_be_date(const struct decoding *d)
{
    const struct date_fields *fields = d->fields;
    if (!d->time_only)
        return (d->parts->has & (HAS_MONTH | HAS_DAY)) != (HAS_MONTH | HAS_DAY) && !d->unit;
    return d->i == 0 && fields->n >= 2 &&
           (fields->items[fields->n - 1].kind == DATE_FIELD_DATE ||
            fields->items[1].kind == DATE_FIELD_TIME);
}

/* False when there is no such day. */
static bool set_julian(struct date_parts *parts, const char *text, char **end)
{
    errno = 0;
    long value = strtol(text, end, 10);
    if (errno == ERANGE || value < 0 || value > INT32_MAX)
        return false;
    date_from_julian(value, parts);
    parts->is_julian = true;
    return true;
}

static enum date_error decode_date_field(struct decoding *d, char *text, int *added)
{
    if (d->unit == 'j') {
        char *end;
        d->unit = 0;
        if (!set_julian(d->parts, text, &end))
            return DATE_OUT_OF_RANGE;
        *added = HAS_DATE | HAS_TIME | HAS_ZONE;
        return date_decode_zone(end, d->parts);
    }
    if (may_be_date(d))
        return date_decode_date(text, d->parts->has, added, d->parts);
    if (literal_is_digit(*text) || d->unit) {
        if (d->unit && d->unit != 't')
            return DATE_BAD_FORMAT;
        d->unit = 0;
        return decode_time_with_zone(d, text, added);
    }
    return decode_zone_name(d, text, added);
}

static enum date_error decode_time_field(struct decoding *d, const char *text, int *added)
{
    if (d->unit && d->unit != 't' && !d->time_only)
        return DATE_BAD_FORMAT;
    d->unit = 0;
    enum date_error error = date_decode_time(text, added, d->parts);
    if (!error && !d->time_only && date_time_overflows(d->parts))
        return DATE_OUT_OF_RANGE;
    return error;
}

/* A number after a word that says what it is: y2001m02d04, J2451187, T040506. */
static enum date_error decode_labelled(struct decoding *d, const char *text, int *added)
{
    char unit = d->unit, *end;
    long value = strtol(text, &end, 10);
    d->unit = 0;
    if (value > INT32_MAX)
        return DATE_OUT_OF_RANGE;
    if (*end && (*end != '.' || !strchr("jts", unit)))
        return DATE_BAD_FORMAT;
    switch (unit) {
    case 'y':
        d->parts->year = value;
        *added = HAS_YEAR;
        return DATE_OK;
    case 'o': { /* a month, or minutes after hours */
        bool is_minute = (d->parts->has & HAS_MONTH) && (d->parts->has & HAS_HOUR);
        *(is_minute ? &d->parts->minute : &d->parts->month) = value;
        *added = is_minute ? HAS_MINUTE : HAS_MONTH;
        return DATE_OK;
    }
    case 'd':
        d->parts->day = value;
        *added = HAS_DAY;
        return DATE_OK;
    case 'h':
        d->parts->hour = value;
        *added = HAS_HOUR;
        return DATE_OK;
    case 'm':
        d->parts->minute = value;
        *added = HAS_MINUTE;
        return DATE_OK;
    case 's':
        d->parts->second = value;
        *added = HAS_SECOND;
        return DATE_OK;
    case 'j':
        if (!set_julian(d->parts, text, &end))
            return DATE_OUT_OF_RANGE;
        d->parts->is_relative = *end == '.'; /* a part of a day, which nobody compares */
        *added = HAS_DATE | (*end == '.' ? HAS_TIME : 0);
        return DATE_OK;
    case 't':
        return date_decode_run(text, d->parts->has | HAS_DATE, added, d->parts);
    default:
        return DATE_BAD_FORMAT;
    }
}

static enum date_error decode_number_field(struct decoding *d, char *text, int *added)
{
    size_t len = strlen(text);
    const char *point = strchr(text, '.');
    int before = d->parts->has | (d->time_only ? HAS_DATE : 0);
    if (d->unit)
        return decode_labelled(d, text, added);
    if (point && (d->time_only ? may_be_date(d) : !(before & HAS_DATE)))
        return date_decode_date(text, d->parts->has, added, d->parts);
    if (point && point - text > 2)
        return date_decode_run(text, before, added, d->parts);
    if (point && d->time_only)
        return DATE_BAD_FORMAT;
    bool is_run =
        d->time_only ? len > 4 : len >= 6 && (!(before & HAS_DATE) || !(before & HAS_TIME));
    if (is_run)
        return date_decode_run(text, before, added, d->parts);
    return date_decode_number(text, d->parts->has_text_month, before, added, d->parts);
}

/* "t" before a time; the other units before a number. */
static enum date_error decode_unit(struct decoding *d, int unit)
{
    const struct date_fields *fields = d->fields;
    d->unit = (char)unit;
    if (unit != 't')
        return DATE_OK;
    if (!d->time_only && (d->parts->has & HAS_DATE) != HAS_DATE)
        return DATE_BAD_FORMAT;
    if (d->i + 1 >= fields->n)
        return DATE_BAD_FORMAT;
    enum date_field_kind next = fields->items[d->i + 1].kind;
    bool is_time = next == DATE_FIELD_NUMBER || next == DATE_FIELD_TIME || next == DATE_FIELD_DATE;
    return is_time ? DATE_OK : DATE_BAD_FORMAT;
}

/* "feb" after a number that was taken for the month: that was the day. */
static void decode_month(struct date_parts *parts, int month, int *added)
{
    *added = HAS_MONTH;
    if ((parts->has & HAS_MONTH) && !parts->has_text_month && !(parts->has & HAS_DAY) &&
        parts->month >= 1 && parts->month <= 31) {
        parts->day = parts->month;
        *added = HAS_DAY;
    }
    parts->has_text_month = true;
    parts->month = month;
}

static enum date_error decode_word(struct decoding *d, const char *text, int *added)
{
    int value;
    enum date_word word = date_find_word(text, &value);
    bool is_date_word = word == WORD_TODAY || word == WORD_INFINITE;
    if (d->time_only && (is_date_word || word == WORD_MONTH || word == WORD_WEEKDAY))
        return DATE_BAD_FORMAT;
    switch (word) {
    case WORD_MONTH:
        decode_month(d->parts, value, added);
        return DATE_OK;
    case WORD_WEEKDAY:
        *added = HAS_WEEKDAY;
        return DATE_OK;
    case WORD_ERA:
        d->parts->is_bc = value;
        *added = HAS_ERA;
        return DATE_OK;
    case WORD_AMPM:
        d->parts->is_pm = value;
        d->parts->is_am = !value;
        *added = HAS_AMPM;
        return DATE_OK;
    case WORD_TODAY:
    case WORD_NOW:
        *added = word == WORD_NOW ? HAS_DATE | HAS_TIME | HAS_ZONE : HAS_DATE;
        d->parts->month = d->parts->day = d->parts->year = 1;
        d->parts->is_special = false;
        d->parts->is_relative = true;
        d->parts->word_value = value;
        return DATE_OK;
    case WORD_INFINITE:
        *added = HAS_RESERVED;
        d->parts->is_special = true;
        d->parts->word_value = value;
        return DATE_OK;
    case WORD_ALLBALLS:
        *added = HAS_TIME | HAS_ZONE;
        return DATE_OK;
    case WORD_UNIT:
        return decode_unit(d, value);
    case WORD_DST:
        *added = HAS_DST;
        return DATE_OK;
    case WORD_ZONE:
        *added = HAS_ZONE;
        return DATE_OK;
    case WORD_IGNORED:
        return DATE_OK;
    default:
        *added = HAS_ZONE;
        d->has_named_zone = !date_is_fixed_zone(text);
        return date_is_zone_name(text) ? DATE_OK : DATE_BAD_FORMAT;
    }
}

static enum date_error decode_field(struct decoding *d, int *added)
{
    struct date_field *field = &d->fields->items[d->i];
    switch (field->kind) {
    case DATE_FIELD_DATE:
        return decode_date_field(d, field->text, added);
    case DATE_FIELD_TIME:
        return decode_time_field(d, field->text, added);
    case DATE_FIELD_ZONE:
        *added = HAS_ZONE;
        return date_decode_zone(field->text, d->parts);
    case DATE_FIELD_NUMBER:
        return decode_number_field(d, field->text, added);
    default:
        return decode_word(d, field->text, added);
    }
}

static enum date_error check_complete(const struct decoding *d)
{
    const struct date_parts *parts = d->parts;
    if ((parts->is_am || parts->is_pm) && parts->hour > 12)
        return DATE_OUT_OF_RANGE;
    if ((parts->has & HAS_DST) && !(parts->has & HAS_ZONE))
        return DATE_BAD_FORMAT;
    if (!d->time_only && parts->is_special)
        return DATE_OK;
    if (!d->time_only)
        return (parts->has & HAS_DATE) == HAS_DATE ? DATE_OK : DATE_BAD_FORMAT;
    if (date_time_overflows(parts))
        return DATE_OUT_OF_RANGE;
    bool needs_date = d->has_named_zone && (parts->has & HAS_DATE) != HAS_DATE;
    return (parts->has & HAS_TIME) == HAS_TIME && !needs_date ? DATE_OK : DATE_BAD_FORMAT;
}

enum date_error date_decode_all(struct date_fields *fields, bool time_only,
                                struct date_parts *parts)
{
    struct decoding d = {.fields = fields, .time_only = time_only, .parts = parts};
    for (; d.i < fields->n; d.i++) {
        int added = 0;
        enum date_error error = decode_field(&d, &added);
        if (error)
            return error;
        if (parts->has & added)
            return DATE_BAD_FORMAT;
        parts->has |= added;
    }
    enum date_error error = date_validate(parts);
    return error ? error : check_complete(&d);
}

void date_fail(const struct literal *literal, enum date_error error, const char *type_name,
               const struct date_parts *parts)
{
    switch (error) {
    case DATE_OUT_OF_RANGE:
        literal_fail(literal, "22008", "date/time field value out of range: \"%s\"", literal->text);
    case DATE_INTERVAL_OUT_OF_RANGE:
        literal_fail(literal, "22015", "interval field value out of range: \"%s\"", literal->text);
    case DATE_INTERVAL_TOO_LONG:
        literal_fail(literal, "22008", "interval out of range");
    case DATE_ZONE_OUT_OF_RANGE:
        literal_fail(literal, "22009", "time zone displacement out of range: \"%s\"",
                     literal->text);
    case DATE_BAD_ZONE_NAME:
        literal_fail(literal, "22023", "time zone \"%s\" not recognized", parts->bad_zone);
    default:
        literal_fail(literal, "22007", "invalid input syntax for type %s: \"%s\"", type_name,
                     literal->text);
    }
}

/* Julian days begin on November 24, 4714 BC, and so do dates; max_year is the type's last one. In a
 * zone of its own the day before may be that day. */
static bool is_out_of_type(const struct date_parts *parts, bool is_zoned, long max_year)
{
    long first = is_zoned && (parts->has & HAS_ZONE) ? 1123 : 1124;
    bool is_too_early =
        parts->year < -4713 || (parts->year == -4713 && parts->month * 100 + parts->day < first);
    return !parts->is_special && (is_too_early || parts->year > max_year);
}

enum date_error date_decode_text(const struct literal *literal, const char *text, bool time_only,
                                 struct date_parts *parts)
{
    struct date_fields fields;
    enum date_error error = date_split(literal->input->arena, text, &fields);
    *parts = (struct date_parts){0};
    return error ? error : date_decode_all(&fields, time_only, parts);
}

static void check(const struct literal *literal, const char *type_name, bool time_only,
                  long max_year)
{
    struct date_parts parts;
    enum date_error error = date_decode_text(literal, literal->text, time_only, &parts);
    if (error)
        date_fail(literal, error, type_name, &parts);
    if (!time_only && is_out_of_type(&parts, literal->type == TIMESTAMPTZOID, max_year))
        literal_fail(literal, "22008", "%s out of range: \"%s\"",
                     literal->type == DATEOID ? "date" : "timestamp", literal->text);
}

void literal_check_date(const struct literal *literal)
{
    check(literal, "date", false, 5874897);
}

void literal_check_timestamp(const struct literal *literal)
{
    check(literal, "timestamp", false, 294276);
}

void literal_check_timestamptz(const struct literal *literal)
{
    check(literal, "timestamp with time zone", false, 294276);
}

void literal_check_time(const struct literal *literal)
{
    check(literal, "time", true, 0);
}

void literal_check_timetz(const struct literal *literal)
{
    check(literal, "time with time zone", true, 0);
}
