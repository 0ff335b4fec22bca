/* Each report is one generated query and a loop over its rows. */
#include "report.h"

#include <inttypes.h>
#include <stdio.h>

#include <ledger/fills.h>
#include <ledger/orders.h>
#include <ledger/positions.h>

tenon_status report_orders(tenon_db *db, tenon_arena *mem, const char *symbol)
{
    ledger_order_fill_report_row_list orders;
    tenon_status status = ledger_order_fill_report(db, mem, symbol, &orders);

    if (status != TENON_OK)
        return status;
    printf("\nOrders in %s\n", symbol);
    for (size_t i = 0; i < orders.count; i++) {
        const ledger_order_fill_report_row *order = &orders.items[i];
        char id[TENON_UUID_TEXT_SIZE];

        printf("  %.8s  %-4s %10" PRId64 "  filled %10" PRId64 "  %s\n",
               tenon_uuid_format(order->id, id), ledger_order_side_name(order->side),
               order->quantity_base, order->filled_base, ledger_order_status_name(order->status));
    }
    return TENON_OK;
}

tenon_status report_positions(tenon_db *db, tenon_arena *mem)
{
    ledger_list_positions_row_list positions;
    tenon_status status = ledger_list_positions(db, mem, &positions);

    if (status != TENON_OK)
        return status;
    printf("\nPositions\n");
    for (size_t i = 0; i < positions.count; i++) {
        const ledger_list_positions_row *position = &positions.items[i];
        char fees[64], at[TENON_TIME_TEXT_SIZE];

        tenon_numeric_format(&position->fee_quote, fees, sizeof fees);
        printf("  %s %-8s %12" PRId64 " %s  fees %s  last fill %s\n", position->exchange,
               position->symbol, position->quantity_base, position->base_asset, fees,
               tenon_timestamptz_format(position->last_fill_at, at));
    }
    return TENON_OK;
}

tenon_status report_counts(tenon_db *db, tenon_arena *mem)
{
    ledger_count_orders_by_status_row_list counts;
    tenon_status status = ledger_count_orders_by_status(db, mem, &counts);

    if (status != TENON_OK)
        return status;
    printf("\nOrders by status\n");
    for (size_t i = 0; i < counts.count; i++)
        printf("  %-16s %3" PRId64 " (%" PRId64 " limit)\n",
               ledger_order_status_name(counts.items[i].status), counts.items[i].n_orders,
               counts.items[i].n_limit_orders);
    return TENON_OK;
}

tenon_status report_stream(tenon_db *db, tenon_timestamptz since)
{
    ledger_stream_orders_since *stream = ledger_stream_orders_since_begin(db, since);
    const ledger_orders_row *order;
    int64_t total = 0;
    tenon_status status;

    while ((order = ledger_stream_orders_since_next(stream)))
        total += order->quantity_base;
    status = ledger_stream_orders_since_end(stream);
    if (status == TENON_OK)
        printf("\nQuantity ordered in all, streamed row by row: %" PRId64 "\n", total);
    return status;
}
