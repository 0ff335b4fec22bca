#!/bin/sh
# Writes the snapshot of the built-in catalog: the .def tables beside this script. Connects as psql
# does (PGHOST, PGPORT, PGUSER) to a PostgreSQL 15 server with contrib; the database must be fresh.
set -eu
cd "$(dirname "$0")"
LC_ALL=C
export LC_ALL

version=$(psql -XAtd template1 -c 'SHOW server_version_num')
case $version in
15????) ;;
*) echo "dump.sh: the snapshot is of PostgreSQL 15, not $version" >&2; exit 1 ;;
esac
psql -XqAt -v ON_ERROR_STOP=1 -d template1 -f dump.sql
