-- name: Two :one
SELECT 2 AS two;
