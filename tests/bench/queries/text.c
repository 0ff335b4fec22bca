/* libpq as most programs use it, the half that reads: PQexecParams, texts both ways, strtol and
 * strdup, a batch as a loop. */
#include "text.h"

#include "statements.h"
#include "values.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

PGconn *text_conn;

bool text_failed(PGresult *result)
{
    fprintf(stderr, "libpq, text: %s", PQerrorMessage(text_conn));
    PQclear(result);
    return false;
}

static bool open_text(void)
{
    text_conn = PQconnectdb("");
    return PQstatus(text_conn) == CONNECTION_OK || text_failed(NULL);
}

static void close_text(void)
{
    PQfinish(text_conn);
}

static int backend(void)
{
    return PQbackendPID(text_conn);
}

static int64_t int64_at(const PGresult *result, int row, int column)
{
    return strtoll(PQgetvalue(result, row, column), NULL, 10);
}

static char *text_at(const PGresult *result, int row, int column)
{
    return PQgetisnull(result, row, column) ? NULL : strdup(PQgetvalue(result, row, column));
}

static void read_order(const PGresult *result, int i, bench_orders_row *row)
{
    memset(row, 0, sizeof *row);
    row->id = int64_at(result, i, 0);
    row->account = uuid_of_text(PQgetvalue(result, i, 1));
    row->symbol = text_at(result, i, 2);
    row->venue = text_at(result, i, 3);
    row->quantity = int64_at(result, i, 4);
    row->filled = int64_at(result, i, 5);
    row->price.present = !PQgetisnull(result, i, 6);
    if (row->price.present)
        row->price.value = int64_at(result, i, 6);
    row->active = *PQgetvalue(result, i, 7) == 't';
    row->parent.present = !PQgetisnull(result, i, 8);
    if (row->parent.present)
        row->parent.value = uuid_of_text(PQgetvalue(result, i, 8));
    row->note.or_null = text_at(result, i, 9);
    row->created_at = time_of_text(PQgetvalue(result, i, 10));
    row->closed_at.present = !PQgetisnull(result, i, 11);
    if (row->closed_at.present)
        row->closed_at.value = time_of_text(PQgetvalue(result, i, 11));
}

static void free_order(bench_orders_row *row)
{
    free((char *)row->symbol);
    free((char *)row->venue);
    free((char *)row->note.or_null);
}

static PGresult *fetch(const char *sql, int64_t key)
{
    char text[32];
    const char *values[] = {text};

    snprintf(text, sizeof text, "%" PRId64, key);
    return PQexecParams(text_conn, sql, 1, NULL, values, NULL, NULL, 0);
}

static bool find(int64_t id, struct tally *tally)
{
    PGresult *result = fetch(FIND_ORDER, id);
    bench_orders_row row;

    if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
        return text_failed(result);
    read_order(result, 0, &row);
    PQclear(result);
    tally_order(tally, &row);
    free_order(&row);
    return true;
}

static bool lookup(const struct inputs *in, size_t turn, struct tally *tally)
{
    return find(in->keys[turn % N_BATCH].id, tally);
}

static bool batch_lookup(const struct inputs *in, size_t turn, struct tally *tally)
{
    bool done = true;

    (void)turn;
    for (size_t i = 0; i < N_BATCH && done; i++)
        done = find(in->keys[i].id, tally);
    return done;
}

static bool list(const struct inputs *in, size_t turn, struct tally *tally)
{
    PGresult *result = fetch(LIST_ORDERS, in->keys[turn % N_BATCH].id);
    bench_orders_row_list rows = {.count = (size_t)PQntuples(result)};

    rows.items = malloc(rows.count * sizeof *rows.items);
    if (PQresultStatus(result) != PGRES_TUPLES_OK || rows.items == NULL)
        return text_failed(result);
    for (size_t i = 0; i < rows.count; i++)
        read_order(result, (int)i, &rows.items[i]);
    PQclear(result);
    tally_orders(tally, &rows);
    for (size_t i = 0; i < rows.count; i++)
        free_order(&rows.items[i]);
    free(rows.items);
    return true;
}

static bool stream(const struct inputs *in, size_t turn, struct tally *tally)
{
    char text[32];
    const char *values[] = {text};
    PGresult *result;

    (void)turn;
    snprintf(text, sizeof text, "%" PRId64, in->stream_last);
    if (!PQsendQueryParams(text_conn, STREAM_ORDERS, 1, NULL, values, NULL, NULL, 0) ||
        !PQsetSingleRowMode(text_conn))
        return text_failed(NULL);
    while (PQresultStatus(result = PQgetResult(text_conn)) == PGRES_SINGLE_TUPLE) {
        bench_orders_row row;

        read_order(result, 0, &row);
        PQclear(result);
        tally_order(tally, &row);
        free_order(&row);
    }
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return text_failed(result);
    PQclear(result);
    return PQgetResult(text_conn) == NULL;
}

static void read_fill(const PGresult *result, int i, bench_list_fills_row *row)
{
    row->id = int64_at(result, i, 0);
    row->symbol = text_at(result, i, 1);
    row->quantity = int64_at(result, i, 2);
    row->fill_id = int64_at(result, i, 3);
    row->fill_quantity = int64_at(result, i, 4);
    row->price = int64_at(result, i, 5);
    row->is_maker = *PQgetvalue(result, i, 6) == 't';
    row->executed_at = time_of_text(PQgetvalue(result, i, 7));
}

static bool join(const struct inputs *in, size_t turn, struct tally *tally)
{
    PGresult *result = fetch(LIST_FILLS, in->keys[turn % N_BATCH].id);
    bench_list_fills_row_list rows = {.count = (size_t)PQntuples(result)};

    rows.items = malloc(rows.count * sizeof *rows.items);
    if (PQresultStatus(result) != PGRES_TUPLES_OK || rows.items == NULL)
        return text_failed(result);
    for (size_t i = 0; i < rows.count; i++)
        read_fill(result, (int)i, &rows.items[i]);
    PQclear(result);
    tally_fills(tally, &rows);
    for (size_t i = 0; i < rows.count; i++)
        free((char *)rows.items[i].symbol);
    free(rows.items);
    return true;
}

const struct client client_text = {
    .name = "libpq, text",
    .open = open_text,
    .close = close_text,
    .backend = backend,
    .turn =
        {
            [LOOKUP] = lookup,
            [LIST] = list,
            [STREAM] = stream,
            [JOIN] = join,
            [INSERT] = text_insert,
            [BATCH_LOOKUP] = batch_lookup,
            [BATCH_INSERT] = text_batch_insert,
            [ARRAY_INSERT] = text_array_insert,
            [COPY] = text_copy,
        },
};
