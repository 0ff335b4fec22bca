-- name: Seven :one
SELECT 7 AS seven;

-- name: Echo :one
SELECT @value::text AS value;

-- name: EchoBoth :one
SELECT @first::text AS first, @second::text AS second;

-- name: EchoEach :batchone
SELECT @value::text AS value;

-- name: JsonOfEach :batchone
SELECT @value::jsonb AS value;

-- name: Sleep :one
SELECT 1 AS one FROM pg_sleep(@seconds);

-- name: FailWith :one
SELECT fail_with(@state) AS never;

-- name: Warn :one
SELECT warn(@message) AS one;

-- name: Run :one
-- @notnull one
SELECT run(@sql) AS one;

-- name: Notify :exec
SELECT pg_notify(@channel, @payload);

-- name: SettingOf :one
-- @notnull setting
SELECT current_setting(@name) AS setting;

-- name: SetEach :batchmany
-- @notnull value
SELECT set_config(@name, @value, false) AS value;

-- name: StreamSet :stream
-- @notnull value
SELECT set_config(@name, @value, false) AS value FROM generate_series(1, @times::integer);

-- name: PreparedCount :one
-- The statements that tenon has prepared, but this one.
SELECT count(*)::integer AS n FROM pg_prepared_statements
WHERE name LIKE 'tenon\_%' AND statement NOT LIKE '%pg_prepared_statements%';

-- name: PreparedAt :one
-- When the last of these statements was prepared.
-- @notnull at
SELECT max(prepare_time) AS at FROM pg_prepared_statements WHERE statement LIKE @pattern;

-- name: ServerPid :one
SELECT pg_backend_pid() AS pid;

-- name: GetMoving :one
-- @allow one-not-proved
SELECT v FROM moving;

-- name: ListNumbers :many
-- @notnull n
SELECT generate_series(1, @last::integer) AS n;

-- name: StreamNumbers :stream
-- @notnull n
SELECT generate_series(1, @last::integer) AS n;

-- name: CountTo :stream
-- Fails at 50000.
-- @notnull n label numbers
SELECT g AS n, 'row ' || g AS label, ARRAY[g, 100 / (g - 50000)] AS numbers
FROM (SELECT generate_series(1, @last::integer) AS g) t;

-- name: StreamSlowly :stream
-- A row each pause, large enough for the server to send it at once.
-- @notnull padding
SELECT g AS n, repeat('x', 20000) AS padding
FROM generate_series(1, @last::integer) g, LATERAL pg_sleep(@pause::float8 + 0 * g);

-- name: StreamLate :stream
-- The first row late, the others each 20 ms.
-- @notnull padding
SELECT g AS n, repeat('x', 20000) AS padding
FROM generate_series(1, @last::integer) g,
     LATERAL pg_sleep(CASE WHEN g = 1 THEN @late::float8 ELSE 0.02 END);

-- name: StreamWide :stream
-- @notnull text
SELECT repeat('x', @width) AS text FROM generate_series(1, @last::integer);

-- name: LengthOfBoth :one
SELECT length(@first::bytea) + length(@second::bytea) AS length;
