#!/bin/sh
# tenon catalog dump: its file does what CREATE EXTENSION does.
#   catalog_dump.sh TENON
set -eu
# shellcheck source=tests/verify/server_cli.sh
. "$(dirname "$0")/server_cli.sh"

if [ "$(sql -d postgres -c "SELECT count(*) FROM pg_available_extensions
                            WHERE name IN ('citext', 'hstore', 'earthdistance')")" -ne 3 ]; then
    echo "skipped: the server lacks contrib"
    exit 77
fi

# --- Usage ---
run 2 catalog
complains 'tenon catalog dump'
run 2 catalog dmp --database "$url"
run 2 catalog dump
complains 'give --database'
run 3 catalog dump --database "host=$work"
run 0 help catalog
says '--extension'

# --- The file in place of CREATE EXTENSION ---
sql -d "$database" -c 'SET client_min_messages TO error' -c 'CREATE EXTENSION citext' \
    -c 'CREATE SCHEMA "my ext"' -c 'CREATE EXTENSION hstore SCHEMA "my ext"' \
    -c 'CREATE EXTENSION earthdistance CASCADE'
run 0 catalog dump --database "$url" --out extensions.sql
[ ! -s out ] || fail 'with --out, nothing is on standard output'
cat >tables.sql <<'END'
CREATE TABLE people (name citext PRIMARY KEY, facts "my ext".hstore NOT NULL, home earth);
END
cat >queries.sql <<'END'
-- name: FindPerson :opt
SELECT name, facts OPERATOR("my ext".->) 'age' AS age, "my ext".akeys(facts),
       cube_dim(home) AS dimensions, max(name) OVER () AS last
FROM people WHERE name = @name AND facts OPERATOR("my ext".?) @key
ORDER BY earth_distance(home, @from_home), facts;
END
cat >installed.sql <<'END'
CREATE SCHEMA "my ext";
CREATE EXTENSION citext;
CREATE EXTENSION hstore SCHEMA "my ext";
CREATE EXTENSION cube;
CREATE EXTENSION earthdistance;
END
run 0 describe --schema installed.sql tables.sql --queries queries.sql
grep -v '"nullable"\|"reason"' out >expected
run 0 describe --schema extensions.sql tables.sql --queries queries.sql
says '"citext"'
grep -v '"nullable"\|"reason"' out >found
diff expected found || fail 'the file makes what CREATE EXTENSION makes'

sql -d "$database" -f tables.sql
run 0 verify --schema extensions.sql tables.sql --queries queries.sql --database "$url"
says '1 agree, 0 differ'

# --- A choice of extensions ---
run 0 catalog dump --database "$url" --extension earthdistance
says 'CREATE TYPE cube '
says 'CREATE DOMAIN earth AS cube'
says_not 'citext'
says_not 'plpgsql'
run 0 catalog dump --database "$url" --extension citext hstore
says 'SET search_path TO "my ext";'
run 1 catalog dump --database "$url" --extension citext postgis
complains 'the database has no extension postgis'
[ ! -s out ] || fail 'half a dump'

# --- What contrib has none of ---
sql -d "$database" <<'END'
SET search_path TO "my ext", public;
CREATE COLLATION plain FROM "C";
CREATE TEXT SEARCH CONFIGURATION words (COPY = simple);
CREATE TYPE "Odd Mood" AS ENUM ('so so', 'it''s "good"');
CREATE DOMAIN moods AS "Odd Mood"[];
CREATE TYPE zone AS (a integer, b text COLLATE plain);
CREATE DOMAIN an_early_name AS zone CHECK ((VALUE).a > 0);
CREATE TYPE cashrange AS RANGE (SUBTYPE = money);
CREATE PROCEDURE tidy(a integer, INOUT b text DEFAULT 'x') LANGUAGE sql AS 'SELECT b';
CREATE SEQUENCE counter;
CREATE TYPE measure;
CREATE FUNCTION measure_in(cstring, oid, integer) RETURNS measure AS 'varcharin' LANGUAGE internal IMMUTABLE STRICT;
CREATE FUNCTION measure_out(measure) RETURNS cstring AS 'varcharout' LANGUAGE internal IMMUTABLE STRICT;
CREATE FUNCTION measure_typmod(cstring[]) RETURNS integer AS 'varchartypmodin' LANGUAGE internal IMMUTABLE STRICT;
CREATE TYPE measure (INPUT = measure_in, OUTPUT = measure_out, TYPMOD_IN = measure_typmod, CATEGORY = 'M');
CREATE FUNCTION measure_size(measure, integer, boolean) RETURNS measure AS 'varchar' LANGUAGE internal IMMUTABLE STRICT;
CREATE CAST (measure AS measure) WITH FUNCTION measure_size(measure, integer, boolean) AS IMPLICIT;
CREATE ACCESS METHOD nearby TYPE INDEX HANDLER gisthandler;
CREATE OPERATOR CLASS measure_ops FOR TYPE measure USING nearby AS STORAGE measure;
CREATE TABLE settings (key text PRIMARY KEY, mood "Odd Mood" NOT NULL, place zone, rank integer);
CREATE UNIQUE INDEX settings_rank ON settings (rank) WHERE rank > 0;
ALTER EXTENSION hstore ADD COLLATION plain;
ALTER EXTENSION hstore ADD TEXT SEARCH CONFIGURATION words;
ALTER EXTENSION hstore ADD TYPE "Odd Mood";
ALTER EXTENSION hstore ADD DOMAIN moods;
ALTER EXTENSION hstore ADD TYPE zone;
ALTER EXTENSION hstore ADD DOMAIN an_early_name;
ALTER EXTENSION hstore ADD TYPE cashrange;
ALTER EXTENSION hstore ADD PROCEDURE tidy;
ALTER EXTENSION hstore ADD FUNCTION measure_in(cstring, oid, integer);
ALTER EXTENSION hstore ADD FUNCTION measure_out(measure);
ALTER EXTENSION hstore ADD FUNCTION measure_typmod(cstring[]);
ALTER EXTENSION hstore ADD FUNCTION measure_size(measure, integer, boolean);
ALTER EXTENSION hstore ADD TYPE measure;
ALTER EXTENSION hstore ADD CAST (measure AS measure);
ALTER EXTENSION hstore ADD ACCESS METHOD nearby;
ALTER EXTENSION hstore ADD OPERATOR CLASS measure_ops USING nearby;
ALTER EXTENSION hstore ADD SEQUENCE counter;
ALTER EXTENSION hstore ADD TABLE settings;
END
cat >queries.sql <<'END'
-- name: Range :one
SELECT '[1,2]'::"my ext".cashrange @> 3::money, "my ext".cashmultirange("my ext".cashrange('1', '2'));
-- name: Tidy :one
CALL "my ext".tidy(1);
-- name: Put :one
INSERT INTO "my ext".settings (key, mood, place) VALUES (@key, @mood, @place) ON CONFLICT (key)
DO UPDATE SET rank = nextval('"my ext".counter') RETURNING *;
-- name: Rank :exec
INSERT INTO "my ext".settings (key, mood) VALUES (@key, 'so so') ON CONFLICT (rank) WHERE rank > 0 DO NOTHING;
-- name: Look :many
SELECT @a::"my ext".an_early_name, @b::"my ext".moods, key COLLATE "my ext".plain,
       to_tsvector('"my ext".words', key) FROM "my ext".settings;
-- name: Measure :one
SELECT m, @other::"my ext".measure(2) FROM measured LIMIT 1;
END
cat >measured.sql <<'END'
CREATE TABLE measured (m "my ext".measure(3) NOT NULL);
CREATE INDEX measured_m ON measured USING nearby (m "my ext".measure_ops);
END
sed '$d' measured.sql | sql -d "$database" -f -
run 0 catalog dump --database "$url" --extension hstore --out odd.sql
run 0 verify --schema odd.sql measured.sql --queries queries.sql --database "$url"
grep -q 'TYPMOD_IN = measure_typmod, CATEGORY = ' odd.sql || fail 'options behind TYPMOD_IN'
grep -q 'CLASS measure_ops FOR TYPE measure USING nearby' odd.sql || fail 'operator classes'
says '6 agree, 0 differ'

# nothing stays behind
[ "$(sql -d "$database" -c "SELECT count(*) FROM pg_proc WHERE proname = 'function_ddl'")" = 0 ] ||
    fail 'a function of the dump stayed in the database'

exit $failed
