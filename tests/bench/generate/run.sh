#!/bin/sh
# Benchmarks of the generator: run.sh BUILD (a release build).
#
# Instructions are counted by valgrind's callgrind, which repeats to the digit; the wall time of the
# reference application is the median of 21 whole processes.
set -eu
build=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

instructions() {
    valgrind --tool=callgrind --callgrind-out-file="$work/callgrind" "$@" >"$work/out" 2>"$work/err" ||
        { cat "$work/out" "$work/err" >&2; exit 1; }
    sed -n 's/.*Collected : //p' "$work/err"
}

milliseconds() {
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21; do
        from=$(date +%s%N)
        "$@" >/dev/null
        to=$(date +%s%N)
        echo $(((to - from) / 10000))
    done | sort -n | awk 'NR == 11 { printf "%.2f", $1 / 100 }'
}

cd "$root"
echo "tenon generate, reference application: $(milliseconds "$build/tenon" generate \
    --package ledger --out "$work/gen" --schema schema/ledger.sql \
    --queries queries/*.sql --repositories --fakes) ms whole-process"

"$here/make_schema.sh" 2000 >"$work/schema.sql"
printf -- '-- name: One :one\nSELECT 1;\n' >"$work/query.sql"
floor=$(instructions "$build/tests/bench/generate/parse_floor" "$work/schema.sql")
cat "$work/out"
ours=$(instructions "$build/tenon" check --schema "$work/schema.sql" --queries "$work/query.sql")
echo "$ours $floor" | awk '{ printf "tenon check on it: %.0f M instructions, libpg_query parse + unpack %.0f M, ratio %.2f\n", $1 / 1e6, $2 / 1e6, $1 / $2 }'
