-- name: CountOfNothing :one
-- expect: !!
SELECT count(*), count(k) FROM a;

-- name: NoGroupBy :one
-- expect: ?????
SELECT sum(v), max(v), avg(v), array_agg(v), string_agg(v::text, ',') FROM a;

-- name: Groups :many
-- expect: ?!!!!
SELECT k, sum(v), max(v), avg(v), count(w) FROM a GROUP BY k;

-- name: GroupsOfNullable :many
-- expect: ??!
SELECT sum(w), max(w), array_agg(w) FROM a GROUP BY k;

-- name: GroupKey :many
-- expect: !!
SELECT v, min(v + 1) FROM a GROUP BY v;

-- name: GroupByExpression :many
-- expect: !?
SELECT v + 1, k + 1 FROM a GROUP BY v + 1, k + 1;

-- name: Filter :many
-- expect: ?!
SELECT sum(v) FILTER (WHERE k > 1), count(*) FILTER (WHERE k > 1) FROM a GROUP BY w;

-- name: FilteredByWhere :many
-- expect: !
SELECT sum(w) FROM a WHERE w IS NOT NULL GROUP BY k;

-- name: CoalescedSum :one
-- expect: !
SELECT coalesce(sum(v), 0) FROM a;

-- name: Samples :many
-- expect: ?!?!
SELECT stddev(v), stddev_pop(v), var_samp(v), var_pop(v) FROM a GROUP BY k;

-- name: OrderedSets :many
-- expect: !!?
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY v), mode() WITHIN GROUP (ORDER BY v),
       mode() WITHIN GROUP (ORDER BY w) FROM a GROUP BY k;

-- name: HypotheticalSet :one
-- expect: !
SELECT rank(1) WITHIN GROUP (ORDER BY v) FROM a;

-- name: Json :many
-- expect: !!!
SELECT json_agg(w), jsonb_agg(a), jsonb_object_agg(v, w) FROM a GROUP BY k;

-- name: Regression :many
-- expect: !?!
SELECT regr_count(v, w), regr_slope(v, v), regr_avgx(v, v) FROM a GROUP BY k;

-- name: Distinct :many
-- expect: !!
SELECT count(DISTINCT w), sum(DISTINCT v) FROM a GROUP BY k;

-- name: Rollup :many
-- expect: ?!!
SELECT v, count(*), grouping(v) FROM a GROUP BY ROLLUP (v);

-- name: RollupHasEmptySet :many
-- expect: ??
SELECT v, sum(v) FROM a GROUP BY ROLLUP (v);

-- name: GroupingSetsWithoutEmpty :many
-- expect: ??!
SELECT v, k, sum(v) FROM a GROUP BY GROUPING SETS ((v), (k));

-- name: AlwaysGrouped :many
-- expect: !?!
SELECT v, k, sum(v) FROM a GROUP BY GROUPING SETS ((v, k), (v));

-- name: CubeAndPlain :many
-- expect: !?
SELECT v, k FROM a GROUP BY v, CUBE (k);

-- name: GroupingSetsInExpression :many
-- expect: ?!
SELECT v + 1, coalesce(v, 0) FROM a GROUP BY ROLLUP (v);

-- name: GroupingSetsExpression :many
-- expect: ?
SELECT v + 1 FROM a GROUP BY ROLLUP (v + 1);

-- name: GroupingSetsWhere :many
-- expect: ?
SELECT k FROM a WHERE k > 0 GROUP BY ROLLUP (k);

-- name: GroupingSetsHaving :many
-- expect: !
SELECT k FROM a GROUP BY ROLLUP (k) HAVING k IS NOT NULL;

-- name: GroupingSetsSubquery :many
-- expect: ?
SELECT coalesce((SELECT max(x) FROM (VALUES (v)) AS t (x) GROUP BY ()), v) FROM a GROUP BY ROLLUP (v);

-- name: GroupingSetsCase :many
-- expect: ?!
SELECT CASE WHEN grouping(v) = 0 THEN v ELSE 0 END, CASE WHEN v IS NULL THEN 0 ELSE v END
FROM a GROUP BY ROLLUP (v);

-- name: EmptyGroupingSet :one
-- expect: ?!
SELECT sum(v), count(*) FROM a GROUP BY ();

-- name: FunctionalDependency :many
-- expect: !!?!
SELECT id, name, email, count(*) FROM customers GROUP BY id;

-- name: JoinedGroups :many
-- expect: !!?
SELECT customers.name, count(orders.id), sum(orders.total)
FROM customers LEFT JOIN orders ON orders.customer_id = customers.id GROUP BY customers.id;

-- name: JoinedGroupsFiltered :many
-- expect: !!
SELECT customers.name, sum(orders.total)
FROM customers JOIN orders ON orders.customer_id = customers.id GROUP BY customers.id;

-- name: AggregateOfCase :many
-- expect: !?
SELECT sum(CASE WHEN k > 1 THEN 1 ELSE 0 END), sum(CASE WHEN k > 1 THEN 1 END) FROM a GROUP BY w;

-- name: CaseOfAggregate :many
-- expect: ?
SELECT CASE WHEN k IS NOT NULL THEN max(w) ELSE 0 END FROM a GROUP BY k;

-- name: OuterAggregate :many
-- expect: !
SELECT (SELECT max(a.v)) FROM a GROUP BY k;

-- name: OuterAggregateWithoutGroups :many
-- expect: ?
SELECT (SELECT max(a.v)) FROM a;

-- name: BoolAggregates :many
-- expect: !!?
SELECT bool_and(v > 1), every(v > 1), bool_or(k > 1) FROM a GROUP BY w;

-- name: GroupingSetsHavingOfWhole :many
-- expect: !?
SELECT k + w, w FROM a GROUP BY ROLLUP (k + w, w) HAVING k + w > 0;

-- name: GroupingSetsHavingCondition :many
-- expect: ?
SELECT k FROM a GROUP BY GROUPING SETS ((k), (k IS NOT NULL)) HAVING k IS NOT NULL;

-- name: GroupingSetsCaseOfWhole :many
-- expect: ?
SELECT CASE WHEN k + w > 0 THEN w ELSE 0 END FROM a GROUP BY ROLLUP (k + w, w);

-- name: GroupingSetsHavingIn :many
-- expect: !
SELECT k FROM a GROUP BY ROLLUP (k) HAVING k IN (1, 2);

-- name: GroupedTwice :many
-- expect: ??!
SELECT v AS one, v AS two, count(*) FROM a GROUP BY one, ROLLUP (two);
