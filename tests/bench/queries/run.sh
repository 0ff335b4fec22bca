#!/bin/sh
# The workloads of a program that talks to its database, by four clients beside each other: the code
# that tenon generates, the best that can be written by hand with libpq, libpq as most programs use it
# (text, no preparing), and ECPG where it is installed (libecpg-dev).
#
#   run.sh BUILD          everything, in under six minutes
#   run.sh BUILD smoke    that all clients give equal results, and one short round; a test
#   run.sh BUILD profile  per function, where tenon's instructions go, workload by workload
#
# BUILD is the folder of a release build:
#
#   cmake -S . -B BUILD -G Ninja -DCMAKE_BUILD_TYPE=Release
#   cmake --build BUILD
#
# Instructions are the client's, libpq and libc with it, as callgrind counts them between two marks,
# after a warm-up; they repeat to within a per cent. (It counts each byte that `rep movsb` moves, by
# which glibc copies more than about 2 KiB. To see it without that:
# GLIBC_TUNABLES=glibc.cpu.x86_rep_movsb_threshold=999999999:glibc.cpu.x86_rep_stosb_threshold=999999999.)
# CPU is client and server process together, user and system, the median of ROUNDS rounds (7) in which
# the clients take turns, on one CPU, for they wait for each other anyway; under 10 % of difference
# means nothing on a machine that has other work. Before anything is measured, the results of all
# clients are compared, the tables that they wrote to as well; a difference ends the run.
set -eu
build=$(cd "$1" && pwd)
mode=${2:-all}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
programs=$build/tests/bench/queries
# shellcheck source=tests/support/server.sh
. "$root/tests/support/server.sh"

server_find_bin >/dev/null || exit 77
[ "$mode" = smoke ] || taskset -cp 0 $$ >/dev/null 2>&1 || echo "Not bound to one CPU" >&2
work=$(mktemp -d)
trap 'server_stop; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
server_start
PGHOST=$server_dir PGPORT=5432 PGUSER=postgres PGDATABASE=postgres PGTZ=UTC
export PGHOST PGPORT PGUSER PGDATABASE PGTZ

# fill ROWS: the tables anew, with so many orders
fill() {
    "$server_bin/psql" -qX -v ON_ERROR_STOP=1 -v rows="$1" -f "$here/schema.sql" \
        -f "$here/data.sql" >"$work/psql.log"
}

has_ecpg() {
    [ -x "$programs/start_ecpg" ]
}

# count PROGRAM ARGUMENT...: runs it under callgrind
count() {
    valgrind --tool=callgrind --callgrind-out-file="$work/callgrind" "$@" 2>"$work/valgrind.log" ||
        { cat "$work/valgrind.log" >&2; exit 1; }
}

# The lines of the counted run, the sum of its dump instead of its name.
count_workloads() {
    count --instr-atstart=no "$programs/queries_bench" count 20000 >"$work/counted"
    dump=0
    while IFS= read -r line; do
        dump=$((dump + 1))
        echo "$line;$(sed -n 's/^totals: *//p' "$work/callgrind.$dump")"
    done <"$work/counted"
}

count_starts() {
    for client in best tenon text ecpg; do
        [ -x "$programs/start_$client" ] || continue
        count "$programs/start_$client" >/dev/null
        case $client in
        best) name="libpq, best" ;;
        text) name="libpq, text" ;;
        ecpg) name=ECPG ;;
        *) name=$client ;;
        esac
        echo "count;start to first row;$name;1;$(sed -n 's/.*Collected : //p' "$work/valgrind.log")"
    done
}

# bytes FILE: its size, stripped
bytes() {
    strip -o "$work/stripped" "$1"
    wc -c <"$work/stripped"
}

# The library, and the program of examples/minimal with a static library, libpq apart.
sizes() {
    cmake -S "$root/runtime" -B "$work/shared" -DCMAKE_BUILD_TYPE=Release -DTENON_SHARED=ON >/dev/null
    cmake --build "$work/shared" >/dev/null
    printf 'libtenon.so, release, stripped: %d bytes\n' "$(bytes "$work/shared/libtenon.so")"
    "$build/tenon" generate --package notes --schema "$root/examples/minimal/schema.sql" \
        --queries "$root/examples/minimal/notes.sql" --out "$work/notes"
    # shellcheck disable=SC2046
    cc -std=c11 -D_POSIX_C_SOURCE=200809L -Os -ffunction-sections -fdata-sections \
        -Wl,--gc-sections -I"$work/notes" -I"$root/runtime/include" \
        $(pkg-config --cflags libpq) -o "$work/minimal" "$root/examples/minimal/main.c" \
        "$work"/notes/notes/*.c "$root"/runtime/src/*.c $(pkg-config --libs libpq) -pthread
    printf 'examples/minimal with libtenon in it, -Os, stripped: %d bytes\n' \
        "$(bytes "$work/minimal")"
}

# Where tenon's instructions go, from the lines of the counted run.
profile() {
    dump=0
    while IFS=\; read -r _ workload client operations _; do
        dump=$((dump + 1))
        callgrind_annotate --threshold=100 --auto=no "$work/callgrind.$dump" >"$work/annotated"
        case $client in
        "libpq, best") mv "$work/annotated" "$work/best" ;;
        tenon)
            awk -v name="$workload" -v operations="$operations" -f "$here/profile.awk" \
                "$work/best" "$work/annotated"
            ;;
        esac
    done
}

has_ecpg || echo "ECPG is left out: this was built without it (libecpg-dev)" >&2
case $mode in
smoke)
    fill 2000
    "$programs/queries_bench" check 2000
    "$programs/queries_bench" cpu 500 1 1 "$programs/start_" >"$work/measured"
    awk -f "$here/table.awk" "$work/measured"
    ;;
profile)
    fill 20000
    count_workloads >"$work/measured"
    profile <"$work/measured"
    ;;
*)
    fill 100000
    "$programs/queries_bench" check 100000
    "$programs/queries_bench" cpu 100000 "${ROUNDS:-7}" 100 "$programs/start_" >"$work/measured"
    count_workloads >>"$work/measured"
    count_starts >>"$work/measured"
    awk -f "$here/table.awk" "$work/measured"
    sizes
    ;;
esac
