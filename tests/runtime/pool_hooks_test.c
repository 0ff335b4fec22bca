/* The hooks of a pool: when they are called, and what their answers mean. */
#include <string.h>

#include <libpq-fe.h>

#include "pool_support.h"

static tenon_pool *pool;
static char calls[64];
static tenon_status answer[3];

static tenon_status on_connect(void *context, tenon_db *of)
{
    strcat(calls, context);
    strcat(calls, "c");
    return answer[0] != TENON_OK ? answer[0] : tenon_exec(of, "SET tenon.who = 'app'");
}

static tenon_status on_acquire(void *context, tenon_db *of)
{
    (void)context;
    (void)of;
    strcat(calls, "a");
    return answer[1];
}

static tenon_status on_release(void *context, tenon_db *of)
{
    (void)context;
    ck_assert_int_eq(tenon_depth(of), 0);
    strcat(calls, "r");
    return answer[2];
}

static void setup(void)
{
    const tenon_pool_options options = {.max_connections = 1,
                                        .context = "-",
                                        .on_connect = on_connect,
                                        .on_acquire = on_acquire,
                                        .on_release = on_release};

    pool = pool_of(&options);
    mem = tenon_arena_create();
    memset(answer, 0, sizeof answer);
    *calls = '\0';
}

static void teardown(void)
{
    tenon_pool_destroy(pool);
    tenon_arena_destroy(mem);
}

START_TEST(hooks_see_each_use)
{
    db = take(pool);
    ck_status(TENON_OK, tenon_begin(db, NULL));
    give(pool, db);
    give(pool, take(pool));
    ck_assert_str_eq(calls, "-carar");
    ck_assert_uint_eq(stats_of(pool).resets, 0); /* what on_connect does is no change */
}
END_TEST

START_TEST(what_on_connect_has_set_survives_the_reset)
{
    pooltest_session_row session;

    db = take(pool);
    ck_status(TENON_OK, tenon_exec(db, "SET tenon.who = 'eve'"));
    give(pool, db);
    db = take(pool);
    ck_status(TENON_OK, pooltest_session(db, mem, &session));
    ck_assert_str_eq(session.custom.or_null, "app");
    give(pool, db);
    ck_assert_str_eq(calls, "-car-car");
}
END_TEST

START_TEST(a_hook_that_fails_closes_the_connection)
{
    char why[128];

    answer[0] = TENON_BAD_VALUE;
    ck_assert_int_eq(tenon_pool_acquire(pool, &db), TENON_BAD_VALUE);
    ck_assert_ptr_null(db);
    ck_assert_int_eq(tenon_pool_last_error(pool, why, sizeof why), TENON_BAD_VALUE);
    ck_assert_str_eq(why, "on_connect failed: BAD_VALUE");
    ck_assert_uint_eq(stats_of(pool).connect_errors, 1);
    answer[0] = TENON_OK;
    answer[1] = TENON_NO_ROW;
    ck_assert_int_eq(tenon_pool_acquire(pool, &db), TENON_NO_ROW);
    ck_assert_ptr_null(db);
    answer[1] = TENON_OK;
    answer[2] = TENON_NO_ROW;
    give(pool, take(pool));
    ck_assert_uint_eq(stats_of(pool).idle, 0);
    ck_assert_uint_eq(stats_of(pool).closed_broken, 2);
}
END_TEST

static tenon_status close_meanwhile(void *context, tenon_db *of)
{
    (void)context;
    (void)of;
    ck_assert_int_eq(tenon_pool_close(pool, 0), TENON_TIMEOUT);
    return TENON_OK;
}

/* What its last statement said is not what the session is. */
static tenon_status end_the_session(void *context, tenon_db *of)
{
    (void)context;
    terminate(pid_of(of));
    return TENON_OK;
}

START_TEST(a_session_that_a_hook_has_lost_is_not_handed_out)
{
    const tenon_pool_options options = {.max_connections = 1, .on_release = end_the_session};
    tenon_pool *losing = pool_of(&options);

    int pid = pid_of(db = take(losing));
    give(losing, db);
    ck_assert_int_ne(pid_of(db = take(losing)), pid);
    give(losing, db);
    tenon_pool_destroy(losing);
}
END_TEST

static int timeout_left;

static tenon_status connect_slowly(void *context, tenon_db *of)
{
    (void)context;
    (void)of;
    pause_ms(400);
    return TENON_OK;
}

static tenon_status note_timeout(void *context, tenon_db *of)
{
    (void)context;
    timeout_left = tenon_db_set_timeout(of, 0);
    return TENON_OK;
}

/* Not none at all, and not the default, which 0 would be. */
START_TEST(a_hook_behind_the_deadline_has_the_least_time)
{
    const tenon_pool_options options = {.max_connections = 1,
                                        .acquire_timeout_ms = 300,
                                        .on_connect = connect_slowly,
                                        .on_acquire = note_timeout};
    tenon_pool *slow = pool_of(&options);

    give(slow, take(slow));
    ck_assert_int_eq(timeout_left, 1);
    tenon_pool_destroy(slow);
}
END_TEST

/* Neither what a question whether anyone is there may take, nor what is left for a hook. */
START_TEST(calls_have_the_time_of_the_options_again)
{
    const tenon_pool_options options = {.max_connections = 1,
                                        .acquire_timeout_ms = 2000,
                                        .db.timeout_ms = 5000,
                                        .ping_after_ms = _i % 2 == 0 ? -1 : 1,
                                        .on_acquire = _i < 2 ? NULL : on_acquire};
    tenon_pool *asking = pool_of(&options);

    for (int i = 0; i < 2; i++) {
        db = take(asking);
        ck_assert_int_eq(tenon_db_set_timeout(db, 5000), 5000);
        give(asking, db);
        pause_ms(5);
    }
    tenon_pool_destroy(asking);
}
END_TEST

static tenon_status leave_results_unread(void *context, tenon_db *of)
{
    (void)context;
    ck_assert_int_eq(PQsendQuery(tenon_db_conn(of), "SELECT 1"), 1);
    return TENON_OK;
}

START_TEST(results_that_on_connect_has_not_read_fail_the_acquire)
{
    const tenon_pool_options options = {.max_connections = 1, .on_connect = leave_results_unread};
    tenon_pool *careless = pool_of(&options);
    char why[128];

    ck_assert_int_eq(tenon_pool_acquire(careless, &db), TENON_CONNECTION_LOST);
    ck_assert_ptr_null(db);
    ck_assert_int_eq(tenon_pool_last_error(careless, why, sizeof why), TENON_CONNECTION_LOST);
    ck_assert_str_eq(why, "on_connect failed: CONNECTION_LOST");
    tenon_pool_destroy(careless);
}
END_TEST

static tenon_status leave_it_in_a_pipeline(void *context, tenon_db *of)
{
    (void)context;
    ck_assert_int_eq(PQenterPipelineMode(tenon_db_conn(of)), 1);
    return TENON_OK;
}

START_TEST(a_pipeline_that_on_release_has_left_closes_the_connection)
{
    const tenon_pool_options options = {.max_connections = 1, .on_release = leave_it_in_a_pipeline};
    tenon_pool *careless = pool_of(&options);

    give(careless, take(careless));
    ck_assert_uint_eq(stats_of(careless).closed_broken, 1);
    tenon_pool_destroy(careless);
}
END_TEST

static tenon_status write_and_leave(void *context, tenon_db *of)
{
    (void)context;
    ck_assert_int_eq(tenon_begin(of, NULL), TENON_OK);
    ck_assert_int_eq(
        pooltest_add_note(of, &(pooltest_add_note_params){.id = 77, .text = "of nobody"}),
        TENON_OK);
    return TENON_OK;
}

START_TEST(a_transaction_that_on_release_has_left_is_rolled_back)
{
    const tenon_pool_options options = {
        .max_connections = 1, .reset = TENON_RESET_NEVER, .on_release = write_and_leave};
    tenon_pool *careless = pool_of(&options);

    give(careless, take(careless));
    db = take(careless);
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_assert_int_eq(PQtransactionStatus(tenon_db_conn(db)), PQTRANS_IDLE);
    ck_ask("SELECT count(*) FROM notes WHERE id = 77", "0");
    give(careless, db);
    ck_assert_uint_eq(stats_of(careless).connects, 1);
    tenon_pool_destroy(careless);
}
END_TEST

static tenon_status release_too(void *context, tenon_db *of)
{
    (void)context;
    ck_assert_int_eq(tenon_pool_release(pool, of), TENON_INVALID_ARGUMENT);
    return TENON_OK;
}

START_TEST(a_connection_that_is_being_released_is_no_longer_its_users)
{
    const tenon_pool_options options = {.max_connections = 1, .on_release = release_too};

    tenon_pool_destroy(pool);
    pool = pool_of(&options);
    give(pool, take(pool));
    ck_assert_uint_eq(stats_of(pool).idle, 1);
}
END_TEST

START_TEST(a_pool_that_is_closed_meanwhile_gives_nothing)
{
    const tenon_pool_options options = {.on_acquire = close_meanwhile};

    tenon_pool_destroy(pool);
    pool = pool_of(&options);
    ck_assert_int_eq(tenon_pool_acquire(pool, &db), TENON_INVALID_ARGUMENT);
    ck_assert_ptr_null(db);
    ck_assert_int_eq(tenon_pool_close(pool, 0), TENON_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pool_hooks");
    TCase *tcase = tcase_create("all");

    pool_init("pool_hooks");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, hooks_see_each_use);
    tcase_add_test(tcase, what_on_connect_has_set_survives_the_reset);
    tcase_add_test(tcase, a_hook_that_fails_closes_the_connection);
    tcase_add_test(tcase, a_session_that_a_hook_has_lost_is_not_handed_out);
    tcase_add_test(tcase, a_hook_behind_the_deadline_has_the_least_time);
    tcase_add_loop_test(tcase, calls_have_the_time_of_the_options_again, 0, 4);
    tcase_add_test(tcase, results_that_on_connect_has_not_read_fail_the_acquire);
    tcase_add_test(tcase, a_pipeline_that_on_release_has_left_closes_the_connection);
    tcase_add_test(tcase, a_transaction_that_on_release_has_left_is_rolled_back);
    tcase_add_test(tcase, a_connection_that_is_being_released_is_no_longer_its_users);
    tcase_add_test(tcase, a_pool_that_is_closed_meanwhile_gives_nothing);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
