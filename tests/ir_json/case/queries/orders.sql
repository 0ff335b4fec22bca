-- name: FindOrder :opt
-- The order with this id.
-- @row Order
SELECT * FROM orders WHERE id = @id;

-- name: OrdersOfAccount :many
-- @param account: whose
SELECT sqlc.embed(a), o.price, 1 FROM accounts a LEFT JOIN orders o ON o.account = a.id
WHERE a.id = @account;

-- name: AddAccounts :copyfrom
INSERT INTO accounts (id, code) VALUES (@id, @code);

-- name: Finish :exec
COMMIT;

-- name: Wrong :one
SELECT nothing FROM orders;
