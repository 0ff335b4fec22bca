/* Pools: connections are shared, bounded, and come back clean. */
#include <tenon/pool.h>

#include <pthread.h>
#include <stdio.h>

#include <rt/probes.h>

#include "server.h"

static tenon_pool *pool;

static void setup(void)
{
    const tenon_pool_options options = {.max_connections = 3, .acquire_timeout_ms = 100};

    ck_assert_int_eq(tenon_pool_create(server_conninfo, &options, &pool), TENON_OK);
    db = NULL;
}

static void teardown(void)
{
    tenon_pool_destroy(pool);
}

START_TEST(a_released_connection_is_taken_again)
{
    tenon_db *again;

    ck_status(TENON_OK, tenon_pool_acquire(pool, &db));
    int pid = server_pid(db);
    tenon_pool_release(pool, db);
    ck_status(TENON_OK, tenon_pool_acquire(pool, &again));
    ck_assert_int_eq(server_pid(again), pid);
    tenon_pool_release(pool, again);
}
END_TEST

START_TEST(the_number_of_connections_is_bounded)
{
    tenon_db *taken[3], *none;

    for (int i = 0; i < 3; i++)
        ck_status(TENON_OK, tenon_pool_acquire(pool, &taken[i]));
    ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_TIMEOUT);
    ck_assert_ptr_null(none);
    tenon_pool_release(pool, taken[0]);
    ck_status(TENON_OK, tenon_pool_acquire(pool, &taken[0]));
    for (int i = 0; i < 3; i++)
        tenon_pool_release(pool, taken[i]);
}
END_TEST

START_TEST(an_open_transaction_is_rolled_back)
{
    ck_status(TENON_OK, tenon_pool_acquire(pool, &db));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, tenon_exec(db, "CREATE TABLE gone (id int)"));
    tenon_pool_release(pool, db);
    ck_assert_str_eq(server_ask("SELECT to_regclass('gone') IS NULL"), "t");
    ck_status(TENON_OK, tenon_pool_acquire(pool, &db));
    ck_assert_int_eq(tenon_depth(db), 0);
    tenon_pool_release(pool, db);
}
END_TEST

START_TEST(a_connection_that_died_is_replaced)
{
    char sql[64];

    ck_status(TENON_OK, tenon_pool_acquire(pool, &db));
    int pid = server_pid(db);
    tenon_pool_release(pool, db);
    snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%d, 5000)", pid);
    server_ask(sql);
    ck_status(TENON_OK, tenon_pool_acquire(pool, &db));
    ck_assert_int_ne(server_pid(db), pid);
    ck_status(TENON_OK, tenon_exec(db, "SELECT 1"));
    /* And one that is lost in use gives its place back. */
    tenon_db_set_timeout(db, 50);
    ck_status(TENON_TIMEOUT, tenon_exec(db, "SELECT pg_sleep(10)"));
    tenon_pool_release(pool, db);
    tenon_db *taken[3];
    for (int i = 0; i < 3; i++)
        ck_status(TENON_OK, tenon_pool_acquire(pool, &taken[i]));
    for (int i = 0; i < 3; i++)
        tenon_pool_release(pool, taken[i]);
}
END_TEST

START_TEST(a_failure_to_connect_is_told_and_takes_no_place)
{
    const tenon_pool_options one = {.max_connections = 1, .acquire_timeout_ms = 100};
    tenon_pool *nowhere;

    ck_assert_int_eq(tenon_pool_create("host=/nowhere", &one, &nowhere), TENON_OK);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(tenon_pool_acquire(nowhere, &db), TENON_CONNECTION_LOST);
        ck_assert_str_ne(tenon_db_error(db)->message, "");
        tenon_pool_release(nowhere, db);
    }
    tenon_pool_destroy(nowhere);
    tenon_pool_destroy(NULL);
    tenon_pool_release(pool, NULL);
}
END_TEST

static void *work(void *failures)
{
    for (int i = 0; i < 50; i++) {
        tenon_db *mine;
        int32_t value = 0;

        if (tenon_pool_acquire(pool, &mine) != TENON_OK || rt_seven(mine, &value) != TENON_OK ||
            value != 7)
            ++*(int *)failures;
        tenon_pool_release(pool, mine);
    }
    return NULL;
}

START_TEST(many_threads_share_few_connections)
{
    const tenon_pool_options options = {.max_connections = 3};
    pthread_t threads[8];
    int failures[8] = {0};

    tenon_pool_destroy(pool);
    ck_assert_int_eq(tenon_pool_create(server_conninfo, &options, &pool), TENON_OK);
    for (int i = 0; i < 8; i++)
        pthread_create(&threads[i], NULL, work, &failures[i]);
    for (int i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_int_eq(failures[i], 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pool");
    TCase *tcase = tcase_create("all");

    server_init("pool");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_released_connection_is_taken_again);
    tcase_add_test(tcase, the_number_of_connections_is_bounded);
    tcase_add_test(tcase, an_open_transaction_is_rolled_back);
    tcase_add_test(tcase, a_connection_that_died_is_replaced);
    tcase_add_test(tcase, a_failure_to_connect_is_told_and_takes_no_place);
    tcase_add_test(tcase, many_threads_share_few_connections);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
