/* Sockets that take little, are interrupted, or break while sending and receiving; and answers that
 * are there before anybody polls for them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios.h"
#include "shim_socket.h"

static tenon_db *db;
static tenon_arena *mem;

static void set_up(void)
{
    db = must_open(server_conninfo, 20000);
    mem = tenon_arena_create();
}

static void tear_down(void)
{
    socket_fail(NULL);
    tenon_db_close(db);
    tenon_arena_destroy(mem);
}

static char *long_text(size_t length)
{
    char *text = malloc(length + 1);

    ck_assert_ptr_nonnull(text);
    memset(text, 'x', length);
    text[length] = '\0';
    return text;
}

/* The client sleeps between sending and receiving, and so reads the whole answer in the middle of
 * its sending: no poll may follow that only the deadline ends. */
START_TEST(R3_an_answer_that_is_there_is_taken)
{
    static const size_t sizes[] = {10, 300000, 1000000, 4000000};
    const struct socket_fault late = {.recv_pause_ms = 60};
    char *text = long_text(sizes[_i]);
    int64_t length;

    for (int round = 0; round < 3; round++) {
        socket_fail(&late);
        ck_status(db, TENON_OK, app_length(db, text, &length));
        ck_assert_int_eq(length, (int64_t)sizes[_i]);
        ck_assert_uint_eq(socket_polls_in_vain(), 0);
    }
    free(text);
}
END_TEST

START_TEST(R3_the_answer_to_a_batch_that_is_there_is_taken)
{
    enum { N = 3000 };
    static app_add_entry_batch_params items[N];
    const struct socket_fault late = {.recv_pause_ms = 30};
    char *text = long_text(300);

    for (size_t i = 0; i < N; i++)
        items[i] = (app_add_entry_batch_params){7, (int32_t)i, text};
    socket_fail(&late);
    ck_status(db, TENON_OK, app_add_entry_batch(db, items, N));
    ck_assert_uint_eq(socket_polls_in_vain(), 0);
    free(text);
}
END_TEST

/* There is something to read whenever it is looked for, so that no wait ever comes to its end: only
 * the clock can end the call. */
START_TEST(R3_a_peer_that_never_pauses_ends_at_the_deadline)
{
    static const char setting[] = "S\0\0\0\x08"
                                  "a\0b";
    static const char notice[] = "N\0\0\0\x17SNOTICE\0C00000\0Mx\0";
    const struct socket_fault settings = {.endless = setting, .endless_length = sizeof setting};
    const struct socket_fault notices = {.endless = notice, .endless_length = sizeof notice};
    int64_t value;

    tenon_db_set_timeout(db, 200);
    socket_fail(_i % 2 == 0 ? &settings : &notices);
    double before = now_ms();
    tenon_status status = _i < 2 ? app_echo(db, 1, &value) : tenon_exec(db, "SELECT 1");
    double took = now_ms() - before;
    socket_fail(NULL);
    ck_status(db, TENON_TIMEOUT, status);
    ck_assert(!tenon_db_is_open(db));
    ck_assert_msg(took < 200 + 100 + slack_ms(), "%.0f ms", took);
}
END_TEST

static void run_all(const struct socket_fault *fault, const char *what)
{
    for (size_t i = 0; i < n_scenarios; i++)
        for (enum place place = PLACE_PLAIN; place < N_PLACES; place++) {
            int64_t mark = new_mark();
            socket_fail(fault);
            struct outcome outcome = run_scenario(&scenarios[i], place, db, mem, mark);
            socket_fail(NULL);
            if (outcome.status != TENON_OK)
                violation("%s, %s: %s %s", scenarios[i].name, what,
                          tenon_status_name(outcome.status), outcome.message);
            check_outcome(&scenarios[i], place, &outcome, mark, what);
        }
}

/* R14 */
START_TEST(R14_interrupted_calls_are_called_again)
{
    run_all(&(struct socket_fault){.interrupts = 3}, "interrupted");
    ck_no_violations();
}
END_TEST

/* R5 */
START_TEST(R5_sockets_that_take_and_give_little_change_nothing)
{
    run_all(&(struct socket_fault){.send_part = 3}, "three bytes a send");
    run_all(&(struct socket_fault){.recv_part = 1}, "one byte a receive");
    run_all(&(struct socket_fault){.send_part = 40, .recv_part = 7, .send_waits = 2},
            "sends that wait");
    ck_no_violations();
}
END_TEST

/* One call on a connection of its own, with a send that breaks. */
static struct outcome run_broken(const struct scenario *scenario, enum place place, bool warm,
                                 const struct socket_fault *fault, int64_t mark, size_t *sent)
{
    tenon_db *one = must_open(server_conninfo, 20000);
    int pid = pid_of(one);

    if (warm)
        run_scenario(scenario, PLACE_TRANSACTION, one, mem, new_mark());
    socket_fail(fault);
    struct outcome outcome = run_scenario(scenario, place, one, mem, mark);
    *sent = socket_sent();
    bool failed = socket_has_failed();
    socket_fail(NULL);
    if (failed && outcome.status == TENON_CONNECTION_LOST && tenon_db_is_open(one))
        violation("%s: lost, and open", scenario->name);
    tenon_db_close(one);
    tenon_arena_reset(mem);
    wait_for_end(pid);
    return outcome;
}

/* The last message has not left whole. libpq keeps a failed send to itself until the connection
 * ends, so that "unknown" may be said as well; what is said must be true. */
START_TEST(R2_a_request_that_did_not_leave_has_no_effect)
{
    static const int errors[] = {EPIPE, ECONNRESET};
    size_t n_points = 0, n_none = 0;

    for (size_t i = 0; i < n_scenarios; i++)
        for (int warm = 0; warm < 2; warm++) {
            size_t total, sent;
            run_broken(&scenarios[i], PLACE_PLAIN, warm != 0, NULL, new_mark(), &total);
            for (size_t at = 0; at < total; at++) {
                const struct socket_fault fault = {.send_limit = at, .send_errno = errors[at % 2]};
                int64_t mark = new_mark();
                if (!is_sampled(100))
                    continue;
                struct outcome outcome =
                    run_broken(&scenarios[i], PLACE_PLAIN, warm != 0, &fault, mark, &sent);
                if (outcome.status == TENON_OK || outcome.status == TENON_TIMEOUT)
                    violation("%s after %zu bytes: %s", scenarios[i].name, at,
                              tenon_status_name(outcome.status));
                else if (outcome.effect == TENON_EFFECT_DONE)
                    violation("%s after %zu of %zu bytes: effect DONE", scenarios[i].name, at,
                              total);
                check_outcome(&scenarios[i], PLACE_PLAIN, &outcome, mark, "a send that breaks");
                n_none += outcome.effect == TENON_EFFECT_NONE;
                n_points++;
            }
        }
    printf("sends that break: %zu points, %zu times NONE\n", n_points, n_none);
    ck_no_violations();
}
END_TEST

START_TEST(R2_what_is_said_of_a_broken_receive_is_true)
{
    size_t sent, n_points = 0;

    for (size_t i = 0; i < n_scenarios; i++)
        for (enum place place = PLACE_PLAIN; place < N_PLACES; place++)
            for (size_t at = 1; at < 6; at++) {
                const struct socket_fault fault = {
                    .recv_errno = ECONNRESET, .recv_at = at, .recv_part = 16};
                int64_t mark = new_mark();
                if (!is_sampled(4))
                    continue;
                struct outcome outcome =
                    run_broken(&scenarios[i], place, false, &fault, mark, &sent);
                check_outcome(&scenarios[i], place, &outcome, mark, "a receive that breaks");
                n_points++;
            }
    printf("receives that break: %zu points\n", n_points);
    ck_no_violations();
}
END_TEST

int main(void)
{
    support_init("socket");
    Suite *suite = suite_create("socket");
    TCase *tcase = tcase_create("socket");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, R3_an_answer_that_is_there_is_taken, 0, 4);
    tcase_add_test(tcase, R3_the_answer_to_a_batch_that_is_there_is_taken);
    tcase_add_loop_test(tcase, R3_a_peer_that_never_pauses_ends_at_the_deadline, 0, 4);
    tcase_add_test(tcase, R14_interrupted_calls_are_called_again);
    tcase_add_test(tcase, R5_sockets_that_take_and_give_little_change_nothing);
    tcase_add_test(tcase, R2_a_request_that_did_not_leave_has_no_effect);
    tcase_add_test(tcase, R2_what_is_said_of_a_broken_receive_is_true);
    tcase_set_timeout(tcase, 0);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
