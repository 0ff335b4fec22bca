#!/bin/sh
# Instructions of a call, tenon against hand-written libpq, as callgrind counts them: the whole
# call, and what is left of it without sending and receiving. Ratios below 1 are in tenon's favour;
# 1.05 is the limit.
#
#   run.sh BUILD_DIR
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$1/tests/bench/decode/decode_bench
# shellcheck source=tests/support/server.sh
. "$here/../../support/server.sh"

trap server_stop EXIT
server_start
PGHOST=$server_dir PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
export PGHOST PGPORT PGUSER PGDATABASE
"$server_bin/psql" -qX -v ON_ERROR_STOP=1 -f "$here/schema.sql" -f "$here/data.sql"

[ "$("$program" tenon 2 1)" = "$("$program" twin 2 1)" ] || {
    echo "tenon and its twin read different rows" >&2
    exit 1
}

# instructions WHO FUNCTION ROUNDS FIRST: spent in FUNCTION and what it calls
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect="$2" \
        "$program" "$1" "$3" "$4" 2>&1 >/dev/null | sed -n 's/.*Collected : *//p'
}

# per_call WHO FUNCTION FIRST: without the first round, which prepares
per_call() {
    first_round=$(instructions "$1" "$2" 1 "$3")
    all=$(instructions "$1" "$2" 11 "$3")
    echo $(((all - first_round) / 10))
}

compare() {
    awk -v name="$1" -v tenon="$2" -v twin="$3" 'BEGIN {
        printf "%-24s tenon %8d  libpq %8d  instructions a call, ratio %.3f\n", name, tenon, twin,
            tenon / twin }'
}

tenon=$(per_call tenon bench_list_bench_rows 1)
tenon_fetch=$(per_call tenon tenon__fetch 1)
twin=$(per_call twin twin_list_rows 1)
twin_fetch=$(per_call twin twin_fetch 1)
compare "1000 rows" "$tenon" "$twin"
compare "1000 rows, decoding only" $((tenon - tenon_fetch)) $((twin - twin_fetch))
compare "1 row" "$(per_call tenon bench_list_bench_rows 1000)" "$(per_call twin twin_list_rows 1000)"
