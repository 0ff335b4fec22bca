/* A digest in which every member of every row has a part, and its place. */
#include "bench.h"

static void mix(struct tally *tally, uint64_t value)
{
    tally->digest = (tally->digest ^ value) * UINT64_C(0x100000001b3);
    tally->digest ^= tally->digest >> 29;
}

static void mix_text(struct tally *tally, const char *text)
{
    mix(tally, text == NULL);
    for (; text != NULL && *text != '\0'; text++)
        mix(tally, (unsigned char)*text);
}

static void mix_uuid(struct tally *tally, const tenon_uuid *uuid)
{
    for (size_t i = 0; i < sizeof uuid->bytes; i++)
        mix(tally, uuid->bytes[i]);
}

static void digest_order(struct tally *tally, const bench_orders_row *row)
{
    mix(tally, (uint64_t)row->id);
    mix_uuid(tally, &row->account);
    mix_text(tally, row->symbol);
    mix_text(tally, row->venue);
    mix(tally, (uint64_t)row->quantity);
    mix(tally, (uint64_t)row->filled);
    mix(tally, row->price.present);
    mix(tally, row->price.present ? (uint64_t)row->price.value : 0);
    mix(tally, row->active);
    mix(tally, row->parent.present);
    if (row->parent.present)
        mix_uuid(tally, &row->parent.value);
    mix_text(tally, row->note.or_null);
    mix(tally, (uint64_t)row->created_at.microseconds);
    mix(tally, row->closed_at.present);
    mix(tally, row->closed_at.present ? (uint64_t)row->closed_at.value.microseconds : 0);
}

static void digest_fill(struct tally *tally, const bench_list_fills_row *row)
{
    mix(tally, (uint64_t)row->id);
    mix_text(tally, row->symbol);
    mix(tally, (uint64_t)row->quantity);
    mix(tally, (uint64_t)row->fill_id);
    mix(tally, (uint64_t)row->fill_quantity);
    mix(tally, (uint64_t)row->price);
    mix(tally, row->is_maker);
    mix(tally, (uint64_t)row->executed_at.microseconds);
}

void tally_number(struct tally *tally, int64_t value)
{
    tally->rows++;
    if (tally->digesting)
        mix(tally, (uint64_t)value);
}

void tally_order(struct tally *tally, const bench_orders_row *row)
{
    tally->rows++;
    if (tally->digesting)
        digest_order(tally, row);
}

void tally_orders(struct tally *tally, const bench_orders_row_list *rows)
{
    tally->rows += rows->count;
    for (size_t i = 0; tally->digesting && i < rows->count; i++)
        digest_order(tally, &rows->items[i]);
}

void tally_fills(struct tally *tally, const bench_list_fills_row_list *rows)
{
    tally->rows += rows->count;
    for (size_t i = 0; tally->digesting && i < rows->count; i++)
        digest_fill(tally, &rows->items[i]);
}
