#!/bin/sh
# Nothing leaks and nothing is read before it is written: the program on the reference application,
# and the worker on a server.
#
#   tests/valgrind.sh BUILD      a build without sanitizers
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd)
# shellcheck source=tests/support/server.sh
. "$root/tests/support/server.sh"
work=$(mktemp -d)
finish() {
    server_stop
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

check() {
    valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite,possible \
        --errors-for-leak-kinds=definite,possible "$@" >/dev/null
}

cd "$root"
check "$build/tenon" generate --package ledger --schema schema/ledger.sql --queries queries/*.sql \
    --out "$work" --repositories --fakes
check "$build/tenon" describe --schema schema/ledger.sql --queries queries/*.sql
status=0
check "$build/tenon" check --schema tests/golden/cases/errors/schema.sql \
    --queries tests/golden/cases/errors/queries/orders.sql 2>"$work/errors" || status=$?
if [ $status -ne 1 ]; then # 1: the input says no; 9: valgrind does
    cat "$work/errors" >&2
    exit 1
fi

server_start
check "$build/examples/worker/worker" "$server_conninfo"
echo "valgrind has nothing to say"
