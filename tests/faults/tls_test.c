/* The same over TLS, where a whole record has to arrive before a byte of it can be read, and
 * OpenSSL may hold bytes that poll cannot see. tls.sh starts the server and names its port. */
#include <stdlib.h>
#include <string.h>

#include "scenarios.h"

static struct proxy *proxy;
static tenon_db *db;
static tenon_arena *mem;

static void set_up(void)
{
    proxy = proxy_start(NULL, atoi(getenv("TENON_FAULTS_TLS_PORT")));
    mem = tenon_arena_create();
    db = must_open(through(proxy, "sslmode=require"), 20000);
}

static void tear_down(void)
{
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    proxy_stop(proxy);
}

/* Rows of 8 to 24 KB around the size of a record, 16 KB. */
static void ck_large_rows(int timeout_ms)
{
    tenon_db_set_timeout(db, timeout_ms);
    for (int size = 8000; size <= 24000; size += is_long ? 100 : 1000) {
        app_large_rows_row_list rows;
        ck_status(
            db, TENON_OK,
            app_large_rows(db, mem, &(app_large_rows_params){.size = size, .rows = 3}, &rows));
        ck_assert_uint_eq(rows.count, 3);
        for (size_t i = 0; i < rows.count; i++) {
            ck_assert_uint_eq(strlen(rows.items[i].value), (size_t)size);
            ck_assert_int_eq(rows.items[i].value[size - 1], 'A' + (int)i);
        }
        tenon_arena_reset(mem);
    }
}

START_TEST(R5_tls_large_rows_arrive_whole_and_at_once)
{
    static const struct fault faults[] = {
        {0},
        {.chunk = {0, 16}},
        {.chunk = {0, 8192}, .pause_us = {0, 2000}},
        {.chunk = {0, 16389}, .pause_us = {0, 2000}},
        {.chunk = {1, 0}, .pause_us = {0, 3000}},
    };

    proxy_set(proxy, &faults[_i]);
    ck_large_rows(10000);
}
END_TEST

START_TEST(R5_tls_every_command_works_in_parts)
{
    const struct fault torn = {.chunk = {7, 5}};

    proxy_set(proxy, &torn);
    for (size_t i = 0; i < n_scenarios; i++) {
        int64_t mark = new_mark();
        struct outcome outcome = run_scenario(&scenarios[i], PLACE_TRANSACTION, db, mem, mark);
        if (outcome.status != TENON_OK)
            violation("%s: %s %s", scenarios[i].name, tenon_status_name(outcome.status),
                      outcome.message);
        check_outcome(&scenarios[i], PLACE_TRANSACTION, &outcome, mark, "over TLS");
    }
    ck_no_violations();
}
END_TEST

/* An inverted bit breaks the record's seal; a cut is a cut. */
START_TEST(R6_tls_what_was_changed_or_cut_is_lost)
{
    int n = is_long ? 2000 : SANITIZED ? 20 : 60;

    for (int i = 0; i < n; i++) {
        const struct scenario *scenario = &scenarios[random_below(n_scenarios)];
        bool is_flip = i % 2 == 0;
        const struct fault fault = {.kind = is_flip ? FAULT_FLIP : FAULT_CUT,
                                    .direction = (enum direction)random_below(2),
                                    .at = (size_t)random_below(300),
                                    .bit = (int)random_below(8)};
        int64_t mark = new_mark();
        tenon_db *one = must_open(through(proxy, "sslmode=require"), 20000);
        int pid = pid_of(one);

        /* A length that grew keeps the other side waiting. */
        tenon_db_set_timeout(one, 500);
        proxy_set(proxy, &fault);
        struct outcome outcome = run_scenario(scenario, PLACE_PLAIN, one, mem, mark);
        bool failed = proxy_has_failed(proxy);
        if (failed && outcome.status == TENON_OK && fault.direction == TO_CLIENT && is_flip)
            violation("%s: OK, with byte %zu changed", scenario->name, fault.at);
        if (outcome.status != TENON_OK && tenon_db_is_open(one))
            violation("%s: %s, and open", scenario->name, tenon_status_name(outcome.status));
        tenon_db_close(one);
        proxy_drop(proxy);
        wait_for_end(pid);
        check_outcome(scenario, PLACE_PLAIN, &outcome, mark, is_flip ? "flipped" : "cut");
        proxy_set(proxy, NULL);
    }
    ck_no_violations();
}
END_TEST

/* The deadline holds while a record is incomplete. */
START_TEST(R3_tls_half_a_record_ends_at_the_deadline)
{
    const struct fault frozen = {.kind = FAULT_FREEZE, .direction = TO_CLIENT, .at = 9000};
    app_large_rows_row_list rows;

    tenon_db_set_timeout(db, 300);
    proxy_set(proxy, &frozen);
    double before = now_ms();
    ck_status(db, TENON_TIMEOUT,
              app_large_rows(db, mem, &(app_large_rows_params){.size = 12000, .rows = 3}, &rows));
    ck_assert_double_lt(now_ms() - before, 300 + 100 + slack_ms());
    ck_assert(!tenon_db_is_open(db));
}
END_TEST

START_TEST(R10_a_certificate_that_is_not_known_is_refused)
{
    tenon_db *one;

    ck_assert_int_ne(
        tenon_db_open(through(proxy, "sslmode=verify-full sslrootcert=/nowhere"), NULL, &one),
        TENON_OK);
    ck_assert(!tenon_db_is_open(one));
    tenon_db_close(one);
}
END_TEST

int main(void)
{
    if (getenv("TENON_FAULTS_TLS_PORT") == NULL) {
        fprintf(stderr, "skipped: tls.sh starts this\n");
        return 77;
    }
    support_init("tls");
    Suite *suite = suite_create("tls");
    TCase *tcase = tcase_create("tls");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, R5_tls_large_rows_arrive_whole_and_at_once, 0, 5);
    tcase_add_test(tcase, R5_tls_every_command_works_in_parts);
    tcase_add_test(tcase, R6_tls_what_was_changed_or_cut_is_lost);
    tcase_add_test(tcase, R3_tls_half_a_record_ends_at_the_deadline);
    tcase_add_test(tcase, R10_a_certificate_that_is_not_known_is_refused);
    tcase_set_timeout(tcase, 0);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
