-- name: UpdateAll :exec
UPDATE orders SET amount = 0;

-- name: DeleteAll :exec
DELETE FROM orders;

-- name: DeleteAllMeant :exec
-- @allow delete-without-where
DELETE FROM orders;

-- name: EqualsNull :many
SELECT id FROM orders WHERE amount = NULL;

-- name: NotProved :one
SELECT id FROM orders WHERE symbol = @symbol;

-- name: Star :many
SELECT * FROM orders o JOIN (SELECT code FROM fills) f ON f.code = o.symbol;

-- name: OffsetOnly :many
SELECT id FROM orders OFFSET 10;

-- name: LimitOnly :many
SELECT id FROM orders LIMIT 10;

-- name: NotInNullable :many
SELECT id FROM orders WHERE id NOT IN (SELECT order_id FROM fills);

-- name: CastDefeatsIndex :many
SELECT symbol FROM orders WHERE id = 1.5;

-- name: OrderByParam :many
SELECT id FROM orders ORDER BY @way::text;

-- name: Unused :many
WITH unused AS (SELECT @flag::boolean AS flag) SELECT id FROM orders;

-- name: Misspelt :exec
-- @allow delete-without-were
DELETE FROM orders;

-- name: NullInList :many
SELECT id FROM orders WHERE amount IN (1, NULL);

-- name: NullInNotIn :many
SELECT id FROM orders WHERE amount NOT IN (1, NULL);

-- name: StarOfBoth :many
UPDATE orders SET amount = 0 FROM tags WHERE tags.order_id = orders.id RETURNING *;

-- name: StarInUnion :many
SELECT * FROM tags, (SELECT 1 AS one) q UNION ALL SELECT * FROM tags, (SELECT 2 AS one) q;

-- name: OffsetInside :many
SELECT id FROM (SELECT id FROM orders OFFSET 5) q;

-- name: CastDefeatsIndexOfText :many
SELECT id FROM fills WHERE code = @code::char(3) OR id = ANY (@ids::numeric[]);

-- name: UnusedWith :many
WITH used AS (SELECT 1 AS one), unused AS (SELECT one FROM used) SELECT id FROM orders;

-- name: Discarded :exec
SELECT id FROM orders;

-- name: HalfAKey :exec
INSERT INTO tags (name, weight, order_id) VALUES ('a', 1, 2) ON CONFLICT (order_id) DO NOTHING;

-- name: PartialKeyWithoutWhere :exec
INSERT INTO tags (name, weight, order_id) VALUES ('a', 1, 2) ON CONFLICT (name) DO NOTHING;

-- name: NeverNull :many
SELECT id FROM orders WHERE symbol = sqlc.narg(symbol) AND amount > 0;

-- name: LocksNothing :exec
WITH locked AS (SELECT id FROM orders WHERE id = @id FOR UPDATE) UPDATE orders SET amount = 1 WHERE id = @id;
