-- name: TableNames :one
SELECT array_agg(table_name ORDER BY table_name) FROM information_schema.tables
WHERE table_schema = 'public';

-- name: ColumnsOf :many
SELECT column_name, is_nullable, ordinal_position FROM information_schema.columns
WHERE table_name = @name::information_schema.sql_identifier ORDER BY ordinal_position;

-- name: TableRow :one
-- A record of domains.
SELECT t FROM information_schema.tables t WHERE table_name = 'thing' LIMIT 1;

-- name: Indexes :one
-- An array of records.
SELECT array_agg(i) FROM pg_indexes i WHERE tablename = 'thing';

-- name: AddThing :exec
INSERT INTO thing (id, size, tags, flag) VALUES (@id, @size, @tags, @flag);

-- name: ListThings :many
SELECT * FROM thing ORDER BY id;

-- name: TaggedAnyOf :many
SELECT id FROM thing WHERE tags && @tags::information_schema.sql_identifier[];
