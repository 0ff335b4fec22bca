-- These may leave something in the session.

-- name: SetId :one
SELECT set_config('shop.id', @id, false) AS id;

-- name: SetIdAsTold :one
SELECT set_config('shop.id', @id, @is_local::boolean) AS id;

-- name: LockSession :exec
SELECT pg_advisory_lock(@key);

-- name: TryLockSession :one
SELECT pg_try_advisory_lock_shared(@key) AS locked;

-- name: UnlockSession :one
SELECT pg_advisory_unlock(@key) AS unlocked;

-- name: Seed :exec
SELECT setseed(0.5);

-- name: OpenLarge :one
SELECT lo_open(@id, 262144) AS fd;

-- name: ConnectElsewhere :one
SELECT dblink_connect(@conninfo) AS connected;

-- name: CallHidden :many
SELECT hidden(id) AS id FROM orders;

-- name: CallHiddenInReturning :many
INSERT INTO orders (id, symbol, quantity) VALUES (@id, 'ETH', 1) RETURNING hidden(id) AS id;

-- name: HiddenTotal :one
SELECT hidden_total(quantity) AS total FROM orders;

-- name: HiddenOperator :many
SELECT id ## quantity AS sum FROM orders;

-- name: HiddenAny :many
SELECT id FROM orders WHERE id = ANY (SELECT hidden(1));

-- name: HiddenCast :one
SELECT ROW(1)::wrapped::bigint AS id;

-- name: HiddenDomain :many
SELECT id::checked AS id FROM orders;

-- name: HiddenFrom :many
SELECT h FROM orders, LATERAL hidden(id) AS h;

-- name: Guarded :many
SELECT * FROM guarded;

-- name: NamesSymbol :one
SELECT names_symbol() AS symbol;

-- name: NamesSymbolBelow :one
SELECT names_symbol_below() AS symbol;

-- name: Sets :exec
SELECT sets();

-- name: AnyOf :one
SELECT any_of(1) AS any;

-- name: SetPath :exec
SET search_path = public;

-- name: ResetPath :exec
RESET search_path;

-- name: SetRole :exec
SET ROLE postgres;

-- name: ReadOnly :exec
SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;

-- name: Listen :exec
LISTEN orders;

-- name: Unlisten :exec
UNLISTEN orders;

-- name: DeclareCursor :exec
DECLARE c CURSOR WITH HOLD FOR SELECT id FROM orders;

-- name: PrepareOrders :exec
PREPARE orders AS SELECT id FROM orders;

-- name: ExecuteOrders :exec
EXECUTE orders;

-- name: LoadLibrary :exec
LOAD 'auto_explain';

-- name: Discard :exec
DISCARD ALL;

-- name: MakeTemporary :exec
CREATE TEMP TABLE seen (id bigint);

-- name: MakeTemporaryAs :exec
CREATE TABLE pg_temp.seen AS SELECT id FROM orders;

-- name: SelectIntoTemporary :exec
SELECT id INTO TEMP seen FROM orders;

-- name: TemporaryView :exec
CREATE TEMP VIEW seen AS SELECT id FROM orders;

-- name: TemporarySequence :exec
CREATE TEMP SEQUENCE seen;

-- name: MakeTableOfHidden :exec
CREATE TABLE copies AS SELECT hidden(id) AS id FROM orders;

-- name: ExplainHidden :many
EXPLAIN ANALYZE SELECT hidden(id) FROM orders;
