#!/bin/sh
# Builds a release and runs every benchmark: ratios and instruction counts, no pass or fail.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/support/setup.sh
. "$root/tests/support/setup.sh"
# shellcheck disable=SC2086
need_packages $build_packages $test_packages libecpg-dev

build=${BUILD_DIR:-$root/build/bench}
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build "$build" >/dev/null
for bench in "$root"/tests/bench/*/run.sh; do
    "$bench" "$build"
done
