/* Strings, buffers, sources. */
#include "suites.h"

#include "support/buf.h"
#include "support/nearest.h"
#include "support/sha256.h"
#include "support/source.h"
#include "support/str.h"

START_TEST(utf8_is_checked_to_the_byte)
{
    static const struct {
        str text;
        size_t valid;
    } cases[] = {
        {{"abc", 3}, 3},
        {{"a\0c", 3}, 1},
        {{"\xC3\xA9x", 3}, 3},
        {{"\xC3", 1}, 0},
        {{"x\xC0\x80", 3}, 1},        /* overlong NUL */
        {{"\xED\xA0\x80", 3}, 0},     /* surrogate */
        {{"\xF4\x8F\xBF\xBF", 4}, 4}, /* U+10FFFF */
        {{"\xF4\x90\x80\x80", 4}, 0}, /* beyond */
        {{"\xE2\x82", 2}, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_uint_eq(str_valid_utf8(cases[i].text), cases[i].valid);
}
END_TEST

/* Of `order`, `symbol` and `a_long_name`. */
static const char *nearest_of(const char *wanted)
{
    struct nearest nearest = {.wanted = wanted};

    nearest_consider(&nearest, "order");
    nearest_consider(&nearest, "symbol");
    nearest_consider(&nearest, "a_long_name");
    return nearest.name ? nearest.name : "";
}

START_TEST(the_nearest_name_is_few_edits_away)
{
    ck_assert_str_eq(nearest_of("symbol"), "symbol");
    ck_assert_str_eq(nearest_of("symbl"), "symbol");
    ck_assert_str_eq(nearest_of("symbxxl"), "symbol");
    ck_assert_str_eq(nearest_of("sybmol"), "symbol"); /* neighbours swapped are one */
    ck_assert_str_eq(nearest_of("odrer"), "order");
    ck_assert_str_eq(nearest_of("oder"), "order");
    ck_assert_str_eq(nearest_of("rdr"), ""); /* two of a short name are too many */
    ck_assert_str_eq(nearest_of("a_lng_nam"), "a_long_name");
    ck_assert_str_eq(nearest_of("a_lg_nam"), "");
    ck_assert_str_eq(nearest_of("o"), "");
}
END_TEST

START_TEST(trim_takes_blanks_off_both_ends)
{
    ck_assert(str_is(str_trim(STR(" \t a b\r\n")), "a b"));
    ck_assert_uint_eq(str_trim(STR("  ")).len, 0);
}
END_TEST

START_TEST(buffers_are_terminated)
{
    struct arena arena = {0};
    struct buf buf = buf_in(&arena);

    ck_assert_str_eq(buf_text(&buf), "");
    for (int i = 0; i < 1000; i++)
        buf_addf(&buf, "%d,", i);
    ck_assert_uint_eq(buf.len, 3890);
    ck_assert_int_eq(buf_text(&buf)[buf.len], 0);
    arena_finish(&arena);
}
END_TEST

START_TEST(columns_count_characters)
{
    struct arena arena = {0};
    const struct source *source = source_create(&arena, "x", STR("a\n\xC3\xA9\xE2\x82\xACx\r\n"));
    struct place place = source_place(source, 7);

    ck_assert_uint_eq(place.line, 2);
    ck_assert_uint_eq(place.column, 3);
    ck_assert(str_is(source_line(source, 2), "\xC3\xA9\xE2\x82\xACx"));
    ck_assert_uint_eq(source_place(source, 10).line, 3);
    arena_finish(&arena);
}
END_TEST

START_TEST(a_place_is_found_by_characters)
{
    struct arena arena = {0};
    const struct source *source = source_create(&arena, "t.yaml", STR("a: \xC3\xA9\xC3\xA9\nb:"));
    span second = span_of_place(source, (struct place){1, 5});
    span past_line = span_of_place(source, (struct place){2, 9});
    span past_text = span_of_place(source, (struct place){3, 1});

    ck_assert_uint_eq(second.offset, 5);
    ck_assert_uint_eq(second.len, 2);
    ck_assert_uint_eq(past_line.offset, 10);
    ck_assert_uint_eq(past_line.len, 0);
    ck_assert_uint_eq(past_text.offset, 10);
    ck_assert_uint_eq(past_text.len, 0);
    arena_finish(&arena);
}
END_TEST

/* The examples of FIPS 180-4, and lengths around the end of a block. */
START_TEST(sha256_is_that_of_the_standard)
{
    static const struct {
        const char *text, *hash;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
         "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
         "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(sha256_hex(&arena, str_from(cases[i].text)), cases[i].hash);
    arena_finish(&arena);
}
END_TEST

Suite *text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("text");

    tcase_add_test(tests, utf8_is_checked_to_the_byte);
    tcase_add_test(tests, sha256_is_that_of_the_standard);
    tcase_add_test(tests, the_nearest_name_is_few_edits_away);
    tcase_add_test(tests, trim_takes_blanks_off_both_ends);
    tcase_add_test(tests, buffers_are_terminated);
    tcase_add_test(tests, columns_count_characters);
    tcase_add_test(tests, a_place_is_found_by_characters);
    suite_add_tcase(suite, tests);
    return suite;
}
