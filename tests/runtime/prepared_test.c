/* Prepared statements: made once, kept, and made again when they are gone. */
#include <string.h>

#include <libpq-fe.h>

#include "internal.h"
#include "items.h"

static int prepared_count(tenon_db *on)
{
    int32_t count = -1;

    /* This one is prepared itself. */
    ck_status(TENON_OK, select_int(on, "SELECT count(*)::int FROM pg_prepared_statements", &count));
    return count - (on->unnamed ? 0 : 1);
}

START_TEST(a_statement_is_prepared_once)
{
    item_list list;

    for (int i = 0; i < 3; i++)
        ck_status(TENON_OK, find_many(db, 1, &list));
    ck_assert_int_eq(prepared_count(db), 1);
}
END_TEST

START_TEST(a_statement_that_failed_stays_prepared)
{
    const item taken = {.id = 1, .name = "again"}, fresh = {.id = 8, .name = "eight"};

    ck_status(TENON_UNIQUE_VIOLATION, add(db, &taken, NULL));
    ck_status(TENON_OK, add(db, &fresh, NULL));
    ck_assert_int_eq(prepared_count(db), 1);
}
END_TEST

START_TEST(unnamed_mode_prepares_nothing)
{
    const tenon_db_options options = {.unnamed = true};
    tenon_db *other;
    item_list list;

    ck_status(TENON_OK, tenon_db_open(server_conninfo, &options, &other));
    ck_status(TENON_OK, find_many(other, 1, &list));
    ck_assert_uint_eq(list.count, 3);
    ck_assert_int_eq(prepared_count(other), 0);
    tenon_db_close(other);
}
END_TEST

START_TEST(statements_come_back_after_discard_all)
{
    item_list list;

    ck_status(TENON_OK, find_many(db, 1, &list));
    ck_status(TENON_OK, tenon_exec(db, "DISCARD ALL"));
    ck_status(TENON_OK, find_many(db, 1, &list));
    ck_assert_int_eq(tenon_db_error(db)->status, TENON_OK);
    ck_assert_uint_eq(list.count, 3);
}
END_TEST

START_TEST(a_plan_that_became_useless_is_made_again)
{
    int32_t value;
    const char *sql = "SELECT * FROM moving";

    ck_status(TENON_OK, tenon_exec(db, "CREATE TABLE moving AS SELECT 1::bigint AS v"));
    ck_status(TENON_SCHEMA_MISMATCH, select_int(db, sql, &value));
    server_ask("ALTER TABLE moving ALTER v TYPE int");
    ck_status(TENON_OK, select_int(db, sql, &value));
    ck_assert_int_eq(value, 1);
    server_ask("DROP TABLE moving");
}
END_TEST

START_TEST(nothing_is_repeated_inside_of_a_transaction)
{
    int32_t value;
    const char *sql = "SELECT * FROM moving2";

    ck_status(TENON_OK, tenon_exec(db, "CREATE TABLE moving2 AS SELECT 1 AS v"));
    ck_status(TENON_OK, select_int(db, sql, &value));
    server_ask("ALTER TABLE moving2 ALTER v TYPE bigint");
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_SQL_ERROR, select_int(db, sql, &value));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "0A000");
    ck_status(TENON_OK, tenon_rollback(db));
    server_ask("ALTER TABLE moving2 ALTER v TYPE int");
    ck_status(TENON_OK, select_int(db, sql, &value));
    server_ask("DROP TABLE moving2");
}
END_TEST

START_TEST(a_name_that_is_taken_is_used)
{
    item_list list;
    tenon_db *again;

    ck_status(TENON_OK, find_many(db, 1, &list));
    ck_status(TENON_OK, tenon_db_wrap(tenon_db_conn(db), NULL, &again));
    ck_status(TENON_OK, find_many(again, 1, &list));
    ck_status(TENON_OK, find_many(again, 1, &list));
    tenon_db_close(again);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("prepared");
    TCase *tcase = tcase_create("all");

    server_init("prepared");
    tcase_add_checked_fixture(tcase, items_setup, items_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_statement_is_prepared_once);
    tcase_add_test(tcase, a_statement_that_failed_stays_prepared);
    tcase_add_test(tcase, unnamed_mode_prepares_nothing);
    tcase_add_test(tcase, statements_come_back_after_discard_all);
    tcase_add_test(tcase, a_plan_that_became_useless_is_made_again);
    tcase_add_test(tcase, nothing_is_repeated_inside_of_a_transaction);
    tcase_add_test(tcase, a_name_that_is_taken_is_used);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
