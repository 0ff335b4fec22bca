/* Streams: rows one by one, ended at any point. */
#include <stdio.h>

#include <rt/accounts.h>
#include <rt/entries.h>
#include <rt/items.h>
#include <rt/probes.h>

#include "server.h"

#define SOON_MS 5000 /* far less than two billion rows take */

START_TEST(a_stream_delivers_every_row)
{
    const rt_count_to_row *row;
    char expected[32];
    int32_t n;

    for (int round = 0; round < 2; round++) { /* the second time it is prepared already */
        rt_count_to *stream = rt_count_to_begin(db, 1000);
        for (n = 0; (row = rt_count_to_next(stream)) != NULL;) {
            n++;
            ck_assert_int_eq(row->n, n);
            snprintf(expected, sizeof expected, "row %d", n);
            ck_assert_str_eq(row->label, expected);
            ck_assert_uint_eq(row->numbers.count, 2);
            ck_assert_int_eq(row->numbers.items[0], n);
        }
        ck_status(TENON_OK, rt_count_to_end(stream));
        ck_assert_int_eq(n, 1000);
    }
}
END_TEST

START_TEST(a_stream_without_rows_ends_at_once)
{
    rt_count_to *stream = rt_count_to_begin(db, 0);

    ck_assert_ptr_null(rt_count_to_next(stream));
    ck_assert_ptr_null(rt_count_to_next(stream));
    ck_status(TENON_OK, rt_count_to_end(stream));
}
END_TEST

START_TEST(an_error_behind_rows_is_reported_at_the_end)
{
    rt_count_to *stream = rt_count_to_begin(db, 60000);
    int32_t n = 0;

    while (rt_count_to_next(stream) != NULL)
        n++;
    ck_assert_int_eq(n, 49999);
    ck_status(TENON_SQL_ERROR, rt_count_to_end(stream));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "22012");
    ck_assert_str_eq(tenon_db_error(db)->query, "CountTo");
    ck_usable(db);
}
END_TEST

/* --- Early ends --- */

/* Takes so many rows of two billion and ends the stream, which has to be soon. */
static void take(int n_rows)
{
    double before = now_ms();
    rt_stream_numbers *stream = rt_stream_numbers_begin(db, 2000000000);

    for (int i = 1; i <= n_rows; i++) {
        const int32_t *n = rt_stream_numbers_next(stream);
        ck_assert_ptr_nonnull(n);
        ck_assert_int_eq(*n, i);
    }
    ck_status(TENON_OK, rt_stream_numbers_end(stream));
    ck_assert_double_lt(now_ms() - before, SOON_MS);
    ck_assert_int_eq(tenon_db_error(db)->status, TENON_OK);
}

START_TEST(a_stream_may_end_early)
{
    static const int counts[] = {1, 0, 500, 1};

    for (int i = 0; i < 4; i++) {
        take(counts[i]);
        ck_usable(db);
    }
    ck_assert(server_comes_to_rest(server_pid(db)));
}
END_TEST

START_TEST(a_stream_that_ends_early_leaves_its_transaction_alive)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    if (_i == 1)
        take(1); /* what begins the transaction */
    ck_status(TENON_OK, rt_set_accounts(db, 5));
    take(1);
    take(0);
    ck_status(TENON_OK, tenon_begin(db, NULL));
    take(300);
    ck_status(TENON_OK, tenon_commit(db));
    ck_status(TENON_OK,
              rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "behind the stream"}));
    ck_assert_int_eq(tenon_depth(db), 1);
    ck_status(TENON_OK, tenon_commit(db));
    ck_ask("SELECT sum(v) FROM account", "10");
    ck_ask("SELECT count(*) FROM entry", "1");
}
END_TEST

START_TEST(a_stream_is_whole_inside_of_a_transaction)
{
    int rows = 0;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    rt_stream_wide *wide =
        rt_stream_wide_begin(db, &(rt_stream_wide_params){.width = 100, .last = 5000});
    while (rt_stream_wide_next(wide) != NULL)
        rows++;
    ck_status(TENON_OK, rt_stream_wide_end(wide));
    ck_assert_int_eq(rows, 5000);
    rt_stream_items *items = rt_stream_items_begin(db, 1);
    for (rows = 0; rt_stream_items_next(items) != NULL; rows++)
        continue;
    ck_status(TENON_OK, rt_stream_items_end(items));
    ck_assert_int_eq(rows, 3);
    ck_status(TENON_OK, tenon_commit(db));
}
END_TEST

/* What guards a stream goes with the level that it was in, however that ends. */
START_TEST(a_stream_in_a_savepoint_leaves_nothing_to_the_level_around_it)
{
    int rows = 0;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    rt_stream_items *items = rt_stream_items_begin(db, 1);
    while (rt_stream_items_next(items) != NULL)
        rows++;
    ck_status(TENON_OK, rt_stream_items_end(items));
    ck_assert_int_eq(rows, 3);
    if (_i == 0)
        ck_status(TENON_OK, tenon_commit(db));
    else
        ck_status(TENON_OK, tenon_rollback(db));
    ck_status(TENON_OK,
              rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "behind the level"}));
    ck_status(TENON_OK, tenon_commit(db));
    ck_ask("SELECT count(*) FROM entry", "1");
}
END_TEST

/* Whether the server was still at it when the stream ended, or had sent all. */
START_TEST(a_stream_that_ends_early_leaves_no_savepoint)
{
    static const int counts[] = {2, 300, 2000000000};

    ck_status(TENON_OK, tenon_begin(db, NULL));
    rt_stream_numbers *stream = rt_stream_numbers_begin(db, counts[_i]);
    ck_assert_ptr_nonnull(rt_stream_numbers_next(stream));
    ck_status(TENON_OK, rt_stream_numbers_end(stream));
    ck_status(TENON_SQL_ERROR, tenon_exec(db, "RELEASE SAVEPOINT tenon_stream"));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "3B001");
    ck_status(TENON_OK, tenon_rollback(db));
}
END_TEST

START_TEST(an_error_of_a_stream_fails_its_transaction)
{
    int32_t n = 0;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    rt_count_to *stream = rt_count_to_begin(db, 60000);
    while (rt_count_to_next(stream) != NULL)
        n++;
    ck_assert_int_eq(n, 49999);
    ck_status(TENON_SQL_ERROR, rt_count_to_end(stream));
    ck_status(TENON_SQL_ERROR, tenon_commit(db));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "25P02");
    ck_usable(db);
}
END_TEST

/* Nothing of it may go in front of what ends the transaction, here one that was begun by hand. */
START_TEST(an_error_of_a_stream_leaves_the_rollback_alone)
{
    ck_status(TENON_OK, tenon_exec(db, "BEGIN"));
    rt_count_to *stream = rt_count_to_begin(db, 60000);
    while (rt_count_to_next(stream) != NULL)
        continue;
    ck_status(TENON_SQL_ERROR, rt_count_to_end(stream));
    ck_status(TENON_OK, tenon_exec(db, "ROLLBACK"));
    ck_usable(db);
}
END_TEST

/* To cancel a statement that writes would undo it. */
START_TEST(a_stream_of_a_write_is_read_to_its_end)
{
    rt_fill_entries *stream;

    if (_i % 2 == 1)
        ck_status(TENON_OK, tenon_begin(db, NULL));
    stream = rt_fill_entries_begin(db, 10000);
    if (_i < 2)
        ck_assert_ptr_nonnull(rt_fill_entries_next(stream));
    ck_status(TENON_OK, rt_fill_entries_end(stream));
    if (_i % 2 == 1)
        ck_status(TENON_OK, tenon_commit(db));
    ck_ask("SELECT count(*) FROM entry", "10000");
    ck_usable(db);
}
END_TEST

/* --- Deadlines --- */

START_TEST(each_wait_of_a_stream_has_its_own_deadline)
{
    const rt_stream_slowly_row *row;
    int n = 0;

    tenon_db_set_timeout(db, 1000);
    double before = now_ms();
    rt_stream_slowly *stream =
        rt_stream_slowly_begin(db, &(rt_stream_slowly_params){.last = 8, .pause = 0.2});
    while ((row = rt_stream_slowly_next(stream)) != NULL)
        ck_assert_int_eq(row->n, ++n);
    ck_status(TENON_OK, rt_stream_slowly_end(stream));
    ck_assert_int_eq(n, 8);
    ck_assert_double_gt(now_ms() - before, 1000);
}
END_TEST

START_TEST(a_wait_of_a_stream_ends_by_its_deadline)
{
    tenon_db_set_timeout(db, 200);
    double before = now_ms();
    rt_stream_slowly *stream =
        rt_stream_slowly_begin(db, &(rt_stream_slowly_params){.last = 2, .pause = 20});
    ck_assert_ptr_null(rt_stream_slowly_next(stream));
    ck_status(TENON_TIMEOUT, rt_stream_slowly_end(stream));
    ck_assert_double_lt(now_ms() - before, 3000);
}
END_TEST

START_TEST(a_stream_that_changes_client_encoding_fails_at_its_end)
{
    rt_stream_set *stream = rt_stream_set_begin(
        db, &(rt_stream_set_params){.name = "client_encoding", .value = "LATIN1", .times = 3});

    while (rt_stream_set_next(stream) != NULL)
        continue;
    ck_status(TENON_BAD_VALUE, rt_stream_set_end(stream));
    ck_status(TENON_OK, tenon_exec(db, "SET client_encoding = UTF8"));
    ck_usable(db);
}
END_TEST

/* --- Misuse --- */

START_TEST(the_connection_is_busy_meanwhile)
{
    static const rt_add_entries_params items[] = {{1, "a"}};
    static const rt_load_entries_params rows[] = {{1, "a"}};
    rt_stream_numbers *stream = rt_stream_numbers_begin(db, 10), *second;
    int32_t value;
    int64_t count;

    ck_assert_ptr_nonnull(rt_stream_numbers_next(stream));
    ck_status(TENON_INVALID_ARGUMENT, rt_seven(db, &value));
    ck_status(TENON_INVALID_ARGUMENT, tenon_begin(db, NULL));
    ck_status(TENON_INVALID_ARGUMENT, tenon_exec(db, "SELECT 1"));
    ck_status(TENON_INVALID_ARGUMENT, rt_add_entries(db, items, 1));
    ck_status(TENON_INVALID_ARGUMENT, rt_load_entries(db, rows, 1, &count));
    second = rt_stream_numbers_begin(db, 10);
    ck_assert_ptr_null(rt_stream_numbers_next(second));
    ck_status(TENON_INVALID_ARGUMENT, rt_stream_numbers_end(second));
    for (int n = 2; n <= 10; n++)
        ck_assert_int_eq(*rt_stream_numbers_next(stream), n);
    ck_assert_ptr_null(rt_stream_numbers_next(stream));
    ck_status(TENON_OK, rt_stream_numbers_end(stream));
    ck_usable(db);
    ck_ask("SELECT count(*) FROM entry", "0");
}
END_TEST

START_TEST(a_stream_that_could_not_begin_says_so_at_its_end)
{
    ck_assert_int_eq(rt_stream_numbers_end(NULL), TENON_OUT_OF_MEMORY);
    ck_assert_ptr_null(rt_stream_numbers_next(NULL));
    rt_stream_numbers *stream = rt_stream_numbers_begin(NULL, 1);
    ck_assert_ptr_null(rt_stream_numbers_next(stream));
    ck_assert_int_eq(rt_stream_numbers_end(stream), TENON_INVALID_ARGUMENT);
}
END_TEST

/* Its first row has come, but goes with the transaction. */
START_TEST(a_stream_gives_no_row_behind_its_transaction)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    rt_stream_numbers *stream = rt_stream_numbers_begin(db, 10);
    ck_status(TENON_OK, _i == 0 ? tenon_commit(db) : tenon_rollback(db));
    ck_assert_ptr_null(rt_stream_numbers_next(stream));
    ck_assert_int_eq(rt_stream_numbers_end(stream), TENON_INVALID_ARGUMENT);
    ck_usable(db);
}
END_TEST

START_TEST(a_stream_comes_back_after_discard_all)
{
    rt_stream_numbers *stream = rt_stream_numbers_begin(db, 1);

    ck_assert_ptr_nonnull(rt_stream_numbers_next(stream));
    ck_status(TENON_OK, rt_stream_numbers_end(stream));
    ck_status(TENON_OK, tenon_exec(db, "DISCARD ALL"));
    stream = rt_stream_numbers_begin(db, 2);
    ck_assert_ptr_nonnull(rt_stream_numbers_next(stream));
    ck_assert_ptr_nonnull(rt_stream_numbers_next(stream));
    ck_assert_ptr_null(rt_stream_numbers_next(stream));
    ck_status(TENON_OK, rt_stream_numbers_end(stream));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stream");
    TCase *tcase = tcase_create("all");

    server_init("stream");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_stream_delivers_every_row);
    tcase_add_test(tcase, a_stream_without_rows_ends_at_once);
    tcase_add_test(tcase, an_error_behind_rows_is_reported_at_the_end);
    tcase_add_test(tcase, a_stream_may_end_early);
    tcase_add_loop_test(tcase, a_stream_that_ends_early_leaves_its_transaction_alive, 0, 2);
    tcase_add_test(tcase, a_stream_is_whole_inside_of_a_transaction);
    tcase_add_loop_test(tcase, a_stream_in_a_savepoint_leaves_nothing_to_the_level_around_it, 0, 2);
    tcase_add_loop_test(tcase, a_stream_that_ends_early_leaves_no_savepoint, 0, 3);
    tcase_add_test(tcase, an_error_of_a_stream_fails_its_transaction);
    tcase_add_test(tcase, an_error_of_a_stream_leaves_the_rollback_alone);
    tcase_add_loop_test(tcase, a_stream_of_a_write_is_read_to_its_end, 0, 4);
    tcase_add_test(tcase, each_wait_of_a_stream_has_its_own_deadline);
    tcase_add_test(tcase, a_wait_of_a_stream_ends_by_its_deadline);
    tcase_add_test(tcase, a_stream_that_changes_client_encoding_fails_at_its_end);
    tcase_add_test(tcase, the_connection_is_busy_meanwhile);
    tcase_add_test(tcase, a_stream_that_could_not_begin_says_so_at_its_end);
    tcase_add_loop_test(tcase, a_stream_gives_no_row_behind_its_transaction, 0, 2);
    tcase_add_test(tcase, a_stream_comes_back_after_discard_all);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
