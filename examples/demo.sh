#!/bin/sh
# Installs what is missing, builds, generates C from schema/ and queries/, starts a throw-away
# PostgreSQL, migrates it, runs the worker against it and shows what it left in the database.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tests/support/setup.sh
. "$root/tests/support/setup.sh"
# shellcheck disable=SC2086
need_packages $build_packages

build=${BUILD_DIR:-$root/build/demo}
echo "Building in ${build#"$root"/}"
mkdir -p "$build"
{
    cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTENON_BUILD_TESTS=OFF
    cmake --build "$build" -j "$(nproc 2>/dev/null || echo 2)"
} >"$build/log" 2>&1 || {
    cat "$build/log" >&2
    exit 1
}

# shellcheck source=tests/support/server.sh
. "$root/tests/support/server.sh"
trap server_stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
server_start

echo
echo '$ tenon migrate apply && worker CONNINFO'
DATABASE_URL=$server_conninfo TENON=$build/tenon WORKER=$build/examples/worker/worker \
    "$root/examples/start.sh"

echo
echo '$ psql: the orders in the database'
"$server_bin/psql" -X -d "$server_conninfo" -P pager=off -c '
SELECT left(id::text, 8) AS id, symbol, side, type, quantity_base, price_quote, status,
       exchange_order_id
FROM orders ORDER BY created_at, id'
