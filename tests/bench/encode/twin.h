/* The same statements by hand: what a programmer who knows libpq well and wants speed would write.
 */
#ifndef TWIN_H
#define TWIN_H

#include <libpq-fe.h>

#include <bench/orders.h>

/* False after an error, which PQerrorMessage describes. */

bool twin_prepare(PGconn *conn);
bool twin_add_order(PGconn *conn, const bench_add_order_params *order);
/** All in one pipeline with one Sync. */
bool twin_add_orders(PGconn *conn, const bench_add_orders_params *orders, size_t count);
/** A NULL array is none of these, but the elements of opened may be NULL. */
bool twin_add_quotes(PGconn *conn, const bench_add_quotes_params *quotes);
bool twin_load_fills(PGconn *conn, const bench_load_fills_params *fills, size_t count);

/* The parts of them that send and receive, to be measured apart. */
bool twin_execute(PGconn *conn, const char *name, int n, const char *const *values,
                  const int *lengths);
bool twin_send(PGconn *conn, int n, const char *const *values, const int *lengths);
/** Sync, and one result for each of so many. */
bool twin_receive(PGconn *conn, size_t count);

#endif
