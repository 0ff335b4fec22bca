-- What looks like a mistake and is none: nothing here is warned of.

-- name: AllRowsMeant :exec
UPDATE orders SET amount = 0 WHERE true;

-- name: NoNulls :many
SELECT id FROM orders WHERE id NOT IN (SELECT order_id FROM fills WHERE order_id IS NOT NULL);

-- name: InnerStar :many
SELECT id FROM (SELECT o.id FROM orders o WHERE EXISTS (SELECT * FROM fills, tags)) q;

-- name: Fence :many
SELECT id FROM (SELECT id FROM orders OFFSET 0) q;

-- name: SecondExists :one
SELECT EXISTS (SELECT 1 FROM orders OFFSET 1) AS has_two;

-- name: AllOfThem :many
SELECT id FROM orders LIMIT ALL;

-- name: OrderedInside :many
SELECT * FROM (SELECT id FROM orders ORDER BY id) q LIMIT 3;

-- name: SameFamily :many
SELECT id FROM orders WHERE id = @small::integer OR symbol = @symbol::varchar(3);

-- name: NotAFilter :many
SELECT id, id = 1.5 AS is_odd FROM orders WHERE id <> 2.5;

-- name: JoinByTheOtherIndex :many
SELECT o.id FROM orders o JOIN tags t ON t.weight = o.id;

-- name: Effect :exec
SELECT pg_notify('orders', symbol) FROM orders;

-- name: Ping :exec
SELECT 1;

-- name: LockRows :exec
SELECT id FROM orders WHERE amount > 0 FOR UPDATE;

-- name: Recursive :many
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n;

-- name: WholeKey :exec
INSERT INTO tags (name, weight, order_id) VALUES ('a', 1, 2) ON CONFLICT (order_id, name) DO NOTHING;

-- name: PartialKey :exec
INSERT INTO tags (name, weight, order_id) VALUES ('a', 1, 2) ON CONFLICT (name) WHERE weight > 0 DO NOTHING;

-- name: ExpressionKey :exec
INSERT INTO fills (id, code) VALUES (1, 'a') ON CONFLICT (lower(code)) DO NOTHING;

-- name: Optional :many
SELECT id FROM orders WHERE amount = sqlc.narg(amount) OR sqlc.narg(amount) IS NULL;

-- name: OptionalInside :many
SELECT id FROM orders o WHERE NOT EXISTS (SELECT 1 FROM fills WHERE order_id = o.id AND code = sqlc.narg(code));

-- name: StarBelowUnion :many
WITH both_of_them AS (SELECT * FROM tags, fills) SELECT weight FROM both_of_them UNION SELECT 1;
