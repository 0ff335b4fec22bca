/* Each command, on no row, one row and two rows. */
#include <inttypes.h>
#include <stdio.h>

#include <shop/items.h>
#include <tenon/tenon.h>

static void say(const char *what, tenon_status status)
{
    printf("%s: %s\n", what, tenon_status_name(status));
}

static tenon_status stream(tenon_db *db, size_t stop_after)
{
    shop_stream_items *items = shop_stream_items_begin(db);
    const shop_items_row *item;
    size_t n = 0;

    while (n < stop_after && (item = shop_stream_items_next(items)) != NULL) {
        printf("  %s\n", item->title);
        n++;
    }
    return shop_stream_items_end(items);
}

static void look(tenon_db *db, tenon_arena *mem)
{
    shop_items_row row;
    shop_items_row_list rows = {0};
    shop_list_titles_list titles = {0};
    tenon_opt_int64 highest;
    bool found = false;

    say("find", shop_find_item(db, mem, 1, &found, &row));
    say("get", shop_get_item(db, mem, 1, &row));
    say("list", shop_list_items(db, mem, &rows));
    say("titles", shop_list_titles(db, mem, &titles));
    say("max", shop_max_price(db, &highest));
    printf("found %d, %zu items, %zu titles, highest %d %" PRId64 "\n", found, rows.count,
           titles.count, highest.present, highest.value);
}

int main(void)
{
    tenon_arena *mem = tenon_arena_create();
    tenon_db *db = NULL;
    tenon_status status = tenon_db_open("", NULL, &db);
    int64_t id = 0, changed = 0;

    if (status == TENON_OK) {
        look(db, mem);
        say("add", shop_add_item(
                       db, &(shop_add_item_params){.title = "one", .price = TENON_SOME(100)}, &id));
        say("add", shop_add_item(db, &(shop_add_item_params){.title = "two"}, &id));
        look(db, mem);
        say("add without a title", shop_add_item(db, &(shop_add_item_params){.title = NULL}, &id));
        say("stream", stream(db, 10));
        say("stream that stops early", stream(db, 1));
        say("set price",
            shop_set_price(db, &(shop_set_price_params){.price = TENON_SOME(250), .id = id},
                           &changed));
        printf("changed %" PRId64 "\n", changed);
        say("delete", shop_delete_item(db, 1));
        look(db, mem);
    }
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    return status != TENON_OK;
}
