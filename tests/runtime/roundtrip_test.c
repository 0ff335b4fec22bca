/* Every type through a real server and back: the server must understand what is bound exactly, and
 * what it sends must be read as the same value. */
#include <stdio.h>
#include <string.h>

#include "decode.h"
#include "server.h"

struct type {
    const char *codec;
    uint32_t oid;
    const char *text; /* of the codec's sample, as the server prints it */
};

static const struct type types[] = {
    {"bool", 16, "true"},
    {"char", 18, "x"},
    {"int16", 21, "-2"},
    {"int32", 23, "-70000"},
    {"int64", 20, "-9223372036854775808"},
    {"uint32", 26, "4000000000"},
    {"uint64", 5069, "18446744073709551615"},
    {"uint64", 3220, "FFFFFFFF/FFFFFFFF"},
    {"int64", 790, "-$92,233,720,368,547,758.08"},
    {"float", 700, "1.5"},
    {"double", 701, "-0.1"},
    {"uuid", 2950, "01020304-0506-0708-090a-0b0c0d0e0f10"},
    {"date", 1082, "1999-12-31"},
    {"time", 1083, "24:00:00"},
    {"timetz", 1266, "00:00:00.000001+01"},
    {"timestamp", 1114, "-infinity"},
    {"timestamptz", 1184, "2000-01-01 00:00:00.000001+00"},
    {"interval", 1186, "-3 mons +2 days -00:00:00.000001"},
    {"numeric", 1700, "-12.88"},
    {"inet", 869, "fe80::/64"},
    {"cidr", 650, "fe80::/64"},
    {"macaddr", 829, "01:02:03:04:05:06"},
    {"macaddr8", 774, "01:02:03:04:05:06:07:08"},
    {"bits", 1562, "110111101010110110111110111"},
    {"tid", 27, "(7,8)"},
    {"point", 600, "(1,2)"},
    {"line", 628, "{1,2,3}"},
    {"lseg", 601, "[(1,2),(3,4)]"},
    {"box", 603, "(3,4),(1,2)"},
    {"circle", 718, "<(1,2),3>"},
    {"path", 602, "((0,0),(1,2),(-3,4.5))"},
    {"polygon", 604, "((0,0),(1,2),(-3,4.5))"},
    {"text", 25, "text"},
    {"text", 1043, "text"},
    {"text", 19, "text"},
    {"jsonb", 3802, "{\"a\": 1}"},
    {"int32_range", 3904, "[4,)"},
    {"numeric_range", 3906, "(,0]"},
    {"date_range", 3912, "empty"},
    {"int32_multirange", 4451, "{[1,4),[9,)}"},
    {"int64_array", 1016, "[1:2][-5:-4]={{1,NULL},{-3,9223372036854775807}}"},
    {"text_array", 1009, "{one,\"\",\"drei\n\",NULL}"},
    {"bytes_array", 1001, "{\"\\\\xdeadbee0\",\"\\\\x\",NULL}"},
    {"uuid_array", 2951,
     "{01020300-0000-0000-0000-000000000000,ff000000-0000-0000-0000-000000000000}"},
    {"int32_range_array", 3905, "{\"[1,4)\",\"[9,)\"}"},
};

static const struct codec *codec_named(const char *name)
{
    for (size_t i = 0; i < n_codecs; i++)
        if (strcmp(codecs[i].name, name) == 0)
            return &codecs[i];
    ck_abort_msg("no codec %s", name);
    return NULL;
}

START_TEST(a_value_survives_the_server)
{
    const struct type *type = &types[_i];
    const struct codec *codec = codec_named(type->codec);
    const uint32_t columns[] = {type->oid, 25};
    char key[64];
    snprintf(key, sizeof key, "test_type_%u", (unsigned)type->oid);
    const tenon__statement statement = {.query = type->codec,
                                        .key = key,
                                        .sql = "SELECT $1, CAST($1 AS text)",
                                        .n_params = 1,
                                        .param_types = &type->oid,
                                        .n_columns = 2,
                                        .column_types = columns};
    struct fake_call sample;
    tenon__call call;

    fake_init(&sample);
    codec->bind(&sample.call);
    tenon__begin(&call, db, &statement);
    codec->bind(&call);
    ck_assert(tenon__fetch_into(&call, mem) && tenon__next_row(&call));
    codec->rebind(&call);
    ck_assert_str_eq(tenon__read_text(&call), type->text);
    if (type->oid != 3904) { /* the server makes int4 ranges canonical */
        ck_assert_int_eq(call.lengths[1], sample.lengths[0]);
        ck_assert_mem_eq(call.values[1], sample.values[0], (size_t)sample.lengths[0]);
    }
    ck_status(TENON_OK, tenon__end(&call));
    fake_finish(&sample);
}
END_TEST

START_TEST(a_null_survives_the_server)
{
    const struct type *type = &types[_i];
    const uint32_t columns[] = {type->oid};
    char key[64];
    snprintf(key, sizeof key, "test_null_%u", (unsigned)type->oid);
    const tenon__statement statement = {.query = type->codec,
                                        .key = key,
                                        .sql = "SELECT $1",
                                        .n_params = 1,
                                        .param_types = &type->oid,
                                        .n_columns = 1,
                                        .column_types = columns};
    tenon__call call;

    tenon__begin(&call, db, &statement);
    tenon__bind_null(&call);
    ck_assert(tenon__fetch_into(&call, mem) && tenon__next_row(&call));
    ck_assert(!tenon__present(&call));
    ck_status(TENON_OK, tenon__end(&call));
}
END_TEST

START_TEST(enums_composites_and_their_arrays_survive)
{
    static const char *const moods[] = {"sad", "so so", "happy"};
    static const uint32_t param_types[] = {0, 0, 0}, columns[] = {0, 0, 0, 25};
    static const uint32_t fields[] = {23, 25, 0};
    static const tenon__statement statement = {
        .query = "Moods",
        .key = "test_moods",
        .sql = "SELECT $1::mood, $2::mood[], $3::entry, $1::text || $2::text || $3::text",
        .n_params = 3,
        .param_types = param_types,
        .n_columns = 4,
        .column_types = columns};
    const tenon__shape two_moods = {.items = moods, .count = 2};
    tenon__nested nested;
    tenon__call call;

    ck_status(TENON_OK, tenon_exec(db, "CREATE TYPE mood AS ENUM ('sad', 'so so', 'happy');"
                                       "CREATE TYPE entry AS (id int, note text, mood mood)"));
    tenon__begin(&call, db, &statement);
    tenon__bind_enum(&call, moods, 3, 2);
    tenon__opened opened = tenon__open_array(&call, &two_moods);
    tenon__bind_enum(&call, moods, 3, 1);
    tenon__bind_null(&call);
    tenon__close_array(&call, opened);
    opened = tenon__open_record(&call, 3);
    tenon__field(&call, fields[0]);
    tenon__bind_int32(&call, 7);
    tenon__field(&call, fields[1]);
    tenon__bind_opt_text(&call, NULL);
    tenon__field(&call, fields[2]);
    tenon__bind_enum(&call, moods, 3, 0);
    tenon__close(&call, opened);
    ck_assert_msg(tenon__fetch_into(&call, mem), "%s", tenon_db_error(db)->message);
    ck_assert(tenon__next_row(&call));
    ck_assert_int_eq(tenon__read_enum(&call, moods, 3), 2);
    ck_assert(tenon__enter_array(&call, &nested, 0));
    ck_assert_uint_eq(nested.count, 2);
    ck_assert(nested.has_nulls);
    ck_assert_int_eq(tenon__read_enum(&call, moods, 3), 1);
    ck_assert(!tenon__present(&call));
    tenon__leave(&call, &nested);
    ck_assert(tenon__enter_record(&call, &nested, fields, 3));
    ck_assert_int_eq(tenon__read_int32(&call), 7);
    ck_assert_ptr_null(tenon__read_opt_text(&call));
    ck_assert_int_eq(tenon__read_enum(&call, moods, 3), 0);
    tenon__leave(&call, &nested);
    ck_assert_str_eq(tenon__read_text(&call), "happy{\"so so\",NULL}(7,,sad)");
    ck_status(TENON_OK, tenon__end(&call));
    ck_status(TENON_OK, tenon_exec(db, "DROP TYPE entry; DROP TYPE mood"));
}
END_TEST

/* --- Many values against the server's own text --- */

/* Reads a value and prints it with the function under test. */
typedef void format_fn(tenon__call *call, char *text, size_t size);

static void format_numeric(tenon__call *call, char *text, size_t size)
{
    tenon_numeric number = tenon__read_numeric(call), again;

    ck_assert_uint_lt(tenon_numeric_format(&number, text, size), size);
    ck_assert_int_eq(tenon_numeric_parse(text, mem, &again), TENON_OK);
    ck_assert_int_eq(tenon_numeric_compare(&number, &again), 0);
    ck_assert_uint_eq(number.scale, again.scale);
    ck_assert_uint_eq(number.n_digits, again.n_digits);
}

static void format_double(tenon__call *call, char *text, size_t size)
{
    tenon_numeric number = tenon__read_numeric(call);
    double nearest = tenon__read_double(call);

    ck_assert_msg(tenon_numeric_to_double(&number) == nearest, "%.17g", nearest);
    snprintf(text, size, "same");
}

static void format_scaled(tenon__call *call, char *text, size_t size)
{
    tenon_numeric number = tenon__read_numeric(call);
    int64_t cents = 0;

    ck_assert(tenon_numeric_to_scaled(&number, 2, &cents));
    tenon_numeric again = tenon_numeric_from_scaled(cents, 2);
    ck_assert_int_eq(tenon_numeric_compare(&number, &again), 0);
    tenon_numeric_format(&again, text, size);
}

static void format_timestamptz(tenon__call *call, char *text, size_t size)
{
    (void)size;
    tenon_timestamptz_format(tenon__read_timestamptz(call), text);
}

static void format_date(tenon__call *call, char *text, size_t size)
{
    tenon_date date = tenon__read_date(call);
    int year, month, day;

    (void)size;
    ck_assert(tenon_date_to_civil(date, &year, &month, &day));
    ck_assert_int_eq(tenon_date_from_civil(year, month, day).days, date.days);
    tenon_date_format(date, text);
}

static void format_uuid(tenon__call *call, char *text, size_t size)
{
    tenon_uuid uuid = tenon__read_uuid(call), again;

    (void)size;
    tenon_uuid_format(uuid, text);
    ck_assert(tenon_uuid_parse(text, &again) && tenon_uuid_equal(uuid, again));
}

static const struct {
    const char *sql;
    uint32_t type;
    uint32_t second_type; /* 0: none but the text */
    format_fn *format;
} populations[] = {
    {"SELECT v, v::text FROM (SELECT trim_scale(((random() - 0.5) * 10::float8 ^ (g % 60 - 30))"
     "::numeric) AS v FROM generate_series(1, 3000) g) t",
     1700, 0, format_numeric},
    {"SELECT v, v::text FROM (SELECT (repeat((1 + g % 9)::text, g % 140) || '0.' ||"
     " repeat((g % 10)::text, g % 33))::numeric * (g % 3 - 1) AS v"
     " FROM generate_series(1, 3000) g) t",
     1700, 0, format_numeric},
    {"SELECT v::numeric, v::text FROM unnest(ARRAY['NaN', 'Infinity', '-Infinity', '0', '0.000',"
     " '1e130', '-1e-16383', '9999', '10000', '0.0001', '1e1000']) v0, LATERAL (SELECT v0::numeric"
     " AS v) t",
     1700, 0, format_numeric},
    {"SELECT v, v::float8, 'same' FROM (SELECT (random() * 10::numeric ^ (g % 100 - 50))::numeric"
     " + 10::numeric ^ -20 AS v FROM generate_series(1, 3000) g) t",
     1700, 701, format_double},
    {"SELECT v, v::text FROM (SELECT round(((random() - 0.5) * 10::float8 ^ (g % 16))::numeric, 2)"
     " AS v FROM generate_series(1, 3000) g) t",
     1700, 0, format_scaled},
    {"SELECT v, v::text FROM (SELECT '2000-01-01'::timestamptz + ((random() - 0.022) * 292277 * "
     "365)"
     " * interval '1 day' AS v FROM generate_series(1, 3000) g) t",
     1184, 0, format_timestamptz},
    {"SELECT v, v::text FROM unnest(ARRAY['infinity', '-infinity', '294276-12-31 23:59:59.999999',"
     " '4714-11-24 00:00:00 BC', '0001-01-01', '0001-12-31 23:59:59.000010 BC', '2000-02-29',"
     " '1999-12-31 23:59:59.999999']::timestamptz[]) v",
     1184, 0, format_timestamptz},
    {"SELECT v, v::text FROM (SELECT '4714-11-24 BC'::date + g AS v"
     " FROM generate_series(0, 5000000, 811) g) t",
     1082, 0, format_date},
    {"SELECT v, v::text FROM (SELECT '1999-02-27'::date + g AS v"
     " FROM generate_series(0, 1500) g) t",
     1082, 0, format_date},
    {"SELECT v, v::text FROM (SELECT gen_random_uuid() AS v FROM generate_series(1, 1000) g) t",
     2950, 0, format_uuid},
};

START_TEST(values_print_as_the_server_prints_them)
{
    const uint32_t plain[] = {populations[_i].type, 25};
    const uint32_t two[] = {populations[_i].type, populations[_i].second_type, 25};
    bool has_second = populations[_i].second_type != 0;
    char key[64], text[20000];
    snprintf(key, sizeof key, "test_population_%d", _i);
    const tenon__statement statement = {.query = "Population",
                                        .key = key,
                                        .sql = populations[_i].sql,
                                        .n_columns = has_second ? 3 : 2,
                                        .column_types = has_second ? two : plain};
    tenon__call call;

    ck_status(TENON_OK, tenon_exec(db, "SET timezone = 'UTC'"));
    tenon__begin(&call, db, &statement);
    ck_assert_msg(tenon__fetch_into(&call, mem), "%s", tenon_db_error(db)->message);
    while (tenon__next_row(&call)) {
        populations[_i].format(&call, text, sizeof text);
        ck_assert_str_eq(text, tenon__read_text(&call));
    }
    ck_status(TENON_OK, tenon__end(&call));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("roundtrip");
    TCase *tcase = tcase_create("all");

    server_init("roundtrip");
    tcase_add_checked_fixture(tcase, server_setup, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_value_survives_the_server, 0, sizeof types / sizeof *types);
    tcase_add_loop_test(tcase, a_null_survives_the_server, 0, sizeof types / sizeof *types);
    tcase_add_test(tcase, enums_composites_and_their_arrays_survive);
    tcase_add_loop_test(tcase, values_print_as_the_server_prints_them, 0,
                        sizeof populations / sizeof *populations);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
