/* A trading worker at work on its ledger: a demonstration that anyone can run twice.
 *
 *     worker CONNINFO
 *
 * It brings its migrations to the database, then creates orders (one of them twice, with the same
 * idempotency key), books fills (one of them twice), cancels, and prints what the ledger then
 * holds.
 */
#include <inttypes.h>
#include <stdio.h>

#include <ledger/events.h>
#include <ledger/instruments.h>
#include <ledger/migrations.h>
#include <tenon/tenon.h>

#include "adapters/paper_exchange.h"
#include "adapters/transaction.h"
#include "domain/worker.h"
#include "report.h"

static const tenon_timestamptz THE_BEGINNING = {INT64_MIN};

struct app {
    tenon_db *db;
    tenon_arena *mem;
    struct paper_exchange paper;
    struct worker worker;
};

static tenon_status add_instruments(struct app *app)
{
    const ledger_upsert_instrument_params instruments[] = {
        {.exchange = "PAPER",
         .symbol = "BTC-USD",
         .base_asset = "BTC",
         .quote_asset = "USD",
         .base_scale = 8,
         .quote_scale = 2},
        {.exchange = "PAPER",
         .symbol = "ETH-USD",
         .base_asset = "ETH",
         .quote_asset = "USD",
         .base_scale = 8,
         .quote_scale = 2},
    };

    for (size_t i = 0; i < sizeof instruments / sizeof *instruments; i++) {
        tenon_status status = ledger_upsert_instrument(app->db, &instruments[i]);
        if (status != TENON_OK)
            return status;
    }
    return TENON_OK;
}

static tenon_status place(struct app *app, const ledger_create_order_params *request,
                          ledger_orders_row *order)
{
    char id[TENON_UUID_TEXT_SIZE];
    tenon_status status = worker_place(&app->worker, app->mem, request, order);

    if (status == TENON_OK)
        printf("placed    %.8s  %-4s %10" PRId64 " %s  (key %s, was %s)\n",
               tenon_uuid_format(order->id, id), ledger_order_side_name(order->side),
               order->quantity_base, order->symbol, request->idempotency_key.or_null,
               ledger_order_status_name(order->status));
    return status;
}

static tenon_status fill(struct app *app, const ledger_orders_row *order, const char *trade_id,
                         int64_t quantity, int64_t price)
{
    ledger_record_fill_params execution = {
        .order_id = order->id,
        .trade_id = trade_id,
        .quantity_base = quantity,
        .price_quote = price,
        .fee_quote = tenon_numeric_from_scaled(125, 2),
        .is_maker = TENON_SOME(true),
        .executed_at = order->created_at,
    };
    bool booked;
    tenon_status status = worker_on_fill(&app->worker, &execution, &booked);

    if (status == TENON_OK)
        printf("fill      %-8s %10" PRId64 " at %" PRId64 "  %s\n", trade_id, quantity, price,
               booked ? "booked" : "known already");
    return status;
}

static tenon_status cancel(struct app *app, const ledger_orders_row *order)
{
    char id[TENON_UUID_TEXT_SIZE];
    bool cancelled;
    tenon_status status = worker_cancel(&app->worker, app->mem, order->id, &cancelled);

    if (status == TENON_OK)
        printf("cancel    %.8s  %s\n", tenon_uuid_format(order->id, id),
               cancelled ? "cancelled" : "settled already");
    return status;
}

static tenon_status trade(struct app *app)
{
    ledger_create_order_params buy = {.exchange = "PAPER",
                                      .symbol = "BTC-USD",
                                      .side = LEDGER_ORDER_SIDE_BUY,
                                      .type = LEDGER_ORDER_TYPE_LIMIT,
                                      .quantity_base = 150000000,
                                      .price_quote = TENON_SOME(6500000),
                                      .idempotency_key = TENON_TEXT("demo-buy")};
    ledger_create_order_params sell = {.exchange = "PAPER",
                                       .symbol = "BTC-USD",
                                       .side = LEDGER_ORDER_SIDE_SELL,
                                       .type = LEDGER_ORDER_TYPE_MARKET,
                                       .quantity_base = 40000000,
                                       .idempotency_key = TENON_TEXT("demo-sell")};
    ledger_create_order_params rest = {.exchange = "PAPER",
                                       .symbol = "ETH-USD",
                                       .side = LEDGER_ORDER_SIDE_BUY,
                                       .type = LEDGER_ORDER_TYPE_LIMIT,
                                       .quantity_base = 700000000,
                                       .price_quote = TENON_SOME(300000),
                                       .idempotency_key = TENON_TEXT("demo-rest")};
    ledger_create_order_params huge = {.exchange = "PAPER",
                                       .symbol = "ETH-USD",
                                       .side = LEDGER_ORDER_SIDE_BUY,
                                       .type = LEDGER_ORDER_TYPE_MARKET,
                                       .quantity_base = INT64_C(9000000000000),
                                       .idempotency_key = TENON_TEXT("demo-huge")};
    ledger_orders_row bought, sold, resting, refused;
    tenon_status status = place(app, &buy, &bought);

    if (status == TENON_OK)
        status = place(app, &buy, &bought); /* a retry: the same order */
    if (status == TENON_OK)
        status = fill(app, &bought, "T-1", 100000000, 6490000);
    if (status == TENON_OK)
        status = fill(app, &bought, "T-1", 100000000, 6490000); /* reported twice */
    if (status == TENON_OK)
        status = fill(app, &bought, "T-2", 50000000, 6500000);
    if (status == TENON_OK)
        status = place(app, &sell, &sold);
    if (status == TENON_OK)
        status = fill(app, &sold, "T-3", 10000000, 6510000);
    if (status == TENON_OK)
        status = place(app, &rest, &resting);
    if (status == TENON_OK)
        status = cancel(app, &resting);
    if (status == TENON_OK)
        status = cancel(app, &bought); /* filled: too late */
    if (status == TENON_OK)
        status = place(app, &huge, &refused);
    return status;
}

static tenon_status report(struct app *app)
{
    int64_t archived;
    tenon_status status = report_orders(app->db, app->mem, "BTC-USD");

    if (status == TENON_OK)
        status = report_orders(app->db, app->mem, "ETH-USD");
    if (status == TENON_OK)
        status = report_positions(app->db, app->mem);
    if (status == TENON_OK)
        status = report_counts(app->db, app->mem);
    if (status == TENON_OK)
        status = report_stream(app->db, THE_BEGINNING);
    if (status != TENON_OK)
        return status;
    status = ledger_archive_events_of_settled_orders(
        app->db, tenon_timestamptz_from_unix(INT64_C(32503680000), 0), &archived);
    if (status == TENON_OK)
        printf("Events of settled orders moved to the archive: %" PRId64 "\n", archived);
    return status;
}

static void app_init(struct app *app)
{
    app->paper.largest_quantity = INT64_C(1000000000000);
    app->worker = (struct worker){
        .orders = ledger_orders_on(app->db),
        .fills = ledger_fills_on(app->db),
        .events = ledger_events_on(app->db),
        .exchange = paper_exchange(&app->paper),
        .unit = transaction_on(app->db),
    };
}

int main(int argc, char **argv)
{
    struct app app = {.mem = tenon_arena_create()};
    tenon_status status;

    if (argc != 2 || !app.mem) {
        fprintf(stderr, "usage: worker CONNINFO\n");
        tenon_arena_destroy(app.mem);
        return 2;
    }
    status = tenon_db_open(argv[1], NULL, &app.db);
    if (status == TENON_OK)
        status = ledger_migrate(app.db, NULL);
    if (status == TENON_OK) {
        app_init(&app);
        status = add_instruments(&app);
    }
    if (status == TENON_OK)
        status = trade(&app);
    if (status == TENON_OK)
        status = report(&app);
    if (status != TENON_OK)
        fprintf(stderr, "worker: %s\n", tenon_db_error(app.db)->message);
    tenon_db_close(app.db);
    tenon_arena_destroy(app.mem);
    return status == TENON_OK ? 0 : 1;
}
