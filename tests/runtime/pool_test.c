/* Pools: connections are shared, bounded, and given back once. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "pool_support.h"

static tenon_pool *pool;

static void setup(void)
{
    const tenon_pool_options options = {.max_connections = 3, .acquire_timeout_ms = 3000};

    pool = pool_of(&options);
    mem = tenon_arena_create();
    db = NULL;
    server_ask("TRUNCATE notes; INSERT INTO notes VALUES (1, 'one')");
}

static void teardown(void)
{
    tenon_pool_destroy(pool);
    tenon_arena_destroy(mem);
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
    ck_assert_ptr_nonnull(strstr(why, "within 3000 ms: of at most 3, 3 are in use"));
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

/* The row that its user had locked is free, and what the next user does is not part of it. */
static void check_rolled_back(int pid)
{
    ck_assert_str_eq(server_ask("SELECT id FROM notes WHERE id = 1 FOR UPDATE NOWAIT"), "1");
    db = take(pool);
    ck_assert_int_eq(pid_of(db), pid);
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_status(TENON_OK, pooltest_add_note(db, 3, "mine"));
    ck_assert_str_eq(server_ask("SELECT string_agg(id::text, ' ') FROM notes"), "1 3");
    give(pool, db);
}

static int lock_and_write(tenon_db *on)
{
    int32_t id;

    ck_assert_int_eq(pooltest_lock_note(on, 1, &id), TENON_OK);
    ck_assert_int_eq(pooltest_add_note(on, 2, "not mine"), TENON_OK);
    return pid_of(on);
}

START_TEST(an_open_transaction_is_rolled_back)
{
    db = take(pool);
    ck_status(TENON_OK, tenon_begin(db, NULL));
    int pid = lock_and_write(db);
    give(pool, db);
    check_rolled_back(pid);
}
END_TEST

START_TEST(open_savepoints_are_rolled_back)
{
    db = take(pool);
    for (int i = 0; i < 3; i++)
        ck_status(TENON_OK, tenon_begin(db, NULL));
    int pid = lock_and_write(db);
    give(pool, db);
    check_rolled_back(pid);
}
END_TEST

START_TEST(a_transaction_begun_by_hand_is_rolled_back)
{
    for (int levels = 0; levels < 3; levels++) {
        db = take(pool);
        ck_status(TENON_OK, tenon_exec(db, "BEGIN"));
        for (int i = 0; i < levels; i++)
            ck_status(TENON_OK, tenon_begin(db, NULL));
        int pid = lock_and_write(db);
        give(pool, db);
        check_rolled_back(pid);
        server_ask("DELETE FROM notes WHERE id = 3");
    }
}
END_TEST

START_TEST(a_failed_transaction_is_rolled_back)
{
    db = take(pool);
    ck_status(TENON_OK, tenon_begin(db, NULL));
    int pid = lock_and_write(db);
    ck_status(TENON_UNIQUE_VIOLATION, pooltest_add_note(db, 1, "again"));
    give(pool, db);
    check_rolled_back(pid);
}
END_TEST

START_TEST(a_transaction_without_a_statement_is_no_ones)
{
    db = take(pool);
    ck_status(TENON_OK, tenon_begin(db, NULL));
    give(pool, db);
    db = take(pool);
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_status(TENON_OK, pooltest_add_note(db, 4, "four"));
    ck_assert_str_eq(server_ask("SELECT count(*) FROM notes"), "2");
    give(pool, db);
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

/* --- Streams --- */

/* The stream is over for its owner, who still frees it; the connection is another's already. */
static void check_ended(pooltest_numbers *stream, int pid)
{
    db = take(pool);
    ck_assert_int_eq(pid_of(db), pid);
    ck_assert_ptr_null(pooltest_numbers_next(stream));
    ck_assert_int_eq(pooltest_numbers_end(stream), TENON_INVALID_ARGUMENT);
    pid_of(db);
    give(pool, db);
}

START_TEST(an_open_stream_ends_with_the_release)
{
    for (int in_transaction = 0; in_transaction < 2; in_transaction++) {
        db = take(pool);
        int pid = pid_of(db);
        if (in_transaction)
            ck_status(TENON_OK, tenon_begin(db, NULL));
        pooltest_numbers *stream = pooltest_numbers_begin(db, 100000);
        ck_assert_int_eq(*pooltest_numbers_next(stream), 1);
        give(pool, db);
        check_ended(stream, pid);
    }
}
END_TEST

START_TEST(a_stream_that_writes_has_written_or_not)
{
    for (int in_transaction = 0; in_transaction < 2; in_transaction++) {
        db = take(pool);
        if (in_transaction)
            ck_status(TENON_OK, tenon_begin(db, NULL));
        pooltest_copy_notes *stream = pooltest_copy_notes_begin(db, 10, 5000);
        ck_assert_int_eq(*pooltest_copy_notes_next(stream), 10);
        give(pool, db);
        ck_assert_int_eq(pooltest_copy_notes_end(stream), TENON_OK);
        ck_assert_str_eq(server_ask("SELECT count(*) FROM notes WHERE text = 'copy'"),
                         in_transaction ? "0" : "4991");
        server_ask("DELETE FROM notes WHERE text = 'copy'");
    }
}
END_TEST

START_TEST(streams_may_be_ended_late)
{
    db = take(pool);
    pooltest_numbers *read = pooltest_numbers_begin(db, 2), *open;
    while (pooltest_numbers_next(read) != NULL)
        continue;
    open = pooltest_numbers_begin(db, 100000);
    ck_assert_ptr_nonnull(pooltest_numbers_next(open));
    pooltest_numbers *refused = pooltest_numbers_begin(db, 2);
    terminate(
        atoi(server_ask("SELECT pid FROM pg_stat_activity WHERE query LIKE '%generate_series%' "
                        "AND pid <> pg_backend_pid() AND datname = current_database()")));
    while (pooltest_numbers_next(open) != NULL)
        continue;
    give(pool, db);
    ck_assert_int_eq(pooltest_numbers_end(read), TENON_OK);
    ck_assert_int_eq(pooltest_numbers_end(refused), TENON_INVALID_ARGUMENT);
    ck_assert_int_ne(pooltest_numbers_end(open), TENON_INVALID_ARGUMENT);
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
    ck_assert_int_eq(tenon_pool_close(pool, 20), TENON_TIMEOUT);
    pthread_join(thread, NULL);
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
    sleep_ms(50);
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
    tcase_add_test(tcase, an_open_transaction_is_rolled_back);
    tcase_add_test(tcase, open_savepoints_are_rolled_back);
    tcase_add_test(tcase, a_transaction_begun_by_hand_is_rolled_back);
    tcase_add_test(tcase, a_failed_transaction_is_rolled_back);
    tcase_add_test(tcase, a_transaction_without_a_statement_is_no_ones);
    tcase_add_test(tcase, a_connection_that_died_is_replaced);
    tcase_add_test(tcase, a_connection_is_released_once);
    tcase_add_test(tcase, a_lost_connection_is_released_once);
    tcase_add_test(tcase, a_connection_of_others_is_refused);
    tcase_add_test(tcase, an_open_stream_ends_with_the_release);
    tcase_add_test(tcase, a_stream_that_writes_has_written_or_not);
    tcase_add_test(tcase, streams_may_be_ended_late);
    tcase_add_test(tcase, closing_waits_for_users_and_turns_others_away);
    tcase_add_test(tcase, closing_ends_with_the_last_release);
    tcase_add_test(tcase, a_pool_may_be_destroyed_before_the_last_release);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
