/* Random data: few values per type, so that rows meet, and NULL wherever the schema allows it. */
#ifndef TESTS_NULLS_DATA_H
#define TESTS_NULLS_DATA_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

#include "support/arena.h"
#include "support/vec.h"

struct data_column {
    const char *name; /* quoted */
    Oid type;
    bool nullable;
};

struct data_table {
    const char *name; /* quoted, with its schema */
    VEC(struct data_column) columns;
};

struct data {
    PGconn *conn;
    struct arena *arena;
    VEC(struct data_table) tables;
    uint32_t state; /* of the generator of random numbers; never 0 */
};

/* Reads the tables of the database. */
struct data data_of(struct arena *arena, PGconn *conn, uint32_t seed);

/* Below n. */
uint32_t data_random(struct data *data, uint32_t n);

/* Inserts up to a handful of rows into every table. Rows that break a constraint are left out. */
void data_fill(struct data *data, struct arena *scratch);

/* A value of the type in its text form; NULL for a type without one here. */
const char *data_value(struct data *data, struct arena *scratch, Oid type);

#endif
