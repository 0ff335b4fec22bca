-- name: FindItem :opt
-- @allow one-not-proved
SELECT * FROM item WHERE id >= @id ORDER BY id;

-- name: GetItem :one
-- @allow one-not-proved
SELECT * FROM item WHERE id >= @id ORDER BY id;

-- name: ListItems :many
SELECT * FROM item WHERE id >= @id ORDER BY id;

-- name: StreamItems :stream
SELECT * FROM item WHERE id >= @id ORDER BY id;

-- name: AddItem :execrows
INSERT INTO item (id, name, note, price) VALUES (@id, @name, @note, @price);

-- name: AddItems :batchexec
INSERT INTO item (id, name, note, price) VALUES (@id, @name, @note, @price);

-- name: LoadItems :copyfrom
INSERT INTO item (id, name, note, price) VALUES (@id, @name, @note, @price);

-- name: InsertItem :one
INSERT INTO item (id, name, price) VALUES (@id, @name, @price) RETURNING *;

-- name: RepriceOne :one
-- @allow one-not-proved
UPDATE item SET price = @price WHERE id >= @id RETURNING id;

-- name: RepriceOpt :opt
-- @allow one-not-proved
UPDATE item SET price = @price WHERE id >= @id RETURNING id;

-- name: RepriceEach :batchone
UPDATE item SET price = @price WHERE id = @id RETURNING name;

-- name: AddFeeling :exec
INSERT INTO feeling (id, mood) VALUES (@id, @mood);

-- name: AddRating :exec
INSERT INTO rating (id, stars) VALUES (@id, @stars);
