/* The values that are written: made by a rule, so that every client and every run has the same. */
#include "bench.h"

#include <stdio.h>
#include <string.h>

#define MINUTE INT64_C(60000000)
/* 2024-01-01, in microseconds since 2000-01-01. */
#define FIRST_DAY (INT64_C(8766) * 24 * 60 * MINUTE)

static char symbols[N_COPY][16], venues[N_COPY][16];
static const char note[] = "a note that takes about as much room as notes do";

/* The columns of loaded as arrays. */
static struct {
    int64_t ids[N_ARRAY], quantities[N_ARRAY], filleds[N_ARRAY], prices[N_ARRAY];
    tenon_uuid accounts[N_ARRAY], parents[N_ARRAY];
    const char *symbols[N_ARRAY], *venues[N_ARRAY], *notes[N_ARRAY];
    bool actives[N_ARRAY], no_price[N_ARRAY], no_parent[N_ARRAY], no_note[N_ARRAY];
    bool not_closed[N_ARRAY];
    tenon_timestamptz created_ats[N_ARRAY], closed_ats[N_ARRAY];
} columns;

static tenon_uuid uuid_of(size_t i)
{
    tenon_uuid uuid;

    for (size_t b = 0; b < sizeof uuid.bytes; b++)
        uuid.bytes[b] = (unsigned char)(i * 37 + b * 11);
    return uuid;
}

static void row_init(bench_load_rows_params *row, size_t i)
{
    int64_t number = (int64_t)i;

    snprintf(symbols[i], sizeof symbols[i], "SYM%zu-USD", i % 50);
    snprintf(venues[i], sizeof venues[i], "venue %zu", i % 7);
    row->id = number + 1;
    row->account = uuid_of(i);
    row->symbol = symbols[i];
    row->venue = venues[i];
    row->quantity = number * 1000;
    row->filled = number * 10;
    row->price.present = i % 3 > 0;
    row->price.value = row->price.present ? number * 7 : 0;
    row->active = i % 2 == 0;
    row->note.or_null = i % 4 == 0 ? note : NULL;
    row->created_at.microseconds = FIRST_DAY + number * MINUTE;
}

static void place_init(bench_place_order_params *place, const bench_load_rows_params *row, size_t i)
{
    place->account = row->account;
    place->symbol = row->symbol;
    place->venue = row->venue;
    place->quantity = row->quantity;
    place->price = row->price;
    place->active = row->active;
    place->parent.present = i % 2 == 0;
    if (place->parent.present)
        place->parent.value = uuid_of(i / 2);
    place->note = row->note;
    place->created_at = row->created_at;
}

static void column_init(const bench_load_rows_params *row, const bench_place_order_params *place,
                        size_t i)
{
    columns.ids[i] = row->id;
    columns.accounts[i] = row->account;
    columns.symbols[i] = row->symbol;
    columns.venues[i] = row->venue;
    columns.quantities[i] = row->quantity;
    columns.filleds[i] = row->filled;
    columns.prices[i] = row->price.value;
    columns.no_price[i] = !row->price.present;
    columns.actives[i] = row->active;
    columns.parents[i] = place->parent.value;
    columns.no_parent[i] = !place->parent.present;
    columns.notes[i] = row->note.or_null;
    columns.no_note[i] = row->note.or_null == NULL;
    columns.created_ats[i] = row->created_at;
    columns.not_closed[i] = i % 5 != 0;
    columns.closed_ats[i].microseconds = i % 5 == 0 ? row->created_at.microseconds + MINUTE : 0;
}

static void arrays_init(bench_load_arrays_params *arrays)
{
    arrays->ids = (tenon_int64_array){.count = N_ARRAY, .items = columns.ids};
    arrays->accounts = (tenon_uuid_array){.count = N_ARRAY, .items = columns.accounts};
    arrays->symbols = tenon_texts(columns.symbols, N_ARRAY);
    arrays->venues = tenon_texts(columns.venues, N_ARRAY);
    arrays->quantities = (tenon_int64_array){.count = N_ARRAY, .items = columns.quantities};
    arrays->filleds = (tenon_int64_array){.count = N_ARRAY, .items = columns.filleds};
    arrays->prices =
        (tenon_int64_array){.count = N_ARRAY, .items = columns.prices, .nulls = columns.no_price};
    arrays->actives = (tenon_bool_array){.count = N_ARRAY, .items = columns.actives};
    arrays->parents =
        (tenon_uuid_array){.count = N_ARRAY, .items = columns.parents, .nulls = columns.no_parent};
    arrays->notes = tenon_texts(columns.notes, N_ARRAY);
    arrays->notes.nulls = columns.no_note;
    arrays->created_ats = (tenon_timestamptz_array){.count = N_ARRAY, .items = columns.created_ats};
    arrays->closed_ats = (tenon_timestamptz_array){
        .count = N_ARRAY, .items = columns.closed_ats, .nulls = columns.not_closed};
}

void inputs_init(struct inputs *in, int64_t stream_last)
{
    _Static_assert(sizeof *in->place == sizeof *in->places, "both hold the columns of placed");

    memset(in, 0, sizeof *in);
    in->stream_last = stream_last;
    for (size_t i = 0; i < N_COPY; i++)
        row_init(&in->rows[i], i);
    for (size_t i = 0; i < N_BATCH; i++) {
        in->keys[i].id = (int64_t)(i * 7 + 1);
        place_init(&in->place[i], &in->rows[i], i);
        memcpy(&in->places[i], &in->place[i], sizeof in->places[i]);
        column_init(&in->rows[i], &in->place[i], i);
    }
    arrays_init(&in->arrays);
}
