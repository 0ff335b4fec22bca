/* Networks that are slow, tear messages apart, or hold a request to cancel back; peers that take or
 * give one byte a second; answers larger than their limit. All through the proxy, from a real
 * server. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios.h"

static struct proxy *proxy;
static tenon_db *db;
static tenon_arena *mem;

static void set_up(void)
{
    proxy = proxy_start(server_path, 0);
    db = must_open(through(proxy, ""), 20000);
    mem = tenon_arena_create();
}

static void tear_down(void)
{
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    proxy_stop(proxy);
}

static void ck_ends(double before, int deadline_ms)
{
    double took = now_ms() - before;

    ck_assert_msg(took < deadline_ms + 100 + slack_ms(), "%.0f ms instead of %d", took,
                  deadline_ms);
}

START_TEST(R5_a_network_that_tears_and_delays_changes_nothing)
{
    static const struct fault faults[] = {
        {.chunk = {1, 1}},
        {.chunk = {3, 0}, .pause_us = {300, 0}},
        {.chunk = {0, 50}, .pause_us = {0, 1000}},
        {.pause_us = {10000, 10000}},
    };

    for (size_t i = 0; i < n_scenarios; i++)
        for (enum place place = PLACE_PLAIN; place < N_PLACES; place++) {
            if (_i != 0 && !is_sampled(3))
                continue;
            int64_t mark = new_mark();
            proxy_set(proxy, &faults[_i]);
            struct outcome outcome = run_scenario(&scenarios[i], place, db, mem, mark);
            if (outcome.status != TENON_OK)
                violation("%s %s: %s %s", scenarios[i].name, place_names[place],
                          tenon_status_name(outcome.status), outcome.message);
            check_outcome(&scenarios[i], place, &outcome, mark, "torn");
            tenon_arena_reset(mem);
        }
    proxy_set(proxy, NULL);
    ck_no_violations();
}
END_TEST

/* Each byte is a sign of life, and none of them puts the deadline off. */
START_TEST(R3_a_peer_of_one_byte_a_second_ends_at_the_deadline)
{
    for (int direction = TO_SERVER; direction <= TO_CLIENT; direction++)
        for (size_t i = 0; i < n_scenarios; i++) {
            struct fault slow = {0};
            tenon_db *one;
            if (!is_sampled(3))
                continue;
            one = must_open(through(proxy, ""), 200);
            slow.chunk[direction] = 1;
            slow.pause_us[direction] = 1000000;
            proxy_set(proxy, &slow);
            double before = now_ms();
            struct outcome outcome = run_scenario(&scenarios[i], PLACE_PLAIN, one, mem, new_mark());
            ck_ends(before, 200);
            ck_status(one, TENON_TIMEOUT, outcome.status);
            ck_assert(!tenon_db_is_open(one));
            tenon_db_close(one);
            proxy_set(proxy, NULL);
        }
}
END_TEST

static char *long_text(size_t length)
{
    char *text = malloc(length + 1);

    ck_assert_ptr_nonnull(text);
    memset(text, 'x', length);
    text[length] = '\0';
    return text;
}

/* Too long for the buffers on the way: it can not leave whole. */
START_TEST(R2_a_request_that_is_stuck_has_no_effect)
{
    const struct fault frozen = {.kind = FAULT_FREEZE, .direction = TO_SERVER, .at = 1000};
    char *text = long_text(8 << 20);
    int64_t mark = new_mark();
    int pid = pid_of(db);

    tenon_db_set_timeout(db, 300);
    proxy_set(proxy, &frozen);
    double before = now_ms();
    ck_status(db, TENON_TIMEOUT,
              app_add_entry(db, &(app_add_entry_params){.mark = mark, .item = 0, .note = text}));
    ck_ends(before, 300);
    ck_assert_int_eq(tenon_db_error(db)->effect, TENON_EFFECT_NONE);
    ck_assert(!tenon_db_is_open(db));
    proxy_drop(proxy);
    wait_for_end(pid);
    ck_assert_int_eq(stored(mark), 0);
    free(text);
}
END_TEST

START_TEST(R2_a_commit_whose_answer_is_lost_is_unknown)
{
    for (int cut = 0; cut < 2; cut++) {
        int64_t mark = new_mark();
        tenon_db *one;

        proxy_drop(proxy); /* the fault is to strike this one */
        one = must_open(through(proxy, ""), 300);
        int pid = pid_of(one);
        ck_status(one, TENON_OK, tenon_begin(one, NULL));
        ck_status(
            one, TENON_OK,
            app_add_entry(one, &(app_add_entry_params){.mark = mark, .item = 0, .note = "x"}));
        const struct fault fault = {.kind = cut ? FAULT_CUT : FAULT_FREEZE, .direction = TO_CLIENT};
        proxy_set(proxy, &fault);
        /* The fault strikes on the first byte of the answer, or at once. */
        tenon_status status = tenon_commit(one);
        if (stored(mark) > 0)
            ck_status(one, TENON_COMMIT_UNKNOWN, status);
        ck_assert(status == TENON_COMMIT_UNKNOWN || status == TENON_CONNECTION_LOST ||
                  status == TENON_TIMEOUT);
        tenon_db_close(one);
        proxy_drop(proxy);
        wait_for_end(pid);
        if (status != TENON_COMMIT_UNKNOWN)
            ck_assert_int_eq(stored(mark), 0);
        proxy_set(proxy, NULL);
    }
}
END_TEST

/* A deadline cancels the statement; however late the request arrives, it hits no later one. */
START_TEST(R7_a_late_cancel_hits_no_later_statement)
{
    int n = is_long ? 10000 : SANITIZED ? 15 : 60;
    int n_deadlines = 0, n_kept = 0;

    for (int i = 0; i < n; i++) {
        const struct fault held = {.cancel_hold_ms =
                                       i % 8 == 7 ? CANCEL_HELD_FOR_EVER : (int)random_below(21)};
        int32_t value;
        if (!tenon_db_is_open(db)) {
            tenon_db_close(db);
            db = must_open(through(proxy, ""), 20000);
        }
        proxy_set(proxy, &held);
        tenon_db_set_timeout(db, 5 + (int)random_below(30));
        tenon_status first = app_sleep(db, 0.002 * (double)random_below(15), &value);
        n_deadlines += first == TENON_TIMEOUT;
        tenon_db_set_timeout(db, 20000);
        if (tenon_db_is_open(db)) {
            n_kept += first == TENON_TIMEOUT;
            ck_status(db, TENON_OK, app_sleep(db, 0.03, &value));
        }
    }
    printf("R7: %d calls, %d deadlines, %d connections kept after one\n", n, n_deadlines, n_kept);
}
END_TEST

struct canceller {
    tenon_db *db;
    bool stop;
    pthread_mutex_t lock;
};

static void *cancel_often(void *context)
{
    struct canceller *canceller = context;
    bool stop = false;

    while (!stop) {
        uint64_t call = tenon_db_call(canceller->db);
        sleep_ms(1);
        if (call != 0 && tenon_db_cancel_call(canceller->db, call, 500) != TENON_OK)
            sleep_ms(1);
        pthread_mutex_lock(&canceller->lock);
        stop = canceller->stop;
        pthread_mutex_unlock(&canceller->lock);
    }
    return NULL;
}

/* Another thread cancels each call that lasts; a call that did not exist then is not hit: of two
 * that are told apart by their serial, the second runs to its end when nobody asks for it. */
START_TEST(R7_a_cancel_of_a_call_hits_that_call)
{
    const struct fault held = {.cancel_hold_ms = 5};
    struct canceller canceller = {.db = db, .lock = PTHREAD_MUTEX_INITIALIZER};
    pthread_t thread;
    int32_t value;
    int n = is_long ? 200 : 12, n_canceled = 0;

    proxy_set(proxy, &held);
    ck_assert_int_eq(pthread_create(&thread, NULL, cancel_often, &canceller), 0);
    for (int i = 0; i < n && tenon_db_is_open(db); i++) {
        tenon_status status = app_sleep(db, 0.3, &value);
        ck_assert_msg(status == TENON_OK || status == TENON_CANCELED, "%s %s",
                      tenon_status_name(status), tenon_db_error(db)->message);
        n_canceled += status == TENON_CANCELED;
    }
    pthread_mutex_lock(&canceller.lock);
    canceller.stop = true;
    pthread_mutex_unlock(&canceller.lock);
    pthread_join(thread, NULL);
    ck_assert(tenon_db_is_open(db));
    ck_assert_int_gt(n_canceled, 0);
    /* What was asked for is settled: nothing that comes now is cancelled. */
    for (int i = 0; i < 5; i++)
        ck_status(db, TENON_OK, app_sleep(db, 0.01, &value));
}
END_TEST

START_TEST(R7_a_cancel_that_is_never_taken_ends_at_its_deadline)
{
    const struct fault held = {.cancel_hold_ms = CANCEL_HELD_FOR_EVER};
    int32_t value;

    proxy_set(proxy, &held);
    tenon_db_set_timeout(db, 150);
    double before = now_ms();
    ck_status(db, TENON_TIMEOUT, app_sleep(db, 10, &value));
    ck_ends(before, 250);
    ck_assert(!tenon_db_is_open(db));
}
END_TEST

/* Items of a batch that are large are handed to libpq one by one: it would keep a copy of each that
 * has not left. */
START_TEST(S4_a_large_batch_is_not_held_twice)
{
    enum { N = 40, SIZE = 4 << 20 };
    static app_add_entry_batch_params items[N];
    char *note = malloc(SIZE + 1);
    int64_t mark = new_mark();

    memset(note, 'n', SIZE);
    note[SIZE] = '\0';
    for (int i = 0; i < N; i++)
        items[i] = (app_add_entry_batch_params){mark, i, note};
    tenon_db *one = must_open(server_conninfo, 120000);
    tenon_db_set_limits(one, (tenon_limits){.max_param_bytes = TENON_NO_LIMIT});
    forget_peak();
    long at_rest_mb = peak_mb();
    ck_status(one, TENON_OK, app_add_entry_batch(one, items, N));
    long more_mb = peak_mb() - at_rest_mb;
    printf("S4: %ld MB more for a batch of %d MB\n", more_mb, N * (SIZE >> 20));
    if (!SANITIZED)
        ck_assert_int_lt(more_mb, 64);
    ck_assert_int_eq(stored(mark), N);
    tenon_db_close(one);
    free(note);
}
END_TEST

/* What an element takes while it is read, 16 bytes, is given back behind its array: of 2 million of
 * them there are 2 bytes each in the end, and 6 in libpq's result. */
START_TEST(S4_arrays_are_taken_apart_one_at_a_time)
{
    enum { N = 20000 };
    tenon_arena *own = tenon_arena_create();
    app_many_arrays_list list;
    tenon_db *one = must_open(server_conninfo, 60000);

    forget_peak();
    long at_rest_mb = peak_mb();
    ck_status(one, TENON_OK, app_many_arrays(one, own, N, &list));
    long more_mb = peak_mb() - at_rest_mb;
    ck_assert_uint_eq(list.count, N);
    ck_assert_int_eq(list.items[6].items[99], 7);
    printf("S4: %ld MB more for %d arrays\n", more_mb, N);
    if (!SANITIZED)
        ck_assert_int_lt(more_mb, 40);
    tenon_db_close(one);
    tenon_arena_destroy(own);
}
END_TEST

START_TEST(S4_an_answer_ends_at_its_limit)
{
    const tenon_limits bytes = {.max_bytes = 1 << 20}, rows = {.max_rows = 10};
    app_large_rows_row_list list;
    const char *text;

    tenon_db_set_limits(db, bytes);
    ck_status(db, TENON_TOO_LARGE,
              app_large_text(db, mem,
                             &(app_large_text_params){.piece = "0123456789", .times = 1000000},
                             &text));
    ck_assert_str_eq(tenon_db_error(db)->query, "LargeText");
    if (!tenon_db_is_open(db)) {
        tenon_db_close(db);
        db = must_open(through(proxy, ""), 20000);
    }
    tenon_db_set_limits(db, rows);
    ck_status(db, TENON_OK,
              app_large_rows(db, mem, &(app_large_rows_params){.size = 10, .rows = 10}, &list));
    ck_status(db, TENON_TOO_LARGE,
              app_large_rows(db, mem, &(app_large_rows_params){.size = 10, .rows = 11}, &list));
    ck_assert_int_ne(tenon_db_error(db)->effect, TENON_EFFECT_UNKNOWN);
    ck_assert(tenon_db_is_open(db));
}
END_TEST

START_TEST(R3_a_server_that_keeps_sending_ends_at_the_deadline)
{
    app_large_rows_row_list list;

    tenon_db_set_timeout(db, 300);
    tenon_db_set_limits(db, (tenon_limits){.max_bytes = INT64_C(1) << 30});
    double before = now_ms();
    tenon_status status =
        app_large_rows(db, mem, &(app_large_rows_params){.size = 100, .rows = 4000000}, &list);
    ck_ends(before, 300 + 2 * 400);
    ck_status(db, TENON_TIMEOUT, status);
}
END_TEST

/* One row of a thousand million: the end must not wait for the rest. */
START_TEST(R3_a_stream_may_end_early_at_once)
{
    for (int in_transaction = 0; in_transaction < 2; in_transaction++) {
        tenon_db_set_timeout(db, 5000);
        if (in_transaction)
            ck_status(db, TENON_OK, tenon_begin(db, NULL));
        app_numbers *stream = app_numbers_begin(db, INT64_C(1000000000));
        const int64_t *n = app_numbers_next(stream);
        ck_assert(n != NULL && *n == 1);
        double before = now_ms();
        ck_status(db, TENON_OK, app_numbers_end(stream));
        ck_ends(before, 1000);
        if (in_transaction)
            ck_status(db, TENON_OK, tenon_commit(db));
    }
}
END_TEST

int main(void)
{
    support_init("wire");
    Suite *suite = suite_create("wire");
    TCase *tcase = tcase_create("wire");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, R5_a_network_that_tears_and_delays_changes_nothing, 0, 4);
    tcase_add_test(tcase, R3_a_peer_of_one_byte_a_second_ends_at_the_deadline);
    tcase_add_test(tcase, R2_a_request_that_is_stuck_has_no_effect);
    tcase_add_test(tcase, R2_a_commit_whose_answer_is_lost_is_unknown);
    tcase_add_test(tcase, R7_a_late_cancel_hits_no_later_statement);
    tcase_add_test(tcase, R7_a_cancel_of_a_call_hits_that_call);
    tcase_add_test(tcase, R7_a_cancel_that_is_never_taken_ends_at_its_deadline);
    tcase_add_test(tcase, S4_a_large_batch_is_not_held_twice);
    tcase_add_test(tcase, S4_arrays_are_taken_apart_one_at_a_time);
    tcase_add_test(tcase, S4_an_answer_ends_at_its_limit);
    tcase_add_test(tcase, R3_a_server_that_keeps_sending_ends_at_the_deadline);
    tcase_add_test(tcase, R3_a_stream_may_end_early_at_once);
    tcase_set_timeout(tcase, 0);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
