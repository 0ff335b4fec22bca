-- name: FindItem :opt
SELECT * FROM items WHERE id = @id;
