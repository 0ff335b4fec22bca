/* What becomes of connections that nobody uses. */
#include <pthread.h>
#include <string.h>

#include "pool_support.h"

static tenon_pool *pool;

static void setup(void)
{
    pool = NULL;
}

static void teardown(void)
{
    thaw();
    tenon_pool_destroy(pool);
}

START_TEST(a_connection_ends_with_its_lifetime)
{
    const tenon_pool_options options = {.max_lifetime_ms = 40};

    pool = pool_of(&options);
    db = take(pool);
    int pid = pid_of(db);
    pause_ms(60);
    ck_assert_int_eq(pid_of(db), pid); /* not under its user's hands */
    give(pool, db);
    ck_assert_uint_eq(stats_of(pool).closed_old, 1);
    give(pool, take(pool));
    pause_ms(60);
    db = take(pool);
    ck_assert_uint_eq(stats_of(pool).closed_old, 2);
    ck_assert_uint_eq(stats_of(pool).connects, 3);
    give(pool, db);
}
END_TEST

START_TEST(idle_connections_above_the_minimum_are_closed)
{
    const tenon_pool_options options = {
        .max_connections = 4, .min_connections = 2, .idle_timeout_ms = 40};
    tenon_db *mine[4];

    pool = pool_of(&options);
    for (int i = 0; i < 4; i++)
        mine[i] = take(pool);
    int pid = pid_of(mine[3]);
    for (int i = 0; i < 4; i++)
        give(pool, mine[i]);
    ck_assert_uint_eq(stats_of(pool).idle, 4);
    pause_ms(60);
    give(pool, take(pool));
    ck_assert_uint_eq(stats_of(pool).idle, 2);
    ck_assert_uint_eq(stats_of(pool).closed_idle, 2);
    ck_assert_uint_eq(stats_of(pool).connects, 4);
    ck_assert_int_gt(pid, 0);
}
END_TEST

static int n_pings;

static void count_pings(void *context, const tenon_event *event)
{
    (void)context;
    n_pings += strcmp(event->query, "PING") == 0;
}

START_TEST(after_idleness_the_server_is_asked)
{
    const tenon_pool_options options = {.ping_after_ms = 40, .hooks = {.after = count_pings}};

    pool = pool_of(&options);
    n_pings = 0;
    give(pool, take(pool));
    pause_ms(60);
    give(pool, take(pool));
    ck_assert_int_eq(n_pings, 1);
    ck_assert_uint_eq(stats_of(pool).connects, 1);
}
END_TEST

START_TEST(a_connection_that_does_not_answer_is_replaced)
{
    const tenon_pool_options options = {
        .max_connections = 1, .ping_after_ms = 1, .acquire_timeout_ms = 4000};

    pool = pool_of(&options);
    db = take(pool);
    int pid = freeze(db);
    give(pool, db);
    pause_ms(5);
    db = take(pool); /* within the deadline: half of it was kept for this */
    thaw();
    ck_assert_int_ne(pid_of(db), pid);
    ck_assert_uint_eq(stats_of(pool).closed_broken, 1);
    give(pool, db);
}
END_TEST

START_TEST(a_backend_that_was_killed_is_replaced)
{
    const tenon_pool_options options = {.max_connections = 1, .ping_after_ms = 1};

    pool = pool_of(&options);
    db = take(pool);
    int pid = pid_of(db);
    give(pool, db);
    terminate(pid);
    db = take(pool);
    ck_assert_int_ne(pid_of(db), pid);
    give(pool, db);
}
END_TEST

/* Leaves connections in all kinds of states, until the pool is closed. */
static void *churn(void *failure)
{
    static const char *const texts[] = {"SELECT 1", "BEGIN", "SET TimeZone = 'Asia/Tokyo'",
                                        "SELECT pg_terminate_backend(pg_backend_pid())"};
    tenon_status status;
    tenon_db *mine;

    for (int i = 0; (status = tenon_pool_acquire(pool, &mine)) == TENON_OK; i++) {
        int32_t pid;
        status = pooltest_pid(mine, &pid);
        if (status != TENON_OK || tenon_depth(mine) != 0 ||
            (tenon_exec(mine, texts[i % 4]) == TENON_OK) != (i % 4 != 3))
            *(bool *)failure = true;
        if (i % 5 == 0 && tenon_db_is_open(mine) && tenon_begin(mine, NULL) != TENON_OK)
            *(bool *)failure = true;
        tenon_pool_release(pool, mine);
    }
    if (status != TENON_INVALID_ARGUMENT)
        *(bool *)failure = true;
    return NULL;
}

START_TEST(all_of_it_may_happen_at_once)
{
    const tenon_pool_options options = {.max_connections = 3,
                                        .min_connections = 1,
                                        .max_lifetime_ms = 30,
                                        .idle_timeout_ms = 5,
                                        .ping_after_ms = 1};
    pthread_t threads[6];
    bool failures[6] = {0};

    pool = pool_of(&options);
    for (int i = 0; i < 6; i++)
        pthread_create(&threads[i], NULL, churn, &failures[i]);
    while (stats_of(pool).acquired < 100)
        pause_ms(5);
    ck_assert_int_eq(tenon_pool_close(pool, TENON_NO_TIMEOUT), TENON_OK);
    tenon_pool_stats stats = stats_of(pool);
    ck_assert_uint_eq(stats.idle + stats.in_use + stats.connecting + stats.waiting, 0);
    for (int i = 0; i < 6; i++) {
        pthread_join(threads[i], NULL);
        ck_assert(!failures[i]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pool_age");
    TCase *tcase = tcase_create("all");

    pool_init("pool_age");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_connection_ends_with_its_lifetime);
    tcase_add_test(tcase, idle_connections_above_the_minimum_are_closed);
    tcase_add_test(tcase, after_idleness_the_server_is_asked);
    tcase_add_test(tcase, a_connection_that_does_not_answer_is_replaced);
    tcase_add_test(tcase, a_backend_that_was_killed_is_replaced);
    tcase_add_test(tcase, all_of_it_may_happen_at_once);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
