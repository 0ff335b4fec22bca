-- name: FindQuote :opt
SELECT * FROM quotes WHERE id = @id;

-- name: LatestQuote :opt
SELECT price FROM latest_quote LIMIT 1;
