/* Statements that would overrun the stack of libpg_query, and long ones that would not. */
#include "given.h"

#include <string.h>

/* head, then n times unit, then n times close. */
static const char *repeat(const char *head, const char *unit, const char *close, size_t n)
{
    struct buf out = buf_in(&given_arena);

    buf_adds(&out, head);
    for (size_t i = 0; i < n; i++)
        buf_adds(&out, unit);
    for (size_t i = 0; i < n; i++)
        buf_adds(&out, close);
    return buf_text(&out);
}

static const struct {
    const char *head, *unit, *close;
} nests[] = {
    {"SELECT 1", "+1", ""},
    {"SELECT 1", "::int", ""},
    {"SELECT 1", " UNION SELECT 1", ""},
    {"SELECT a", " IS NULL", ""},
    {"SELECT a", " COLLATE x", ""},
    {"SELECT a", " AT TIME ZONE 'x'", ""},
    {"SELECT a", " OPERATOR(pg_catalog.+) 1", ""},
    {"SELECT FROM t", " JOIN t USING (a, b)", ""},
    {"SELECT ", "NOT ", "a"},
    {"SELECT ", "- ", ""},
    {"SELECT ", "(", ")"},
    {"SELECT ", "(SELECT ", ")"},
    {"SELECT ", "f(1, ", ")"},
    {"SELECT ARRAY", "[", "]"},
    {"SELECT ", "CASE WHEN a THEN ", " END"},
    {"SELECT ", "CASE WHEN a AND b THEN 1 ELSE ", " END"},
    {"SELECT 1", "[1]", ""},
    {"SELECT a", " AND NOT b OR c", ""},
    {"SELECT a", ".b", ""},
    {"SELECT 1", ", 1 + 1", ""},
};

/* Not more than an error, and none that says something else. */
START_TEST(never_crashes)
{
    static const size_t counts[] = {1000, 9000, 100000};

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        given_diags = (struct diags){.arena = &given_arena};
        given_schema(repeat(nests[_i].head, nests[_i].unit, nests[_i].close, counts[i]));
        for (size_t k = 0; k < given_diags.list.n; k++) {
            const char *code = given_diags.list.items[k]->code;
            ck_assert(strcmp(code, "54001") == 0 || strcmp(code, "42601") == 0);
        }
    }
}
END_TEST

START_TEST(refuses_what_is_too_deep)
{
    given_schema(repeat("SELECT 1", "+1", "", 100000));
    ck_assert_str_eq(given_diags.list.items[0]->code, "54001");
}
END_TEST

START_TEST(accepts_what_a_server_accepts)
{
    ck_assert_uint_eq(given_schema(repeat("SELECT 1", "+1", "", 4000)).n, 1);
    ck_assert_uint_eq(given_schema(repeat("SELECT 1", " UNION SELECT 1", "", 4000)).n, 1);
    ck_assert_str_eq(diag_at(0), "");
}
END_TEST

START_TEST(lists_are_not_deep)
{
    ck_assert_uint_eq(given_schema(repeat("INSERT INTO t VALUES (0)", ", (1 + 1)", "", 50000)).n,
                      1);
    ck_assert_uint_eq(given_schema(repeat("SELECT a = 0", " OR a = 1 AND b = 1", "", 20000)).n, 1);
    ck_assert_uint_eq(given_schema(repeat("SELECT 1;", "SELECT 1;", "", 20000)).n, 20001);
    ck_assert_str_eq(diag_at(0), "");
}
END_TEST

START_TEST(a_deep_statement_does_not_hide_the_others)
{
    struct statements statements = given_schema(
        arena_printf(&given_arena, "SELECT 1;%s;SELECT 2;", repeat("SELECT 1", "+1", "", 50000)));

    ck_assert_uint_eq(statements.n, 2);
    ck_assert_str_eq(text_of(&statements.items[1]), "SELECT 2");
}
END_TEST

START_TEST(refuses_what_is_too_long)
{
    ck_assert_uint_eq(given_schema(repeat("", "SELECT 1;", "", 400000)).n, 0);
    ck_assert_str_eq(given_diags.list.items[0]->code, "54000");
}
END_TEST

START_TEST(queries_are_guarded_too)
{
    struct annotated_queries queries = given_queries(
        arena_printf(&given_arena, "-- name: A :one\n%s;", repeat("SELECT @x", "+1", "", 100000)));

    ck_assert_uint_eq(queries.n, 0);
    ck_assert_str_eq(given_diags.list.items[0]->code, "54001");
}
END_TEST

Suite *depth_suite(void)
{
    Suite *suite = suite_create("depth");
    TCase *tests = tcase_create("depth");

    tcase_add_checked_fixture(tests, given_setup, given_teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, never_crashes, 0, (int)(sizeof nests / sizeof *nests));
    tcase_add_test(tests, refuses_what_is_too_deep);
    tcase_add_test(tests, accepts_what_a_server_accepts);
    tcase_add_test(tests, lists_are_not_deep);
    tcase_add_test(tests, a_deep_statement_does_not_hide_the_others);
    tcase_add_test(tests, refuses_what_is_too_long);
    tcase_add_test(tests, queries_are_guarded_too);
    suite_add_tcase(suite, tests);
    return suite;
}
