/* Every decoder with its encoder and a sample. */
#include "decode.h"

#include <stdlib.h>
#include <string.h>

void fake_init(struct fake_call *fake)
{
    static const uint32_t any_type[] = {0};
    static const tenon__statement statement = {
        .query = "Test", .key = "tenon_test", .sql = "", .n_columns = 1, .column_types = any_type};

    memset(fake, 0, sizeof *fake);
    fake->call.statement = &statement;
    fake->call.values = fake->values;
    fake->call.lengths = fake->lengths;
    fake->call.space = fake->space;
    fake->call.space_end = fake->space + sizeof fake->space;
    fake->call.scratch = tenon_arena_create();
    fake->call.mem = tenon_arena_create();
    fake->row[0] = &fake->cell;
    fake->call.rows = fake->call.rows_end = &fake->row[1];
}

void fake_finish(struct fake_call *fake)
{
    tenon_arena_destroy(fake->call.scratch);
    tenon_arena_destroy(fake->call.mem);
    free(fake->copy);
}

void fake_set(struct fake_call *fake, const void *data, int length, bool terminated)
{
    size_t size = length < 0 ? 0 : (size_t)length;
    char *copy = malloc(size + terminated);

    if (size > 0)
        memcpy(copy, data, size);
    if (terminated)
        copy[size] = '\0';
    free(fake->copy);
    fake->copy = copy;
    fake->cell = (tenon__cell){length, copy};
    fake->call.cell = &fake->cell;
    fake->call.nested = NULL;
    fake->call.status = TENON_OK;
}

#define CODEC(name, type, sample)                                                                  \
    static void bind_##name(tenon__call *call)                                                     \
    {                                                                                              \
        static const type value = sample;                                                          \
        tenon__bind_##name(call, value);                                                           \
    }                                                                                              \
    static void rebind_##name(tenon__call *call)                                                   \
    {                                                                                              \
        type value = tenon__read_##name(call);                                                     \
        tenon__bind_##name(call, value);                                                           \
    }

#define TYPED_CODEC(name, type, oid, sample)                                                       \
    static void bind_##name(tenon__call *call)                                                     \
    {                                                                                              \
        static const type value = sample;                                                          \
        tenon__bind_##name(call, value, oid);                                                      \
    }                                                                                              \
    static void rebind_##name(tenon__call *call)                                                   \
    {                                                                                              \
        type value = tenon__read_##name(call, oid);                                                \
        tenon__bind_##name(call, value, oid);                                                      \
    }

#define L(...)                                                                                     \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

static const int64_t numbers[] = {1, 0, -3, INT64_MAX};
static const bool third[] = {false, true, false, false};
static const tenon_dimension square[] = {{2, 1}, {2, -5}};
static const tenon_opt_text words[] = {{"one"}, {""}, {"drei\n"}, {NULL}};
static const tenon_point corners[] = {{0, 0}, {1, 2}, {-3, 4.5}};
static const unsigned char octets[] = {0xde, 0xad, 0xbe, 0xe0};
static const tenon_int32_range spans[] = {
    {.has_lower = true, .lower_inclusive = true, .lower = 1, .has_upper = true, .upper = 4},
    {.has_lower = true, .lower_inclusive = true, .lower = 9}};
static const tenon_bytes blobs[] = {{octets, 4}, {octets, 0}, {NULL, 0}};
static const tenon_uuid uuids[] = {{{1, 2, 3}}, {{255}}};

CODEC(bool, bool, true)
CODEC(char, char, 'x')
CODEC(int16, int16_t, -2)
CODEC(int32, int32_t, -70000)
CODEC(int64, int64_t, INT64_MIN)
CODEC(uint32, uint32_t, 4000000000)
CODEC(uint64, uint64_t, UINT64_MAX)
CODEC(float, float, 1.5f)
CODEC(double, double, -0.1)
CODEC(uuid, tenon_uuid, L({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}))
CODEC(date, tenon_date, L(-1))
CODEC(time, tenon_time, L(86400000000))
CODEC(timetz, tenon_timetz, L(1, -3600))
CODEC(timestamp, tenon_timestamp, L(INT64_MIN))
CODEC(timestamptz, tenon_timestamptz, L(1))
CODEC(interval, tenon_interval, L(-1, 2, -3))
CODEC(numeric, tenon_numeric, L(2, 0, 0x4000, 2, {{0, 12, 0x22, 0x60}}))
CODEC(inet, tenon_inet, L(6, 64, {0xfe, 0x80}))
CODEC(macaddr, tenon_macaddr, L({1, 2, 3, 4, 5, 6}))
CODEC(macaddr8, tenon_macaddr8, L({1, 2, 3, 4, 5, 6, 7, 8}))
CODEC(bits, tenon_bits, L(octets, 27))
CODEC(tid, tenon_tid, L(7, 8))
CODEC(point, tenon_point, L(1, 2))
CODEC(line, tenon_line, L(1, 2, 3))
CODEC(lseg, tenon_lseg, L({{1, 2}, {3, 4}}))
CODEC(box, tenon_box, L({3, 4}, {1, 2}))
CODEC(circle, tenon_circle, L({1, 2}, 3))
CODEC(path, tenon_path, L(3, corners, true))
CODEC(polygon, tenon_polygon, L(3, corners))
CODEC(opt_text, tenon_opt_text, {"text"})
CODEC(opt_jsonb, tenon_opt_text, {"{\"a\": 1}"})
CODEC(int32_range, tenon_int32_range, L(.has_lower = true, .lower = 3))
CODEC(numeric_range, tenon_numeric_range, L(.has_upper = true, .upper_inclusive = true))
CODEC(date_range, tenon_date_range, L(.empty = true))
CODEC(int32_multirange, tenon_int32_multirange, L(.count = 2, .items = spans))
TYPED_CODEC(int64_array, tenon_int64_array, 20, L(4, numbers, third, 2, square))
TYPED_CODEC(text_array, tenon_text_array, 25, L(.count = 4, .items = words))
TYPED_CODEC(jsonb_array, tenon_text_array, 3802, L(.count = 3, .items = words))
TYPED_CODEC(bytes_array, tenon_bytes_array, 17, L(.count = 3, .items = blobs))
TYPED_CODEC(uuid_array, tenon_uuid_array, 2950, L(.count = 2, .items = uuids))
TYPED_CODEC(int32_range_array, tenon_int32_range_array, 3904, L(.count = 2, .items = spans))

static void bind_cidr(tenon__call *call)
{
    static const tenon_inet network = {6, 64, {0xfe, 0x80}};

    tenon__bind_cidr(call, network);
}

static void rebind_cidr(tenon__call *call)
{
    tenon__bind_cidr(call, tenon__read_inet(call));
}

static const uint32_t pair_types[] = {20, 25, 1009};

static void bind_record(tenon__call *call)
{
    tenon__opened record = tenon__open_record(call, 3);

    tenon__field(call, pair_types[0], "number");
    tenon__bind_int64(call, 5);
    tenon__field(call, pair_types[1], "text");
    tenon__bind_text(call, "five");
    tenon__field(call, pair_types[2], "texts");
    bind_text_array(call);
    tenon__close(call, record);
}

static void rebind_record(tenon__call *call)
{
    tenon__nested nested;

    if (!tenon__enter_record(call, &nested, pair_types, 3))
        return;
    tenon__opened record = tenon__open_record(call, 3);
    tenon__field(call, pair_types[0], "number");
    tenon__bind_opt_int64(call, tenon__read_opt_int64(call));
    tenon__field(call, pair_types[1], "text");
    tenon__bind_opt_text(call, tenon__read_opt_text(call));
    tenon__field(call, pair_types[2], "texts");
    tenon__bind_opt_text_array(call, tenon__read_opt_text_array(call, 25), 25);
    tenon__leave(call, &nested);
    tenon__close(call, record);
}

/* The first has NULs behind its end too: who reads on there takes "red" with one for it. */
static const char red[8] = "red";
static const char *const labels[] = {"", red, "green", "red blue", "blue"}; /* "": UNSET */

static void bind_enum(tenon__call *call)
{
    tenon__bind_enum(call, labels, 4, 1);
}

static void rebind_enum(tenon__call *call)
{
    int value = tenon__read_enum(call, labels, 4);

    if (tenon__ok(call))
        tenon__bind_enum(call, labels, 4, value);
}

#define FIXED_ROW(name, type, width) {#name, bind_##name, rebind_##name, false},
#define OTHER_ROW(name, type) {#name, bind_##name, rebind_##name, false},
#define ROW(name)                                                                                  \
    {                                                                                              \
#name, bind_##name, rebind_##name, false                                                   \
    }

const struct codec codecs[] = {
    TENON__FIXED_TYPES(FIXED_ROW) TENON__OTHER_TYPES(OTHER_ROW) ROW(cidr),
    {"text", bind_opt_text, rebind_opt_text, true},
    {"jsonb", bind_opt_jsonb, rebind_opt_jsonb, true},
    ROW(int32_range),
    ROW(numeric_range),
    ROW(date_range),
    ROW(int32_multirange),
    ROW(int64_array),
    ROW(text_array),
    ROW(jsonb_array),
    ROW(bytes_array),
    ROW(uuid_array),
    ROW(int32_range_array),
    ROW(record),
    ROW(enum),
};

const size_t n_codecs = sizeof codecs / sizeof *codecs;
