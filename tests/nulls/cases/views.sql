-- name: PlainView :many
-- expect: !?!?
SELECT id, customer_id, total, note FROM open_orders;

-- name: ViewWithCondition :many
-- expect: !!?
SELECT id, note, discount FROM noted;

-- name: ViewWithOuterJoin :many
-- expect: !!???
SELECT id, name, order_id, total, note FROM customer_orders;

-- name: ViewWithOuterJoinReduced :many
-- expect: !!!!?
SELECT id, name, order_id, total, note FROM customer_orders WHERE order_id IS NOT NULL;

-- name: ViewOfGroups :many
-- expect: ?!!?
SELECT customer_id, n, total, discount FROM totals;

-- name: ViewOnNullableSide :many
-- expect: !?
SELECT a.v, noted.note FROM a LEFT JOIN noted ON noted.id = a.v;

-- name: ViewRow :many
-- expect: !
SELECT noted FROM noted;

-- name: MaterializedView :many
-- expect: !!
SELECT id, label FROM kept;

-- name: HollowedView :many
-- expect: !!
SELECT a, b FROM hollowed;

-- name: ViewOfARenamedColumn :many
-- expect: ?
SELECT x FROM before_rename;
