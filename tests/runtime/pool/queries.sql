-- name: Pid :one
SELECT pg_backend_pid() AS pid;

-- name: AddNote :exec
INSERT INTO notes (id, text) VALUES (@id, @text);

-- name: CountNotes :one
SELECT count(*) AS n FROM notes;

-- name: LockNote :one
SELECT id FROM notes WHERE id = @id FOR UPDATE NOWAIT;

-- name: Numbers :stream
SELECT generate_series(1, @last::int) AS n;

-- name: CopyNotes :stream
INSERT INTO notes (id, text) SELECT n, 'copy' FROM generate_series(@first::int, @last::int) AS n RETURNING id;

-- name: Session :one
SELECT current_user::text AS role,
       session_user::text AS session_role,
       current_setting('search_path') AS search_path,
       current_setting('TimeZone') AS time_zone,
       current_setting('statement_timeout') AS statement_timeout,
       current_setting('tenon.who', true) AS custom,
       (SELECT count(*) FROM pg_catalog.pg_cursors WHERE is_holdable) AS n_cursors,
       (SELECT count(*) FROM pg_catalog.pg_class WHERE relnamespace = pg_my_temp_schema()) AS n_temporary,
       (SELECT count(*) FROM pg_catalog.pg_locks
         WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS n_locks,
       (SELECT count(*) FROM pg_listening_channels()) AS n_channels,
       (SELECT count(*) FROM pg_catalog.pg_prepared_statements
         WHERE name NOT LIKE 'tenon\_%') AS n_foreign_statements,
       (SELECT count(*) FROM pg_catalog.pg_prepared_statements
         WHERE name LIKE 'tenon\_%') AS n_own_statements,
       current_setting('default_transaction_read_only') AS read_only;

-- name: LastValue :one
SELECT lastval() AS value;

-- name: SetTimeZone :one
SELECT set_config('TimeZone', @zone, false) AS zone;
