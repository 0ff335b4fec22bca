-- name: NoCommand
SELECT 1;

-- name: 2Digits :one
SELECT 1;

-- name: Twice :one
SELECT 1;

-- name: Twice :one
SELECT 2;

-- name: Empty :one

-- name: UnknownMacro :one
SELECT sqlc.nope(id) FROM orders WHERE id = 1;

-- name: TooManyArguments :one
SELECT id FROM orders WHERE id = sqlc.arg(a, b);

-- name: NotAName :one
SELECT id FROM orders WHERE id = sqlc.arg(1 + 1);

-- name: SliceAndValue :many
SELECT id FROM orders WHERE id IN (sqlc.slice(ids)) OR id = sqlc.arg(ids);

-- name: SliceBesideValue :many
SELECT id FROM orders WHERE id IN (1, sqlc.slice(ids));

-- name: BadDirective :one
-- @nope x
SELECT id FROM orders WHERE id = @id;

-- name: NoSuchParam :one
-- @param other: that is not there
SELECT id FROM orders WHERE id = @id;

-- name: NoSuchColumn :one
-- @notnull idd
SELECT id FROM orders WHERE id = @id;

-- name: TwoStatements :one
SELECT 1;
SELECT 2;
