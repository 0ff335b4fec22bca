-- These may commit.

-- name: HiddenWork :exec
CALL hidden_work();

-- name: SeenWork :exec
CALL seen_work();

-- name: Block :exec
DO $$ BEGIN COMMIT; END $$;

-- name: Vacuum :exec
VACUUM orders;

-- name: IndexLater :exec
CREATE INDEX CONCURRENTLY ON orders (symbol);

-- These may not.

-- name: Analyze :exec
ANALYZE orders;

-- name: IndexNow :exec
CREATE INDEX ON orders (symbol);
