/* Servers that freeze, or talk without end: each call ends with its deadline. What freezes is
 * either the server's process, where it can be stopped, or a proxy in front of it. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include <rt/entries.h>
#include <rt/probes.h>

#include "proxy.h"
#include "server.h"

#define DEADLINE_MS 150
#define SLACK_MS 1500 /* on a machine that is busy with other things */

static int open_files(void)
{
    int count = 0;

    for (int fd = 0; fd < 256; fd++)
        count += lseek(fd, 0, SEEK_CUR) != -1 || errno != EBADF;
    return count;
}

static void ck_took(double since)
{
    double took = now_ms() - since;

    ck_assert_msg(took >= DEADLINE_MS - 1 && took < DEADLINE_MS + SLACK_MS, "%g ms", took);
}

START_TEST(a_deadline_against_a_silent_server_ends_the_connection)
{
    struct proxy proxy;
    tenon_db *behind;
    int32_t value;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    ck_usable(behind);
    pause_ms(20);
    int before_files = open_files();
    tenon_db_set_timeout(behind, DEADLINE_MS);
    proxy.hold_answers = true;
    double before = now_ms();
    ck_assert_int_eq(rt_sleep(behind, 0, &value), TENON_TIMEOUT);
    ck_took(before);
    ck_assert(!tenon_db_is_open(behind));
    ck_assert_ptr_null(tenon_db_conn(behind));
    ck_assert_int_eq(tenon_db_error(behind)->effect, TENON_EFFECT_UNKNOWN);
    ck_assert_int_eq(rt_seven(behind, &value), TENON_CONNECTION_LOST);
    ck_assert_int_eq(tenon_db_error(behind)->effect, TENON_EFFECT_NONE);
    ck_assert_int_eq(tenon_begin(behind, NULL), TENON_CONNECTION_LOST);
    /* The proxy closes its ends, and a request to cancel may be on its way. */
    for (int i = 0; i < 100 && open_files() > before_files - 1; i++)
        pause_ms(20);
    ck_assert_int_le(open_files(), before_files - 1);
    tenon_db_close(behind);
    proxy_stop(&proxy);
}
END_TEST

START_TEST(a_deadline_leaves_nothing_running_in_the_server)
{
    int pid = server_pid(db);
    int32_t value;

    tenon_db_set_timeout(db, DEADLINE_MS);
    double before = now_ms();
    ck_status(TENON_TIMEOUT, rt_sleep(db, 30, &value));
    ck_took(before);
    ck_assert(server_comes_to_rest(pid));
}
END_TEST

/* The server has little time to confirm, and may miss it on a busy machine. */
START_TEST(a_session_whose_call_was_stopped_in_time_goes_on)
{
    int32_t value;

    for (int attempt = 0; attempt < 10; attempt++) {
        int pid = server_pid(db);
        tenon_db_set_timeout(db, DEADLINE_MS);
        ck_status(TENON_TIMEOUT, rt_sleep(db, 30, &value));
        if (tenon_db_is_open(db)) {
            ck_effect(TENON_EFFECT_NONE);
            tenon_db_set_timeout(db, 0);
            ck_usable(db);
            ck_assert_int_eq(server_pid(db), pid);
            return;
        }
        tenon_db_close(db);
        ck_status(TENON_OK, tenon_db_open(server_conninfo, NULL, &db));
    }
    skip_test("a_session_whose_call_was_stopped_in_time_goes_on", "the server is too slow here");
}
END_TEST

START_TEST(a_deadline_in_a_transaction_leaves_it_to_be_rolled_back)
{
    int32_t value;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK,
              rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "of the transaction"}));
    int pid = server_pid(db);
    tenon_db_set_timeout(db, DEADLINE_MS);
    ck_status(TENON_TIMEOUT, rt_sleep(db, 30, &value));
    ck_assert(server_comes_to_rest(pid));
    tenon_db_set_timeout(db, 5000);
    ck_assert_int_ne(tenon_commit(db), TENON_OK);
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_ask("SELECT count(*) FROM entry", "0");
}
END_TEST

START_TEST(a_deadline_can_do_without_a_request_to_cancel)
{
    const tenon_db_options options = {.timeout_ms = DEADLINE_MS, .keeps_running = true};
    struct proxy proxy;
    tenon_db *behind;
    int32_t value;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, &options, &behind));
    ck_assert_int_eq(rt_sleep(behind, 3, &value), TENON_TIMEOUT);
    ck_assert(!tenon_db_is_open(behind));
    pause_ms(50);
    ck_assert_int_eq(proxy.cancels, 0);
    tenon_db_close(behind);
    proxy_stop(&proxy);
}
END_TEST

/* Behind a pooler the request to cancel may have met another session, and what comes now may be the
 * answer to another call. */
START_TEST(a_deadline_behind_a_pooler_ends_the_connection)
{
    const tenon_db_options options = {.timeout_ms = DEADLINE_MS, .unnamed = true};
    tenon_db *unnamed;
    int32_t value;

    ck_status(TENON_OK, tenon_db_open(server_conninfo, &options, &unnamed));
    int pid = server_pid(unnamed);
    ck_assert_int_eq(rt_sleep(unnamed, 30, &value), TENON_TIMEOUT);
    ck_assert(!tenon_db_is_open(unnamed));
    ck_assert(server_comes_to_rest(pid));
    tenon_db_close(unnamed);
}
END_TEST

START_TEST(the_server_can_be_told_the_deadline)
{
    const tenon_db_options options = {.timeout_ms = 4321, .server_timeout = true};
    const char *value;
    tenon_db *other;

    ck_status(TENON_OK, tenon_db_open(server_conninfo, &options, &other));
    ck_assert_int_eq(rt_setting_of(other, mem, "statement_timeout", &value), TENON_OK);
    ck_assert_str_eq(value, "4321ms");
    tenon_db_close(other);
}
END_TEST

/* Rows come all the time, so no single wait is long. */
START_TEST(a_server_that_keeps_talking_does_not_outlive_the_deadline)
{
    rt_list_numbers_list numbers;

    tenon_db_set_limits(db, (tenon_limits){.max_bytes = TENON_NO_LIMIT});
    tenon_db_set_timeout(db, DEADLINE_MS);
    double before = now_ms();
    ck_status(TENON_TIMEOUT, rt_list_numbers(db, mem, 2000000000, &numbers));
    ck_took(before);
    before = now_ms();
    if (tenon_db_is_open(db))
        ck_status(TENON_TIMEOUT, tenon_exec(db, "SELECT generate_series(1, 2000000000)"));
    ck_assert_double_lt(now_ms() - before, DEADLINE_MS + SLACK_MS);
}
END_TEST

/* The row that comes behind the deadline is taken, for the statement may have ended by it; those
 * behind that row are no new waits. */
START_TEST(a_stream_does_not_outlive_a_cancel_that_was_not_heeded)
{
    struct proxy proxy;
    tenon_db *behind;

    proxy_start(&proxy);
    proxy.drop_cancels = true;
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    tenon_db_set_timeout(behind, DEADLINE_MS);
    double before = now_ms();
    rt_stream_late *stream = rt_stream_late_begin(
        behind, &(rt_stream_late_params){.last = 500, .late = (DEADLINE_MS + 10) / 1000.0});
    while (rt_stream_late_next(stream) != NULL)
        continue;
    ck_assert_int_eq(rt_stream_late_end(stream), TENON_TIMEOUT);
    ck_took(before);
    ck_assert(!tenon_db_is_open(behind));
    tenon_db_close(behind);
    proxy_stop(&proxy);
}
END_TEST

START_TEST(the_deadline_of_one_call_is_not_that_of_the_next)
{
    int32_t value;

    tenon_db_set_timeout(db, 1000);
    for (int i = 0; i < 4; i++)
        ck_status(TENON_OK, rt_sleep(db, 0.3, &value));
    ck_assert_int_eq(tenon_db_set_timeout(db, TENON_NO_TIMEOUT), 1000);
    ck_usable(db);
}
END_TEST

/* --- A process that is stopped --- */

static bool stop_process(int pid, const char *test)
{
    if (kill(pid, SIGSTOP) == 0)
        return true;
    skip_test(test, "the server's process belongs to another user");
    return false;
}

START_TEST(a_frozen_server_does_not_freeze_the_call)
{
    pid_t pid = server_pid(db);
    int32_t value;

    if (!stop_process(pid, "a_frozen_server_does_not_freeze_the_call"))
        return;
    tenon_db_set_timeout(db, DEADLINE_MS);
    double before = now_ms();
    tenon_status status = rt_seven(db, &value);
    double took = now_ms() - before;
    kill(pid, SIGCONT);
    ck_status(TENON_TIMEOUT, status);
    ck_assert_msg(took < DEADLINE_MS + SLACK_MS, "%g ms", took);
}
END_TEST

/* Too much for the buffers of the socket: sending has to wait. */
START_TEST(a_frozen_server_does_not_freeze_the_sending)
{
    static char text[8 << 20];
    pid_t pid = server_pid(db);
    const char *value;

    if (!stop_process(pid, "a_frozen_server_does_not_freeze_the_sending"))
        return;
    tenon_db_set_timeout(db, DEADLINE_MS);
    memset(text, 'x', sizeof text - 1);
    double before = now_ms();
    tenon_status status = rt_echo(db, mem, text, &value);
    double took = now_ms() - before;
    kill(pid, SIGCONT);
    ck_status(TENON_TIMEOUT, status);
    ck_effect(TENON_EFFECT_NONE); /* it did not leave whole */
    ck_assert_msg(took < DEADLINE_MS + SLACK_MS, "%g ms", took);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("deadline");
    TCase *tcase = tcase_create("all");

    server_init("deadline");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_deadline_against_a_silent_server_ends_the_connection);
    tcase_add_test(tcase, a_deadline_leaves_nothing_running_in_the_server);
    tcase_add_test(tcase, a_session_whose_call_was_stopped_in_time_goes_on);
    tcase_add_test(tcase, a_deadline_in_a_transaction_leaves_it_to_be_rolled_back);
    tcase_add_test(tcase, a_deadline_can_do_without_a_request_to_cancel);
    tcase_add_test(tcase, a_deadline_behind_a_pooler_ends_the_connection);
    tcase_add_test(tcase, the_server_can_be_told_the_deadline);
    tcase_add_test(tcase, a_server_that_keeps_talking_does_not_outlive_the_deadline);
    tcase_add_test(tcase, a_stream_does_not_outlive_a_cancel_that_was_not_heeded);
    tcase_add_test(tcase, the_deadline_of_one_call_is_not_that_of_the_next);
    tcase_add_test(tcase, a_frozen_server_does_not_freeze_the_call);
    tcase_add_test(tcase, a_frozen_server_does_not_freeze_the_sending);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
