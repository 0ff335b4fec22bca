/* Parameters that mean nothing: each is refused by name or by what is wrong with it before a byte
 * leaves, alone as in a row of a COPY, and the connection works on. */
#include <stdio.h>
#include <string.h>

#include <rt/entries.h>
#include <rt/items.h>
#include <rt/probes.h>
#include <rt/types.h>

#include "server.h"

#define ck_refused(status, why)                                                                    \
    do {                                                                                           \
        ck_status(TENON_INVALID_ARGUMENT, status);                                                 \
        ck_assert_msg(strstr(tenon_db_error(db)->message, why) != NULL, "%s",                      \
                      tenon_db_error(db)->message);                                                \
        ck_effect(TENON_EFFECT_NONE);                                                              \
        ck_usable(db);                                                                             \
    } while (0)

START_TEST(a_count_without_what_it_counts_is_refused)
{
    const tenon_numeric number = {.n_digits = 9};
    rt_echo_numeric_row numeric;
    rt_echo_bits_row bits;
    rt_echo_path_row path;
    rt_echo_polygon_row polygon;
    rt_echo_int8_array_row array;
    rt_echo_int4multirange_row multirange;

    ck_refused(rt_echo_numeric(db, mem, number, &numeric), "a count but no digits");
    ck_refused(rt_echo_bits(db, mem, (tenon_bits){NULL, 1}, &bits), "no data");
    ck_refused(rt_echo_path(db, mem, (tenon_path){1, NULL, false}, &path), "none behind its count");
    ck_refused(rt_echo_polygon(db, mem, (tenon_polygon){1, NULL}, &polygon), "none behind");
    ck_refused(rt_echo_int8_array(db, mem, (tenon_int64_array){.count = 1}, &array), "array");
    ck_refused(rt_echo_int4multirange(db, mem, (tenon_int32_multirange){.count = 1}, &multirange),
               "a count but no items");
}
END_TEST

/* More than any value can have; what lies there is not looked at. */
START_TEST(a_count_beyond_all_limits_is_refused)
{
    static const tenon_point point;
    static const tenon_int32_range range;
    static const unsigned char octet;
    rt_echo_bits_row bits;
    rt_echo_path_row path;
    rt_echo_int4multirange_row multirange;
    rt_echo_int8_array_row array;

    ck_refused(rt_echo_bits(db, mem, (tenon_bits){&octet, (size_t)INT32_MAX + 1}, &bits),
               "too long");
    ck_refused(rt_echo_path(db, mem, (tenon_path){(size_t)1 << 26, &point, false}, &path),
               "too many points");
    ck_refused(rt_echo_int4multirange(
                   db, mem, (tenon_int32_multirange){.count = (size_t)1 << 28, .items = &range},
                   &multirange),
               "multirange");
    ck_refused(rt_echo_int8_array(
                   db, mem,
                   (tenon_int64_array){.count = (size_t)1 << 28, .items = (const int64_t *)&point},
                   &array),
               "");
}
END_TEST

START_TEST(dimensions_have_to_fit_the_elements)
{
    static const int64_t items[] = {1, 2, 3, 4};
    static const tenon_dimension shapes[][7] = {
        {{2, 1}, {3, 1}}, {{2, 1}, {1, 1}}, {{0, 1}, {4, 1}}, {{-2, 1}, {-2, 1}}, {{4, 1}, {2, 1}},
    };
    static const tenon_dimension seven[7] = {{1, 1}, {1, 1}, {1, 1}, {1, 1},
                                             {1, 1}, {2, 1}, {2, 1}};
    rt_echo_int8_array_row row;

    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        ck_refused(
            rt_echo_int8_array(
                db, mem,
                (tenon_int64_array){.count = 4, .items = items, .n_dims = 2, .dims = shapes[i]},
                &row),
            "dimensions");
    ck_refused(rt_echo_int8_array(
                   db, mem,
                   (tenon_int64_array){.count = 4, .items = items, .n_dims = 7, .dims = seven},
                   &row),
               "dimensions");
    ck_refused(rt_echo_int8_array(
                   db, mem, (tenon_int64_array){.count = 4, .items = items, .n_dims = 1}, &row),
               "dimensions");
}
END_TEST

START_TEST(an_enum_has_to_be_one_of_its_labels)
{
    rt_echo_mood_row row;

    ck_refused(rt_echo_mood(db, mem, (rt_mood)-1, &row),
               "parameter v is -1, which is none of its 3");
    ck_refused(rt_echo_mood(db, mem, (rt_mood)(RT_MOOD_HAPPY + 1), &row),
               "parameter v is 4, which");
    ck_refused(rt_add_feeling(db, &(rt_add_feeling_params){.id = 1, .mood = (rt_mood)99}),
               "parameter mood is 99, which is none of its 3 labels");
    ck_ask("SELECT count(*) FROM feeling", "0");
}
END_TEST

START_TEST(an_enum_that_was_forgotten_is_not_its_first_label)
{
    static const rt_mood moods[] = {RT_MOOD_SAD, RT_MOOD_UNSET};
    const rt_remark remark = {.mood = TENON_SOME(RT_MOOD_UNSET)};
    rt_maybe_mood_row maybe;
    rt_echo_mood_array_row array;
    rt_echo_remark_row record;

    ck_assert_ptr_null(rt_mood_name(RT_MOOD_UNSET));
    ck_refused(rt_add_feeling(db, &(rt_add_feeling_params){.id = 1}),
               "parameter mood is UNSET (0)");
    ck_refused(rt_maybe_mood(db, mem, (rt_opt_mood)TENON_SOME(RT_MOOD_UNSET), &maybe),
               "parameter v is UNSET");
    ck_refused(rt_echo_mood_array(db, mem, (rt_mood_array){.count = 2, .items = moods}, &array),
               "parameter v is UNSET");
    ck_refused(rt_echo_remark(db, mem, remark, &record), "parameter v.mood is UNSET");
}
END_TEST

/* `.price.value = 5`: the value would be lost. Each type is in the test of round trips. */
START_TEST(a_value_that_is_not_present_is_refused)
{
    const tenon_opt_int64 stray = {.value = 5};
    const rt_add_items_params items[] = {{.id = 10, .name = "ten"},
                                         {.id = 11, .name = "eleven", .price = stray}};
    const rt_load_items_params rows[] = {{.id = 10, .name = "ten"},
                                         {.id = 11, .name = "eleven", .price = stray}};
    int64_t count;

    ck_refused(
        rt_add_item(db, &(rt_add_item_params){.id = 9, .name = "nine", .price = stray}, &count),
        "parameter price has a value that is not present");
    ck_refused(rt_add_items(db, items, 2), "parameter price has a value");
    ck_refused(rt_load_items(db, rows, 2, &count), "parameter price has a value");
    ck_ask("SELECT count(*) FROM item WHERE id >= 9", "0");
}
END_TEST

START_TEST(an_address_is_of_version_4_or_6)
{
    rt_echo_inet_row row;

    ck_refused(rt_echo_inet(db, mem, (tenon_inet){.version = 5}, &row), "neither 4 nor 6");
}
END_TEST

START_TEST(an_empty_value_needs_no_memory_behind_it)
{
    static const unsigned char octet; /* a bytea is NULL where its data is */
    rt_echo_bits_row bits;
    rt_echo_bytea_row bytes;
    rt_maybe_jsonb_row json;

    ck_status(TENON_OK, rt_echo_bits(db, mem, (tenon_bits){NULL, 0}, &bits));
    ck_assert_str_eq(bits.text, "");
    ck_status(TENON_OK, rt_echo_bytea(db, mem, (tenon_bytes){&octet, 0}, &bytes));
    ck_assert_str_eq(bytes.text, "\\x");
    ck_status(TENON_OK, rt_maybe_jsonb(db, mem, (tenon_opt_text)TENON_TEXT(NULL), &json));
    ck_assert_str_eq(json.text, "NULL");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("params");
    TCase *tcase = tcase_create("all");

    server_init("params");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_count_without_what_it_counts_is_refused);
    tcase_add_test(tcase, a_count_beyond_all_limits_is_refused);
    tcase_add_test(tcase, dimensions_have_to_fit_the_elements);
    tcase_add_test(tcase, an_enum_has_to_be_one_of_its_labels);
    tcase_add_test(tcase, an_enum_that_was_forgotten_is_not_its_first_label);
    tcase_add_test(tcase, a_value_that_is_not_present_is_refused);
    tcase_add_test(tcase, an_address_is_of_version_4_or_6);
    tcase_add_test(tcase, an_empty_value_needs_no_memory_behind_it);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
