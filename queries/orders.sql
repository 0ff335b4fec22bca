-- name: CreateOrder :one
-- Creates the order, or returns the one that was created with the same idempotency key.
-- @param price_quote: the limit price; absent for a market order
INSERT INTO orders (exchange, symbol, side, type, quantity_base, price_quote, idempotency_key)
VALUES (@exchange, @symbol, @side, @type, @quantity_base, @price_quote, @idempotency_key)
ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = excluded.idempotency_key
RETURNING *;

-- name: FindOrder :opt
-- The order with this id.
SELECT * FROM orders WHERE id = @id;

-- name: FindOrderByIdempotencyKey :opt
-- The order that was created with this idempotency key.
SELECT * FROM orders WHERE idempotency_key = @idempotency_key::text;

-- name: LockOrder :opt
-- The order with this id, locked until the end of the transaction.
SELECT * FROM orders WHERE id = @id FOR UPDATE;

-- name: ListOpenOrders :many
-- Open orders of one symbol, oldest first, after the given one (keyset pagination).
SELECT *
FROM orders
WHERE symbol = @symbol
  AND status IN ('NEW', 'SUBMITTED', 'PARTIALLY_FILLED')
  AND (created_at, id) > (@after_created_at, @after_id)
ORDER BY created_at, id
LIMIT @page_size;

-- name: ListOrdersByIds :many
-- The orders with these ids; unknown ids are left out.
SELECT * FROM orders WHERE id = ANY (@ids::uuid[]) ORDER BY created_at, id;

-- name: StreamOrdersSince :stream
-- Every order created since then, oldest first, one row at a time.
SELECT * FROM orders WHERE created_at >= @since ORDER BY created_at, id;

-- name: MarkSubmitted :execrows
-- A new order was accepted by the exchange. No row: the order is not NEW any more.
UPDATE orders
SET status = 'SUBMITTED', exchange_order_id = @exchange_order_id::text, updated_at = now()
WHERE id = @id AND status = 'NEW';

-- name: MarkFilled :execrows
-- Sets the order to FILLED when its fills add up, else to PARTIALLY_FILLED. No row: not working.
UPDATE orders o
SET status = CASE WHEN filled.quantity_base >= o.quantity_base
                  THEN 'FILLED' ELSE 'PARTIALLY_FILLED' END::order_status,
    updated_at = now()
FROM (SELECT f.order_id, sum(f.quantity_base) AS quantity_base
      FROM fills f
      GROUP BY f.order_id) AS filled
WHERE o.id = @id
  AND filled.order_id = o.id
  AND o.status IN ('SUBMITTED', 'PARTIALLY_FILLED');

-- name: MarkCancelled :execrows
-- Cancels an order that still works. No row: it is settled already.
UPDATE orders
SET status = 'CANCELLED', updated_at = now()
WHERE id = @id AND status IN ('NEW', 'SUBMITTED', 'PARTIALLY_FILLED');

-- name: CountOrdersByStatus :many
-- How many orders there are in each status, and how many of them are limit orders.
SELECT status, count(*) AS n_orders, count(*) FILTER (WHERE type = 'LIMIT') AS n_limit_orders
FROM orders
GROUP BY status
ORDER BY status;

-- name: CountOpenOrders :one
SELECT count(*) FROM orders WHERE status IN ('NEW', 'SUBMITTED', 'PARTIALLY_FILLED');
