-- name: OrdersWithFills :many
SELECT sqlc.embed(o), sqlc.embed(f) FROM orders o JOIN fills f ON f.order_id = o.id;

-- name: OrdersWithMaybeFills :many
SELECT sqlc.embed(o), sqlc.embed(f) FROM orders o LEFT JOIN fills f ON f.order_id = o.id;

-- name: OrderSummary :many
-- @row Summary
SELECT o.id, count(*) AS n FROM orders o JOIN fills f ON f.order_id = o.id GROUP BY o.id;

-- name: OrderSummaryOf :opt
-- @row Summary
SELECT o.id, count(*) AS n FROM orders o JOIN fills f ON f.order_id = o.id WHERE o.id = @id GROUP BY o.id;

-- name: BySlice :many
-- @allow null-matches-nothing
SELECT id FROM orders WHERE id IN (sqlc.slice(ids)) AND symbol <> sqlc.narg(symbol);

-- name: SameNames :many
SELECT o.*, f.*, f.id AS id FROM orders o JOIN fills f ON f.order_id = o.id;
