-- name: AddEntry :exec
INSERT INTO entry (id, note) VALUES (@id, @note);

-- name: AddEntries :batchexec
INSERT INTO entry (id, note) VALUES (@id, @note);

-- name: LoadEntries :copyfrom
INSERT INTO entry (id, note) VALUES (@id, @note);

-- name: InsertEntries :batchone
INSERT INTO entry (id, note) VALUES (@id, @note) RETURNING id;

-- name: EntryOfGroup :batchone
-- @allow one-not-proved
SELECT id, note FROM entry WHERE id / 10 = @group ORDER BY id;

-- name: EntriesOfGroup :batchmany
SELECT id, note FROM entry WHERE id / 10 = @group ORDER BY id;

-- name: AddChildren :batchexec
INSERT INTO child (id, parent) VALUES (@id, @parent);

-- name: StoreHalf :exec
CALL store_half(@id);

-- name: FillEntries :stream
-- Stores so many entries, one with each row: where it is cancelled the rest would be missing. (What
-- INSERT … RETURNING returns has all been stored before the first row.)
-- @notnull note
SELECT store_entry(g) AS note FROM generate_series(1, @count::integer) g;
