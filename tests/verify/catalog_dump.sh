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

# nothing stays behind
[ "$(sql -d "$database" -c "SELECT count(*) FROM pg_proc WHERE proname = 'function_ddl'")" = 0 ] ||
    fail 'a function of the dump stayed in the database'

exit $failed
