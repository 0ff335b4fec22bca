-- name: Compared :many
-- Each parameter has the name of its column.
SELECT id FROM items WHERE price BETWEEN $1 AND $2 AND title = ANY ($3::text[]);

-- name: Arguments :one
SELECT discount($1, $2) AS price, make_interval(days => $3) AS span;

-- name: Computed :exec
UPDATE items SET price = price + $1, sold = sold + $2::interval WHERE id = $3;

-- name: Stored :exec
INSERT INTO items (id, title, price) SELECT $1, $2::text, $3::integer;

-- name: Nameless :one
SELECT $1::integer AS a, upper($2) AS b;

-- name: Page :many
SELECT id FROM items ORDER BY id LIMIT $1 OFFSET $2;
