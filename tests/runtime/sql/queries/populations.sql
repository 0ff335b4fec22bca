-- Many values, each with the server's own text of it.

-- name: ManyNumerics :stream
-- @row NumericText
-- @notnull v text
SELECT v, v::text AS text
FROM (SELECT trim_scale(((random() - 0.5) * 10::float8 ^ (g % 60 - 30))::numeric) AS v
      FROM generate_series(1, 3000) g) t;

-- name: LongNumerics :stream
-- @row NumericText
-- @notnull v text
SELECT v, v::text AS text
FROM (SELECT (repeat((1 + g % 9)::text, g % 140) || '0.' || repeat((g % 10)::text, g % 33))::numeric
             * (g % 3 - 1) AS v
      FROM generate_series(1, 3000) g) t;

-- name: StrangeNumerics :stream
-- @row NumericText
-- @notnull v text
SELECT v::numeric AS v, v::numeric::text AS text
FROM unnest(ARRAY['NaN', 'Infinity', '-Infinity', '0', '0.000', '1e130', '-1e-16383', '9999',
                  '10000', '0.0001', '1e1000']) v;

-- name: CentNumerics :stream
-- @row NumericText
-- @notnull v text
SELECT v, v::text AS text
FROM (SELECT round(((random() - 0.5) * 10::float8 ^ (g % 16))::numeric, 2) AS v
      FROM generate_series(1, 3000) g) t;

-- name: NearestDoubles :stream
-- @notnull v nearest
SELECT v, v::float8 AS nearest
FROM (SELECT random()::numeric * 10::numeric ^ (g % 100 - 50)::numeric + 10::numeric ^ -20::numeric
             AS v
      FROM generate_series(1, 3000) g) t;

-- name: ManyTimestamps :stream
-- @row TimestamptzText
-- @notnull v text
SELECT v, v::text AS text
FROM (SELECT '2000-01-01'::timestamptz
             + ((random() - 0.022) * 292277 * 365) * interval '1 day' AS v
      FROM generate_series(1, 3000) g) t;

-- name: StrangeTimestamps :stream
-- @row TimestamptzText
-- @notnull v text
SELECT v, v::text AS text
FROM unnest(ARRAY['infinity', '-infinity', '294276-12-31 23:59:59.999999',
                  '4714-11-24 00:00:00 BC', '0001-01-01', '0001-12-31 23:59:59.000010 BC',
                  '2000-02-29', '1999-12-31 23:59:59.999999']::timestamptz[]) v;

-- name: ManyDates :stream
-- @row DateText
-- @notnull v text
SELECT v, v::text AS text
FROM (SELECT '4714-11-24 BC'::date + g AS v FROM generate_series(0, 5000000, 811) g) t;

-- name: LeapDates :stream
-- @row DateText
-- @notnull v text
SELECT v, v::text AS text
FROM (SELECT '1999-02-27'::date + g AS v FROM generate_series(0, 1500) g) t;

-- name: ManyUuids :stream
-- @notnull v text
SELECT v, v::text AS text
FROM (SELECT gen_random_uuid() AS v FROM generate_series(1, 1000) g) t;
