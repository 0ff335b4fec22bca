/* Memory runs out at the N-th allocation, for every N until the call succeeds: libpq's allocations,
 * the runtime's and the generated code's. Once, and from then on. */
#include <string.h>

#include <libpq-fe.h>

#include <tenon/pool.h>

#include "scenarios.h"
#include "shim_memory.h"

static tenon_db *db;

static void set_up(void)
{
    db = must_open(server_conninfo, 400);
}

static void tear_down(void)
{
    memory_fail(0, false);
    tenon_db_close(db);
}

/* Whether what failed with memory may say so in this way. */
static bool is_plausible(tenon_status status)
{
    return status == TENON_OUT_OF_MEMORY || status == TENON_CONNECTION_LOST ||
           status == TENON_COMMIT_UNKNOWN || status == TENON_TIMEOUT ||
           status == TENON_PROTOCOL_VIOLATION || status == TENON_OK;
}

static bool run_point(const struct scenario *scenario, enum place place, bool cold, size_t n,
                      bool forever, struct outcome *outcome)
{
    int64_t mark = new_mark();
    char where[80];
    bool fresh = !tenon_db_is_open(db) || cold;

    if (fresh) {
        tear_down();
        set_up();
    }
    tenon_arena *mem = tenon_arena_create();
    if (fresh && !cold)
        run_scenario(scenario, PLACE_TRANSACTION, db, mem, new_mark());
    memory_fail(n, forever);
    *outcome = run_scenario(scenario, place, db, mem, mark);
    size_t asked = memory_asked();
    memory_fail(0, false);
    tenon_arena_destroy(mem);
    snprintf(where, sizeof where, "%s, allocation %zu fails%s", cold ? "cold" : "warm", n,
             forever ? " and all behind it" : "");
    /* What the server still does belongs to this point. */
    if (!tenon_db_is_open(db))
        sleep_ms(1);
    if (!is_plausible(outcome->status))
        violation("%s %s, %s: %s %s", scenario->name, place_names[place], where,
                  tenon_status_name(outcome->status), outcome->message);
    check_outcome(scenario, place, outcome, mark, where);
    if (tenon_db_is_open(db) && tenon_depth(db) != 0)
        violation("%s %s, %s: depth %d is left", scenario->name, place_names[place], where,
                  tenon_depth(db));
    return asked < n;
}

static size_t sweep(enum place place, unsigned one_in)
{
    size_t n_points = 0;

    for (size_t i = 0; i < n_scenarios; i++)
        for (int kind = 0; kind < 4; kind++) {
            bool done = false;
            for (size_t n = 1; !done && n < 3000; n++) {
                struct outcome outcome;
                if (n < 200 && !is_sampled(one_in))
                    continue;
                done =
                    run_point(&scenarios[i], place, (kind & 1) != 0, n, (kind & 2) != 0, &outcome);
                n_points++;
            }
        }
    return n_points;
}

/* R13 */
START_TEST(R13_without_memory_a_call_fails_and_says_what_is_true)
{
    double before = now_ms();
    size_t n_points = sweep((enum place)_i, _i == PLACE_PLAIN ? 3 : 8);

    printf("memory %s: %zu points, %.1f s\n", place_names[_i], n_points,
           (now_ms() - before) / 1000);
    ck_no_violations();
}
END_TEST

START_TEST(R13_connecting_without_memory_fails)
{
    size_t n_points = 0;
    bool done = false;
    int open = open_files();

    for (size_t n = 1; !done; n++) {
        tenon_db *one = NULL;
        const tenon_db_options options = {.connect_timeout_ms = 1000};
        memory_fail(n, false);
        tenon_status status = tenon_db_open(server_conninfo, &options, &one);
        done = memory_asked() < n;
        memory_fail(0, false);
        if (status != TENON_OK && tenon_db_is_open(one))
            violation("allocation %zu: failed, and open", n);
        if (done && status != TENON_OK)
            violation("allocation %zu: %s", n, tenon_db_error(one)->message);
        tenon_db_close(one);
        n_points++;
    }
    printf("memory while connecting: %zu points\n", n_points);
    ck_assert_int_eq(open_files(), open);
    ck_no_violations();
}
END_TEST

/* There is no stream to ask, so the connection has to tell. */
START_TEST(R13_a_stream_that_is_none_has_an_error)
{
    memory_fail(1, false);
    app_numbers *stream = app_numbers_begin(db, 3);
    memory_fail(0, false);
    ck_assert_ptr_null(stream);
    ck_assert_int_eq(app_numbers_end(stream), TENON_OUT_OF_MEMORY);
    ck_assert_int_eq(tenon_db_error(db)->status, TENON_OUT_OF_MEMORY);
    ck_assert_str_ne(tenon_db_error(db)->message, "");
    ck_assert_int_eq(tenon_db_error(db)->effect, TENON_EFFECT_NONE);
}
END_TEST

/* Every point, for what reads takes the arenas, libpq and the values apart in its own ways. */
START_TEST(R13_no_allocation_of_a_read_is_left_out)
{
    size_t n_points = 0;

    for (size_t i = 0; i < n_scenarios; i++) {
        if (strcmp(scenarios[i].name, "one") != 0 && strcmp(scenarios[i].name, "stream") != 0 &&
            strcmp(scenarios[i].name, "copyfrom") != 0)
            continue;
        bool done = false;
        for (size_t n = 1; !done; n++, n_points++) {
            struct outcome outcome;
            done = run_point(&scenarios[i], PLACE_PLAIN, true, n, false, &outcome);
        }
    }
    printf("memory of reads: %zu points\n", n_points);
    ck_no_violations();
}
END_TEST

/* A name is looked up, and the first host refuses. */
START_TEST(R13_names_and_lists_without_memory_are_told_of)
{
    const tenon_db_options options = {.connect_timeout_ms = 2000, .server_timeout = true};
    char conninfo[600], directory[200];
    size_t n_points = 0;
    bool done = false;

    snprintf(directory, sizeof directory, "%s", server_path);
    *strrchr(directory, '/') = '\0';
    snprintf(conninfo, sizeof conninfo, "%s host=localhost,%s port=1,%s load_balance_hosts=disable",
             server_conninfo, directory, strrchr(server_path, '.') + 1);
    for (size_t n = 1; !done; n++, n_points++) {
        tenon_db *one = NULL;
        memory_fail(n, false);
        tenon_status status = tenon_db_open(conninfo, &options, &one);
        done = memory_asked() < n;
        memory_fail(0, false);
        if (!is_plausible(status) || (status != TENON_OK && tenon_db_is_open(one)))
            violation("allocation %zu: %s", n, tenon_status_name(status));
        if (done && status != TENON_OK)
            violation("allocation %zu: %s", n, tenon_db_error(one)->message);
        tenon_db_close(one);
    }
    printf("memory of names: %zu points\n", n_points);
    ck_no_violations();
}
END_TEST

START_TEST(R13_wrapping_without_memory_leaves_the_connection_to_its_owner)
{
    bool done = false;

    for (size_t n = 1; !done; n++) {
        PGconn *conn = PQconnectdb(server_conninfo);
        tenon_db *one = NULL;
        PQsetClientEncoding(conn, "LATIN1"); /* something is to be said to the server */
        memory_fail(n, false);
        tenon_status status = tenon_db_wrap(conn, NULL, &one);
        done = memory_asked() < n;
        memory_fail(0, false);
        if (status != TENON_OK && (done || tenon_db_is_open(one)))
            violation("allocation %zu: %s", n, tenon_status_name(status));
        tenon_db_close(one);
        if (PQstatus(conn) == CONNECTION_OK && PQisnonblocking(conn))
            violation("allocation %zu: the owner's connection is another than it was", n);
        PQfinish(conn);
    }
    ck_no_violations();
}
END_TEST

/* Nothing that is known of the session that is gone may be taken for known in the new one. */
START_TEST(R13_a_reset_connection_without_memory_is_asked_again)
{
    bool done = false;

    for (size_t n = 1; !done; n++) {
        int64_t balance;
        ck_status(db, TENON_OK, app_get_balance(db, 1, &balance));
        PQreset(tenon_db_conn(db));
        memory_fail(n, false);
        tenon_status status = app_get_balance(db, 1, &balance);
        done = memory_asked() < n;
        memory_fail(0, false);
        if (!is_plausible(status) || (done && status != TENON_OK))
            violation("allocation %zu: %s", n, tenon_status_name(status));
        if (tenon_db_is_open(db) && app_get_balance(db, 1, &balance) != TENON_OK)
            violation("allocation %zu: then %s", n, tenon_db_error(db)->message);
        if (!tenon_db_is_open(db)) {
            tear_down();
            set_up();
        }
    }
    ck_no_violations();
}
END_TEST

START_TEST(R13_a_pool_without_memory_says_so)
{
    const tenon_pool_options options = {.max_connections = 2, .acquire_timeout_ms = 5000};
    long blocks = 0;

    for (int round = 0; round < 2; round++) {
        bool done = false;
        for (size_t n = 1; !done; n++) {
            tenon_pool *pool = NULL;
            tenon_db *one = NULL;
            memory_fail(n, false);
            tenon_status status = tenon_pool_create(server_conninfo, &options, &pool);
            bool made = status == TENON_OK;
            if (made)
                status = tenon_pool_acquire(pool, &one);
            bool taken = status == TENON_OK;
            if (taken) {
                (void)!tenon_exec(one,
                                  "SET work_mem = '1MB'"); /* so that there is something to reset */
                status = tenon_pool_release(pool, one);
            }
            done = memory_asked() < n;
            memory_fail(0, false);
            if (made != (pool != NULL) || (taken && status != TENON_OK) || (!taken && one != NULL))
                violation("allocation %zu: %s", n, tenon_status_name(status));
            if (!is_plausible(status) || (done && status != TENON_OK))
                violation("allocation %zu: %s", n, tenon_status_name(status));
            if (made && tenon_pool_acquire(pool, &one) == TENON_OK)
                tenon_pool_release(pool, one);
            else if (made)
                violation("allocation %zu: the pool is of no use any more", n);
            tenon_pool_destroy(pool);
        }
        if (round > 0)
            ck_assert_int_eq(memory_blocks(), blocks);
        blocks = memory_blocks();
    }
    ck_no_violations();
}
END_TEST

START_TEST(R13_nothing_is_kept)
{
    long blocks = 0;

    for (int round = 0; round < 3; round++) {
        tenon_arena *mem = tenon_arena_create();
        tenon_db *one = must_open(server_conninfo, 10000);
        for (size_t i = 0; i < n_scenarios; i++)
            for (enum place place = PLACE_PLAIN; place < N_PLACES; place++)
                run_scenario(&scenarios[i], place, one, mem, new_mark());
        tenon_db_close(one);
        tenon_arena_destroy(mem);
        if (round > 0)
            ck_assert_int_eq(memory_blocks(), blocks);
        blocks = memory_blocks();
    }
}
END_TEST

int main(void)
{
    support_init("memory");
    Suite *suite = suite_create("memory");
    TCase *tcase = tcase_create("memory");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, R13_without_memory_a_call_fails_and_says_what_is_true, 0, N_PLACES);
    tcase_add_test(tcase, R13_connecting_without_memory_fails);
    tcase_add_test(tcase, R13_a_stream_that_is_none_has_an_error);
    tcase_add_test(tcase, R13_no_allocation_of_a_read_is_left_out);
    tcase_add_test(tcase, R13_names_and_lists_without_memory_are_told_of);
    tcase_add_test(tcase, R13_wrapping_without_memory_leaves_the_connection_to_its_owner);
    tcase_add_test(tcase, R13_a_reset_connection_without_memory_is_asked_again);
    tcase_add_test(tcase, R13_a_pool_without_memory_says_so);
    tcase_add_test(tcase, R13_nothing_is_kept);
    tcase_set_timeout(tcase, 0);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
