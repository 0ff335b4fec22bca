/* The best client, the half that writes: parameters lie on the stack in the form that is sent, with
 * constant lengths and formats; arrays are encoded in one pass into a buffer that is kept; COPY
 * fills a buffer of 64 KiB, row by row, and hands it over when it is full. */
#include "best.h"

#include "statements.h"

#include <stdlib.h>
#include <string.h>

/* A text goes as text, so that libpq asks for its length and we do not; a binary one has the same
 * bytes. */
static const int place_lengths[] = {16, 0, 0, 8, 8, 1, 16, 0, 8};
static const int place_formats[] = {1, 0, 0, 1, 1, 1, 1, 0, 1};

bool best_prepare_writes(void)
{
    static const Oid place_types[] = {2950, 25, 25, 20, 20, 16, 2950, 25, 1184};
    static const Oid array_types[] = {1016, 2951, 1009, 1009, 1016, 1016,
                                      1016, 1000, 2951, 1009, 1185, 1185};
    static bool prepared;

    if (!prepared)
        prepared = best_expect(PQprepare(best_conn, "place", PLACE_ORDER, 9, place_types),
                               PGRES_COMMAND_OK) &&
                   best_expect(PQprepare(best_conn, "places", PLACE_ORDERS, 9, place_types),
                               PGRES_COMMAND_OK) &&
                   best_expect(PQprepare(best_conn, "arrays", LOAD_ARRAYS, 12, array_types),
                               PGRES_COMMAND_OK);
    return prepared;
}

/* Numbers of a row in the form that is sent. */
struct numbers {
    char quantity[8], price[8], active[1], created_at[8];
};

static void place_values(const bench_place_order_params *place, struct numbers *numbers,
                         const char **values)
{
    best_put64(numbers->quantity, place->quantity);
    best_put64(numbers->price, place->price.value);
    best_put64(numbers->created_at, place->created_at.microseconds);
    numbers->active[0] = place->active;
    values[0] = (const char *)place->account.bytes;
    values[1] = place->symbol;
    values[2] = place->venue;
    values[3] = numbers->quantity;
    values[4] = place->price.present ? numbers->price : NULL;
    values[5] = numbers->active;
    values[6] = place->parent.present ? (const char *)place->parent.value.bytes : NULL;
    values[7] = place->note.or_null;
    values[8] = numbers->created_at;
}

bool best_insert(const struct inputs *in, size_t turn, struct tally *tally)
{
    struct numbers numbers;
    const char *values[9];
    uint64_t id;
    PGresult *result;

    if (!best_prepare_writes())
        return false;
    place_values(&in->place[turn % N_BATCH], &numbers, values);
    result = PQexecPrepared(best_conn, "place", 9, values, place_lengths, place_formats, 1);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return best_failed(result);
    memcpy(&id, PQgetvalue(result, 0, 0), sizeof id);
    tally_number(tally, (int64_t)__builtin_bswap64(id));
    PQclear(result);
    return true;
}

static bool send_places(const struct inputs *in)
{
    struct numbers numbers;
    const char *values[9];

    for (size_t i = 0; i < N_BATCH; i++) {
        place_values(&in->place[i], &numbers, values);
        if (!PQsendQueryPrepared(best_conn, "places", 9, values, place_lengths, place_formats, 1))
            return best_failed(NULL);
    }
    return PQpipelineSync(best_conn) == 1 || best_failed(NULL);
}

bool best_batch_insert(const struct inputs *in, size_t turn, struct tally *tally)
{
    bool done;

    (void)turn;
    if (!best_prepare_writes() || !PQenterPipelineMode(best_conn) || !send_places(in))
        return false;
    for (size_t i = 0; i < N_BATCH; i++) {
        if (!best_expect(PQgetResult(best_conn), PGRES_COMMAND_OK))
            return false;
        PQgetResult(best_conn);
    }
    tally->rows += N_BATCH;
    done = best_expect(PQgetResult(best_conn), PGRES_PIPELINE_SYNC);
    return PQexitPipelineMode(best_conn) && done;
}

/* --- Bytes ------------------------------------------------------------------------------------ */

static char *put32(char *at, uint32_t value)
{
    value = __builtin_bswap32(value);
    memcpy(at, &value, sizeof value);
    return at + sizeof value;
}

static char *put_null(char *at)
{
    return put32(at, UINT32_MAX);
}

static char *put_int64(char *at, int64_t value)
{
    uint64_t bits = __builtin_bswap64((uint64_t)value);

    at = put32(at, 8);
    memcpy(at, &bits, sizeof bits);
    return at + sizeof bits;
}

static char *put_bytes(char *at, const void *bytes, size_t length)
{
    at = put32(at, (uint32_t)length);
    memcpy(at, bytes, length);
    return at + length;
}

static char *put_text(char *at, const char *text)
{
    return text == NULL ? put_null(at) : put_bytes(at, text, strlen(text));
}

static char *put_bool(char *at, bool value)
{
    at = put32(at, 1);
    *at = value;
    return at + 1;
}

/* --- Arrays ----------------------------------------------------------------------------------- */

/* All arrays of a call, one behind the other. An array begins with its number of dimensions,
 * whether there are NULLs, the type of the elements, their number and the first subscript. */
static struct {
    char *bytes;
    size_t size;
} arrays;

static char *put_header(char *at, bool nulls, uint32_t type, size_t count)
{
    at = put32(at, 1);
    at = put32(at, nulls);
    at = put32(at, type);
    at = put32(at, (uint32_t)count);
    return put32(at, 1);
}

static char *put_int64s(char *at, const tenon_int64_array *array)
{
    at = put_header(at, array->nulls != NULL, 20, array->count);
    for (size_t i = 0; i < array->count; i++)
        at =
            array->nulls != NULL && array->nulls[i] ? put_null(at) : put_int64(at, array->items[i]);
    return at;
}

static char *put_times(char *at, const tenon_timestamptz_array *array)
{
    at = put_header(at, array->nulls != NULL, 1184, array->count);
    for (size_t i = 0; i < array->count; i++)
        at = array->nulls != NULL && array->nulls[i] ? put_null(at)
                                                     : put_int64(at, array->items[i].microseconds);
    return at;
}

static char *put_uuids(char *at, const tenon_uuid_array *array)
{
    at = put_header(at, array->nulls != NULL, 2950, array->count);
    for (size_t i = 0; i < array->count; i++)
        at = array->nulls != NULL && array->nulls[i] ? put_null(at)
                                                     : put_bytes(at, array->items[i].bytes, 16);
    return at;
}

static char *put_texts(char *at, const tenon_text_array *array)
{
    at = put_header(at, array->nulls != NULL, 25, array->count);
    for (size_t i = 0; i < array->count; i++)
        at = put_text(at, array->items[i].or_null);
    return at;
}

static char *put_bools(char *at, const tenon_bool_array *array)
{
    at = put_header(at, false, 16, array->count);
    for (size_t i = 0; i < array->count; i++)
        at = put_bool(at, array->items[i]);
    return at;
}

/* The texts here are short, which this client knows: no more than 64 bytes each. */
static bool make_room(const bench_load_arrays_params *in)
{
    size_t size = 12 * 20 + in->ids.count * (12 * 4 + 2 * 16 + 6 * 8 + 1 + 3 * 64);

    if (arrays.size >= size)
        return true;
    free(arrays.bytes);
    arrays.bytes = malloc(size);
    arrays.size = arrays.bytes == NULL ? 0 : size;
    return arrays.bytes != NULL;
}

static void encode_arrays(const bench_load_arrays_params *in, char *ends[12])
{
    ends[0] = put_int64s(arrays.bytes, &in->ids);
    ends[1] = put_uuids(ends[0], &in->accounts);
    ends[2] = put_texts(ends[1], &in->symbols);
    ends[3] = put_texts(ends[2], &in->venues);
    ends[4] = put_int64s(ends[3], &in->quantities);
    ends[5] = put_int64s(ends[4], &in->filleds);
    ends[6] = put_int64s(ends[5], &in->prices);
    ends[7] = put_bools(ends[6], &in->actives);
    ends[8] = put_uuids(ends[7], &in->parents);
    ends[9] = put_texts(ends[8], &in->notes);
    ends[10] = put_times(ends[9], &in->created_ats);
    ends[11] = put_times(ends[10], &in->closed_ats);
}

bool best_array_insert(const struct inputs *in, size_t turn, struct tally *tally)
{
    static const int formats[12] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    const char *values[12];
    char *ends[12];
    int lengths[12];
    PGresult *result;

    (void)turn;
    if (!best_prepare_writes() || !make_room(&in->arrays))
        return false;
    encode_arrays(&in->arrays, ends);
    for (int i = 0; i < 12; i++) {
        values[i] = i == 0 ? arrays.bytes : ends[i - 1];
        lengths[i] = (int)(ends[i] - values[i]);
    }
    result = PQexecPrepared(best_conn, "arrays", 12, values, lengths, formats, 1);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return best_failed(result);
    tally_number(tally, strtol(PQcmdTuples(result), NULL, 10));
    PQclear(result);
    return true;
}

/* --- COPY ------------------------------------------------------------------------------------- */

/* The fixed part of a row: its number of columns, their lengths, and the values but the texts. */
#define ROW_FIXED (2 + 10 * 4 + 16 + 5 * 8 + 1)

static size_t text_length(const char *text)
{
    return text == NULL ? 0 : strlen(text);
}

static char *put_row(char *at, const bench_load_rows_params *row, size_t symbol, size_t venue,
                     size_t note)
{
    *at++ = 0;
    *at++ = 10;
    at = put_int64(at, row->id);
    at = put_bytes(at, row->account.bytes, 16);
    at = put_bytes(at, row->symbol, symbol);
    at = put_bytes(at, row->venue, venue);
    at = put_int64(at, row->quantity);
    at = put_int64(at, row->filled);
    at = row->price.present ? put_int64(at, row->price.value) : put_null(at);
    at = put_bool(at, row->active);
    at = row->note.or_null == NULL ? put_null(at) : put_bytes(at, row->note.or_null, note);
    return put_int64(at, row->created_at.microseconds);
}

static bool send_rows(const struct inputs *in)
{
    static char buffer[65536];
    static const char signature[19] = "PGCOPY\n\377\r\n";
    char *at = buffer;

    memcpy(at, signature, sizeof signature);
    at += sizeof signature;
    for (size_t i = 0; i < N_COPY; i++) {
        const bench_load_rows_params *row = &in->rows[i];
        size_t symbol = strlen(row->symbol), venue = strlen(row->venue);
        size_t note = text_length(row->note.or_null);
        size_t needed = ROW_FIXED + symbol + venue + note;

        if (needed > sizeof buffer - (size_t)(at - buffer)) {
            if (PQputCopyData(best_conn, buffer, (int)(at - buffer)) != 1)
                return false;
            at = buffer;
        }
        at = put_row(at, row, symbol, venue, note);
    }
    return PQputCopyData(best_conn, buffer, (int)(at - buffer)) == 1 &&
           PQputCopyData(best_conn, "\377\377", 2) == 1 && PQputCopyEnd(best_conn, NULL) == 1;
}

bool best_copy(const struct inputs *in, size_t turn, struct tally *tally)
{
    PGresult *result;

    (void)turn;
    if (!best_expect(PQexec(best_conn, LOAD_ROWS_BINARY), PGRES_COPY_IN) || !send_rows(in))
        return false;
    result = PQgetResult(best_conn);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return best_failed(result);
    tally_number(tally, strtol(PQcmdTuples(result), NULL, 10));
    PQclear(result);
    return PQgetResult(best_conn) == NULL;
}
