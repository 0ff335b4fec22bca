-- name: View :copyfrom
INSERT INTO v (id, name) VALUES (@id, @name);

-- name: Logged :copyfrom
INSERT INTO logged (id) VALUES (@id);

-- name: Closed :copyfrom
INSERT INTO closed (id) VALUES (@id);

-- name: ClosedAsMeant :copyfrom
-- @allow copy-ignores-rules
INSERT INTO closed (id) VALUES (@id);

-- name: Kept :copyfrom
INSERT INTO kept (id) VALUES (@id);

-- name: LoggedByBatch :batchexec
INSERT INTO logged (id) VALUES (@id);

-- name: Guarded :copyfrom
INSERT INTO public.guarded (id) VALUES (@id);

-- name: Unguarded :copyfrom
INSERT INTO unguarded (id) VALUES (@id);
