-- name: CheckedColumns :many
-- expect: !!!!!??
SELECT id, plain, both_a, both_b, negated, either_a, either_b FROM checked;

-- name: CheckThatNullPasses :many
-- expect: ?
SELECT positive FROM checked;

-- name: CheckNotValid :many
-- expect: ?!
SELECT late, validated FROM checked;

-- name: CheckDropped :many
-- expect: ?
SELECT dropped FROM checked;

-- name: CheckOfRenamedColumn :many
-- expect: !?
SELECT renamed_since, renamed FROM checked;

-- name: CheckOfRow :many
-- expect: !!
SELECT row_a, row_b FROM checked;

-- name: CheckBehindView :many
-- expect: !?
SELECT plain, positive FROM checked_view;

-- name: CheckOnNullableSide :many
-- expect: ?
SELECT checked.plain FROM a LEFT JOIN checked ON checked.id = a.k;

-- name: CheckOfInheritance :many
-- expect: ?!
SELECT here, everywhere FROM checked_base;

-- name: CheckOfDerived :many
-- expect: ?!
SELECT here, everywhere FROM checked_derived;

-- name: CheckOfPartitions :many
-- expect: ?!
SELECT id, label FROM checked_parted;

-- name: CheckOfPartition :many
-- expect: !
SELECT label FROM checked_part;

-- name: CheckOfLike :many
-- expect: !?
SELECT c.label, u.label FROM checked_like c, unchecked_like u;

-- name: CheckOfWrittenRow :many
-- expect: !??
INSERT INTO checked (id, plain, late, both_a, both_b, negated, either_a, validated, renamed_since, row_a, row_b)
VALUES (77, $1, 1, 1, 1, '', 1, 1, 1, 1, 1) RETURNING plain, late, positive;
