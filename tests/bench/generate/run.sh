#!/bin/sh
# Benchmarks of the generator: run.sh BUILD (a release build).
#
# Instructions are counted by valgrind's callgrind, which repeats to the digit; peak memory is the
# resident set of the whole process (GNU time); the wall time of the reference application is the
# median of 21 whole processes. What libpg_query takes to parse and unpack the same text is the floor.
set -eu
build=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
floor_program=$build/tests/bench/generate/parse_floor

instructions() {
    valgrind --tool=callgrind --callgrind-out-file="$work/callgrind" "$@" >"$work/out" 2>"$work/err" ||
        { cat "$work/out" "$work/err" >&2; exit 1; }
    sed -n 's/.*Collected : //p' "$work/err"
}

# Peak resident set in kB.
memory() {
    /usr/bin/time -f %M -o "$work/memory" "$@" >"$work/out" 2>"$work/err" ||
        { cat "$work/out" "$work/err" >&2; exit 1; }
    cat "$work/memory"
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
floor=$(instructions "$floor_program" "$work/schema.sql")
cat "$work/out"
ours=$(instructions "$build/tenon" check --schema "$work/schema.sql" --queries "$work/query.sql")
echo "$ours $floor" | awk '{ printf "tenon check on it: %.0f M instructions, libpg_query parse + unpack %.0f M, ratio %.2f\n", $1 / 1e6, $2 / 1e6, $1 / $2 }'

# One line of the table: the whole of tenon check with so many queries, and what each of them adds to
# the check of the schema alone.
table_line() {
    echo "$1 $2 $3 $4 $base_ours $base_floor $base_memory" | awk '{
        printf "%7d %12.0f M %6.2f %15.0f k %6.2f %9.1f MB %9.1f kB\n", $1, $2 / 1e6, $2 / $3,
            ($2 - $5) / $1 / 1e3, ($2 - $5) / ($3 - $6), $4 / 1024, ($4 - $7) / $1 }'
}

"$here/make_schema.sh" 1000 >"$work/schema.sql"
base_floor=$(instructions "$floor_program" "$work/schema.sql" "$work/query.sql")
base_ours=$(instructions "$build/tenon" check --schema "$work/schema.sql" --queries "$work/query.sql")
base_memory=$(memory "$build/tenon" check --schema "$work/schema.sql" --queries "$work/query.sql")
echo
echo "tenon check, 1000 tables and 500 views; ratios to libpg_query parse + unpack of the same files"
echo "queries   instructions  ratio       per query  ratio  peak memory  per query"
for n in 1250 2500 5000; do
    mkdir "$work/$n"
    "$here/make_queries.sh" $n 1000 "$work/$n"
    floor=$(instructions "$floor_program" "$work/schema.sql" "$work/$n"/*.sql)
    ours=$(instructions "$build/tenon" check --schema "$work/schema.sql" --queries "$work/$n"/*.sql)
    peak=$(memory "$build/tenon" check --schema "$work/schema.sql" --queries "$work/$n"/*.sql)
    table_line $n "$ours" "$floor" "$peak"
done
