#!/bin/sh
# Writes the snapshot of the built-in catalog (the .def tables beside this script, and the release in
# server_version), of the bodies of its views (../views/SCHEMA.NAME.sql) and of contrib
# and other extensions (../extensions/NAME.sql). Connects as psql does (PGHOST, PGPORT, PGUSER) to a PostgreSQL 15 server
# with contrib, where it creates and drops a database of its own. Other extensions are written where
# the server has them; their release is what was packaged: PostGIS 3.3, pgvector 0.8.
#
#   dump.sh [DIRECTORY]                     writes to builtin/, views/ and extensions/ there instead
#   dump.sh --extension NAME [DIRECTORY]    writes one of the others, of a server of any version
#
# Of a newer server it writes the tables only, and to a DIRECTORY only: for merge_newer.py, which adds
# the functions that the snapshot lacks to functions.def and is to be run again after this script.
set -eu
one=
if [ "${1:-}" = --extension ]; then
    one=$2
    shift 2
fi
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
others='address_standardizer postgis postgis_raster postgis_sfcgal postgis_tiger_geocoder
postgis_topology vector'

run() {
    psql -XqAt -v ON_ERROR_STOP=1 "$@"
}

fresh_database() {
    run -d postgres -c 'SET client_min_messages TO error' \
        -c "DROP DATABASE IF EXISTS $database" -c "CREATE DATABASE $database TEMPLATE template0"
}

dump_extension() {
    fresh_database
    run -d "$database" -c 'SET client_min_messages TO error' \
        -c "CREATE EXTENSION IF NOT EXISTS \"$1\" CASCADE"
    run -d "$database" -v extension="$1" -f "$here/dump_extension.sql" -o "../extensions/$1.sql"
}
drop_database() {
    run -d postgres -c "DROP DATABASE IF EXISTS $database" || true
}

if [ -n "$one" ]; then
    trap drop_database EXIT
    dump_extension "$one"
    exit
fi

version=$(run -d postgres -c 'SHOW server_version_num')
case $version:$# in
15????:*) ;;
*:1) extensions='' others='' ;;
*)
    echo "dump.sh: the snapshot is of PostgreSQL 15, not $version" >&2
    exit 1
    ;;
esac

trap drop_database EXIT
fresh_database
run -d "$database" -f "$here/dump.sql"
echo "$version" >server_version
[ -z "$extensions" ] || run -d "$database" -f "$here/dump_views.sql" | run -d "$database"

for extension in $extensions; do
    dump_extension "$extension"
done
for extension in $others; do
    [ "$(run -d postgres -c "SELECT count(*) FROM pg_available_extensions
                             WHERE name = '$extension'")" = 0 ] || dump_extension "$extension"
done
