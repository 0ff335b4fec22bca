-- name: TotalFunctions :many
-- expect: !!?!
SELECT upper(name), length(name), upper(email), abs(id) FROM customers;

-- name: StrictIsNotEnough :many
-- expect: ????
SELECT substring(name FROM 'x(.)'), array_length(ARRAY[]::integer[], 1), array_upper(tags, 1),
       jsonb_extract_path_text(attrs, 'a') FROM customers;

-- name: TolerantFunctions :many
-- expect: !!!!!
SELECT concat(email, score), concat_ws('-', email, name), format('%s', email),
       jsonb_build_object('email', email), json_build_array(email, score) FROM customers;

-- name: TolerantOnlyOfSome :many
-- expect: ??
SELECT concat_ws(email, 'a', 'b'), format(email, 1) FROM customers;

-- name: VariadicNull :many
-- expect: ??
SELECT concat(VARIADIC tags), num_nulls(VARIADIC tags) FROM customers;

-- name: NumNulls :many
-- expect: !!
SELECT num_nulls(k, w), num_nonnulls(k, w) FROM a;

-- name: NoArguments :one
-- expect: !!!
SELECT now(), random(), version();

-- name: UserFunction :many
-- expect: ?
SELECT promise(v) FROM a;

-- name: Jsonb :many
-- expect: !!?
SELECT to_jsonb(name), jsonb_build_object(), to_jsonb(email) FROM customers;

-- name: ArrayFunctions :many
-- expect: !??!
SELECT array_append(tags, 'x'), array_cat(tags, tags), array_remove(tags, 'x'),
       cardinality(ARRAY[k]) FROM customers, a;

-- name: ArrayToString :many
-- expect: ?!?
SELECT array_to_string(tags, ','), array_to_string(ARRAY['a', NULL], ',', NULL), string_to_array(email, ',')
FROM customers;

-- name: GenerateSeries :many
-- expect: !
SELECT n FROM generate_series(1, 3) AS n;

-- name: GenerateSeriesOfNullable :many
-- expect: !!
SELECT a.k, n FROM a, generate_series(1, a.k) AS n;

-- name: GenerateSeriesLeft :many
-- expect: ??
SELECT a.k, n FROM a LEFT JOIN generate_series(1, a.k) AS n ON true;

-- name: Unnest :many
-- expect: !?
SELECT tags, t FROM customers, unnest(tags) AS t;

-- name: WithOrdinality :many
-- expect: ?!
SELECT t.tag, t.n FROM customers, unnest(tags) WITH ORDINALITY AS t (tag, n);

-- name: RowsFrom :many
-- expect: ??
SELECT * FROM ROWS FROM (generate_series(1, 2), generate_series(1, 3)) AS t (x, y);

-- name: OneSetInSelectList :many
-- expect: !!
SELECT v, generate_series(1, v) FROM a;

-- name: SeveralSetsInSelectList :many
-- expect: !??
SELECT v, generate_series(1, 2), generate_series(1, 3) FROM a;

-- name: JsonbEach :many
-- expect: !!
SELECT key, value FROM customers, jsonb_each(attrs);

-- name: JsonbEachText :many
-- expect: !?
SELECT key, value FROM customers, jsonb_each_text(attrs);

-- name: ScalarInFrom :many
-- expect: !
SELECT t FROM now() AS t;

-- name: UserSet :many
-- expect: ?
SELECT r FROM rows_of(3) AS r;

-- name: ColumnDefinitions :many
-- expect: ??
SELECT x, y FROM jsonb_to_recordset('[]') AS t (x integer, y text);

-- name: DateParts :many
-- expect: !!
SELECT date_trunc('day', placed), placed + interval '1 day' FROM orders;

-- name: Regexp :many
-- expect: !?
SELECT regexp_replace(name, 'a', 'b'), (regexp_match(name, 'a'))[1] FROM customers;

-- name: Nothing :one
-- expect: !?
SELECT pg_advisory_xact_lock(1), pg_sleep_for('0');

-- name: OutputsOfProcedure :one
-- expect: ??
CALL answer(1, NULL);

-- name: PartsOfTimes :many
-- expect: !!!!????
SELECT extract(epoch FROM placed), extract(year FROM joined), date_part('century', placed), extract(hour FROM now() - now()),
       extract(day FROM placed), date_part('dow', joined), date_part($1, placed), extract(year FROM shipped)
FROM orders, customers;
