#!/bin/sh
# tenon verify against a server whose schema is, and then is not, that of the files.
#   verify.sh TENON
set -eu
# shellcheck source=tests/verify/server_cli.sh
. "$(dirname "$0")/server_cli.sh"

cat >schema.sql <<'END'
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE DOMAIN price AS numeric(10, 2);
CREATE TABLE notes (id bigint PRIMARY KEY, body text, mood mood, cost price);
CREATE TABLE events (id bigint PRIMARY KEY, kind text NOT NULL);
END
cat >queries.sql <<'END'
-- name: FindNote :opt
SELECT * FROM notes WHERE id = @id;
-- name: AddNote :exec
INSERT INTO notes (id, body, mood, cost) VALUES (@id, @body, @mood, @cost);
-- name: EventsOfKind :many
SELECT id, kind FROM events WHERE kind = @kind;
END
verify() {
    expected=$1
    shift
    run "$expected" verify --schema schema.sql --queries queries.sql --database "$@"
}

# --- Usage ---
run 2 verify --schema schema.sql --queries queries.sql
complains 'give --database'
verify 3 "host=$work"
complains "$work"
run 0 help verify
says '--plans'

# --- The same answers ---
sql -d "$database" -f schema.sql
verify 0 "$url"
says '3 agree, 0 differ'
[ ! -s err ] || fail 'agreement is silent'
[ "$(sql -d "$database" -c 'SELECT count(*) FROM notes')" = 0 ] || fail 'verify inserted a row'

# what both reject for one reason is no difference; an annotation's error stays one
cp queries.sql kept.sql
printf -- '-- name: Bad :one\nSELECT nothing FROM notes;\n' >>queries.sql
verify 0 "$url"
says '3 agree, 0 differ, 1 rejected by both'
printf -- '-- name: Undone :one\n' >>queries.sql
verify 1 "$url"
complains '[PL103]'
says '1 rejected by both'
cp kept.sql queries.sql

# --- Plans ---
sql -d "$database" -c "INSERT INTO events SELECT i, 'kind' || i FROM generate_series(1, 20000) i" \
    -c 'ANALYZE events'
verify 0 "$url" --plans
says 'FindNote  queries.sql:1'
says '  Index Scan using notes_pkey on public.notes: cost '
says '  Insert on public.notes: cost '
says '; reads all of about 20000 rows'
[ "$(grep -c 'reads all' out)" = 1 ] || fail 'only the big table is pointed out'
[ "$(sql -d "$database" -c 'SELECT count(*) FROM notes')" = 0 ] || fail '--plans inserted a row'

# --- For programs ---
verify 2 "$url" --format xml
verify 2 "$url" --format json --plans
complains '--plans goes with --format text only'
verify 0 "$url" --format json
complains '3 agree, 0 differ'
[ "$(tr -d '[:space:]' <out)" = '[]' ] || fail 'no difference is an empty array'
sql -d "$database" -c 'ALTER TABLE events RENAME kind TO sort'
verify 1 "$url" --format json
says '"code": "PL610"'
says '"query": "EventsOfKind"'
verify 1 "$url" --format sarif
says '"ruleId": "PL610"'
says '"startColumn": 10'
sql -d "$database" -c 'ALTER TABLE events RENAME sort TO kind'

# --- A role that may not look ---
sql -d "$database" -c "CREATE ROLE ${database}_guest LOGIN" -c 'REVOKE ALL ON SCHEMA public FROM PUBLIC'
cp queries.sql kept.sql
printf -- '-- name: Events :many\nSELECT id FROM public.events;\n' >queries.sql
verify 1 "$url user=${database}_guest"
complains 'permission denied for schema public [42501] [PL610]'
complains 'connect as the role of the program'
cp kept.sql queries.sql
sql -d "$database" -c 'GRANT USAGE ON SCHEMA public TO PUBLIC' -c "DROP ROLE ${database}_guest"

# --- Differences ---
sql -d "$database" <<'END'
ALTER TABLE notes ADD extra int;
ALTER TABLE notes ALTER body TYPE varchar(9);
CREATE SCHEMA other;
ALTER TYPE mood SET SCHEMA other;
ALTER TABLE events RENAME kind TO sort;
END
verify 1 "$url" --plans
complains 'queries.sql:1:10: error: column 2 "body" is character varying on the server, text in the'
complains 'column 3 "mood" is other.mood on the server, mood in the analysis [PL614]'
# shellcheck disable=SC2016 # $2 is no expansion
complains 'parameter $2 "body" is character varying on the server, text in the analysis [PL613]'
complains 'rejects what the analysis accepts: column "kind" does not exist [42703] [PL610]'
says '0 agree, 3 differ'

printf -- '-- name: One :one\nSELECT extra FROM notes;\n' >queries.sql
printf -- '-- name: Two :one\nSELECT nothing(id), sort FROM notes, events;\n' >>queries.sql
printf -- '-- name: Three :one\nSELECT missing FROM notes, vanished;\n' >>queries.sql
verify 1 "$url"
complains 'queries.sql:2:8: error: the server accepts what the analysis rejects'
complains '[PL611]'
says '0 agree, 1 differ, 2 rejected by both'

printf -- '-- name: One :one\nSELECT count(id, mood) FROM notes;\n' >queries.sql
sql -d "$database" -c 'ALTER TABLE notes RENAME mood TO temper'
verify 1 "$url"
complains '[PL612]'

# a column's name
sql -d "$database" -c 'CREATE VIEW pair AS SELECT 1 AS a'
printf 'CREATE VIEW pair AS SELECT 1 AS b;' >>schema.sql
printf -- '-- name: Pair :one\nSELECT p FROM pair p;\n' >queries.sql
verify 0 "$url"
printf -- '-- name: Pair :one\nTABLE pair;\n' >queries.sql
verify 1 "$url"
complains 'column 1 is called "a" on the server, "b" in the analysis [PL614]'

# --- Nothing can be written, not even by a function that lies about itself ---
sql -d "$database" -c 'CREATE SEQUENCE counter' \
    -c "CREATE FUNCTION spoil() RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT nextval(''counter'')'"
printf "CREATE FUNCTION spoil() RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 1';" >>schema.sql
printf -- '-- name: Spoil :one\nSELECT spoil();\n' >queries.sql
verify 0 "$url" --plans
says 'no plan: ERROR:  cannot execute nextval() in a read-only transaction'
[ "$(sql -d "$database" -c "SELECT nextval('counter')")" = 1 ] || fail 'planning counted'

exit $failed
