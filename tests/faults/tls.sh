#!/bin/sh
# Starts a server that speaks TLS on a port of 127.0.0.1 and on a unix socket, and runs the test
# program given.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/support/server.sh disable=SC1091
. "$here/../support/server.sh"

if ! server_find_bin >/dev/null || ! command -v openssl >/dev/null; then
    echo "skipped: it takes a PostgreSQL server and openssl" >&2
    exit 77
fi
server_start
trap server_stop EXIT
trap 'exit 1' INT TERM

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -keyout "$server_dir/server.key" -out "$server_dir/server.crt" >/dev/null 2>&1
[ "$(id -u)" -ne 0 ] || chown postgres "$server_dir/server.key" "$server_dir/server.crt"
chmod 600 "$server_dir/server.key"
server_as_user "$server_bin/pg_ctl" -D "$server_dir/data" -m fast -w -s stop

# A port that is free: the server says so by starting.
port=0
for try in 1 2 3 4 5 6 7 8; do
    port=$((20000 + ($$ * 7 + try * 1009) % 30000))
    if server_as_user "$server_bin/pg_ctl" -D "$server_dir/data" -l "$server_dir/server.log" -w -s \
        -o "-c fsync=off -c ssl=on -c ssl_cert_file=$server_dir/server.crt \
            -c ssl_key_file=$server_dir/server.key -c listen_addresses=127.0.0.1 \
            -k $server_dir -p $port" start >/dev/null; then
        break
    fi
    port=0
done
[ "$port" -ne 0 ] || exit 1
PGHOST=$server_dir PGPORT=$port PGUSER=postgres PGDATABASE=postgres TENON_FAULTS_TLS_PORT=$port "$@"
