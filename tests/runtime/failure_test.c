/* Connections that freeze, break or are cancelled. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "server.h"

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void terminate(int pid)
{
    char sql[64];

    snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%d, 5000)", pid);
    server_ask(sql);
}

static int open_files(void)
{
    int count = 0;

    for (int fd = 0; fd < 256; fd++)
        count += lseek(fd, 0, SEEK_CUR) != -1 || errno != EBADF;
    return count;
}

START_TEST(a_deadline_ends_the_call_and_the_connection)
{
    int32_t value;
    int before_files = open_files();

    tenon_db_set_timeout(db, 150);
    double before = now_ms();
    ck_status(TENON_TIMEOUT, select_int(db, "SELECT 1 FROM pg_sleep(20)", &value));
    double took = now_ms() - before;
    ck_assert_msg(took >= 150 && took < 250, "%g ms", took);
    ck_assert(!tenon_db_is_open(db));
    ck_assert_ptr_null(tenon_db_conn(db));
    ck_status(TENON_CONNECTION_LOST, select_int(db, "SELECT 1", &value));
    ck_status(TENON_CONNECTION_LOST, tenon_begin(db, NULL));
    ck_assert_int_eq(open_files(), before_files - 1);
}
END_TEST

START_TEST(a_frozen_server_does_not_freeze_the_call)
{
    pid_t pid = server_pid(db);
    int32_t value;

    if (kill(pid, SIGSTOP) != 0)
        return; /* another user's process */
    tenon_db_set_timeout(db, 150);
    double before = now_ms();
    tenon_status status = select_int(db, "SELECT 1", &value);
    double took = now_ms() - before;
    kill(pid, SIGCONT);
    ck_status(TENON_TIMEOUT, status);
    ck_assert_msg(took < 250, "%g ms", took);
}
END_TEST

/* Too much for the buffers of the socket: sending has to wait. */
START_TEST(a_frozen_server_does_not_freeze_the_sending)
{
    static char sql[8 << 20];
    pid_t pid = server_pid(db);

    if (kill(pid, SIGSTOP) != 0)
        return;
    tenon_db_set_timeout(db, 150);
    memset(sql, ' ', sizeof sql - 1);
    memcpy(sql, "SELECT 1", 8);
    double before = now_ms();
    tenon_status status = tenon_exec(db, sql);
    double took = now_ms() - before;
    kill(pid, SIGCONT);
    ck_status(TENON_TIMEOUT, status);
    ck_assert_msg(took < 1000, "%g ms", took); /* eight megabytes are copied, too */
}
END_TEST

START_TEST(the_deadline_of_one_call_is_not_that_of_the_next)
{
    int32_t value;

    tenon_db_set_timeout(db, 300);
    for (int i = 0; i < 3; i++)
        ck_status(TENON_OK, select_int(db, "SELECT 1 FROM pg_sleep(0.15)", &value));
    ck_assert_int_eq(tenon_db_set_timeout(db, TENON_NO_TIMEOUT), 300);
    ck_status(TENON_OK, select_int(db, "SELECT 1", &value));
}
END_TEST

START_TEST(an_idle_connection_that_was_terminated_is_lost)
{
    int32_t value;

    ck_status(TENON_OK, select_int(db, "SELECT 1", &value));
    terminate(server_pid(db));
    double before = now_ms();
    ck_status(TENON_CONNECTION_LOST, select_int(db, "SELECT 1", &value));
    ck_assert_double_lt(now_ms() - before, 100);
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "57P01");
    ck_status(TENON_CONNECTION_LOST, select_int(db, "SELECT 1", &value));
}
END_TEST

START_TEST(a_connection_that_broke_before_its_commit_has_not_committed)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    tenon_db_set_timeout(db, 100);
    ck_status(TENON_TIMEOUT, tenon_exec(db, "SELECT pg_sleep(20)"));
    ck_status(TENON_CONNECTION_LOST, tenon_commit(db));
    ck_assert_int_eq(tenon_depth(db), 0);
}
END_TEST

START_TEST(a_commit_without_an_answer_is_unknown)
{
    pid_t pid = server_pid(db);

    ck_status(TENON_OK, tenon_begin(db, NULL));
    if (kill(pid, SIGSTOP) != 0)
        return;
    tenon_db_set_timeout(db, 100);
    tenon_status status = tenon_commit(db);
    kill(pid, SIGCONT);
    ck_status(TENON_COMMIT_UNKNOWN, status);
    ck_assert_int_eq(tenon_db_error(db)->status, TENON_COMMIT_UNKNOWN);
    ck_assert_int_eq(tenon_depth(db), 0);
}
END_TEST

static tenon_status lose_the_connection(tenon_db *on, void *context)
{
    int *runs = context;

    ++*runs;
    terminate(server_pid(on));
    return tenon_exec(on, "SELECT 1");
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

START_TEST(a_wrapped_connection_is_shut_down_not_freed)
{
    PGconn *conn = PQconnectdb(server_conninfo);
    const tenon_db_options options = {.timeout_ms = 100};
    tenon_db *wrapped;

    ck_status(TENON_OK, tenon_db_wrap(conn, &options, &wrapped));
    ck_assert_int_eq(tenon_exec(wrapped, "SELECT pg_sleep(20)"), TENON_TIMEOUT);
    tenon_db_close(wrapped);
    PGresult *result = PQexec(conn, "SELECT 1");
    ck_assert_int_ne(PQresultStatus(result), PGRES_TUPLES_OK);
    PQclear(result);
    PQfinish(conn);
}
END_TEST

static void *cancel_soon(void *context)
{
    const struct timespec pause = {0, 100000000};

    nanosleep(&pause, NULL);
    return tenon_db_cancel(context) == TENON_OK ? NULL : context;
}

START_TEST(another_thread_can_cancel)
{
    pthread_t thread;
    int32_t value;
    void *failed;

    pthread_create(&thread, NULL, cancel_soon, db);
    double before = now_ms();
    ck_status(TENON_CANCELED, select_int(db, "SELECT 1 FROM pg_sleep(20)", &value));
    ck_assert_double_lt(now_ms() - before, 1000);
    pthread_join(thread, &failed);
    ck_assert_ptr_null(failed);
    ck_status(TENON_OK, select_int(db, "SELECT 1", &value));
}
END_TEST

static volatile sig_atomic_t sigpipes;

static void count_sigpipe(int number)
{
    (void)number;
    sigpipes++;
}

START_TEST(a_broken_pipe_is_no_signal)
{
    void (*before)(int) = signal(SIGPIPE, count_sigpipe);
    static char sql[4 << 20];

    terminate(server_pid(db));
    memset(sql, ' ', sizeof sql - 1);
    memcpy(sql, "SELECT 1", 8);
    ck_status(TENON_CONNECTION_LOST, tenon_exec(db, sql));
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
    tenon_status status = select_int(db, "SELECT 5 FROM pg_sleep(0.2)", &value);
    timer_delete(timer);
    sigaction(SIGALRM, &old, NULL);
    ck_status(TENON_OK, status);
    ck_assert_int_eq(value, 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("failure");
    TCase *tcase = tcase_create("all");

    server_init("failure");
    tcase_add_checked_fixture(tcase, server_setup, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_deadline_ends_the_call_and_the_connection);
    tcase_add_test(tcase, a_frozen_server_does_not_freeze_the_call);
    tcase_add_test(tcase, a_frozen_server_does_not_freeze_the_sending);
    tcase_add_test(tcase, the_deadline_of_one_call_is_not_that_of_the_next);
    tcase_add_test(tcase, an_idle_connection_that_was_terminated_is_lost);
    tcase_add_test(tcase, a_connection_that_broke_before_its_commit_has_not_committed);
    tcase_add_test(tcase, a_commit_without_an_answer_is_unknown);
    tcase_add_test(tcase, a_lost_connection_ends_a_transaction_without_another_attempt);
    tcase_add_test(tcase, a_wrapped_connection_is_shut_down_not_freed);
    tcase_add_test(tcase, another_thread_can_cancel);
    tcase_add_test(tcase, a_broken_pipe_is_no_signal);
    tcase_add_test(tcase, interrupted_waits_go_on);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
