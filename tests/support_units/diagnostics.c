/* Order and look of diagnostics. */
#include "suites.h"

#include <string.h>

#include "support/diag.h"

static struct arena arena;
static struct diags diags;

static void setup(void)
{
    arena = (struct arena){0};
    diags = (struct diags){.arena = &arena};
}

static void teardown(void)
{
    arena_finish(&arena);
}

static const char *rendered(size_t i)
{
    struct buf out = buf_in(&arena);

    diag_render(&out, diags.list.items[i], false);
    return buf_text(&out);
}

START_TEST(shows_place_line_caret_note_and_hint)
{
    const struct source *source =
        source_create(&arena, "q.sql", STR("SELECT 1;\nSELECT '\xC3\xA9', f.qty FROM t;\n"));
    struct diag *diag =
        diag_error(&diags, "42703", span_of(source, 23, 5), "no column %s", "f.qty");

    diag_note(&diags, diag, span_of(source, 0, 6), "seen before");
    diag_hint(&diags, diag, "did you mean \"%s\"?", "quantity");
    ck_assert_str_eq(rendered(0), "q.sql:2:13: error: no column f.qty [42703]\n"
                                  "    2 | SELECT '\xC3\xA9', f.qty FROM t;\n"
                                  "      |             ^~~~~\n"
                                  "q.sql:1:1: note: seen before\n"
                                  "    1 | SELECT 1;\n"
                                  "      | ^~~~~~\n"
                                  "      = hint: did you mean \"quantity\"?\n");
}
END_TEST

START_TEST(control_bytes_are_made_visible)
{
    diag_error(&diags, "PL101", (span){0}, "bad \x1B[31m name\n");
    ck_assert_str_eq(rendered(0), "error: bad \\x1b[31m name\\x0a [PL101]\n");
}
END_TEST

START_TEST(long_lines_are_cut_around_the_caret)
{
    struct buf text = buf_in(&arena);
    const struct source *source;

    for (int i = 0; i < 10000; i++)
        buf_adds(&text, "abcdefghi ");
    source = source_create(&arena, "q.sql", buf_str(&text));
    diag_error(&diags, "42703", span_of(source, 50000, 3), "x");
    ck_assert_uint_lt(strlen(rendered(0)), 600);
    ck_assert_ptr_nonnull(strstr(rendered(0), "^~~"));
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_shown_too)
{
    const struct source *source = source_create(&arena, "q.sql", STR("\x80\x80\n"));

    diag_error(&diags, "22021", span_of(source, 0, 1), "x");
    diag_error(&diags, "22021", span_of(source, 3, 0), "at the end");
    ck_assert_ptr_nonnull(strstr(rendered(0), "| \\x80\\x80\n"));
    ck_assert_ptr_nonnull(strstr(rendered(1), "q.sql:2:1:"));
}
END_TEST

START_TEST(sorted_by_place_without_duplicates)
{
    const struct source *a = source_create(&arena, "a.sql", STR("abc")),
                        *b = source_create(&arena, "b.sql", STR("abc"));

    diag_error(&diags, "00001", span_of(b, 0, 1), "third");
    diag_error(&diags, "00002", span_of(a, 2, 1), "second");
    diag_warning(&diags, "00003", span_of(a, 0, 1), "first");
    diag_error(&diags, "00002", span_of(a, 2, 1), "second");
    diag_sort(&diags);
    ck_assert_uint_eq(diags.list.n, 3);
    ck_assert_str_eq(diags.list.items[0]->message, "first");
    ck_assert_str_eq(diags.list.items[1]->message, "second");
    ck_assert_str_eq(diags.list.items[2]->message, "third");
    ck_assert_uint_eq(diags.n_errors, 2);
}
END_TEST

START_TEST(rewinding_forgets)
{
    diag_error(&diags, "00001", (span){0}, "kept");
    diag_error(&diags, "00001", (span){0}, "tried");
    diag_warning(&diags, "00001", (span){0}, "tried");
    diag_rewind(&diags, 1);
    ck_assert_uint_eq(diags.n_errors, 1);
    ck_assert_uint_eq(diags.n_warnings, 0);
}
END_TEST

Suite *diagnostics_suite(void)
{
    Suite *suite = suite_create("diagnostics");
    TCase *tests = tcase_create("diagnostics");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, shows_place_line_caret_note_and_hint);
    tcase_add_test(tests, control_bytes_are_made_visible);
    tcase_add_test(tests, long_lines_are_cut_around_the_caret);
    tcase_add_test(tests, bytes_that_are_not_utf8_are_shown_too);
    tcase_add_test(tests, sorted_by_place_without_duplicates);
    tcase_add_test(tests, rewinding_forgets);
    suite_add_tcase(suite, tests);
    return suite;
}
