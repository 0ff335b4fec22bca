-- name: Begin :exec
BEGIN;
-- name: Commit :exec
COMMIT;
-- name: Savepoint :exec
SAVEPOINT x;
-- name: CopyIn :exec
COPY notes FROM STDIN;
-- name: CopyOut :exec
COPY notes TO STDOUT;
-- name: CopyToFile :exec
COPY notes TO '/tmp/x';
-- name: RollbackTo :exec
ROLLBACK TO x;
-- name: Analyze :exec
ANALYZE notes;
-- name: NoRows :many
DELETE FROM notes WHERE id = 1;
