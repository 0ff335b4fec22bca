-- name: CountNotes :one
SELECT count(*) FROM notes WHERE length IS NOT NULL;
