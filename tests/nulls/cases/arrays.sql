-- name: ElementsOfCast :many
-- expect: ??!
SELECT '10:00'::time = ANY (ARRAY(SELECT 'infinity'::timestamp)::time[]),
       '10:00'::time = ANY ('{infinity}'::timestamp[]::time[]),
       1.5 = ANY (ARRAY(SELECT v FROM a)::numeric[]);

-- name: AnyOfLiteral :many
-- expect: !?!
SELECT v = ANY ('{1,2}'), v = ANY ('{1,NULL}'), v = ANY (ARRAY[v, 1]) FROM a;

-- name: Slices :many
-- expect: !!?!??
SELECT x[1:2], x[:], x[1], x[7:9], x[1:y], (NULL::integer[])[1:2]
FROM (VALUES (ARRAY[1, 2], 1), ('{}', NULL)) AS s (x, y);

-- name: SliceOfNullable :many
-- expect: ??
SELECT tags[1:2], tags[1] FROM customers;

-- name: UnnestOfFullArrays :many
-- expect: !!!!!
SELECT a, b, c, d, e
FROM unnest(string_to_array('a,b', ',')) AS a, unnest(enum_range(NULL::mood)) AS b,
     unnest(ARRAY[1, 2]) AS c, unnest('{1,2}'::integer[]) AS d,
     unnest(ARRAY(SELECT id FROM customers)) AS e;

-- name: UnnestOfArraysWithNull :many
-- expect: ????
SELECT a, b, c, d
FROM unnest(string_to_array('a,b', ',', 'a')) AS a, unnest(ARRAY[1, NULL]) AS b,
     unnest('{1,NULL}'::integer[]) AS c, unnest(ARRAY(SELECT email FROM customers)) AS d;

-- name: UnnestInSelectList :many
-- expect: !
SELECT unnest(ARRAY[1, 2]);

-- name: UnnestOfUnequalLengths :many
-- expect: ??
SELECT unnest(ARRAY[1, 2]), unnest(ARRAY[1]);

-- name: UnnestOfNullArray :many
-- expect: ?
SELECT unnest(tags) FROM customers;

-- name: EnumsOfNull :many
-- expect: !!!
SELECT enum_first(NULL::mood), enum_last(NULL::mood), enum_range(NULL, 'ok'::mood);

-- name: AllOfCastArray :many
-- expect: !?
SELECT k, w FROM a WHERE k <> ALL (ARRAY[7, 8]::bigint[]) AND w <> ALL ('{}'::integer[]);
