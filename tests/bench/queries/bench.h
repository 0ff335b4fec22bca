/* Four clients that do the same work: each gives one function for each workload. What a client
 * reads it hands to the tally as the structs of the generated code; what it writes is made once,
 * before the clock starts, and is the same for all. */
#ifndef BENCH_QUERIES_BENCH_H
#define BENCH_QUERIES_BENCH_H

#include <bench/queries.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum workload {
    LOOKUP,
    LIST,
    STREAM,
    JOIN,
    INSERT,
    BATCH_LOOKUP,
    BATCH_INSERT,
    ARRAY_INSERT,
    COPY,
    N_WORKLOADS
};

#define N_BATCH 100
#define N_ARRAY 100
#define N_COPY 10000
#define N_LIST 1000
#define N_JOIN 5

/** What the statements are given. */
struct inputs {
    bench_find_orders_params keys[N_BATCH];
    bench_place_order_params place[N_BATCH];
    bench_place_orders_params places[N_BATCH]; /* the same values */
    bench_load_arrays_params arrays;
    bench_load_rows_params rows[N_COPY];
    int64_t stream_last; /* the id at which streams end */
};

/** Fills it with the values that every run has. */
void inputs_init(struct inputs *in, int64_t stream_last);

/** What a client has read. Without `digesting` rows are counted only, so that it costs nothing. */
struct tally {
    bool digesting;
    uint64_t rows;
    uint64_t digest;
};

void tally_number(struct tally *tally, int64_t value);
void tally_order(struct tally *tally, const bench_orders_row *row);
void tally_orders(struct tally *tally, const bench_orders_row_list *rows);
void tally_fills(struct tally *tally, const bench_list_fills_row_list *rows);

/** One turn of a workload; false after a message on stderr. `turn` chooses the key. */
typedef bool client_turn(const struct inputs *in, size_t turn, struct tally *tally);

/** A client, with one connection of its own, that libpq's environment variables lead to. */
struct client {
    const char *name;
    bool (*open)(void);
    void (*close)(void);
    int (*backend)(void);           /* the process id of its server process */
    client_turn *turn[N_WORKLOADS]; /* NULL: the client has no such thing */
};

extern const struct client client_best, client_tenon, client_text, client_ecpg;

#endif
