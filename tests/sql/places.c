/* The way back from the parsed text to the file. */
#include "given.h"

#include <string.h>

/* The bytes of the file behind the first `token` in the lowered text. */
static const char *behind(const struct annotated_query *query, const char *token)
{
    const char *found = strstr(query->sql.text, token);

    ck_assert_ptr_nonnull(found);
    return text_at(sql_span(&query->sql, (int)(found - query->sql.text)));
}

START_TEST(spans_reach_over_one_token)
{
    const struct statements statements =
        given_schema("SELECT \"a b\", 'x''y', a->>b, $$q$$, 1.5, abc.\"d\"(), e.*");
    const struct sql *sql = statements.items[0].sql;
    static const char *const tokens[] = {"\"a b\"", "'x''y'",    "->>", "$$q$$",
                                         "1.5",     "abc.\"d\"", "e.*"};

    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
        ck_assert_str_eq(text_at(sql_span(sql, (int)(strstr(sql->text, tokens[i]) - sql->text))),
                         tokens[i]);
    ck_assert_str_eq(text_at(sql_span(sql, -1)), "SELECT");
}
END_TEST

START_TEST(lowered_tokens_lead_back_to_the_file)
{
    const struct annotated_query *query = given_query(
        "SELECT 'é', /* gone */ @first AS x, sqlc.narg(second) y, -- gone\n"
        "  sqlc.embed(t) FROM t WHERE a=@third AND b NOT IN (sqlc.slice(fourth)) AND last");

    ck_assert_str_eq(behind(query, "$1"), "@first");
    ck_assert_str_eq(behind(query, "x,"), "x");
    ck_assert_str_eq(behind(query, "$2"), "sqlc.narg(second)");
    ck_assert_str_eq(behind(query, "t.*"), "sqlc.embed(t)");
    ck_assert_str_eq(behind(query, "=$3"), "=");
    ck_assert_str_eq(behind(query, "$3"), "@third");
    ck_assert_str_eq(behind(query, "<> ALL"), "NOT IN (");
    ck_assert_str_eq(behind(query, "$4"), "sqlc.slice(fourth)");
    ck_assert_str_eq(behind(query, "last"), "last");
}
END_TEST

START_TEST(ranges_reach_from_the_first_to_the_last_byte)
{
    const struct annotated_query *query = given_query("SELECT @a /* gone */ + @bc FROM t");
    const char *from = strstr(query->sql.text, "$1"), *to = strstr(query->sql.text, " FROM");

    ck_assert_str_eq(text_at(sql_range_span(&query->sql, (int)(from - query->sql.text),
                                            (int)(to - query->sql.text))),
                     "@a /* gone */ + @bc");
}
END_TEST

START_TEST(the_end_of_the_text_is_a_place)
{
    const struct annotated_query *query = given_query("SELECT @abc;");
    span end = sql_span(&query->sql, (int)query->sql.len);

    ck_assert_uint_eq(end.len, 0);
    ck_assert_uint_eq(source_place(end.source, end.offset).column, 12);
}
END_TEST

START_TEST(every_byte_leads_into_the_statement)
{
    const char *sql = "SELECT a=@b,\r\n -- c\n d/**/e, sqlc.embed(f), g IN (sqlc.slice(h)) FROM f;";
    const struct annotated_query *query = given_query(sql);
    uint32_t last = 0;

    for (size_t i = 0; i < query->sql.len; i++) {
        span at = sql_range_span(&query->sql, (int)i, (int)i + 1);
        ck_assert_uint_ge(at.offset, last);
        ck_assert_uint_le(at.offset + at.len, at.source->text.len);
        last = at.offset;
    }
}
END_TEST

Suite *places_suite(void)
{
    Suite *suite = suite_create("places");
    TCase *tests = tcase_create("places");

    tcase_add_checked_fixture(tests, given_setup, given_teardown);
    tcase_add_test(tests, spans_reach_over_one_token);
    tcase_add_test(tests, lowered_tokens_lead_back_to_the_file);
    tcase_add_test(tests, ranges_reach_from_the_first_to_the_last_byte);
    tcase_add_test(tests, the_end_of_the_text_is_a_place);
    tcase_add_test(tests, every_byte_leads_into_the_statement);
    suite_add_tcase(suite, tests);
    return suite;
}
