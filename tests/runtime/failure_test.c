/* Sessions that are ended from outside, and signals. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <libpq-fe.h>

#include <rt/entries.h>
#include <rt/probes.h>

#include "proxy.h"
#include "server.h"

#define DEADLINE_MS 150
#define SLACK_MS 1500 /* on a machine that is busy with other things */

static void terminate(int pid)
{
    char sql[64];

    snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%d, 5000)", pid);
    server_ask(sql);
}

START_TEST(an_idle_connection_that_was_terminated_is_lost)
{
    int32_t value;

    ck_usable(db);
    terminate(server_pid(db));
    double before = now_ms();
    ck_status(TENON_CONNECTION_LOST, rt_seven(db, &value));
    ck_assert_double_lt(now_ms() - before, SLACK_MS);
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "57P01");
    ck_assert(!tenon_db_is_open(db));
    ck_status(TENON_CONNECTION_LOST, rt_seven(db, &value));
}
END_TEST

/* What the server said before it closed is what the failure says, of text as of a query. */
START_TEST(the_last_words_of_a_session_are_told)
{
    static const char kill_self[] = "SELECT pg_terminate_backend(pg_backend_pid())";

    ck_status(TENON_CONNECTION_LOST, tenon_exec(db, kill_self));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "57P01");
    ck_assert_str_eq(tenon_db_error(db)->severity, "FATAL");
    ck_assert_str_ne(tenon_db_error(db)->message, "");
    ck_effect(TENON_EFFECT_UNKNOWN);
}
END_TEST

START_TEST(a_connection_that_is_cut_says_so)
{
    struct proxy proxy;
    tenon_db *behind;
    int32_t value;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    ck_usable(behind);
    proxy.cut_answer = true;
    if (_i == 0)
        ck_assert_int_eq(rt_add_entry(behind, &(rt_add_entry_params){.id = 1, .note = "who knows"}),
                         TENON_CONNECTION_LOST);
    else
        ck_assert_int_eq(tenon_exec(behind, "SELECT 1"), TENON_CONNECTION_LOST);
    ck_assert_str_ne(tenon_db_error(behind)->message, "");
    ck_assert_int_eq(tenon_db_error(behind)->status, TENON_CONNECTION_LOST);
    ck_assert_int_eq(tenon_db_error(behind)->effect, TENON_EFFECT_UNKNOWN);
    ck_assert_int_eq(rt_seven(behind, &value), TENON_CONNECTION_LOST);
    tenon_db_close(behind);
    proxy_stop(&proxy);
}
END_TEST

START_TEST(what_only_reads_has_no_effect_even_if_it_was_cut)
{
    struct proxy proxy;
    tenon_db *behind;
    int32_t value;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    ck_usable(behind);
    proxy.cut_answer = true;
    ck_assert_int_eq(rt_seven(behind, &value), TENON_CONNECTION_LOST);
    ck_assert_int_eq(tenon_db_error(behind)->effect, TENON_EFFECT_NONE);
    tenon_db_close(behind);
    proxy_stop(&proxy);
}
END_TEST

static tenon_status lose_the_connection(tenon_db *on, void *context)
{
    int *runs = context;
    int32_t value;

    ++*runs;
    tenon_status status = rt_seven(on, &value);
    terminate(server_pid(on));
    return status == TENON_OK ? rt_seven(on, &value) : status;
}

START_TEST(a_lost_connection_ends_a_transaction_without_another_attempt)
{
    int runs = 0;

    ck_status(TENON_CONNECTION_LOST, tenon_transaction(db, NULL, lose_the_connection, &runs));
    ck_assert_int_eq(runs, 1);
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "57P01");
}
END_TEST

static tenon_status lose_it_in_a_deadlock(tenon_db *on, void *context)
{
    lose_the_connection(on, context);
    return TENON_DEADLOCK;
}

/* The failure that is told is the one that there was, not that of another attempt. */
START_TEST(what_is_worth_another_attempt_gets_none_without_a_connection)
{
    int runs = 0;

    ck_assert_int_eq(tenon_transaction(db, NULL, lose_it_in_a_deadlock, &runs), TENON_DEADLOCK);
    ck_assert_int_eq(runs, 1);
}
END_TEST

START_TEST(a_wrapped_connection_is_shut_down_not_freed)
{
    const tenon_db_options options = {.timeout_ms = DEADLINE_MS, .keeps_running = true};
    PGconn *conn = PQconnectdb(server_conninfo);
    tenon_db *wrapped;
    int32_t value;

    ck_status(TENON_OK, tenon_db_wrap(conn, &options, &wrapped));
    ck_assert_int_eq(rt_sleep(wrapped, 3, &value), TENON_TIMEOUT);
    char byte;
    ck_assert_int_eq(recv(PQsocket(conn), &byte, 1, MSG_PEEK | MSG_DONTWAIT), 0);
    tenon_db_close(wrapped);
    PGresult *result = PQexec(conn, "SELECT 1");
    ck_assert_int_ne(PQresultStatus(result), PGRES_TUPLES_OK);
    PQclear(result);
    PQfinish(conn);
}
END_TEST

/* --- Signals --- */

static volatile sig_atomic_t sigpipes;

static void count_sigpipe(int number)
{
    (void)number;
    sigpipes++;
}

START_TEST(a_broken_pipe_is_no_signal)
{
    void (*before)(int) = signal(SIGPIPE, count_sigpipe);
    static char text[4 << 20];
    const char *value;

    terminate(server_pid(db));
    memset(text, 'x', sizeof text - 1);
    ck_status(TENON_CONNECTION_LOST, rt_echo(db, mem, text, &value));
    ck_assert_int_eq(sigpipes, 0);
    signal(SIGPIPE, before);
}
END_TEST

static void ignore_alarm(int number)
{
    (void)number;
}

START_TEST(interrupted_waits_go_on)
{
    struct sigaction action = {.sa_handler = ignore_alarm}, old;
    const struct itimerspec every_ms = {{0, 1000000}, {0, 1000000}};
    int32_t value;
    timer_t timer;

    sigaction(SIGALRM, &action, &old);
    ck_assert_int_eq(timer_create(CLOCK_MONOTONIC, NULL, &timer), 0);
    timer_settime(timer, 0, &every_ms, NULL);
    tenon_status status = rt_sleep(db, 0.2, &value);
    timer_delete(timer);
    sigaction(SIGALRM, &old, NULL);
    ck_status(TENON_OK, status);
    ck_assert_int_eq(value, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("failure");
    TCase *tcase = tcase_create("all");

    server_init("failure");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, an_idle_connection_that_was_terminated_is_lost);
    tcase_add_test(tcase, the_last_words_of_a_session_are_told);
    tcase_add_test(tcase, what_only_reads_has_no_effect_even_if_it_was_cut);
    tcase_add_loop_test(tcase, a_connection_that_is_cut_says_so, 0, 2);
    tcase_add_test(tcase, a_lost_connection_ends_a_transaction_without_another_attempt);
    tcase_add_test(tcase, what_is_worth_another_attempt_gets_none_without_a_connection);
    tcase_add_test(tcase, a_wrapped_connection_is_shut_down_not_freed);
    tcase_add_test(tcase, a_broken_pipe_is_no_signal);
    tcase_add_test(tcase, interrupted_waits_go_on);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
