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

-- name: MisspeltFunction :many
SELECT lenght(symbol) FROM orders;

-- name: NoSuchSignature :many
SELECT round(1.5::float8, 2), upper(id) FROM orders;

-- name: AfterTimestamp :many
SELECT now() - 7;

-- name: EqualsOfC :many
SELECT id FROM orders WHERE id == 1;

-- name: MisspeltAlias :many
SELECT ordr.id FROM orders ordre;

-- name: NothingNear :many
SELECT xyz FROM orders;

-- name: WrongSchema :many
SELECT id FROM prod.orders;

-- name: WrongType :exec
INSERT INTO orders (id) SELECT symbol FROM orders;

-- name: FunctionOfExtension :many
SELECT uuid_generate_v4();

-- name: TypeOfExtension :many
SELECT @x::citext;

-- name: TwoTypes :many
SELECT id FROM orders WHERE id = @key OR symbol = @key;

-- name: OpenString :many
SELECT 'x
;
