#!/usr/bin/env bash
# Builds the fuzz targets and runs each of them for so many minutes.
#
#   run.sh MINUTES [TARGET...]      compile, statement, config, answer, decode
#
# BUILD_DIR chooses the build folder (build/fuzz). The corpus grows in BUILD_DIR/corpus; findings go
# to BUILD_DIR/findings. Exits with 1 when there is a finding.
set -euo pipefail

minutes=$1
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD_DIR:-$root/build/fuzz}
here=$root/tests/fuzz

cmake -S "$root" -B "$build" -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DTENON_FUZZ=ON -DTENON_BUILD_EXAMPLES=OFF >/dev/null
cmake --build "$build" --target fuzz_compile fuzz_statement fuzz_config fuzz_answer fuzz_decode \
    fuzz_replay
"$here/seeds.sh" "$build/seeds"

# Deep trees take more stack than usual, as they get it from `tenon`.
ulimit -s unlimited 2>/dev/null || ulimit -s "$(ulimit -H -s)"
status=0
[ $# -gt 0 ] || set -- compile statement config answer decode
for name in "$@"; do
    corpus=$build/corpus/$name
    findings=$build/findings/$name
    mkdir -p "$corpus" "$findings"
    log=$build/$name.log
    longest=4096
    [ "$name" = compile ] && longest=3000 # large schemas are slow
    echo "== $name: $minutes minutes"
    "$build/tests/fuzz/fuzz_$name" -max_total_time=$((minutes * 60)) -timeout=30 \
        -rss_limit_mb=4096 -max_len=$longest -len_control=0 -entropic=0 -detect_leaks=0 \
        -print_final_stats=1 -artifact_prefix="$findings/" \
        "$corpus" "$build/seeds/$name" >"$log" 2>&1 || status=1
    # Leaks are looked for once, at the end of the replay, not behind each execution.
    find "$corpus" -type f -exec "$build/tests/fuzz/fuzz_replay" {} + >"$log.replay" 2>&1 ||
        status=1
    sed -n 's/^stat::number_of_executed_units: */executions: /p' "$log"
    grep -aE '^SUMMARY|tests/fuzz/.*: .*: ' "$log" "$log.replay" || true
    ls "$findings"
done
exit $status
