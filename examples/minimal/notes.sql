-- name: AddNote :one
INSERT INTO notes (text) VALUES (@text) RETURNING id;

-- name: ListNotes :many
SELECT * FROM notes ORDER BY id;
