/* Pools: connections are shared, bounded, and given back once. */
#include <pthread.h>
#include <string.h>

#include "pool_support.h"

static tenon_pool *pool;

static void setup(void)
{
    const tenon_pool_options options = {.max_connections = 3, .acquire_timeout_ms = 3000};

    pool = pool_of(&options);
    db = NULL;
}

static void teardown(void)
{
    tenon_pool_destroy(pool);
}

static void replace_pool(const tenon_pool_options *options)
{
    tenon_pool_destroy(pool);
    pool = pool_of(options);
}

START_TEST(a_released_connection_is_taken_again)
{
    db = take(pool);
    int pid = pid_of(db);
    give(pool, db);
    db = take(pool);
    ck_assert_int_eq(pid_of(db), pid);
    give(pool, db);
    ck_assert_uint_eq(stats_of(pool).connects, 1);
    ck_assert_uint_eq(stats_of(pool).acquired, 2);
}
END_TEST

START_TEST(the_number_of_connections_is_bounded)
{
    tenon_db *taken[3], *none;
    char why[256];

    for (int i = 0; i < 3; i++)
        taken[i] = take(pool);
    ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_TIMEOUT);
    ck_assert_ptr_null(none);
    ck_assert_int_eq(tenon_pool_last_error(pool, why, sizeof why), TENON_TIMEOUT);
    ck_assert_str_eq(why, "all 3 connections were in use for 3 s");
    ck_assert_str_eq(tenon_db_error(none)->message, why);
    ck_assert_int_eq(tenon_db_error(none)->status, TENON_TIMEOUT);
    ck_assert_uint_eq(stats_of(pool).timeouts, 1);
    ck_assert_uint_eq(stats_of(pool).in_use, 3);
    give(pool, taken[0]);
    taken[0] = take(pool);
    for (int i = 0; i < 3; i++)
        give(pool, taken[i]);
    ck_assert_uint_eq(stats_of(pool).idle, 3);
    ck_assert_uint_eq(stats_of(pool).in_use, 0);
}
END_TEST

START_TEST(a_connection_that_died_is_replaced)
{
    db = take(pool);
    int pid = pid_of(db);
    give(pool, db);
    terminate(pid);
    db = take(pool);
    ck_assert_int_ne(pid_of(db), pid);
    /* And one that is lost in use gives its place back. */
    tenon_db_set_timeout(db, 50);
    ck_status(TENON_TIMEOUT, tenon_exec(db, "SELECT pg_sleep(10)"));
    tenon_db_set_timeout(db, 1000);
    terminate(tenon_db_is_open(db) ? pid_of(db) : pid);
    give(pool, db);
    tenon_db *taken[3];
    for (int i = 0; i < 3; i++)
        taken[i] = take(pool);
    for (int i = 0; i < 3; i++)
        give(pool, taken[i]);
    ck_assert_uint_eq(stats_of(pool).closed_broken, 2);
}
END_TEST

START_TEST(a_connection_is_released_once)
{
    db = take(pool);
    give(pool, db);
    ck_assert_int_eq(tenon_pool_release(pool, db), TENON_INVALID_ARGUMENT);
    ck_assert_uint_eq(stats_of(pool).idle, 1);
    tenon_db *first = take(pool), *second = take(pool);
    ck_assert_ptr_ne(first, second);
    ck_assert_int_ne(pid_of(first), pid_of(second));
    give(pool, first);
    give(pool, second);
}
END_TEST

START_TEST(a_lost_connection_is_released_once)
{
    db = take(pool);
    terminate(pid_of(db));
    ck_assert_int_eq(tenon_exec(db, "SELECT 1"), TENON_CONNECTION_LOST);
    give(pool, db);
    ck_assert_int_eq(tenon_pool_release(pool, db), TENON_INVALID_ARGUMENT);
    ck_assert_uint_eq(stats_of(pool).idle + stats_of(pool).in_use, 0);
}
END_TEST

START_TEST(a_connection_of_others_is_refused)
{
    tenon_pool *other = pool_of(NULL);
    tenon_db *of_other = take(other), *of_none;

    ck_assert_int_eq(tenon_db_open(server_conninfo, NULL, &of_none), TENON_OK);
    ck_assert_int_eq(tenon_pool_release(pool, of_other), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_pool_release(pool, of_none), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_pool_release(pool, NULL), TENON_OK);
    pid_of(of_other);
    pid_of(of_none);
    ck_assert_uint_eq(stats_of(pool).idle, 0);
    give(other, of_other);
    tenon_db_close(of_none);
    tenon_pool_destroy(other);
    tenon_pool_destroy(NULL);
}
END_TEST

/* --- The end --- */

static void *acquire(void *status)
{
    tenon_db *mine;

    *(tenon_status *)status = tenon_pool_acquire(pool, &mine);
    tenon_pool_release(pool, mine);
    return NULL;
}

START_TEST(closing_waits_for_users_and_turns_others_away)
{
    const tenon_pool_options options = {.max_connections = 1};
    tenon_status status = TENON_OK;
    pthread_t thread;
    tenon_db *none;

    replace_pool(&options);
    db = take(pool);
    pthread_create(&thread, NULL, acquire, &status);
    await_waiters(pool, 1);
    double before = now_ms();
    ck_assert_int_eq(tenon_pool_close(pool, 20), TENON_TIMEOUT);
    pthread_join(thread, NULL);
    ck_assert_double_lt(now_ms() - before, 20000); /* his deadline is 30 s */
    ck_assert_int_eq(status, TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_INVALID_ARGUMENT);
    ck_assert_ptr_null(none);
    pid_of(db);
    give(pool, db);
    ck_assert_int_eq(tenon_pool_close(pool, 0), TENON_OK);
    ck_assert_uint_eq(stats_of(pool).idle, 0);
}
END_TEST

static void *release_soon(void *mine)
{
    pause_ms(50);
    tenon_pool_release(pool, mine);
    return NULL;
}

START_TEST(closing_ends_with_the_last_release)
{
    pthread_t thread;

    db = take(pool);
    pthread_create(&thread, NULL, release_soon, db);
    ck_assert_int_eq(tenon_pool_close(pool, TENON_NO_TIMEOUT), TENON_OK);
    ck_assert_uint_eq(stats_of(pool).in_use, 0);
    pthread_join(thread, NULL);
}
END_TEST

/* What leaks or is freed too early is for AddressSanitizer to see. */
START_TEST(a_pool_may_be_destroyed_before_the_last_release)
{
    tenon_pool *other = pool_of(NULL);
    tenon_db *first = take(other), *second = take(other);

    give(other, take(other));
    tenon_pool_destroy(other);
    pid_of(first);
    give(other, first);
    pid_of(second);
    give(other, second);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pool");
    TCase *tcase = tcase_create("all");

    pool_init("pool");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_released_connection_is_taken_again);
    tcase_add_test(tcase, the_number_of_connections_is_bounded);
    tcase_add_test(tcase, a_connection_that_died_is_replaced);
    tcase_add_test(tcase, a_connection_is_released_once);
    tcase_add_test(tcase, a_lost_connection_is_released_once);
    tcase_add_test(tcase, a_connection_of_others_is_refused);
    tcase_add_test(tcase, closing_waits_for_users_and_turns_others_away);
    tcase_add_test(tcase, closing_ends_with_the_last_release);
    tcase_add_test(tcase, a_pool_may_be_destroyed_before_the_last_release);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
