/* A COPY row by row: stored at its end or given up, inside of a transaction and outside; and the
 * same through the port, whose rows come from a callback. */
#include <inttypes.h>
#include <stdio.h>

#include <shop/prices_fake.h>
#include <tenon/tenon.h>

static void say(const char *what, tenon_status status)
{
    printf("%s: %s\n", what, tenon_status_name(status));
}

static void say_error(tenon_db *db)
{
    const tenon_error *error = tenon_db_error(db);

    printf("  %s, effect %s, ", error->message, tenon_effect_name(error->effect));
    if (error->item == TENON_NO_ITEM)
        puts("no item");
    else
        printf("item %zu\n", error->item);
}

/* What is stored; it is removed then. */
static void look(tenon_db *db)
{
    shop_count_prices_row row = {0};
    tenon_status status = shop_count_prices(db, &row);

    if (status != TENON_OK)
        say("  look", status);
    else
        printf("  %" PRId64 " stored, %" PRId64 " in all\n", row.count, row.total);
    if (shop_remove_prices(db) != TENON_OK)
        puts("  and there it stays");
}

/* Rows from 1 to n; the price of the first is `first`. */
static shop_load_prices_copy *give(tenon_db *db, int64_t n, int64_t first)
{
    shop_load_prices_copy *copy = shop_load_prices_begin(db);

    for (int64_t id = 1; id <= n; id++) {
        const shop_load_prices_params row = {.id = id,
                                             .symbol = "ETH",
                                             .price = id == 1 ? first : 2,
                                             .note = TENON_TEXT(id % 2 ? "odd" : NULL)};
        if (shop_load_prices_row(copy, &row) != TENON_OK)
            printf("  row %" PRId64 " failed\n", id);
    }
    return copy;
}

static void rows(tenon_db *db)
{
    const shop_load_prices_params no_symbol = {.id = 3, .price = 1};
    const shop_load_prices_params good = {.id = 4, .symbol = "ETH", .price = 1};
    shop_load_prices_copy *copy;
    int64_t stored = -1;

    say("100000 rows", shop_load_prices_end(give(db, 100000, 2), &stored));
    printf("  %" PRId64 "\n", stored);
    look(db);
    say("no rows", shop_load_prices_end(give(db, 0, 0), &stored));
    printf("  %" PRId64 "\n", stored);
    say("whatever their number", shop_load_prices_end(give(db, 2, 2), NULL));
    look(db);

    stored = -1;
    say("a row that the server refuses", shop_load_prices_end(give(db, 2, -1), &stored));
    say_error(db);
    printf("  %" PRId64 "\n", stored);
    look(db);

    copy = give(db, 2, 2);
    say("a row without a symbol", shop_load_prices_row(copy, &no_symbol));
    say("a row behind it", shop_load_prices_row(copy, &good));
    say("their end", shop_load_prices_end(copy, &stored));
    say_error(db);
    look(db);

    copy = give(db, 1, 2);
    say("another call between", shop_remove_prices(db));
    say("its end", shop_load_prices_end(copy, &stored));
    look(db);

    say("no connection", shop_load_prices_end(shop_load_prices_begin(NULL), &stored));
    say("no memory", shop_load_prices_row(NULL, &good));
    say("no memory at the end", shop_load_prices_end(NULL, &stored));
    say("no memory to give up", shop_load_prices_abandon(NULL));
}

static void give_up(tenon_db *db)
{
    const shop_load_prices_params no_symbol = {.id = 3, .price = 1};
    shop_load_prices_copy *copy;

    say("given up", shop_load_prices_abandon(give(db, 100000, 2)));
    say_error(db);
    look(db);
    say("given up at once", shop_load_prices_abandon(shop_load_prices_begin(db)));
    look(db);
    copy = give(db, 1, 2);
    say("a row without a symbol", shop_load_prices_row(copy, &no_symbol));
    say("given up then", shop_load_prices_abandon(copy));
    look(db);
}

static void in_transaction(tenon_db *db)
{
    const shop_load_prices_params good = {.id = 4, .symbol = "ETH", .price = 1};
    shop_load_prices_copy *copy;
    const shop_add_price_params other = {.id = 9, .symbol = "BTC", .price = 1};
    int64_t stored = -1;

    say("begin", tenon_begin(db, NULL));
    say("rows", shop_load_prices_end(give(db, 3, 2), &stored));
    say("the INSERT of the same text", shop_add_price(db, &other));
    say("rollback", tenon_rollback(db));
    look(db);

    say("begin", tenon_begin(db, NULL));
    say("rows", shop_load_prices_end(give(db, 3, 2), &stored));
    say("savepoint", tenon_begin(db, NULL));
    say("given up", shop_load_prices_abandon(give(db, 3, 2)));
    say("the transaction has failed", shop_remove_prices(db));
    say("back to the savepoint", tenon_rollback(db));
    say("commit", tenon_commit(db));
    look(db);

    say("begin", tenon_begin(db, NULL));
    copy = give(db, 2, 2);
    say("rollback before the end", tenon_rollback(db));
    say("a row behind it", shop_load_prices_row(copy, &good));
    say("the end", shop_load_prices_end(copy, &stored));
    look(db);
}

/* A callback: rows up to `last`, and the status behind them. */
struct source {
    int64_t at, last;
    tenon_status status;
};

static tenon_status next(void *context, bool *found, shop_load_prices_params *row)
{
    struct source *source = context;

    *found = source->at < source->last;
    if (!*found)
        return source->status;
    if (row->id != 0 || row->symbol || row->price != 0 || row->note.or_null)
        puts("  a row was not zero");
    row->id = ++source->at;
    row->symbol = "ETH";
    row->price = 1;
    return TENON_OK;
}

static void through_port(tenon_db *db)
{
    shop_prices_repository port = shop_prices_on(db);
    struct source good = {0, 3, TENON_OK}, bad = {0, 3, TENON_BAD_VALUE};
    struct source again = {0, 3, TENON_OK};
    int64_t stored = -1;

    say("port", port.load_prices_from(port.self, next, &good, &stored));
    printf("  %" PRId64 "\n", stored);
    say("the same rows", port.load_prices_from(port.self, next, &again, &stored));
    printf("  constraint %s\n", tenon_db_error(db)->constraint_name);
    look(db);
    say("a source that fails", port.load_prices_from(port.self, next, &bad, &stored));
    look(db);
    good.at = 0;
    say("begin", tenon_begin(db, NULL));
    say("port", port.load_prices_from(port.self, next, &good, &stored));
    say("commit", tenon_commit(db));
    look(db);
    bad.at = 0;
    say("begin", tenon_begin(db, NULL));
    say("a source that fails", port.load_prices_from(port.self, next, &bad, &stored));
    say("rollback", tenon_rollback(db));
    look(db);
}

static void fake(void)
{
    shop_prices_fake double_ = {.load_prices_from.rows_affected = 2};
    shop_prices_repository port = shop_prices_fake_repository(&double_);
    struct source good = {0, 2, TENON_OK}, bad = {0, 1, TENON_CANCELED};
    int64_t stored = -1;

    say("fake", port.load_prices_from(port.self, next, &good, &stored));
    printf("  %" PRId64 " of %zu rows\n", stored, double_.load_prices_from.n_rows);
    say("fake of a source that fails", port.load_prices_from(port.self, next, &bad, &stored));
    double_.load_prices_from.status = TENON_TIMEOUT;
    say("fake that fails", port.load_prices_from(port.self, next, &good, &stored));
    printf("  %zu calls\n", double_.load_prices_from.calls);
}

int main(void)
{
    tenon_db *db = NULL;
    tenon_status status = tenon_db_open("", NULL, &db);

    if (status == TENON_OK) {
        rows(db);
        give_up(db);
        in_transaction(db);
        through_port(db);
        fake();
    }
    tenon_db_close(db);
    return status == TENON_OK ? 0 : 1;
}
