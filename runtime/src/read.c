/* Decoders that are too large to be inline. Each takes one cell, whose bytes are not trusted. */
#include "internal.h"

#include <stdio.h>
#include <string.h>

/* The first cell of the row, and where the outermost value that is being read lies in it. */
static size_t column_of(const tenon__call *call)
{
    const tenon__cell *cell = call->cell;

    for (const tenon__nested *nested = call->nested; nested != NULL; nested = nested->outer)
        cell = nested->resume;
    return (size_t)(cell - call->rows[-1]); /* counted from 1: reads have moved on */
}

static const char *column_name(const tenon__call *call, size_t column)
{
    const char *name = NULL;

    if (call->named != NULL)
        name = PQfname(call->named, (int)column - 1);
    return name == NULL ? "?" : name;
}

void tenon__bad_value(tenon__call *call, const char *problem)
{
    if (call->rows == NULL || call->statement == NULL) {
        tenon__call_fail(call, TENON_BAD_VALUE, "a value %s", problem);
        return;
    }
    size_t column = column_of(call);
    tenon__call_fail(call, TENON_BAD_VALUE, "query %s: column %zu \"%s\" %s",
                     call->statement->query, column, column_name(call, column), problem);
}

void tenon__bad_length(tenon__call *call, int expected)
{
    char problem[96];

    if (call->cell[-1].length < 0) {
        tenon__bad_value(call, call->nested == NULL ? "is NULL, which was ruled out"
                                                    : "has a NULL inside, which was ruled out");
        return;
    }
    snprintf(problem, sizeof problem, "has a value of %d bytes instead of %d",
             call->cell[-1].length, expected);
    tenon__bad_value(call, problem);
}

const char *tenon__copy_text(tenon__call *call, const tenon__cell *cell)
{
    const char *copy;

    if (cell->length < 0) {
        tenon__bad_length(call, 0);
        return "";
    }
    if (memchr(cell->value, '\0', (size_t)cell->length) != NULL) {
        tenon__bad_value(call, "has a NUL character inside");
        return "";
    }
    copy = tenon_arena_copy(call->mem, cell->value, (size_t)cell->length);
    if (copy == NULL) {
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
        return "";
    }
    return copy;
}

const unsigned char *tenon__copy_bytes(tenon__call *call, const unsigned char *data, size_t length)
{
    char *copy = tenon_arena_copy(call->mem, (const char *)data, length);

    if (copy == NULL)
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
    return copy == NULL ? (const unsigned char *)"" : (const unsigned char *)copy;
}

const char *tenon__read_versioned_text(tenon__call *call)
{
    const tenon__cell *cell = call->cell++;
    tenon__cell text = {cell->length - 1, cell->value + 1};

    if (cell->length < 0) {
        tenon__bad_length(call, 0);
        return "";
    }
    if (cell->length == 0 || cell->value[0] != 1) {
        tenon__bad_value(call, "has an unknown version of its binary form");
        return "";
    }
    if (call->nested != NULL || call->passing)
        return tenon__copy_text(call, &text);
    if (strlen(text.value) != (size_t)text.length) {
        tenon__bad_value(call, "has a NUL character inside");
        return "";
    }
    return text.value;
}

int tenon__find_label(const char *const *labels, size_t count, const char *text, size_t length)
{
    for (size_t i = 1; i <= count; i++)
        if (strncmp(labels[i], text, length) == 0 && strlen(labels[i]) == length)
            return (int)i;
    return 0;
}

int tenon__read_enum(tenon__call *call, const char *const *labels, size_t count)
{
    const tenon__cell *cell = call->cell++;
    char problem[128];

    if (cell->length < 0) {
        tenon__bad_length(call, 0);
        return 0;
    }
    size_t length = (size_t)cell->length;
    int value = tenon__find_label(labels, count, cell->value, length);
    if (value > 0)
        return value;
    snprintf(problem, sizeof problem, "has the label \"%.*s\", unknown when the code was generated",
             length > 63 ? 63 : (int)length, cell->value);
    tenon__bad_value(call, problem);
    return 0;
}

tenon_timetz tenon__read_timetz(tenon__call *call)
{
    tenon_timetz value = {0, 0};
    const unsigned char *from = tenon__take(call, 12);

    if (from != NULL) {
        value.microseconds = (int64_t)tenon__get64(from);
        value.seconds_west = (int32_t)tenon__get32(from + 8);
    }
    return value;
}

tenon_interval tenon__read_interval(tenon__call *call)
{
    tenon_interval value = {0, 0, 0};
    const unsigned char *from = tenon__take(call, 16);

    if (from != NULL) {
        value.microseconds = (int64_t)tenon__get64(from);
        value.days = (int32_t)tenon__get32(from + 8);
        value.months = (int32_t)tenon__get32(from + 12);
    }
    return value;
}

static bool is_sign(uint16_t sign, uint16_t n_digits)
{
    switch (sign) {
    case TENON_NUMERIC_POSITIVE:
    case TENON_NUMERIC_NEGATIVE:
        return true;
    case TENON_NUMERIC_NAN:
    case TENON_NUMERIC_INFINITY:
    case TENON_NUMERIC_MINUS_INFINITY:
        return n_digits == 0;
    default:
        return false;
    }
}

static bool are_digits(const unsigned char *digits, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (tenon__get16(digits + 2 * i) > 9999)
            return false;
    return true;
}

tenon_numeric tenon__read_numeric(tenon__call *call)
{
    const tenon__cell *cell = call->cell++;
    const unsigned char *from = (const unsigned char *)cell->value;
    tenon_numeric value = {0, 0, 0, 0, {{0}}};

    if (cell->length < 8) {
        tenon__bad_length(call, 8);
        return value;
    }
    uint16_t n_digits = tenon__get16(from), sign = tenon__get16(from + 4);
    uint16_t scale = tenon__get16(from + 6);
    if (cell->length != 8 + 2 * n_digits || !is_sign(sign, n_digits) || scale > 0x3fff ||
        !are_digits(from + 8, n_digits)) {
        tenon__bad_value(call, "has a malformed numeric");
        return value;
    }
    value.n_digits = n_digits;
    value.weight = (int16_t)tenon__get16(from + 2);
    value.sign = sign;
    value.scale = (sign & TENON_NUMERIC_NAN) == TENON_NUMERIC_NAN ? 0 : scale; /* noise in these */
    if (n_digits > sizeof value.digits.here / 2)
        value.digits.there =
            call->passing ? tenon__copy_bytes(call, from + 8, (size_t)n_digits * 2) : from + 8;
    else
        memcpy(value.digits.here, from + 8, (size_t)n_digits * 2);
    return value;
}

/* family, prefix length, is_cidr, address length, address. */
tenon_inet tenon__read_inet(tenon__call *call)
{
    const tenon__cell *cell = call->cell++;
    const unsigned char *from = (const unsigned char *)cell->value;
    tenon_inet value = {0, 0, {0}};

    if (cell->length < 4) {
        tenon__bad_length(call, 8);
        return value;
    }
    bool is_v4 = from[0] == 2;
    int n_bytes = is_v4 ? 4 : 16;
    if ((!is_v4 && from[0] != 3) || from[3] != n_bytes || cell->length != 4 + n_bytes ||
        from[1] > n_bytes * 8) {
        tenon__bad_value(call, "has a malformed network address");
        return value;
    }
    value.version = is_v4 ? 4 : 6;
    value.bits = from[1];
    memcpy(value.address, from + 4, (size_t)n_bytes);
    return value;
}

tenon_macaddr tenon__read_macaddr(tenon__call *call)
{
    tenon_macaddr value = {{0}};
    const unsigned char *from = tenon__take(call, 6);

    if (from != NULL)
        memcpy(value.bytes, from, 6);
    return value;
}

tenon_macaddr8 tenon__read_macaddr8(tenon__call *call)
{
    tenon_macaddr8 value = {{0}};
    const unsigned char *from = tenon__take(call, 8);

    if (from != NULL)
        memcpy(value.bytes, from, 8);
    return value;
}

tenon_bits tenon__read_bits(tenon__call *call)
{
    const tenon__cell *cell = call->cell++;
    const unsigned char *from = (const unsigned char *)cell->value;
    tenon_bits value = {NULL, 0};

    if (cell->length < 4) {
        tenon__bad_length(call, 4);
        return value;
    }
    uint32_t n_bits = tenon__get32(from);
    if (n_bits > INT32_MAX || (size_t)cell->length != 4 + ((size_t)n_bits + 7) / 8) {
        tenon__bad_value(call, "has a malformed bit string");
        return value;
    }
    value.data =
        call->passing ? tenon__copy_bytes(call, from + 4, (size_t)cell->length - 4) : from + 4;
    value.n_bits = n_bits;
    return value;
}

tenon_tid tenon__read_tid(tenon__call *call)
{
    tenon_tid value = {0, 0};
    const unsigned char *from = tenon__take(call, 6);

    if (from != NULL) {
        value.block = tenon__get32(from);
        value.offset = tenon__get16(from + 4);
    }
    return value;
}

static tenon_point get_point(const unsigned char *from)
{
    tenon_point point;

    point.x = tenon__get_double(from);
    point.y = tenon__get_double(from + 8);
    return point;
}

tenon_point tenon__read_point(tenon__call *call)
{
    tenon_point value = {0, 0};
    const unsigned char *from = tenon__take(call, 16);

    return from == NULL ? value : get_point(from);
}

tenon_line tenon__read_line(tenon__call *call)
{
    tenon_line value = {0, 0, 0};
    const unsigned char *from = tenon__take(call, 24);

    if (from != NULL) {
        value.a = tenon__get_double(from);
        value.b = tenon__get_double(from + 8);
        value.c = tenon__get_double(from + 16);
    }
    return value;
}

tenon_lseg tenon__read_lseg(tenon__call *call)
{
    tenon_lseg value = {{{0, 0}, {0, 0}}};
    const unsigned char *from = tenon__take(call, 32);

    if (from != NULL) {
        value.ends[0] = get_point(from);
        value.ends[1] = get_point(from + 16);
    }
    return value;
}

tenon_box tenon__read_box(tenon__call *call)
{
    tenon_box value = {{0, 0}, {0, 0}};
    const unsigned char *from = tenon__take(call, 32);

    if (from != NULL) {
        value.high = get_point(from);
        value.low = get_point(from + 16);
    }
    return value;
}

tenon_circle tenon__read_circle(tenon__call *call)
{
    tenon_circle value = {{0, 0}, 0};
    const unsigned char *from = tenon__take(call, 24);

    if (from != NULL) {
        value.center = get_point(from);
        value.radius = tenon__get_double(from + 16);
    }
    return value;
}

/* `length` bytes: a count, then as many points. */
static const tenon_point *read_points(tenon__call *call, const unsigned char *from, size_t length,
                                      size_t *count)
{
    *count = 0;
    if (length < 4 || (length - 4) % 16 != 0 || tenon__get32(from) != (length - 4) / 16) {
        tenon__bad_value(call, "has a malformed list of points");
        return NULL;
    }
    size_t n = (length - 4) / 16;
    tenon_point *points = tenon_arena_alloc(call->mem, n * sizeof *points);
    if (points == NULL) {
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        points[i] = get_point(from + 4 + 16 * i);
    *count = n;
    return points;
}

tenon_path tenon__read_path(tenon__call *call)
{
    const tenon__cell *cell = call->cell++;
    tenon_path value = {0, NULL, false};

    if (cell->length < 1) {
        tenon__bad_length(call, 5);
        return value;
    }
    value.closed = cell->value[0] != 0;
    value.points = read_points(call, (const unsigned char *)cell->value + 1,
                               (size_t)cell->length - 1, &value.count);
    return value;
}

tenon_polygon tenon__read_polygon(tenon__call *call)
{
    const tenon__cell *cell = call->cell++;
    tenon_polygon value = {0, NULL};

    if (cell->length < 0) {
        tenon__bad_length(call, 4);
        return value;
    }
    value.points =
        read_points(call, (const unsigned char *)cell->value, (size_t)cell->length, &value.count);
    return value;
}
