-- name: NoInsert :copyfrom
UPDATE t SET name = @name WHERE id = @id;

-- name: OnConflict :copyfrom
INSERT INTO t (id, name) VALUES (@id, @name) ON CONFLICT DO NOTHING;

-- name: Returning :copyfrom
INSERT INTO t (id, name) VALUES (@id, @name) RETURNING id;

-- name: SeveralRows :copyfrom
INSERT INTO t (id, name) VALUES ($1, $2), ($3, $4);

-- name: FromQuery :copyfrom
INSERT INTO t (id, name) SELECT @id, @name;

-- name: Defaults :copyfrom
INSERT INTO t DEFAULT VALUES;

-- name: Expression :copyfrom
INSERT INTO t (id, name, seen) VALUES (@id, @name, now());

-- name: AnotherType :copyfrom
INSERT INTO t (id, name) VALUES (@id::bigint, @name);

-- name: Twice :copyfrom
INSERT INTO t (id, name, seen) VALUES (@id, @name, @name::text::timestamptz);

-- name: TwiceTheSame :copyfrom
INSERT INTO t (id, name, other) VALUES (@id, @name, @id);

-- name: View :copyfrom
INSERT INTO v (id, name) VALUES (@id, @name);

-- name: ViewWithRule :copyfrom
INSERT INTO by_rule (id, name) VALUES (@id, @name);

-- name: NoParameter :batchexec
DELETE FROM t WHERE id = 1;

-- name: NoRows :batchone
UPDATE t SET name = @name WHERE id = @id;
