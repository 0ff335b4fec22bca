-- name: UpdateAll :exec
-- expect: update-without-where
UPDATE a SET w = 1;

-- name: UpdateAllMeant :exec
-- expect: nothing
-- @allow update-without-where
UPDATE a SET w = 1;

-- name: UpdateSome :exec
-- expect: nothing
UPDATE a SET w = NULL WHERE k = 1;

-- name: DeleteAll :exec
-- expect: delete-without-where
DELETE FROM a;

-- name: DeleteAllInCte :many
-- expect: delete-without-where
WITH gone AS (DELETE FROM a RETURNING k) SELECT k FROM gone;

-- name: EqualsNull :many
-- expect: equals-null
SELECT k FROM a WHERE w = NULL;

-- name: NotEqualsNull :many
-- expect: equals-null equals-null
SELECT k <> NULL FROM a WHERE EXISTS (SELECT FROM b WHERE NULL = b.k);

-- name: UnusedParameter :many
-- expect: unused-cte unused-parameter
WITH unused AS (SELECT v FROM a WHERE k = $1) SELECT v FROM a;

-- name: UsedTwice :many
-- expect: unused-cte
WITH unused AS (SELECT v FROM a WHERE k = $1) SELECT v FROM a WHERE w = $1;

-- name: UsedCte :many
-- expect: nothing
WITH x AS (SELECT v FROM a WHERE k = $1), y AS (SELECT v FROM x) SELECT (SELECT max(v) FROM y);

-- name: OneOfMany :one
-- expect: one-not-proved
SELECT name FROM customers WHERE email = $1;

-- name: OneOfOne :one
-- expect: nothing
SELECT name FROM customers WHERE id = $1;

-- name: ManyOfMany :many
-- expect: nothing
SELECT name FROM customers WHERE email = $1;

-- name: StarOfJoin :many
-- expect: select-star
SELECT * FROM customers JOIN orders ON orders.customer_id = customers.referrer;

-- name: StarOfTable :many
-- expect: nothing
SELECT * FROM customers;

-- name: QualifiedStars :many
-- expect: nothing
SELECT orders.* FROM customers JOIN orders ON orders.customer_id = customers.id;

-- name: OffsetOnly :many
-- expect: offset-without-order-by
SELECT name FROM customers LIMIT 10 OFFSET $1;

-- name: LimitOnly :many
-- expect: limit-without-order-by
SELECT name FROM customers LIMIT $1;

-- name: LimitOfOneRow :many
-- expect: nothing
SELECT name FROM customers WHERE id = $1 LIMIT 1;

-- name: LimitOfConstant :many
-- expect: nothing
SELECT 1 FROM customers WHERE vip LIMIT 1;

-- name: LimitOrdered :many
-- expect: nothing
SELECT name FROM customers ORDER BY id LIMIT $1 OFFSET $2;

-- name: NotInNullable :many
-- expect: not-in-nullable-subquery
SELECT name FROM customers WHERE id NOT IN (SELECT referrer FROM customers);

-- name: NotInNotNull :many
-- expect: nothing
SELECT name FROM customers WHERE id NOT IN (SELECT referrer FROM customers WHERE referrer IS NOT NULL);

-- name: NotInConstraint :many
-- expect: nothing
SELECT name FROM customers WHERE referrer NOT IN (SELECT id FROM customers);

-- name: NotAllNullable :many
-- expect: not-in-nullable-subquery
SELECT name FROM customers WHERE id <> ALL (SELECT referrer FROM customers);

-- name: InNullable :many
-- expect: nothing
SELECT name FROM customers WHERE id IN (SELECT referrer FROM customers);

-- name: CastOfIndexedColumn :many
-- expect: implicit-cast-defeats-index
SELECT name FROM customers WHERE id = 1.5;

-- name: CastOfPlainColumn :many
-- expect: nothing
SELECT name FROM customers WHERE referrer = 1.5;

-- name: CrossTypeOperator :many
-- expect: nothing
SELECT note FROM orders WHERE id = 1::integer;

-- name: OrderByParameter :many
-- expect: order-by-constant
SELECT name FROM customers ORDER BY $1::text;

-- name: OrderByPosition :many
-- expect: nothing
SELECT name FROM customers ORDER BY 1;

-- name: FrameOffsets :many
-- expect: nothing
SELECT sum(v) OVER (ORDER BY k ROWS BETWEEN @a PRECEDING AND CURRENT ROW) FROM a;

-- name: FrameOffsetsOfNamedWindow :many
-- expect: nothing
SELECT sum(v) OVER w FROM a WINDOW w AS (ORDER BY k RANGE BETWEEN @a PRECEDING AND @b FOLLOWING);

-- name: FrameOffsetsInside :many
-- expect: nothing
WITH q AS (SELECT first_value(v) OVER (ORDER BY k GROUPS @a PRECEDING) AS f FROM a) SELECT f FROM q;

-- name: ParametersOfOtherClauses :many
-- expect: nothing
SELECT percentile_cont(@p) WITHIN GROUP (ORDER BY v) FILTER (WHERE v > @f) FROM a TABLESAMPLE bernoulli (@s) REPEATABLE (@r)
GROUP BY k HAVING count(*) > @h ORDER BY max(v) + @o::integer FETCH FIRST @n ROWS WITH TIES;

-- name: ParametersOfChanges :many
-- expect: insert-without-required insert-without-required insert-without-required insert-without-required
INSERT INTO customers (id, name, email) VALUES (@i, @n, @e)
ON CONFLICT (id) WHERE true DO UPDATE SET name = @m WHERE customers.vip = @v;
