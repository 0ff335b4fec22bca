-- name: Literals :one
-- expect: !!!?
SELECT 1, 'x', true, NULL::integer;

-- name: Parameters :one
-- expect: !?
SELECT $1::integer, sqlc.narg(x)::integer;

-- name: Operators :many
-- expect: !?!
SELECT v + 1, k + 1, -v FROM a;

-- name: Concat :many
-- expect: !?
SELECT name || 'x', name || email FROM customers;

-- name: OperatorThatMayBeNull :many
-- expect: ???
SELECT attrs -> 'a', attrs ->> 'a', attrs #> '{a}' FROM customers;

-- name: Casts :many
-- expect: !!?!
SELECT v::text, v::bigint, k::text, mood::text FROM a, customers;

-- name: TextToNumber :many
-- expect: !
SELECT '1'::text::integer FROM a;

-- name: Domains :many
-- expect: !?
SELECT name::required, code FROM customers, codes;

-- name: Case :many
-- expect: !?!
SELECT CASE WHEN k > 1 THEN v ELSE 0 END, CASE WHEN k > 1 THEN v END,
       CASE k WHEN 1 THEN 'one' ELSE 'more' END FROM a;

-- name: CaseCondition :many
-- expect: !!!
SELECT CASE WHEN k IS NOT NULL THEN k ELSE 0 END,
       CASE WHEN k IS NULL THEN 0 ELSE k END,
       CASE WHEN k = 1 THEN k ELSE 0 END FROM a;

-- name: CaseLaterArms :many
-- expect: !?
SELECT CASE WHEN k IS NULL THEN 0 WHEN w IS NULL THEN k ELSE k + w END,
       CASE WHEN k IS NULL OR w = 1 THEN 0 ELSE w END FROM a;

-- name: CaseOperand :many
-- expect: !?
SELECT CASE k WHEN 1 THEN k ELSE 0 END, CASE k WHEN 1 THEN 0 ELSE k END FROM a;

-- name: CaseNested :many
-- expect: !
SELECT CASE WHEN k > 0 THEN CASE WHEN w > 0 THEN k + w ELSE k END ELSE v END FROM a;

-- name: CaseUnreachable :many
-- expect: !
SELECT CASE WHEN true THEN v ELSE NULL END FROM a;

-- name: Coalesce :many
-- expect: !!?
SELECT coalesce(k, v), coalesce(k, 0), coalesce(k, w) FROM a;

-- name: NullIf :many
-- expect: ?
SELECT nullif(v, 0) FROM a;

-- name: GreatestLeast :many
-- expect: !?
SELECT greatest(k, v), least(k, w) FROM a;

-- name: IsTests :many
-- expect: !!!!!
SELECT k IS NULL, k IS NOT NULL, k IS DISTINCT FROM w, (k > 1) IS TRUE, (k > 1) IS UNKNOWN FROM a;

-- name: Booleans :many
-- expect: !??!
SELECT v > 1 AND v < 3, k > 1 AND v < 3, NOT k > 1, NOT v > 1 FROM a;

-- name: GuardedAnd :many
-- expect: !!!?
SELECT k IS NOT NULL AND k > 1, k IS NULL OR k > 1, k > 1 AND k IS NOT NULL, k IS NULL AND k > 1
       OR w > 1 FROM a;

-- name: InValues :many
-- expect: !??
SELECT v IN (1, 2), k IN (1, 2), v IN (1, NULL) FROM a;

-- name: AnyOfParameter :many
-- expect: ?
SELECT v = ANY ($1::integer[]) FROM a;

-- name: AnyOfArray :many
-- expect: !?
SELECT v = ANY (ARRAY[1, v]), v = ANY (ARRAY[1, k]) FROM a;

-- name: BetweenValue :many
-- expect: !?
SELECT v BETWEEN 1 AND 3, k BETWEEN 1 AND 3 FROM a;

-- name: LikeValue :many
-- expect: !?
SELECT name LIKE 'a%', email ILIKE 'a%' FROM customers;

-- name: Rows :many
-- expect: !!
SELECT ROW(k, w), (k, v) FROM a;

-- name: RowComparison :many
-- expect: !?
SELECT (v, 1) = (1, v), (v, k) < (1, 1) FROM a;

-- name: Arrays :many
-- expect: !!
SELECT ARRAY[k, w], ARRAY[]::integer[] FROM a;

-- name: SqlValues :one
-- expect: !!!!?
SELECT current_date, current_timestamp, current_user, current_catalog, current_schema;

-- name: AtTimeZone :many
-- expect: !?
SELECT placed AT TIME ZONE 'UTC', shipped AT TIME ZONE 'UTC' FROM orders;

-- name: Extract :many
-- expect: ?
SELECT extract(dow FROM placed) FROM orders;

-- name: Collate :many
-- expect: !?
SELECT name COLLATE "C", email COLLATE "C" FROM customers;

-- name: Xml :many
-- expect: !
SELECT xmlelement(name x, k) FROM a;

-- name: RangeBounds :many
-- expect: ?!
SELECT lower(during), isempty(during) FROM spans;

-- name: CaseKnowsOnlyThisRow :many
-- expect: ??
SELECT CASE WHEN k IS NOT NULL THEN lag(k) OVER () END,
       CASE WHEN k IS NOT NULL THEN (SELECT max(b.k) FROM b) ELSE 0 END FROM a;

-- name: CaseReachesSubquery :many
-- expect: !
SELECT CASE WHEN k IS NOT NULL THEN (SELECT t.x FROM (SELECT a.k AS x) AS t) ELSE 0 END FROM a;

-- name: DistinctByOddOperator :many
-- expect: ??!
SELECT m IS DISTINCT FROM m, m IS NOT DISTINCT FROM 'ok', m IS DISTINCT FROM NULL::text::mood
FROM (VALUES ('ok'::mood)) AS s (m) WHERE false
UNION ALL
SELECT m IS DISTINCT FROM m, m IS NOT DISTINCT FROM 'x', true FROM (VALUES ('x'::odd)) AS s (m);
