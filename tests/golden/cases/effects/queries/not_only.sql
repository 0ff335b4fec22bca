-- These do not read only, and leave nothing in the session.

-- name: AddOrder :exec
INSERT INTO orders (id, symbol, quantity) VALUES (@id, @symbol, 1);

-- name: LockOrders :many
SELECT id FROM orders FOR UPDATE;

-- name: LockSomeOrders :many
SELECT id FROM (SELECT id FROM orders FOR KEY SHARE) o;

-- name: MoveOrders :many
WITH moved AS (UPDATE orders SET quantity = 1 WHERE id = @id RETURNING id) SELECT id FROM moved;

-- name: RandomOrder :many
SELECT id FROM orders ORDER BY random();

-- name: RandomInSublink :many
SELECT id FROM orders WHERE EXISTS (SELECT 1 WHERE random() < 0.5);

-- name: RandomInFrom :many
SELECT n FROM generate_series(1, (random() * 10)::int) AS n;

-- name: RandomInWindow :many
SELECT id, row_number() OVER (ORDER BY random()) AS n FROM orders;

-- name: RandomInLimit :many
SELECT id FROM orders ORDER BY id LIMIT random()::int;

-- name: SampledOrders :many
SELECT * FROM of_sampled_orders;

-- name: LockedOrders :many
SELECT * FROM locked_orders;

-- name: NextValues :one
SELECT clock_timestamp() AS now, gen_random_uuid() AS random, txid_current() AS txid,
       pg_try_advisory_xact_lock(1) AS locked;

-- name: Uuids :one
SELECT uuid_generate_v4() AS id;

-- name: SetLocally :one
SELECT set_config('shop.id', @id, true) AS id;

-- name: Harmless :one
SELECT harmless() AS n;

-- name: SetsLocally :exec
SELECT sets_locally();

-- name: SetLocal :exec
SET LOCAL work_mem = '1MB';

-- name: SetConstraints :exec
SET CONSTRAINTS ALL DEFERRED;

-- name: ShowPath :one
SHOW search_path;

-- name: MakeTable :exec
CREATE TABLE copies AS SELECT id FROM orders;

-- name: ExplainOrders :many
EXPLAIN SELECT id FROM orders;

-- name: TellOthers :exec
NOTIFY orders;
