#!/bin/sh
# Writes query files for the schema of make_schema.sh, 50 queries each, as an application would have
# them: make_queries.sh QUERIES TABLES DIRECTORY. Ten kinds of queries take turns over the tables.
set -eu
awk -v n="$1" -v tables="$2" -v directory="$3" '
function other(distance) { return "account_item_" ((i + distance - 1) % tables + 1) }
function name(command) { printf "-- name: Query%d :%s\n", q, command > file }
function line(text) { print text > file }

function lookup() {
    name("opt")
    line("-- One item by its key.")
    line("SELECT * FROM " t " WHERE id = $1;")
}
function list() {
    name("many")
    line("SELECT id, name, amount, status, payload->>'\''note'\'' AS note, created_at")
    line("FROM " t " WHERE parent_id = $1 AND status <> '\''closed'\'' AND created_at > now() - $2::interval")
    line("ORDER BY created_at DESC, id LIMIT $3 OFFSET $4;")
}
function join2() {
    name("many")
    line("SELECT c.id, c.name, p.name AS parent_name, COALESCE(c.amount, 0) + COALESCE(p.amount, 0) AS total")
    line("FROM " t " AS c JOIN " other(tables - 1) " AS p ON p.id = c.parent_id")
    line("WHERE c.status = $1 AND p.created_at BETWEEN $2 AND $3 ORDER BY c.name;")
}
function join3() {
    name("many")
    line("SELECT a.*, b.name AS b_name, c.amount AS c_amount FROM " t " AS a")
    line("LEFT JOIN " other(1) " AS b ON b.parent_id = a.id AND b.status = '\''open'\''")
    line("LEFT JOIN " other(2) " AS c ON c.parent_id = b.id")
    line("WHERE a.name ILIKE $1 || '\''%'\'' AND (c.amount > $2 OR c.amount IS NULL) ORDER BY a.id LIMIT 100;")
}
function join4() {
    name("one")
    line("SELECT count(*) AS n, max(d.created_at) AS newest, min(a.name) AS first_name")
    line("FROM " t " AS a, " other(1) " AS b, " other(2) " AS c JOIN " other(3) " AS d USING (parent_id)")
    line("WHERE a.id = b.parent_id AND b.id = c.parent_id AND d.amount >= $1")
    line("AND EXISTS (SELECT 1 FROM " other(4) " AS e WHERE e.parent_id = a.id AND e.status IN ('\''new'\'', '\''open'\''));")
}
function aggregate() {
    name("many")
    line("SELECT status, date_trunc('\''day'\'', created_at) AS day, count(*) AS n, sum(amount) AS total,")
    line("    avg(amount) FILTER (WHERE amount > 0) AS average, array_agg(DISTINCT name) AS names")
    line("FROM " t " WHERE created_at >= $1 AND created_at < $2")
    line("GROUP BY status, date_trunc('\''day'\'', created_at) HAVING count(*) > $3 ORDER BY 2, 1;")
}
function with() {
    name("many")
    line("WITH recent AS (")
    line("    SELECT id, parent_id, amount, row_number() OVER (PARTITION BY parent_id ORDER BY created_at DESC) AS rank")
    line("    FROM " t " WHERE created_at > $1")
    line("), totals AS (")
    line("    SELECT parent_id, sum(amount) AS total FROM recent WHERE rank <= 10 GROUP BY parent_id")
    line(")")
    line("SELECT p.id, p.name, t.total, CASE WHEN t.total > 100 THEN '\''high'\'' ELSE '\''low'\'' END AS class")
    line("FROM totals AS t JOIN " other(tables - 1) " AS p ON p.id = t.parent_id ORDER BY t.total DESC;")
}
function insert() {
    name("one")
    line("INSERT INTO " t " AS t (parent_id, name, amount, status, payload)")
    line("VALUES ($1, $2, $3, DEFAULT, jsonb_build_object('\''source'\'', $4::text, '\''n'\'', 1))")
    line("ON CONFLICT (parent_id, name) DO UPDATE SET amount = t.amount + excluded.amount, payload = excluded.payload")
    line("WHERE t.status <> '\''closed'\'' RETURNING id, amount, status, created_at;")
}
function update() {
    name("execrows")
    line("UPDATE " t " AS t SET status = $1, amount = s.amount * 2, name = lower(s.name) FROM " other(tables - 1) " AS s")
    line("WHERE s.id = t.parent_id AND t.id = ANY ($2) AND s.created_at < $3;")
}
function view() {
    name("many")
    line("SELECT v.id, v.name, v.amount, lag(v.amount) OVER (ORDER BY v.id) AS previous")
    line("FROM open_item_" (i % 2 ? i % tables + 1 : i) " AS v WHERE v.amount > $1")
    line("UNION ALL SELECT id, name, amount, NULL FROM " t " WHERE status = '\''new'\'' ORDER BY 1;")
}
BEGIN {
    for (q = 1; q <= n; q++) {
        if (q % 50 == 1) {
            if (file)
                close(file)
            file = sprintf("%s/module_%04d.sql", directory, (q + 49) / 50)
        }
        i = (q * 7) % tables + 1
        t = "account_item_" i
        kind = q % 10
        if (kind == 0) lookup()
        else if (kind == 1) list()
        else if (kind == 2) join2()
        else if (kind == 3) join3()
        else if (kind == 4) join4()
        else if (kind == 5) aggregate()
        else if (kind == 6) with()
        else if (kind == 7) insert()
        else if (kind == 8) update()
        else view()
        line("")
    }
}'
