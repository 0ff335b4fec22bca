/* The statements of queries.sql as the clients without a generator write them. */
#ifndef BENCH_QUERIES_STATEMENTS_H
#define BENCH_QUERIES_STATEMENTS_H

#define ORDER_COLUMNS                                                                              \
    "id, account, symbol, venue, quantity, filled, price, active, parent, note, created_at, "      \
    "closed_at"
#define FIND_ORDER "SELECT " ORDER_COLUMNS " FROM orders WHERE id = $1"
#define LIST_ORDERS "SELECT " ORDER_COLUMNS " FROM orders WHERE id >= $1 ORDER BY id LIMIT 1000"
#define STREAM_ORDERS "SELECT " ORDER_COLUMNS " FROM orders WHERE id <= $1"
#define LIST_FILLS                                                                                 \
    "SELECT o.id, o.symbol, o.quantity, f.id AS fill_id, f.quantity AS fill_quantity, f.price, "   \
    "f.is_maker, f.executed_at FROM orders o JOIN fills f ON f.order_id = o.id WHERE o.id = $1 "   \
    "ORDER BY f.id"
#define PLACE_ORDERS                                                                               \
    "INSERT INTO placed (account, symbol, venue, quantity, price, active, parent, note, "          \
    "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
#define PLACE_ORDER PLACE_ORDERS " RETURNING id"
#define LOAD_ARRAYS                                                                                \
    "INSERT INTO loaded (" ORDER_COLUMNS ") SELECT * FROM unnest($1::bigint[], $2::uuid[], "       \
    "$3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::boolean[], "            \
    "$9::uuid[], $10::text[], $11::timestamptz[], $12::timestamptz[])"
#define LOAD_ROWS                                                                                  \
    "COPY loaded (id, account, symbol, venue, quantity, filled, price, active, note, "             \
    "created_at) FROM STDIN"
#define LOAD_ROWS_BINARY LOAD_ROWS " (FORMAT binary)"

#endif
