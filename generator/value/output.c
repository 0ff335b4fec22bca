/* The output functions of types, of texts that are known without the server: dates and times in the
 * ISO style, at UTC. Texts of other types, and what the clock decides, stay as they are written.
 */
#include <stdlib.h>
#include <string.h>

#include "support/buf.h"
#include "value/interval.h"

static void add_date(struct buf *buf, const struct date_parts *parts)
{
    const long year = parts->year > 0 ? parts->year : 1 - parts->year;

    buf_addf(buf, "%04ld-%02ld-%02ld", year, parts->month, parts->day);
}

static void add_time(struct buf *buf, int64_t microseconds)
{
    const long seconds = (long)(microseconds / 1000000);
    long fraction = (long)(microseconds % 1000000);
    int digits = 6;

    buf_addf(buf, "%02ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (fraction == 0)
        return;
    while (fraction % 10 == 0) {
        fraction /= 10;
        digits--;
    }
    buf_addf(buf, ".%0*ld", digits, fraction);
}

static const char *time_output(struct arena *arena, oid type, const struct date_value *value)
{
    struct buf buf = buf_in(arena);
    struct date_parts parts = {0};

    if (value->infinity)
        return value->infinity < 0 ? "-infinity" : "infinity";
    date_from_julian(value->days, &parts);
    if (type != TIMEOID)
        add_date(&buf, &parts);
    if (type == TIMESTAMPOID || type == TIMESTAMPTZOID)
        buf_addc(&buf, ' ');
    if (type != DATEOID)
        add_time(&buf, value->microseconds);
    if (type == TIMESTAMPTZOID)
        buf_adds(&buf, "+00");
    if (type != TIMEOID && parts.year <= 0)
        buf_adds(&buf, " BC");
    return buf_text(&buf);
}

static const char *uuid_output(struct arena *arena, const char *text)
{
    struct buf buf = buf_in(arena);
    size_t n = 0;

    for (; *text; text++) {
        if (!strchr("0123456789abcdefABCDEF", *text))
            continue;
        if (n == 8 || n == 12 || n == 16 || n == 20)
            buf_addc(&buf, '-');
        buf_addc(&buf, (char)(*text >= 'A' && *text <= 'F' ? *text - 'A' + 'a' : *text));
        n++;
    }
    return buf_text(&buf);
}

const char *value_interval(struct arena *arena, const struct catalog *catalog, int32_t typmod,
                           const char *text)
{
    struct refusal why;
    struct input input = {.arena = arena, .catalog = catalog, .why = &why};
    const struct literal literal = {&input, INTERVALOID, typmod, text};
    struct interval_value value;

    if (interval_read(&literal, literal.text, &value))
        return text;
    interval_adjust(&value, typmod);
    return interval_text(arena, &value);
}

const char *value_output(struct arena *arena, const struct catalog *catalog, oid type,
                         const char *text)
{
    struct refusal why;
    struct input input = {.arena = arena, .catalog = catalog, .why = &why};
    const struct literal literal = {&input, type, -1, text};
    struct date_value value;

    switch (type) {
    case DATEOID:
    case TIMEOID:
    case TIMESTAMPOID:
    case TIMESTAMPTZOID:
        value = date_value_of(&literal, type, text);
        return value.clock == DATE_CLOCK_UNKNOWN || value.clock == DATE_CLOCK_TODAY
                   ? text
                   : time_output(arena, type, &value);
    case UUIDOID:
        return uuid_output(arena, text);
    default:
        return text;
    }
}
