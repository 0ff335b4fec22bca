-- name: GetEvery :one
SELECT * FROM every WHERE id = @id;

-- name: FindEvery :opt
SELECT * FROM every WHERE id = @id;

-- name: ListEvery :many
SELECT * FROM every WHERE mark = 0 ORDER BY id;

-- name: StreamEvery :stream
SELECT * FROM every WHERE mark = 0 ORDER BY id;

-- name: AddEvery :exec
INSERT INTO every VALUES (@id, @mark, @a_bool, @a_int2, @a_int4, @a_float4, @a_float8, @a_numeric,
    @a_money, @a_text, @a_varchar, @a_bpchar, @a_name, @a_json, @a_jsonb, @a_jsonpath, @a_xml,
    @a_bytea, @a_uuid, @a_date, @a_time, @a_timetz, @a_timestamp, @a_timestamptz, @a_interval,
    @a_inet, @a_cidr, @a_macaddr, @a_macaddr8, @a_bit, @a_varbit, @a_char, @a_oid, @a_xid,
    @a_regclass, @a_xid8, @a_lsn, @a_tid, @a_point, @a_line, @a_lseg, @a_box, @a_path, @a_polygon,
    @a_circle, @a_range, @a_multirange, @a_mood, @a_place, @a_percent, @some_int8, @some_text,
    @some_moods, @no_int4, @no_text, @no_numeric, @no_array, @no_place);

-- name: AddEntry :exec
INSERT INTO entries (mark, item, note) VALUES (@mark, @item, @note);

-- name: AddEntryOne :one
INSERT INTO entries (mark, item, note) VALUES (@mark, @item, @note) RETURNING mark, item, note;

-- name: AddEntryOpt :opt
INSERT INTO entries (mark, item, note)
SELECT @mark::bigint, 0, 'opt' WHERE @wanted::boolean RETURNING mark, item, note;

-- name: AddEntryMany :many
INSERT INTO entries (mark, item, note)
SELECT @mark::bigint, n, 'many' FROM generate_series(0, 2) AS n RETURNING mark, item, note;

-- name: AddEntryStream :stream
INSERT INTO entries (mark, item, note)
SELECT @mark::bigint, n, 'stream' FROM generate_series(0, 2) AS n RETURNING mark, item, note;

-- name: AddEntryRows :execrows
INSERT INTO entries (mark, item, note)
SELECT @mark::bigint, n, 'rows' FROM generate_series(0, 2) AS n;

-- name: AddEntryBatch :batchexec
INSERT INTO entries (mark, item, note) VALUES (@mark, @item, @note);

-- name: AddEntryBatchOne :batchone
INSERT INTO entries (mark, item, note) VALUES (@mark, @item, @note) RETURNING mark, item, note;

-- name: AddEntryBatchMany :batchmany
INSERT INTO entries (mark, item, note)
SELECT @mark::bigint, n, 'batch' FROM generate_series(1, @n::int) AS n RETURNING mark, item, note;

-- name: LoadEntries :copyfrom
INSERT INTO entries (mark, item, note) VALUES (@mark, @item, @note);

-- name: ReadBatchOne :batchone
SELECT id, a_text FROM every WHERE id = @id;

-- name: ReadBatchMany :batchmany
SELECT id, a_text FROM every WHERE id <= @id AND mark = 0 ORDER BY id;

-- name: UpdateBatchOne :batchone
UPDATE accounts SET balance = @balance WHERE id = @id RETURNING id;

-- name: UpdateManyOne :one
-- @allow one-not-proved
UPDATE accounts SET balance = balance + @more WHERE id <= @upto RETURNING id;

-- name: GetBalance :one
SELECT balance FROM accounts WHERE id = @id;

-- name: SetParent :exec
UPDATE accounts SET parent = @parent WHERE id = @id;

-- name: SetBalance :execrows
UPDATE accounts SET balance = @balance WHERE id = @id;

-- name: Numbers :stream
-- The rows come as they are made: in FROM the server would make all of them first.
SELECT generate_series(1, @upto::bigint) AS n;

-- name: Echo :one
SELECT @value::bigint AS value;

-- name: Length :one
SELECT length(@value::text)::bigint AS value;

-- name: LargeText :one
SELECT repeat(@piece::text, @times::int) AS value;

-- name: LargeRows :many
SELECT n, repeat(chr(64 + n), @size::int) AS value FROM generate_series(1, @rows::int) AS n;

-- name: ManyArrays :many
-- @notnull numbers
SELECT array_fill(n::smallint, ARRAY[100]) AS numbers FROM generate_series(1, @rows::int) AS n;

-- name: Sleep :one
SELECT 1::int AS value FROM pg_sleep(@seconds);

-- name: SleepAndAdd :exec
INSERT INTO entries (mark, item, note) SELECT @mark::bigint, 0, 'slow' FROM pg_sleep(@seconds);

-- name: SetLatin1 :exec
SELECT set_config('client_encoding', 'LATIN1', false);

-- name: LockAccount :one
SELECT id FROM accounts WHERE id = @id FOR UPDATE;

-- name: LockNowait :one
SELECT id FROM accounts WHERE id = @id FOR UPDATE NOWAIT;

-- name: CountMarks :one
SELECT count(*) FROM entries WHERE mark = @mark;
