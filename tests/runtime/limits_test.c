/* Limits: what one call may take, of parameters and of an answer. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <rt/accounts.h>
#include <rt/entries.h>
#include <rt/every.h>
#include <rt/probes.h>

#include "server.h"

static char *text_of(size_t length)
{
    char *text = malloc(length + 1);

    memset(text, 'x', length);
    text[length] = '\0';
    return text;
}

static void limit(tenon_limits limits)
{
    tenon_db_set_limits(db, limits);
}

START_TEST(limits_are_set_and_told)
{
    const tenon_limits first = {.max_rows = 5, .max_bytes = 6, .max_param_bytes = 7};

    tenon_db_set_limits(db, first);
    tenon_limits before = tenon_db_set_limits(db, (tenon_limits){0});
    ck_assert_int_eq(before.max_rows, 5);
    ck_assert_int_eq(before.max_bytes, 6);
    ck_assert_int_eq(before.max_param_bytes, 7);
}
END_TEST

START_TEST(limits_can_be_options)
{
    const tenon_db_options options = {.limits = {.max_rows = 2}};
    rt_list_numbers_list numbers;
    tenon_db *other;

    ck_status(TENON_OK, tenon_db_open(server_conninfo, &options, &other));
    ck_assert_int_eq(rt_list_numbers(other, mem, 2, &numbers), TENON_OK);
    ck_assert_int_eq(rt_list_numbers(other, mem, 3, &numbers), TENON_TOO_LARGE);
    tenon_db_close(other);
}
END_TEST

/* After it the connection works on, or is lost and says so. */
static void ck_defined(void)
{
    if (tenon_db_is_open(db))
        ck_usable(db);
    else
        ck_status(TENON_CONNECTION_LOST, tenon_exec(db, "SELECT 1"));
}

START_TEST(an_answer_of_too_many_rows_is_too_large)
{
    rt_list_numbers_list numbers;

    limit((tenon_limits){.max_rows = 10});
    ck_status(TENON_OK, rt_list_numbers(db, mem, 10, &numbers));
    ck_assert_uint_eq(numbers.count, 10);
    ck_status(TENON_TOO_LARGE, rt_list_numbers(db, mem, 11, &numbers));
    ck_assert_str_eq(tenon_db_error(db)->query, "ListNumbers");
    ck_assert_ptr_nonnull(strstr(tenon_db_error(db)->message, "ListNumbers"));
    ck_defined();
}
END_TEST

START_TEST(an_answer_without_end_is_left_soon)
{
    rt_list_numbers_list numbers;

    limit((tenon_limits){.max_bytes = 100000});
    double before = now_ms();
    ck_status(TENON_TOO_LARGE, rt_list_numbers(db, mem, 2000000000, &numbers));
    ck_assert_double_lt(now_ms() - before, 5000);
    ck_defined();
}
END_TEST

/* What is on its way when the statement is cancelled is read and thrown away. The server has a
 * tenth of a second for it, so that on a busy machine not every connection is kept. */
START_TEST(an_answer_without_end_need_not_cost_the_connection)
{
    rt_list_numbers_list numbers;
    int n_kept = 0;

    for (int i = 0; i < 20 && n_kept == 0; i++) {
        server_teardown();
        server_setup();
        limit((tenon_limits){.max_bytes = 100000});
        ck_status(TENON_TOO_LARGE, rt_list_numbers(db, mem, 2000000000, &numbers));
        n_kept += tenon_db_is_open(db);
    }
    ck_assert_int_gt(n_kept, 0);
    ck_usable(db);
}
END_TEST

/* In spite of the request to cancel it the one ends well, and the other goes on. */
static const char *const stubborn[] = {
    "DO $$ BEGIN"
    "  FOR i IN 1..2000 LOOP RAISE NOTICE '%', repeat('x', 8000); PERFORM pg_sleep(0.01); END LOOP;"
    "EXCEPTION WHEN query_canceled THEN NULL; END $$",
    "DO $$ BEGIN FOR i IN 1..2000 LOOP BEGIN"
    "  RAISE NOTICE '%', repeat('x', 8000); PERFORM pg_sleep(0.01);"
    "EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$"};

START_TEST(an_answer_that_cannot_be_stopped_is_too_large)
{
    int32_t one;

    limit((tenon_limits){.max_bytes = 100000});
    ck_status(TENON_TOO_LARGE, rt_run(db, stubborn[_i], &one));
    ck_assert_str_eq(tenon_db_error(db)->query, "Run");
}
END_TEST

/* The limit is no exact one: what libpq reads at a time is more than a message. */
START_TEST(an_answer_of_too_many_bytes_is_too_large)
{
    char *text = text_of(8 << 20);
    const char *value;

    limit((tenon_limits){.max_bytes = 16 << 20});
    ck_status(TENON_OK, rt_echo(db, mem, text, &value));
    limit((tenon_limits){.max_bytes = 1 << 20});
    ck_status(TENON_TOO_LARGE, rt_echo(db, mem, text, &value));
    ck_assert_str_eq(tenon_db_error(db)->query, "Echo");
    ck_defined();
    free(text);
}
END_TEST

/* Small answers are counted by what their rows had on the wire, not by what libpq makes of them:
 * 15 bytes each here. */
START_TEST(an_answer_of_many_small_rows_counts_as_it_came)
{
    rt_list_numbers_list numbers;

    limit((tenon_limits){.max_bytes = 15 * 200});
    ck_status(TENON_OK, rt_list_numbers(db, mem, 200, &numbers));
    ck_status(TENON_TOO_LARGE, rt_list_numbers(db, mem, 201, &numbers));
    ck_assert_ptr_nonnull(strstr(tenon_db_error(db)->message, "more than 3000 bytes"));
    ck_usable(db);
    limit((tenon_limits){.max_bytes = TENON_NO_LIMIT});
    ck_status(TENON_OK, rt_list_numbers(db, mem, 201, &numbers));
}
END_TEST

START_TEST(each_part_of_a_stream_counts_alone)
{
    limit((tenon_limits){.max_bytes = 1 << 20});
    rt_fill_entries *stream = rt_fill_entries_begin(db, 10000);
    while (rt_fill_entries_next(stream) != NULL)
        continue;
    ck_status(TENON_OK, rt_fill_entries_end(stream));
    ck_ask("SELECT count(*) FROM entry", "10000");
}
END_TEST

START_TEST(a_stream_may_be_longer_than_the_limit)
{
    int rows = 0;

    limit((tenon_limits){.max_bytes = 1 << 20});
    rt_stream_wide *stream =
        rt_stream_wide_begin(db, &(rt_stream_wide_params){.width = 1000, .last = 5000});
    while (rt_stream_wide_next(stream) != NULL)
        rows++;
    ck_status(TENON_OK, rt_stream_wide_end(stream));
    ck_assert_int_eq(rows, 5000);
}
END_TEST

/* A write is not cancelled, and its rows are not kept. */
START_TEST(what_is_read_behind_the_end_of_a_stream_has_no_limit)
{
    limit((tenon_limits){.max_bytes = 100000});
    rt_fill_entries *stream = rt_fill_entries_begin(db, 10000);
    ck_assert_ptr_nonnull(rt_fill_entries_next(stream));
    ck_status(TENON_OK, rt_fill_entries_end(stream));
    ck_ask("SELECT count(*) FROM entry", "10000");
    ck_usable(db);
}
END_TEST

START_TEST(a_row_of_a_stream_may_be_too_large)
{
    limit((tenon_limits){.max_bytes = 1 << 16});
    rt_stream_wide *stream =
        rt_stream_wide_begin(db, &(rt_stream_wide_params){.width = 8 << 20, .last = 2});
    ck_assert_ptr_null(rt_stream_wide_next(stream));
    ck_status(TENON_TOO_LARGE, rt_stream_wide_end(stream));
    ck_assert_str_eq(tenon_db_error(db)->query, "StreamWide");
    ck_defined();
}
END_TEST

/* --- Parameters --- */

static void ck_refused(tenon_status status)
{
    ck_assert_msg(status == TENON_TOO_LARGE || status == TENON_INVALID_ARGUMENT, "%s: %s",
                  tenon_status_name(status), tenon_db_error(db)->message);
    ck_effect(TENON_EFFECT_NONE);
    ck_assert(tenon_db_is_open(db));
    ck_usable(db);
}

static void warm_up(bool wanted)
{
    rt_echo_both_row both;

    if (wanted) {
        ck_status(
            TENON_OK,
            rt_echo_both(db, mem, &(rt_echo_both_params){.first = "a", .second = "b"}, &both));
        ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = -1, .note = "warm"}));
    }
}

START_TEST(parameters_together_have_a_limit)
{
    char *text = text_of(6000);
    rt_echo_both_row both;

    warm_up(_i == 1);
    limit((tenon_limits){.max_param_bytes = 10000});
    ck_status(
        TENON_OK,
        rt_echo_both(db, mem, &(rt_echo_both_params){.first = text, .second = "short"}, &both));
    ck_refused(rt_echo_both(db, mem, &(rt_echo_both_params){.first = text, .second = text}, &both));
    ck_status(
        TENON_OK,
        rt_echo_both(db, mem, &(rt_echo_both_params){.first = text, .second = "short"}, &both));
    free(text);
}
END_TEST

/* Each parameter with the four bytes of its length: two texts, then two items of a number and one.
 */
START_TEST(parameters_are_counted_to_the_byte)
{
    char *text = text_of(992);
    rt_echo_both_row both;
    const rt_add_entries_params items[] = {{1, text}, {2, text}};

    warm_up(_i == 1);
    limit((tenon_limits){.max_param_bytes = 2 * 996});
    ck_status(TENON_OK,
              rt_echo_both(db, mem, &(rt_echo_both_params){.first = text, .second = text}, &both));
    limit((tenon_limits){.max_param_bytes = 2 * 996 - 1});
    ck_refused(rt_echo_both(db, mem, &(rt_echo_both_params){.first = text, .second = text}, &both));
    limit((tenon_limits){.max_param_bytes = 2 * (8 + 996)});
    ck_status(TENON_OK, rt_add_entries(db, items, 2));
    limit((tenon_limits){.max_param_bytes = 2 * (8 + 996) - 1});
    ck_refused(rt_add_entries(db, items, 2));
    ck_ask("SELECT count(*) FROM entry WHERE id > 0", "2");
    free(text);
}
END_TEST

START_TEST(a_refused_parameter_does_not_fail_the_transaction)
{
    char *text = text_of(20000);

    warm_up(_i == 1);
    limit((tenon_limits){.max_param_bytes = 10000});
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "kept"}));
    ck_refused(rt_add_entry(db, &(rt_add_entry_params){.id = 2, .note = text}));
    ck_status(TENON_OK, tenon_commit(db));
    ck_ask("SELECT count(*) FROM entry WHERE id > 0", "1");
    free(text);
}
END_TEST

/* Each alone would pass. The pages are never touched when they are refused as they should be. */
START_TEST(parameters_that_no_server_takes_are_refused)
{
    const size_t length = (size_t)600 << 20;
    int32_t sum;

    if (_i == 1)
        ck_status(TENON_OK,
                  rt_length_of_both(db,
                                    &(rt_length_of_both_params){
                                        .first = (tenon_bytes){(const unsigned char *)"", 0},
                                        .second = (tenon_bytes){(const unsigned char *)"", 0}},
                                    &sum));
    limit((tenon_limits){.max_param_bytes = TENON_NO_LIMIT});
    int zeros = open("/dev/zero", O_RDONLY);
    void *pages = mmap(NULL, length, PROT_READ, MAP_PRIVATE, zeros, 0);
    ck_assert_ptr_ne(pages, MAP_FAILED);
    const tenon_bytes bytes = {pages, length};
    ck_refused(
        rt_length_of_both(db, &(rt_length_of_both_params){.first = bytes, .second = bytes}, &sum));
    munmap(pages, length);
    close(zeros);
}
END_TEST

/* What is checked behind them tells that they have passed, before they are touched. */
START_TEST(each_item_of_a_batch_is_a_message_of_its_own)
{
    const tenon_db_options options = {.checks_params = true,
                                      .limits.max_param_bytes = TENON_NO_LIMIT};
    const size_t length = (size_t)600 << 20;
    rt_add_everies_params items[2] = {{.id = 1}, {.id = 2}};
    tenon_db *other;

    int zeros = open("/dev/zero", O_RDONLY);
    void *pages = mmap(NULL, length, PROT_READ, MAP_PRIVATE, zeros, 0);
    ck_assert_ptr_ne(pages, MAP_FAILED);
    items[0].v_bytea = (tenon_opt_bytes)TENON_SOME({pages, length});
    items[1].v_bytea = items[0].v_bytea;
    server_ask("ALTER TABLE every ALTER v_text TYPE integer USING NULL");
    ck_status(TENON_OK, tenon_db_open(server_conninfo, &options, &other));
    ck_assert_int_eq(rt_add_everies(other, items, 2), TENON_SCHEMA_MISMATCH);
    tenon_db_close(other);
    munmap(pages, length);
    close(zeros);
}
END_TEST

START_TEST(a_batch_of_too_many_bytes_stores_nothing)
{
    char *text = text_of(6000);
    const rt_add_entries_params items[] = {{1, text}, {2, text}};

    warm_up(_i == 1);
    limit((tenon_limits){.max_param_bytes = 10000});
    ck_refused(rt_add_entries(db, items, 2));
    ck_ask("SELECT count(*) FROM entry WHERE id > 0", "0");
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("limits");
    TCase *tcase = tcase_create("all");

    server_init("limits");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, limits_are_set_and_told);
    tcase_add_test(tcase, limits_can_be_options);
    tcase_add_test(tcase, an_answer_of_too_many_rows_is_too_large);
    tcase_add_test(tcase, an_answer_without_end_is_left_soon);
    tcase_add_test(tcase, an_answer_without_end_need_not_cost_the_connection);
    tcase_add_loop_test(tcase, an_answer_that_cannot_be_stopped_is_too_large, 0, 2);
    tcase_add_test(tcase, an_answer_of_too_many_bytes_is_too_large);
    tcase_add_test(tcase, an_answer_of_many_small_rows_counts_as_it_came);
    tcase_add_test(tcase, each_part_of_a_stream_counts_alone);
    tcase_add_test(tcase, a_stream_may_be_longer_than_the_limit);
    tcase_add_test(tcase, what_is_read_behind_the_end_of_a_stream_has_no_limit);
    tcase_add_test(tcase, a_row_of_a_stream_may_be_too_large);
    tcase_add_loop_test(tcase, parameters_together_have_a_limit, 0, 2);
    tcase_add_loop_test(tcase, parameters_are_counted_to_the_byte, 0, 2);
    tcase_add_loop_test(tcase, a_refused_parameter_does_not_fail_the_transaction, 0, 2);
    tcase_add_loop_test(tcase, parameters_that_no_server_takes_are_refused, 0, 2);
    tcase_add_test(tcase, each_item_of_a_batch_is_a_message_of_its_own);
    tcase_add_loop_test(tcase, a_batch_of_too_many_bytes_stores_nothing, 0, 2);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
