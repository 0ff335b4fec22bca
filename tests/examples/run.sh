#!/bin/sh
# Runs the example programs on a throw-away server: run.sh WORKER MINIMAL TENON
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/support/server.sh
. "$root/tests/support/server.sh"
server_find_bin >/dev/null || exit 77
trap server_stop EXIT
trap 'exit 130' INT TERM
server_start

sql() {
    "$server_bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -d "$server_conninfo" "$@"
}

expect() {
    if [ "$1" != "$2" ]; then
        printf 'expected: %s\n     got: %s\n' "$2" "$1" >&2
        exit 1
    fi
}

# An empty database: the worker brings its migrations, and the second start finds nothing to do.
"$1" "$server_conninfo"
"$1" "$server_conninfo" >/dev/null # a second run changes nothing: every key is known
expect "$(sql -c "SELECT string_agg(status::text, ',' ORDER BY idempotency_key) FROM orders")" \
    "FILLED,NEW,CANCELLED,PARTIALLY_FILLED"
expect "$(sql -c 'SELECT quantity_base FROM positions')" 140000000
expect "$(sql -c 'SELECT count(*) FROM fills')" 3
expect "$(sql -c 'SELECT count(*) > 0 FROM order_events_archive')" t
expect "$(sql -c "SELECT count(*) FILTER (WHERE state = 'applied') = count(*) FROM tenon.migrations")" t
DATABASE_URL=$server_conninfo TENON=$3 WORKER=true "$root/examples/start.sh" |
    grep -q 'nothing to do' || expect '' 'what the program finds is what the worker has applied'
! DATABASE_URL="$server_conninfo dbname=none" TENON=$3 WORKER=echo "$root/examples/start.sh" 2>/dev/null ||
    expect '' 'a start that fails to migrate fails'

sql -f "$root/examples/minimal/schema.sql"
"$2" "$server_conninfo" first >/dev/null
expect "$("$2" "$server_conninfo" second)" "1 first
2 second"
