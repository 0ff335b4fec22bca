/* Batches and COPY: none, some, and an item that the server refuses. */
#include <inttypes.h>
#include <stdio.h>

#include <shop/fills_fake.h>
#include <tenon/tenon.h>

static void say(const char *what, tenon_status status)
{
    printf("%s: %s\n", what, tenon_status_name(status));
}

static void add(tenon_db *db, tenon_arena *mem)
{
    const shop_add_fill_params good[] = {
        {.symbol = "ETH", .side = SHOP_SIDE_BUY, .quantity = 5, .note = TENON_TEXT("first")},
        {.symbol = "ETH", .side = SHOP_SIDE_SELL, .quantity = 7},
        {.symbol = "BTC", .side = SHOP_SIDE_BUY, .quantity = 1}};
    const shop_add_fill_params bad[] = {{.symbol = "ETH", .side = SHOP_SIDE_BUY, .quantity = 2},
                                        {.symbol = "ETH", .side = SHOP_SIDE_BUY, .quantity = -2}};
    const shop_add_returning_id_params more[] = {
        {.symbol = "XMR", .side = SHOP_SIDE_BUY, .quantity = 3},
        {.symbol = "XMR", .side = SHOP_SIDE_SELL, .quantity = 4}};
    shop_add_returning_id_list ids = {0};

    say("add none", shop_add_fill(db, NULL, 0));
    say("add three", shop_add_fill(db, good, 3));
    say("add a bad one", shop_add_fill(db, bad, 2));
    printf("  item %zu\n", tenon_db_error(db)->item);
    say("add and return", shop_add_returning_id(db, mem, more, 2, &ids));
    printf("  %zu ids, %" PRId64 " apart\n", ids.count, ids.items[1] - ids.items[0]);
}

static void look(tenon_db *db, tenon_arena *mem)
{
    const shop_fill_by_id_params ids[] = {{3}, {1}, {99}};
    const shop_notes_of_params symbols[] = {{"ETH"}, {"none"}, {"BTC"}};
    const shop_fills_of_params sides[] = {{"ETH", SHOP_SIDE_SELL}};
    shop_fill_by_id_row_list rows = {0};
    shop_notes_of_lists notes = {0};
    shop_fills_of_lists fills = {0};

    say("by id", shop_fill_by_id(db, mem, ids, 2, &rows));
    for (size_t i = 0; i < rows.count; i++)
        printf("  %s %" PRId64 "\n", rows.items[i].symbol, rows.items[i].quantity);
    say("by an id that is not there", shop_fill_by_id(db, mem, ids, 3, &rows));
    say("notes", shop_notes_of(db, mem, symbols, 3, &notes));
    for (size_t i = 0; i < notes.count; i++)
        for (size_t j = 0; j < notes.items[i].count; j++)
            printf("  %s: %s\n", symbols[i].symbol,
                   notes.items[i].items[j].or_null ? notes.items[i].items[j].or_null : "NULL");
    say("fills", shop_fills_of(db, mem, sides, 1, &fills));
    printf("  %zu list, %s\n", fills.count, shop_side_name(fills.items[0].items[0].side));
}

static void load(tenon_db *db)
{
    const shop_load_params rows[] = {
        {.symbol = "SOL", .quantity = 10, .side = SHOP_SIDE_BUY, .note = TENON_TEXT("copied")},
        {.symbol = "SOL", .quantity = 11, .side = SHOP_SIDE_SELL}};
    const shop_load_params bad[] = {{.symbol = "SOL", .quantity = 12, .side = SHOP_SIDE_BUY},
                                    {.symbol = "SOL", .quantity = 0, .side = SHOP_SIDE_BUY}};
    const shop_load_numbered_params numbered[] = {{"ADA", 1, SHOP_SIDE_BUY, 1000}};
    int64_t stored = -1;

    say("load", shop_load(db, rows, 2, &stored));
    printf("  %" PRId64 " stored\n", stored);
    say("load none", shop_load(db, NULL, 0, &stored));
    printf("  %" PRId64 " stored\n", stored);
    say("load a bad one", shop_load(db, bad, 2, &stored));
    say("load with an id", shop_load_numbered(db, numbered, 1, &stored));
}

static void fake(void)
{
    int64_t ids[] = {7, 8};
    shop_fills_fake double_ = {.add_returning_id.values = {2, ids}, .load.rows_affected = 2};
    shop_fills_repository port = shop_fills_fake_repository(&double_);
    const shop_add_returning_id_params items[] = {
        {.symbol = "A", .side = SHOP_SIDE_BUY, .quantity = 1},
        {.symbol = "B", .side = SHOP_SIDE_BUY, .quantity = 2}};
    shop_add_returning_id_list list = {0};

    say("fake", port.add_returning_id(port.self, NULL, items, 2, &list));
    printf("  %zu items, the second id is %" PRId64 "\n", double_.add_returning_id.args.count,
           list.items[1]);
}

int main(void)
{
    tenon_arena *mem = tenon_arena_create();
    tenon_db *db = NULL;
    tenon_status status = tenon_db_open("", NULL, &db);

    if (status == TENON_OK) {
        add(db, mem);
        load(db);
        look(db, mem);
        fake();
    }
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    return status == TENON_OK ? 0 : 1;
}
