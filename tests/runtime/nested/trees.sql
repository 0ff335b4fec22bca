-- name: AddTree :exec
INSERT INTO tree VALUES (@id, @root, @branches, @notes, @numbers, @title, @image, @extra, @words,
    @moods, @price, @at);

-- name: AddTrees :batchexec
INSERT INTO tree VALUES (@id, @root, @branches, @notes, @numbers, @title, @image, @extra, @words,
    @moods, @price, @at);

-- name: LoadTrees :copyfrom
INSERT INTO tree (id, root, branches, notes, numbers, title, image, extra, words, moods, price, at)
VALUES (@id, @root, @branches, @notes, @numbers, @title, @image, @extra, @words, @moods, @price,
    @at);

-- name: ListTrees :many
SELECT * FROM tree ORDER BY id;

-- name: RemoveTrees :exec
-- @allow delete-without-where
DELETE FROM tree;

-- name: AddCells :batchexec
INSERT INTO cell VALUES (@id, @x, @y, @z);

-- name: LoadCells :copyfrom
INSERT INTO cell (id, x, y, z) VALUES (@id, @x, @y, @z);

-- name: RemoveCells :exec
-- @allow delete-without-where
DELETE FROM cell;
