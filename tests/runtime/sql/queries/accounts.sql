-- name: SetAccounts :exec
-- @allow update-without-where
UPDATE account SET v = @v;

-- name: AddToAccount :execrows
UPDATE account SET v = v + @amount WHERE id = @id;

-- name: AddAccount :exec
INSERT INTO account (id, v) VALUES (@id, @v);

-- name: SumOfAccounts :one
SELECT coalesce(sum(v), 0)::integer AS total FROM account;

-- name: DivideBy :one
SELECT 1 / @divisor::integer AS quotient;
