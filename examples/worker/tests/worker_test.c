/* The domain on fakes: no database, no libpq. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <ledger/events_fake.h>
#include <ledger/fills_fake.h>
#include <ledger/orders_fake.h>
#include <tenon/convert.h>

#include "domain/worker.h"

static const tenon_uuid AN_ID = {{1, 2, 3, 4}};

/* Everything that the worker is joined to, and what it was asked to do. */
static struct {
    ledger_orders_fake orders;
    ledger_fills_fake fills;
    ledger_events_fake events;
    int n_begun, n_committed, n_rolled_back;
    int n_submitted, n_withdrawn;
    bool accepts;
} world;

static struct worker worker;

static tenon_status begin(void *self)
{
    (void)self;
    world.n_begun++;
    return TENON_OK;
}

static tenon_status commit(void *self)
{
    (void)self;
    world.n_committed++;
    return TENON_OK;
}

static tenon_status rollback(void *self)
{
    (void)self;
    world.n_rolled_back++;
    return TENON_OK;
}

static bool submit(void *self, const ledger_orders_row *order,
                   char exchange_order_id[EXCHANGE_ORDER_ID_SIZE])
{
    (void)self;
    (void)order;
    world.n_submitted++;
    exchange_order_id[0] = 'X';
    exchange_order_id[1] = '\0';
    return world.accepts;
}

static bool withdraw(void *self, const ledger_orders_row *order)
{
    (void)self;
    (void)order;
    world.n_withdrawn++;
    return true;
}

/* A hook looks at a call while it is made. */
static tenon_status mark_submitted(void *context, const ledger_mark_submitted_params *params,
                                   int64_t *rows_affected)
{
    (void)context;
    ck_assert_str_eq(params->exchange_order_id.or_null, "X");
    ck_assert(tenon_uuid_equal(params->id, AN_ID));
    *rows_affected = 1;
    return TENON_OK;
}

static void set_up(void)
{
    memset(&world, 0, sizeof world);
    world.accepts = true;
    worker = (struct worker){
        .orders = ledger_orders_fake_repository(&world.orders),
        .fills = ledger_fills_fake_repository(&world.fills),
        .events = ledger_events_fake_repository(&world.events),
        .exchange = {.submit = submit, .cancel = withdraw},
        .unit = {.begin = begin, .commit = commit, .rollback = rollback},
    };
}

static tenon_status place(ledger_order_status stored)
{
    const ledger_create_order_params request = {.exchange = "X",
                                                .symbol = "A-B",
                                                .side = LEDGER_ORDER_SIDE_BUY,
                                                .type = LEDGER_ORDER_TYPE_MARKET};
    ledger_orders_row order;

    world.orders.create_order.row = (ledger_orders_row){.id = AN_ID, .status = stored};
    return worker_place(&worker, NULL, &request, &order);
}

START_TEST(a_new_order_is_submitted_and_recorded_in_one_unit)
{
    world.orders.mark_submitted.hook = mark_submitted;
    ck_assert_int_eq(place(LEDGER_ORDER_STATUS_NEW), TENON_OK);
    ck_assert_int_eq(world.n_submitted, 1);
    ck_assert_uint_eq(world.orders.mark_submitted.calls, 1);
    ck_assert_str_eq(world.events.record_event.args.kind, "submitted");
    ck_assert_int_eq(world.n_begun, 1);
    ck_assert_int_eq(world.n_committed, 1);
}
END_TEST

START_TEST(an_order_that_exists_is_not_submitted_again)
{
    ck_assert_int_eq(place(LEDGER_ORDER_STATUS_SUBMITTED), TENON_OK);
    ck_assert_int_eq(world.n_submitted, 0);
    ck_assert_uint_eq(world.events.record_event.calls, 0);
}
END_TEST

START_TEST(a_refused_order_stays_new)
{
    world.accepts = false;
    ck_assert_int_eq(place(LEDGER_ORDER_STATUS_NEW), TENON_OK);
    ck_assert_uint_eq(world.orders.mark_submitted.calls, 0);
    ck_assert_str_eq(world.events.record_event.args.kind, "refused");
}
END_TEST

/* The fake refuses what the query would: a side that was forgotten is not the first one. */
START_TEST(an_order_without_a_side_is_refused)
{
    const ledger_create_order_params request = {
        .exchange = "X", .symbol = "A-B", .type = LEDGER_ORDER_TYPE_MARKET};
    ledger_orders_row order;

    ck_assert_int_eq(worker_place(&worker, NULL, &request, &order), TENON_INVALID_ARGUMENT);
    ck_assert_str_eq(world.orders.create_order.refused, "side");
    ck_assert_int_eq(world.n_rolled_back, 1);
}
END_TEST

START_TEST(a_failure_rolls_back_and_is_returned)
{
    world.orders.mark_submitted.status = TENON_CONNECTION_LOST;
    ck_assert_int_eq(place(LEDGER_ORDER_STATUS_NEW), TENON_CONNECTION_LOST);
    ck_assert_int_eq(world.n_committed, 0);
    ck_assert_int_eq(world.n_rolled_back, 1);
}
END_TEST

START_TEST(a_fill_reported_twice_is_booked_once)
{
    const ledger_record_fill_params fill = {.order_id = AN_ID, .trade_id = "T"};
    bool booked;

    world.fills.record_fill.rows_affected = 1;
    ck_assert_int_eq(worker_on_fill(&worker, &fill, &booked), TENON_OK);
    ck_assert(booked);
    world.fills.record_fill.rows_affected = 0;
    ck_assert_int_eq(worker_on_fill(&worker, &fill, &booked), TENON_OK);
    ck_assert(!booked);
    ck_assert_uint_eq(world.orders.mark_filled.calls, 1);
    ck_assert_uint_eq(world.events.record_event.calls, 1);
}
END_TEST

START_TEST(a_settled_order_is_not_cancelled)
{
    bool cancelled;

    world.orders.lock_order.found = true;
    world.orders.mark_cancelled.rows_affected = 0;
    ck_assert_int_eq(worker_cancel(&worker, NULL, AN_ID, &cancelled), TENON_OK);
    ck_assert(!cancelled);
    ck_assert_int_eq(world.n_withdrawn, 0);
}
END_TEST

START_TEST(a_working_order_is_cancelled_here_and_at_the_exchange)
{
    bool cancelled;

    world.orders.lock_order.found = true;
    world.orders.mark_cancelled.rows_affected = 1;
    ck_assert_int_eq(worker_cancel(&worker, NULL, AN_ID, &cancelled), TENON_OK);
    ck_assert(cancelled);
    ck_assert_int_eq(world.n_withdrawn, 1);
    ck_assert_str_eq(world.events.record_event.args.kind, "cancelled");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("worker");
    TCase *cases = tcase_create("domain");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(cases, set_up, NULL);
    tcase_add_test(cases, a_new_order_is_submitted_and_recorded_in_one_unit);
    tcase_add_test(cases, an_order_that_exists_is_not_submitted_again);
    tcase_add_test(cases, a_refused_order_stays_new);
    tcase_add_test(cases, an_order_without_a_side_is_refused);
    tcase_add_test(cases, a_failure_rolls_back_and_is_returned);
    tcase_add_test(cases, a_fill_reported_twice_is_booked_once);
    tcase_add_test(cases, a_settled_order_is_not_cancelled);
    tcase_add_test(cases, a_working_order_is_cancelled_here_and_at_the_exchange);
    suite_add_tcase(suite, cases);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
