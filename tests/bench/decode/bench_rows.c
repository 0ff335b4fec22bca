/* As tenon generates it from queries.sql. */
#include "bench_rows.h"

#include <tenon/generated.h>

static const uint32_t bench_rows_row_types[] = {20, 2950, 25,   25, 20,   20,
                                                20, 16,   2950, 25, 1184, 1184};

static void read_bench_rows_row(tenon__call *call, bench_bench_rows_row *row)
{
    row->id = tenon__read_int64(call);
    row->account = tenon__read_uuid(call);
    row->symbol = tenon__read_text(call);
    row->venue = tenon__read_text(call);
    row->quantity = tenon__read_int64(call);
    row->filled = tenon__read_int64(call);
    row->price = tenon__read_opt_int64(call);
    row->active = tenon__read_bool(call);
    row->parent = tenon__read_opt_uuid(call);
    row->note = tenon__read_opt_text(call);
    row->created_at = tenon__read_timestamptz(call);
    row->closed_at = tenon__read_opt_timestamptz(call);
}

static const tenon__statement list_bench_rows = {
    .query = "ListBenchRows",
    .key = "tenon_77d0f1a2b3c4d5e6",
    .sql = "SELECT id, account, symbol, venue, quantity, filled, price, active, parent, note,\n"
           "    created_at, closed_at\n"
           "FROM bench_rows WHERE id >= $1 ORDER BY id",
    .n_params = 1,
    .param_types = (const uint32_t[]){20},
    .n_columns = 12,
    .column_types = bench_rows_row_types,
    .reads_only = true,
};

tenon_status bench_list_bench_rows(tenon_db *db, tenon_arena *mem, int64_t first,
                                   bench_bench_rows_row_list *bench_rows)
{
    tenon__call call;

    tenon__begin(&call, db, &list_bench_rows);
    tenon__bind_int64(&call, first);
    if (tenon__fetch(&call, mem)) {
        bench_rows->items = tenon__alloc_rows(&call, sizeof *bench_rows->items, &bench_rows->count);
        for (bench_bench_rows_row *row = bench_rows->items; tenon__next_row(&call); row++)
            read_bench_rows_row(&call, row);
    }
    return tenon__end(&call);
}
