#!/bin/sh
# The servers of connect_test.c: sh connect_servers.sh DIRECTORY PRIMARY_PORT STANDBY_PORT
#
# A primary and its standby, each with a socket in DIRECTORY/primary and /standby. The primary also
# listens on 127.0.0.1 and 127.0.0.3, the standby on 127.0.0.1, both with TLS: the certificates are
# of the name db.test, signed by DIRECTORY/ca.crt, and the standby's has expired. Prints "ready",
# and "no openssl" before that where it cannot make certificates. Stops everything when its standard
# input ends. Exits with 77 where there is no server.
set -eu

here=$(dirname "$0")
# shellcheck source=tests/support/server.sh
. "$here/../support/server.sh"
dir=$1
primary_port=$2
standby_port=$3
server_bin=$(server_find_bin) || exit 77

stop_all() {
    for name in standby primary; do
        server_as_user "$server_bin/pg_ctl" -D "$dir/$name/data" -m immediate -s stop \
            >/dev/null 2>&1 || true
    done
    rm -rf "$dir"
}
trap stop_all EXIT
trap 'exit 1' HUP INT TERM

mkdir "$dir/primary" "$dir/standby"
[ "$(id -u)" -ne 0 ] || chown -R postgres "$dir"
chmod 755 "$dir"

sign() { # FILE OPTION...
    file=$1
    shift
    openssl x509 -req -in "$dir/server.csr" -CA "$dir/ca.crt" -CAkey "$dir/ca.key" -CAcreateserial \
        "$@" -out "$dir/$file" >/dev/null 2>&1
}

ssl=off
if command -v openssl >/dev/null 2>&1; then
    ssl=on
    for ca in ca other_ca; do
        openssl req -x509 -newkey rsa:2048 -nodes -keyout "$dir/$ca.key" -out "$dir/$ca.crt" \
            -subj "/CN=$ca" -days 2 >/dev/null 2>&1
    done
    openssl req -newkey rsa:2048 -nodes -keyout "$dir/server.key" -out "$dir/server.csr" \
        -subj /CN=db.test >/dev/null 2>&1
    sign server.crt -days 2
    # OpenSSL 3.4 has the options for it, and no longer the negative number.
    sign expired.crt -not_before 20200101000000Z -not_after 20210101000000Z ||
        sign expired.crt -days -1
    chmod 600 "$dir/server.key"
    [ "$(id -u)" -ne 0 ] || chown postgres "$dir"/server.key "$dir"/*.crt
else
    echo "no openssl"
fi

start() { # NAME ADDRESSES PORT CERTIFICATE
    server_as_user "$server_bin/pg_ctl" -D "$dir/$1/data" -l "$dir/$1/log" -w -s -o \
        "-c fsync=off -c listen_addresses=$2 -p $3 -k $dir/$1 -c ssl=$ssl \
         -c ssl_cert_file=$dir/$4 -c ssl_key_file=$dir/server.key" start >/dev/null
}

server_as_user "$server_bin/initdb" -D "$dir/primary/data" -U postgres -A trust -E UTF8 \
    --locale=C --no-sync >/dev/null 2>&1
cat >"$dir/primary/data/pg_hba.conf" <<'HBA'
local replication all trust
local all all trust
host all secretive 127.0.0.1/32 scram-sha-256
host all nobody 127.0.0.1/32 reject
host all all 127.0.0.0/8 trust
HBA
start primary 127.0.0.1,127.0.0.3 "$primary_port" server.crt
server_as_user "$server_bin/psql" -q -h "$dir/primary" -p "$primary_port" -U postgres -c \
    "CREATE ROLE secretive LOGIN PASSWORD 'right'" -c "CREATE ROLE crowded LOGIN CONNECTION LIMIT 0"
server_as_user "$server_bin/pg_basebackup" -h "$dir/primary" -p "$primary_port" -U postgres -R \
    -D "$dir/standby/data" -c fast
start standby 127.0.0.1 "$standby_port" expired.crt

echo "ready"
cat >/dev/null
