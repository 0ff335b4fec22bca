/* Texts that are never written wrongly: what they are where no server is needed to know it, and
 * what is refused.
 */
#include <check.h>

#include "deparse/deparse.h"
#include "replay/replay.h"

static struct arena arena;
static struct catalog *catalog;

static void setup(void)
{
    arena = (struct arena){0};
    catalog = catalog_create(&arena, release_default());
}

static void teardown(void)
{
    arena_finish(&arena);
}

static void load(const char *text)
{
    struct diags diags = {.arena = &arena};
    const struct source *source = source_create(&arena, "schema.sql", str_from(text));

    replay_script(catalog, sql_parse_schema(&arena, source, &diags), &diags);
    ck_assert_uint_eq(diags.n_errors, 0);
}

static const struct relation *table(void)
{
    const struct relation *relation = catalog_find_relation(catalog, NULL, "t");

    ck_assert_ptr_nonnull(relation);
    return relation;
}

/* The text of the DEFAULT of t's first column, or why there is none. */
static const char *default_text(void)
{
    const struct relation *relation = table();
    struct deparsed result =
        deparse_over(&arena, catalog, relation->attributes.items[0].default_expr, relation, 0);

    return result.text ? result.text : result.refused;
}

static const char *check_text(void)
{
    const struct relation *relation = table();
    struct deparsed result =
        deparse_check(&arena, catalog, relation->constraints.items[0], relation, 0);

    return result.text ? result.text : result.refused;
}

static const char *body_text(const char *name)
{
    struct function_list list = catalog_find_functions(catalog, &arena, NULL, name);
    struct deparsed result;

    ck_assert_uint_eq(list.n, 1);
    result = deparse_body(&arena, catalog, list.items[0], 0);
    return result.text ? result.text : result.refused;
}

START_TEST(a_literal_is_written_as_its_type_prints_it)
{
    static const struct {
        const char *written, *printed;
    } cases[] = {
        {"int DEFAULT '+07 '", "7"},
        {"int DEFAULT -3", "'-3'::integer"},
        {"bigint DEFAULT 0005", "5"},
        {"numeric DEFAULT '1e3'", "'1000'::numeric"},
        {"numeric DEFAULT '-.5'", "'-0.5'::numeric"},
        {"numeric DEFAULT '-0.00'", "0.00"},
        {"numeric DEFAULT '12.5e-3'", "0.0125"},
        {"numeric DEFAULT 'NaN'", "'NaN'::numeric"},
        {"float8 DEFAULT '1.50'", "'1.5'::double precision"},
        {"float8 DEFAULT '1e15'", "'1e+15'::double precision"},
        {"float8 DEFAULT '0.00001'", "'1e-05'::double precision"},
        {"float8 DEFAULT '-inf'", "'-Infinity'::double precision"},
        {"real DEFAULT '3.4028235e38'", "'3.4028235e+38'::real"},
        {"boolean DEFAULT 'off'", "false"},
        {"boolean DEFAULT ' YES'", "true"},
        {"varbit DEFAULT X'1f'", "'00011111'::\"bit\""},
        {"text DEFAULT 'it''s \\'", "'it''s \\'::text"},
    };

    ck_assert_uint_eq(sizeof cases / sizeof *cases, 17);
    load(arena_printf(&arena, "CREATE TABLE t (a %s)", cases[_i].written));
    ck_assert_str_eq(default_text(), cases[_i].printed);
}
END_TEST

START_TEST(what_means_a_moment_is_refused)
{
    load("CREATE TABLE t (a timestamptz DEFAULT 'Now')");
    ck_assert_str_eq(default_text(), "cannot be written: the moment that 'Now' meant");
}
END_TEST

START_TEST(a_moment_inside_of_a_range_is_refused)
{
    load("CREATE TABLE t (a daterange DEFAULT '[today,)')");
    ck_assert_str_eq(default_text(), "cannot be written: the moment that '[today,)' meant");
}
END_TEST

START_TEST(the_same_words_as_text_are_written)
{
    load("CREATE TABLE t (a text DEFAULT 'now')");
    ck_assert_str_eq(default_text(), "'now'::text");
}
END_TEST

START_TEST(a_label_that_was_renamed_has_its_new_name)
{
    load("CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e DEFAULT 'a');"
         "ALTER TYPE e RENAME VALUE 'a' TO 'b';");
    ck_assert_str_eq(default_text(), "'b'::e");
}
END_TEST

START_TEST(a_sequence_has_its_name_of_today)
{
    load("CREATE SCHEMA other; CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval('s'));"
         "ALTER SEQUENCE s RENAME TO \"S 2\"; ALTER SEQUENCE \"S 2\" SET SCHEMA other;");
    ck_assert_str_eq(default_text(), "nextval('other.\"S 2\"'::regclass)");
}
END_TEST

START_TEST(a_named_function_and_a_named_type_have_their_names_of_today)
{
    load("CREATE SCHEMA other; CREATE TYPE m AS ENUM ('a');"
         "CREATE FUNCTION f(int, m[]) RETURNS int LANGUAGE sql AS 'SELECT 1';"
         "CREATE TABLE t (a text CHECK ('f'::regproc::text = a AND 'm'::regtype::text = a AND "
         "'f(int4,_m)'::regprocedure::text = a));"
         "ALTER FUNCTION f RENAME TO g; ALTER TYPE m RENAME TO \"M\"; ALTER TYPE \"M\" SET SCHEMA "
         "other;");
    ck_assert_str_eq(check_text(),
                     "CHECK (((('g'::regproc)::text = a) AND (('other.\"M\"'::regtype)::text = a) "
                     "AND (('g(integer,other.\"M\"[])'::regprocedure)::text = a)))");
}
END_TEST

START_TEST(an_operator_in_a_literal_is_refused)
{
    load("CREATE TABLE t (a regoperator DEFAULT '+(int,int)')");
    ck_assert_str_eq(default_text(), "cannot be written: the object that '+(int,int)' named");
}
END_TEST

START_TEST(a_function_that_took_the_name_is_not_meant)
{
    load("CREATE SCHEMA other; CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS "
         "'SELECT 1';"
         "CREATE TABLE t (a int CHECK (f(a) > 0)); ALTER FUNCTION f(int) SET SCHEMA other;"
         "CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 2';");
    ck_assert_str_eq(check_text(), "CHECK ((other.f(a) > 0))");
}
END_TEST

START_TEST(the_assignment_to_a_part_is_refused)
{
    load("CREATE TABLE t (a int[]);"
         "CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC UPDATE t SET a[1] = 2; END");
    ck_assert_str_eq(body_text("f"), "cannot be written: the assignment to a part of a column");
}
END_TEST

START_TEST(a_body_in_a_string_is_no_tree)
{
    load("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
    ck_assert_str_eq(body_text("f"), "cannot be written: a body that is text");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("deparse");
    TCase *tests = tcase_create("texts");
    SRunner *runner;
    int n_failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, a_literal_is_written_as_its_type_prints_it, 0, 17);
    tcase_add_test(tests, what_means_a_moment_is_refused);
    tcase_add_test(tests, a_moment_inside_of_a_range_is_refused);
    tcase_add_test(tests, the_same_words_as_text_are_written);
    tcase_add_test(tests, a_label_that_was_renamed_has_its_new_name);
    tcase_add_test(tests, a_sequence_has_its_name_of_today);
    tcase_add_test(tests, a_named_function_and_a_named_type_have_their_names_of_today);
    tcase_add_test(tests, an_operator_in_a_literal_is_refused);
    tcase_add_test(tests, a_function_that_took_the_name_is_not_meant);
    tcase_add_test(tests, the_assignment_to_a_part_is_refused);
    tcase_add_test(tests, a_body_in_a_string_is_no_tree);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed > 0;
}
