/* decode_bench tenon|twin ROUNDS FIRST: reads the rows from id FIRST on ROUNDS times and prints a
 * checksum of the last time. callgrind counts; see run.sh. The connection comes from libpq's
 * environment variables. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tenon/tenon.h>

#include "twin.h"

static uint64_t checksum(const bench_bench_rows_row_list *rows)
{
    uint64_t sum = rows->count;

    for (size_t i = 0; i < rows->count; i++) {
        const bench_bench_rows_row *row = &rows->items[i];
        sum = sum * 31 + (uint64_t)row->id + row->account.bytes[3] + strlen(row->symbol);
        sum = sum * 31 + strlen(row->venue) + (uint64_t)row->quantity + (uint64_t)row->filled;
        sum = sum * 31 + (row->price.present ? (uint64_t)row->price.value : 1) + row->active;
        sum = sum * 31 + (row->parent.present ? row->parent.value.bytes[7] : 2);
        sum = sum * 31 + (row->note.or_null == NULL ? 3 : strlen(row->note.or_null));
        sum = sum * 31 + (uint64_t)row->created_at.microseconds;
        sum = sum * 31 + (row->closed_at.present ? (uint64_t)row->closed_at.value.microseconds : 4);
    }
    return sum;
}

static bool run_tenon(int rounds, int64_t first, uint64_t *sum)
{
    tenon_arena *mem = tenon_arena_create();
    bench_bench_rows_row_list rows = {0};
    tenon_db *db;
    tenon_status status = tenon_db_open("", NULL, &db);

    for (int i = 0; i < rounds && status == TENON_OK && mem != NULL; i++) {
        tenon_arena_reset(mem);
        status = bench_list_bench_rows(db, mem, first, &rows);
    }
    if (status != TENON_OK)
        fprintf(stderr, "%s\n", tenon_db_error(db)->message);
    else
        *sum = checksum(&rows);
    tenon_arena_destroy(mem);
    tenon_db_close(db);
    return status == TENON_OK;
}

static bool run_twin(int rounds, int64_t first, uint64_t *sum)
{
    PGconn *conn = PQconnectdb("");
    bool done = twin_prepare(conn);

    for (int i = 0; i < rounds && done; i++) {
        bench_bench_rows_row_list rows = {0};
        PGresult *result;

        done = twin_list_rows(conn, first, &rows, &result);
        if (done && i == rounds - 1)
            *sum = checksum(&rows);
        free(rows.items);
        PQclear(result);
    }
    if (!done)
        fprintf(stderr, "%s", PQerrorMessage(conn));
    PQfinish(conn);
    return done;
}

int main(int argc, char **argv)
{
    uint64_t sum = 0;

    if (argc != 4) {
        fprintf(stderr, "usage: decode_bench tenon|twin ROUNDS FIRST\n");
        return 2;
    }
    int rounds = atoi(argv[2]), first = atoi(argv[3]);
    bool done = strcmp(argv[1], "tenon") == 0 ? run_tenon(rounds, first, &sum)
                                              : run_twin(rounds, first, &sum);
    if (done)
        printf("%" PRIu64 "\n", sum);
    return done ? 0 : 1;
}
