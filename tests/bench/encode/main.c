/* encode_bench tenon|twin insert|batch|arrays|copy N: stores N rows. callgrind counts; see run.sh.
 * The connection comes from libpq's environment variables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tenon/tenon.h>

#include "twin.h"

struct connection {
    tenon_db *db; /* NULL: the twin's turn */
    PGconn *conn;
};

static const char *const symbols[] = {"BTC-USD", "ETH-USD", "SOLANA-USDC"};
static const char *const notes[] = {NULL, "a note of usual length", "rebalanced by hand", NULL};

static bool is_ok(const struct connection *on, tenon_status status)
{
    if (status != TENON_OK)
        fprintf(stderr, "%s\n", tenon_db_error(on->db)->message);
    return status == TENON_OK;
}

static tenon_uuid uuid_of(size_t i)
{
    tenon_uuid uuid = {{(uint8_t)i, (uint8_t)(i >> 8), 7, 9}};

    return uuid;
}

static tenon_opt_int64 price_of(size_t i)
{
    if (i % 3 == 0)
        return (tenon_opt_int64)TENON_NONE;
    return (tenon_opt_int64)TENON_SOME((int64_t)i * 7);
}

static tenon_timestamptz time_of(size_t i)
{
    return (tenon_timestamptz){757382400000000 + (int64_t)i * 60000000};
}

static bench_add_orders_params order_of(size_t i)
{
    return (bench_add_orders_params){
        .id = (int64_t)i,
        .account = uuid_of(i),
        .symbol = symbols[i % 3],
        .quantity = (int64_t)i * 1000,
        .price = price_of(i),
        .active = i % 2 == 0,
        .note = TENON_TEXT(notes[i % 4]),
        .created_at = time_of(i),
    };
}

static bool insert(const struct connection *on, size_t n)
{
    bool done = true;

    for (size_t i = 0; i < n && done; i++) {
        bench_add_orders_params item = order_of(i);
        bench_add_order_params order;
        memcpy(&order, &item, sizeof order); /* the same members */
        done = on->db == NULL ? twin_add_order(on->conn, &order)
                              : is_ok(on, bench_add_order(on->db, &order));
    }
    return done;
}

static bool batch(const struct connection *on, size_t n)
{
    bench_add_orders_params items[100];

    for (size_t i = 0; i < 100; i++)
        items[i] = order_of(i);
    for (size_t i = 0; i < n; i += 100)
        if (on->db == NULL ? !twin_add_orders(on->conn, items, 100)
                           : !is_ok(on, bench_add_orders(on->db, items, 100)))
            return false;
    return true;
}

#define ARRAY(of)                                                                                  \
    {                                                                                              \
        .count = 100, .items = (of)                                                                \
    }

static bool arrays(const struct connection *on, size_t n)
{
    static int64_t numbers[100];
    static int32_t venues[100];
    static tenon_uuid uuids[100];
    static const char *texts[100];
    static bool flags[100], nulls[100];
    static double rates[100];
    static tenon_timestamptz times[100];
    const bench_add_quotes_params quotes = {
        .ids = ARRAY(numbers),
        .books = ARRAY(numbers),
        .venues = ARRAY(venues),
        .accounts = ARRAY(uuids),
        .parents = ARRAY(uuids),
        .symbols = tenon_texts(texts, 100),
        .notes = tenon_texts(texts, 100),
        .actives = ARRAY(flags),
        .rates = ARRAY(rates),
        .opened = ARRAY(times),
        .closed = {.count = 100, .items = times, .nulls = nulls},
        .sizes = ARRAY(numbers),
    };

    for (size_t i = 0; i < 100; i++) {
        numbers[i] = (int64_t)i * 1001;
        venues[i] = (int32_t)i % 7;
        uuids[i] = uuid_of(i);
        texts[i] = symbols[i % 3];
        flags[i] = i % 2 == 0;
        nulls[i] = i % 3 == 0;
        rates[i] = (double)i / 8;
        times[i] = time_of(i);
    }
    for (size_t i = 0; i < n; i += 100)
        if (on->db == NULL ? !twin_add_quotes(on->conn, &quotes)
                           : !is_ok(on, bench_add_quotes(on->db, &quotes)))
            return false;
    return true;
}

static bool copy(const struct connection *on, size_t n)
{
    bench_load_fills_params *fills = malloc(n * sizeof *fills);

    for (size_t i = 0; i < n; i++)
        fills[i] = (bench_load_fills_params){
            .id = (int64_t)i,
            .account = uuid_of(i),
            .symbol = symbols[i % 3],
            .venue = i % 5 == 0 ? "kraken" : "binance",
            .quantity = (int64_t)i * 1000,
            .price = price_of(i),
            .fee = (double)i / 16,
            .active = i % 2 == 0,
            .note = TENON_TEXT(notes[i % 4]),
            .filled_at = time_of(i),
        };
    bool done = on->db == NULL ? twin_load_fills(on->conn, fills, n)
                               : is_ok(on, bench_load_fills(on->db, fills, n, NULL));
    free(fills);
    return done;
}

static bool run(const struct connection *on, const char *what, size_t n)
{
    if (strcmp(what, "insert") == 0)
        return insert(on, n);
    if (strcmp(what, "batch") == 0)
        return batch(on, n);
    if (strcmp(what, "arrays") == 0)
        return arrays(on, n);
    return copy(on, n);
}

int main(int argc, char **argv)
{
    struct connection on = {NULL, NULL};
    bool done;

    if (argc != 4) {
        fprintf(stderr, "usage: encode_bench tenon|twin insert|batch|arrays|copy N\n");
        return 2;
    }
    size_t n = strtoul(argv[3], NULL, 10);
    if (strcmp(argv[1], "tenon") == 0) {
        done = is_ok(&on, tenon_db_open("", NULL, &on.db)) && run(&on, argv[2], n);
    } else {
        on.conn = PQconnectdb("");
        done = twin_prepare(on.conn) && run(&on, argv[2], n);
        if (!done)
            fprintf(stderr, "%s", PQerrorMessage(on.conn));
        PQfinish(on.conn);
    }
    tenon_db_close(on.db);
    return done ? 0 : 1;
}
