-- name: ByPrimaryKey :one
-- expect: primary key customers_pkey
SELECT name FROM customers WHERE id = $1;

-- name: ByKeyOrMore :one
-- expect: many
SELECT name FROM customers WHERE id = $1 OR vip;

-- name: ByKeyReversed :one
-- expect: primary key customers_pkey
SELECT name FROM customers WHERE $1 = id AND vip;

-- name: ByPartOfKey :many
-- expect: many
SELECT sku FROM items WHERE order_id = $1;

-- name: ByWholeKey :one
-- expect: primary key items_pkey
SELECT sku FROM items WHERE order_id = $1 AND line = 2;

-- name: ByRow :one
-- expect: primary key items_pkey
SELECT sku FROM items WHERE (order_id, line) = ($1, $2);

-- name: ByVolatile :many
-- expect: many
SELECT name FROM customers WHERE id = (random() * 10)::integer;

-- name: ByRange :many
-- expect: many
SELECT name FROM customers WHERE id > $1;

-- name: BySingleInList :one
-- expect: primary key customers_pkey
SELECT name FROM customers WHERE id IN ($1);

-- name: BySubquery :one
-- expect: primary key customers_pkey
SELECT name FROM customers WHERE id = (SELECT max(id) FROM customers);

-- name: ByCorrelatedSubquery :many
-- expect: many
SELECT name FROM customers WHERE id = (SELECT max(id) FROM orders WHERE customer_id = customers.id);

-- name: NotDistinct :one
-- expect: primary key customers_pkey
SELECT name FROM customers WHERE id IS NOT DISTINCT FROM $1;

-- name: Joined :one
-- expect: primary key orders_pkey, primary key customers_pkey
SELECT c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id = $1;

-- name: JoinedByComma :one
-- expect: primary key customers_pkey, primary key orders_pkey
SELECT c.name FROM customers c, orders o WHERE o.id = c.referrer AND c.id = $1;

-- name: JoinedMany :many
-- expect: many
SELECT c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.id = $1;

-- name: LeftJoined :one
-- expect: primary key orders_pkey, primary key customers_pkey
SELECT c.name FROM orders o LEFT JOIN customers c ON c.id = o.customer_id WHERE o.id = $1;

-- name: LeftJoinedMany :many
-- expect: many
SELECT c.name FROM customers c LEFT JOIN orders o ON c.id = o.customer_id WHERE c.id = $1;

-- name: LeftJoinConditionIsNoFilter :many
-- expect: many
SELECT c.name FROM orders o LEFT JOIN customers c ON c.id = o.customer_id AND o.id = $1;

-- name: LeftJoinedInner :one
-- expect: primary key orders_pkey, primary key customers_pkey, primary key tree_pkey
SELECT c.name FROM orders o LEFT JOIN (customers c JOIN tree t ON t.id = c.referrer) ON c.id = o.customer_id
WHERE o.id = $1;

-- name: FullJoined :many
-- expect: many
SELECT c.name FROM orders o FULL JOIN customers c ON c.id = o.id AND o.id = 1 WHERE o.id = 1 OR c.id = 1;

-- name: NullExtendedIsNotFixed :many
-- expect: many
SELECT 1 FROM a LEFT JOIN customers c ON c.id = 1 AND a.v = 2 JOIN tree t ON t.id = coalesce(c.referrer, 0);

-- name: LimitOne :one
-- expect: LIMIT 1
SELECT name FROM customers LIMIT 1;

-- name: FetchFirst :one
-- expect: LIMIT 1
SELECT name FROM customers ORDER BY id FETCH FIRST ROW ONLY;

-- name: FetchWithTies :many
-- expect: many
SELECT name FROM customers ORDER BY joined FETCH FIRST 1 ROW WITH TIES;

-- name: LimitParameter :many
-- expect: many
SELECT name FROM customers LIMIT $1;

-- name: Aggregate :one
-- expect: an aggregate without GROUP BY
SELECT count(*), max(name) FROM customers;

-- name: Groups :many
-- expect: many
SELECT vip, count(*) FROM customers GROUP BY vip;

-- name: OneGroup :one
-- expect: GROUP BY of a single value
SELECT vip, count(*) FROM customers WHERE vip = $1 GROUP BY vip;

-- name: Rollup :many
-- expect: many
SELECT vip, count(*) FROM customers WHERE vip = $1 GROUP BY ROLLUP (vip);

-- name: DistinctFixed :one
-- expect: DISTINCT on a single value
SELECT DISTINCT vip FROM customers WHERE vip;

-- name: DistinctOnFixed :one
-- expect: DISTINCT on a single value
SELECT DISTINCT ON (customer_id) id, placed FROM orders WHERE customer_id = $1 ORDER BY customer_id, placed DESC;

-- name: NoFrom :one
-- expect: no FROM
SELECT 1 WHERE $1::boolean;

-- name: SetInSelectList :many
-- expect: many
SELECT generate_series(1, 3);

-- name: Exists :one
-- expect: no FROM
SELECT EXISTS (SELECT FROM customers);

-- name: ScalarFunction :one
-- expect: a function that returns one row
SELECT t FROM now() AS t;

-- name: SetFunction :many
-- expect: many
SELECT n FROM generate_series(1, 1) AS n;

-- name: OneRowOfValues :one
-- expect: VALUES of one row
VALUES (1, 2);

-- name: RowsOfValues :many
-- expect: many
VALUES (1), (2);

-- name: Union :many
-- expect: many
SELECT 1 UNION SELECT 2;

-- name: Intersect :one
-- expect: primary key customers_pkey
SELECT name FROM customers WHERE id = 1 INTERSECT SELECT name FROM customers;

-- name: DerivedTable :one
-- expect: primary key customers_pkey
SELECT s.name FROM (SELECT id, name FROM customers) AS s WHERE s.id = $1;

-- name: GroupsInFrom :one
-- expect: primary key customers_pkey, GROUP BY of a single value
SELECT c.name, s.n FROM customers c JOIN (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) AS s
  ON s.customer_id = c.id WHERE c.id = $1;

-- name: Cte :one
-- expect: primary key customers_pkey
WITH x AS (SELECT * FROM customers WHERE vip) SELECT name FROM x WHERE id = $1;

-- name: View :one
-- expect: primary key orders_pkey
SELECT note FROM open_orders WHERE id = $1;

-- name: LateralReadsManyRows :many
-- expect: many
SELECT a.v FROM a, LATERAL (SELECT a.v AS x) AS s WHERE a.v = s.x;

-- name: LateralLimit :one
-- expect: primary key customers_pkey, LIMIT 1
SELECT c.name, o.id FROM customers c LEFT JOIN LATERAL (
    SELECT id FROM orders WHERE customer_id = c.id ORDER BY placed DESC LIMIT 1) AS o ON true
WHERE c.id = $1;

-- name: RowNumber :one
-- expect: row_number()
SELECT s.id FROM (SELECT id, customer_id, row_number() OVER (PARTITION BY customer_id ORDER BY placed) AS n
                  FROM orders) AS s WHERE s.n = 1 AND s.customer_id = $1;

-- name: RowNumberOfMany :many
-- expect: many
SELECT s.id FROM (SELECT id, customer_id, row_number() OVER (PARTITION BY customer_id ORDER BY placed) AS n
                  FROM orders) AS s WHERE s.n = 1;

-- name: InheritedKey :many
-- expect: many
SELECT id FROM ancestors WHERE id = $1;

-- name: UniqueIndex :one
-- expect: unique index members_email
SELECT id FROM members WHERE lower(email) = lower($1);

-- name: UniqueIndexOtherExpression :many
-- expect: many
SELECT id FROM members WHERE upper(email) = $1;

-- name: PartialIndex :one
-- expect: unique index members_handle
SELECT id FROM members WHERE handle = $1 AND deleted_at IS NULL;

-- name: PartialIndexNotImplied :many
-- expect: many
SELECT id FROM members WHERE handle = $1;

-- name: PartialIndexByConstant :one
-- expect: unique index members_owner
SELECT id FROM members WHERE team = $1 AND role = 'owner';

-- name: DeferrableKey :many
-- expect: many
SELECT id FROM members WHERE slot = $1;

-- name: UniqueConstraint :one
-- expect: unique key members_code_key
SELECT id FROM members WHERE code = $1;

-- name: OtherCollation :many
-- expect: many
SELECT id FROM members WHERE code = $1 COLLATE "C";

-- name: CastColumn :many
-- expect: many
SELECT id FROM members WHERE id::text = $1;

-- name: Insert :one
-- expect: one row is inserted
INSERT INTO tree (id) VALUES ($1) RETURNING id;

-- name: InsertRows :many
-- expect: many
INSERT INTO tree (id) VALUES ($1), ($2) RETURNING id;

-- name: InsertSelect :many
-- expect: many
INSERT INTO tree (id) SELECT id FROM customers RETURNING id;

-- name: InsertSelectOne :one
-- expect: primary key customers_pkey
INSERT INTO tree (id) SELECT id FROM customers WHERE id = $1 RETURNING id;

-- name: InsertDefault :one
-- expect: one row is inserted
INSERT INTO settings DEFAULT VALUES RETURNING value;

-- name: UpdateByKey :one
-- expect: primary key customers_pkey
UPDATE customers SET name = 'x' WHERE id = $1 RETURNING name;

-- name: UpdateMany :many
-- expect: many
UPDATE customers SET name = 'x' WHERE vip RETURNING name;

-- name: UpdateFromMany :one
-- expect: primary key customers_pkey
UPDATE customers SET name = o.note FROM orders o WHERE o.customer_id = customers.id AND customers.id = $1
RETURNING name;

-- name: DeleteByKey :one
-- expect: primary key items_pkey
DELETE FROM items WHERE order_id = $1 AND line = $2 RETURNING sku;

-- name: NothingReturned :exec
-- expect: many
DELETE FROM items WHERE order_id = $1 AND line = $2;

-- name: UsingFixed :one
-- expect: primary key customers_pkey, primary key tree_pkey
SELECT label FROM customers JOIN tree USING (id) WHERE id = $1;

-- name: Boolean :one
-- expect: unique index members_chief
SELECT id FROM members WHERE team = $1 AND is_chief;

-- name: InSubqueryOfOne :one
-- expect: primary key items_pkey
SELECT sku FROM items WHERE (order_id, line) IN (SELECT o.id, 1 FROM orders o WHERE o.id = $1);

-- name: InSubqueryOfMany :many
-- expect: many
SELECT name FROM customers WHERE id IN (SELECT referrer FROM customers);

-- name: InCorrelatedSubquery :many
-- expect: many
SELECT name FROM customers WHERE id IN (SELECT t.id FROM tree t WHERE t.id = customers.id);

-- name: ColumnsOfIndexedExpression :one
-- expect: unique index members_email
SELECT id FROM members WHERE email = $1;

-- name: EqualIsNotTheSame :many
-- expect: many
SELECT price FROM prices WHERE price = $1;

-- name: VolatileFunctionIsCalledOnce :one
-- expect: a function that returns one row
SELECT * FROM a_volatile();

-- name: FunctionOfEachRow :many
-- expect: many
SELECT f FROM tree, abs(tree.id) AS f;

-- name: SetReturningFunction :many
-- expect: many
SELECT * FROM rows_of($1);

-- name: Call :one
-- expect: a statement of one row
CALL answer($1, NULL);

-- name: Show :one
-- expect: a statement of one row
SHOW search_path;

-- name: ShowAll :many
-- expect: many
SHOW ALL;

-- name: LimitOfCast :many
-- expect: many
SELECT name FROM customers LIMIT '1'::"char"::integer;

-- name: LimitOfNumber :many
-- expect: many
SELECT name FROM customers LIMIT 1e0;

-- name: PartialIndexOfRenamedColumn :one
-- expect: unique index tags_tag
SELECT id FROM tags WHERE tag = $1 AND removed_at IS NULL;

-- name: PartialIndexOfFormerName :many
-- expect: many
SELECT id FROM tags WHERE tag = $1 AND gone_at IS NULL;

-- name: PartialIndexOfCopy :one
-- expect: unique index tags_copy_tag_idx
SELECT id FROM tags_copy WHERE tag = $1 AND gone_at IS NULL;

-- name: ExpressionIndexOfRenamedColumn :one
-- expect: unique index tags_mail
SELECT id FROM tags WHERE lower(email) = $1;

-- name: DistinctOfGroupingSets :many
-- expect: many
SELECT DISTINCT ON (c) c, count(*) FROM (VALUES (1), (1)) AS s (c) WHERE c = 1 GROUP BY ROLLUP (c);

-- name: DistinctOfGroups :one
-- expect: GROUP BY of a single value
SELECT DISTINCT ON (customer_id) customer_id, count(*) FROM orders WHERE customer_id = $1 GROUP BY customer_id;

-- name: VolatileSubqueryRunsOnce :one
-- expect: primary key customers_pkey
SELECT name FROM customers
WHERE id = (SELECT o.id FROM orders o ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED);

-- name: VolatileSubqueryOfEachRow :many
-- expect: many
SELECT name FROM customers
WHERE id = (SELECT (random() * 10)::integer FROM orders o WHERE o.id = customers.referrer);

-- name: MaterializedOneRow :one
-- expect: an aggregate without GROUP BY
SELECT total FROM dashboard;

-- name: MaterializedGroup :one
-- expect: GROUP BY of a single value
SELECT n FROM order_counts WHERE customer_id = $1;

-- name: MaterializedGroups :many
-- expect: many
SELECT n FROM order_counts;

-- name: ByIndexedFunction :one
-- expect: unique index normed_x
SELECT id FROM normed WHERE norm(x) = $1;

-- name: ByFunctionOfThatName :many
-- expect: many
SELECT id FROM normed WHERE other.norm(x) = $1;

-- name: ByPartialIndex :one
-- expect: unique index odds_k
SELECT id FROM odds WHERE k / 10 = $1 AND k > 1000000 AND is_odd(id);

-- name: ByPredicateOfThatName :many
-- expect: many
SELECT id FROM odds WHERE k / 10 = $1 AND k > 1000000 AND other.is_odd(id);

-- name: ByKeyOfOnlyTheParent :one
-- expect: primary key only_base_pkey
SELECT v FROM ONLY only_base WHERE id = $1;

-- name: ByKeyOfParentAndKin :many
-- expect: many
SELECT v FROM only_base WHERE id = $1;
