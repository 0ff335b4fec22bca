-- name: FindOrder :one
SELECT * FROM orders WHERE id = @id;

-- name: ListOrders :many
SELECT * FROM orders WHERE id >= @first ORDER BY id LIMIT 1000;

-- name: StreamOrders :stream
SELECT * FROM orders WHERE id <= @last;

-- name: FindOrders :batchone
SELECT * FROM orders WHERE id = @id;

-- name: ListFills :many
-- One order with its fills.
SELECT o.id, o.symbol, o.quantity, f.id AS fill_id, f.quantity AS fill_quantity, f.price,
       f.is_maker, f.executed_at
FROM orders o JOIN fills f ON f.order_id = o.id
WHERE o.id = @id ORDER BY f.id;

-- name: PlaceOrder :one
INSERT INTO placed (account, symbol, venue, quantity, price, active, parent, note, created_at)
VALUES (@account, @symbol, @venue, @quantity, @price, @active, @parent, @note, @created_at)
RETURNING id;

-- name: PlaceOrders :batchexec
INSERT INTO placed (account, symbol, venue, quantity, price, active, parent, note, created_at)
VALUES (@account, @symbol, @venue, @quantity, @price, @active, @parent, @note, @created_at);

-- name: LoadArrays :execrows
INSERT INTO loaded (id, account, symbol, venue, quantity, filled, price, active, parent, note,
                    created_at, closed_at)
SELECT * FROM unnest(@ids::bigint[], @accounts::uuid[], @symbols::text[], @venues::text[],
                     @quantities::bigint[], @filleds::bigint[], @prices::bigint[],
                     @actives::boolean[], @parents::uuid[], @notes::text[],
                     @created_ats::timestamptz[], @closed_ats::timestamptz[]);

-- name: LoadRows :copyfrom
INSERT INTO loaded (id, account, symbol, venue, quantity, filled, price, active, note, created_at)
VALUES (@id, @account, @symbol, @venue, @quantity, @filled, @price, @active, @note, @created_at);
