-- name: Union :many
-- expect: !??
SELECT v, v, k FROM a UNION SELECT v, k, v FROM b;

-- name: UnionAll :many
-- expect: !?
SELECT v, 1 FROM a UNION ALL SELECT 1, NULL FROM b;

-- name: Intersect :many
-- expect: !?
SELECT k, w FROM a INTERSECT SELECT v, w FROM b;

-- name: Except :many
-- expect: !?
SELECT v, k FROM a EXCEPT SELECT k, v FROM b;

-- name: NestedSets :many
-- expect: !
(SELECT v FROM a UNION SELECT v FROM b) INTERSECT SELECT k FROM c;

-- name: SetsWithCte :many
-- expect: !
WITH x AS (SELECT v FROM a) SELECT v FROM x UNION ALL SELECT 1;

-- name: SetsInFrom :many
-- expect: !
SELECT s.v FROM (SELECT v FROM a UNION ALL SELECT v FROM b) AS s;

-- name: SetsWithFactOfReader :many
-- expect: !
SELECT s.k FROM (SELECT k FROM a UNION ALL SELECT w FROM b) AS s WHERE s.k > 0;

-- name: Values :many
-- expect: !?
VALUES (1, 2), (3, NULL);

-- name: ValuesInFrom :many
-- expect: !?
SELECT x, y FROM (VALUES (1, 2), (3, NULL)) AS t (x, y);

-- name: ValuesOfParameters :many
-- expect: !
SELECT x FROM (VALUES ($1::integer), ($2)) AS t (x);

-- name: DistinctOn :many
-- expect: ?!
SELECT DISTINCT ON (k) k, v FROM a ORDER BY k, v;

-- name: OrderedUnion :many
-- expect: ?
SELECT k FROM a UNION SELECT w FROM a ORDER BY 1 LIMIT 2;
