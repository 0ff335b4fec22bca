/* The generated code, called as a program would: one arena, reset before each use. */
#include "bench.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <tenon/tenon.h>

static tenon_db *db;
static tenon_arena *mem;

static bool done(tenon_status status)
{
    if (status != TENON_OK)
        fprintf(stderr, "tenon: %s\n", tenon_db_error(db)->message);
    return status == TENON_OK;
}

static bool open_db(void)
{
    mem = tenon_arena_create();
    return done(tenon_db_open("", NULL, &db)) && mem != NULL;
}

static void close_db(void)
{
    tenon_arena_destroy(mem);
    tenon_db_close(db);
}

static int backend(void)
{
    return PQbackendPID(tenon_db_conn(db));
}

static bool lookup(const struct inputs *in, size_t turn, struct tally *tally)
{
    bench_orders_row row;

    tenon_arena_reset(mem);
    if (!done(bench_find_order(db, mem, in->keys[turn % N_BATCH].id, &row)))
        return false;
    tally_order(tally, &row);
    return true;
}

static bool list(const struct inputs *in, size_t turn, struct tally *tally)
{
    bench_orders_row_list rows;

    tenon_arena_reset(mem);
    if (!done(bench_list_orders(db, mem, in->keys[turn % N_BATCH].id, &rows)))
        return false;
    tally_orders(tally, &rows);
    return true;
}

static bool stream(const struct inputs *in, size_t turn, struct tally *tally)
{
    bench_stream_orders *orders = bench_stream_orders_begin(db, in->stream_last);
    const bench_orders_row *row;

    (void)turn;
    while ((row = bench_stream_orders_next(orders)) != NULL)
        tally_order(tally, row);
    return done(bench_stream_orders_end(orders));
}

static bool join(const struct inputs *in, size_t turn, struct tally *tally)
{
    bench_list_fills_row_list rows;

    tenon_arena_reset(mem);
    if (!done(bench_list_fills(db, mem, in->keys[turn % N_BATCH].id, &rows)))
        return false;
    tally_fills(tally, &rows);
    return true;
}

static bool insert(const struct inputs *in, size_t turn, struct tally *tally)
{
    int64_t id;

    if (!done(bench_place_order(db, &in->place[turn % N_BATCH], &id)))
        return false;
    tally_number(tally, id);
    return true;
}

static bool batch_lookup(const struct inputs *in, size_t turn, struct tally *tally)
{
    bench_orders_row_list rows;

    (void)turn;
    tenon_arena_reset(mem);
    if (!done(bench_find_orders(db, mem, in->keys, N_BATCH, &rows)))
        return false;
    tally_orders(tally, &rows);
    return true;
}

static bool batch_insert(const struct inputs *in, size_t turn, struct tally *tally)
{
    (void)turn;
    tally->rows += N_BATCH;
    return done(bench_place_orders(db, in->places, N_BATCH));
}

static bool array_insert(const struct inputs *in, size_t turn, struct tally *tally)
{
    int64_t rows;

    (void)turn;
    if (!done(bench_load_arrays(db, &in->arrays, &rows)))
        return false;
    tally_number(tally, rows);
    return true;
}

static bool copy(const struct inputs *in, size_t turn, struct tally *tally)
{
    int64_t rows;

    (void)turn;
    if (!done(bench_load_rows(db, in->rows, N_COPY, &rows)))
        return false;
    tally_number(tally, rows);
    return true;
}

const struct client client_tenon = {
    .name = "tenon",
    .open = open_db,
    .close = close_db,
    .backend = backend,
    .turn =
        {
            [LOOKUP] = lookup,
            [LIST] = list,
            [STREAM] = stream,
            [JOIN] = join,
            [INSERT] = insert,
            [BATCH_LOOKUP] = batch_lookup,
            [BATCH_INSERT] = batch_insert,
            [ARRAY_INSERT] = array_insert,
            [COPY] = copy,
        },
};
