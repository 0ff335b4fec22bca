-- name: LoadPrices :copyfrom
-- Stores prices.
INSERT INTO prices (id, symbol, price, note) VALUES (@id, @symbol, @price, @note);

-- name: AddPrice :exec
INSERT INTO prices (id, symbol, price, note) VALUES (@id, @symbol, @price, @note);

-- name: CountPrices :one
SELECT count(*), coalesce(sum(price), 0)::bigint AS total FROM prices;

-- name: RemovePrices :exec
-- @allow delete-without-where
DELETE FROM prices;
