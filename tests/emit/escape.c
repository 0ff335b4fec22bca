/* No text gets out of a string literal or a comment. The compilers judge the same corpus in
 * compile.sh; here it is the bytes. */
#include "given.h"

#include <string.h>

#include "emit/escape.h"

static const char *const corpus[] = {
#define TEXT(text) text,
#include "hostile.def"
#undef TEXT
};

enum { N_CORPUS = sizeof corpus / sizeof *corpus };

struct pair {
    const char *text, *c;
};

static const struct pair strings[] = {
    {"", "\"\""},
    {"plain", "\"plain\""},
    {"a\"b\\c", "\"a\\\"b\\\\c\""},
    {"a\nb\tc", "\"a\\nb\\tc\""},
    {"?\?/", "\"?\\?/\""},
    {"?\?\?", "\"?\\?\\?\""},
    {"\x01"
     "2",
     "\"\\0012\""},
    {"\xc3\xa9", "\"\\303\\251\""},
};

static const struct pair comments[] = {
    {"plain text", "plain text"},
    {"*/ x /*", "* / x / *"},
    {"a // b", "a / / b"},
    {"?\?/ \\", "? ?/ <U+005C>"},
    {"tab\there", "tab here"},
    {"a\r\nb\rc", "a\nb\nc"},
    {"caf\xc3\xa9", "caf<U+00E9>"},
    {"\xe6\x97\xa5\xe6\x9c\xac!", "<U+65E5 U+672C>!"},
    {"\xff", "<0xFF>"},
    {"\x1b[31m", "<U+001B>[31m"},
};

/* Reads a literal back as a compiler would: pieces, escapes, no trigraphs left. */
static void read_back(const char *literal, char *out)
{
    while ((literal = strchr(literal, '"'))) {
        for (literal++; *literal != '"'; literal++) {
            unsigned value = 0;
            ck_assert_int_ge(*literal, 0x20);
            ck_assert_int_le(*literal, 0x7E);
            ck_assert(!(literal[0] == '?' && literal[1] == '?'));
            if (*literal != '\\') {
                *out++ = *literal;
                continue;
            }
            literal++;
            if (*literal < '0' || *literal > '7') {
                *out++ = *literal == 'n' ? '\n' : *literal == 't' ? '\t' : *literal;
                continue;
            }
            for (int i = 0; i < 3; i++)
                value = value * 8 + (unsigned)(literal[i] - '0');
            literal += 2;
            *out++ = (char)value;
        }
        literal++;
    }
    *out = '\0';
}

START_TEST(strings_are_escaped)
{
    struct arena arena = {0};

    ck_assert_str_eq(c_string(&arena, strings[_i].text), strings[_i].c);
    arena_finish(&arena);
}
END_TEST

START_TEST(comments_are_defused)
{
    struct arena arena = {0};

    ck_assert_str_eq(c_comment_text(&arena, comments[_i].text), comments[_i].c);
    arena_finish(&arena);
}
END_TEST

START_TEST(every_text_comes_back_from_its_literal)
{
    struct arena arena = {0};
    char back[1024];

    read_back(c_string(&arena, corpus[_i]), back);
    ck_assert_str_eq(back, corpus[_i]);
    read_back(c_string_lines(&arena, corpus[_i], 11), back);
    ck_assert_str_eq(back, corpus[_i]);
    arena_finish(&arena);
}
END_TEST

START_TEST(no_comment_holds_what_could_end_it)
{
    struct arena arena = {0};
    const char *text = c_comment_text(&arena, corpus[_i]);

    ck_assert_ptr_null(strstr(text, "*/"));
    ck_assert_ptr_null(strstr(text, "/*"));
    ck_assert_ptr_null(strstr(text, "?\?"));
    ck_assert_ptr_null(strchr(text, '\\'));
    for (const char *p = text; *p; p++)
        ck_assert(*p == '\n' || (*p >= 0x20 && *p <= 0x7E));
    arena_finish(&arena);
}
END_TEST

START_TEST(lines_are_pieces_and_long_lines_break_at_spaces)
{
    struct arena arena = {0};
    char words[400], back[400];

    ck_assert_str_eq(c_string_lines(&arena, "SELECT 1\nFROM t", 4),
                     "\"SELECT 1\\n\"\n    \"FROM t\"");
    for (size_t i = 0; i < sizeof words - 1; i++)
        words[i] = i % 10 == 9 ? ' ' : 'x';
    words[sizeof words - 1] = '\0';
    for (const char *p = c_string_lines(&arena, words, 11); p; p = strchr(p, '\n')) {
        p += *p == '\n';
        ck_assert_uint_le(strcspn(p, "\n"), 100);
    }
    read_back(c_string_lines(&arena, words, 11), back);
    ck_assert_str_eq(back, words);
    arena_finish(&arena);
}
END_TEST

START_TEST(no_piece_is_too_long_and_long_strings_are_marked)
{
    struct arena arena = {0};
    char *text = arena_alloc(&arena, 10001), *back = arena_alloc(&arena, 10001);
    const char *literal;

    memset(text, '\x01', 10000);
    literal = c_string_lines(&arena, text, 11);
    ck_assert_ptr_eq(strstr(literal, "__extension__"), literal);
    for (const char *p = strchr(literal, '"'); p; p = strchr(p, '\n')) {
        p += *p == '\n';
        ck_assert_uint_le(strcspn(p, "\n"), 4095);
    }
    read_back(literal, back);
    ck_assert_str_eq(back, text);
    arena_finish(&arena);
}
END_TEST

START_TEST(doc_comments_are_wrapped_with_indentation)
{
    struct arena arena = {0};

    ck_assert_str_eq(c_doc_comment(&arena, "", 0), "");
    ck_assert_str_eq(c_doc_comment(&arena, " \n ", 0), "");
    ck_assert_str_eq(c_doc_comment(&arena, "One.", 0), "/** One. */\n");
    ck_assert_str_eq(c_doc_comment(&arena, "One.\n\nTwo.", 0), "/** One.\n *\n * Two. */\n");
    ck_assert_str_eq(c_doc_comment(&arena, "aaaa bbbb cccc", 86),
                     "/** aaaa\n * bbbb\n * cccc */\n");
    arena_finish(&arena);
}
END_TEST

Suite *escape_suite(void)
{
    Suite *suite = suite_create("escape");
    TCase *tests = tcase_create("escape");

    tcase_add_loop_test(tests, strings_are_escaped, 0, (int)(sizeof strings / sizeof *strings));
    tcase_add_loop_test(tests, comments_are_defused, 0, (int)(sizeof comments / sizeof *comments));
    tcase_add_loop_test(tests, every_text_comes_back_from_its_literal, 0, N_CORPUS);
    tcase_add_loop_test(tests, no_comment_holds_what_could_end_it, 0, N_CORPUS);
    tcase_add_test(tests, lines_are_pieces_and_long_lines_break_at_spaces);
    tcase_add_test(tests, no_piece_is_too_long_and_long_strings_are_marked);
    tcase_add_test(tests, doc_comments_are_wrapped_with_indentation);
    suite_add_tcase(suite, tests);
    return suite;
}
