/* Every type through a real server and back: the server must understand what is bound exactly, and
 * what it sends must be read as the same value. A value is bound and the server's text of it
 * compared; what was read is then bound again, and has to give the same text. */
#include <stdio.h>
#include <string.h>

#include <rt/every.h>
#include <rt/populations.h>
#include <rt/types.h>
#include <tenon/convert.h>

#include "server.h"

/* --- Samples --- */

static const int64_t numbers[] = {-5, 0, -3, INT64_MAX};
static const bool second_of_four[] = {false, true, false, false};
static const tenon_dimension square[] = {{2, 1}, {2, -5}};
static const tenon_opt_text words[] = {TENON_TEXT("one"), TENON_TEXT(""), TENON_TEXT("drei\n"),
                                       TENON_TEXT(NULL)};
static const tenon_point corners[] = {{0, 0}, {1, 2}, {-3, 4.5}};
static const unsigned char octets[] = {0xde, 0xad, 0xbe, 0xe0};
static const tenon_int32_range spans[] = {
    {.has_lower = true, .lower_inclusive = true, .lower = 1, .has_upper = true, .upper = 4},
    {.has_lower = true, .lower_inclusive = true, .lower = 9}};
static const tenon_bytes blobs[] = {{octets, 4}, {octets, 0}, {NULL, 0}};
static const tenon_uuid uuids[] = {{{1, 2, 3}}, {{255}}};
static const rt_mood moods[] = {RT_MOOD_SO_SO, RT_MOOD_SAD};
static const bool second_of_two[] = {false, true};
static const rt_remark remarks[] = {
    {.id = TENON_SOME(7), .mood = TENON_SOME(RT_MOOD_SAD)},
    {.note = TENON_TEXT("a, \"b\"")},
};

/* TYPE(query, column of `every`, C type, text, value): everything that is tested of a type. */
#define L(...)                                                                                     \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define FIXED_TYPES(TYPE)                                                                          \
    TYPE(bool, bool, "true", true)                                                                 \
    TYPE(char, char, "x", 'x')                                                                     \
    TYPE(int16, int16_t, "-2", -2)                                                                 \
    TYPE(int32, int32_t, "-70000", -70000)                                                         \
    TYPE(int64, int64_t, "-9223372036854775808", INT64_MIN)                                        \
    TYPE(oid, uint32_t, "4000000000", 4000000000)                                                  \
    TYPE(xid8, uint64_t, "18446744073709551615", UINT64_MAX)                                       \
    TYPE(lsn, uint64_t, "FFFFFFFF/FFFFFFFF", UINT64_MAX)                                           \
    TYPE(money, int64_t, "-$92,233,720,368,547,758.08", INT64_MIN)                                 \
    TYPE(float, float, "1.5", 1.5f)                                                                \
    TYPE(double, double, "-0.1", -0.1)                                                             \
    TYPE(uuid, tenon_uuid, "01020304-0506-0708-090a-0b0c0d0e0f10",                                 \
         L({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}))                               \
    TYPE(date, tenon_date, "1999-12-31", L(-1))                                                    \
    TYPE(time, tenon_time, "24:00:00", L(86400000000))                                             \
    TYPE(timetz, tenon_timetz, "00:00:00.000001+01", L(1, -3600))                                  \
    TYPE(timestamp, tenon_timestamp, "-infinity", L(INT64_MIN))                                    \
    TYPE(timestamptz, tenon_timestamptz, "2000-01-01 00:00:00.000001+00", L(1))                    \
    TYPE(interval, tenon_interval, "-3 mons +2 days -00:00:00.000001", L(-1, 2, -3))               \
    TYPE(numeric, tenon_numeric, "-12.88", L(2, 0, 0x4000, 2, {{0, 12, 0x22, 0x60}}))              \
    TYPE(inet, tenon_inet, "fe80::/64", L(6, 64, {0xfe, 0x80}))                                    \
    TYPE(cidr, tenon_inet, "fe80::/64", L(6, 64, {0xfe, 0x80}))                                    \
    TYPE(macaddr, tenon_macaddr, "01:02:03:04:05:06", L({1, 2, 3, 4, 5, 6}))                       \
    TYPE(macaddr8, tenon_macaddr8, "01:02:03:04:05:06:07:08", L({1, 2, 3, 4, 5, 6, 7, 8}))         \
    TYPE(bits, tenon_bits, "110111101010110110111110111", L(octets, 27))                           \
    TYPE(tid, tenon_tid, "(7,8)", L(7, 8))                                                         \
    TYPE(point, tenon_point, "(1,2)", L(1, 2))                                                     \
    TYPE(line, tenon_line, "{1,2,3}", L(1, 2, 3))                                                  \
    TYPE(lseg, tenon_lseg, "[(1,2),(3,4)]", L({{1, 2}, {3, 4}}))                                   \
    TYPE(box, tenon_box, "(3,4),(1,2)", L({3, 4}, {1, 2}))                                         \
    TYPE(circle, tenon_circle, "<(1,2),3>", L({1, 2}, 3))                                          \
    TYPE(path, tenon_path, "((0,0),(1,2),(-3,4.5))", L(3, corners, true))                          \
    TYPE(polygon, tenon_polygon, "((0,0),(1,2),(-3,4.5))", L(3, corners))                          \
    TYPE(int4range, tenon_int32_range, "[4,)", L(.has_lower = true, .lower = 3))                   \
    TYPE(numrange, tenon_numeric_range, "(,0]", L(.has_upper = true, .upper_inclusive = true))     \
    TYPE(daterange, tenon_date_range, "empty", L(.empty = true))                                   \
    TYPE(int4multirange, tenon_int32_multirange, "{[1,4),[9,)}", L(.count = 2, .items = spans))    \
    TYPE(int8_array, tenon_int64_array, "[1:2][-5:-4]={{-5,NULL},{-3,9223372036854775807}}",       \
         L(4, numbers, second_of_four, 2, square))                                                 \
    TYPE(text_array, tenon_text_array, "{one,\"\",\"drei\n\",NULL}",                               \
         L(.count = 4, .items = words))                                                            \
    TYPE(bytea_array, tenon_bytes_array, "{\"\\\\xdeadbee0\",\"\\\\x\",NULL}",                     \
         L(.count = 3, .items = blobs))                                                            \
    TYPE(uuid_array, tenon_uuid_array,                                                             \
         "{01020300-0000-0000-0000-000000000000,ff000000-0000-0000-0000-000000000000}",            \
         L(.count = 2, .items = uuids))                                                            \
    TYPE(int4range_array, tenon_int32_range_array, "{\"[1,4)\",\"[9,)\"}",                         \
         L(.count = 2, .items = spans))                                                            \
    TYPE(mood, rt_mood, "happy", RT_MOOD_HAPPY)                                                    \
    TYPE(mood_array, rt_mood_array, "{\"so so\",NULL}",                                            \
         L(.count = 2, .items = moods, .nulls = second_of_two))                                    \
    TYPE(remark, rt_remark, "(7,,sad)", L(.id = TENON_SOME(7), .mood = TENON_SOME(RT_MOOD_SAD)))   \
    TYPE(bytea, tenon_bytes, "\\xdeadbee0", L(octets, 4))                                          \
    TYPE(remark_array, rt_remark_array, "{\"(7,,sad)\",\"(,\\\"a, \\\"\\\"b\\\"\\\"\\\",)\"}",     \
         L(.count = 2, .items = remarks))

/* Of these a NULL parameter that must not be one is refused. */
#define TEXT_TYPES(TYPE)                                                                           \
    TYPE(text, tenon_text, "t\xc3\xa9xt", "t\xc3\xa9xt")                                           \
    TYPE(varchar, tenon_text, "", "")                                                              \
    TYPE(name, tenon_text, "name", "name")                                                         \
    TYPE(json, tenon_text, "{\"a\" : 1}", "{\"a\" : 1}")                                           \
    TYPE(jsonb, tenon_text, "{\"a\": 1}", "{\"a\": 1}")

/* --- One by one --- */

#define CHECK_ECHO(name, type, expected, ...)                                                      \
    static void echo_##name(void)                                                                  \
    {                                                                                              \
        static const type value = __VA_ARGS__;                                                     \
        rt_echo_##name##_row row;                                                                  \
                                                                                                   \
        ck_status(TENON_OK, rt_echo_##name(db, mem, value, &row));                                 \
        ck_assert_str_eq(row.text, expected);                                                      \
        ck_status(TENON_OK, rt_echo_##name(db, mem, row.value, &row));                             \
        ck_assert_str_eq(row.text, expected);                                                      \
    }

#define CHECK_MAYBE(name, type, expected, ...)                                                     \
    static void maybe_##name(void)                                                                 \
    {                                                                                              \
        static const type value = __VA_ARGS__;                                                     \
        rt_maybe_##name##_row row = {0}, null_row;                                                 \
                                                                                                   \
        ck_status(TENON_OK, rt_maybe_##name(db, mem, row.value, &null_row));                       \
        ck_assert_str_eq(null_row.text, "NULL");                                                   \
        ck_status(TENON_OK, rt_maybe_##name(db, mem, null_row.value, &null_row));                  \
        ck_assert_str_eq(null_row.text, "NULL");                                                   \
        PRESENT(row.value, value);                                                                 \
        ck_status(TENON_OK, rt_maybe_##name(db, mem, row.value, &row));                            \
        ck_assert_str_eq(row.text, expected);                                                      \
        ck_status(TENON_OK, rt_maybe_##name(db, mem, row.value, &row));                            \
        ck_assert_str_eq(row.text, expected);                                                      \
        if (MAKE_STRAY(row.value)) {                                                               \
            ck_status(TENON_INVALID_ARGUMENT, rt_maybe_##name(db, mem, row.value, &row));          \
            ck_assert_ptr_nonnull(strstr(tenon_db_error(db)->message, "parameter v has a value")); \
        }                                                                                          \
    }

FIXED_TYPES(CHECK_ECHO)
TEXT_TYPES(CHECK_ECHO)
#define PRESENT(to, from) ((to).present = true, (to).value = (from))
#define MAKE_STRAY(opt) (!((opt).present = false))
FIXED_TYPES(CHECK_MAYBE)
#undef PRESENT
#undef MAKE_STRAY
#define PRESENT(to, from) ((to).or_null = (from))
#define MAKE_STRAY(opt) false
TEXT_TYPES(CHECK_MAYBE)

#define ROW(name, type, expected, ...) {echo_##name, maybe_##name},
static const struct {
    void (*echo)(void);
    void (*maybe)(void);
} checks[] = {FIXED_TYPES(ROW) TEXT_TYPES(ROW)};

START_TEST(a_value_survives_the_server)
{
    checks[_i].echo();
}
END_TEST

START_TEST(a_value_or_null_survives_the_server)
{
    checks[_i].maybe();
}
END_TEST

/* --- All together, by each way that rows can go --- */

/* A row can be copied to a query's parameters: they have the columns of the table in their order.
 */
_Static_assert(sizeof(rt_add_every_params) == sizeof(rt_every_row), "members as in the table");
_Static_assert(sizeof(rt_add_everies_params) == sizeof(rt_every_row), "members as in the table");
_Static_assert(sizeof(rt_load_every_params) == sizeof(rt_every_row), "members as in the table");

static const rt_every_row full_row = {.id = 1,
#define MEMBER(name, type, expected, ...) .v_##name = TENON_SOME(__VA_ARGS__),
                                      FIXED_TYPES(MEMBER)
#undef MEMBER
#define MEMBER(name, type, expected, ...) .v_##name = TENON_TEXT(__VA_ARGS__),
                                          TEXT_TYPES(MEMBER)};

static void store(int how, const rt_every_row *row)
{
    rt_add_every_params one;
    rt_add_everies_params item;
    rt_load_every_params copied;
    int64_t rows;

    memcpy(&one, row, sizeof one);
    memcpy(&item, row, sizeof item);
    memcpy(&copied, row, sizeof copied);
    if (how == 0)
        ck_status(TENON_OK, rt_add_every(db, &one));
    else if (how == 1)
        ck_status(TENON_OK, rt_add_everies(db, &item, 1));
    else
        ck_status(TENON_OK, rt_load_every(db, &copied, 1, &rows));
}

/* While db is busy. */
static void store_beside(const rt_every_row *row, int32_t id)
{
    rt_add_every_params one;
    tenon_db *other;

    memcpy(&one, row, sizeof one);
    one.id = id;
    ck_assert_int_eq(tenon_db_open(server_conninfo, NULL, &other), TENON_OK);
    ck_assert_int_eq(rt_add_every(other, &one), TENON_OK);
    tenon_db_close(other);
}

/* Row 1 as the test wrote it; what was read of it becomes row 2, and so on. */
START_TEST(a_row_of_all_types_survives_every_way)
{
    rt_every_row row = full_row, nothing = {.id = 100};
    rt_every_row_list list;

    for (int how = 0; how < 3; how++) {
        row.id = how + 1;
        store(how, &row);
        nothing.id = 100 + how;
        store(how, &nothing);
        ck_status(TENON_OK, rt_list_every(db, mem, &list));
        row = list.items[how];
        ck_assert_int_eq(row.id, how + 1);
    }
    rt_stream_every *stream = rt_stream_every_begin(db);
    const rt_every_row *streamed = rt_stream_every_next(stream);
    ck_assert_ptr_nonnull(streamed);
    store_beside(streamed, 4); /* as long as the stream has it */
    ck_status(TENON_OK, rt_stream_every_end(stream));
    ck_ask("SELECT count(DISTINCT regexp_replace(e::text, '^.[0-9]+', '')) FROM every e"
           " WHERE id < 100",
           "1");
    ck_ask("SELECT count(*) FROM every e WHERE id >= 100 AND e::text ~ '^.10[0-9],+.$'", "3");
#define COLUMN_TEXT(name, type, expected, ...)                                                     \
    ck_ask("SELECT v_" #name "::text FROM every WHERE id = 4", expected);
    FIXED_TYPES(COLUMN_TEXT)
    TEXT_TYPES(COLUMN_TEXT)
}
END_TEST

/* Also where there is but one dimension, and that one begins elsewhere than at 1. */
START_TEST(an_array_keeps_its_lower_bound)
{
    static const int64_t items[] = {7, 8, 9};
    const tenon_dimension dims[] = {{3, _i - 2}};
    const tenon_int64_array given = {.count = 3, .items = items, .n_dims = 1, .dims = dims};
    rt_echo_int8_array_row row, again;

    ck_status(TENON_OK, rt_echo_int8_array(db, mem, given, &row));
    ck_status(TENON_OK, rt_echo_int8_array(db, mem, row.value, &again));
    ck_assert_str_eq(again.text, row.text);
    if (dims->lower_bound == 1) {
        ck_assert_uint_eq(row.value.n_dims, 0); /* the usual one is not told */
    } else {
        ck_assert_uint_eq(row.value.n_dims, 1);
        ck_assert_int_eq(row.value.dims->length, 3);
        ck_assert_int_eq(row.value.dims->lower_bound, dims->lower_bound);
    }
}
END_TEST

/* --- Many values against the server's own text --- */

static void check_numeric(const rt_numeric_text *row)
{
    tenon_numeric again;
    char text[20000];

    ck_assert_uint_lt(tenon_numeric_format(&row->v, text, sizeof text), sizeof text);
    ck_assert_str_eq(text, row->text);
    ck_assert_int_eq(tenon_numeric_parse(text, mem, &again), TENON_OK);
    ck_assert_int_eq(tenon_numeric_compare(&row->v, &again), 0);
    ck_assert_uint_eq(row->v.scale, again.scale);
    ck_assert_uint_eq(row->v.n_digits, again.n_digits);
}

static void check_cents(const rt_numeric_text *row)
{
    int64_t cents = 0;
    char text[64];

    ck_assert(tenon_numeric_to_scaled(&row->v, 2, &cents));
    tenon_numeric again = tenon_numeric_from_scaled(cents, 2);
    ck_assert_int_eq(tenon_numeric_compare(&row->v, &again), 0);
    tenon_numeric_format(&again, text, sizeof text);
    ck_assert_str_eq(text, row->text);
}

static void check_double(const rt_nearest_doubles_row *row)
{
    ck_assert_msg(tenon_numeric_to_double(&row->v) == row->nearest, "%.17g", row->nearest);
}

static void check_timestamptz(const rt_timestamptz_text *row)
{
    char text[64];

    ck_assert_str_eq(tenon_timestamptz_format(row->v, text), row->text);
}

static void check_date(const rt_date_text *row)
{
    int year, month, day;
    char text[64];

    ck_assert(tenon_date_to_civil(row->v, &year, &month, &day));
    ck_assert_int_eq(tenon_date_from_civil(year, month, day).days, row->v.days);
    ck_assert_str_eq(tenon_date_format(row->v, text), row->text);
}

static void check_uuid(const rt_many_uuids_row *row)
{
    tenon_uuid again;
    char text[64];

    ck_assert_str_eq(tenon_uuid_format(row->v, text), row->text);
    ck_assert(tenon_uuid_parse(text, &again) && tenon_uuid_equal(row->v, again));
}

#define CHECK_POPULATION(query, row_type, check, at_least)                                         \
    static void population_of_##query(void)                                                        \
    {                                                                                              \
        rt_##query *stream = rt_##query##_begin(db);                                               \
        const row_type *row;                                                                       \
        int count = 0;                                                                             \
                                                                                                   \
        for (; (row = rt_##query##_next(stream)) != NULL; count++)                                 \
            check(row);                                                                            \
        ck_status(TENON_OK, rt_##query##_end(stream));                                             \
        ck_assert_int_ge(count, at_least);                                                         \
    }

CHECK_POPULATION(many_numerics, rt_numeric_text, check_numeric, 3000)
CHECK_POPULATION(long_numerics, rt_numeric_text, check_numeric, 3000)
CHECK_POPULATION(strange_numerics, rt_numeric_text, check_numeric, 11)
CHECK_POPULATION(cent_numerics, rt_numeric_text, check_cents, 3000)
CHECK_POPULATION(nearest_doubles, rt_nearest_doubles_row, check_double, 3000)
CHECK_POPULATION(many_timestamps, rt_timestamptz_text, check_timestamptz, 3000)
CHECK_POPULATION(strange_timestamps, rt_timestamptz_text, check_timestamptz, 8)
CHECK_POPULATION(many_dates, rt_date_text, check_date, 6000)
CHECK_POPULATION(leap_dates, rt_date_text, check_date, 1501)
CHECK_POPULATION(many_uuids, rt_many_uuids_row, check_uuid, 1000)

static void (*const populations[])(void) = {
    population_of_many_numerics,      population_of_long_numerics,   population_of_strange_numerics,
    population_of_cent_numerics,      population_of_nearest_doubles, population_of_many_timestamps,
    population_of_strange_timestamps, population_of_many_dates,      population_of_leap_dates,
    population_of_many_uuids,
};

START_TEST(values_print_as_the_server_prints_them)
{
    populations[_i]();
}
END_TEST

static void setup(void)
{
    server_setup();
    ck_status(TENON_OK, tenon_exec(db, "SET timezone = 'UTC'"));
}

static void load_schema(void)
{
    server_setup_schema();
    server_teardown();
}

int main(void)
{
    Suite *suite = suite_create("roundtrip");
    TCase *tcase = tcase_create("all");

    server_init("roundtrip");
    tcase_add_unchecked_fixture(tcase, load_schema, NULL);
    tcase_add_checked_fixture(tcase, setup, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_value_survives_the_server, 0, sizeof checks / sizeof *checks);
    tcase_add_loop_test(tcase, a_value_or_null_survives_the_server, 0,
                        sizeof checks / sizeof *checks);
    tcase_add_test(tcase, a_row_of_all_types_survives_every_way);
    tcase_add_loop_test(tcase, an_array_keeps_its_lower_bound, 0, 5);
    tcase_add_loop_test(tcase, values_print_as_the_server_prints_them, 0,
                        sizeof populations / sizeof *populations);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
