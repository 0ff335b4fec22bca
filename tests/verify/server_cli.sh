# Sourced by the scripts beside it, with TENON as $1: a folder and a database of their own on the
# server that libpq's environment variables name, and checks on what the program says.
# shellcheck shell=sh disable=SC2034
tenon=$(realpath "$1")
work=$(mktemp -d)
database=tenon_cli_$$
failed=0

sql() {
    psql -XqAt -v ON_ERROR_STOP=1 "$@"
}

if ! sql -d postgres -c 'SELECT 1' >/dev/null 2>&1; then
    echo "skipped: no server"
    rm -rf "$work"
    exit 77
fi

# shellcheck disable=SC2317 # called by the trap
clean_up() {
    rm -rf "$work"
    sql -d postgres -c "DROP DATABASE IF EXISTS $database" 2>/dev/null || true
}
trap clean_up EXIT
cd "$work" || exit
sql -d postgres -c "CREATE DATABASE $database TEMPLATE template0"
url="dbname=$database"

fail() {
    echo "FAILED: $*"
    sed 's/^/    /' out err
    failed=1
}

# run STATUS ARGUMENT...: runs the program, keeps its output in `out` and `err`.
run() {
    wanted=$1
    shift
    found=0
    "$tenon" "$@" >out 2>err || found=$?
    last="tenon $*"
    [ "$found" = "$wanted" ] || fail "$last: status $found, not $wanted"
}
says() { grep -qF -- "$1" out || fail "$last: no '$1' on standard output"; }
says_not() { ! grep -qF -- "$1" out || fail "$last: '$1' on standard output"; }
complains() { grep -qF -- "$1" err || fail "$last: no '$1' on standard error"; }
