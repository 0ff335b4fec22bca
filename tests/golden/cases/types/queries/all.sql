-- name: ListAllTypes :many
SELECT * FROM all_types;

-- name: ListAllNullable :many
SELECT * FROM all_nullable;

-- name: AddAllTypes :exec
INSERT INTO all_types VALUES (@b, @i2, @i4, @i8, @f4, @f8, @n, @t, @vc, @c, @by, @u, @d, @tm, @ts,
    @tz, @iv, @js, @jb, @e, @p, @s, @ip, @i8s, @ts_, @es, @us);

-- name: AddAllNullable :exec
INSERT INTO all_nullable VALUES (@b, @i2, @i4, @i8, @f4, @f8, @n, @t, @by, @u, @d, @tm, @ts, @tz,
    @iv, @js, @jb, @e, @s, @i8s, @es);

-- name: ByColours :many
SELECT t FROM all_types WHERE e = ANY (@colours::colour[]);

-- name: AllTypesAsText :many
-- As the server reads what was sent.
SELECT all_types::text FROM all_types;

-- name: AllNullableAsText :many
SELECT all_nullable::text FROM all_nullable;
