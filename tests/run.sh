#!/bin/sh
# Installs what is missing, builds everything and runs every test.
#
#   tests/run.sh [CTEST-ARGUMENT...]     e.g. tests/run.sh -R golden
#
# BUILD_DIR chooses the build folder (build/tests), CMAKE_ARGS adds configure arguments.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tests/support/setup.sh
. "$root/tests/support/setup.sh"

# shellcheck disable=SC2086
need_packages $build_packages $test_packages

build=${BUILD_DIR:-$root/build/tests}
jobs=$(nproc 2>/dev/null || echo 2)

# shellcheck disable=SC2086
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug ${CMAKE_ARGS:-}
cmake --build "$build" -j "$jobs"
exec ctest --test-dir "$build" -j "$jobs" --output-on-failure "$@"
