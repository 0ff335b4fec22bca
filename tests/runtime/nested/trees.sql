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
