/* The memory that binds write to, and the encoders that are too large to be inline.
 *
 * Values go into blocks: the connection's own small one, then those of its scratch arena. A value
 * stays where it is, since libpq is given its place, unless it is still open: then what there is of
 * it moves to the next block. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_PARAMS 32
#define BLOCK_SIZE ((size_t)1 << 14)

/* Parameters of one message, which also has names and formats: room is left for them. */
#define MAX_TOGETHER ((size_t)TENON__MAX_BYTES - 1024 - (size_t)2 * UINT16_MAX)

/* What a connection keeps for the next call. */
#define KEPT_BYTES ((size_t)1 << 20)
#define KEPT_PARAMS ((size_t)1 << 16)

void tenon__refuse(tenon__call *call, const char *name, const char *problem)
{
    const char *query = call->statement == NULL ? "" : call->statement->query;
    const char *part = call->part;

    tenon__call_fail(call, TENON_INVALID_ARGUMENT, "query %s: parameter %s%s%s %s", query,
                     name == NULL ? "?" : name, part == NULL ? "" : ".", part == NULL ? "" : part,
                     problem);
}

void tenon__refuse_null(tenon__call *call, const char *name)
{
    tenon__refuse(call, name, "is NULL, but is declared NOT NULL");
}

void tenon__refuse_stray(tenon__call *call, const char *name)
{
    tenon__refuse(call, name,
                  "has a value that is not present: TENON_SOME(value) makes it so, and TENON_NONE "
                  "is NULL");
}

/* --- Memory --- */

static bool fail_by_memory(tenon__call *call)
{
    tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
    return false;
}

void tenon__refuse_length(tenon__call *call, const char *name)
{
    tenon__refuse(call, name, "is larger than 1 GB");
}

static bool is_too_large(tenon__call *call, size_t length)
{
    if (length <= TENON__MAX_BYTES)
        return false;
    tenon__refuse_length(call, call->param_name);
    return true;
}

bool tenon__grow_params(tenon__call *call, size_t needed)
{
    tenon_db *db = call->db;
    size_t n = db->n_values == 0 ? FIRST_PARAMS : db->n_values * 2;

    if (n < needed)
        n = needed;
    if (n > SIZE_MAX / sizeof *db->values)
        return fail_by_memory(call);
    const char **values = realloc(db->values, n * sizeof *values);
    if (values == NULL)
        return fail_by_memory(call);
    db->values = values;
    int *lengths = realloc(db->lengths, n * sizeof *lengths);
    if (lengths == NULL)
        return fail_by_memory(call);
    db->lengths = lengths;
    db->n_values = n;
    return true;
}

/* Where the item behind the first so many notes its parameters. */
static bool use_params(tenon__call *call, size_t n_items)
{
    tenon_db *db = call->db;
    size_t n = call->statement->n_params, before = n_items * n;

    if (before + n > db->n_values && !tenon__grow_params(call, before + n))
        return false;
    call->values = db->values + before;
    call->lengths = db->lengths + before;
    call->param_bytes += tenon__bind_spare(call);
    return true;
}

bool tenon__bind_grow(tenon__call *call, size_t kept, size_t size)
{
    size_t block = kept + size, spare = tenon__bind_spare(call);

    /* Doubled, so that a large value is not moved at each step. */
    if (block < 2 * kept)
        block = 2 * kept < TENON__MAX_BYTES ? 2 * kept : TENON__MAX_BYTES;
    if (block < BLOCK_SIZE)
        block = BLOCK_SIZE;
    unsigned char *place = tenon_arena_alloc(call->scratch, block + spare);
    if (place == NULL)
        return fail_by_memory(call);
    if (kept > 0)
        memcpy(place, call->base, kept);
    call->base = place;
    call->space = place + kept;
    call->space_end = place + block;
    return true;
}

void tenon__bind_item(tenon__call *call)
{
    if (use_params(call, call->n_items) && call->space > call->space_end)
        tenon__more_room(call, 0);
}

unsigned char *tenon__more_room(tenon__call *call, size_t size)
{
    bool is_inside = call->depth > call->copies;
    size_t kept = is_inside ? (size_t)(call->space - call->base) : 0;

    if (call->status != TENON_OK || is_too_large(call, size) || is_too_large(call, kept + size))
        return NULL;
    if (call->copies ? !tenon__copy_more_room(call, kept, size)
                     : !tenon__bind_grow(call, kept, size))
        return NULL;
    return call->space;
}

static TENON_APART void free_values(tenon_db *db)
{
    free(db->values);
    free(db->lengths);
    db->values = NULL;
    db->lengths = NULL;
    db->n_values = 0;
}

void tenon__trim(tenon_db *db)
{
    tenon__arena_trim(db->scratch, KEPT_BYTES);
    if (db->n_values > KEPT_PARAMS)
        free_values(db);
}

/* --- What is sent --- */

bool tenon__grow_formats(tenon__call *call)
{
    tenon_db *db = call->db;
    size_t n = call->statement->n_params;

    int *formats = realloc(db->formats, n * sizeof *formats);
    if (formats == NULL)
        return fail_by_memory(call);
    for (size_t i = db->n_formats; i < n; i++)
        formats[i] = 1;
    db->formats = formats;
    db->n_formats = n;
    return true;
}

static TENON_APART bool refuse_params(tenon__call *call, tenon_status status, int64_t limit)
{
    tenon__call_fail(call, status, "query %s: the parameters have more than %lld bytes together",
                     call->statement->query, (long long)limit);
    return false;
}

static size_t bytes_of_item(const tenon__call *call, size_t item)
{
    size_t n = call->statement->n_params, bytes = 4 * n;
    const int *lengths = call->db->lengths + item * n;

    for (size_t i = 0; i < n; i++)
        bytes += (size_t)lengths[i];
    return bytes;
}

/* Whether all of them stay within the limit, and those of each item fit into one message. */
static TENON_APART bool check_each_item(tenon__call *call, int64_t limit)
{
    size_t total = 0, largest = 0;

    for (size_t item = 0; item < tenon__n_items_of(call); item++) {
        size_t bytes = bytes_of_item(call, item);
        total += bytes;
        largest = bytes > largest ? bytes : largest;
    }
    if (limit >= 0 && total > (size_t)limit)
        return refuse_params(call, TENON_TOO_LARGE, limit);
    return largest <= MAX_TOGETHER || refuse_params(call, TENON_INVALID_ARGUMENT, TENON__MAX_BYTES);
}

bool tenon__check_params(tenon__call *call)
{
    int64_t limit = call->db->limits.max_param_bytes;
    size_t most = call->param_bytes;

    return (most <= MAX_TOGETHER && (limit < 0 || most <= (size_t)limit)) ||
           check_each_item(call, limit);
}

/* --- Encoders --- */

void tenon__append_null_slowly(tenon__call *call)
{
    if (tenon__more_room(call, 4) != NULL)
        tenon__append_null(call);
}

void tenon__append_slowly(tenon__call *call, const void *data, size_t length)
{
    if (call->status != TENON_OK || is_too_large(call, length) ||
        (call->copies && call->depth == 1 && tenon__copy_pass(call, data, length)))
        return;
    unsigned char *to = tenon__push(call, length);
    if (to != NULL && length > 0)
        memcpy(to, data, length);
}

void tenon__bind_jsonb(tenon__call *call, const char *value)
{
    if (value == NULL) {
        tenon__refuse_null(call, call->param_name);
        return;
    }
    size_t length = strlen(value);
    unsigned char *to = tenon__push(call, length + 1);
    if (to != NULL) {
        to[0] = 1;
        memcpy(to + 1, value, length);
    }
}

static TENON_APART void refuse_label(tenon__call *call, size_t count, int value)
{
    char problem[96];

    if (value == 0)
        snprintf(problem, sizeof problem, "is UNSET (0), which is none of its %zu labels", count);
    else
        snprintf(problem, sizeof problem, "is %d, which is none of its %zu labels", value, count);
    tenon__refuse(call, call->param_name, problem);
}

void tenon__bind_enum(tenon__call *call, const char *const *labels, size_t count, int value)
{
    if (value < 1 || (size_t)value > count)
        refuse_label(call, count, value);
    else
        tenon__bind_data(call, labels[value], strlen(labels[value]));
}

void tenon__bind_numeric(tenon__call *call, tenon_numeric value)
{
    size_t n_bytes = (size_t)value.n_digits * 2;
    bool is_long = value.n_digits > sizeof value.digits.here / 2;
    unsigned char *to = tenon__push(call, 8 + n_bytes);

    if (to == NULL)
        return;
    if (is_long && value.digits.there == NULL) {
        tenon__refuse(call, call->param_name, "has a count but no digits");
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
        tenon__refuse(call, call->param_name, "is an address whose version is neither 4 nor 6");
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

void tenon__bind_bits(tenon__call *call, tenon_bits value)
{
    size_t n_bytes = value.n_bits / 8 + (value.n_bits % 8 != 0);

    if (value.n_bits > INT32_MAX || (n_bytes > 0 && value.data == NULL)) {
        tenon__refuse(call, call->param_name, "is a bit string that is too long or has no data");
        return;
    }
    unsigned char *to = tenon__push(call, 4 + n_bytes);
    if (to == NULL)
        return;
    tenon__put32(to, (uint32_t)value.n_bits);
    if (n_bytes > 0)
        memcpy(to + 4, value.data, n_bytes);
}

/* A count and the points behind `header` bytes; returns the place of the header. */
static unsigned char *push_points(tenon__call *call, size_t header, const tenon_point *points,
                                  size_t count)
{
    unsigned char *to;

    if (count > (TENON__MAX_BYTES - 16) / 16 || (count > 0 && points == NULL)) {
        tenon__refuse(call, call->param_name, "has too many points or none behind its count");
        return NULL;
    }
    to = tenon__push(call, header + 4 + 16 * count);
    if (to == NULL)
        return NULL;
    tenon__put32(to + header, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
        tenon__put_point(to + header + 4 + 16 * i, points[i]);
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
