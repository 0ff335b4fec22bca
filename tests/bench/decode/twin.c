/* Prepared, binary both ways, texts borrowed from the result, one allocation for all rows, columns
 * by number, no check of a length and no test for NULL but where a column is nullable. */
#include "twin.h"

#include <stdlib.h>
#include <string.h>

static uint64_t get64(const char *value)
{
    const unsigned char *b = (const unsigned char *)value;

    return (uint64_t)b[0] << 56 | (uint64_t)b[1] << 48 | (uint64_t)b[2] << 40 |
           (uint64_t)b[3] << 32 | (uint64_t)b[4] << 24 | (uint64_t)b[5] << 16 |
           (uint64_t)b[6] << 8 | b[7];
}

static int64_t int64_at(const PGresult *result, int row, int column)
{
    return (int64_t)get64(PQgetvalue(result, row, column));
}

static tenon_uuid uuid_at(const PGresult *result, int row, int column)
{
    tenon_uuid value;

    memcpy(value.bytes, PQgetvalue(result, row, column), 16);
    return value;
}

static void read_row(const PGresult *result, int i, bench_bench_rows_row *row)
{
    row->id = int64_at(result, i, 0);
    row->account = uuid_at(result, i, 1);
    row->symbol = PQgetvalue(result, i, 2);
    row->venue = PQgetvalue(result, i, 3);
    row->quantity = int64_at(result, i, 4);
    row->filled = int64_at(result, i, 5);
    row->price.present = !PQgetisnull(result, i, 6);
    row->price.value = row->price.present ? int64_at(result, i, 6) : 0;
    row->active = *PQgetvalue(result, i, 7) != 0;
    row->parent.present = !PQgetisnull(result, i, 8);
    if (row->parent.present)
        row->parent.value = uuid_at(result, i, 8);
    row->note.or_null = PQgetisnull(result, i, 9) ? NULL : PQgetvalue(result, i, 9);
    row->created_at.microseconds = int64_at(result, i, 10);
    row->closed_at.present = !PQgetisnull(result, i, 11);
    row->closed_at.value.microseconds = row->closed_at.present ? int64_at(result, i, 11) : 0;
}

bool twin_prepare(PGconn *conn)
{
    static const Oid types[] = {20};
    PGresult *result =
        PQprepare(conn, "twin",
                  "SELECT id, account, symbol, venue, quantity, filled, price, active, parent, "
                  "note, created_at, closed_at FROM bench_rows WHERE id >= $1 ORDER BY id",
                  1, types);
    bool done = PQresultStatus(result) == PGRES_COMMAND_OK;

    PQclear(result);
    return done;
}

PGresult *twin_fetch(PGconn *conn, int64_t first)
{
    static const int lengths[] = {8}, formats[] = {1};
    unsigned char value[8];
    const char *values[] = {(const char *)value};

    for (int i = 0; i < 8; i++)
        value[i] = (unsigned char)((uint64_t)first >> (56 - 8 * i));
    return PQexecPrepared(conn, "twin", 1, values, lengths, formats, 1);
}

bool twin_list_rows(PGconn *conn, int64_t first, bench_bench_rows_row_list *rows, PGresult **result)
{
    *result = twin_fetch(conn, first);
    if (PQresultStatus(*result) != PGRES_TUPLES_OK)
        return false;
    rows->count = (size_t)PQntuples(*result);
    rows->items = malloc(rows->count * sizeof *rows->items);
    if (rows->items == NULL)
        return false;
    for (size_t i = 0; i < rows->count; i++)
        read_row(*result, (int)i, &rows->items[i]);
    return true;
}
