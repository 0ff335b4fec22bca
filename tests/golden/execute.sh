#!/bin/sh
# Runs what a golden case expects: its main.c with the expected C, against a server.
#
#   execute.sh [--accept] LIBTENON RUNTIME_INCLUDE CFLAGS CASE...
#
# A case with a main.c gets a database with its schema; what the program prints is stdout.txt. The
# server is the one that libpq's environment variables name.
set -eu

accept=
if [ "$1" = --accept ]; then
    accept=yes
    shift
fi
library=$1
include=$2
flags=$3
shift 3

root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/support/server.sh
. "$root/tests/support/server.sh"
bin=$(server_find_bin) || exit 77
work=$(mktemp -d)
database=golden_$$
# shellcheck disable=SC2317 # called by the trap
finish() {
    "$bin/dropdb" --if-exists --force "$database" >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

status=0
for case in "$@"; do
    [ -f "$case/main.c" ] || continue
    "$bin/createdb" --template=template0 --encoding=UTF8 --locale=C "$database"
    "$bin/psql" -X -q -v ON_ERROR_STOP=1 -d "$database" -f "$case/schema.sql"
    # shellcheck disable=SC2086
    cc -std=c11 -Wall -Wextra -Wpedantic -Wconversion -Werror $flags -I"$include" \
        -I"$case/expect" "$case/main.c" "$case"/expect/*/*.c "$library" -lpq -lpthread \
        -o "$work/program"
    PGDATABASE=$database "$work/program" >"$work/stdout.txt" || status=1
    if [ -n "$accept" ]; then
        cp "$work/stdout.txt" "$case/stdout.txt"
    else
        diff -u "$case/stdout.txt" "$work/stdout.txt" || status=1
    fi
    "$bin/dropdb" --force "$database"
done
exit $status
