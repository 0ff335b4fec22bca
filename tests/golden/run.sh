#!/bin/sh
# Golden cases: what goes in, what comes out, and that what comes out is good C.
#
#   run.sh [--accept] TENON RUNTIME_INCLUDE CASE...
#
# A case is a folder with schema.sql and queries/*.sql; `flags` holds more flags of generate, and
# with a file `check` it is `tenon check` that runs. What comes out is expect/ (the generated tree)
# and stderr.txt (errors, or the warnings of check). Accepting rewrites them. Every expected .c must compile without a warning with gcc and clang, and every .h
# alone, as C11 and as C++17.
set -eu

accept=
if [ "$1" = --accept ]; then
    accept=yes
    shift
fi
tenon=$1
include=$2
shift 2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
status=0
strict="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only"

# Runs generate in the folder of the case, so that paths are short and the same everywhere.
generate() {
    (
        cd "$1"
        if [ -f check ]; then
            "$tenon" check --schema schema.sql --queries queries/*.sql
            exit
        fi
        # shellcheck disable=SC2046
        "$tenon" generate --package shop --schema schema.sql --queries queries/*.sql \
            --out "$work/out" $(cat flags 2>/dev/null)
    )
}

compile() {
    for file in "$1"/*/*.c; do
        for cc in gcc clang; do
            # shellcheck disable=SC2086
            $cc -std=c11 $strict -I"$include" -I"$1" "$file"
        done
    done
    for file in "$1"/*/*.h; do
        # shellcheck disable=SC2086
        {
            gcc -x c -std=c11 $strict -Wno-error=pragmas -I"$include" -I"$1" - <"$file"
            g++ -x c++ -std=c++17 $strict -I"$include" -I"$1" - <"$file"
        }
    done
}

for case in "$@"; do
    rm -rf "$work/out" "$work/want"
    mkdir -p "$work/out" "$work/want"
    if generate "$case" 2>"$work/stderr.txt" && [ ! -f "$case/check" ]; then
        compile "$work/out" || status=1
    fi
    if [ -n "$accept" ]; then
        rm -rf "$case/expect" "$case/stderr.txt"
        [ ! -s "$work/stderr.txt" ] || cp "$work/stderr.txt" "$case/stderr.txt"
        [ -z "$(ls "$work/out")" ] || cp -r "$work/out" "$case/expect"
        continue
    fi
    [ ! -d "$case/expect" ] || cp -r "$case/expect/." "$work/want"
    diff -ru "$work/want" "$work/out" || status=1
    if [ -f "$case/stderr.txt" ]; then
        diff -u "$case/stderr.txt" "$work/stderr.txt" || status=1
    elif [ -s "$work/stderr.txt" ]; then
        cat "$work/stderr.txt"
        status=1
    fi
done
exit $status
