-- name: InsertReturning :one
-- expect: ?!?
INSERT INTO a (k, v, w) VALUES ($1, $2, 1) RETURNING k, v, w;

-- name: InsertSelectReturning :many
-- expect: ?!
INSERT INTO a (k, v) SELECT k, v FROM b WHERE k IS NOT NULL RETURNING k, v;

-- name: UpsertReturning :one
-- expect: !?
INSERT INTO tree (id, label) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET label = 'x' RETURNING id, label;

-- name: UpdateReturning :many
-- expect: ?!?
UPDATE a SET w = 1 WHERE k = $1 RETURNING k, v, w;

-- name: UpdateToNull :many
-- expect: ?
UPDATE a SET k = NULL WHERE k > 0 RETURNING k;

-- name: UpdateFromReturning :many
-- expect: ??!
UPDATE a SET w = b.w FROM b WHERE a.k = b.k AND b.w > 0 RETURNING a.k, a.w, b.w;

-- name: UpdateFromOuterJoin :many
-- expect: !?
UPDATE a SET w = 1 FROM b LEFT JOIN c ON b.k = c.k WHERE a.v = b.v RETURNING b.v, c.v;

-- name: UpdateExpression :many
-- expect: ?!
UPDATE a SET w = 1 WHERE k = 1 RETURNING k + 1, v + 1;

-- name: DeleteReturning :many
-- expect: !?
DELETE FROM a WHERE k = $1 RETURNING k, w;

-- name: DeleteUsingReturning :many
-- expect: !!
DELETE FROM a USING b WHERE a.k = b.k RETURNING a.k, b.k;

-- name: ReturningStar :many
-- expect: ?!?
DELETE FROM a RETURNING *;

-- name: ReturningSubquery :many
-- expect: !?
DELETE FROM a RETURNING (SELECT count(*) FROM b), (SELECT max(v) FROM b);

-- name: ChangingCte :many
-- expect: ?!!
WITH moved AS (DELETE FROM a WHERE w > 0 RETURNING k, v, w) SELECT k, v, w FROM moved;

-- name: ChangingCteUpdate :many
-- expect: ??
WITH changed AS (UPDATE a SET k = NULL WHERE k > 0 RETURNING k, w) SELECT k, w FROM changed;

-- name: UpdateOfView :many
-- expect: !?
UPDATE noted SET note = NULL WHERE id = $1 RETURNING id, note;

-- name: InsertIntoView :one
-- expect: !?
INSERT INTO labelled (id, label) VALUES ($1, sqlc.narg(label)) RETURNING id, label;

-- name: ReturningWholeRow :many
-- expect: !
DELETE FROM a RETURNING a;

-- name: InsertDefaults :many
-- expect: ?
INSERT INTO codes (plain) SELECT 'x' WHERE false RETURNING code;

-- name: DeleteThroughRuleBehindView :many
-- expect: ??
DELETE FROM ruled_view WHERE k > 0 RETURNING id, k;

-- name: InsertUnderTrigger :many
-- expect: !!??!?!
INSERT INTO stamped (a, b) VALUES ($1, 2) RETURNING id, a, b, b + 1, twice, total, sure;

-- name: UpdateUnderTrigger :many
-- expect: !?!
UPDATE stamped SET b = 1 WHERE b > 0 AND twice IS NOT NULL RETURNING a, b, twice;

-- name: InsertIntoGuardedView :many
-- expect: !!?
INSERT INTO guarded (a, b) VALUES ($1, $2) RETURNING id, a, b;

-- name: InsertedByTriggerOfView :many
-- expect: ??
INSERT INTO hollowed (a, b) VALUES (1, 2) RETURNING a, b;

-- name: UpdatedByTriggerOfView :many
-- expect: ??
UPDATE hollowed SET a = 1 WHERE a > 0 RETURNING a, b;

-- name: DeleteFromGuardedView :many
-- expect: !!!
DELETE FROM guarded WHERE b > 0 RETURNING id, a, b;

-- name: InsertComputed :many
-- expect: !!?
INSERT INTO computed (id, a, b) VALUES ($1, $2, sqlc.narg(b)) RETURNING doubled, filled, lowered;

-- name: ConflictComputed :many
-- expect: !!
INSERT INTO computed (id, a) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET b = excluded.filled
RETURNING doubled, filled;

-- name: InsertIntoParent :many
-- expect: !
INSERT INTO only_base (id, v) VALUES ($1, $2) RETURNING v;

-- name: UpdateParent :many
-- expect: ?
UPDATE only_base SET id = id WHERE id = $1 RETURNING v;

-- name: UpdateOnlyParent :many
-- expect: !
UPDATE ONLY only_base SET id = id WHERE id = $1 RETURNING v;

-- name: UpdateParentThroughView :many
-- expect: !
UPDATE only_view SET id = id WHERE id = $1 RETURNING v;
