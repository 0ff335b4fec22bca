/* Servers that cannot be reached: by when an acquire ends, how often it is tried, and what the
 * pool is like afterwards. */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "pool_internal.h"
#include "pool_support.h"

#define N_THREADS 8

static tenon_pool *pool;

static void setup(void)
{
    pool = NULL;
}

static void teardown(void)
{
    tenon_pool_destroy(pool);
}

static tenon_pool *pool_at(const struct outage *outage, const tenon_pool_options *options)
{
    tenon_pool *made;

    ck_assert_int_eq(tenon_pool_create(outage->conninfo, options, &made), TENON_OK);
    return made;
}

START_TEST(the_deadline_covers_a_host_that_is_silent)
{
    const tenon_pool_options options = {.max_connections = 1, .acquire_timeout_ms = 200};
    struct outage outage;
    tenon_db *none;

    outage_start(&outage);
    outage_freeze(&outage);
    pool = pool_at(&outage, &options);
    double before = now_ms();
    ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_TIMEOUT);
    double took = now_ms() - before;
    ck_assert_msg(took >= 199 && took < 5000, "%g ms", took);
    ck_assert_ptr_null(none);
    ck_assert_uint_eq(stats_of(pool).connect_errors, 1);
    ck_assert_uint_eq(stats_of(pool).timeouts, 1);
    outage_clear(&outage);
}
END_TEST

/* Two bytes a character: none is cut in half. */
START_TEST(what_failed_is_told_as_far_as_there_is_room)
{
    static const char host[] = "host=/\xc3\xa4\xc3\xb6\xc3\xbc port=1 dbname=x";
    char message[1024], part[1024];
    tenon_db *none;

    ck_assert_int_eq(tenon_pool_create(host, &(tenon_pool_options){.min_connections = -1}, &pool),
                     TENON_OK);
    ck_assert_int_eq(tenon_pool_last_error(pool, message, sizeof message), TENON_OK);
    ck_assert_str_eq(message, "");
    ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_CONNECTION_LOST);
    ck_assert_int_eq(tenon_pool_last_error(pool, NULL, 0), TENON_CONNECTION_LOST);
    tenon_pool_last_error(pool, message, sizeof message);
    const char *umlauts = strstr(message, "\xc3\xa4\xc3\xb6");
    ck_assert_ptr_nonnull(umlauts);
    size_t before = (size_t)(umlauts - message);
    for (size_t room = 0; room <= 4; room++) {
        tenon_pool_last_error(pool, part, before + room + 1);
        ck_assert_uint_eq(strlen(part), before + room / 2 * 2);
        ck_assert_int_eq(strncmp(part, message, strlen(part)), 0);
    }
    tenon_pool_last_error(pool, part, strlen(message) + 1);
    ck_assert_str_eq(part, message);
    tenon_pool_last_error(pool, part, 1);
    ck_assert_str_eq(part, "");
}
END_TEST

/* They begin with 50 ms, however long they may become. */
START_TEST(the_first_pause_is_short)
{
    const tenon_pool_options options = {.acquire_timeout_ms = 20000, .max_backoff_ms = 20000};
    struct outage outage;
    tenon_db *taken;

    outage_start(&outage);
    pool = pool_at(&outage, &options);
    ck_assert_int_eq(tenon_pool_acquire(pool, &taken), TENON_CONNECTION_LOST);
    outage_end(&outage);
    double before = now_ms();
    ck_assert_int_eq(tenon_pool_acquire(pool, &taken), TENON_OK);
    ck_assert_double_lt(now_ms() - before, 5000);
    give(pool, taken);
    outage_clear(&outage);
}
END_TEST

static atomic_bool over;

static atomic_int n_strange; /* failures that an outage does not explain */

static void *try_on(void *n_failed)
{
    tenon_db *mine;

    while (!atomic_load(&over)) {
        tenon_status status = tenon_pool_acquire(pool, &mine);
        if (status != TENON_OK) {
            /* An attempt that began with the last of its time has none to be refused. */
            n_strange +=
                (status != TENON_CONNECTION_LOST && status != TENON_TIMEOUT) || mine != NULL;
            ++*(int *)n_failed;
        }
        tenon_pool_release(pool, mine);
    }
    return NULL;
}

/* In the second of the outage the pauses are 25, 50, 100, 200, 250 … ms at least. */
START_TEST(an_outage_costs_few_attempts_and_no_place)
{
    const tenon_pool_options options = {
        .max_connections = 3, .acquire_timeout_ms = 1500, .max_backoff_ms = 500};
    pthread_t threads[N_THREADS];
    int failed[N_THREADS] = {0};
    struct outage outage;
    tenon_db *mine[3];
    char why[256];

    outage_start(&outage);
    pool = pool_at(&outage, &options);
    over = false;
    double before = now_ms();
    for (int i = 0; i < N_THREADS; i++)
        pthread_create(&threads[i], NULL, try_on, &failed[i]);
    pause_ms(1000);
    over = true;
    for (int i = 0; i < N_THREADS; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_int_gt(failed[i], 0);
    }
    ck_assert_int_eq(n_strange, 0);
    double lasted = now_ms() - before;
    ck_assert_msg((double)stats_of(pool).connect_errors <= 3 + 4 + lasted / 250, "%lu in %g ms",
                  (unsigned long)stats_of(pool).connect_errors, lasted);
    ck_assert_int_ne(tenon_pool_last_error(pool, why, sizeof why), TENON_OK);
    ck_assert_ptr_nonnull(strstr(why, outage.directory));
    ck_assert_uint_eq(stats_of(pool).in_use + stats_of(pool).connecting, 0);

    outage_end(&outage);
    while (tenon_pool_acquire(pool, &mine[0]) != TENON_OK)
        continue; /* the last pause */
    mine[1] = take(pool);
    mine[2] = take(pool);
    for (int i = 0; i < 3; i++)
        give(pool, mine[i]);
    outage_clear(&outage);
}
END_TEST

static void *acquire(void *status)
{
    tenon_db *mine;

    *(tenon_status *)status = tenon_pool_acquire(pool, &mine);
    tenon_pool_release(pool, mine);
    return NULL;
}

START_TEST(those_who_wait_in_an_outage_are_served_after_it)
{
    const tenon_pool_options options = {.max_connections = 4, .max_backoff_ms = 100};
    tenon_status statuses[N_THREADS];
    pthread_t threads[N_THREADS];
    struct outage outage;
    tenon_db *none;

    outage_start(&outage);
    pool = pool_at(&outage, &options);
    ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_CONNECTION_LOST);
    outage_end(&outage);
    for (int i = 0; i < N_THREADS; i++)
        pthread_create(&threads[i], NULL, acquire, &statuses[i]);
    for (int i = 0; i < N_THREADS; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_int_eq(statuses[i], TENON_OK);
    }
    ck_assert_uint_eq(stats_of(pool).connect_errors, 1);
    outage_clear(&outage);
}
END_TEST

/* Connections that are there serve on while no new ones can be had. */
START_TEST(an_outage_does_not_stop_the_open_connections)
{
    const tenon_pool_options options = {.max_connections = 2, .max_backoff_ms = 3600000};
    tenon_status status;
    struct outage outage;
    pthread_t thread;
    tenon_db *none;

    outage_start(&outage);
    outage_end(&outage);
    pool = pool_at(&outage, &options);
    tenon_db *mine = take(pool);
    outage_clear(&outage);
    ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_CONNECTION_LOST);
    pthread_create(&thread, NULL, acquire, &status);
    give(pool, mine);
    pthread_join(thread, NULL);
    ck_assert_int_eq(status, TENON_OK);
    ck_assert_uint_eq(stats_of(pool).connects, 1);
}
END_TEST

/* Nobody but those who wait can see that the pause is over. */
START_TEST(those_who_wait_make_the_attempts_one_by_one)
{
    const tenon_pool_options options = {
        .max_connections = 4, .max_backoff_ms = 400, .acquire_timeout_ms = 20000};
    tenon_status statuses[4];
    struct outage outage;
    pthread_t threads[4];
    tenon_db *none;

    outage_start(&outage);
    pool = pool_at(&outage, &options);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_CONNECTION_LOST);
    double before = now_ms();
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, acquire, &statuses[i]);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_int_eq(statuses[i], TENON_CONNECTION_LOST);
    }
    ck_assert_double_lt(now_ms() - before, 15000); /* none has waited for his deadline */
    ck_assert_uint_eq(stats_of(pool).connect_errors, 8);
    outage_clear(&outage);
}
END_TEST

/* Of one cause: were each of them a failure, the pause would be twelve seconds at least. */
START_TEST(attempts_that_fail_side_by_side_are_one_failure)
{
    enum { N = 10 };
    const tenon_pool_options options = {
        .max_connections = N, .acquire_timeout_ms = 10000, .max_backoff_ms = 3600000};
    tenon_status statuses[N];
    struct outage outage;
    pthread_t threads[N];

    outage_start(&outage);
    outage_freeze(&outage);
    pool = pool_at(&outage, &options);
    for (int i = 0; i < N; i++)
        pthread_create(&threads[i], NULL, acquire, &statuses[i]);
    for (int turn = 0; stats_of(pool).connecting < N; turn++) {
        ck_assert_int_lt(turn, 8000);
        pause_ms(1);
    }
    unlink(outage.socket);
    close(outage.listener); /* whom it has not accepted is turned away */
    outage.listener = -1;
    for (int i = 0; i < N; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_int_eq(statuses[i], TENON_CONNECTION_LOST);
    }
    outage_end(&outage);
    give(pool, take(pool));
    outage_clear(&outage);
}
END_TEST

/* The first in the queue has given up before the pause was over. */
START_TEST(the_second_in_the_queue_watches_the_pause_behind_the_first)
{
    const tenon_pool_options options = {.max_connections = 2, .acquire_timeout_ms = 1000};
    tenon_status statuses[2];
    struct outage outage;
    pthread_t threads[2];
    tenon_db *none;

    outage_start(&outage);
    pool = pool_at(&outage, &options);
    ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_CONNECTION_LOST);
    outage_end(&outage);
    pool->retry_ns = tenon__now_ns() + INT64_C(4000) * NS_PER_MS;
    for (int i = 0; i < 2; i++) {
        pthread_create(&threads[i], NULL, acquire, &statuses[i]);
        await_waiters(pool, (size_t)i + 1);
        pool->options.acquire_timeout_ms = 20000;
    }
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    ck_assert_int_eq(statuses[0], TENON_CONNECTION_LOST);
    ck_assert_int_eq(statuses[1], TENON_OK);
    outage_clear(&outage);
}
END_TEST

/* They hold no connection, but are still inside of the pool. */
START_TEST(closing_waits_for_those_who_wait_for_the_end_of_a_pause)
{
    const tenon_pool_options options = {.max_connections = 2};
    tenon_status statuses[N_THREADS];
    struct outage outage;
    pthread_t threads[N_THREADS];
    tenon_db *none;

    outage_start(&outage);
    pool = pool_at(&outage, &options);
    ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_CONNECTION_LOST);
    pool->retry_ns = INT64_MAX;
    for (int i = 0; i < N_THREADS; i++)
        pthread_create(&threads[i], NULL, acquire, &statuses[i]);
    await_waiters(pool, N_THREADS);
    pthread_mutex_lock(&pool->mutex);
    bool drained = tenon__pool_is_drained(pool);
    pthread_mutex_unlock(&pool->mutex);
    ck_assert(!drained);
    ck_assert_int_eq(tenon_pool_close(pool, TENON_NO_TIMEOUT), TENON_OK);
    for (int i = 0; i < N_THREADS; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_int_eq(statuses[i], TENON_INVALID_ARGUMENT);
    }
    outage_clear(&outage);
}
END_TEST

START_TEST(a_success_ends_the_pauses)
{
    const tenon_pool_options options = {
        .max_connections = 3, .max_backoff_ms = 50, .acquire_timeout_ms = 3000};
    tenon_status statuses[2];
    struct outage outage;
    pthread_t threads[2];
    tenon_db *none;

    outage_start(&outage);
    pool = pool_at(&outage, &options);
    ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_CONNECTION_LOST);
    outage_end(&outage);
    tenon_db *mine = take(pool);
    unlink(outage.socket);
    outage_freeze(&outage);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, acquire, &statuses[i]);
    /* Side by side, as long as nothing has failed. */
    for (int turn = 0; stats_of(pool).connecting < 2; turn++) {
        ck_assert_int_lt(turn, 2000);
        pause_ms(1);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_int_eq(statuses[i], TENON_TIMEOUT);
    }
    give(pool, mine);
    outage_clear(&outage);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pool_outage");
    TCase *tcase = tcase_create("all");

    pool_init("pool_outage");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, the_deadline_covers_a_host_that_is_silent);
    tcase_add_test(tcase, the_first_pause_is_short);
    tcase_add_test(tcase, what_failed_is_told_as_far_as_there_is_room);
    tcase_add_test(tcase, an_outage_costs_few_attempts_and_no_place);
    tcase_add_test(tcase, those_who_wait_in_an_outage_are_served_after_it);
    tcase_add_test(tcase, an_outage_does_not_stop_the_open_connections);
    tcase_add_test(tcase, those_who_wait_make_the_attempts_one_by_one);
    tcase_add_test(tcase, attempts_that_fail_side_by_side_are_one_failure);
    tcase_add_test(tcase, the_second_in_the_queue_watches_the_pause_behind_the_first);
    tcase_add_test(tcase, closing_waits_for_those_who_wait_for_the_end_of_a_pause);
    tcase_add_test(tcase, a_success_ends_the_pauses);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
