/* What a server that is broken, or means harm, can send: every answer has a status that is
 * expected, none is taken for a value, and no call outlives its deadline. */
#include <check.h>
#include <string.h>

#include <rt/entries.h>
#include <rt/items.h>
#include <rt/probes.h>

#include "lied_to.h"
#include "lies.h"

#define DEADLINE_MS 300
#define SLACK_MS 1500 /* on a machine that is busy with other things */

static void meet(void (*write)(struct script *s), bool unnamed)
{
    const tenon_db_options options = {.timeout_ms = DEADLINE_MS, .unnamed = unnamed};

    write(&script);
    lied_to_connect(&options);
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
    return rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "a"});
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

    tcase_add_checked_fixture(tcase, lied_to_setup, lied_to_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_lie_is_found_out, 0, 2 * (int)n_lies);
    tcase_add_loop_test(tcase, a_flood_ends_with_the_deadline, 0, (int)n_floods);
    tcase_add_loop_test(tcase, no_command_believes_the_answer_to_another, 0,
                        (int)n_lies * N_COMMANDS);
    tcase_add_loop_test(tcase, a_client_encoding_that_was_not_asked_for_is_refused, 0, 3);
    tcase_add_test(tcase, a_start_up_without_end_ends_with_the_deadline);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
