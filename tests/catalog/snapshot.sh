#!/bin/sh
# The checked-in snapshot is what its server says, and each extension's SQL makes on a server the
# objects that the extension itself makes. For the server that libpq's environment variables name;
# 77 when it is not PostgreSQL 15 with contrib.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
catalog=$here/../../generator/catalog
work=$(mktemp -d "${TMPDIR:-/tmp}/tenon-snapshot.XXXXXX")
real=tenon_snapshot_real_$$
replayed=tenon_snapshot_replayed_$$

run() {
    psql -XqAt -v ON_ERROR_STOP=1 "$@"
}

# shellcheck disable=SC2317 # called by the trap
clean_up() {
    rm -rf "$work"
    for database in $real $replayed; do
        run -d postgres -c "DROP DATABASE IF EXISTS $database" 2>/dev/null || true
    done
}
trap clean_up EXIT

if ! version=$(run -d postgres -c 'SHOW server_version_num' 2>/dev/null); then
    echo "snapshot: skipped: no server"
    exit 77
fi
case $version in 15????) ;; *)
    echo "snapshot: skipped: the snapshot is of PostgreSQL 15, not $version"
    exit 77
    ;;
esac
if [ "$(run -d postgres -c "SELECT count(*) FROM pg_available_extensions
                            WHERE name IN ('citext', 'xml2')")" -ne 2 ]; then
    echo "snapshot: skipped: the server lacks contrib"
    exit 77
fi

# 1. The files, if they are of this minor release: some add a setting or a function.
status=0
dumped=$(cat "$catalog/builtin/server_version")
if [ "$version" = "$dumped" ]; then
    "$catalog/builtin/dump.sh" "$work/dump"
    for file in "$work"/dump/*/*; do
        # Which time zones there are is the machine's affair, not the server's.
        [ "${file##*/}" != time_zones.def ] || continue
        # Functions of newer releases are in no dump of this one.
        grep -v ', SINCE([0-9]*)) /' "$catalog/${file#"$work/dump/"}" | diff -u - "$file" || status=1
    done
else
    echo "snapshot: the files are of $dumped and not compared with $version"
fi

# 2. What the extensions' files make. C functions become some internal one: only their signatures
# are of interest, but for that of a handler, which the server calls.
fresh_database() {
    run -d postgres -c 'SET client_min_messages TO error' -c "DROP DATABASE IF EXISTS $1" \
        -c "CREATE DATABASE $1 TEMPLATE template0"
}
export PGOPTIONS='-c client_min_messages=error -c check_function_bodies=off'
for file in "$catalog"/extensions/*.sql; do
    name=$(basename "$file" .sql)
    # Those of contrib are on every server; the others are looked at where they are.
    [ "$(run -d postgres -c "SELECT count(*) FROM pg_available_extensions
                             WHERE name = '$name'")" = 1 ] || continue
    fresh_database "$real"
    fresh_database "$replayed"
    run -d "$real" -c "CREATE EXTENSION IF NOT EXISTS \"$name\" CASCADE"
    # shellcheck disable=SC2016 # dollar quotes of SQL
    sed -e '/index_am_handler/s/LANGUAGE c/LANGUAGE internal AS $$gisthandler$$/' \
        -e 's/LANGUAGE c/LANGUAGE internal AS $$now$$/' "$file" | run -d "$replayed" -f - >/dev/null
    run -d "$real" -f "$here/snapshot_facts.sql" >"$work/real"
    run -d "$replayed" -f "$here/snapshot_facts.sql" >"$work/replayed"
    if ! diff "$work/real" "$work/replayed" >"$work/diff"; then
        echo "$name: the replayed SQL (>) makes other objects than the extension (<):"
        cat "$work/diff"
        status=1
    fi
done
exit $status
