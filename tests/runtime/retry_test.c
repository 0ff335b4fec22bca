/* tenon_transaction: commits, rolls back, and runs again. */
#include <rt/accounts.h>
#include <rt/probes.h>

#include "server.h"

#define ck_total(expected) ck_ask("SELECT sum(v) FROM account", expected)

struct work {
    int runs;
    int failures_left;
    const char *sqlstate;
};

static tenon_status work_with_failures(tenon_db *on, void *context)
{
    struct work *work = context;
    tenon_opt_int32 never;
    int64_t rows;

    work->runs++;
    tenon_status status =
        rt_add_to_account(on, &(rt_add_to_account_params){.amount = 1, .id = 1}, &rows);
    if (status != TENON_OK || work->failures_left-- <= 0)
        return status;
    return rt_fail_with(on, work->sqlstate, &never);
}

START_TEST(a_transaction_that_could_not_be_serialized_runs_again)
{
    struct work work = {0, 2, _i == 0 ? "40001" : "40P01"};
    const tenon_transaction_options quick = {.max_backoff_ms = 1};

    ck_status(TENON_OK, tenon_transaction(db, &quick, work_with_failures, &work));
    ck_assert_int_eq(work.runs, 3);
    ck_total("1");
}
END_TEST

static double time_of_attempts(int max_backoff_ms)
{
    struct work work = {0, 99, "40001"};
    const tenon_transaction_options options = {.max_attempts = 12,
                                               .max_backoff_ms = max_backoff_ms};
    double before = now_ms();

    ck_status(TENON_SERIALIZATION_FAILURE,
              tenon_transaction(db, &options, work_with_failures, &work));
    ck_assert_int_eq(work.runs, 12);
    return now_ms() - before;
}

/* Eleven pauses that grow: most are near the longest one, and none is longer. */
START_TEST(attempts_are_spread_over_time)
{
    double at_once = time_of_attempts(1), spread = time_of_attempts(200);

    ck_assert_msg(spread > at_once + 300, "%g ms, %g ms", at_once, spread);
    ck_assert_msg(spread < at_once + 11 * 200 + 3000, "%g ms, %g ms", at_once, spread);
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
    ck_total("1");
}
END_TEST

static tenon_status nested_with_options(tenon_db *on, void *context)
{
    const tenon_transaction_options options = {.isolation = TENON_SERIALIZABLE, .max_attempts = 3};

    return tenon_transaction(on, &options, work_with_failures, context);
}

/* A function that asks for a transaction of some kind can be called inside of another. */
START_TEST(options_are_for_the_outermost_transaction_alone)
{
    struct work work = {0, 0, ""};

    ck_status(TENON_OK, tenon_transaction(db, NULL, nested_with_options, &work));
    ck_assert_int_eq(work.runs, 1);
    ck_total("1");
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
    ck_usable(db);
}
END_TEST

static tenon_status commits_by_itself(tenon_db *on, void *context)
{
    (void)context;
    tenon_status status = rt_set_accounts(on, 1);
    return status == TENON_OK ? tenon_exec(on, "COMMIT") : status;
}

START_TEST(a_function_that_ends_the_transaction_by_itself_is_found_out)
{
    ck_assert_int_ne(tenon_transaction(db, NULL, commits_by_itself, NULL), TENON_OK);
    ck_assert_int_eq(tenon_depth(db), 0);
    if (tenon_db_is_open(db))
        ck_usable(db);
}
END_TEST

static tenon_status commits_its_own_level(tenon_db *on, void *context)
{
    (void)context;
    tenon_status status = rt_set_accounts(on, 1);
    return status == TENON_OK ? tenon_commit(on) : status;
}

START_TEST(a_function_that_took_its_level_away_is_an_error)
{
    ck_status(TENON_INVALID_ARGUMENT, tenon_transaction(db, NULL, commits_its_own_level, NULL));
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_usable(db);
}
END_TEST

/* The transaction is the program's own: only it could run that again. */
START_TEST(inside_of_a_transaction_begun_by_text_nothing_runs_again)
{
    struct work work = {0, 1, "40001"};

    ck_status(TENON_OK, tenon_exec(db, "BEGIN"));
    ck_status(TENON_SERIALIZATION_FAILURE, tenon_transaction(db, NULL, work_with_failures, &work));
    ck_assert_int_eq(work.runs, 1);
    ck_status(TENON_OK, tenon_transaction(db, NULL, work_with_failures, &work));
    ck_total("0");
    ck_status(TENON_OK, tenon_exec(db, "COMMIT"));
    ck_total("1");
}
END_TEST

START_TEST(without_a_connection_nothing_runs)
{
    struct work work = {0, 0, ""};
    tenon_db *none;

    ck_assert_int_eq(tenon_transaction(NULL, NULL, work_with_failures, &work),
                     TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_db_open("host=/nowhere", NULL, &none), TENON_CONNECTION_LOST);
    ck_assert_int_eq(tenon_transaction(none, NULL, work_with_failures, &work),
                     TENON_CONNECTION_LOST);
    ck_assert_str_eq(tenon_db_error(none)->query, "BEGIN");
    ck_assert_int_eq(work.runs, 0);
    tenon_db_close(none);
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
    int64_t rows;

    tenon_status status = rt_sum_of_accounts(on, &sum);
    if (status == TENON_OK && skew->runs++ == 0) {
        const tenon_transaction_options serializable = {.isolation = TENON_SERIALIZABLE};
        ck_status(TENON_OK, tenon_begin(skew->other, &serializable));
        ck_status(TENON_OK, rt_sum_of_accounts(skew->other, &sum));
        ck_status(TENON_OK,
                  rt_add_to_account(skew->other, &(rt_add_to_account_params){.amount = 1, .id = 2},
                                    &rows));
        ck_status(TENON_OK, tenon_commit(skew->other));
    }
    if (status == TENON_OK)
        status = rt_add_to_account(on, &(rt_add_to_account_params){.amount = 1, .id = 1}, &rows);
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

static rt_stream_numbers *left_open;

static tenon_status return_from_inside_a_stream(tenon_db *on, void *context)
{
    tenon_status status = rt_set_accounts(on, 6);

    if (status != TENON_OK)
        return status;
    left_open = rt_stream_numbers_begin(on, 100000);
    while (rt_stream_numbers_next(left_open) != NULL)
        return *(const tenon_status *)context;
    return TENON_NO_ROW;
}

START_TEST(a_function_may_return_from_inside_a_stream)
{
    tenon_status result = _i == 0 ? TENON_BAD_VALUE : TENON_OK;

    ck_status(result, tenon_transaction(db, NULL, return_from_inside_a_stream, &result));
    ck_assert_int_eq(tenon_depth(db), 0);
    (void)!rt_stream_numbers_end(left_open);
    ck_usable(db);
    ck_total(_i == 0 ? "0" : "12");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("retry");
    TCase *tcase = tcase_create("all");

    server_init("retry");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_function_may_return_from_inside_a_stream, 0, 2);
    tcase_add_loop_test(tcase, a_transaction_that_could_not_be_serialized_runs_again, 0, 2);
    tcase_add_test(tcase, attempts_are_spread_over_time);
    tcase_add_test(tcase, the_number_of_attempts_is_bounded);
    tcase_add_test(tcase, other_failures_are_not_retried);
    tcase_add_test(tcase, only_the_outermost_transaction_runs_again);
    tcase_add_test(tcase, options_are_for_the_outermost_transaction_alone);
    tcase_add_test(tcase, a_level_left_open_is_an_error);
    tcase_add_test(tcase, a_function_that_ends_the_transaction_by_itself_is_found_out);
    tcase_add_test(tcase, a_function_that_took_its_level_away_is_an_error);
    tcase_add_test(tcase, inside_of_a_transaction_begun_by_text_nothing_runs_again);
    tcase_add_test(tcase, without_a_connection_nothing_runs);
    tcase_add_test(tcase, a_real_serialization_failure_is_overcome);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
