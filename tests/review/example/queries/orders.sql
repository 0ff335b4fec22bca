-- name: FindOrder :opt
SELECT id, state, quantity FROM orders WHERE id = @id;

-- name: AddOrder :exec
INSERT INTO orders (id, customer_id, quantity) VALUES (@id, @customer_id, @quantity);

-- name: ListNotes :many
SELECT id, note FROM orders WHERE customer_id = @customer_id;
