-- name: AddOrder :exec
INSERT INTO orders (id, symbol, side, price, closed, at, note, doc, proof, tags)
VALUES (@id, @symbol, @side, @price, @closed, @at, @note, @doc, @proof, @tags);

-- name: SetPrice :exec
UPDATE orders SET price = @price, closed = @closed WHERE id = 1;

-- name: Move :exec
UPDATE orders SET id = @new_id WHERE id = @old_id;

-- name: FindOrder :opt
SELECT * FROM orders WHERE id = @id;

-- name: NoteOf :opt
SELECT note FROM orders WHERE id = @id;

-- name: ListNotes :many
SELECT note FROM orders ORDER BY id;

-- name: ListByPrice :many
SELECT id FROM orders WHERE price IS NOT DISTINCT FROM sqlc.narg(price);
