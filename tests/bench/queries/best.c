/* The best that can be written by hand with libpq, the half that reads: prepared once, binary both
 * ways, texts that point into the result, one allocation for all rows, columns by number, no check
 * of a length or a type, a test for NULL only where a column is nullable; batches in pipeline mode
 * and streams in single-row mode. */
#include "best.h"

#include "statements.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

PGconn *best_conn;

static const int lengths[] = {8}, formats[] = {1};

bool best_failed(PGresult *result)
{
    fprintf(stderr, "libpq: %s", PQerrorMessage(best_conn));
    PQclear(result);
    return false;
}

bool best_expect(PGresult *result, ExecStatusType status)
{
    if (PQresultStatus(result) != status)
        return best_failed(result);
    PQclear(result);
    return true;
}

static bool prepare(const char *name, const char *sql)
{
    static const Oid types[] = {20};

    return best_expect(PQprepare(best_conn, name, sql, 1, types), PGRES_COMMAND_OK);
}

static bool open_best(void)
{
    best_conn = PQconnectdb("");
    if (PQstatus(best_conn) != CONNECTION_OK)
        return best_failed(NULL);
    return prepare("find", FIND_ORDER);
}

/* What the start-up does not need is prepared at its first use. */
static bool prepare_rest(void)
{
    static bool prepared;

    if (!prepared)
        prepared = prepare("list", LIST_ORDERS) && prepare("stream", STREAM_ORDERS) &&
                   prepare("fills", LIST_FILLS);
    return prepared;
}

static void close_best(void)
{
    PQfinish(best_conn);
}

static int backend(void)
{
    return PQbackendPID(best_conn);
}

static int64_t int64_at(const PGresult *result, int row, int column)
{
    uint64_t value;

    memcpy(&value, PQgetvalue(result, row, column), sizeof value);
    return (int64_t)__builtin_bswap64(value);
}

static void read_order(const PGresult *result, int i, bench_orders_row *row)
{
    row->id = int64_at(result, i, 0);
    memcpy(row->account.bytes, PQgetvalue(result, i, 1), 16);
    row->symbol = PQgetvalue(result, i, 2);
    row->venue = PQgetvalue(result, i, 3);
    row->quantity = int64_at(result, i, 4);
    row->filled = int64_at(result, i, 5);
    row->price.present = !PQgetisnull(result, i, 6);
    row->price.value = row->price.present ? int64_at(result, i, 6) : 0;
    row->active = *PQgetvalue(result, i, 7) != 0;
    row->parent.present = !PQgetisnull(result, i, 8);
    if (row->parent.present)
        memcpy(row->parent.value.bytes, PQgetvalue(result, i, 8), 16);
    row->note.or_null = PQgetisnull(result, i, 9) ? NULL : PQgetvalue(result, i, 9);
    row->created_at.microseconds = int64_at(result, i, 10);
    row->closed_at.present = !PQgetisnull(result, i, 11);
    row->closed_at.value.microseconds = row->closed_at.present ? int64_at(result, i, 11) : 0;
}

static PGresult *fetch(const char *name, int64_t key)
{
    char value[8];
    const char *values[] = {value};

    best_put64(value, key);
    return PQexecPrepared(best_conn, name, 1, values, lengths, formats, 1);
}

static bool lookup(const struct inputs *in, size_t turn, struct tally *tally)
{
    PGresult *result = fetch("find", in->keys[turn % N_BATCH].id);
    bench_orders_row row;

    if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
        return best_failed(result);
    read_order(result, 0, &row);
    tally_order(tally, &row);
    PQclear(result);
    return true;
}

static bool list(const struct inputs *in, size_t turn, struct tally *tally)
{
    bench_orders_row_list rows;
    PGresult *result;

    if (!prepare_rest())
        return false;
    result = fetch("list", in->keys[turn % N_BATCH].id);
    rows.count = (size_t)PQntuples(result);
    rows.items = malloc(rows.count * sizeof *rows.items);
    if (PQresultStatus(result) != PGRES_TUPLES_OK || rows.items == NULL)
        return best_failed(result);
    for (size_t i = 0; i < rows.count; i++)
        read_order(result, (int)i, &rows.items[i]);
    tally_orders(tally, &rows);
    free(rows.items);
    PQclear(result);
    return true;
}

static bool stream(const struct inputs *in, size_t turn, struct tally *tally)
{
    char value[8];
    const char *values[] = {value};
    PGresult *result;

    (void)turn;
    best_put64(value, in->stream_last);
    if (!prepare_rest() ||
        !PQsendQueryPrepared(best_conn, "stream", 1, values, lengths, formats, 1) ||
        !PQsetSingleRowMode(best_conn))
        return best_failed(NULL);
    while (PQresultStatus(result = PQgetResult(best_conn)) == PGRES_SINGLE_TUPLE) {
        bench_orders_row row;

        read_order(result, 0, &row);
        tally_order(tally, &row);
        PQclear(result);
    }
    return best_expect(result, PGRES_TUPLES_OK) && PQgetResult(best_conn) == NULL;
}

static void read_fill(const PGresult *result, int i, bench_list_fills_row *row)
{
    row->id = int64_at(result, i, 0);
    row->symbol = PQgetvalue(result, i, 1);
    row->quantity = int64_at(result, i, 2);
    row->fill_id = int64_at(result, i, 3);
    row->fill_quantity = int64_at(result, i, 4);
    row->price = int64_at(result, i, 5);
    row->is_maker = *PQgetvalue(result, i, 6) != 0;
    row->executed_at.microseconds = int64_at(result, i, 7);
}

static bool join(const struct inputs *in, size_t turn, struct tally *tally)
{
    bench_list_fills_row_list rows;
    PGresult *result;

    if (!prepare_rest())
        return false;
    result = fetch("fills", in->keys[turn % N_BATCH].id);
    rows.count = (size_t)PQntuples(result);
    rows.items = malloc(rows.count * sizeof *rows.items);
    if (PQresultStatus(result) != PGRES_TUPLES_OK || rows.items == NULL)
        return best_failed(result);
    for (size_t i = 0; i < rows.count; i++)
        read_fill(result, (int)i, &rows.items[i]);
    tally_fills(tally, &rows);
    free(rows.items);
    PQclear(result);
    return true;
}

static bool send_lookups(const struct inputs *in)
{
    char value[8];
    const char *values[] = {value};

    for (size_t i = 0; i < N_BATCH; i++) {
        best_put64(value, in->keys[i].id);
        if (!PQsendQueryPrepared(best_conn, "find", 1, values, lengths, formats, 1))
            return best_failed(NULL);
    }
    return PQpipelineSync(best_conn) == 1 || best_failed(NULL);
}

/* The rows point into all of the results, which therefore live as long. */
static bool batch_lookup(const struct inputs *in, size_t turn, struct tally *tally)
{
    PGresult *results[N_BATCH];
    bench_orders_row_list rows = {.count = N_BATCH};
    bool done;

    (void)turn;
    if (!PQenterPipelineMode(best_conn) || !send_lookups(in))
        return false;
    rows.items = malloc(rows.count * sizeof *rows.items);
    if (rows.items == NULL)
        return false;
    for (size_t i = 0; i < N_BATCH; i++) {
        results[i] = PQgetResult(best_conn);
        if (PQresultStatus(results[i]) != PGRES_TUPLES_OK || PQntuples(results[i]) != 1)
            return best_failed(results[i]);
        read_order(results[i], 0, &rows.items[i]);
        PQgetResult(best_conn);
    }
    tally_orders(tally, &rows);
    for (size_t i = 0; i < N_BATCH; i++)
        PQclear(results[i]);
    free(rows.items);
    done = best_expect(PQgetResult(best_conn), PGRES_PIPELINE_SYNC);
    return PQexitPipelineMode(best_conn) && done;
}

const struct client client_best = {
    .name = "libpq, best",
    .open = open_best,
    .close = close_best,
    .backend = backend,
    .turn =
        {
            [LOOKUP] = lookup,
            [LIST] = list,
            [STREAM] = stream,
            [JOIN] = join,
            [INSERT] = best_insert,
            [BATCH_LOOKUP] = batch_lookup,
            [BATCH_INSERT] = best_batch_insert,
            [ARRAY_INSERT] = best_array_insert,
            [COPY] = best_copy,
        },
};
