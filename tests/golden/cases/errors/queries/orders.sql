-- name: BadColumn :many
SELECT o.id, 'é' AS x, f.quantty FROM orders o JOIN fills f ON f.order_id = o.id;

-- name: BadTable :many
SELECT * FROM ordes;

-- name: BadType :many
SELECT * FROM orders WHERE id = 'x';

-- name: BadSyntax :many
SELEC 1;

-- name: NoType :one
SELECT $1 IS NULL;

-- name: BadCommand :some
SELECT 1;

-- name: Good :one
SELECT 1 AS one;

-- name: Good :one
SELECT 2 AS two;

-- name: BadOperator :many
SELECT symbol + 1 FROM orders;

-- name: MisspeltFrom :many
SELECT id FORM orders;

-- name: CommaTooMany :many
SELECT id, FROM orders;

-- name: TwoParams :many
SELECT id FROM orders WHERE id = @x @y;

-- nmae: Misspelt :many
SELECT 1;

-- name: OpenString :many
SELECT 'x
;
