-- name: Constraints :many
-- expect: !!???
SELECT id, name, email, tags, score FROM customers;

-- name: Star :many
-- expect: !?!??!?
SELECT * FROM orders;

-- name: CompositePrimaryKey :many
-- expect: !!!
SELECT order_id, line, sku FROM items;

-- name: SystemColumns :many
-- expect: !!!
SELECT ctid, tableoid, xmin FROM a;

-- name: WholeRow :many
-- expect: !
SELECT a FROM a;

-- name: DomainPromisesNothing :many
-- expect: ??
SELECT code, plain FROM codes;

-- name: ChildDroppedIt :many
-- expect: !?
SELECT id, label FROM base;

-- name: Partitions :many
-- expect: !!
SELECT id, label FROM parted;

-- name: CompositeColumn :many
-- expect: !?
SELECT p, q FROM pairs;

-- name: CompositeField :many
-- expect: ??
SELECT (p).a, (q).b FROM pairs;

-- name: FieldOfWholeRow :many
-- expect: !?
SELECT (a).v, (a).w FROM a;

-- name: ArrayElement :many
-- expect: ??
SELECT tags[1], (ARRAY[1, 2])[3] FROM customers;

-- name: FieldsOfNothing :many
-- expect: ??
SELECT (q).*  FROM pairs;

-- name: GeneratedColumns :many
-- expect: !!??!
SELECT id, twice, total, b, sure FROM stamped;

-- name: Computed :many
-- expect: !!?!!?
SELECT doubled, filled, lowered, tagged, missing, promised FROM computed;

-- name: ComputedOfKin :many
-- expect: ?!
SELECT b.g, o.g FROM computed_base b, ONLY computed_base o;

-- name: NoLongerComputed :many
-- expect: ??
SELECT u.g, w.g FROM uncomputed u, weakened w;

-- name: ComputedInView :many
-- expect: !?
SELECT filled, lowered FROM computed_view;

-- name: ComputedMissing :many
-- expect: ?
SELECT c.doubled FROM a LEFT JOIN computed c ON c.id = a.k;

-- name: OnlyTheParent :many
-- expect: !?!
SELECT o.v, p.v, w.v FROM ONLY only_base o, only_base p, only_view w;
