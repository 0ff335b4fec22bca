/* The same query by hand: what a programmer who knows libpq well and wants speed would write. */
#ifndef TWIN_H
#define TWIN_H

#include <libpq-fe.h>

#include <bench/rows.h>

/** Rows from this id on; they point into *result, which the caller clears; items are for free().
 *  False after an error, which PQerrorMessage describes. */
bool twin_list_rows(PGconn *conn, int64_t first, bench_bench_rows_row_list *rows,
                    PGresult **result);
bool twin_prepare(PGconn *conn);

/** The part of it that waits for the server, to be measured apart. */
PGresult *twin_fetch(PGconn *conn, int64_t first);

#endif
