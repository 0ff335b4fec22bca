/* As tenon generates it from queries.sql. */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include <tenon/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A row of public.bench_rows. Pointers live as long as the arena that the row was read into. */
typedef struct bench_bench_rows_row {
    int64_t id;
    tenon_uuid account;
    const char *symbol;
    const char *venue;
    int64_t quantity;
    int64_t filled;
    tenon_opt_int64 price;
    bool active;
    tenon_opt_uuid parent;
    const char *note;
    tenon_timestamptz created_at;
    tenon_opt_timestamptz closed_at;
} bench_bench_rows_row;

typedef struct bench_bench_rows_row_list {
    size_t count;
    bench_bench_rows_row *items;
} bench_bench_rows_row_list;

/** Rows from this id on. SQL: queries.sql:1. */
TENON_NODISCARD tenon_status bench_list_bench_rows(tenon_db *db, tenon_arena *mem, int64_t first,
                                                   bench_bench_rows_row_list *bench_rows);

#ifdef __cplusplus
}
#endif
#endif
