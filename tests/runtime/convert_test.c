/* Conversions, without a server; roundtrip_test compares many values with the server's
 * own text. */
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tenon/types.h>

#include "server.h"

static const struct {
    const char *text;
    const char *printed; /* NULL: no number */
} numbers[] = {
    {"0", "0"},
    {"-0", "0"},
    {"-0.00", "0.00"},
    {" 12.50 ", "12.50"},
    {"+7", "7"},
    {".5", "0.5"},
    {"5.", "5"},
    {"1e3", "1000"},
    {"1.5e-3", "0.0015"},
    {"12345e-2", "123.45"},
    {"100000000", "100000000"},
    {"0.00010000", "0.00010000"},
    {"99999999999999999999999999999", "99999999999999999999999999999"},
    {"NaN", "NaN"},
    {"nan", "NaN"},
    {"Infinity", "Infinity"},
    {"-inf", "-Infinity"},
    {"", NULL},
    {"-", NULL},
    {".", NULL},
    {"1e", NULL},
    {"1x", NULL},
    {"1 2", NULL},
    {"-NaN", NULL},
    {"0x10", NULL},
    {"1e200000", NULL},
    {"1e-99999", NULL},
    {"\t+.5e+1\n", "5"},
    {"1E2", "100"},
    {"1e+", NULL},
    {"1e5x", NULL},
    {"1\x1f", NULL},
    {"1\x0e", NULL},
    {"12345678901234567890123456e-4", "1234567890123456789012.3456"},
    {"1e131072", NULL},
    {"9e131071", ""}, /* the largest weight, and what is beyond the smallest one */
    {"1e9999999999999999999", NULL},
    {"-Infinit", NULL},
    {"+nan", NULL},
};

START_TEST(a_number_is_read_and_printed)
{
    tenon_numeric number;
    static char text[1 << 18];

    tenon_status status = tenon_numeric_parse(numbers[_i].text, NULL, &number);
    if (numbers[_i].printed == NULL) {
        ck_assert_int_eq(status, TENON_INVALID_ARGUMENT);
        return;
    }
    ck_assert_int_eq(status, TENON_OK);
    ck_assert_uint_eq(tenon_numeric_format(&number, text, sizeof text), strlen(text));
    if (numbers[_i].printed[0] == '\0')
        ck_assert_uint_eq(strlen(text), 131072);
    else
        ck_assert_str_eq(text, numbers[_i].printed);
}
END_TEST

START_TEST(no_text_is_no_number)
{
    tenon_numeric number;
    tenon_uuid uuid;

    ck_assert_int_eq(tenon_numeric_parse(NULL, NULL, &number), TENON_INVALID_ARGUMENT);
    ck_assert(!tenon_uuid_parse(NULL, &uuid));
}
END_TEST

/* More digits than a numeric has, in front of the point and behind it; and the most it can have. */
START_TEST(a_number_has_its_limits)
{
    static char text[140001 + 20000];
    tenon_arena *arena = tenon_arena_create();
    tenon_numeric number;

    memset(text, '7', 140000);
    ck_assert_int_eq(tenon_numeric_parse(text, NULL, &number), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_numeric_parse(text, arena, &number), TENON_INVALID_ARGUMENT);
    text[131072] = '\0';
    ck_assert_int_eq(tenon_numeric_parse(text, arena, &number), TENON_OK);
    ck_assert_uint_eq(tenon_numeric_format(&number, NULL, 0), 131072);
    ck_assert_int_eq(number.weight, INT16_MAX);
    memset(text, '7', 140000);
    text[1] = '.';
    text[2 + 16384] = '\0';
    ck_assert_int_eq(tenon_numeric_parse(text, arena, &number), TENON_INVALID_ARGUMENT);
    text[2 + 16383] = '\0';
    ck_assert_int_eq(tenon_numeric_parse(text, arena, &number), TENON_OK);
    ck_assert_uint_eq(number.scale, 16383);
    tenon_arena_destroy(arena);
}
END_TEST

START_TEST(a_long_number_needs_an_arena)
{
    const char *text = "1234567890123456789012345678901234567890.5";
    tenon_arena *arena = tenon_arena_create();
    tenon_numeric number;
    char printed[64];

    ck_assert_int_eq(tenon_numeric_parse(text, NULL, &number), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_numeric_parse(text, arena, &number), TENON_OK);
    tenon_numeric_format(&number, printed, sizeof printed);
    ck_assert_str_eq(printed, text);
    ck_assert_uint_eq(tenon_numeric_format(&number, printed, 5), strlen(text));
    ck_assert_str_eq(printed, "1234");
    tenon_arena_destroy(arena);
}
END_TEST

static tenon_numeric numeric(const char *text)
{
    tenon_numeric number;

    ck_assert_int_eq(tenon_numeric_parse(text, NULL, &number), TENON_OK);
    return number;
}

START_TEST(integers_convert_exactly_or_not_at_all)
{
    static const int64_t values[] = {0, 1, -1, 9999, 10000, -10001, INT64_MAX, INT64_MIN};
    static const char *const refused[] = {
        "0.5", "9223372036854775808", "-9223372036854775809", "NaN", "Infinity", "1e30"};
    int64_t value;

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        tenon_numeric number = tenon_numeric_from_int64(values[i]);
        ck_assert(tenon_numeric_to_int64(&number, &value));
        ck_assert_int_eq(value, values[i]);
    }
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        tenon_numeric number = numeric(refused[i]);
        value = 42;
        ck_assert_msg(!tenon_numeric_to_int64(&number, &value), "%s", refused[i]);
        ck_assert_int_eq(value, 42);
    }
}
END_TEST

static const struct {
    const char *text;
    int scale;
    bool exact;
    int64_t unscaled;
} scaled[] = {
    {"123.45", 2, true, 12345},
    {"123.45", 4, true, 1234500},
    {"123.45", 1, false, 0},
    {"-0.0001", 4, true, -1},
    {"-0.0001", 3, false, 0},
    {"1e-8", 8, true, 1},
    {"1e-9", 8, false, 0},
    {"1e14", 4, true, 1000000000000000000},
    {"1e15", 4, false, 0},
    {"0", 30, true, 0},
    {"1200", -2, true, 12},
    {"1210", -2, false, 0},
    {"92233720368547758.07", 2, true, INT64_MAX},
    {"92233720368547758.08", 2, false, 0},
    {"0", INT_MAX, true, 0},
    {"1", INT_MAX, false, 0},
    {"0", INT_MIN, true, 0},
    {"1", INT_MIN, false, 0},
};

START_TEST(scaled_integers_convert_exactly_or_not_at_all)
{
    tenon_numeric number = numeric(scaled[_i].text);
    int64_t unscaled = 0;

    ck_assert_int_eq(tenon_numeric_to_scaled(&number, scaled[_i].scale, &unscaled),
                     scaled[_i].exact);
    ck_assert_int_eq(unscaled, scaled[_i].unscaled);
}
END_TEST

START_TEST(scaled_integers_print_with_their_scale)
{
    char text[64];

    tenon_numeric number = tenon_numeric_from_scaled(-5, 2);
    tenon_numeric_format(&number, text, sizeof text);
    ck_assert_str_eq(text, "-0.05");
    number = tenon_numeric_from_scaled(INT64_MIN, 9);
    tenon_numeric_format(&number, text, sizeof text);
    ck_assert_str_eq(text, "-9223372036.854775808");
    number = tenon_numeric_from_scaled(12, -3); /* there are no negative scales */
    tenon_numeric_format(&number, text, sizeof text);
    ck_assert_str_eq(text, "12");
    number = tenon_numeric_from_scaled(12, 5000);
    ck_assert_uint_eq(number.scale, 1000);
}
END_TEST

START_TEST(numbers_compare_as_in_postgresql)
{
    static const char *const ascending[] = {"-Infinity", "-10000.1", "-10000",   "-0.1",
                                            "0",         "0.0001",   "1",        "9999",
                                            "10000",     "1e20",     "Infinity", "NaN"};
    const int n = sizeof ascending / sizeof *ascending;

    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            tenon_numeric a = numeric(ascending[i]), b = numeric(ascending[j]);
            ck_assert_int_eq(tenon_numeric_compare(&a, &b), (i > j) - (i < j));
        }
    }
    tenon_numeric one = numeric("1"), same = numeric("1.000");
    ck_assert_int_eq(tenon_numeric_compare(&one, &same), 0);
    /* What is no number has no digits, whatever was there before. */
    one.sign = same.sign = TENON_NUMERIC_NAN;
    same.n_digits = 0;
    ck_assert_int_eq(tenon_numeric_compare(&one, &same), 0);
}
END_TEST

START_TEST(doubles_are_the_nearest)
{
    static const struct {
        const char *text;
        double value;
    } doubles[] = {{"0.1", 0.1},         {"-12345.678", -12345.678},
                   {"1e400", HUGE_VAL},  {"0", 0},
                   {"1e-5", 1e-5},       {"Infinity", HUGE_VAL},
                   {"70000", 7e4},       {"-Infinity", -HUGE_VAL},
                   {"-1e400", -HUGE_VAL}};
    tenon_numeric nan = numeric("NaN");

    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++) {
        tenon_numeric number = numeric(doubles[i].text);
        ck_assert_double_eq(tenon_numeric_to_double(&number), doubles[i].value);
    }
    ck_assert(isnan(tenon_numeric_to_double(&nan)));
}
END_TEST

/* 2^53 + 1 lies between two doubles, and the even one is taken; whatever follows, far behind what a
 * double could hold, makes it the upper one. */
START_TEST(a_double_is_rounded_by_the_last_digit)
{
    tenon_arena *arena = tenon_arena_create();
    char text[2048] = "9007199254740993.";
    size_t length = strlen(text);
    tenon_numeric number;

    memset(text + length, '0', 1500);
    text[length + 1500] = '1';
    text[length + 1501] = '\0';
    ck_assert_int_eq(tenon_numeric_parse("9007199254740993", arena, &number), TENON_OK);
    ck_assert_double_eq(tenon_numeric_to_double(&number), 9007199254740992.0);
    ck_assert_int_eq(tenon_numeric_parse(text, arena, &number), TENON_OK);
    ck_assert_double_eq(tenon_numeric_to_double(&number), 9007199254740994.0);
    tenon_arena_destroy(arena);
}
END_TEST

START_TEST(a_uuid_is_read_strictly)
{
    static const char *const wrong[] = {
        "", "01020304-0506-0708-090a-0b0c0d0e0f1", "01020304-0506-0708-090a-0b0c0d0e0f100",
        "0102030405060708090a0b0c0d0e0f10", "01020304-0506-0708-090a-0b0c0d0e0fg0"};
    char text[TENON_UUID_TEXT_SIZE];
    tenon_uuid uuid;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(!tenon_uuid_parse(wrong[i], &uuid), "%s", wrong[i]);
    ck_assert(tenon_uuid_parse("01020304-0506-0708-090A-0B0C0D0E0F10", &uuid));
    ck_assert_str_eq(tenon_uuid_format(uuid, text), "01020304-0506-0708-090a-0b0c0d0e0f10");
}
END_TEST

START_TEST(unix_time_goes_both_ways)
{
    char text[TENON_TIME_TEXT_SIZE];
    int64_t seconds;
    int32_t nanoseconds;

    tenon_timestamptz time = tenon_timestamptz_from_unix(-1, 999999999);
    ck_assert_str_eq(tenon_timestamptz_format(time, text), "1969-12-31 23:59:59.999999+00");
    ck_assert(tenon_timestamptz_to_unix(time, &seconds, &nanoseconds));
    ck_assert_int_eq(seconds, -1);
    ck_assert_int_eq(nanoseconds, 999999000);
    time = tenon_timestamptz_from_unix(0, -1);
    ck_assert_str_eq(tenon_timestamptz_format(time, text), "1969-12-31 23:59:59.999999+00");
    ck_assert_int_eq(tenon_timestamptz_from_unix(INT64_MAX, 0).microseconds, INT64_MAX);
    ck_assert_int_eq(tenon_timestamptz_from_unix(INT64_MIN, 0).microseconds, INT64_MIN);
    ck_assert_int_eq(tenon_timestamptz_from_unix(2 - INT64_MAX / 1000000, 0).microseconds,
                     INT64_MIN);
    ck_assert_int_eq(tenon_timestamptz_from_unix(INT64_MAX / 1000000 - 1, 0).microseconds,
                     INT64_MAX);
    ck_assert_int_lt(tenon_timestamptz_from_unix(INT64_MAX / 1000000 - 2, 0).microseconds,
                     INT64_MAX);
    ck_assert(!tenon_timestamptz_to_unix((tenon_timestamptz){INT64_MIN}, &seconds, &nanoseconds));
}
END_TEST

START_TEST(dates_go_both_ways)
{
    static const struct {
        int year, month, day;
        int32_t days;
        const char *text;
    } dates[] = {{2000, 1, 1, 0, "2000-01-01"},
                 {2000, 3, 1, 60, "2000-03-01"},
                 {2000, 2, 29, 59, "2000-02-29"},
                 {1999, 12, 31, -1, "1999-12-31"},
                 {2400, 2, 29, 146156, "2400-02-29"},
                 {0, 1, 1, -730485, "0001-01-01 BC"},
                 {-4713, 11, 24, -2451545, "4714-11-24 BC"}};
    char text[TENON_TIME_TEXT_SIZE];
    int year, month, day;

    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        tenon_date date = tenon_date_from_civil(dates[i].year, dates[i].month, dates[i].day);
        ck_assert_int_eq(date.days, dates[i].days);
        ck_assert_str_eq(tenon_date_format(date, text), dates[i].text);
        ck_assert(tenon_date_to_civil(date, &year, &month, &day));
        ck_assert_int_eq(year, dates[i].year);
        ck_assert_int_eq(month, dates[i].month);
        ck_assert_int_eq(day, dates[i].day);
    }
}
END_TEST

START_TEST(the_infinite_has_no_calendar)
{
    const tenon_date latest = tenon_date_from_civil(INT_MAX, 1, 1),
                     earliest = tenon_date_from_civil(INT_MIN, 1, 1);
    char text[TENON_TIME_TEXT_SIZE];
    int year, month, day;
    int64_t seconds;
    int32_t nanoseconds;

    ck_assert_str_eq(tenon_date_format(latest, text), "infinity");
    ck_assert_str_eq(tenon_date_format(earliest, text), "-infinity");
    ck_assert(!tenon_date_to_civil(latest, &year, &month, &day));
    ck_assert(!tenon_date_to_civil(earliest, &year, &month, &day));
    ck_assert(!tenon_timestamptz_to_unix((tenon_timestamptz){INT64_MAX}, &seconds, &nanoseconds));
    ck_assert_str_eq(tenon_timestamp_format((tenon_timestamp){INT64_MAX}, text), "infinity");
    ck_assert_str_eq(tenon_timestamp_format((tenon_timestamp){INT64_MIN}, text), "-infinity");
    ck_assert_str_eq(tenon_timestamp_format((tenon_timestamp){-500000}, text),
                     "1999-12-31 23:59:59.5");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("convert");
    TCase *tcase = tcase_create("all");

    tcase_add_loop_test(tcase, a_number_is_read_and_printed, 0, sizeof numbers / sizeof *numbers);
    tcase_add_test(tcase, no_text_is_no_number);
    tcase_add_test(tcase, a_number_has_its_limits);
    tcase_add_test(tcase, a_long_number_needs_an_arena);
    tcase_add_test(tcase, integers_convert_exactly_or_not_at_all);
    tcase_add_loop_test(tcase, scaled_integers_convert_exactly_or_not_at_all, 0,
                        sizeof scaled / sizeof *scaled);
    tcase_add_test(tcase, scaled_integers_print_with_their_scale);
    tcase_add_test(tcase, numbers_compare_as_in_postgresql);
    tcase_add_test(tcase, doubles_are_the_nearest);
    tcase_add_test(tcase, a_double_is_rounded_by_the_last_digit);
    tcase_add_test(tcase, a_uuid_is_read_strictly);
    tcase_add_test(tcase, unix_time_goes_both_ways);
    tcase_add_test(tcase, dates_go_both_ways);
    tcase_add_test(tcase, the_infinite_has_no_calendar);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
