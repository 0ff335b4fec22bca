/* Requests to cancel: whose call they hit, and whose they do not. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>

#include <libpq-fe.h>

#include <rt/probes.h>

#include "no_threads.h"
#include "proxy.h"
#include "server.h"

#define MOST_STUCK 32 /* threads that the runtime has for requests */

struct request {
    tenon_db *db;
    bool by_call;
    int after_ms;
    tenon_status status;
};

static void *cancel_soon(void *context)
{
    struct request *request = context;

    pause_ms(request->after_ms);
    if (request->by_call)
        request->status = tenon_db_cancel_call(request->db, tenon_db_call(request->db), 0);
    else
        request->status = tenon_db_cancel(request->db);
    return NULL;
}

START_TEST(another_thread_can_cancel)
{
    struct request request = {db, _i == 1, 200, TENON_BAD_VALUE};
    pthread_t thread;
    int32_t value;

    pthread_create(&thread, NULL, cancel_soon, &request);
    double before = now_ms();
    tenon_status status = rt_sleep(db, 20, &value);
    double took = now_ms() - before;
    pthread_join(thread, NULL);
    ck_status(TENON_CANCELED, status);
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "57014");
    ck_effect(TENON_EFFECT_NONE);
    ck_assert_int_eq(request.status, TENON_OK);
    ck_assert_double_lt(took, 3000);
    ck_usable(db);
}
END_TEST

/* The server's own timeout stays one after a call was cancelled. */
START_TEST(a_timeout_after_a_request_to_cancel_is_a_timeout)
{
    struct request request = {db, false, 200, TENON_BAD_VALUE};
    pthread_t thread;
    int32_t value;

    pthread_create(&thread, NULL, cancel_soon, &request);
    tenon_status status = rt_sleep(db, 20, &value);
    pthread_join(thread, NULL);
    ck_status(TENON_CANCELED, status);
    ck_status(TENON_OK, tenon_exec(db, "SET statement_timeout = 20"));
    ck_status(TENON_TIMEOUT, rt_sleep(db, 5, &value));
}
END_TEST

START_TEST(there_is_nothing_to_cancel_between_calls)
{
    struct proxy proxy;
    tenon_db *behind;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    ck_usable(behind);
    ck_assert_uint_eq(tenon_db_call(behind), 0);
    ck_assert_int_eq(tenon_db_cancel(behind), TENON_OK);
    ck_assert_int_eq(tenon_db_cancel_call(behind, 1, 0), TENON_OK);
    ck_usable(behind);
    ck_assert_int_eq(proxy.cancels, 0);
    tenon_db_close(behind);
    proxy_stop(&proxy);
}
END_TEST

/* --- Never the next call --- */

struct chase {
    tenon_db *db;
    atomic_bool may_be_hit; /* the call under way, if any, is one to cancel */
    atomic_bool stops;
    atomic_int requests;
    tenon_status worst;
};

/* Takes the number of a call that may be hit, waits a little, and asks to cancel it: by then it is
 * often over, and the next is under way. */
static void *chase_calls(void *context)
{
    struct chase *chase = context;
    unsigned step = 0;

    while (!chase->stops) {
        uint64_t call = chase->may_be_hit ? tenon_db_call(chase->db) : 0;
        if (call == 0 || !chase->may_be_hit) {
            sched_yield();
            continue;
        }
        nanosleep(&(struct timespec){0, 20000 * (long)(step++ % 40)}, NULL);
        tenon_status status = tenon_db_cancel_call(chase->db, call, 5000);
        if (status != TENON_OK)
            chase->worst = status;
        chase->requests++;
    }
    return NULL;
}

START_TEST(a_request_never_hits_the_next_call)
{
    struct chase chase = {.db = db};
    pthread_t thread;
    int32_t value;
    int canceled = 0;

    tenon_db_set_timeout(db, 10000);
    ck_status(TENON_OK, rt_sleep(db, 0, &value));
    pthread_create(&thread, NULL, chase_calls, &chase);
    double begin = now_ms();
    for (int loop = 0; loop < 1000 && now_ms() - begin < 20000; loop++) { /* a busy machine: less */
        chase.may_be_hit = true;
        /* Mostly over when the request comes, and now and then not. */
        tenon_status status = rt_sleep(db, loop % 25 == 24 ? 0.5 : 0.0003, &value);
        chase.may_be_hit = false;
        if (status != TENON_OK)
            ck_status(TENON_CANCELED, status);
        canceled += status == TENON_CANCELED;
        ck_status(TENON_OK, rt_sleep(db, 0.0003, &value));
    }
    chase.stops = true;
    pthread_join(thread, NULL);
    ck_assert_int_eq(chase.worst, TENON_OK);
    ck_assert_int_gt(chase.requests, 20);
    ck_assert_int_gt(canceled, 0);
}
END_TEST

/* With no race at all: the number is that of a call long over. */
START_TEST(an_old_number_hits_nothing)
{
    struct request late = {db, true, 0, TENON_BAD_VALUE};
    pthread_t thread;
    int32_t value;

    pthread_create(&thread, NULL, cancel_soon, &late); /* while nothing is under way */
    pthread_join(thread, NULL);
    ck_assert_int_eq(late.status, TENON_OK);
    for (uint64_t call = 1; call < 100; call++) {
        ck_assert_int_eq(tenon_db_cancel_call(db, call, 0), TENON_OK);
        ck_status(TENON_OK, rt_seven(db, &value));
    }
}
END_TEST

static void *cancel_the_first(void *context)
{
    struct request *request = context;

    pause_ms(request->after_ms);
    request->status = tenon_db_cancel_call(request->db, 1, 0);
    return NULL;
}

START_TEST(an_old_number_does_not_hit_the_call_under_way)
{
    struct request late = {db, true, 200, TENON_BAD_VALUE};
    pthread_t thread;
    int32_t value;

    ck_usable(db);
    pthread_create(&thread, NULL, cancel_the_first, &late);
    tenon_status status = rt_sleep(db, 0.6, &value);
    pthread_join(thread, NULL);
    ck_status(TENON_OK, status);
    ck_assert_int_eq(late.status, TENON_OK);
}
END_TEST

/* --- A request that gets stuck --- */

static void *cancel_without_threads(void *context)
{
    struct request *request = context;

    pause_ms(request->after_ms);
    no_threads = true;
    request->status = tenon_db_cancel(request->db);
    no_threads = false;
    return NULL;
}

/* libpq of 15 waits in its requests, so each has a thread. */
START_TEST(a_request_that_cannot_be_made_is_told_of)
{
    struct request request = {db, false, 100, TENON_BAD_VALUE};
    pthread_t thread;
    int32_t value;

    if (PQlibVersion() >= 170000)
        return;
    pthread_create(&thread, NULL, cancel_without_threads, &request);
    tenon_status status = rt_sleep(db, 0.6, &value);
    pthread_join(thread, NULL);
    ck_status(TENON_OK, status);
    ck_assert_int_eq(request.status, TENON_CONNECTION_LOST);
    /* A deadline closes what it cannot cancel. */
    tenon_db_set_timeout(db, 100);
    no_threads = true;
    status = rt_sleep(db, 5, &value);
    no_threads = false;
    ck_status(TENON_TIMEOUT, status);
    ck_assert(!tenon_db_is_open(db));
}
END_TEST

static void *cancel_held(void *context)
{
    struct request *request = context;

    pause_ms(request->after_ms);
    request->status = tenon_db_cancel_call(request->db, tenon_db_call(request->db), 300);
    return NULL;
}

START_TEST(a_request_to_cancel_has_a_deadline)
{
    struct request request = {NULL, true, 100, TENON_BAD_VALUE};
    struct proxy proxy;
    pthread_t thread;
    int32_t value;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &request.db));
    ck_usable(request.db);
    proxy.hold_cancels = true;
    double before = now_ms();
    pthread_create(&thread, NULL, cancel_held, &request);
    tenon_status status = rt_sleep(request.db, 1, &value);
    pthread_join(thread, NULL);
    ck_assert_double_lt(now_ms() - before, 4000);
    ck_assert_int_eq(status, TENON_OK);
    ck_assert_int_eq(request.status, TENON_TIMEOUT);
    tenon_db_close(request.db);
    proxy.hold_cancels = false;
    proxy_stop(&proxy);
}
END_TEST

/* Asks until it is refused without a wait. */
static void *cancel_again_and_again(void *context)
{
    struct request *request = context;

    pause_ms(request->after_ms);
    uint64_t call = tenon_db_call(request->db);
    for (int i = 0; i < MOST_STUCK + 10; i++) {
        request->status = tenon_db_cancel_call(request->db, call, 10);
        if (request->status != TENON_TIMEOUT)
            break;
    }
    return NULL;
}

START_TEST(there_is_a_limit_to_stuck_requests)
{
    struct request request = {NULL, true, 100, TENON_BAD_VALUE};
    struct proxy proxy;
    pthread_t thread;
    int32_t value;

    if (PQlibVersion() >= 170000)
        return;
    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &request.db));
    ck_usable(request.db);
    proxy.hold_cancels = true;
    pthread_create(&thread, NULL, cancel_again_and_again, &request);
    tenon_status status = rt_sleep(request.db, 2, &value);
    pthread_join(thread, NULL);
    ck_assert_int_eq(status, TENON_OK);
    ck_assert_int_eq(request.status, TENON_CONNECTION_LOST);
    /* Once they are made there is room again. */
    proxy.hold_cancels = false;
    ck_usable(request.db);
    tenon_db_close(request.db);
    proxy_stop(&proxy);
}
END_TEST

START_TEST(a_stuck_request_of_a_deadline_does_not_hold_the_call)
{
    struct proxy proxy;
    tenon_db *behind;
    int32_t value;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    ck_usable(behind);
    proxy.hold_cancels = true;
    tenon_db_set_timeout(behind, 200);
    double before = now_ms();
    ck_assert_int_eq(rt_sleep(behind, 3, &value), TENON_TIMEOUT);
    ck_assert_double_lt(now_ms() - before, 1700);
    ck_assert(!tenon_db_is_open(behind)); /* nothing has been confirmed */
    tenon_db_close(behind);
    proxy.hold_cancels = false;
    proxy_stop(&proxy);
}
END_TEST

START_TEST(behind_a_pooler_a_canceled_connection_is_not_kept)
{
    const tenon_db_options options = {.timeout_ms = 200, .unnamed = true};
    tenon_db *other;
    int32_t value;

    ck_status(TENON_OK, tenon_db_open(server_conninfo, &options, &other));
    int pid = server_pid(other);
    ck_assert_int_eq(rt_sleep(other, 20, &value), TENON_TIMEOUT);
    ck_assert(!tenon_db_is_open(other));
    ck_assert(server_comes_to_rest(pid));
    tenon_db_close(other);
}
END_TEST

/* The request might hit another session there. */
START_TEST(behind_a_pooler_a_stream_that_ends_early_is_not_canceled)
{
    const tenon_db_options options = {.unnamed = true};
    struct proxy proxy;
    tenon_db *behind;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, &options, &behind));
    rt_stream_numbers *stream = rt_stream_numbers_begin(behind, 100000);
    ck_assert_ptr_nonnull(rt_stream_numbers_next(stream));
    ck_assert_int_eq(rt_stream_numbers_end(stream), TENON_OK);
    pause_ms(50);
    ck_assert_int_eq(proxy.cancels, 0);
    ck_usable(behind);
    tenon_db_close(behind);
    proxy_stop(&proxy);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cancel");
    TCase *tcase = tcase_create("all");

    server_init("cancel");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, another_thread_can_cancel, 0, 2);
    tcase_add_test(tcase, a_timeout_after_a_request_to_cancel_is_a_timeout);
    tcase_add_test(tcase, there_is_nothing_to_cancel_between_calls);
    tcase_add_test(tcase, a_request_never_hits_the_next_call);
    tcase_add_test(tcase, an_old_number_hits_nothing);
    tcase_add_test(tcase, an_old_number_does_not_hit_the_call_under_way);
    tcase_add_test(tcase, a_request_that_cannot_be_made_is_told_of);
    tcase_add_test(tcase, a_request_to_cancel_has_a_deadline);
    tcase_add_test(tcase, there_is_a_limit_to_stuck_requests);
    tcase_add_test(tcase, a_stuck_request_of_a_deadline_does_not_hold_the_call);
    tcase_add_test(tcase, behind_a_pooler_a_canceled_connection_is_not_kept);
    tcase_add_test(tcase, behind_a_pooler_a_stream_that_ends_early_is_not_canceled);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
