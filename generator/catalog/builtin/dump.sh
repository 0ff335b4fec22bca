#!/bin/sh
# Writes the snapshot of the built-in catalog (the .def tables beside this script, and the release in
# server_version), of the bodies of its views (../views/SCHEMA.NAME.sql) and of contrib
# (../extensions/NAME.sql). Connects as psql does (PGHOST, PGPORT, PGUSER) to a PostgreSQL 15 server
# with contrib, where it creates and drops a database of its own.
#
#   dump.sh [DIRECTORY]     writes to builtin/, views/ and extensions/ there instead
#
# Of a newer server it writes the tables only, and to a DIRECTORY only: for merge_newer.py, which adds
# the functions that the snapshot lacks to functions.def and is to be run again after this script.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
output=${1:-$here/..}
mkdir -p "$output/builtin" "$output/views" "$output/extensions"
cd "$output/builtin"
LC_ALL=C
export LC_ALL
database=tenon_catalog_dump_$$

extensions='adminpack amcheck autoinc bloom btree_gin btree_gist citext cube dblink dict_int dict_xsyn
earthdistance file_fdw fuzzystrmatch hstore insert_username intagg intarray isn lo ltree moddatetime
old_snapshot pageinspect pg_buffercache pg_freespacemap pg_prewarm pg_stat_statements pg_surgery
pg_trgm pg_visibility pg_walinspect pgcrypto pgrowlocks pgstattuple plpgsql postgres_fdw refint seg
sslinfo tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp xml2'

run() {
    psql -XqAt -v ON_ERROR_STOP=1 "$@"
}

fresh_database() {
    run -d postgres -c 'SET client_min_messages TO error' \
        -c "DROP DATABASE IF EXISTS $database" -c "CREATE DATABASE $database TEMPLATE template0"
}

version=$(run -d postgres -c 'SHOW server_version_num')
case $version:$# in
15????:*) ;;
*:1) extensions= ;;
*)
    echo "dump.sh: the snapshot is of PostgreSQL 15, not $version" >&2
    exit 1
    ;;
esac

trap 'run -d postgres -c "DROP DATABASE IF EXISTS $database" || true' EXIT
fresh_database
run -d "$database" -f "$here/dump.sql"
echo "$version" >server_version
[ -z "$extensions" ] || run -d "$database" -f "$here/dump_views.sql" | run -d "$database"

for extension in $extensions; do
    fresh_database
    run -d "$database" -c 'SET client_min_messages TO error' \
        -c "CREATE EXTENSION IF NOT EXISTS \"$extension\" CASCADE"
    run -d "$database" -v extension="$extension" -f "$here/dump_extension.sql" \
        -o "../extensions/$extension.sql"
done
