-- name: AddFill :batchexec
-- Stores fills.
-- @param symbol: what was traded
INSERT INTO fills (symbol, side, quantity, note) VALUES (@symbol, @side, @quantity, @note);

-- name: AddReturningId :batchone
INSERT INTO fills (symbol, side, quantity) VALUES (@symbol, @side, @quantity) RETURNING id;

-- name: FillById :batchone
SELECT symbol, quantity FROM fills WHERE id = @id;

-- name: NotesOf :batchmany
SELECT note FROM fills WHERE symbol = @symbol ORDER BY id;

-- name: FillsOf :batchmany
SELECT * FROM fills WHERE symbol = @symbol AND side = @side ORDER BY id;

-- name: Load :copyfrom
INSERT INTO public.fills (symbol, quantity, side, note) VALUES (@symbol, @quantity, @side, @note);

-- name: LoadNumbered :copyfrom
INSERT INTO fills (quantity, symbol, side, id) OVERRIDING SYSTEM VALUE VALUES ($2, $1, $3, $4);
