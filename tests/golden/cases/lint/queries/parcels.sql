-- name: WithoutWeight :exec
INSERT INTO parcels (ref, note) VALUES (@ref, @note);

-- name: WithNulls :exec
INSERT INTO parcels (ref, weight, owner, note) VALUES (@ref, NULL, sqlc.narg(owner), NULL);

-- name: WithNullRow :exec
INSERT INTO parcels (ref, weight, owner) VALUES ('a', 1, 'x'), ('b', NULL, 'y');

-- name: SetNull :exec
UPDATE parcels SET weight = NULL WHERE id = @id;

-- name: AddOnce :one
INSERT INTO parcels (ref, weight, owner) VALUES (@ref, @weight, @owner)
ON CONFLICT (ref) DO NOTHING RETURNING id;

-- name: AddTwice :one
-- @allow null-into-not-null
INSERT INTO parcels (ref, weight, owner) VALUES (@ref, @weight, @owner)
ON CONFLICT (ref) DO UPDATE SET weight = sqlc.narg(other)::integer RETURNING id;

-- name: OnceOrNot :opt
INSERT INTO parcels (ref, weight, owner) VALUES (@ref, @weight, @owner)
ON CONFLICT (ref) DO NOTHING RETURNING id;

-- name: FilledByTrigger :exec
INSERT INTO filled (id) VALUES (@id);

-- name: NotGone :opt
SELECT * FROM parcels WHERE owner = @owner AND NOT gone;

-- name: NotGoneToo :opt
SELECT * FROM parcels WHERE owner = @owner AND gone = false;

-- name: IsNotGone :opt
SELECT * FROM parcels WHERE owner = @owner AND gone IS NOT TRUE;

-- name: Gone :opt
SELECT * FROM parcels WHERE owner = @owner AND gone;
