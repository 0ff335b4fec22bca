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
