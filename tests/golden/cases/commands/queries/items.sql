-- name: FindItem :opt
-- The item with this id.
-- @param id: as it was returned by AddItem
SELECT * FROM items WHERE id = @id;

-- name: GetItem :one
SELECT * FROM items WHERE id = @id;

-- name: ListItems :many
SELECT * FROM items ORDER BY id;

-- name: ListTitles :many
SELECT title FROM items ORDER BY title;

-- name: StreamItems :stream
SELECT * FROM items ORDER BY id;

-- name: AddItem :one
INSERT INTO items (title, price) VALUES (@title, @price) RETURNING id;

-- name: SetPrice :execrows
UPDATE items SET price = @price WHERE id = @id;

-- name: DeleteItem :exec
DELETE FROM items WHERE id = @id;

-- name: MaxPrice :one
SELECT max(price) AS max_price FROM items;
