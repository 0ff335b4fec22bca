/* The JSON writer. */
#include "suites.h"

#include "support/json.h"

static struct arena arena;
static struct buf out;

static void setup(void)
{
    arena = (struct arena){0};
    out = buf_in(&arena);
}

static void teardown(void)
{
    arena_finish(&arena);
}

START_TEST(nests_with_indentation)
{
    struct json json = {.out = &out};

    json_begin_object(&json, NULL);
    json_int(&json, "a", -1);
    json_begin_array(&json, "b");
    json_string(&json, NULL, "x");
    json_begin_object(&json, NULL);
    json_end_object(&json);
    json_end_array(&json);
    json_begin_array(&json, "c");
    json_end_array(&json);
    json_bool(&json, "d", true);
    json_string(&json, "e", NULL);
    json_end_object(&json);
    ck_assert_str_eq(buf_text(&out), "{\n"
                                     "  \"a\": -1,\n"
                                     "  \"b\": [\n"
                                     "    \"x\",\n"
                                     "    {}\n"
                                     "  ],\n"
                                     "  \"c\": [],\n"
                                     "  \"d\": true,\n"
                                     "  \"e\": null\n"
                                     "}\n");
}
END_TEST

START_TEST(strings_are_escaped)
{
    struct json json = {.out = &out};

    json_string(&json, NULL, "a\"b\\c\nd\te\x01\x7F\xC3\xA9\xFFz\xC3");
    ck_assert_str_eq(buf_text(&out),
                     "\"a\\\"b\\\\c\\nd\\te\\u0001\\u007f\xC3\xA9\\ufffdz\\ufffd\"");
}
END_TEST

Suite *json_suite(void)
{
    Suite *suite = suite_create("json");
    TCase *tests = tcase_create("json");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, nests_with_indentation);
    tcase_add_test(tests, strings_are_escaped);
    suite_add_tcase(suite, tests);
    return suite;
}
