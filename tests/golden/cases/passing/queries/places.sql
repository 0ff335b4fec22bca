-- name: Move :exec
-- @params PlaceKey
-- @param id: which
UPDATE places SET name = @name WHERE id = @id;

-- name: FindPlace :opt
-- The same parameters in another order.
-- @params PlaceKey
SELECT * FROM places WHERE id = @id AND name = @name;

-- name: OnePlace :opt
-- @params OneKey
SELECT name FROM places WHERE id = @id;

-- name: AddPlaces :batchexec
-- @params NewPlace
INSERT INTO places (id, name, state, price) VALUES (@id, @name, @state, @price);

-- name: LoadPlaces :copyfrom
-- @params NewPlace
INSERT INTO places (id, name, state, price) VALUES (@id, @name, @state, @price);

-- name: Rename :execrows
-- @positional
-- @param name: the new one
UPDATE places SET name = @name, seen = @seen WHERE id = @id;

-- name: Set :exec
-- Optionals only: there is no member that takes the zero of {0}.
UPDATE places SET price = @price, seen = @seen, tags = @tags WHERE id = 1;

-- name: SumOf :one
-- The first column that takes it comes first.
SELECT sum(price) AS total, max(seen) AS seen, count(*) AS n FROM places;
