/* Answers to batches, COPY, streams and texts without parameters that are not what those wait for:
 * none is taken for a success, and what has happened is not said to be known when it is not. */
#include <check.h>
#include <string.h>

#include <libpq-fe.h>

#include <rt/entries.h>
#include <rt/items.h>
#include <rt/probes.h>

#include "lied_to.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

/* --- Batches --- */

static const rt_echo_each_params three[] = {{"a"}, {"b"}, {"c"}};

/* Answers to these, of which one is a number, and one changes client_encoding; -1: none. */
static void meet_with_texts(int number, int change)
{
    script_plain(&script, '1');
    for (int i = 0; i < 3; i++) {
        script_plain(&script, '2');
        script_column(&script, "value", i == number ? 23 : 25, 1);
        script_value(&script, 1, three[i].value, 1);
        if (i == change)
            script_parameter(&script, "client_encoding", "LATIN1");
        script_complete(&script, "SELECT 1");
    }
    script_ready(&script);
    lied_to_connect(NULL);
}

START_TEST(each_result_of_a_batch_has_its_own_types)
{
    rt_echo_each_list texts;

    meet_with_texts(_i, -1);
    ck_status(TENON_SCHEMA_MISMATCH, rt_echo_each(db, mem, three, 3, &texts));
    ck_assert_uint_eq(tenon_db_error(db)->item, (size_t)_i);
    ck_assert(tenon_db_is_open(db));
}
END_TEST

/* Servers before 14 tell of a change at once. What is left of the batch is read. */
START_TEST(a_batch_that_changes_client_encoding_is_read_to_its_end)
{
    rt_echo_each_list texts;

    meet_with_texts(-1, _i);
    ck_status(TENON_BAD_VALUE, rt_echo_each(db, mem, three, 3, &texts));
    ck_assert_int_eq(PQtransactionStatus(tenon_db_conn(db)), PQTRANS_IDLE);
    ck_status(TENON_INVALID_ARGUMENT, rt_echo_each(db, mem, three, 3, &texts));
}
END_TEST

/* Ready, in a transaction. */
static void script_state(char state)
{
    size_t begin = script_begin(&script, 'Z');

    script_byte(&script, state);
    script_end(&script, begin);
}

static void script_failed(const char *sqlstate)
{
    script_error(&script, "ERROR", sqlstate, "no");
    script_state('E');
}

/* What could not be undone must not be committed by what comes next. */
START_TEST(a_judged_batch_that_cannot_be_rolled_back_closes_the_connection)
{
    static const rt_insert_entries_params items[] = {{1, "a"}, {2, "b"}};
    rt_insert_entries_list ids;

    script_bound(&script); /* BEGIN */
    script_plain(&script, 'n');
    script_complete(&script, "BEGIN");
    script_plain(&script, '1');
    script_failed("23505");
    script.second_from = script.length;
    script_failed("XX000"); /* ROLLBACK */
    lied_to_connect(NULL);
    ck_status(TENON_UNIQUE_VIOLATION, rt_insert_entries(db, mem, items, 2, &ids));
    ck_effect(TENON_EFFECT_NONE);
    ck_assert(!tenon_db_is_open(db));
}
END_TEST

/* Answers what columns there are; what follows is for COPY. */
static void script_columns_of_copy(void)
{
    script_plain(&script, '1');
    size_t begin = script_begin(&script, 't');
    script_int16(&script, 0);
    script_end(&script, begin);
    begin = script_begin(&script, 'T');
    script_int16(&script, 2);
    script_field(&script, "id", 23, 0);
    script_field(&script, "note", 25, 0);
    script_end(&script, begin);
    script_ready(&script);
    script.second_from = script.length;
}

static tenon_status run_copy(void)
{
    static const rt_load_entries_params rows[] = {{1, "a"}, {2, "b"}};
    int64_t count;

    return rt_load_entries(db, rows, 2, &count);
}

START_TEST(a_copy_that_is_not_said_to_be_complete_has_failed)
{
    script_columns_of_copy();
    size_t begin = script_begin(&script, 'G');
    script_byte(&script, 1);
    script_int16(&script, 2);
    script_int32(&script, 0x10001); /* both are binary */
    script_end(&script, begin);
    if (_i == 1)
        script_complete(&script, "INSERT 0 2");
    script_ready(&script);
    lied_to_connect(NULL);
    ck_status(TENON_PROTOCOL_VIOLATION, run_copy());
    ck_effect(TENON_EFFECT_UNKNOWN);
    ck_assert(!tenon_db_is_open(db));
}
END_TEST

/* No row has left. */
START_TEST(a_copy_that_the_server_does_not_begin_has_no_effect)
{
    script_columns_of_copy();
    script_complete(&script, "COPY 0");
    script_ready(&script);
    lied_to_connect(NULL);
    ck_status(TENON_SCHEMA_MISMATCH, run_copy());
    ck_effect(TENON_EFFECT_NONE);
    ck_assert(!tenon_db_is_open(db));
}
END_TEST

START_TEST(a_stream_gives_no_row_in_another_encoding)
{
    int n_rows = 0;

    script_int4_column(&script);
    script_value(&script, 4, "\0\0\0\1", 4);
    script_parameter(&script, "client_encoding", "LATIN1");
    script_value(&script, 4, "\0\0\0\2", 4);
    script_complete(&script, "SELECT 2");
    script_ready(&script);
    lied_to_connect(NULL);
    rt_stream_numbers *stream = rt_stream_numbers_begin(db, 2);
    while (rt_stream_numbers_next(stream) != NULL)
        n_rows++;
    ck_status(TENON_BAD_VALUE, rt_stream_numbers_end(stream));
    ck_assert_int_eq(n_rows, 1);
}
END_TEST

/* Without a name nothing can be cancelled: the rest is read, and what is said there is no news. */
START_TEST(the_first_failure_of_a_stream_is_the_one_that_is_told)
{
    const tenon_db_options options = {.unnamed = true};

    script_int4_column(&script);
    script_value(&script, 3, "\0\0\1", 3);
    script_error(&script, "ERROR", "22012", "and then");
    script_ready(&script);
    lied_to_connect(&options);
    rt_stream_numbers *stream = rt_stream_numbers_begin(db, 2);
    ck_assert_ptr_null(rt_stream_numbers_next(stream));
    ck_status(TENON_BAD_VALUE, rt_stream_numbers_end(stream));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "");
}
END_TEST

/* Of what is allocated from here on. */
static void count_leaks(bool counted)
{
#ifdef __SANITIZE_ADDRESS__
    if (counted)
        __lsan_enable();
    else
        __lsan_disable();
#else
    (void)counted;
#endif
}

/* Where a Sync follows without CommandComplete, libpq puts its result in the place of the rows'
 * description, which nobody frees then (fe-protocol3.c, pqParseInput3). */
START_TEST(a_stream_that_is_not_said_to_be_complete_has_failed)
{
    const int32_t *n;

    count_leaks(false);
    script_int4_column(&script);
    script_value(&script, 4, "\0\0\0\1", 4);
    script_ready(&script);
    lied_to_connect(NULL);
    rt_stream_numbers *stream = rt_stream_numbers_begin(db, 2);
    while ((n = rt_stream_numbers_next(stream)) != NULL)
        ck_assert_int_eq(*n, 1);
    ck_status(TENON_PROTOCOL_VIOLATION, rt_stream_numbers_end(stream));
    ck_assert(!tenon_db_is_open(db));
    count_leaks(true);
}
END_TEST

static void script_refusal(const char *sqlstate, const char *function)
{
    size_t begin = script_begin(&script, 'E');

    script_byte(&script, 'S');
    script_text(&script, "ERROR");
    script_byte(&script, 'C');
    script_text(&script, sqlstate);
    script_byte(&script, 'R');
    script_text(&script, function);
    script_byte(&script, 0);
    script_end(&script, begin);
    script_ready(&script);
}

/* It is there when it is prepared, and is not when it is executed: a third attempt would hear no
 * more. */
START_TEST(a_statement_is_tried_again_but_once)
{
    int32_t value;

    script_refusal("42P05", "StorePreparedStatement");
    script.second_from = script.length;
    script_refusal("26000", "FetchPreparedStatement");
    lied_to_connect(NULL);
    tenon_db_set_timeout(db, 5000);
    ck_status(TENON_SQL_ERROR, rt_seven(db, &value));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "26000");
}
END_TEST

/* --- Text without parameters --- */

static void script_seven(void)
{
    script_int4_column(&script);
    script_value(&script, 4, "\0\0\0\7", 4);
    script_complete(&script, "SELECT 1");
}

START_TEST(a_text_that_is_not_answered_has_not_succeeded)
{
    int32_t value;

    script_seven();
    script_ready(&script);
    script.second_from = script.length;
    script_ready(&script);
    lied_to_connect(NULL);
    ck_status(TENON_OK, rt_seven(db, &value));
    ck_status(TENON_PROTOCOL_VIOLATION, tenon_exec(db, "DELETE FROM entry"));
    ck_effect(TENON_EFFECT_UNKNOWN);
    ck_assert(!tenon_db_is_open(db));
}
END_TEST

/* Ready, but in a state that there is not. */
START_TEST(a_text_without_an_end_that_is_understood_has_not_succeeded)
{
    int32_t value;

    script_seven();
    script_ready(&script);
    script.second_from = script.length;
    script_complete(&script, "DELETE 1");
    script_state('?');
    lied_to_connect(NULL);
    ck_status(TENON_OK, rt_seven(db, &value));
    ck_status(TENON_CONNECTION_LOST, tenon_exec(db, "DELETE FROM entry"));
    ck_effect(TENON_EFFECT_UNKNOWN);
    ck_assert(!tenon_db_is_open(db));
}
END_TEST

START_TEST(a_commit_that_is_answered_by_something_else_is_unknown)
{
    int32_t value;

    script_bound(&script); /* BEGIN */
    script_plain(&script, 'n');
    script_complete(&script, "BEGIN");
    script_seven();
    script_state('T');
    script.second_from = script.length;
    script_complete(&script, "PREPARE TRANSACTION");
    script_ready(&script);
    lied_to_connect(NULL);
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_seven(db, &value));
    ck_status(TENON_COMMIT_UNKNOWN, tenon_commit(db));
    ck_effect(TENON_EFFECT_UNKNOWN);
    ck_assert(!tenon_db_is_open(db));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lying answers");
    TCase *tcase = tcase_create("all");

    tcase_add_checked_fixture(tcase, lied_to_setup, lied_to_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, each_result_of_a_batch_has_its_own_types, 0, 3);
    tcase_add_loop_test(tcase, a_batch_that_changes_client_encoding_is_read_to_its_end, 0, 3);
    tcase_add_test(tcase, a_judged_batch_that_cannot_be_rolled_back_closes_the_connection);
    tcase_add_loop_test(tcase, a_copy_that_is_not_said_to_be_complete_has_failed, 0, 2);
    tcase_add_test(tcase, a_copy_that_the_server_does_not_begin_has_no_effect);
    tcase_add_test(tcase, a_stream_gives_no_row_in_another_encoding);
    tcase_add_test(tcase, the_first_failure_of_a_stream_is_the_one_that_is_told);
    tcase_add_test(tcase, a_stream_that_is_not_said_to_be_complete_has_failed);
    tcase_add_test(tcase, a_text_that_is_not_answered_has_not_succeeded);
    tcase_add_test(tcase, a_statement_is_tried_again_but_once);
    tcase_add_test(tcase, a_text_without_an_end_that_is_understood_has_not_succeeded);
    tcase_add_test(tcase, a_commit_that_is_answered_by_something_else_is_unknown);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
