-- name: Exists :many
-- expect: !!
SELECT EXISTS (SELECT FROM b WHERE b.k = a.k), NOT EXISTS (SELECT FROM b) FROM a;

-- name: ArraySubquery :many
-- expect: !
SELECT ARRAY(SELECT k FROM b) FROM a;

-- name: ScalarMayBeEmpty :many
-- expect: ?
SELECT (SELECT v FROM b LIMIT 1) FROM a;

-- name: ScalarAggregate :many
-- expect: !?
SELECT (SELECT count(*) FROM b), (SELECT max(v) FROM b) FROM a;

-- name: ScalarCoalescedAggregate :many
-- expect: !
SELECT (SELECT coalesce(max(v), 0) FROM b) FROM a;

-- name: ScalarWithoutFrom :many
-- expect: !?!
SELECT (SELECT a.v), (SELECT a.k), (SELECT 1) FROM a;

-- name: ScalarWithoutFromFiltered :many
-- expect: ?
SELECT (SELECT a.v WHERE a.v > 1) FROM a;

-- name: ScalarAggregateHaving :many
-- expect: ?
SELECT (SELECT count(*) FROM b HAVING count(*) > 1) FROM a;

-- name: ScalarAggregateGrouped :many
-- expect: ?
SELECT (SELECT count(*) FROM b WHERE b.v = a.v GROUP BY b.v) FROM a;

-- name: ScalarAggregateLimit :many
-- expect: !??
SELECT (SELECT count(*) FROM b LIMIT 1), (SELECT count(*) FROM b LIMIT 0), (SELECT count(*) FROM b OFFSET 1)
FROM a;

-- name: ScalarOfValues :many
-- expect: !
SELECT (SELECT x FROM (VALUES (1)) AS t (x)) FROM a;

-- name: ScalarUnion :many
-- expect: !
SELECT (SELECT 1 UNION SELECT 1) FROM a;

-- name: ScalarSet :many
-- expect: ?
SELECT (SELECT generate_series(1, 0)) FROM a;

-- name: InSubquery :many
-- expect: !??
SELECT v IN (SELECT v FROM b), k IN (SELECT v FROM b), v IN (SELECT k FROM b) FROM a;

-- name: AllSubquery :many
-- expect: !?
SELECT v > ALL (SELECT v FROM b), v > ALL (SELECT w FROM b) FROM a;

-- name: RowInSubquery :many
-- expect: !?
SELECT (v, v) IN (SELECT v, v FROM b), (v, v) IN (SELECT v, k FROM b) FROM a;

-- name: InSubqueryFact :many
-- expect: !
SELECT k FROM a WHERE k IN (SELECT k FROM b);

-- name: NotInSubqueryIsNoFact :many
-- expect: ?
SELECT k FROM a WHERE k NOT IN (SELECT k FROM b);

-- name: RowInSubqueryFact :many
-- expect: !!
SELECT k, w FROM a WHERE (k, w) IN (SELECT k, w FROM b);

-- name: AllSubqueryIsNoFact :many
-- expect: ?
SELECT k FROM a WHERE k > ALL (SELECT k FROM b);

-- name: ExistsFact :many
-- expect: !
SELECT k FROM a WHERE EXISTS (SELECT FROM b WHERE b.k = a.k);

-- name: ExistsAggregateIsNoFact :many
-- expect: ?
SELECT k FROM a WHERE EXISTS (SELECT count(*) FROM b WHERE b.k = a.k);

-- name: NotExistsIsNoFact :many
-- expect: ?
SELECT k FROM a WHERE NOT EXISTS (SELECT FROM b WHERE b.k = a.k);

-- name: ExistsOuterJoinIsNoFact :many
-- expect: ?
SELECT k FROM a WHERE EXISTS (SELECT FROM b LEFT JOIN c ON c.k = a.k);

-- name: ScalarFact :many
-- expect: !
SELECT k FROM a WHERE (SELECT max(b.v) FROM b WHERE b.k = a.k GROUP BY b.k) > 1;

-- name: RowFromSubquery :many
-- expect: !!
SELECT k, w FROM a WHERE (k, w) = (SELECT k, w FROM b LIMIT 1);

-- name: DerivedTable :many
-- expect: !?!
SELECT s.v, s.k, s.n FROM (SELECT v, k, v + 1 AS n FROM a) AS s;

-- name: DerivedTableFiltered :many
-- expect: !
SELECT s.k FROM (SELECT k FROM a WHERE k > 0) AS s;

-- name: Ctes :many
-- expect: !?!
WITH x AS (SELECT v, k FROM a), y AS (SELECT v AS n FROM x) SELECT x.v, x.k, y.n FROM x, y;

-- name: NestedCtes :many
-- expect: !
WITH x AS (SELECT k FROM a WHERE k IS NOT NULL) SELECT (SELECT max(t.k) FROM (SELECT x.k) AS t GROUP BY t.k) FROM x;

-- name: CorrelatedOuterColumn :many
-- expect: !?
SELECT s.v, s.k FROM (SELECT (SELECT a.v) AS v, (SELECT a.k) AS k FROM a) AS s;

-- name: Recursive :many
-- expect: !!
WITH RECURSIVE n (i, j) AS (SELECT 1, 1 UNION ALL SELECT i + 1, j FROM n WHERE i < 3) SELECT i, j FROM n;

-- name: RecursiveFixpoint :many
-- expect: !??
WITH RECURSIVE n (i, j, k) AS (SELECT 1, 1, 1 UNION ALL SELECT i + 1, k, NULL::integer FROM n WHERE i < 4)
SELECT i, j, k FROM n;

-- name: RecursiveTree :many
-- expect: !??!
WITH RECURSIVE up AS (
    SELECT id, parent, label, 0 AS depth FROM tree WHERE parent IS NULL
    UNION ALL
    SELECT tree.id, tree.parent, tree.label, up.depth + 1 FROM tree JOIN up ON tree.parent = up.id)
SELECT id, parent, label, depth FROM up;

-- name: RecursiveSearch :many
-- expect: !!
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SEARCH DEPTH FIRST BY i SET path
SELECT i, path FROM n;

-- name: LateralOverFunction :many
-- expect: !?
SELECT u.n, u.tag FROM customers AS c, LATERAL (SELECT c.id AS n, t AS tag FROM unnest(c.tags) AS t) AS u;

-- name: ScalarWithLimit :many
-- expect: !!?????
SELECT (SELECT 1 LIMIT 1), (SELECT 1 LIMIT NULL), (SELECT 1 LIMIT 0), (SELECT 1 LIMIT 1e-5),
       (SELECT 1 LIMIT 2::bit(1)::integer), (SELECT 1 LIMIT $1), (SELECT 1 OFFSET 1);

-- name: OperatorThatReturnsASet :many
-- expect: ??
SELECT 1 @@@ 3, generate_series(1, 2);

-- name: SubqueryOfOperatorThatReturnsASet :many
-- expect: !??
SELECT a.v, s.x, (SELECT 1 FROM (SELECT 2 @@@ 0) AS z)
FROM a LEFT JOIN LATERAL (SELECT 1 AS x, 2 @@@ 0 AS y) AS s ON true;
