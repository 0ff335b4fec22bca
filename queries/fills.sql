-- name: RecordFill :execrows
-- Stores an execution. No row: it was reported before.
INSERT INTO fills (order_id, trade_id, quantity_base, price_quote, fee_quote, is_maker, executed_at)
VALUES (@order_id, @trade_id, @quantity_base, @price_quote, @fee_quote, @is_maker, @executed_at)
ON CONFLICT (order_id, trade_id) DO NOTHING;

-- name: ListFillsOfOrder :many
-- The executions of an order with the running total, oldest first.
SELECT id, trade_id, quantity_base, price_quote, fee_quote, is_maker, executed_at,
       (sum(quantity_base) OVER (ORDER BY executed_at, id))::bigint AS filled_base
FROM fills
WHERE order_id = @order_id
ORDER BY executed_at, id;

-- name: OrderFillReport :many
-- Every order of a symbol with what was filled of it; orders without fills are listed too.
SELECT o.id, o.side, o.status, o.quantity_base,
       coalesce(sum(f.quantity_base), 0)::bigint AS filled_base,
       min(f.price_quote) AS best_price,
       max(f.executed_at) AS last_fill_at
FROM orders o
LEFT JOIN fills f ON f.order_id = o.id
WHERE o.symbol = @symbol
GROUP BY o.id
ORDER BY o.created_at, o.id;

-- name: LastFillOfOrder :opt
-- An order with its newest fill, if it has one.
SELECT sqlc.embed(o), sqlc.embed(f)
FROM orders o
LEFT JOIN fills f ON f.order_id = o.id
WHERE o.id = @id
ORDER BY f.executed_at DESC NULLS LAST, f.id DESC NULLS LAST
LIMIT 1;
