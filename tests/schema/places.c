/* Where a diagnostic points, and what it adds. */
#include "given.h"

START_TEST(an_error_points_at_the_smallest_wrong_span)
{
    ck_assert_str_eq(diagnostics_of("CREATE TABLE t (a int, b nosuch_type);"),
                     "42704 1:26 nosuch_type\n");
    ck_assert_str_eq(diagnostics_of("CREATE TABLE t (a int, b s.x[]);"), "3F000 1:26 s.x\n");
    ck_assert_str_eq(diagnostics_of("CREATE TABLE t (a int, b varchar(0));"),
                     "22023 1:26 varchar\n");
    ck_assert_str_eq(diagnostics_of("CREATE TABLE t (a int);\nALTER TABLE t DROP COLUMN zz;"),
                     "42703 2:27 zz\n");
    ck_assert_str_eq(diagnostics_of("DROP TYPE /* it's */ \"No Such\";"),
                     "42704 1:22 \"No Such\"\n");
    ck_assert_str_eq(diagnostics_of("DROP TABLE public.zzz, yyy;"), "42P01 1:12 public.zzz\n");
    ck_assert_str_eq(diagnostics_of("CREATE TYPE e AS ENUM ('a');\n"
                                    "ALTER TYPE e ADD VALUE 'it''s' AFTER 'zzzz';"),
                     "22023 2:38 'zzzz'\n");
    ck_assert_str_eq(diagnostics_of("CREATE TABLE t (a int CHECK (zzzz > 0));"),
                     "42703 1:30 zzzz\n");
    ck_assert_str_eq(diagnostics_of("SELECT 'é'; CREATE TABLE t (a int REFERENCES zzzz);"),
                     "42P01 1:46 zzzz\n");
    /* Not the table, which has the same name and comes first. */
    ck_assert_str_eq(diagnostics_of("CREATE TABLE zz (a int, UNIQUE (zz));"), "42703 1:33 zz\n");
}
END_TEST

START_TEST(a_second_definition_shows_the_first)
{
    ck_assert_str_eq(diagnostics_of("CREATE TABLE orders (id int);\nCREATE TABLE orders (a int);"),
                     "42P07 2:14 orders\nnote 1:14 orders\n");
    ck_assert_str_eq(diagnostics_of("CREATE TABLE t (a int, b text, a text);"),
                     "42701 1:32 a\nnote 1:17 a\n");
    ck_assert_str_eq(diagnostics_of("CREATE TYPE e AS ENUM ();\nCREATE DOMAIN e AS int;"),
                     "42710 2:15 e\nnote 1:13 e\n");
    ck_assert_str_eq(diagnostics_of("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
                                    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"),
                     "42723 2:17 f\nnote 1:17 f\n");
    ck_assert_str_eq(diagnostics_of("CREATE TABLE t (a int PRIMARY KEY);\n"
                                    "ALTER TABLE t ADD PRIMARY KEY (a);"),
                     "42P16 2:19 PRIMARY\nnote 1:23 PRIMARY\n");
}
END_TEST

START_TEST(a_near_name_is_suggested)
{
    ck_assert_str_eq(diagnostics_of("CREATE TABLE t (a integr);"),
                     "42704 1:19 integr\nhint did you mean \"integer\"?\n");
    ck_assert_str_eq(diagnostics_of("CREATE TYPE order_side AS ENUM ();\n"
                                    "CREATE TABLE t (a order_sid);"),
                     "42704 2:19 order_sid\nhint did you mean \"order_side\"?\n");
    ck_assert_str_eq(
        diagnostics_of("CREATE TABLE orders (id int);\nALTER TABLE order_s RENAME TO x;"),
        "42P01 2:13 order_s\nhint did you mean \"orders\"?\n");
    ck_assert_str_eq(
        diagnostics_of("CREATE TABLE t (price int);\nALTER TABLE t ALTER prize SET NOT NULL;"),
        "42703 2:21 prize\nhint did you mean \"price\"?\n");
}
END_TEST

START_TEST(dependents_are_shown)
{
    ck_assert_str_eq(diagnostics_of("CREATE TABLE t (a int PRIMARY KEY);\n"
                                    "CREATE VIEW v AS SELECT a FROM t;\n"
                                    "CREATE TABLE u (b int REFERENCES t);\n"
                                    "DROP TABLE t;"),
                     "2BP01 4:12 t\nnote 2:13 v\nnote 3:23 REFERENCES\n"
                     "hint use DROP ... CASCADE to drop the dependent objects too\n");
}
END_TEST

START_TEST(the_first_error_ends_a_statement_and_the_next_one_runs)
{
    ck_assert_str_eq(diagnostics_of("CREATE TABLE t (a zzzz, b yyyy);\nCREATE TABLE u (c xxxx);"),
                     "42704 1:19 zzzz\n42704 2:19 xxxx\n");
}
END_TEST

START_TEST(messages_are_those_of_the_server)
{
    ck_assert_str_eq(message_of("CREATE TABLE t (a zzzz[]);"), "type \"zzzz[]\" does not exist");
    ck_assert_str_eq(message_of("CREATE TABLE t (a bigint); ALTER TABLE t ALTER a TYPE uuid;"),
                     "column \"a\" cannot be cast automatically to type uuid");
    ck_assert_str_eq(message_of("DROP FUNCTION s.f(int, text[]);"), "schema \"s\" does not exist");
    ck_assert_str_eq(message_of("DROP FUNCTION f(int, text[]);"),
                     "function f(integer, text[]) does not exist");
}
END_TEST

Suite *places_suite(void)
{
    Suite *suite = suite_create("places");
    TCase *tests = tcase_create("places");

    tcase_add_checked_fixture(tests, given_setup, given_teardown);
    tcase_add_test(tests, an_error_points_at_the_smallest_wrong_span);
    tcase_add_test(tests, a_second_definition_shows_the_first);
    tcase_add_test(tests, a_near_name_is_suggested);
    tcase_add_test(tests, dependents_are_shown);
    tcase_add_test(tests, the_first_error_ends_a_statement_and_the_next_one_runs);
    tcase_add_test(tests, messages_are_those_of_the_server);
    suite_add_tcase(suite, tests);
    return suite;
}
