/* What a server that is broken, or means harm, can send: every answer has a status that is
 * expected, none is taken for a value, and no call outlives its deadline. */
#include <check.h>
#include <string.h>

#include <libpq-fe.h>

#include <rt/entries.h>
#include <rt/items.h>
#include <rt/probes.h>

#include "lies.h"
#include "server.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#define DEADLINE_MS 300
#define SLACK_MS 1500 /* on a machine that is busy with other things */

static struct script script;
static struct fake_server server;

static void setup(void)
{
    memset(&script, 0, sizeof script);
    mem = tenon_arena_create();
    db = NULL;
}

static void teardown(void)
{
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    fake_server_stop(&server);
}

static void meet(void (*write)(struct script *s), bool unnamed)
{
    const tenon_db_options options = {.timeout_ms = DEADLINE_MS, .unnamed = unnamed};

    write(&script);
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, &options, &db));
}

/* Both with names and without. */
START_TEST(a_lie_is_found_out)
{
    const struct lie *lie = &lies[_i / 2];
    int32_t value = -1;

    meet(lie->write, _i % 2 == 1);
    double before = now_ms();
    tenon_status status = rt_seven(db, &value);
    double took = now_ms() - before;
    ck_assert_msg(status == lie->status, "%s: %s: %s", lie->name, tenon_status_name(status),
                  tenon_db_error(db)->message);
    ck_assert_msg(took < DEADLINE_MS + SLACK_MS, "%s: %g ms", lie->name, took);
    ck_assert_msg(tenon_db_is_open(db) == lie->survives, "%s", lie->name);
    if (status == TENON_OK)
        ck_assert_int_eq(value, 7);
    else
        ck_assert_str_ne(tenon_db_error(db)->message, "");
    if (!lie->survives)
        ck_assert_int_eq(rt_seven(db, &value), TENON_CONNECTION_LOST);
}
END_TEST

START_TEST(a_flood_ends_with_the_deadline)
{
    int32_t value = -1;

    meet(floods[_i].write, false);
    double before = now_ms();
    tenon_status status = rt_seven(db, &value);
    double took = now_ms() - before;
    ck_assert_int_ne(status, TENON_OK);
    ck_assert_msg(took < DEADLINE_MS + SLACK_MS, "%s: %g ms", floods[_i].name, took);
    ck_assert_msg(!tenon_db_is_open(db), "%s", floods[_i].name);
}
END_TEST

/* --- Other commands than the one that the answers are for --- */

static tenon_status run_exec(void)
{
    return rt_add_entry(db, 1, "a");
}

static tenon_status run_many(void)
{
    rt_item_row_list list;

    return rt_list_items(db, mem, 1, &list);
}

static tenon_status run_stream(void)
{
    rt_stream_numbers *stream = rt_stream_numbers_begin(db, 10);

    while (rt_stream_numbers_next(stream) != NULL)
        continue;
    return rt_stream_numbers_end(stream);
}

static tenon_status run_batch(void)
{
    static const rt_insert_entries_params items[] = {{1, "a"}, {2, "b"}};
    rt_insert_entries_list ids;

    return rt_insert_entries(db, mem, items, 2, &ids);
}

static tenon_status run_copy(void)
{
    static const rt_load_entries_params rows[] = {{1, "a"}, {2, "b"}};
    int64_t count;

    return rt_load_entries(db, rows, 2, &count);
}

static tenon_status run_transaction(void)
{
    int32_t value;
    tenon_status status = tenon_begin(db, NULL);

    if (status == TENON_OK)
        status = rt_seven(db, &value);
    tenon_status end = tenon_commit(db);
    return status == TENON_OK ? end : status;
}

static tenon_status (*const commands[])(void) = {run_exec,  run_many, run_stream,
                                                 run_batch, run_copy, run_transaction};
#define N_COMMANDS (int)(sizeof commands / sizeof *commands)

/* The few that are an answer to another command as well. */
static bool answers(int command, const char *lie)
{
    static const struct {
        tenon_status (*command)(void);
        const char *lie;
    } fitting[] = {{run_stream, "honest"},
                   {run_stream, "notices"},
                   {run_exec, "no data"},
                   {run_exec, "no columns"}};

    for (size_t i = 0; i < sizeof fitting / sizeof *fitting; i++)
        if (fitting[i].command == commands[command] && strcmp(fitting[i].lie, lie) == 0)
            return true;
    return false;
}

/* Each of these hears an answer to something else: none may take it for its own, or wait longer
 * than for two turns. */
START_TEST(no_command_believes_the_answer_to_another)
{
    const struct lie *lie = &lies[_i / N_COMMANDS];

    meet(lie->write, false);
    double before = now_ms();
    tenon_status status = commands[_i % N_COMMANDS]();
    double took = now_ms() - before;
    bool fits = answers(_i % N_COMMANDS, lie->name);
    ck_assert_msg(fits || status != TENON_OK, "%s", lie->name);
    ck_assert_msg(took < 3 * DEADLINE_MS + SLACK_MS, "%s: %g ms", lie->name, took);
}
END_TEST

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
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, NULL, &db));
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
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, NULL, &db));
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
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, NULL, &db));
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
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, NULL, &db));
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
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, NULL, &db));
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
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, &options, &db));
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
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, NULL, &db));
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
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, NULL, &db));
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
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, NULL, &db));
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
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, NULL, &db));
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
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, NULL, &db));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_seven(db, &value));
    ck_status(TENON_COMMIT_UNKNOWN, tenon_commit(db));
    ck_effect(TENON_EFFECT_UNKNOWN);
    ck_assert(!tenon_db_is_open(db));
}
END_TEST

/* --- Lies of the start-up --- */

START_TEST(a_client_encoding_that_was_not_asked_for_is_refused)
{
    static const char *const encodings[] = {"LATIN1", "SQL_ASCII", ""};

    script.encoding = encodings[_i];
    fake_server_start(&server, &script);
    ck_assert_int_ne(tenon_db_open(server.conninfo, NULL, &db), TENON_OK);
    ck_assert_str_ne(tenon_db_error(db)->message, "");
    ck_assert(!tenon_db_is_open(db));
}
END_TEST

START_TEST(a_start_up_without_end_ends_with_the_deadline)
{
    const tenon_db_options options = {.connect_timeout_ms = DEADLINE_MS};

    script.greets_for_ever = true;
    fake_server_start(&server, &script);
    double before = now_ms();
    ck_assert_int_ne(tenon_db_open(server.conninfo, &options, &db), TENON_OK);
    ck_assert_double_lt(now_ms() - before, DEADLINE_MS + SLACK_MS);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lying server");
    TCase *tcase = tcase_create("all");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_lie_is_found_out, 0, 2 * (int)n_lies);
    tcase_add_loop_test(tcase, a_flood_ends_with_the_deadline, 0, (int)n_floods);
    tcase_add_loop_test(tcase, no_command_believes_the_answer_to_another, 0,
                        (int)n_lies * N_COMMANDS);
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
    tcase_add_loop_test(tcase, a_client_encoding_that_was_not_asked_for_is_refused, 0, 3);
    tcase_add_test(tcase, a_start_up_without_end_ends_with_the_deadline);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
