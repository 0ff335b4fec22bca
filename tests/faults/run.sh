#!/bin/sh
# Breaks calls of generated code in every way that these tests know. Build first.
#
#   run.sh                              the sample that ctest runs
#   run.sh --long [SECONDS]             every point, and a soak of so many seconds (1800)
#   run.sh --long --part K/N            of the points the K-th of each N: for some at once
#   run.sh ... --seed N                 the sample and the soak of that seed
#
# BUILD_DIR names the build (build/dev). Seeds are printed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD_DIR:-$here/../../build/dev}

while [ $# -gt 0 ]; do
    case $1 in
    --long)
        TENON_FAULTS_LONG=1800
        case ${2:-} in
        [0-9]*)
            TENON_FAULTS_LONG=$2
            shift
            ;;
        esac
        export TENON_FAULTS_LONG
        ;;
    --part)
        TENON_FAULTS_PART=$2
        export TENON_FAULTS_PART
        shift
        ;;
    --seed)
        TENON_FAULTS_SEED=$2
        export TENON_FAULTS_SEED
        shift
        ;;
    *)
        echo "usage: run.sh [--long [SECONDS]] [--part K/N] [--seed N]" >&2
        exit 2
        ;;
    esac
    shift
done

# Each starts a server of its own, unless libpq's environment names one.
failed=0
for test in effect sweep lies flip memory socket server wire soak; do
    echo "=== $test"
    "$build/tests/faults/faults_$test" || failed=1
done
echo "=== tls"
"$here/tls.sh" "$build/tests/faults/faults_tls" || failed=1
exit $failed
