-- name: ListBenchRows :many
-- Rows from this id on.
SELECT * FROM bench_rows WHERE id >= @first ORDER BY id;
