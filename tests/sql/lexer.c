/* The lexer must cut a text into the same tokens as the server's scanner does. */
#include "sql/lexer.h"

#include "given.h"

static const char *const texts[] = {
    "SELECT a.b, \"q\"\"x\", U&\"d\\0061t\" FROM t WHERE x<>1",
    "'it''s' E'a\\'b' B'01' X'ff' U&'\\0061'",
    "'one'\n  'two' -- c\n 'three' 'four'",
    "$$a;'b$$ $tag$ $$ $tag$ $1 $12",
    "1 1.5 .5 1. 1e5 1e-5 1..10 a[1:2]",
    "a+-1 a*-1 a@-1 a<>-1 a=-1 a-- c\n+b a/**/+b",
    "a=@b a<@b a@>b a|/b a||/b a!~~*b a->>'x'",
    "a::int b:=1 c=>2 d<=e f>=g h!=i",
    "/* a /* nested */ b */ x /*y*/z",
    "caf\xC3\xA9 \"\xC3\xA9\" '\xC3\xA9' x$1 _y",
    "a<-1 b>=-1 c%-1 d~-1 e+*-f",
};

START_TEST(cuts_as_the_servers_scanner)
{
    str text = str_from(texts[_i]);
    PgQueryScanResult scanned = pg_query_scan(text.data);
    PgQuery__ScanResult *expected;
    size_t at = 0;

    ck_assert_ptr_null(scanned.error);
    expected = pg_query__scan_result__unpack(NULL, scanned.pbuf.len, (void *)scanned.pbuf.data);
    for (size_t i = 0; i < expected->n_tokens; i++) {
        struct token token = lex_token(text, at);
        while (token.kind == TOKEN_SPACE)
            token = lex_token(text, token.to);
        ck_assert_uint_eq(token.from, (size_t)expected->tokens[i]->start);
        /* libpg_query gives the end of these before their last part. */
        if (token.kind != TOKEN_QUOTED && token.kind != TOKEN_STRING)
            ck_assert_uint_eq(token.to, (size_t)expected->tokens[i]->end);
        at = token.to;
    }
    ck_assert_int_eq(lex_next(text, at).kind, TOKEN_END);
    pg_query__scan_result__free_unpacked(expected, NULL);
    pg_query_free_scan_result(scanned);
}
END_TEST

START_TEST(what_is_not_terminated_reaches_to_the_end)
{
    static const char *const unterminated[] = {"'abc", "\"abc", "/* abc", "$x$ abc", "E'a\\"};

    for (size_t i = 0; i < sizeof unterminated / sizeof *unterminated; i++) {
        str text = str_from(unterminated[i]);
        ck_assert_uint_eq(lex_token(text, 0).to, text.len);
    }
}
END_TEST

START_TEST(identifiers_are_folded_unless_quoted)
{
    str text = STR("UserId \"User\"\"Id\"");

    ck_assert_str_eq(token_identifier(&given_arena, text, lex_next(text, 0)), "userid");
    ck_assert_str_eq(token_identifier(&given_arena, text, lex_next(text, 6)), "User\"Id");
}
END_TEST

Suite *lexer_suite(void)
{
    Suite *suite = suite_create("lexer");
    TCase *tests = tcase_create("lexer");

    tcase_add_checked_fixture(tests, given_setup, given_teardown);
    tcase_add_loop_test(tests, cuts_as_the_servers_scanner, 0, (int)(sizeof texts / sizeof *texts));
    tcase_add_test(tests, what_is_not_terminated_reaches_to_the_end);
    tcase_add_test(tests, identifiers_are_folded_unless_quoted);
    suite_add_tcase(suite, tests);
    return suite;
}
