# shellcheck shell=sh
# Sourced: a throw-away PostgreSQL for scripts.
#
#   server_start     sets server_conninfo and server_bin
#   server_stop      stops it and removes every file of it
#
# It listens on a unix socket in a temporary directory only. TENON_PG_BIN chooses the binaries.
# PostgreSQL refuses to run as root; root becomes the user postgres for it.

server_find_bin() {
    if [ -n "${TENON_PG_BIN:-}" ]; then
        echo "$TENON_PG_BIN"
        return
    fi
    for dir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5 -rn); do
        if [ -x "$dir/initdb" ]; then
            echo "$dir"
            return
        fi
    done
    if command -v initdb >/dev/null 2>&1; then
        dirname "$(command -v initdb)"
        return
    fi
    echo "No PostgreSQL server here: install it or set TENON_PG_BIN" >&2
    return 1
}

server_as_user() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

server_start() {
    server_bin=$(server_find_bin)
    server_dir=$(mktemp -d "${TMPDIR:-/tmp}/tenon-server.XXXXXX")
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres "$server_dir"
    fi
    server_as_user "$server_bin/initdb" -D "$server_dir/data" -U postgres -A trust -E UTF8 \
        --locale=C --no-sync >"$server_dir/initdb.log" 2>&1
    server_as_user "$server_bin/pg_ctl" -D "$server_dir/data" -l "$server_dir/server.log" -w -s \
        -o "-c fsync=off -c listen_addresses= -k $server_dir -p 5432" start >/dev/null
    # shellcheck disable=SC2034
    server_conninfo="host=$server_dir port=5432 user=postgres dbname=postgres"
}

server_stop() {
    [ -n "${server_dir:-}" ] || return 0
    server_as_user "$server_bin/pg_ctl" -D "$server_dir/data" -m immediate -s stop >/dev/null 2>&1 ||
        true
    rm -rf "$server_dir"
}
