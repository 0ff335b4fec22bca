-- name: CountCarts :one
SELECT count(*) FROM carts;
