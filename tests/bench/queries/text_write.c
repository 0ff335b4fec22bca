/* The text client, the half that writes: snprintf, array literals, COPY a line at a time. */
#include "text.h"

#include "statements.h"
#include "values.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool run(const char *sql)
{
    PGresult *result = PQexec(text_conn, sql);

    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return text_failed(result);
    PQclear(result);
    return true;
}

static PGresult *place(const char *sql, const bench_place_order_params *order)
{
    char account[VALUE_SIZE], parent[VALUE_SIZE], created_at[VALUE_SIZE], quantity[32], price[32];
    const char *values[9] = {account, order->symbol, order->venue, quantity};

    text_of_uuid(&order->account, account);
    snprintf(quantity, sizeof quantity, "%" PRId64, order->quantity);
    if (order->price.present) {
        snprintf(price, sizeof price, "%" PRId64, order->price.value);
        values[4] = price;
    }
    values[5] = order->active ? "t" : "f";
    if (order->parent.present) {
        text_of_uuid(&order->parent.value, parent);
        values[6] = parent;
    }
    values[7] = order->note.or_null;
    text_of_time(order->created_at, created_at);
    values[8] = created_at;
    return PQexecParams(text_conn, sql, 9, NULL, values, NULL, NULL, 0);
}

bool text_insert(const struct inputs *in, size_t turn, struct tally *tally)
{
    PGresult *result = place(PLACE_ORDER, &in->place[turn % N_BATCH]);

    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return text_failed(result);
    tally_number(tally, strtoll(PQgetvalue(result, 0, 0), NULL, 10));
    PQclear(result);
    return true;
}

bool text_batch_insert(const struct inputs *in, size_t turn, struct tally *tally)
{
    (void)turn;
    if (!run("BEGIN"))
        return false;
    for (size_t i = 0; i < N_BATCH; i++) {
        PGresult *result = place(PLACE_ORDERS, &in->place[i]);

        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            return text_failed(result);
        PQclear(result);
    }
    tally->rows += N_BATCH;
    return run("COMMIT");
}

/* --- Array literals --------------------------------------------------------------------------- */

/* An element takes at most 64 bytes, by what inputs.c makes, and may have to be quoted. */
#define LITERAL_SIZE (N_ARRAY * (2 * 64 + 3) + 3)

static char *put_element(char *at, const char *text)
{
    *at++ = ',';
    if (text == NULL) {
        memcpy(at, "NULL", 4);
        return at + 4;
    }
    *at++ = '"';
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            *at++ = '\\';
        *at++ = *text;
    }
    *at++ = '"';
    return at;
}

/* Braces around elements, each of which begins with a comma. */
static void close_literal(char *literal, char *end)
{
    literal[0] = '{';
    memcpy(end, "}", 2);
}

static void put_int64s(char *literal, const tenon_int64_array *array)
{
    char *at = literal;

    for (size_t i = 0; i < array->count; i++)
        if (array->nulls != NULL && array->nulls[i])
            at = put_element(at, NULL);
        else
            at += snprintf(at, 32, ",%" PRId64, array->items[i]);
    close_literal(literal, at);
}

static void put_texts(char *literal, const tenon_text_array *array)
{
    char *at = literal;

    for (size_t i = 0; i < array->count; i++)
        at = put_element(at, array->items[i].or_null);
    close_literal(literal, at);
}

static void put_uuids(char *literal, const tenon_uuid_array *array)
{
    char *at = literal, text[VALUE_SIZE];

    for (size_t i = 0; i < array->count; i++) {
        text_of_uuid(&array->items[i], text);
        at = put_element(at, array->nulls != NULL && array->nulls[i] ? NULL : text);
    }
    close_literal(literal, at);
}

static void put_times(char *literal, const tenon_timestamptz_array *array)
{
    char *at = literal, text[VALUE_SIZE];

    for (size_t i = 0; i < array->count; i++) {
        text_of_time(array->items[i], text);
        at = put_element(at, array->nulls != NULL && array->nulls[i] ? NULL : text);
    }
    close_literal(literal, at);
}

static void put_bools(char *literal, const tenon_bool_array *array)
{
    char *at = literal;

    for (size_t i = 0; i < array->count; i++) {
        *at++ = ',';
        *at++ = array->items[i] ? 't' : 'f';
    }
    close_literal(literal, at);
}

bool text_array_insert(const struct inputs *in, size_t turn, struct tally *tally)
{
    static char literals[12][LITERAL_SIZE];
    const bench_load_arrays_params *arrays = &in->arrays;
    const char *values[12];
    PGresult *result;

    (void)turn;
    put_int64s(literals[0], &arrays->ids);
    put_uuids(literals[1], &arrays->accounts);
    put_texts(literals[2], &arrays->symbols);
    put_texts(literals[3], &arrays->venues);
    put_int64s(literals[4], &arrays->quantities);
    put_int64s(literals[5], &arrays->filleds);
    put_int64s(literals[6], &arrays->prices);
    put_bools(literals[7], &arrays->actives);
    put_uuids(literals[8], &arrays->parents);
    put_texts(literals[9], &arrays->notes);
    put_times(literals[10], &arrays->created_ats);
    put_times(literals[11], &arrays->closed_ats);
    for (int i = 0; i < 12; i++)
        values[i] = literals[i];
    result = PQexecParams(text_conn, LOAD_ARRAYS, 12, NULL, values, NULL, NULL, 0);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return text_failed(result);
    tally_number(tally, strtol(PQcmdTuples(result), NULL, 10));
    PQclear(result);
    return true;
}

/* --- COPY ------------------------------------------------------------------------------------- */

/* The texts hold neither tabs nor backslashes. */
static bool send_line(const bench_load_rows_params *row)
{
    char line[512], account[VALUE_SIZE], created_at[VALUE_SIZE], price[32] = "\\N";
    int length;

    text_of_uuid(&row->account, account);
    text_of_time(row->created_at, created_at);
    if (row->price.present)
        snprintf(price, sizeof price, "%" PRId64, row->price.value);
    length = snprintf(
        line, sizeof line, "%" PRId64 "\t%s\t%s\t%s\t%" PRId64 "\t%" PRId64 "\t%s\t%s\t%s\t%s\n",
        row->id, account, row->symbol, row->venue, row->quantity, row->filled, price,
        row->active ? "t" : "f", row->note.or_null == NULL ? "\\N" : row->note.or_null, created_at);
    return PQputCopyData(text_conn, line, length) == 1;
}

bool text_copy(const struct inputs *in, size_t turn, struct tally *tally)
{
    PGresult *result = PQexec(text_conn, LOAD_ROWS);

    (void)turn;
    if (PQresultStatus(result) != PGRES_COPY_IN)
        return text_failed(result);
    PQclear(result);
    for (size_t i = 0; i < N_COPY; i++)
        if (!send_line(&in->rows[i]))
            return text_failed(NULL);
    if (PQputCopyEnd(text_conn, NULL) != 1)
        return text_failed(NULL);
    result = PQgetResult(text_conn);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return text_failed(result);
    tally_number(tally, strtol(PQcmdTuples(result), NULL, 10));
    PQclear(result);
    return PQgetResult(text_conn) == NULL;
}
