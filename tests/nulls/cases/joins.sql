-- name: InnerJoin :many
-- expect: !!!!??
SELECT a.k, b.k, a.v, b.v, a.w, b.w FROM a JOIN b ON a.k = b.k;

-- name: CrossJoin :many
-- expect: !?
SELECT a.v, b.w FROM a, b;

-- name: LeftJoin :many
-- expect: !?
SELECT a.v, b.v FROM a LEFT JOIN b ON a.k = b.k;

-- name: LeftJoinOnSaysNothingOutside :many
-- expect: ??
SELECT a.k, b.k FROM a LEFT JOIN b ON a.k = b.k;

-- name: RightJoin :many
-- expect: ?!
SELECT a.v, b.v FROM a RIGHT JOIN b ON a.k = b.k;

-- name: FullJoin :many
-- expect: ??
SELECT a.v, b.v FROM a FULL JOIN b ON a.k = b.k;

-- name: LeftJoinWhere :many
-- expect: !!!
SELECT a.k, b.k, b.v FROM a LEFT JOIN b ON a.k = b.k WHERE b.w = 1;

-- name: LeftJoinWhereIsNotNull :many
-- expect: !!
SELECT a.k, b.v FROM a LEFT JOIN b ON a.k = b.k WHERE b.v IS NOT NULL;

-- name: LeftJoinAntiJoin :many
-- expect: !?
SELECT a.v, b.v FROM a LEFT JOIN b ON a.k = b.k WHERE b.v IS NULL;

-- name: LeftJoinOrOfOneSide :many
-- expect: !!
SELECT b.v, a.k FROM a LEFT JOIN b ON a.k = b.k WHERE b.w = 1 OR b.k = 2;

-- name: LeftJoinOrOfBothSides :many
-- expect: ?
SELECT b.v FROM a LEFT JOIN b ON a.k = b.k WHERE b.w = 1 OR a.w = 2;

-- name: FullJoinReducedToLeft :many
-- expect: !?
SELECT a.v, b.v FROM a FULL JOIN b ON a.k = b.k WHERE a.w = 1;

-- name: FullJoinReducedToInner :many
-- expect: !!!
SELECT a.v, b.v, a.k FROM a FULL JOIN b ON a.k = b.k WHERE a.w = b.w;

-- name: NestedLeft :many
-- expect: !??
SELECT a.v, b.v, c.v FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON b.w = c.w;

-- name: NestedLeftReduced :many
-- expect: !!!
SELECT a.v, b.v, c.v FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON b.w = c.w WHERE c.v > 0;

-- name: NestedLeftReducedInside :many
-- expect: !!?
SELECT a.v, b.v, c.v FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON b.w = c.w WHERE b.v > 0;

-- name: InnerUnderLeft :many
-- expect: !??
SELECT a.v, b.v, c.v FROM a LEFT JOIN (b JOIN c ON b.k = c.k) ON a.k = b.k;

-- name: InnerUnderLeftReduced :many
-- expect: !!!!
SELECT a.v, b.v, c.k, c.v FROM a LEFT JOIN (b JOIN c ON b.k = c.k) ON a.k = b.k WHERE b.w = 1;

-- name: LeftThenInner :many
-- expect: !!!
SELECT a.v, b.v, c.v FROM a LEFT JOIN b ON a.k = b.k JOIN c ON b.w = c.w;

-- name: LeftUnderRight :many
-- expect: ??!
SELECT a.v, b.v, c.v FROM a LEFT JOIN b ON a.k = b.k RIGHT JOIN c ON c.k = a.k;

-- name: LeftUnderRightReduced :many
-- expect: !?!
SELECT a.v, b.v, c.v FROM a LEFT JOIN b ON a.k = b.k RIGHT JOIN c ON c.k = a.k WHERE a.w = 1;

-- name: Using :many
-- expect: !!?
SELECT k, a.v, b.w FROM a JOIN b USING (k);

-- name: LeftUsing :many
-- expect: ??
SELECT k, b.v FROM a LEFT JOIN b USING (k);

-- name: LeftUsingOfNotNull :many
-- expect: !?
SELECT v, b.k FROM a LEFT JOIN b USING (v);

-- name: RightUsing :many
-- expect: !?
SELECT v, a.k FROM a RIGHT JOIN b USING (v);

-- name: FullUsing :many
-- expect: !??
SELECT v, a.v, b.v FROM a FULL JOIN b USING (v);

-- name: FullUsingOfNullable :many
-- expect: ?
SELECT k FROM a FULL JOIN b USING (k);

-- name: FullUsingOfThree :many
-- expect: !
SELECT v FROM a FULL JOIN b USING (v) FULL JOIN c USING (v);

-- name: FullUsingUnderLeft :many
-- expect: !?
SELECT c.v, j.v FROM c LEFT JOIN (a FULL JOIN b USING (v)) AS j ON j.v = c.k;

-- name: FullUsingNullableOneSide :many
-- expect: ?
SELECT x FROM (SELECT v AS x FROM a) AS l FULL JOIN (SELECT k AS x FROM b) AS r USING (x);

-- name: FullUsingOtherTypes :many
-- expect: !
SELECT id FROM orders FULL JOIN customers USING (id);

-- name: Natural :many
-- expect: !!!
SELECT k, v, w FROM a NATURAL JOIN b;

-- name: JoinAlias :many
-- expect: !??
SELECT j.v, j.bk, j.w FROM (a JOIN (SELECT k AS bk, v FROM b) AS s USING (v)) AS j (v, k, w, bk);

-- name: WholeRowOfNullableSide :many
-- expect: !?
SELECT a, b FROM a LEFT JOIN b ON a.k = b.k;

-- name: WholeRowTested :many
-- expect: !
SELECT b.v FROM a LEFT JOIN b ON a.k = b.k WHERE b IS NOT NULL;

-- name: ConstantOnNullableSide :many
-- expect: ?
SELECT s.one FROM a LEFT JOIN (SELECT k, 1 AS one FROM b) AS s ON s.k = a.k;

-- name: LateralThatAlwaysHasRow :many
-- expect: !!?
SELECT a.v, s.n, s.m
FROM a LEFT JOIN LATERAL (SELECT count(*) AS n, max(b.v) AS m FROM b WHERE b.k = a.k) AS s ON true;

-- name: LateralThatMayHaveNone :many
-- expect: !?
SELECT a.v, s.v FROM a LEFT JOIN LATERAL (SELECT b.v FROM b WHERE b.k = a.k LIMIT 1) AS s ON true;

-- name: LateralInnerHasRow :many
-- expect: !!
SELECT a.k, s.v FROM a CROSS JOIN LATERAL (SELECT b.v FROM b WHERE b.k = a.k) AS s;

-- name: LateralReadsOuter :many
-- expect: ?!
SELECT s.k, s.v FROM a, LATERAL (SELECT a.k, a.v) AS s;

-- name: LateralReadsNullExtended :many
-- expect: ?
SELECT s.v FROM a LEFT JOIN b ON a.k = b.k, LATERAL (SELECT b.v) AS s;

-- name: LateralKnowsWhere :many
-- expect: !
SELECT s.k FROM a, LATERAL (SELECT a.k) AS s WHERE a.k > 0;

-- name: OnConstantFalse :many
-- expect: !?
SELECT a.v, b.v FROM a LEFT JOIN b ON false;

-- name: SelfJoin :many
-- expect: !?!?
SELECT child.id, child.parent, parent.id, parent.label
FROM tree AS child JOIN tree AS parent ON parent.id > child.id;

-- name: LeftSelfJoin :many
-- expect: !??
SELECT child.id, child.parent, parent.id FROM tree AS child LEFT JOIN tree AS parent ON parent.id = child.parent;

-- name: CaseOnMatch :many
-- expect: !
SELECT CASE WHEN b.k IS NOT NULL THEN b.v ELSE 0 END FROM a LEFT JOIN b ON a.k = b.k;

-- name: CaseOnOtherMatch :many
-- expect: ?
SELECT CASE WHEN a.k IS NOT NULL THEN b.v ELSE 0 END FROM a LEFT JOIN b ON a.k = b.k;

-- name: SubqueryFactReachesInside :many
-- expect: !!
SELECT s.av, s.bv FROM (SELECT a.v AS av, b.v AS bv, b.w AS bw FROM a LEFT JOIN b ON a.k = b.k) AS s
WHERE s.bw = 1;

-- name: FactOfOneReferenceOnly :many
-- expect: !?
WITH s AS (SELECT b.v, b.w FROM a LEFT JOIN b ON a.k = b.k)
SELECT x.v, y.v FROM s AS x, s AS y WHERE x.w = 1;
