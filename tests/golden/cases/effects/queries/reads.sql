-- These read only.

-- name: AllOrders :many
SELECT * FROM orders;

-- name: SomeValues :many
VALUES (1), (2);

-- name: WithTotals :many
WITH totals AS (SELECT symbol, sum(quantity) AS total FROM orders GROUP BY symbol)
SELECT o.id, t.total, now() AS seen FROM orders o JOIN totals t USING (symbol)
UNION ALL SELECT 1, 2, NULL;

-- name: OpenOrders :many
SELECT * FROM open_orders;

-- name: KeptOrders :many
SELECT * FROM kept_orders;

-- name: StableCalls :many
SELECT hidden_stable(id) AS stable, pg_size_pretty(id) AS pretty FROM orders;

-- name: OfDomain :many
SELECT id::positive AS id FROM orders;

-- name: Tables :many
SELECT table_name FROM information_schema.tables;

-- name: Watched :many
SELECT * FROM watched;

-- name: Unguarded :many
SELECT * FROM unguarded;
