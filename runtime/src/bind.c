/* Encoders that are too large to be inline, and the stack of values that they push to. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_PARAMS 32
#define SPACE_STEP 4096

void tenon__refuse(tenon__call *call, const char *param, const char *problem)
{
    const char *query = call->statement == NULL ? "" : call->statement->query;

    if (param != NULL)
        tenon__call_fail(call, TENON_INVALID_ARGUMENT, "query %s: parameter %s %s", query, param,
                         problem);
    else
        tenon__call_fail(call, TENON_INVALID_ARGUMENT, "query %s: %s", query, problem);
}

void tenon__refuse_null(tenon__call *call, const char *param)
{
    tenon__refuse(call, param, "is NULL, but is declared NOT NULL");
}

static bool grow_params(tenon__call *call)
{
    tenon_db *db = call->db;
    size_t n = db->n_params == 0 ? FIRST_PARAMS : db->n_params * 2;
    tenon__cell *params = NULL;

    if (n <= SIZE_MAX / sizeof *params)
        params = realloc(db->params, n * sizeof *params);
    if (params == NULL)
        return false;
    db->params = call->params = params;
    db->n_params = call->capacity = n;
    return true;
}

/* More space; what is left of the old one is lost. */
static bool grow_space(tenon__call *call, size_t length)
{
    size_t size = length > SPACE_STEP ? length : SPACE_STEP;

    call->space = tenon_arena_alloc(call->scratch, size);
    call->space_end = call->space == NULL ? NULL : call->space + size;
    return call->space != NULL;
}

static bool is_too_large(tenon__call *call, size_t length)
{
    if (length <= TENON_MAX_BYTES)
        return false;
    tenon__refuse(call, NULL, "a parameter is larger than 1 GB");
    return true;
}

unsigned char *tenon__push_slow(tenon__call *call, size_t length)
{
    if (call->status != TENON_OK || is_too_large(call, length))
        return NULL;
    if ((call->n_bound == call->capacity && !grow_params(call)) ||
        ((size_t)(call->space_end - call->space) < length && !grow_space(call, length))) {
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
        return NULL;
    }
    return tenon__push(call, length);
}

void tenon__push_borrowed(tenon__call *call, const void *data, size_t length)
{
    if (call->status != TENON_OK || is_too_large(call, length))
        return;
    if (call->n_bound == call->capacity && !grow_params(call)) {
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
        return;
    }
    call->params[call->n_bound++] = (tenon__cell){(int)length, data};
}

void tenon__bind_null(tenon__call *call)
{
    tenon__push_borrowed(call, "", 0);
    if (call->status == TENON_OK)
        call->params[call->n_bound - 1].length = -1;
}

void tenon__bind_opt_text(tenon__call *call, const char *value)
{
    if (value == NULL)
        tenon__bind_null(call);
    else
        tenon__push_borrowed(call, value, strlen(value));
}

void tenon__bind_opt_bytes(tenon__call *call, tenon_bytes value)
{
    if (value.data == NULL)
        tenon__bind_null(call);
    else
        tenon__push_borrowed(call, value.data, value.length);
}

void tenon__bind_opt_jsonb(tenon__call *call, const char *value)
{
    if (value == NULL) {
        tenon__bind_null(call);
        return;
    }
    size_t length = strlen(value);
    unsigned char *to = tenon__push(call, length + 1);
    if (to != NULL) {
        to[0] = 1;
        memcpy(to + 1, value, length);
    }
}

void tenon__bind_enum(tenon__call *call, const char *const *labels, size_t count, int value)
{
    if (value < 0 || (size_t)value >= count)
        tenon__refuse(call, NULL, "an enum parameter has a value that is none of its labels");
    else
        tenon__bind_opt_text(call, labels[value]);
}

void tenon__bind_timetz(tenon__call *call, tenon_timetz value)
{
    unsigned char *to = tenon__push(call, 12);

    if (to == NULL)
        return;
    tenon__put64(to, (uint64_t)value.microseconds);
    tenon__put32(to + 8, (uint32_t)value.seconds_west);
}

void tenon__bind_interval(tenon__call *call, tenon_interval value)
{
    unsigned char *to = tenon__push(call, 16);

    if (to == NULL)
        return;
    tenon__put64(to, (uint64_t)value.microseconds);
    tenon__put32(to + 8, (uint32_t)value.days);
    tenon__put32(to + 12, (uint32_t)value.months);
}

void tenon__bind_numeric(tenon__call *call, tenon_numeric value)
{
    size_t n_bytes = (size_t)value.n_digits * 2;
    bool is_long = value.n_digits > sizeof value.digits.here / 2;
    unsigned char *to = tenon__push(call, 8 + n_bytes);

    if (to == NULL)
        return;
    if (is_long && value.digits.there == NULL) {
        tenon__refuse(call, NULL, "a numeric parameter has a count but no digits");
        return;
    }
    tenon__put16(to, value.n_digits);
    tenon__put16(to + 2, (uint16_t)value.weight);
    tenon__put16(to + 4, value.sign);
    tenon__put16(to + 6, value.scale);
    memcpy(to + 8, is_long ? value.digits.there : value.digits.here, n_bytes);
}

static void bind_address(tenon__call *call, tenon_inet value, bool is_cidr)
{
    size_t n_bytes = value.version == 4 ? 4 : 16;

    if (value.version != 4 && value.version != 6) {
        tenon__refuse(call, NULL, "the version of a network address is neither 4 nor 6");
        return;
    }
    unsigned char *to = tenon__push(call, 4 + n_bytes);
    if (to == NULL)
        return;
    to[0] = value.version == 4 ? 2 : 3;
    to[1] = value.bits;
    to[2] = is_cidr;
    to[3] = (unsigned char)n_bytes;
    memcpy(to + 4, value.address, n_bytes);
}

void tenon__bind_inet(tenon__call *call, tenon_inet value)
{
    bind_address(call, value, false);
}

void tenon__bind_cidr(tenon__call *call, tenon_inet value)
{
    bind_address(call, value, true);
}

void tenon__bind_macaddr(tenon__call *call, tenon_macaddr value)
{
    unsigned char *to = tenon__push(call, 6);

    if (to != NULL)
        memcpy(to, value.bytes, 6);
}

void tenon__bind_macaddr8(tenon__call *call, tenon_macaddr8 value)
{
    unsigned char *to = tenon__push(call, 8);

    if (to != NULL)
        memcpy(to, value.bytes, 8);
}

void tenon__bind_bits(tenon__call *call, tenon_bits value)
{
    size_t n_bytes = value.n_bits / 8 + (value.n_bits % 8 != 0);

    if (value.n_bits > INT32_MAX || (n_bytes > 0 && value.data == NULL)) {
        tenon__refuse(call, NULL, "a bit string is too long or has no data");
        return;
    }
    unsigned char *to = tenon__push(call, 4 + n_bytes);
    if (to == NULL)
        return;
    tenon__put32(to, (uint32_t)value.n_bits);
    if (n_bytes > 0)
        memcpy(to + 4, value.data, n_bytes);
}

void tenon__bind_tid(tenon__call *call, tenon_tid value)
{
    unsigned char *to = tenon__push(call, 6);

    if (to == NULL)
        return;
    tenon__put32(to, value.block);
    tenon__put16(to + 4, value.offset);
}

static void put_point(unsigned char *to, tenon_point point)
{
    tenon__put_double(to, point.x);
    tenon__put_double(to + 8, point.y);
}

void tenon__bind_point(tenon__call *call, tenon_point value)
{
    unsigned char *to = tenon__push(call, 16);

    if (to != NULL)
        put_point(to, value);
}

void tenon__bind_line(tenon__call *call, tenon_line value)
{
    unsigned char *to = tenon__push(call, 24);

    if (to == NULL)
        return;
    tenon__put_double(to, value.a);
    tenon__put_double(to + 8, value.b);
    tenon__put_double(to + 16, value.c);
}

void tenon__bind_lseg(tenon__call *call, tenon_lseg value)
{
    unsigned char *to = tenon__push(call, 32);

    if (to == NULL)
        return;
    put_point(to, value.ends[0]);
    put_point(to + 16, value.ends[1]);
}

void tenon__bind_box(tenon__call *call, tenon_box value)
{
    unsigned char *to = tenon__push(call, 32);

    if (to == NULL)
        return;
    put_point(to, value.high);
    put_point(to + 16, value.low);
}

void tenon__bind_circle(tenon__call *call, tenon_circle value)
{
    unsigned char *to = tenon__push(call, 24);

    if (to == NULL)
        return;
    put_point(to, value.center);
    tenon__put_double(to + 16, value.radius);
}

/* A count and the points behind `header` bytes; returns the place of the header. */
static unsigned char *push_points(tenon__call *call, size_t header, const tenon_point *points,
                                  size_t count)
{
    unsigned char *to;

    if (count > (TENON_MAX_BYTES - 16) / 16 || (count > 0 && points == NULL)) {
        tenon__refuse(call, NULL, "a path or polygon has too many points or none behind its count");
        return NULL;
    }
    to = tenon__push(call, header + 4 + 16 * count);
    if (to == NULL)
        return NULL;
    tenon__put32(to + header, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
        put_point(to + header + 4 + 16 * i, points[i]);
    return to;
}

void tenon__bind_path(tenon__call *call, tenon_path value)
{
    unsigned char *to = push_points(call, 1, value.points, value.count);

    if (to != NULL)
        to[0] = value.closed;
}

void tenon__bind_polygon(tenon__call *call, tenon_polygon value)
{
    push_points(call, 0, value.points, value.count);
}

static bool refuse_size(tenon__call *call, tenon_status status, int64_t limit)
{
    tenon__call_fail(call, status, "query %s: the parameters have more than %lld bytes together",
                     call->statement->query, (long long)limit);
    return false;
}

bool tenon__check_params(tenon__call *call)
{
    size_t n = call->statement->n_params, of_item = 0;
    int64_t limit = call->db->limits.max_param_bytes;

    call->param_bytes = 0;
    for (size_t i = 0; i < call->n_bound; i++) {
        size_t length = call->params[i].length < 0 ? 0 : (size_t)call->params[i].length;
        of_item = i % n == 0 ? length + 4 : of_item + length + 4;
        call->param_bytes += length;
        /* The message also has names and formats: leave them room. */
        if (of_item > TENON_MAX_BYTES - 1024 - 2 * n)
            return refuse_size(call, TENON_INVALID_ARGUMENT, TENON_MAX_BYTES);
    }
    if (limit >= 0 && call->param_bytes > (size_t)limit)
        return refuse_size(call, TENON_TOO_LARGE, limit);
    return true;
}

static bool grow_values(tenon_db *db, size_t n)
{
    if (n <= db->n_values)
        return true;
    const char **values = realloc(db->values, n * sizeof *values);
    if (values != NULL)
        db->values = values;
    int *lengths = realloc(db->lengths, n * sizeof *lengths);
    if (lengths != NULL)
        db->lengths = lengths;
    int *formats = realloc(db->formats, n * sizeof *formats);
    if (formats != NULL)
        db->formats = formats;
    if (values == NULL || lengths == NULL || formats == NULL)
        return false;
    for (size_t i = db->n_values; i < n; i++)
        formats[i] = 1;
    db->n_values = n;
    return true;
}

bool tenon__params_of(tenon__call *call, size_t item, const char *const **values,
                      const int **lengths, const int **formats)
{
    tenon_db *db = call->db;
    size_t n = call->statement->n_params;

    if (!grow_values(db, n)) {
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const tenon__cell *cell = &call->params[item * n + i];
        db->values[i] = cell->length < 0 ? NULL : cell->value;
        db->lengths[i] = cell->length < 0 ? 0 : cell->length;
    }
    *values = db->values;
    *lengths = db->lengths;
    *formats = db->formats;
    return true;
}
