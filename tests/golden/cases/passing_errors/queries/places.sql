-- name: Move :exec
-- @params PlaceKey
UPDATE places SET name = @name WHERE id = @id;

-- name: FindPlace :opt
-- @params PlaceKey
SELECT * FROM places WHERE id = @id AND note = @note;

-- name: Swapped :exec
-- @positional
UPDATE places SET id = @id, price = @price, seen = now() WHERE state = @state;

-- name: Texts :many
-- @positional
SELECT id FROM places WHERE name = @name AND note = @note;

-- name: One :many
-- @positional
SELECT id FROM places WHERE name = @name;

-- name: Many :batchexec
-- @positional
UPDATE places SET name = @name WHERE id = @id;

-- name: None :many
-- @params Nothing
SELECT id FROM places;

-- name: Both :many
-- @params Key
-- @positional
SELECT id FROM places WHERE name = @name AND id = @id;
