/* Conversions and arenas, without a server; roundtrip_test compares many values with the server's
 * own text. */
#include <math.h>
#include <stdint.h>
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
};

START_TEST(a_number_is_read_and_printed)
{
    tenon_numeric number;
    char text[64];

    tenon_status status = tenon_numeric_parse(numbers[_i].text, NULL, &number);
    if (numbers[_i].printed == NULL) {
        ck_assert_int_eq(status, TENON_INVALID_ARGUMENT);
        return;
    }
    ck_assert_int_eq(status, TENON_OK);
    ck_assert_uint_eq(tenon_numeric_format(&number, text, sizeof text), strlen(text));
    ck_assert_str_eq(text, numbers[_i].printed);
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
}
END_TEST

START_TEST(doubles_are_the_nearest)
{
    tenon_numeric tenth = numeric("0.1"), huge = numeric("1e400"), nan = numeric("NaN");

    ck_assert_double_eq(tenon_numeric_to_double(&tenth), 0.1);
    ck_assert(isinf(tenon_numeric_to_double(&huge)));
    ck_assert(isnan(tenon_numeric_to_double(&nan)));
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
    ck_assert_int_eq(tenon_timestamptz_from_unix(INT64_MAX, 0).microseconds, INT64_MAX);
    ck_assert_int_eq(tenon_timestamptz_from_unix(INT64_MIN, 0).microseconds, INT64_MIN);
    ck_assert(!tenon_timestamptz_to_unix((tenon_timestamptz){INT64_MIN}, &seconds, &nanoseconds));
}
END_TEST

/* --- Arenas --- */

START_TEST(an_arena_aligns_and_grows)
{
    tenon_arena *arena = tenon_arena_create();

    for (size_t size = 0; size < 5000; size += 7) {
        unsigned char *memory = tenon_arena_alloc(arena, size);
        ck_assert_ptr_nonnull(memory);
        ck_assert_uint_eq((uintptr_t)memory % _Alignof(max_align_t), 0);
        memset(memory, 0xab, size);
    }
    ck_assert_ptr_null(tenon_arena_alloc(arena, SIZE_MAX));
    ck_assert_str_eq(tenon_arena_copy(arena, "abc", 2), "ab");
    tenon_arena_destroy(arena);
}
END_TEST

START_TEST(a_reset_arena_gives_the_same_memory_again)
{
    tenon_arena *arena = tenon_arena_create();
    void *first[3], *again[3];

    for (int round = 0; round < 2; round++) {
        void **at = round == 0 ? first : again;
        at[0] = tenon_arena_alloc(arena, 100);
        at[1] = tenon_arena_alloc(arena, 100000);
        at[2] = tenon_arena_alloc(arena, 5000000);
        tenon_arena_reset(arena);
    }
    ck_assert_mem_eq(first, again, sizeof first);
    tenon_arena_destroy(arena);
}
END_TEST

START_TEST(statuses_have_names)
{
    ck_assert_str_eq(tenon_status_name(TENON_OK), "OK");
    ck_assert_str_eq(tenon_status_name(TENON_SQL_ERROR), "SQL_ERROR");
    ck_assert_str_eq(tenon_status_name((tenon_status)999), "UNKNOWN");
    ck_assert_int_eq(tenon_status_of_sqlstate("08006"), TENON_CONNECTION_LOST);
    ck_assert_int_eq(tenon_status_of_sqlstate("23P01"), TENON_EXCLUSION_VIOLATION);
    ck_assert_int_eq(tenon_status_of_sqlstate("XX000"), TENON_SQL_ERROR);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("convert");
    TCase *tcase = tcase_create("all");

    tcase_add_loop_test(tcase, a_number_is_read_and_printed, 0, sizeof numbers / sizeof *numbers);
    tcase_add_test(tcase, a_long_number_needs_an_arena);
    tcase_add_test(tcase, integers_convert_exactly_or_not_at_all);
    tcase_add_loop_test(tcase, scaled_integers_convert_exactly_or_not_at_all, 0,
                        sizeof scaled / sizeof *scaled);
    tcase_add_test(tcase, scaled_integers_print_with_their_scale);
    tcase_add_test(tcase, numbers_compare_as_in_postgresql);
    tcase_add_test(tcase, doubles_are_the_nearest);
    tcase_add_test(tcase, a_uuid_is_read_strictly);
    tcase_add_test(tcase, unix_time_goes_both_ways);
    tcase_add_test(tcase, an_arena_aligns_and_grows);
    tcase_add_test(tcase, a_reset_arena_gives_the_same_memory_again);
    tcase_add_test(tcase, statuses_have_names);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
