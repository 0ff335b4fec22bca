-- name: Numbering :many
-- expect: !!!!!!
SELECT row_number() OVER (), rank() OVER w, dense_rank() OVER w, percent_rank() OVER w,
       cume_dist() OVER w, ntile(2) OVER w FROM a WINDOW w AS (ORDER BY k);

-- name: Neighbours :many
-- expect: ????!!
SELECT lag(v) OVER w, lead(v) OVER w, lag(v, 2) OVER w, lag(k, 1, 0) OVER w, lag(v, 1, 0) OVER w,
       lead(v, 1, v) OVER w FROM a WINDOW w AS (ORDER BY v);

-- name: Ends :many
-- expect: !!??
SELECT first_value(v) OVER w, last_value(v) OVER w, nth_value(v, 2) OVER w, first_value(k) OVER w
FROM a WINDOW w AS (ORDER BY v);

-- name: AggregatesOver :many
-- expect: !!?!
SELECT sum(v) OVER (), max(v) OVER (PARTITION BY k), sum(w) OVER (), count(*) OVER () FROM a;

-- name: Frames :many
-- expect: !?!
SELECT sum(v) OVER (ORDER BY v ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
       sum(v) OVER (ORDER BY v ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING),
       sum(v) OVER (ORDER BY v ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) FROM a;

-- name: FollowingFrame :many
-- expect: ??
SELECT sum(v) OVER (ORDER BY v ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING),
       first_value(v) OVER (ORDER BY v ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) FROM a;

-- name: Exclude :many
-- expect: ?!?
SELECT sum(v) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW),
       sum(v) OVER (ORDER BY v GROUPS UNBOUNDED PRECEDING EXCLUDE TIES),
       sum(v) OVER (ORDER BY v GROUPS UNBOUNDED PRECEDING EXCLUDE GROUP) FROM a;

-- name: FilterOver :many
-- expect: ?!
SELECT sum(v) FILTER (WHERE k > 1) OVER (), count(*) FILTER (WHERE k > 1) OVER () FROM a;

-- name: OverGroups :many
-- expect: !?
SELECT sum(sum(v)) OVER (), sum(sum(w)) OVER () FROM a GROUP BY k;

-- name: OverNothing :many
-- expect: ?
SELECT sum(sum(v)) OVER () FROM a;

-- name: FactOfReaderIsOfOneRow :many
-- expect: !?
SELECT x, p FROM (SELECT k AS x, lag(k) OVER (ORDER BY v) AS p FROM a) AS s WHERE x IS NOT NULL;

-- name: FactOfReaderOverFrame :many
-- expect: !?
SELECT x, p FROM (SELECT k AS x, first_value(k) OVER (ORDER BY v) AS p FROM a) AS s WHERE x IS NOT NULL;

-- name: WindowFact :many
-- expect: !
SELECT p FROM (SELECT lag(k) OVER (ORDER BY v) AS p FROM a) AS s WHERE p > 0;

-- name: RangeOfInterval :many
-- expect: !!
SELECT sum(1) OVER (ORDER BY placed RANGE BETWEEN '1 month 2 days' PRECEDING AND CURRENT ROW),
       first_value(id) OVER (ORDER BY placed RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND '1 hour' FOLLOWING)
FROM orders;

-- name: RangeOfIntervalOfBothSigns :many
-- expect: ??
SELECT sum(v) OVER (ORDER BY d RANGE BETWEEN '1 month -29 days' PRECEDING AND CURRENT ROW),
       sum(v) OVER (ORDER BY d RANGE BETWEEN '1 month 29 days ago' PRECEDING AND CURRENT ROW)
FROM (VALUES (timestamp '2021-03-01', 1), ('2021-02-01', 2)) AS s (d, v) WHERE false;

-- name: RangeOfIntervalMissesItsRow :many
-- expect: ?
SELECT sum(v) OVER (ORDER BY d RANGE BETWEEN '1 month -29 days' PRECEDING AND CURRENT ROW)
FROM (VALUES (timestamp '2021-03-01', 1), ('2021-02-01', 2)) AS s (d, v);

-- name: RangeOfNumbers :many
-- expect: !
SELECT max(v) OVER (ORDER BY v RANGE BETWEEN 1 PRECEDING AND 2 FOLLOWING) FROM a;
