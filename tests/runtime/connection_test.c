/* Connections: whose they are, why they fail, what encoding they speak, who may leave them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libpq-fe.h>

#include <rt/entries.h>
#include <rt/items.h>
#include <rt/probes.h>

#include "proxy.h"
#include "server.h"

/* --- Connections of the caller --- */

static PGconn *caller;

static void ask_caller(const char *sql, ExecStatusType expected)
{
    PGresult *result = PQexec(caller, sql);

    ck_assert_msg(PQresultStatus(result) == expected, "%s: %s", sql, PQerrorMessage(caller));
    PQclear(result);
}

START_TEST(a_wrapped_connection_stays_the_callers)
{
    tenon_db *wrapped;
    const char *value;

    caller = PQconnectdb(server_conninfo);
    ck_assert_int_eq(PQsetClientEncoding(caller, "LATIN1"), 0);
    ck_status(TENON_OK, tenon_db_wrap(caller, NULL, &wrapped));
    ck_assert_int_eq(rt_echo(wrapped, mem, "\xc3\xa9", &value), TENON_OK);
    ck_assert_str_eq(value, "\xc3\xa9");
    tenon_db_close(wrapped);
    ck_assert_int_eq(PQstatus(caller), CONNECTION_OK);
    ck_assert_int_eq(PQisnonblocking(caller), 0);
    ask_caller("SELECT 1", PGRES_TUPLES_OK);
    PQfinish(caller);
    ck_assert_int_eq(tenon_db_wrap(NULL, NULL, &wrapped), TENON_CONNECTION_LOST);
    tenon_db_close(wrapped);
}
END_TEST

START_TEST(wrapping_a_failed_transaction_leaves_it_to_the_caller)
{
    tenon_db *wrapped;

    caller = PQconnectdb(server_conninfo);
    ck_assert_int_eq(PQsetClientEncoding(caller, "LATIN1"), 0);
    ask_caller("BEGIN", PGRES_COMMAND_OK);
    ask_caller("SELECT 1/0", PGRES_FATAL_ERROR);
    ck_assert_int_eq(tenon_db_wrap(caller, NULL, &wrapped), TENON_INVALID_ARGUMENT);
    tenon_db_close(wrapped);
    ck_assert_int_eq(PQisnonblocking(caller), 0);
    ask_caller("ROLLBACK", PGRES_COMMAND_OK);
    ask_caller("SELECT 1", PGRES_TUPLES_OK);
    PQfinish(caller);
}
END_TEST

/* Nothing has to change, so there is nothing to refuse; the level is rolled back as any other. */
START_TEST(a_failed_transaction_in_utf8_can_be_wrapped)
{
    tenon_db *wrapped;

    caller = PQconnectdb(server_conninfo);
    ck_assert_int_eq(PQsetClientEncoding(caller, "UTF8"), 0);
    ask_caller("BEGIN", PGRES_COMMAND_OK);
    ask_caller("SELECT 1/0", PGRES_FATAL_ERROR);
    ck_assert_int_eq(tenon_db_wrap(caller, NULL, &wrapped), TENON_OK);
    ck_assert_int_eq(tenon_exec(wrapped, "ROLLBACK"), TENON_OK);
    ck_usable(wrapped);
    tenon_db_close(wrapped);
    PQfinish(caller);
}
END_TEST

START_TEST(wrapping_leaves_unread_results_to_the_caller)
{
    tenon_db *wrapped;

    caller = PQconnectdb(server_conninfo);
    ck_assert_int_eq(PQsendQuery(caller, "SELECT 1"), 1);
    ck_assert_int_eq(tenon_db_wrap(caller, NULL, &wrapped), TENON_INVALID_ARGUMENT);
    tenon_db_close(wrapped);
    PGresult *result = PQgetResult(caller);
    ck_assert_int_eq(PQresultStatus(result), PGRES_TUPLES_OK);
    PQclear(result);
    PQfinish(caller);
}
END_TEST

START_TEST(a_pipeline_cannot_be_wrapped)
{
    tenon_db *wrapped;

    caller = PQconnectdb(server_conninfo);
    ck_assert_int_eq(PQenterPipelineMode(caller), 1);
    ck_assert_int_eq(tenon_db_wrap(caller, NULL, &wrapped), TENON_INVALID_ARGUMENT);
    tenon_db_close(wrapped);
    ck_assert_int_eq(PQpipelineStatus(caller), PQ_PIPELINE_ON);
    PQfinish(caller);
}
END_TEST

START_TEST(wrapping_has_a_deadline)
{
    const tenon_db_options options = {.timeout_ms = 200};
    struct proxy proxy;
    tenon_db *wrapped;

    proxy_start(&proxy);
    caller = PQconnectdb(proxy.conninfo);
    ck_assert_int_eq(PQsetClientEncoding(caller, "LATIN1"), 0);
    proxy.hold_answers = true;
    double before = now_ms();
    ck_assert_int_eq(tenon_db_wrap(caller, &options, &wrapped), TENON_TIMEOUT);
    double took = now_ms() - before;
    ck_assert_msg(took >= 150 && took < 2000, "%g ms", took);
    tenon_db_close(wrapped);
    PQfinish(caller);
    proxy_stop(&proxy);
}
END_TEST

/* --- PQreset by a program that has borrowed the PGconn --- */

static void count_attempts(void *context, const tenon_event *event)
{
    *(int *)context += event->attempts;
}

/* A connection of tenon's own, or a wrapper of the caller's. */
static tenon_db *open_or_wrap(bool wraps)
{
    tenon_db *opened;

    if (wraps) {
        caller = PQconnectdb(server_conninfo);
        ck_status(TENON_OK, tenon_db_wrap(caller, NULL, &opened));
    } else {
        ck_status(TENON_OK, tenon_db_open(server_conninfo, NULL, &opened));
    }
    return opened;
}

static void close_it(tenon_db *opened, bool wraps)
{
    tenon_db_close(opened);
    if (wraps)
        PQfinish(caller);
}

/* It knows no statement, and a deadline cancels in it. */
START_TEST(a_connection_that_was_reset_is_another_session)
{
    tenon_db *reset = open_or_wrap(_i == 1);
    int attempts = 0, pid = server_pid(reset);
    const tenon_hooks hooks = {.context = &attempts, .after = count_attempts};
    rt_item_row_list list;
    int32_t value;

    for (int round = 0; round < 2; round++) {
        ck_assert_int_eq(rt_list_items(reset, mem, 1, &list), TENON_OK);
        PQreset(tenon_db_conn(reset));
        ck_assert_int_ne(server_pid(reset), pid);
        tenon_db_set_hooks(reset, &hooks);
        ck_assert_int_eq(rt_list_items(reset, mem, 1, &list), TENON_OK);
        ck_assert_uint_eq(list.count, 3);
        ck_assert_int_eq(attempts, 1 + 2 * round); /* it was not asked for what it cannot know */
        ck_assert_ptr_nonnull(tenon_db_conn(reset));
        ck_assert_int_eq(rt_list_items(reset, mem, 1, &list), TENON_OK);
        ck_assert_int_eq(attempts, 2 + 2 * round); /* and knows it now */
        tenon_db_set_hooks(reset, NULL);
        tenon_db_set_timeout(reset, 200);
        pid = server_pid(reset);
        ck_usable(reset);
        ck_assert_int_eq(PQisnonblocking(tenon_db_conn(reset)), 1);
        ck_assert_int_eq(rt_sleep(reset, 20, &value), TENON_TIMEOUT);
        ck_assert(server_comes_to_rest(pid));
        if (!tenon_db_is_open(reset)) /* the machine is too busy to see the end in time */
            break;
        tenon_db_set_timeout(reset, 0);
    }
    close_it(reset, _i == 1);
}
END_TEST

START_TEST(a_reset_inside_of_a_transaction_ends_the_connection)
{
    tenon_db *reset = open_or_wrap(_i == 1);

    ck_assert_int_eq(tenon_begin(reset, NULL), TENON_OK);
    ck_assert_int_eq(rt_add_entry(reset, &(rt_add_entry_params){.id = 1, .note = "before"}),
                     TENON_OK);
    PQreset(tenon_db_conn(reset));
    ck_assert_int_eq(rt_add_entry(reset, &(rt_add_entry_params){.id = 2, .note = "outside"}),
                     TENON_CONNECTION_LOST);
    ck_assert_int_eq(tenon_db_error(reset)->effect, TENON_EFFECT_NONE);
    ck_assert_int_eq(tenon_commit(reset), TENON_CONNECTION_LOST);
    ck_assert_int_eq(tenon_depth(reset), 0);
    close_it(reset, _i == 1);
    ck_ask("SELECT count(*) FROM entry", "0");
}
END_TEST

START_TEST(a_reset_that_failed_has_lost_the_connection)
{
    struct proxy proxy;
    tenon_db *behind;
    int32_t value;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    ck_usable(behind);
    proxy_stop(&proxy);
    PQreset(tenon_db_conn(behind));
    ck_assert_int_eq(rt_seven(behind, &value), TENON_CONNECTION_LOST);
    ck_assert(!tenon_db_is_open(behind));
    tenon_db_close(behind);
}
END_TEST

/* --- Connections that fail --- */

START_TEST(a_connection_that_fails_says_why)
{
    tenon_db *none;

    ck_assert_int_eq(tenon_db_open("host=/nowhere dbname=x", NULL, &none), TENON_CONNECTION_LOST);
    ck_assert_ptr_nonnull(strstr(tenon_db_error(none)->message, "/nowhere"));
    ck_assert_int_eq(tenon_exec(none, "SELECT 1"), TENON_CONNECTION_LOST);
    tenon_db_close(none);
    ck_assert_int_eq(tenon_db_open("no such = = option", NULL, &none), TENON_INVALID_ARGUMENT);
    tenon_db_close(none);
}
END_TEST

/* --- Encoding --- */

START_TEST(text_is_utf8_whatever_the_server_says)
{
    static const rt_add_entries_params batch[] = {{1, "\xc3\xa9"}, {2, "\xc3\xa9"}};
    static const rt_load_entries_params rows[] = {{3, "\xc3\xa9"}};
    rt_item_row_list list;
    const char *value;
    int64_t count;

    if (_i == 1) { /* once all of it is known to the server */
        ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 10, .note = "a"}));
        ck_status(TENON_OK, rt_echo(db, mem, "a", &value));
    }
    ck_status(TENON_OK, tenon_exec(db, "SET client_encoding = LATIN1"));
    ck_status(TENON_INVALID_ARGUMENT,
              rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "\xc3\xa9"}));
    ck_effect(TENON_EFFECT_NONE);
    ck_status(TENON_INVALID_ARGUMENT, rt_add_entries(db, batch, 2));
    ck_effect(TENON_EFFECT_NONE);
    ck_status(TENON_INVALID_ARGUMENT, rt_load_entries(db, rows, 1, &count));
    ck_effect(TENON_EFFECT_NONE);
    ck_status(TENON_INVALID_ARGUMENT, rt_echo(db, mem, "\xc3\xa9", &value));
    ck_status(TENON_INVALID_ARGUMENT, rt_list_items(db, mem, 1, &list));
    rt_stream_items *stream = rt_stream_items_begin(db, 1);
    ck_assert_ptr_null(rt_stream_items_next(stream));
    ck_status(TENON_INVALID_ARGUMENT, rt_stream_items_end(stream));
    ck_ask("SELECT count(*) FROM entry WHERE id < 10", "0");
    ck_status(TENON_OK, tenon_exec(db, "SET client_encoding = UTF8"));
    ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "\xc3\xa9"}));
    ck_status(TENON_OK, rt_load_entries(db, rows, 1, &count));
    ck_ask("SELECT count(*) FROM entry WHERE length(note) = 1 AND id < 10", "2");
}
END_TEST

/* --- fork() --- */

START_TEST(a_child_can_abandon_its_parents_connection)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "of the parent"}));
    pid_t child = fork();
    if (child == 0) {
        tenon_db_abandon(db);
        tenon_db_abandon(NULL);
        server_end_child(0);
    }
    int status = -1;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 2, .note = "too"}));
    ck_status(TENON_OK, tenon_commit(db));
    ck_ask("SELECT count(*) FROM entry", "2");
}
END_TEST

/* Its stream is the parent's too; what the child frees is its own copy. */
START_TEST(a_child_can_abandon_a_stream_and_a_wrapped_connection)
{
    tenon_db *wrapped = open_or_wrap(true);
    rt_stream_items *stream = rt_stream_items_begin(db, 1);

    ck_assert_ptr_nonnull(rt_stream_items_next(stream));
    pid_t child = fork();
    if (child == 0) {
        tenon_db_abandon(db);
        bool ended = rt_stream_items_next(stream) == NULL &&
                     rt_stream_items_end(stream) == TENON_INVALID_ARGUMENT;
        tenon_db_abandon(wrapped);
        server_end_child(ended && PQstatus(caller) == CONNECTION_OK ? 0 : 1);
    }
    int status = -1;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_ptr_nonnull(rt_stream_items_next(stream));
    ck_status(TENON_OK, rt_stream_items_end(stream));
    ck_usable(wrapped);
    close_it(wrapped, true);
}
END_TEST

/* --- Sizes --- */

START_TEST(a_large_value_survives)
{
    size_t length = (size_t)1 << 24;
    char *text = malloc(length + 1);
    const char *value;

    memset(text, 'x', length);
    text[length] = '\0';
    ck_status(TENON_OK, rt_echo(db, mem, text, &value));
    ck_assert(strcmp(value, text) == 0);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("connection");
    TCase *tcase = tcase_create("all");

    server_init("connection");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_wrapped_connection_stays_the_callers);
    tcase_add_test(tcase, wrapping_a_failed_transaction_leaves_it_to_the_caller);
    tcase_add_test(tcase, a_failed_transaction_in_utf8_can_be_wrapped);
    tcase_add_test(tcase, wrapping_leaves_unread_results_to_the_caller);
    tcase_add_test(tcase, a_pipeline_cannot_be_wrapped);
    tcase_add_test(tcase, wrapping_has_a_deadline);
    tcase_add_loop_test(tcase, a_connection_that_was_reset_is_another_session, 0, 2);
    tcase_add_loop_test(tcase, a_reset_inside_of_a_transaction_ends_the_connection, 0, 2);
    tcase_add_test(tcase, a_reset_that_failed_has_lost_the_connection);
    tcase_add_test(tcase, a_connection_that_fails_says_why);
    tcase_add_loop_test(tcase, text_is_utf8_whatever_the_server_says, 0, 2);
    tcase_add_test(tcase, a_child_can_abandon_its_parents_connection);
    tcase_add_test(tcase, a_child_can_abandon_a_stream_and_a_wrapped_connection);
    tcase_add_test(tcase, a_large_value_survives);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
