/* What the tables are is asked of the server, so that it is not told by the code under test. */
#include "nulls/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/buf.h"

enum {
    MOST_ROWS = 5,
    PERCENT_NULL = 35,
};

static const struct {
    const char *type;
    const char *values[4];
} samples[] = {
    {"smallint", {"0", "1", "2", "3"}},
    {"integer", {"0", "1", "2", "3"}},
    {"bigint", {"0", "1", "2", "3"}},
    {"numeric", {"0", "1", "1.0", "NaN"}},
    {"real", {"0", "1", "-2.5", "NaN"}},
    {"double precision", {"0", "1", "-2.5", "Infinity"}},
    {"boolean", {"t", "f"}},
    {"text", {"", "a", "b", "1"}},
    {"character varying", {"", "a", "b", "1"}},
    {"character", {"a", "b"}},
    {"name", {"a", "b"}},
    {"bytea", {"\\x", "\\x00", "\\x0102"}},
    {"json", {"null", "[]", "{\"a\": null}", "{\"x\": 1, \"a\": [null]}"}},
    {"jsonb", {"{}", "{\"x\": null}", "{\"a\": null, \"x\": 2}", "{\"x\": 1, \"a\": [null]}"}},
    {"date", {"2020-01-01", "2021-06-01", "infinity"}},
    {"time without time zone", {"00:00", "12:30"}},
    {"timestamp without time zone", {"2020-01-01 00:00", "2021-06-01 12:00", "-infinity"}},
    {"timestamp with time zone", {"2020-01-01 00:00Z", "2021-06-01 12:00Z", "infinity"}},
    {"interval", {"0", "1 day", "-2 hours"}},
    {"uuid", {"00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000001"}},
    {"int4range", {"empty", "[1,3)", "(,2)", "(,)"}},
    {"oid", {"0", "1"}},
};

static PGresult *ask(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);

    if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK) {
        fprintf(stderr, "%s: %s", sql, PQerrorMessage(conn));
        exit(3);
    }
    return result;
}

uint32_t data_random(struct data *data, uint32_t n)
{
    data->state ^= data->state << 13;
    data->state ^= data->state >> 17;
    data->state ^= data->state << 5;
    return data->state % n;
}

struct data data_of(struct arena *arena, PGconn *conn, uint32_t seed)
{
    struct data data = {.conn = conn, .arena = arena, .state = seed};
    PGresult *rows =
        ask(conn, "SELECT c.oid::regclass::text, quote_ident(attname), atttypid, NOT attnotnull"
                  " FROM pg_class c JOIN pg_attribute ON attrelid = c.oid"
                  " WHERE relkind IN ('r', 'p') AND NOT relispartition AND attnum > 0"
                  " AND NOT attisdropped AND attgenerated = ''"
                  " AND relnamespace = 'public'::regnamespace ORDER BY c.oid, attnum");

    for (int i = 0; i < PQntuples(rows); i++) {
        const char *table = PQgetvalue(rows, i, 0);
        struct data_column column = {
            .name = arena_strdup(arena, PQgetvalue(rows, i, 1)),
            .type = (Oid)strtoul(PQgetvalue(rows, i, 2), NULL, 10),
            .nullable = PQgetvalue(rows, i, 3)[0] == 't',
        };

        if (data.tables.n == 0 || strcmp(data.tables.items[data.tables.n - 1].name, table) != 0)
            vec_push(arena, &data.tables, (struct data_table){.name = arena_strdup(arena, table)});
        vec_push(arena, &data.tables.items[data.tables.n - 1].columns, column);
    }
    PQclear(rows);
    return data;
}

static const char *sample(struct data *data, const char *type)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        uint32_t n = 0;

        if (strcmp(samples[i].type, type) != 0)
            continue;
        while (n < 4 && samples[i].values[n])
            n++;
        return samples[i].values[data_random(data, n)];
    }
    return NULL;
}

static const char *array_value(struct data *data, struct arena *scratch, Oid element)
{
    struct buf out = buf_in(scratch);
    const uint32_t n = data_random(data, 4);

    buf_adds(&out, "{");
    for (uint32_t i = 0; i < n; i++) {
        const char *value = data_random(data, 3) ? data_value(data, scratch, element) : NULL;

        buf_adds(&out, i ? "," : "");
        if (value)
            buf_addf(&out, "\"%s\"", value);
        else
            buf_adds(&out, "NULL");
    }
    buf_adds(&out, "}");
    return buf_text(&out);
}

static const char *enum_value(struct data *data, struct arena *scratch, Oid type)
{
    PGresult *labels = ask(data->conn, arena_printf(scratch,
                                                    "SELECT enumlabel FROM pg_enum"
                                                    " WHERE enumtypid = %u ORDER BY enumsortorder",
                                                    type));
    const uint32_t n = (uint32_t)PQntuples(labels);
    const char *label =
        n ? arena_strdup(scratch, PQgetvalue(labels, (int)data_random(data, n), 0)) : NULL;

    PQclear(labels);
    return label;
}

/* A row of up to two columns, each empty (NULL) or 1. */
static const char *composite_value(struct data *data)
{
    static const char *const rows[] = {"(,)", "(1,)", "(,2)", "(1,2)"};

    return rows[data_random(data, 4)];
}

const char *data_value(struct data *data, struct arena *scratch, Oid type)
{
    PGresult *row = ask(data->conn, arena_printf(scratch,
                                                 "SELECT format_type(oid, NULL), typtype, typelem,"
                                                 " typbasetype FROM pg_type WHERE oid = %u",
                                                 type));
    const char *name = arena_strdup(scratch, PQgetvalue(row, 0, 0));
    const char kind = PQgetvalue(row, 0, 1)[0];
    const Oid element = (Oid)strtoul(PQgetvalue(row, 0, 2), NULL, 10);
    const Oid base = (Oid)strtoul(PQgetvalue(row, 0, 3), NULL, 10);

    PQclear(row);
    switch (kind) {
    case 'd':
        return data_value(data, scratch, base);
    case 'e':
        return enum_value(data, scratch, type);
    case 'c':
        return composite_value(data);
    default:
        return element && strstr(name, "[]") ? array_value(data, scratch, element)
                                             : sample(data, name);
    }
}

static void insert_row(struct data *data, struct arena *scratch, const struct data_table *table)
{
    const size_t n = table->columns.n;
    const char **values = arena_array(scratch, const char *, n);
    struct buf names = buf_in(scratch), places = buf_in(scratch);
    PGresult *result;

    for (size_t i = 0; i < n; i++) {
        const struct data_column *column = &table->columns.items[i];

        if (!column->nullable || data_random(data, 100) >= PERCENT_NULL)
            values[i] = data_value(data, scratch, column->type);
        buf_addf(&names, "%s%s", i ? ", " : "", column->name);
        buf_addf(&places, "%s$%zu", i ? ", " : "", i + 1);
    }
    PQclear(ask(data->conn, "SAVEPOINT one_row"));
    result = PQexecParams(data->conn,
                          arena_printf(scratch, "INSERT INTO %s (%s) VALUES (%s)", table->name,
                                       buf_text(&names), buf_text(&places)),
                          (int)n, NULL, values, NULL, NULL, 0);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        PQclear(ask(data->conn, "ROLLBACK TO one_row"));
    PQclear(result);
}

void data_fill(struct data *data, struct arena *scratch)
{
    for (size_t t = 0; t < data->tables.n; t++) {
        for (uint32_t n = data_random(data, MOST_ROWS + 1); n > 0; n--)
            insert_row(data, scratch, &data->tables.items[t]);
    }
}
