/* What the ledger holds, printed: the reading side of the example. */
#ifndef WORKER_REPORT_H
#define WORKER_REPORT_H

#include <tenon/tenon.h>

tenon_status report_orders(tenon_db *db, tenon_arena *mem, const char *symbol);
tenon_status report_positions(tenon_db *db, tenon_arena *mem);
tenon_status report_counts(tenon_db *db, tenon_arena *mem);
tenon_status report_stream(tenon_db *db, tenon_timestamptz since);

#endif
