/* The table item and its queries, as tenon generates them. */
#include "items.h"

static const uint32_t item_types[] = {23, 25, 25, 20};

static void read_item(tenon__call *call, item *row)
{
    row->id = tenon__read_int32(call);
    row->name = tenon__read_text(call);
    row->note = tenon__read_opt_text(call);
    row->price = tenon__read_opt_int64(call);
}

static const uint32_t int4_type[] = {23};

static const tenon__statement find_item = {
    .query = "FindItem",
    .key = "tenon_test_find_item",
    .sql = "SELECT id, name, note, price FROM item WHERE id >= $1 ORDER BY id",
    .n_params = 1,
    .param_types = int4_type,
    .n_columns = 4,
    .column_types = item_types,
    .reads_only = true,
};

tenon_status find_opt(tenon_db *on, int32_t id, bool *found, item *row)
{
    tenon__call call;

    tenon__begin(&call, on, &find_item);
    tenon__bind_int32(&call, id);
    if (tenon__fetch_into(&call, mem) && tenon__next_row(&call))
        read_item(&call, row);
    return tenon__end_opt(&call, found);
}

tenon_status find_one(tenon_db *on, int32_t id, item *row)
{
    tenon__call call;

    tenon__begin(&call, on, &find_item);
    tenon__bind_int32(&call, id);
    if (tenon__fetch_into(&call, mem) && tenon__next_row(&call))
        read_item(&call, row);
    return tenon__end_one(&call);
}

tenon_status find_many(tenon_db *on, int32_t id, item_list *list)
{
    tenon__call call;

    tenon__begin(&call, on, &find_item);
    tenon__bind_int32(&call, id);
    if (tenon__fetch_into(&call, mem)) {
        list->items = tenon__alloc_rows(&call, sizeof *list->items, &list->count);
        for (item *row = list->items; tenon__next_row(&call); row++)
            read_item(&call, row);
    }
    return tenon__end(&call);
}

static const uint32_t add_types[] = {23, 25, 25, 20};

static const tenon__statement add_item = {
    .query = "AddItem",
    .key = "tenon_test_add_item",
    .sql = "INSERT INTO item (id, name, note, price) VALUES ($1, $2, $3, $4)",
    .n_params = 4,
    .param_types = add_types,
};

tenon_status add(tenon_db *on, const item *row, int64_t *rows_affected)
{
    tenon__call call;

    tenon__begin(&call, on, &add_item);
    tenon__bind_int32(&call, row->id);
    tenon__bind_text(&call, "name", row->name);
    tenon__bind_opt_text(&call, row->note);
    tenon__bind_opt_int64(&call, row->price);
    return tenon__end_exec(&call, rows_affected);
}

void items_setup(void)
{
    server_setup();
    ck_status(TENON_OK,
              tenon_exec(db, "CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL CONSTRAINT "
                             "name_is_short CHECK (length(name) < 10), note text, price bigint);"
                             "INSERT INTO item VALUES (1, 'one', NULL, NULL), (2, 'two', '', 200),"
                             " (3, 'three', 'last', -3)"));
}

void items_teardown(void)
{
    server_ask("DROP TABLE IF EXISTS item");
    server_teardown();
}
