-- name: SameNames :many
SELECT "a b", a_b FROM orders;

-- name: find_order :one
SELECT id FROM orders WHERE id = 1;

-- name: FindOrder :one
SELECT id FROM orders WHERE id = 2;

-- name: Sides :many
SELECT side FROM orders;

-- name: RowA :many
-- @row Shared
SELECT id, a_b FROM orders;

-- name: RowB :many
-- @row Shared
SELECT id FROM orders;

-- name: NoColumns :one
UPDATE orders SET a_b = 1 WHERE id = 1;

-- name: NoForm :many
SELECT typacl FROM pg_type;
