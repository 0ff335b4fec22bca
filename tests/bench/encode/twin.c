/* Prepared, binary, numbers swapped on the stack, texts sent from where they are; arrays and rows
 * are written into one buffer, without a question that the caller's data answers already. */
#include "twin.h"

#include <stdlib.h>
#include <string.h>

static const int all_binary[12] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

static unsigned char *put32(unsigned char *to, uint32_t value)
{
    value = __builtin_bswap32(value);
    memcpy(to, &value, 4);
    return to + 4;
}

static unsigned char *put64(unsigned char *to, uint64_t value)
{
    value = __builtin_bswap64(value);
    memcpy(to, &value, 8);
    return to + 8;
}

static uint64_t bits_of(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, 8);
    return bits;
}

static bool prepare(PGconn *conn, const char *name, const char *sql, int n, const Oid *types)
{
    PGresult *result = PQprepare(conn, name, sql, n, types);
    bool done = PQresultStatus(result) == PGRES_COMMAND_OK;

    PQclear(result);
    return done;
}

bool twin_prepare(PGconn *conn)
{
    static const Oid order_types[] = {20, 2950, 25, 20, 20, 16, 25, 1184};
    static const Oid quote_types[] = {1016, 1016, 1007, 2951, 2951, 1009,
                                      1009, 1000, 1022, 1185, 1185, 1016};

    return prepare(conn, "order", "INSERT INTO bench_orders VALUES ($1,$2,$3,$4,$5,$6,$7,$8)", 8,
                   order_types) &&
           prepare(conn, "quotes",
                   "INSERT INTO bench_quotes SELECT * FROM "
                   "unnest($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
                   12, quote_types);
}

/* --- Plain parameters --- */

bool twin_execute(PGconn *conn, const char *name, int n, const char *const *values,
                  const int *lengths)
{
    PGresult *result = PQexecPrepared(conn, name, n, values, lengths, all_binary, 1);
    bool done = PQresultStatus(result) == PGRES_COMMAND_OK;

    PQclear(result);
    return done;
}

bool twin_send(PGconn *conn, int n, const char *const *values, const int *lengths)
{
    return PQsendQueryPrepared(conn, "order", n, values, lengths, all_binary, 1);
}

struct order {
    unsigned char id[8], quantity[8], price[8], active, created_at[8];
    const char *values[8];
    int lengths[8];
};

static void encode_order(struct order *order, const bench_add_order_params *from)
{
    static const int lengths[8] = {8, 16, 0, 8, 8, 1, 0, 8};

    memcpy(order->lengths, lengths, sizeof lengths);
    put64(order->id, (uint64_t)from->id);
    put64(order->quantity, (uint64_t)from->quantity);
    put64(order->price, (uint64_t)from->price.value);
    order->active = from->active;
    put64(order->created_at, (uint64_t)from->created_at.microseconds);
    order->values[0] = (const char *)order->id;
    order->values[1] = (const char *)from->account.bytes;
    order->values[2] = from->symbol;
    order->lengths[2] = (int)strlen(from->symbol);
    order->values[3] = (const char *)order->quantity;
    order->values[4] = from->price.present ? (const char *)order->price : NULL;
    order->values[5] = (const char *)&order->active;
    order->values[6] = from->note.or_null;
    order->lengths[6] = from->note.or_null == NULL ? 0 : (int)strlen(from->note.or_null);
    order->values[7] = (const char *)order->created_at;
}

bool twin_add_order(PGconn *conn, const bench_add_order_params *params)
{
    struct order order;

    encode_order(&order, params);
    return twin_execute(conn, "order", 8, order.values, order.lengths);
}

bool twin_receive(PGconn *conn, size_t count)
{
    bool done = PQpipelineSync(conn);
    size_t n_done = 0;

    while (done) {
        PGresult *result = PQgetResult(conn);
        ExecStatusType status = PQresultStatus(result);
        PQclear(result);
        if (status == PGRES_PIPELINE_SYNC)
            break;
        if (result != NULL && status != PGRES_COMMAND_OK)
            done = false;
        n_done += result != NULL;
    }
    return done && n_done == count;
}

bool twin_add_orders(PGconn *conn, const bench_add_orders_params *orders, size_t count)
{
    bool done = PQenterPipelineMode(conn);

    for (size_t i = 0; i < count && done; i++) {
        struct order order;
        bench_add_order_params params;
        memcpy(&params, &orders[i], sizeof params); /* the same members */
        encode_order(&order, &params);
        done = twin_send(conn, 8, order.values, order.lengths);
    }
    return done && twin_receive(conn, count) && PQexitPipelineMode(conn);
}

/* --- Arrays --- */

static unsigned char *put_header(unsigned char *to, size_t count, bool has_null, uint32_t type)
{
    to = put32(to, 1);
    to = put32(to, has_null);
    to = put32(to, type);
    to = put32(to, (uint32_t)count);
    return put32(to, 1);
}

static unsigned char *put_int64s(unsigned char *to, const int64_t *items, const bool *nulls,
                                 size_t count, uint32_t type)
{
    unsigned char *start = to;
    bool has_null = false;

    to = put_header(to, count, false, type);
    for (size_t i = 0; i < count && nulls == NULL; i++)
        to = put64(put32(to, 8), (uint64_t)items[i]);
    for (size_t i = 0; i < count && nulls != NULL; i++) {
        if (nulls[i]) {
            to = put32(to, UINT32_MAX);
            has_null = true;
        } else {
            to = put64(put32(to, 8), (uint64_t)items[i]);
        }
    }
    put32(start + 4, has_null);
    return to;
}

static unsigned char *put_int32s(unsigned char *to, tenon_int32_array array)
{
    to = put_header(to, array.count, false, 23);
    for (size_t i = 0; i < array.count; i++)
        to = put32(put32(to, 4), (uint32_t)array.items[i]);
    return to;
}

static unsigned char *put_uuids(unsigned char *to, tenon_uuid_array array)
{
    to = put_header(to, array.count, false, 2950);
    for (size_t i = 0; i < array.count; i++) {
        to = put32(to, 16);
        memcpy(to, array.items[i].bytes, 16);
        to += 16;
    }
    return to;
}

static unsigned char *put_bools(unsigned char *to, tenon_bool_array array)
{
    to = put_header(to, array.count, false, 16);
    for (size_t i = 0; i < array.count; i++) {
        to = put32(to, 1);
        *to++ = array.items[i];
    }
    return to;
}

static unsigned char *put_doubles(unsigned char *to, tenon_double_array array)
{
    to = put_header(to, array.count, false, 701);
    for (size_t i = 0; i < array.count; i++)
        to = put64(put32(to, 8), bits_of(array.items[i]));
    return to;
}

/* There is room for texts of 200 bytes. */
static unsigned char *put_texts(unsigned char *to, tenon_text_array array)
{
    to = put_header(to, array.count, false, 25);
    for (size_t i = 0; i < array.count; i++) {
        size_t length = strlen(array.items[i].or_null);
        to = put32(to, (uint32_t)length);
        memcpy(to, array.items[i].or_null, length);
        to += length;
    }
    return to;
}

/* int64_t, tenon_timestamptz */
#define INT64S(to, array, type)                                                                    \
    put_int64s(to, (const int64_t *)(const void *)(array).items, (array).nulls, (array).count, type)

bool twin_add_quotes(PGconn *conn, const bench_add_quotes_params *quotes)
{
    size_t room = 12 * (20 + quotes->ids.count * 24) + 2 * quotes->ids.count * 200;
    unsigned char *buffer = malloc(room), *at[13];
    const char *values[12];
    int lengths[12];

    at[0] = buffer;
    at[1] = INT64S(at[0], quotes->ids, 20);
    at[2] = INT64S(at[1], quotes->books, 20);
    at[3] = put_int32s(at[2], quotes->venues);
    at[4] = put_uuids(at[3], quotes->accounts);
    at[5] = put_uuids(at[4], quotes->parents);
    at[6] = put_texts(at[5], quotes->symbols);
    at[7] = put_texts(at[6], quotes->notes);
    at[8] = put_bools(at[7], quotes->actives);
    at[9] = put_doubles(at[8], quotes->rates);
    at[10] = INT64S(at[9], quotes->opened, 1184);
    at[11] = INT64S(at[10], quotes->closed, 1184);
    at[12] = INT64S(at[11], quotes->sizes, 20);
    for (int i = 0; i < 12; i++) {
        values[i] = (const char *)at[i];
        lengths[i] = (int)(at[i + 1] - at[i]);
    }
    bool done = twin_execute(conn, "quotes", 12, values, lengths);
    free(buffer);
    return done;
}

/* --- COPY --- */

enum { BUFFER = 1 << 16, WITHOUT_TEXTS = 2 + 10 * 4 + 8 + 16 + 8 + 8 + 8 + 1 + 8 };

static bool end_copy(PGconn *conn)
{
    PGresult *result;
    bool done = PQputCopyEnd(conn, NULL) == 1;

    while ((result = PQgetResult(conn)) != NULL) {
        done = done && PQresultStatus(result) == PGRES_COMMAND_OK;
        PQclear(result);
    }
    return done;
}

static unsigned char *put_text(unsigned char *to, const char *text, size_t length)
{
    to = put32(to, (uint32_t)length);
    memcpy(to, text, length);
    return to + length;
}

bool twin_load_fills(PGconn *conn, const bench_load_fills_params *fills, size_t count)
{
    static const char header[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
    PGresult *result = PQexec(conn, "COPY bench_fills FROM STDIN (FORMAT binary)");
    unsigned char *buffer = malloc(BUFFER), *to = buffer;
    bool done = PQresultStatus(result) == PGRES_COPY_IN;

    PQclear(result);
    memcpy(to, header, 19);
    to += 19;
    for (size_t i = 0; i < count && done; i++) {
        const bench_load_fills_params *fill = &fills[i];
        size_t symbol = strlen(fill->symbol), venue = strlen(fill->venue);
        size_t note = fill->note.or_null == NULL ? 0 : strlen(fill->note.or_null);

        if ((size_t)(buffer + BUFFER - to) < WITHOUT_TEXTS + symbol + venue + note) {
            done = PQputCopyData(conn, (const char *)buffer, (int)(to - buffer)) == 1;
            to = buffer;
        }
        *to++ = 0;
        *to++ = 10;
        to = put64(put32(to, 8), (uint64_t)fill->id);
        to = put32(to, 16);
        memcpy(to, fill->account.bytes, 16);
        to = put_text(to + 16, fill->symbol, symbol);
        to = put_text(to, fill->venue, venue);
        to = put64(put32(to, 8), (uint64_t)fill->quantity);
        if (fill->price.present)
            to = put64(put32(to, 8), (uint64_t)fill->price.value);
        else
            to = put32(to, UINT32_MAX);
        to = put64(put32(to, 8), bits_of(fill->fee));
        to = put32(to, 1);
        *to++ = fill->active;
        to = fill->note.or_null == NULL ? put32(to, UINT32_MAX)
                                        : put_text(to, fill->note.or_null, note);
        to = put64(put32(to, 8), (uint64_t)fill->filled_at.microseconds);
    }
    done = done && PQputCopyData(conn, (const char *)buffer, (int)(to - buffer)) == 1 &&
           PQputCopyData(conn, "\377\377", 2) == 1;
    free(buffer);
    return end_copy(conn) && done;
}
