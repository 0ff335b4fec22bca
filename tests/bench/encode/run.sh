#!/bin/sh
# Instructions of storing a row, tenon against hand-written libpq, as callgrind counts them: the
# whole call, and what of it makes the parameters. Ratios below 1 are in tenon's favour; 1.10 is the
# limit for inserts and batches, 1.25 for arrays and COPY.
#
#   run.sh BUILD_DIR
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$1/tests/bench/encode/encode_bench
# shellcheck source=tests/support/server.sh
. "$here/../../support/server.sh"

trap server_stop EXIT
server_start
PGHOST=$server_dir PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
export PGHOST PGPORT PGUSER PGDATABASE
sql() {
    "$server_bin/psql" -qXAt -v ON_ERROR_STOP=1 "$@"
}
sql -f "$here/schema.sql"

# stored WHO WHAT TABLE: a checksum of what it stores
stored() {
    sql -c "TRUNCATE $3"
    "$program" "$1" "$2" 1000
    sql -c "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM $3 t"
}

# instructions WHO WHAT N FUNCTION...: spent in the first function and what it calls, without the
# others
instructions() {
    who=$1 what=$2 n=$3
    shift 3
    toggles=
    for function in "$@"; do
        toggles="$toggles --toggle-collect=$function"
    done
    # shellcheck disable=SC2086
    valgrind --tool=callgrind --callgrind-out-file=/dev/null $toggles \
        "$program" "$who" "$what" "$n" 2>&1 >/dev/null | sed -n 's/.*Collected : *//p'
}

# per_row …: without the first rows, which prepare
per_row() {
    who=$1 what=$2
    shift 2
    first=$(instructions "$who" "$what" 100 "$@")
    all=$(instructions "$who" "$what" 1100 "$@")
    echo $(((all - first) / 1000))
}

compare() {
    awk -v name="$1" -v tenon="$2" -v twin="$3" 'BEGIN {
        printf "%-24s tenon %6d  libpq %6d  instructions a row, ratio %.3f\n", name, tenon, twin,
            tenon / twin }'
}

# bench NAME WHAT TABLE TENON TWIN: functions, and those that send, separated by commas
bench() {
    [ "$(stored tenon "$2" "$3")" = "$(stored twin "$2" "$3")" ] || {
        echo "$1: tenon and its twin store different rows" >&2
        exit 1
    }
    compare "$1" "$(per_row tenon "$2" "${4%%,*}")" "$(per_row twin "$2" "${5%%,*}")"
    # shellcheck disable=SC2046
    compare "$1, binding only" "$(per_row tenon "$2" $(echo "$4" | tr , ' '))" \
        "$(per_row twin "$2" $(echo "$5" | tr , ' '))"
}

bench insert insert bench_orders bench_add_order,tenon__end_exec twin_add_order,twin_execute
bench "batch of 100" batch bench_orders bench_add_orders,tenon__batch_end_exec \
    twin_add_orders,twin_send,twin_receive
bench "12 arrays of 100" arrays bench_quotes bench_add_quotes,tenon__end_exec \
    twin_add_quotes,twin_execute
bench "COPY" copy bench_fills bench_load_fills,PQputCopyData twin_load_fills,PQputCopyData
