/* The functions of docs/runtime.md, called as the page says. */
#undef NDEBUG
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include <ledger/instruments.h>
#include <ledger/orders.h>
#include <tenon/pool.h>
#include <tenon/tenon.h>

#include "beside.c"
#include "cancel.c"
#include "create.c"
#include "hooks.c"
#include "log.c"
#include "loop.c"
#include "open.c"
#include "outcome.c"
#include "pool.c"
#include "retry.c"
#include "start.c"
#include "stream.c"
#include "transaction.c"

static const ledger_upsert_instrument_params instrument = {.exchange = "X",
                                                           .symbol = "A-B",
                                                           .base_asset = "A",
                                                           .quote_asset = "B",
                                                           .base_scale = 2,
                                                           .quote_scale = 2};

static ledger_create_order_params market_order(const char *symbol, int64_t quantity)
{
    return (ledger_create_order_params){.exchange = "X",
                                        .symbol = symbol,
                                        .side = LEDGER_ORDER_SIDE_SELL,
                                        .type = LEDGER_ORDER_TYPE_MARKET,
                                        .quantity_base = quantity};
}

static void errors(tenon_db *db, tenon_arena *mem)
{
    ledger_create_order_params request = market_order("A-B", 5);
    ledger_orders_row order;

    assert(strcmp(create(db, mem, &request, &order), "created") == 0);
    request.symbol = "NO-SUCH";
    assert(strcmp(create(db, mem, &request, &order), "no such instrument") == 0);
    request = market_order("A-B", 0);
    assert(strstr(create(db, mem, &request, &order), "orders_quantity_base_check"));
    request.symbol = NULL;
    assert(ledger_create_order(db, mem, &request, &order) == TENON_INVALID_ARGUMENT);
    assert(tenon_db_error(db)->sqlstate[0] == '\0');
}

static void streams(tenon_db *db)
{
    int64_t total;
    const tenon_timestamptz since = {INT64_MIN};
    ledger_stream_orders_since *stream;

    assert(quantity_since(db, since, 1000, &total) == TENON_OK && total == 5);
    assert(quantity_since(db, since, 0, &total) == TENON_OK && total == 5);
    stream = ledger_stream_orders_since_begin(db, since);
    assert(ledger_count_open_orders(db, &total) == TENON_INVALID_ARGUMENT);
    assert(ledger_stream_orders_since_end(stream) == TENON_OK);
}

static void transactions(tenon_db *db, tenon_arena *mem)
{
    ledger_create_order_params pair[2] = {market_order("A-B", 7), market_order("NO-SUCH", 7)};
    ledger_orders_row order;
    int64_t before, after;

    assert(ledger_count_open_orders(db, &before) == TENON_OK);
    assert(create_pair(db, mem, &pair[0], &pair[1]) == TENON_FOREIGN_KEY_VIOLATION);
    assert(tenon_db_error(db)->status == TENON_FOREIGN_KEY_VIOLATION);
    assert(ledger_count_open_orders(db, &after) == TENON_OK && after == before);
    assert(ledger_create_order(db, mem, &pair[0], &order) == TENON_OK);
    assert(cancel_all(db, &order.id, 1) == TENON_OK);
    assert(ledger_count_open_orders(db, &after) == TENON_OK && after == before);
    assert(tenon_depth(db) == 0);
    assert(tenon_begin(db, NULL) == TENON_OK && tenon_depth(db) == 1);
    assert(tenon_begin(db, NULL) == TENON_OK && tenon_depth(db) == 2);
    assert(tenon_rollback(db) == TENON_OK && tenon_rollback(db) == TENON_OK);
}

static void own_statements(tenon_db *db)
{
    double n = -1;

    assert(analyze_orders(db, &n) == TENON_OK && n > 0);
    assert(tenon_exec(db, "SELECT nothing") == TENON_SQL_ERROR);
}

static void outcomes(tenon_db *db, tenon_db *other)
{
    tenon_commit_token token = {0};
    const tenon_transaction_options options = {.token = &token};
    tenon_outcome outcome;
    int64_t n;

    assert(tenon_begin(db, &options) == TENON_OK && token.xid > 0);
    assert(ledger_count_open_orders(db, &n) == TENON_OK);
    assert(commit_for_certain(db, other, token) == TENON_OK);
    assert(tenon_commit_outcome(other, token, &outcome) == TENON_OK);
    assert(outcome == TENON_OUTCOME_COMMITTED);
    assert(stop(db, tenon_db_call(db)) == TENON_OK);
}

int main(int argc, char **argv)
{
    tenon_arena *mem = tenon_arena_create();
    tenon_db *db = argc == 2 ? open_ledger(argv[1]) : NULL;
    int64_t n;

    assert(db && ledger_upsert_instrument(db, &instrument) == TENON_OK);
    assert(fits(db));
    errors(db, mem);
    streams(db);
    transactions(db, mem);
    own_statements(db);
    assert(print_open_orders(db, "A-B") == TENON_OK);
    tenon_db *other = open_ledger(argv[1]);
    outcomes(db, other);
    tenon_db_close(other);
    watch(db);
    assert(ledger_count_open_orders(db, &n) == TENON_OK);
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    assert(count_with_pool(argv[1], &n) == TENON_OK && n == 1);
    assert(open_ledger("host=/nowhere") == NULL);
    return 0;
}
