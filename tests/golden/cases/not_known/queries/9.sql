-- name: Three :one
SELECT 3 AS three;
