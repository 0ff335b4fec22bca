/* Holes, lists and blocks of the template engine. */
#include "given.h"

#include "emit/template.h"

static struct arena arena;

static void setup(void)
{
    arena = (struct arena){0};
}

static void teardown(void)
{
    arena_finish(&arena);
}

static text_list list_of(const char *const *items)
{
    text_list list = {0};

    for (; *items; items++)
        vec_push(&arena, &list, *items);
    return list;
}

START_TEST(holes_take_their_texts)
{
    struct buf out = buf_in(&arena);

    fill(&out, "$type $name = $name();\n", HOLE("name", "x"), HOLE("type", "int"));
    ck_assert_str_eq(buf_text(&out), "int x = x();\n");
}
END_TEST

START_TEST(a_text_is_not_a_template)
{
    struct buf out = buf_in(&arena);

    fill(&out, "<$a>", HOLE("a", "$b $(c) %s"));
    ck_assert_str_eq(buf_text(&out), "<$b $(c) %s>");
}
END_TEST

START_TEST(a_lone_hole_indents_every_line_of_its_text)
{
    struct buf out = buf_in(&arena);

    fill(&out, "{\n    $body\n}\n", HOLE("body", "a;\n\nif (b)\n    c;\n"));
    ck_assert_str_eq(buf_text(&out), "{\n    a;\n\n    if (b)\n        c;\n}\n");
}
END_TEST

START_TEST(a_lone_hole_without_text_takes_its_line_along)
{
    struct buf out = buf_in(&arena);

    fill(&out, "a\n    $body\nb\n", HOLE("body", ""));
    ck_assert_str_eq(buf_text(&out), "a\nb\n");
}
END_TEST

START_TEST(a_short_list_stays_on_its_line)
{
    struct buf out = buf_in(&arena);
    text_list list = list_of((const char *const[]){"int a", "int b", NULL});

    fill(&out, "void f($(params));\n", LIST("params", &list));
    ck_assert_str_eq(buf_text(&out), "void f(int a, int b);\n");
}
END_TEST

START_TEST(a_long_list_is_wrapped_under_its_first_item)
{
    struct buf out = buf_in(&arena);
    text_list list = list_of(
        (const char *const[]){"an_item_of_some_length_1", "an_item_of_some_length_2",
                              "an_item_of_some_length_3", "an_item_of_some_length_4", NULL});

    fill(&out, "void f($(params));\n", LIST("params", &list));
    ck_assert_str_eq(buf_text(&out), "void f(an_item_of_some_length_1, an_item_of_some_length_2, "
                                     "an_item_of_some_length_3,\n"
                                     "       an_item_of_some_length_4);\n");
}
END_TEST

START_TEST(a_list_that_starts_too_far_right_moves_to_the_next_line)
{
    struct buf out = buf_in(&arena);
    text_list list =
        list_of((const char *const[]){"an_item_of_more_than_forty_characters_here", NULL});

    fill(&out, "    a_function_with_a_rather_long_name_that_goes_on_and_on($(params));\n",
         LIST("params", &list));
    ck_assert_str_eq(buf_text(&out), "    a_function_with_a_rather_long_name_that_goes_on_and_on(\n"
                                     "        an_item_of_more_than_forty_characters_here);\n");
}
END_TEST

Suite *template_suite(void)
{
    Suite *suite = suite_create("template");
    TCase *tests = tcase_create("template");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, holes_take_their_texts);
    tcase_add_test(tests, a_text_is_not_a_template);
    tcase_add_test(tests, a_lone_hole_indents_every_line_of_its_text);
    tcase_add_test(tests, a_lone_hole_without_text_takes_its_line_along);
    tcase_add_test(tests, a_short_list_stays_on_its_line);
    tcase_add_test(tests, a_long_list_is_wrapped_under_its_first_item);
    tcase_add_test(tests, a_list_that_starts_too_far_right_moves_to_the_next_line);
    suite_add_tcase(suite, tests);
    return suite;
}
