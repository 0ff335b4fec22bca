-- name: ListWeird :many
-- A comment with */ and ??/ and \
SELECT *, '??!' AS "trigraph", '*/' AS "comment", E'\\' AS "back\slash", '"' AS "quote"
FROM "weird */ name" WHERE "for" > @int;
