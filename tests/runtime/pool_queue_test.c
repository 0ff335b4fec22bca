/* Who gets a connection, and when: the order of service is what is tested, not its speed. */
#include <pthread.h>
#include <stdatomic.h>

#include "pool_support.h"

#define N_THREADS 8

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

/* --- Order --- */

static int served[N_THREADS + 1];
static atomic_int n_served;

static void *queue_up(void *number)
{
    tenon_db *mine = take(pool);

    served[atomic_fetch_add(&n_served, 1)] = *(int *)number;
    give(pool, mine);
    return NULL;
}

START_TEST(who_asks_first_is_served_first)
{
    const tenon_pool_options options = {.max_connections = 1};
    pthread_t threads[N_THREADS];
    int numbers[N_THREADS + 1];

    pool = pool_of(&options);
    n_served = 0;
    tenon_db *mine = take(pool);
    for (int i = 0; i < N_THREADS; i++) {
        numbers[i] = i;
        pthread_create(&threads[i], NULL, queue_up, &numbers[i]);
        await_waiters(pool, (size_t)i + 1);
    }
    /* Whoever releases and asks again stands behind all of them. */
    numbers[N_THREADS] = N_THREADS;
    give(pool, mine);
    queue_up(&numbers[N_THREADS]);
    for (int i = 0; i < N_THREADS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i <= N_THREADS; i++)
        ck_assert_int_eq(served[i], i);
    ck_assert_uint_ge(stats_of(pool).waited, N_THREADS);
    ck_assert_uint_gt(stats_of(pool).wait_ns, 0);
}
END_TEST

START_TEST(who_waits_is_served_when_a_connection_is_closed)
{
    const tenon_pool_options options = {.max_connections = 1};
    pthread_t thread;
    int number = 0;
    int32_t pid;

    pool = pool_of(&options);
    n_served = 0;
    tenon_db *mine = take(pool);
    pthread_create(&thread, NULL, queue_up, &number);
    await_waiters(pool, 1);
    terminate(pid_of(mine));
    ck_assert_int_eq(pooltest_pid(mine, &pid), TENON_CONNECTION_LOST);
    double before = now_ms();
    give(pool, mine);
    pthread_join(thread, NULL);
    ck_assert_double_lt(now_ms() - before, 10000); /* not at his deadline */
}
END_TEST

static atomic_int n_left;
static pthread_barrier_t all_here;

static void *share(void *count)
{
    pthread_barrier_wait(&all_here);
    while (atomic_load(&n_left) > 0) {
        tenon_db *mine = take(pool);
        atomic_fetch_sub(&n_left, 1);
        pid_of(mine);
        ++*(int *)count;
        give(pool, mine);
    }
    return NULL;
}

START_TEST(all_get_the_same_share_of_one_connection)
{
    const tenon_pool_options options = {.max_connections = 1};
    pthread_t threads[N_THREADS];
    int counts[N_THREADS] = {0}, least = 1 << 30, most = 0;

    pool = pool_of(&options);
    n_left = 100 * N_THREADS;
    pthread_barrier_init(&all_here, NULL, N_THREADS);
    for (int i = 0; i < N_THREADS; i++)
        pthread_create(&threads[i], NULL, share, &counts[i]);
    for (int i = 0; i < N_THREADS; i++) {
        pthread_join(threads[i], NULL);
        least = counts[i] < least ? counts[i] : least;
        most = counts[i] > most ? counts[i] : most;
    }
    pthread_barrier_destroy(&all_here);
    ck_assert_msg(most <= 2 * least, "%d to %d", least, most);
    ck_assert_uint_eq(stats_of(pool).connects, 1);
}
END_TEST

START_TEST(many_threads_share_few_connections)
{
    const tenon_pool_options options = {.max_connections = 3};
    pthread_t threads[N_THREADS];
    int counts[N_THREADS] = {0};

    pool = pool_of(&options);
    n_left = 50 * N_THREADS;
    pthread_barrier_init(&all_here, NULL, N_THREADS);
    for (int i = 0; i < N_THREADS; i++)
        pthread_create(&threads[i], NULL, share, &counts[i]);
    for (int i = 0; i < N_THREADS; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&all_here);
    ck_assert_uint_le(stats_of(pool).connects, 3);
    ck_assert_uint_eq(stats_of(pool).in_use, 0);
}
END_TEST

/* A wait that ends in vain leaves nothing behind that a connection could be handed to. */
START_TEST(who_gave_up_is_passed_over)
{
    const tenon_pool_options options = {.max_connections = 1, .acquire_timeout_ms = 1500};
    tenon_db *none;

    pool = pool_of(&options);
    tenon_db *mine = take(pool);
    ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_TIMEOUT);
    ck_assert_uint_eq(stats_of(pool).waiting, 0);
    give(pool, mine);
    give(pool, take(pool));
    ck_assert_uint_eq(stats_of(pool).timeouts, 1);
}
END_TEST

static atomic_bool may_connect;

static tenon_status connect_at_leisure(void *context, tenon_db *of)
{
    (void)context;
    (void)of;
    for (int turn = 0; !may_connect && turn < 10000; turn++)
        pause_ms(1);
    return TENON_OK;
}

START_TEST(who_gave_up_is_told_what_the_others_were_at)
{
    const tenon_pool_options options = {
        .max_connections = 1, .acquire_timeout_ms = 2000, .on_connect = connect_at_leisure};
    pthread_t thread;
    int number = 0;
    tenon_db *none;
    char why[256];

    pool = pool_of(&options);
    n_served = 0;
    may_connect = false;
    pthread_create(&thread, NULL, queue_up, &number);
    while (stats_of(pool).connecting == 0)
        pause_ms(1);
    ck_assert_int_eq(tenon_pool_acquire(pool, &none), TENON_TIMEOUT);
    ck_assert_int_eq(tenon_pool_last_error(pool, why, sizeof why), TENON_TIMEOUT);
    ck_assert_str_eq(why, "no connection became free within 2 s: of at most 1, 0 are in use and "
                          "1 are being opened");
    may_connect = true;
    pthread_join(thread, NULL);
}
END_TEST

/* One whose connection turns out to be dead keeps his place in the queue. */
START_TEST(who_got_a_dead_connection_is_still_first)
{
    const tenon_pool_options options = {
        .max_connections = 1, .ping_after_ms = 1, .acquire_timeout_ms = 4000};
    int numbers[2] = {0, 1};
    pthread_t threads[2];

    pool = pool_of(&options);
    n_served = 0;
    tenon_db *mine = take(pool);
    freeze(mine);
    give(pool, mine);
    pause_ms(5);
    pthread_create(&threads[0], NULL, queue_up, &numbers[0]);
    while (stats_of(pool).in_use == 0)
        pause_ms(1);
    pthread_create(&threads[1], NULL, queue_up, &numbers[1]);
    await_waiters(pool, 1);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    thaw();
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(served[i], i);
    ck_assert_uint_eq(stats_of(pool).closed_broken, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pool_queue");
    TCase *tcase = tcase_create("all");

    pool_init("pool_queue");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, who_asks_first_is_served_first);
    tcase_add_test(tcase, who_waits_is_served_when_a_connection_is_closed);
    tcase_add_test(tcase, all_get_the_same_share_of_one_connection);
    tcase_add_test(tcase, many_threads_share_few_connections);
    tcase_add_test(tcase, who_gave_up_is_passed_over);
    tcase_add_test(tcase, who_gave_up_is_told_what_the_others_were_at);
    tcase_add_test(tcase, who_got_a_dead_connection_is_still_first);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
