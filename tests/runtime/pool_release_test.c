/* What a user leaves under way when he gives a connection back: transactions and streams. */
#include <stdlib.h>

#include "pool_support.h"

static tenon_pool *pool;

static void setup(void)
{
    pool = pool_of(&(tenon_pool_options){.max_connections = 1});
    db = NULL;
    server_ask("TRUNCATE notes; INSERT INTO notes VALUES (1, 'one')");
}

static void teardown(void)
{
    tenon_pool_destroy(pool);
}

/* The row that its user had locked is free, and what the next user does is not part of it. */
static void check_rolled_back(int pid)
{
    ck_assert_str_eq(server_ask("SELECT id FROM notes WHERE id = 1 FOR UPDATE NOWAIT"), "1");
    db = take(pool);
    ck_assert_int_eq(pid_of(db), pid);
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_status(TENON_OK,
              pooltest_add_note(db, &(pooltest_add_note_params){.id = 3, .text = "mine"}));
    ck_assert_str_eq(server_ask("SELECT string_agg(id::text, ' ') FROM notes"), "1 3");
    give(pool, db);
}

static int lock_and_write(tenon_db *on)
{
    int32_t id;

    ck_assert_int_eq(pooltest_lock_note(on, 1, &id), TENON_OK);
    ck_assert_int_eq(
        pooltest_add_note(on, &(pooltest_add_note_params){.id = 2, .text = "not mine"}), TENON_OK);
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
    ck_status(TENON_UNIQUE_VIOLATION,
              pooltest_add_note(db, &(pooltest_add_note_params){.id = 1, .text = "again"}));
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
    ck_status(TENON_OK,
              pooltest_add_note(db, &(pooltest_add_note_params){.id = 4, .text = "four"}));
    ck_assert_str_eq(server_ask("SELECT count(*) FROM notes"), "2");
    give(pool, db);
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
        pooltest_copy_notes *stream =
            pooltest_copy_notes_begin(db, &(pooltest_copy_notes_params){.first = 10, .last = 5000});
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

int main(void)
{
    Suite *suite = suite_create("pool_release");
    TCase *tcase = tcase_create("all");

    pool_init("pool_release");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, an_open_transaction_is_rolled_back);
    tcase_add_test(tcase, open_savepoints_are_rolled_back);
    tcase_add_test(tcase, a_transaction_begun_by_hand_is_rolled_back);
    tcase_add_test(tcase, a_failed_transaction_is_rolled_back);
    tcase_add_test(tcase, a_transaction_without_a_statement_is_no_ones);
    tcase_add_test(tcase, an_open_stream_ends_with_the_release);
    tcase_add_test(tcase, a_stream_that_writes_has_written_or_not);
    tcase_add_test(tcase, streams_may_be_ended_late);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
