/* What is known of a view follows the tables below it. */
#include "given.h"

static bool view_not_null(const char *view, size_t column)
{
    const struct relation *relation = catalog_find_relation(given_catalog, NULL, view);

    ck_assert_ptr_nonnull(relation);
    ck_assert_ptr_nonnull(relation->view_not_null);
    return relation->view_not_null[column];
}

START_TEST(a_view_keeps_what_its_query_proves)
{
    load("CREATE TABLE t (a int NOT NULL, b int); CREATE VIEW v AS SELECT a, b FROM t;"
         "CREATE MATERIALIZED VIEW m AS SELECT a, b FROM v;");
    ck_assert(view_not_null("v", 0) && !view_not_null("v", 1));
    ck_assert(view_not_null("m", 0) && !view_not_null("m", 1));
}
END_TEST

START_TEST(a_later_change_of_a_table_changes_the_views_over_it)
{
    load("CREATE TABLE t (a int NOT NULL, b int); CREATE VIEW v AS SELECT a, b FROM t;"
         "CREATE VIEW vv AS SELECT a, b FROM v;");
    load("ALTER TABLE t ALTER a DROP NOT NULL; ALTER TABLE t ALTER b SET NOT NULL;");
    ck_assert(!view_not_null("v", 0) && view_not_null("v", 1));
    ck_assert(!view_not_null("vv", 0) && view_not_null("vv", 1));
    load("ALTER TABLE t ADD PRIMARY KEY (a);");
    ck_assert(view_not_null("vv", 0));
}
END_TEST

START_TEST(nothing_is_claimed_when_the_text_means_something_else_now)
{
    load("CREATE TABLE t (a int NOT NULL); CREATE VIEW v AS SELECT a FROM t;"
         "ALTER TABLE t RENAME TO old; CREATE TABLE t (a int NOT NULL);"
         "ALTER TABLE old ALTER a DROP NOT NULL;");
    ck_assert_str_eq(diagnostics(), "");
    ck_assert(!view_not_null("v", 0));
}
END_TEST

START_TEST(or_replace_may_add_columns_at_the_end)
{
    ck_assert_str_eq(facts("CREATE TABLE t (a int, b text);"
                           "CREATE VIEW v AS SELECT a FROM t;"
                           "CREATE OR REPLACE VIEW v (a, c) AS SELECT a, b FROM t;",
                           "column public.v"),
                     "column public.v.a integer\ncolumn public.v.c text\n");
}
END_TEST

START_TEST(a_dropped_table_takes_its_views_along)
{
    ck_assert_str_eq(facts("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;"
                           "CREATE VIEW vv AS SELECT a FROM v;"
                           "DROP TABLE t CASCADE; CREATE TABLE t (b int);"
                           "CREATE VIEW v AS SELECT b FROM t;",
                           "column public.v"),
                     "column public.v.b integer\n");
}
END_TEST

START_TEST(an_unused_column_below_a_view_can_be_dropped)
{
    ck_assert_str_eq(facts("CREATE TABLE t (a int, b int, c int);"
                           "CREATE VIEW v AS SELECT x.a FROM t x WHERE x.b > 0;"
                           "ALTER TABLE t DROP COLUMN c;",
                           "column public.t."),
                     "column public.t.a integer\ncolumn public.t.b integer\n");
    ck_assert_str_eq(diagnostics_of("CREATE TABLE t (a int, b int);"
                                    "CREATE VIEW v AS SELECT x.a FROM t x WHERE x.b > 0;\n"
                                    "ALTER TABLE t DROP COLUMN b;"),
                     "2BP01 2:27 b\nnote 1:43 v\n"
                     "hint use DROP ... CASCADE to drop the dependent objects too\n");
}
END_TEST

START_TEST(an_instead_of_trigger_or_rule_makes_a_view_take_changes)
{
    load("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM "
         "t; CREATE VIEW x AS SELECT a FROM t;"
         "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS '';"
         "CREATE TRIGGER g INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();"
         "CREATE RULE r AS ON INSERT TO w DO INSTEAD NOTHING;"
         "CREATE RULE s AS ON INSERT TO x DO ALSO NOTHING;");
    ck_assert(relation_has_rules_instead(catalog_find_relation(given_catalog, NULL, "v")));
    ck_assert(relation_has_rules_instead(catalog_find_relation(given_catalog, NULL, "w")));
    ck_assert(!relation_has_rules_instead(catalog_find_relation(given_catalog, NULL, "x")));
}
END_TEST

Suite *views_suite(void)
{
    Suite *suite = suite_create("views");
    TCase *tests = tcase_create("views");

    tcase_add_checked_fixture(tests, given_setup, given_teardown);
    tcase_add_test(tests, a_view_keeps_what_its_query_proves);
    tcase_add_test(tests, a_later_change_of_a_table_changes_the_views_over_it);
    tcase_add_test(tests, nothing_is_claimed_when_the_text_means_something_else_now);
    tcase_add_test(tests, or_replace_may_add_columns_at_the_end);
    tcase_add_test(tests, a_dropped_table_takes_its_views_along);
    tcase_add_test(tests, an_unused_column_below_a_view_can_be_dropped);
    tcase_add_test(tests, an_instead_of_trigger_or_rule_makes_a_view_take_changes);
    suite_add_tcase(suite, tests);
    return suite;
}
