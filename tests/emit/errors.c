/* What cannot be emitted is an error with its place, and no file comes out. */
#include "given.h"

#include <stdio.h>
#include <string.h>

static struct given given;

static void setup(void)
{
    given_init(&given);
}

static void teardown(void)
{
    given_finish(&given);
}

static void must_fail(const char *code, const char *message)
{
    ck_assert(!emitted(&given));
    ck_assert_uint_eq(given.files.n, 0);
    ck_assert_uint_eq(given.diags.n_errors, 1);
    ck_assert_str_eq(given.diags.list.items[0]->code, code);
    ck_assert_str_eq(given.diags.list.items[0]->message, message);
    ck_assert_str_ne(shown(&given, 0), "");
}

START_TEST(two_queries_of_one_c_name)
{
    a_query(&given, "FindOrder", "exec", "SELECT 1");
    a_query(&given, "find_order", "exec", "SELECT 1");
    must_fail("PL501", "query FindOrder and query find_order are both called shop_find_order in C");
    ck_assert_uint_eq(given.diags.list.items[0]->notes.n, 1);
}
END_TEST

/* The functions and types of a COPY row by row have names of their own. */
START_TEST(a_query_and_a_part_of_a_copy_of_one_c_name)
{
    static const char *const parts[] = {"Begin", "Row", "End", "Abandon", "From", "Copy", "Next"};
    struct ir_query *copy = a_query(&given, "Load", "copyfrom", "INSERT 1");
    const char *part = parts[_i];
    const char *lower = arena_printf(&given.arena, "%c%s", part[0] - 'A' + 'a', part + 1);

    copy->copy_sql = "COPY 1";
    copy->copy_check = "SELECT 1";
    a_param(&given, copy, "id", a_base(&given, "int4"), false);
    a_query(&given, arena_printf(&given.arena, "Load%s", part), "exec", "SELECT 1");
    must_fail("PL501", arena_printf(&given.arena,
                                    "query Load and query Load%s are both called shop_load_%s in C",
                                    part, lower));
}
END_TEST

START_TEST(a_query_and_a_row_of_one_c_name)
{
    const struct ir_table *table =
        a_table(&given, "orders",
                (const struct ir_column[]){{.name = "a", .type = a_base(&given, "int4")},
                                           {.name = "b", .type = a_base(&given, "int4")}},
                2);

    a_row_of(&given, a_query(&given, "Find", "one", "SELECT 1"), table);
    a_query(&given, "OrdersRow", "exec", "SELECT 1");
    must_fail("PL501",
              "the row of public.orders and query OrdersRow are both called shop_orders_row in C");
}
END_TEST

START_TEST(two_columns_of_one_c_name)
{
    struct ir_query *query = a_query(&given, "Find", "one", "SELECT 1");

    a_column(&given, query, "id", a_base(&given, "int4"), false);
    a_column(&given, query, "ID", a_base(&given, "int4"), false);
    must_fail("PL501", "column 1, \"id\", and column 2, \"ID\", are both called id in C");
    ck_assert_str_eq(given.diags.list.items[0]->hint, "give one of them an alias: AS other_name");
}
END_TEST

START_TEST(two_parameters_of_one_c_name)
{
    struct ir_query *query = a_query(&given, "Find", "exec", "SELECT 1");

    a_param(&given, query, "orderId", a_base(&given, "int4"), false);
    a_param(&given, query, "order_id", a_base(&given, "int4"), false);
    must_fail("PL501",
              "parameter \"orderId\" and parameter \"order_id\" are both called order_id in C");
}
END_TEST

START_TEST(two_labels_of_one_c_name)
{
    const struct ir_type *type = an_enum(&given, "e", (const char *const[]){"a b", "a_b", NULL});

    a_column(&given, a_query(&given, "Find", "one", "SELECT 1"), "x", type, false);
    must_fail(
        "PL501",
        "label \"a b\" of type e and label \"a_b\" of type e are both called SHOP_E_A_B in C");
}
END_TEST

START_TEST(files_that_differ_in_case_only)
{
    a_file(&given, "orders");
    a_query(&given, "A", "exec", "SELECT 1");
    a_file(&given, "Orders");
    a_query(&given, "B", "exec", "SELECT 1");
    must_fail("PL501", "file queries/orders.sql and file queries/Orders.sql are both called "
                       "SHOP_ORDERS_H in C");
}
END_TEST

START_TEST(a_file_called_models)
{
    a_file(&given, "models");
    a_query(&given, "A", "exec", "SELECT 1");
    must_fail("PL501", "the package's own file and file queries/models.sql are both called "
                       "SHOP_MODELS_H in C");
}
END_TEST

START_TEST(a_parameter_called_like_a_type)
{
    const struct ir_type *type = an_enum(&given, "side", (const char *const[]){"a", NULL});

    a_param(&given, a_query(&given, "Find", "exec", "SELECT 1"), "shop_side", type, false);
    must_fail("PL501", "parameter \"shop_side\" is called like type side in C");
}
END_TEST

START_TEST(a_type_without_a_c_form)
{
    a_column(&given, a_query(&given, "Find", "one", "SELECT 1"), "acl", a_base(&given, "aclitem"),
             false);
    must_fail("PL502", "column \"acl\" has type aclitem, which has no C form");
    ck_assert_str_eq(given.diags.list.items[0]->hint,
                     "cast it to text, or give the type an override");
}
END_TEST

START_TEST(a_function_that_returns_nothing)
{
    a_column(&given, a_query(&given, "Notify", "one", "SELECT pg_notify()"), "pg_notify",
             a_base(&given, "void"), true);
    must_fail("PL502", "column \"pg_notify\" has type void, which has no C form");
    ck_assert_str_eq(given.diags.list.items[0]->hint,
                     "use :exec for a function that returns nothing");
}
END_TEST

START_TEST(a_shared_row_that_differs)
{
    for (int i = 0; i < 2; i++) {
        struct ir_query *query = a_query(&given, i ? "B" : "A", "one", "SELECT 1");
        query->row_name = "Pair";
        a_column(&given, query, "a", a_base(&given, "int4"), false);
        a_column(&given, query, "b", a_base(&given, "int4"), i);
    }
    must_fail("PL503", "the row Pair of B is not like the row Pair of A, which has the same name");
    ck_assert_uint_eq(given.diags.list.items[0]->notes.n, 1);
}
END_TEST

START_TEST(a_command_for_rows_on_a_statement_without_any)
{
    a_query(&given, "Touch", "many", "UPDATE 1");
    must_fail("PL504", ":many needs a statement that returns columns");
}
END_TEST

START_TEST(a_last_insert_id)
{
    a_query(&given, "Q", "execlastid", "INSERT 1");
    must_fail("PL504", ":execlastid needs a last insert id, which PostgreSQL lacks");
}
END_TEST

START_TEST(a_batch_without_parameters)
{
    static const char *const commands[] = {"batchexec", "batchone", "batchmany"};
    char message[64];

    a_query(&given, "Q", commands[_i], "SELECT 1");
    snprintf(message, sizeof message, ":%s needs parameters, one set for each item", commands[_i]);
    must_fail("PL505", message);
}
END_TEST

START_TEST(an_insert_that_copy_cannot_do)
{
    struct ir_query *query = a_query(&given, "Q", "copyfrom", "UPDATE 1");

    query->copy_problem = "needs an INSERT";
    query->copy_hint = "write one";
    must_fail("PL510", ":copyfrom needs an INSERT");
}
END_TEST

START_TEST(a_package_that_is_no_c_name)
{
    given.package.name = "../x";
    a_query(&given, "A", "exec", "SELECT 1");
    must_fail("PL506", "\"../x\" cannot be the prefix of C names");
}
END_TEST

START_TEST(a_file_that_leads_out_of_the_package)
{
    a_file(&given, "../x");
    a_query(&given, "A", "exec", "SELECT 1");
    must_fail("PL506", "\"../x\" cannot be the name of a C file");
}
END_TEST

START_TEST(an_override_without_a_direction_that_is_needed)
{
    const struct ir_override overrides[] = {{"numeric", "money_t", NULL, "money_decode", NULL}};

    given.package.settings.overrides = overrides;
    given.package.settings.n_overrides = 1;
    a_param(&given, a_query(&given, "Find", "exec", "SELECT 1"), "least", a_base(&given, "numeric"),
            false);
    must_fail("PL508",
              "parameter \"least\" needs the override of numeric, which has no encode function");
}
END_TEST

START_TEST(a_query_called_like_a_member_of_every_port)
{
    given.package.settings.repositories = true;
    a_query(&given, "Self", "exec", "SELECT 1");
    must_fail("PL501", "query Self and a member of every port are both called self in C");
}
END_TEST

Suite *errors_suite(void)
{
    Suite *suite = suite_create("errors");
    TCase *tests = tcase_create("errors");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, two_queries_of_one_c_name);
    tcase_add_loop_test(tests, a_query_and_a_part_of_a_copy_of_one_c_name, 0, 7);
    tcase_add_test(tests, a_query_and_a_row_of_one_c_name);
    tcase_add_test(tests, two_columns_of_one_c_name);
    tcase_add_test(tests, two_parameters_of_one_c_name);
    tcase_add_test(tests, two_labels_of_one_c_name);
    tcase_add_test(tests, files_that_differ_in_case_only);
    tcase_add_test(tests, a_file_called_models);
    tcase_add_test(tests, a_parameter_called_like_a_type);
    tcase_add_test(tests, a_type_without_a_c_form);
    tcase_add_test(tests, a_function_that_returns_nothing);
    tcase_add_test(tests, a_shared_row_that_differs);
    tcase_add_test(tests, a_command_for_rows_on_a_statement_without_any);
    tcase_add_test(tests, a_last_insert_id);
    tcase_add_loop_test(tests, a_batch_without_parameters, 0, 3);
    tcase_add_test(tests, an_insert_that_copy_cannot_do);
    tcase_add_test(tests, a_package_that_is_no_c_name);
    tcase_add_test(tests, a_file_that_leads_out_of_the_package);
    tcase_add_test(tests, an_override_without_a_direction_that_is_needed);
    tcase_add_test(tests, a_query_called_like_a_member_of_every_port);
    suite_add_tcase(suite, tests);
    return suite;
}
