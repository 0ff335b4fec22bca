/* What a real server may do: end a session, freeze, refuse, cancel, change under the program. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "scenarios.h"

static tenon_db *db;
static tenon_arena *mem;

static void set_up(void)
{
    db = must_open(server_conninfo, 20000);
    mem = tenon_arena_create();
}

static void tear_down(void)
{
    tenon_db_close(db);
    tenon_arena_destroy(mem);
}

static void terminate(int pid)
{
    char sql[80];

    snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%d, 5000)", pid);
    truth(sql);
    wait_for_end(pid);
}

/* Whether the server still runs a statement of this session. */
static bool is_active(int pid)
{
    char sql[120];

    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM pg_stat_activity WHERE pid = %d AND state = 'active'", pid);
    return strcmp(truth(sql), "0") != 0;
}

static bool becomes_idle(int pid)
{
    for (int tick = 0; tick < 40 && is_active(pid); tick++)
        sleep_ms(50);
    return !is_active(pid);
}

START_TEST(R1_an_idle_session_that_was_ended_is_lost_and_not_retried)
{
    int n = is_long ? 1000 : SANITIZED ? 10 : 40;

    for (int i = 0; i < n; i++) {
        int64_t mark = new_mark();
        tenon_db *one = must_open(server_conninfo, 20000);
        if (i % 2 == 0)
            ck_status(one, TENON_OK,
                      app_add_entry(one, &(app_add_entry_params){
                                             .mark = new_mark(), .item = 0, .note = "warm"}));
        terminate(pid_of(one));
        double before = now_ms();
        ck_status(
            one, TENON_CONNECTION_LOST,
            app_add_entry(one, &(app_add_entry_params){.mark = mark, .item = 0, .note = "x"}));
        ck_assert_double_lt(now_ms() - before, 100 + slack_ms());
        ck_assert_int_eq(stored(mark), 0);
        ck_assert(!tenon_db_is_open(one));
        ck_status(
            one, TENON_CONNECTION_LOST,
            app_add_entry(one, &(app_add_entry_params){.mark = mark, .item = 0, .note = "x"}));
        tenon_db_close(one);
    }
    printf("R1: %d sessions\n", n);
}
END_TEST

/* A session that ends at a random moment, in any command. */
START_TEST(R2_a_session_that_is_ended_at_work_is_told_of_truly)
{
    int n = is_long ? 600 : SANITIZED ? 20 : 80;

    for (int i = 0; i < n; i++) {
        const struct scenario *scenario = &scenarios[random_below(n_scenarios)];
        enum place place = (enum place)random_below(N_PLACES);
        int64_t mark = new_mark();
        tenon_db *one = must_open(server_conninfo, 20000);
        int pid = pid_of(one), delay = (int)random_below(8);
        char sql[200];
        snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%d, 5000) FROM pg_sleep(0.00%d)",
                 pid, delay);
        pid_t killer = fork();
        if (killer == 0) {
            PGconn *conn = PQconnectdb(server_conninfo);
            PQclear(PQexec(conn, sql));
            PQfinish(conn);
            _exit(0);
        }
        struct outcome outcome = {.status = TENON_OK};
        for (int round = 0; round < 500 && outcome.status == TENON_OK; round++) {
            mark = new_mark();
            outcome = run_scenario(scenario, place, one, mem, mark);
            check_outcome(scenario, place, &outcome, mark, "ended at work");
            tenon_arena_reset(mem);
        }
        waitpid(killer, NULL, 0);
        tenon_db_close(one);
        wait_for_end(pid);
        check_outcome(scenario, place, &outcome, mark, "ended at work");
    }
    ck_no_violations();
}
END_TEST

START_TEST(R3_a_frozen_session_ends_at_the_deadline)
{
    int pid = pid_of(db), open = open_files();
    int64_t mark = new_mark();

    if (kill(pid, SIGSTOP) != 0) {
        printf("skipped R3: the server is another user's\n");
        return;
    }
    tenon_db_set_timeout(db, 150);
    double before = now_ms();
    tenon_status status =
        app_add_entry(db, &(app_add_entry_params){.mark = mark, .item = 0, .note = "frozen"});
    double took = now_ms() - before;
    kill(pid, SIGCONT);
    ck_status(db, TENON_TIMEOUT, status);
    ck_assert_int_eq(tenon_db_error(db)->effect, TENON_EFFECT_UNKNOWN);
    ck_assert(!tenon_db_is_open(db));
    ck_assert_double_lt(took, 150 + 100 + slack_ms());
    /* The request to cancel has a thread of its own with libpq before 17, which may be on its way.
     */
    for (int tick = 0; open_files() > open - 1 && tick < 100; tick++)
        sleep_ms(20);
    ck_assert_int_eq(open_files(), open - 1);
}
END_TEST

/* More than the buffers of a socket hold: the server has not even seen the end of it. */
START_TEST(R3_what_did_not_leave_by_the_deadline_has_no_effect)
{
    const size_t size = (size_t)16 << 20;
    char *note = malloc(size + 1);
    int pid = pid_of(db);
    int64_t mark = new_mark();

    ck_status(
        db, TENON_OK,
        app_add_entry(db, &(app_add_entry_params){.mark = new_mark(),
                                                  .item = 0,
                                                  .note = "prepared, so that it goes alone"}));
    memset(note, 'n', size);
    note[size] = '\0';
    if (kill(pid, SIGSTOP) != 0) {
        printf("skipped R3: the server is another user's\n");
        free(note);
        return;
    }
    tenon_db_set_timeout(db, 150);
    tenon_status status =
        app_add_entry(db, &(app_add_entry_params){.mark = mark, .item = 0, .note = note});
    kill(pid, SIGCONT);
    ck_status(db, TENON_TIMEOUT, status);
    ck_assert_int_eq(tenon_db_error(db)->effect, TENON_EFFECT_NONE);
    wait_for_end(pid);
    ck_assert_int_eq(stored(mark), 0);
    free(note);
}
END_TEST

/* The answer is there; the deadline asks the server to stop what nobody waits for. */
START_TEST(R3_a_deadline_ends_the_statement_in_the_server)
{
    int pid = pid_of(db);
    int64_t mark = new_mark();

    tenon_db_set_timeout(db, 200);
    double before = now_ms();
    ck_status(db, TENON_TIMEOUT,
              app_sleep_and_add(db, &(app_sleep_and_add_params){.mark = mark, .seconds = 6}));
    ck_assert_double_lt(now_ms() - before, 200 + 100 + slack_ms());
    ck_assert_msg(becomes_idle(pid), "the server still works on it");
    ck_assert_int_eq(stored(mark), 0);
    if (tenon_db_is_open(db)) {
        ck_assert_int_eq(tenon_db_error(db)->effect, TENON_EFFECT_NONE);
        tenon_db_set_timeout(db, 20000);
        ck_status(
            db, TENON_OK,
            app_add_entry(db, &(app_add_entry_params){.mark = mark, .item = 0, .note = "after"}));
        ck_assert_int_eq(stored(mark), 1);
    }
}
END_TEST

static tenon_status wait_for_lock(tenon_db *waiter)
{
    int32_t id;

    return app_lock_account(waiter, 1, &id);
}

START_TEST(R8_the_timeouts_of_the_server_have_statuses_of_their_own)
{
    tenon_db *holder = must_open(server_conninfo, 20000);
    int32_t value;

    ck_status(holder, TENON_OK, tenon_begin(holder, NULL));
    ck_status(holder, TENON_OK, wait_for_lock(holder));
    ck_status(db, TENON_OK, tenon_exec(db, "SET lock_timeout = 50"));
    ck_status(db, TENON_TIMEOUT, wait_for_lock(db));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "55P03");
    ck_assert_int_eq(app_lock_nowait(db, 1, &value), TENON_TIMEOUT);
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "55P03");
    ck_status(holder, TENON_OK, tenon_rollback(holder));
    ck_status(db, TENON_OK, tenon_exec(db, "SET statement_timeout = 50"));
    ck_status(db, TENON_TIMEOUT, app_sleep(db, 5, &value));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "57014");
    ck_assert_int_eq(tenon_db_error(db)->effect, TENON_EFFECT_NONE);
    ck_assert(tenon_db_is_open(db));
    ck_status(holder, TENON_OK, tenon_exec(holder, "SET idle_in_transaction_session_timeout = 50"));
    ck_status(holder, TENON_OK, tenon_begin(holder, NULL));
    ck_status(holder, TENON_OK, wait_for_lock(holder));
    sleep_ms(400);
    /* The server has said that it has rolled back. */
    tenon_status status = tenon_commit(holder);
    ck_assert_msg(status == TENON_CONNECTION_LOST || status == TENON_TIMEOUT, "%s",
                  tenon_status_name(status));
    ck_assert_str_eq(tenon_db_error(holder)->sqlstate, "25P03");
    tenon_db_close(holder);
}
END_TEST

/* The wire carries nothing but words that tells a timeout from a cancel: who asked decides. */
START_TEST(R8_a_timeout_is_one_in_every_language)
{
    static const char *const languages[] = {"C", "de_DE.utf8", "fr_FR.utf8"};
    int32_t value;

    for (size_t i = 0; i < 3; i++) {
        char sql[80];
        snprintf(sql, sizeof sql, "SET lc_messages = '%s'", languages[i]);
        if (tenon_exec(db, sql) != TENON_OK) {
            printf("no locale %s here: what stands in for it is a cancel from outside\n",
                   languages[i]);
            continue;
        }
        ck_status(db, TENON_OK, tenon_exec(db, "SET statement_timeout = 50"));
        ck_status(db, TENON_TIMEOUT, app_sleep(db, 5, &value));
    }
    ck_status(db, TENON_OK, tenon_exec(db, "SET statement_timeout = 0"));
    /* 57014 with other words, which nobody asked for by tenon_db_cancel. */
    ck_status(db, TENON_TIMEOUT,
              tenon_exec(db, "DO $$ BEGIN RAISE EXCEPTION 'storniere Anfrage' "
                             "USING ERRCODE = '57014'; END $$"));
}
END_TEST

/* A mere ERROR of class 08 is another server's trouble. */
START_TEST(R1_an_error_of_class_08_closes_nothing)
{
    ck_status(db, TENON_OK, tenon_begin(db, NULL));
    ck_status(
        db, TENON_SQL_ERROR,
        tenon_exec(db, "DO $$ BEGIN RAISE EXCEPTION 'remote' USING ERRCODE = '08006'; END $$"));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "08006");
    ck_assert(tenon_db_is_open(db));
    tenon_rollback(db);
    ck_status(
        db, TENON_OK,
        app_add_entry(db, &(app_add_entry_params){.mark = new_mark(), .item = 0, .note = "alive"}));
}
END_TEST

START_TEST(R16_a_child_that_ends_leaves_the_session_to_its_parent)
{
    int64_t mark = new_mark();
    pid_t child = fork();

    if (child == 0) {
        tenon_db_abandon(db);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    ck_status(
        db, TENON_OK,
        app_add_entry(db, &(app_add_entry_params){.mark = mark, .item = 0, .note = "parent"}));
    ck_assert_int_eq(stored(mark), 1);
}
END_TEST

START_TEST(R18_no_text_is_stored_in_another_encoding)
{
    const app_load_entries_params items[] = {{0, 0, "\xc3\xa9"}};
    const app_add_entry_batch_params batch[] = {{0, 0, "\xc3\xa9"}};
    int64_t rows;

    for (int command = 0; command < 3; command++) {
        tenon_db *one = must_open(server_conninfo, 20000);
        tenon_status changed = app_set_latin1(one);
        tenon_status status =
            command == 0
                ? app_add_entry(one,
                                &(app_add_entry_params){.mark = 0, .item = 0, .note = "\xc3\xa9"})
            : command == 1 ? app_add_entry_batch(one, batch, 1)
                           : app_load_entries(one, items, 1, &rows);
        ck_assert_msg(changed != TENON_OK || status != TENON_OK, "command %d", command);
        ck_assert_int_eq(stored(0), 0);
        tenon_db_close(one);
    }
}
END_TEST

int main(void)
{
    support_init("server");
    Suite *suite = suite_create("server");
    TCase *tcase = tcase_create("server");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, R1_an_idle_session_that_was_ended_is_lost_and_not_retried);
    tcase_add_test(tcase, R1_an_error_of_class_08_closes_nothing);
    tcase_add_test(tcase, R2_a_session_that_is_ended_at_work_is_told_of_truly);
    tcase_add_test(tcase, R3_a_frozen_session_ends_at_the_deadline);
    tcase_add_test(tcase, R3_what_did_not_leave_by_the_deadline_has_no_effect);
    tcase_add_test(tcase, R3_a_deadline_ends_the_statement_in_the_server);
    tcase_add_test(tcase, R8_the_timeouts_of_the_server_have_statuses_of_their_own);
    tcase_add_test(tcase, R8_a_timeout_is_one_in_every_language);
    tcase_add_test(tcase, R16_a_child_that_ends_leaves_the_session_to_its_parent);
    tcase_add_test(tcase, R18_no_text_is_stored_in_another_encoding);
    tcase_set_timeout(tcase, 0);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
