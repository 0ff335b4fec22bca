/* Transactions, savepoints and retries. */
#include <stdio.h>
#include <string.h>

#include "server.h"

static void setup(void)
{
    server_setup();
    ck_status(TENON_OK, tenon_exec(db, "CREATE TABLE account (id int PRIMARY KEY, v int);"
                                       "INSERT INTO account VALUES (1, 0), (2, 0)"));
}

static void teardown(void)
{
    server_ask("DROP TABLE account");
    server_teardown();
}

#define ck_total(expected) ck_assert_str_eq(server_ask("SELECT sum(v) FROM account"), expected)

START_TEST(commit_keeps_and_rollback_undoes)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_assert_int_eq(tenon_depth(db), 1);
    ck_status(TENON_OK, tenon_exec(db, "UPDATE account SET v = 1"));
    ck_total("0");
    ck_status(TENON_OK, tenon_commit(db));
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_total("2");
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, tenon_exec(db, "UPDATE account SET v = 9"));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_total("2");
}
END_TEST

START_TEST(an_inner_level_is_a_savepoint)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, tenon_exec(db, "UPDATE account SET v = 1 WHERE id = 1"));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_SQL_ERROR, tenon_exec(db, "UPDATE account SET v = 1/0"));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, tenon_exec(db, "UPDATE account SET v = 10 WHERE id = 2"));
    ck_assert_int_eq(tenon_depth(db), 2);
    ck_status(TENON_OK, tenon_commit(db));
    ck_status(TENON_OK, tenon_commit(db));
    ck_total("11");
}
END_TEST

START_TEST(a_failed_inner_commit_ends_the_level)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_SQL_ERROR, tenon_exec(db, "SELECT 1/0"));
    ck_status(TENON_SQL_ERROR, tenon_commit(db));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "25P02");
    ck_assert_int_eq(tenon_depth(db), 1);
    ck_status(TENON_OK, tenon_exec(db, "UPDATE account SET v = 1"));
    ck_status(TENON_OK, tenon_commit(db));
    ck_total("2");
}
END_TEST

START_TEST(a_commit_that_rolled_back_is_an_error)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_SQL_ERROR, tenon_exec(db, "SELECT 1/0"));
    ck_status(TENON_SQL_ERROR, tenon_commit(db));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "25P02");
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_status(TENON_OK, tenon_exec(db, "SELECT 1"));
}
END_TEST

START_TEST(a_rollback_leaves_the_error_that_led_to_it)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_UNIQUE_VIOLATION, tenon_exec(db, "INSERT INTO account VALUES (1, 1)"));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_assert_int_eq(tenon_db_error(db)->status, TENON_UNIQUE_VIOLATION);
    ck_assert_str_eq(tenon_db_error(db)->constraint_name, "account_pkey");
}
END_TEST

START_TEST(there_is_no_end_without_a_beginning)
{
    ck_status(TENON_INVALID_ARGUMENT, tenon_commit(db));
    ck_status(TENON_INVALID_ARGUMENT, tenon_rollback(db));
}
END_TEST

START_TEST(options_reach_the_server)
{
    const tenon_transaction_options options = {
        .isolation = TENON_SERIALIZABLE, .read_only = true, .deferrable = true};
    int32_t all = 0;

    ck_status(TENON_OK, tenon_begin(db, &options));
    ck_status(TENON_OK,
              select_int(db,
                         "SELECT (current_setting('transaction_isolation') = 'serializable' AND"
                         " current_setting('transaction_read_only') = 'on' AND"
                         " current_setting('transaction_deferrable') = 'on')::int",
                         &all));
    ck_assert_int_eq(all, 1);
    ck_status(TENON_INVALID_ARGUMENT, tenon_begin(db, &options));
    ck_status(TENON_OK, tenon_rollback(db));
}
END_TEST

START_TEST(inside_of_the_callers_own_transaction_all_levels_are_savepoints)
{
    ck_status(TENON_OK, tenon_exec(db, "BEGIN"));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, tenon_exec(db, "UPDATE account SET v = 5"));
    ck_status(TENON_OK, tenon_commit(db));
    ck_total("0");
    ck_status(TENON_OK, tenon_exec(db, "COMMIT"));
    ck_total("10");
}
END_TEST

/* --- tenon_transaction --- */

struct work {
    int runs;
    int failures_left;
    const char *sqlstate;
};

static tenon_status work_with_failures(tenon_db *on, void *context)
{
    struct work *work = context;
    char sql[96];

    work->runs++;
    tenon_status status = tenon_exec(on, "UPDATE account SET v = v + 1");
    if (status != TENON_OK || work->failures_left-- <= 0)
        return status;
    snprintf(sql, sizeof sql, "DO $$ BEGIN RAISE SQLSTATE '%s'; END $$", work->sqlstate);
    return tenon_exec(on, sql);
}

START_TEST(a_transaction_that_could_not_be_serialized_runs_again)
{
    struct work work = {0, 2, _i == 0 ? "40001" : "40P01"};
    const tenon_transaction_options quick = {.max_backoff_ms = 1};

    ck_status(TENON_OK, tenon_transaction(db, &quick, work_with_failures, &work));
    ck_assert_int_eq(work.runs, 3);
    ck_total("2");
}
END_TEST

START_TEST(the_number_of_attempts_is_bounded)
{
    struct work work = {0, 99, "40001"};
    const tenon_transaction_options options = {.max_attempts = 4, .max_backoff_ms = 1};

    ck_status(TENON_SERIALIZATION_FAILURE,
              tenon_transaction(db, &options, work_with_failures, &work));
    ck_assert_int_eq(work.runs, 4);
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "40001");
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_total("0");
}
END_TEST

START_TEST(other_failures_are_not_retried)
{
    struct work work = {0, 99, "23505"};

    ck_status(TENON_UNIQUE_VIOLATION, tenon_transaction(db, NULL, work_with_failures, &work));
    ck_assert_int_eq(work.runs, 1);
    ck_total("0");
}
END_TEST

static tenon_status nested_work(tenon_db *on, void *context)
{
    struct work *work = context;

    return tenon_transaction(on, NULL, work_with_failures, work);
}

START_TEST(only_the_outermost_transaction_runs_again)
{
    struct work work = {0, 1, "40001"};

    ck_status(TENON_OK, tenon_transaction(db, NULL, nested_work, &work));
    ck_assert_int_eq(work.runs, 2);
    ck_total("2");
}
END_TEST

static tenon_status leaves_a_level_open(tenon_db *on, void *context)
{
    (void)context;
    return tenon_begin(on, NULL);
}

START_TEST(a_level_left_open_is_an_error)
{
    ck_status(TENON_INVALID_ARGUMENT, tenon_transaction(db, NULL, leaves_a_level_open, NULL));
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_status(TENON_OK, tenon_exec(db, "SELECT 1"));
}
END_TEST

/* Write skew: two serializable transactions that each read what the other one writes. */
struct skew {
    tenon_db *other;
    int runs;
};

static tenon_status skewed_work(tenon_db *on, void *context)
{
    struct skew *skew = context;
    int32_t sum;

    tenon_status status = select_int(on, "SELECT sum(v)::int FROM account", &sum);
    if (status == TENON_OK && skew->runs++ == 0) {
        const tenon_transaction_options serializable = {.isolation = TENON_SERIALIZABLE};
        ck_status(TENON_OK, tenon_begin(skew->other, &serializable));
        ck_status(TENON_OK, select_int(skew->other, "SELECT sum(v)::int FROM account", &sum));
        ck_status(TENON_OK, tenon_exec(skew->other, "UPDATE account SET v = v + 1 WHERE id = 2"));
        ck_status(TENON_OK, tenon_commit(skew->other));
    }
    if (status == TENON_OK)
        status = tenon_exec(on, "UPDATE account SET v = v + 1 WHERE id = 1");
    return status;
}

START_TEST(a_real_serialization_failure_is_overcome)
{
    const tenon_transaction_options serializable = {.isolation = TENON_SERIALIZABLE};
    struct skew skew = {NULL, 0};

    ck_status(TENON_OK, tenon_db_open(server_conninfo, NULL, &skew.other));
    ck_status(TENON_OK, tenon_transaction(db, &serializable, skewed_work, &skew));
    ck_assert_int_eq(skew.runs, 2);
    ck_total("2");
    tenon_db_close(skew.other);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("transaction");
    TCase *tcase = tcase_create("all");

    server_init("transaction");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, commit_keeps_and_rollback_undoes);
    tcase_add_test(tcase, an_inner_level_is_a_savepoint);
    tcase_add_test(tcase, a_failed_inner_commit_ends_the_level);
    tcase_add_test(tcase, a_commit_that_rolled_back_is_an_error);
    tcase_add_test(tcase, a_rollback_leaves_the_error_that_led_to_it);
    tcase_add_test(tcase, there_is_no_end_without_a_beginning);
    tcase_add_test(tcase, options_reach_the_server);
    tcase_add_test(tcase, inside_of_the_callers_own_transaction_all_levels_are_savepoints);
    tcase_add_loop_test(tcase, a_transaction_that_could_not_be_serialized_runs_again, 0, 2);
    tcase_add_test(tcase, the_number_of_attempts_is_bounded);
    tcase_add_test(tcase, other_failures_are_not_retried);
    tcase_add_test(tcase, only_the_outermost_transaction_runs_again);
    tcase_add_test(tcase, a_level_left_open_is_an_error);
    tcase_add_test(tcase, a_real_serialization_failure_is_overcome);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
