#!/bin/sh
# What tenon_generate() promises, in a project of a user's.
#
#   run.sh installed GENERATOR BUILD [SANITIZERS]   against an installed copy, outside the tree
#   run.sh subdirectory SOURCE                      by add_subdirectory, in parallel
#   run.sh pkg-config BUILD [SANITIZERS]            the runtime by pkg-config alone
#   run.sh runtime-only SOURCE                      the runtime without the generator, shared
#   run.sh cross SOURCE TENON                       the runtime alone, and a program of the host
#   run.sh no-libpq LIBRARY                         the generator's library needs no libpq
set -eu

here=$(cd "$(dirname "$0")" && pwd)
mode=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

fail() {
    echo "FAILED: $1" >&2
    cat "$work/log" >&2
    exit 1
}

build() {
    cmake --build "$work/build" "$@" >"$work/log" 2>&1
}

compiled() {
    grep -c 'Building C object' "$work/log" || true
}

expect_at_least() {
    [ "$(compiled)" -ge "$1" ] || fail "$2: compiled $(compiled) files, expected $1 or more"
}

expect_none() {
    [ "$(compiled)" -eq 0 ] || fail "$1: compiled $(compiled) files, expected none"
}

# Time stamps of some file systems are coarse.
edit() {
    sleep 1.1
    cat >"$work/consumer/$1"
}

install_tenon() {
    cmake --install "$1" --prefix "$work/prefix" >"$work/log" 2>&1 || fail "installation"
}

flags_for() {
    [ -z "${1:-}" ] || printf '%s' "-fsanitize=$1"
}

check_installed() {
    generator=$1
    install_tenon "$2"
    cmake -S "$work/consumer" -B "$work/build" -G "$generator" -DCMAKE_BUILD_TYPE=Debug \
        -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_C_FLAGS="$(flags_for "${3:-}")" \
        >"$work/log" 2>&1 || fail "configure"

    build -j 2 || fail "first build"
    expect_at_least 5 "first build"

    build || fail "no-op build"
    expect_none "no-op build"
    ! grep -q 'tenon:' "$work/log" || fail "a no-op build ran the generator"

    printf -- '-- name: FindItem :opt\nSELECT * /* all */ FROM items\n-- by its key\nWHERE id = @id;\n' |
        edit queries/items.sql
    build || fail "build after a comment was added"
    grep -q 'tenon:' "$work/log" || fail "an edited query did not run the generator"
    # The white space changed with the comment, so items.c may be new; a further comment is not.
    printf -- '-- name: FindItem :opt\nSELECT * /* everything */ FROM items\n-- by the key\nWHERE id = @id;\n' |
        edit queries/items.sql
    build || fail "build after a comment was edited"
    grep -q 'tenon:' "$work/log" || fail "an edited comment did not run the generator"
    expect_none "comment-only edit"
    build || fail "no-op build after a comment-only edit"
    ! grep -q 'tenon:' "$work/log" || fail "the stamp is not newer than its inputs"

    {
        echo 'CREATE TABLE items (id bigint PRIMARY KEY, title text NOT NULL, price bigint);'
        echo 'CREATE TABLE carts (id bigint PRIMARY KEY, item_id bigint NOT NULL REFERENCES items);'
    } | edit schema.sql
    build || fail "build after the schema was edited"
    expect_at_least 2 "edited schema"
    grep -q 'price' "$work/build/shop_db.tenon/shop/items.c" || fail "the new column is missing"

    printf -- '-- name: FindItem :opt\nSELECT titel FROM items WHERE id = @id;\n' |
        edit queries/items.sql
    ! build || fail "a broken query did not fail the build"
    grep -q 'queries/items.sql:2:8: error: column "titel" does not exist \[42703\]' "$work/log" ||
        fail "the error has no file:line:col"
    printf -- '-- name: FindItem :opt\nSELECT title FROM items WHERE id = @id;\n' |
        edit queries/items.sql
    build || fail "build after the query was mended"

    "$work/build/app" || fail "the program runs"
}

check_subdirectory() {
    cmake -S "$work/consumer" -B "$work/build" -G Ninja -DTENON_SOURCE="$1" \
        >"$work/log" 2>&1 || fail "configure"
    build -j 8 || fail "parallel build"
    "$work/build/other/other" || fail "the program runs"
}

check_pkg_config() {
    install_tenon "$1"
    PKG_CONFIG_PATH=$(dirname "$(find "$work/prefix" -name tenon.pc)")
    export PKG_CONFIG_PATH
    printf '#include <tenon/tenon.h>\nint main(void) { tenon_db_close(NULL); return 0; }\n' \
        >"$work/main.c"
    # shellcheck disable=SC2046
    cc $(flags_for "${2:-}") $(pkg-config --cflags tenon) "$work/main.c" -o "$work/main" \
        $(pkg-config --libs tenon) >"$work/log" 2>&1 || fail "compile and link"
    LD_LIBRARY_PATH="$(dirname "$PKG_CONFIG_PATH")" "$work/main" || fail "the program runs"
}

check_runtime_only() {
    cmake -S "$1" -B "$work/build" -G Ninja -DTENON_RUNTIME_ONLY=ON -DTENON_SHARED=ON \
        >"$work/log" 2>&1 || fail "configure"
    build -j 2 || fail "build"
    [ ! -e "$work/build/tenon" ] || fail "the generator was built as well"
    check_pkg_config "$work/build"
}

check_cross() {
    cmake -S "$work/consumer" -B "$work/build" -G Ninja -DTENON_SOURCE="$1" -DTENON_RUNTIME_ONLY=ON \
        >"$work/log" 2>&1 && fail "configured without a generator"
    tr -s ' \n' ' ' <"$work/log" | grep -q 'set TENON_EXECUTABLE' || fail "no advice"
    cmake -S "$work/consumer" -B "$work/build" -G Ninja -DTENON_EXECUTABLE="$2" \
        >"$work/log" 2>&1 || fail "configure"
    build -j 2 || fail "build"
    [ ! -e "$work/build/tenon/tenon" ] || fail "the generator was built as well"
    "$work/build/other/other" || fail "the program runs"
}

check_no_libpq() {
    nm -u "$1" >"$work/log" || fail "nm"
    grep -q ' pg_query' "$work/log" || fail "nm names what the library needs"
    ! grep ' PQ' "$work/log" || fail "the library needs libpq"
}

cp -r "$here/consumer" "$work/consumer"
shift
case $mode in
installed) check_installed "$@" ;;
subdirectory) check_subdirectory "$@" ;;
pkg-config) check_pkg_config "$@" ;;
runtime-only) check_runtime_only "$@" ;;
cross) check_cross "$@" ;;
no-libpq) check_no_libpq "$@" ;;
esac
