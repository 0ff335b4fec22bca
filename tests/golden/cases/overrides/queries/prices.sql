-- name: Tags :many
SELECT tags FROM prices;

-- name: Prices :many
SELECT price FROM prices;
