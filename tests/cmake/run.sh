#!/bin/sh
# What tenon_generate() promises, in a project of a user's.
#
#   run.sh installed GENERATOR BUILD [SANITIZERS]   against an installed copy, outside the tree
#   run.sh subdirectory SOURCE                      by add_subdirectory, in parallel
#   run.sh pkg-config BUILD [SANITIZERS]            the runtime by pkg-config alone
#   run.sh runtime-only SOURCE                      the runtime without the generator, shared
#   run.sh cross SOURCE TENON                       the runtime alone, and a program of the host
#   run.sh no-libpq LIBRARY                         the generator's library needs no libpq
#   run.sh refused BUILD                            mistakes in a call, said at configure time
#   run.sh make-example BUILD [SANITIZERS]          the Makefile of docs/install.md
#   run.sh meson-example BUILD [SANITIZERS]         its meson.build
#   run.sh deb BUILD                                the Debian package
#
# What a machine has no tool for is skipped: status 77.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/support/page.sh
. "$here/../support/page.sh"
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

# What is installed may be moved as a whole.
install_tenon() {
    cmake --install "$1" --prefix "$work/staged" >"$work/log" 2>&1 || fail "installation"
    mv "$work/staged" "$work/prefix"
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
    # The folder is one deeper, as where Debian keeps the libraries of each architecture.
    cmake -S "$1" -B "$work/build" -G Ninja -DTENON_RUNTIME_ONLY=ON -DTENON_SHARED=ON \
        -DCMAKE_INSTALL_LIBDIR=lib/some-arch >"$work/log" 2>&1 || fail "configure"
    build -j 2 || fail "build"
    [ ! -e "$work/build/tenon" ] || fail "the generator was built as well"
    check_pkg_config "$work/build"
    mv "$work/prefix" "$work/staged"
    xargs -d '\n' rm <"$work/build/install_manifest.txt" || fail "removal by the manifest"
    [ -z "$(find "$work/staged" ! -type d)" ] || fail "the manifest does not name every file"
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

# refuse LANGUAGES ARGUMENTS SENTENCE: what configuring a project with such a call says.
refuse() {
    {
        echo 'cmake_minimum_required(VERSION 3.20)'
        echo "project(consumer LANGUAGES $1)"
        echo 'find_package(tenon 1 REQUIRED)'
        echo "tenon_generate(shop_db $2)"
    } >"$work/consumer/CMakeLists.txt"
    ! cmake -S "$work/consumer" -B "$work/build-$1" -DCMAKE_PREFIX_PATH="$work/prefix" \
        >"$work/log" 2>&1 || fail "configured with $1: $2"
    tr -s ' \n' ' ' <"$work/log" | grep -qF -- "$3" || fail "$1: $2: no '$3'"
}

check_refused() {
    install_tenon "$1"
    keywords='the keywords are PACKAGE, MIGRATIONS, SCHEMA, QUERIES, RENAMES, OVERRIDES, REPOSITORIES, FAKES'
    said='tenon_generate(shop_db):'
    gone=$work/consumer/gone.sql
    refuse C 'PACKAGE shop SCHEMA gone.sql QUERIES queries' "$said $gone of SCHEMA does not exist"
    refuse C 'PACKAGE shop SCHEMA schema.sql QUERIES queries/items.sql gone.sql' \
        "$said $gone of QUERIES does not exist"
    refuse C 'PACKAGE shop SCHEMA schema.sql QUERIES queries MIGRATIONS gone.sql' \
        "$said $gone of MIGRATIONS does not exist"
    refuse C 'PACKAGE shop SCHEMA schema.sql QUERIES queries/*.sql' \
        "$said QUERIES takes files and directories, not a pattern as queries/*.sql; name the directory"
    refuse C 'PACKAGE shop SCHEMAS schema.sql QUERIES queries' "$said unknown argument SCHEMAS; $keywords"
    refuse C 'PACKAGE shop SCHEMA schema.sql QUERYS queries' "$said unknown argument QUERYS; $keywords"
    refuse C 'PACKAGE shop SCHEMA schema.sql QUERIES queries RENAMES a=b FAKE' \
        "$said unknown argument FAKE; $keywords"
    refuse C 'PACKAGE SCHEMA schema.sql QUERIES queries' "$said PACKAGE is without a value"
    refuse C 'PACKAGE shop SCHEMA QUERIES queries' "$said SCHEMA is without a value"
    refuse C 'PACKAGE shop SCHEMA schema.sql QUERIES queries RENAMES FAKES' \
        "$said RENAMES is without a value"
    refuse C 'PACKAGE shop SCHEMA schema.sql' "$said QUERIES is missing"
    refuse CXX 'PACKAGE shop SCHEMA schema.sql QUERIES queries' \
        "$said the project has no C; write project(consumer LANGUAGES C"
    refuse NONE 'PACKAGE shop SCHEMA schema.sql QUERIES queries' \
        'the project has no C; write project(consumer LANGUAGES C'
}

# A schema that the build makes is not there when CMake looks for it.
check_made() {
    cat >"$work/consumer/CMakeLists.txt" <<"END"
cmake_minimum_required(VERSION 3.20)
project(consumer LANGUAGES C)
find_package(tenon 1 REQUIRED)
set(made ${CMAKE_CURRENT_BINARY_DIR}/made.sql)
add_custom_command(OUTPUT ${made} DEPENDS schema.sql
  COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/schema.sql ${made})
tenon_generate(shop_db PACKAGE shop SCHEMA ${made} QUERIES queries)
END
    cmake -S "$work/consumer" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/prefix" \
        >"$work/log" 2>&1 || fail "configure with a schema that is made"
    build --target shop_db_sql || fail "build of a schema that is made"
}

need() {
    for tool in "$@"; do
        command -v "$tool" >/dev/null || {
            echo "skipped: no $tool" >&2
            exit 77
        }
    done
}

# The example of docs/install.md in $work/app, and an installed tenon that its tools find.
example() {
    install_tenon "$1"
    PATH=$work/prefix/bin:$PATH
    PKG_CONFIG_PATH=$(dirname "$(find "$work/prefix" -name tenon.pc)")
    CFLAGS=$(flags_for "${2:-}")
    LDFLAGS=$CFLAGS
    export PATH PKG_CONFIG_PATH CFLAGS LDFLAGS
    mkdir "$work/steps" "$work/app"
    page_steps "$here/../../docs/install.md" "$work/steps"
    cd "$work/app"
    sh -e "$work/steps/01.sh" || fail "the files of the example"
}

# check_example BUILD UP_TO_DATE: commands that build the example, and that tell whether it is built.
check_example() {
    $1 >"$work/log" 2>&1 || fail "first build"
    [ "$(build/app)" = 'tenon 10000: a lamp' ] || fail "the program runs"
    $2 || fail "something is left to do after the first build"

    sleep 1.1
    touch queries/items.sql
    $1 >"$work/log" 2>&1 || fail "build after a query was touched"
    ! grep -q 'main\.c$\|items\.c$' "$work/log" || fail "a touched query compiled something"
    $2 || fail "something is left to do after a query was touched"

    sleep 1.1
    sed -i 's/WHERE id = @id/WHERE @id = id/' queries/items.sql
    $1 >"$work/log" 2>&1 || fail "build after a query was edited"
    grep -q 'items\.c$' "$work/log" || fail "an edited query did not compile its file"
    ! grep -q 'main\.c$' "$work/log" || fail "an edited query compiled what does not see it"
    $2 || fail "something is left to do after a query was edited"

    sleep 1.1
    echo 'ALTER TABLE items ADD price bigint;' >>schema/items.sql
    $1 >"$work/log" 2>&1 || fail "build after the schema was edited"
    grep -q 'main\.c$' "$work/log" || fail "an edited schema did not compile what includes it"

    sleep 1.1
    sed -i 's/SELECT \*/SELECT titel/' queries/items.sql
    ! $1 >"$work/log" 2>&1 || fail "a wrong query did not fail the build"
    grep -q 'queries/items.sql:5:8: error: column "titel" does not exist \[42703\]' "$work/log" ||
        fail "the error has no file:line:col"
}

# What make says of itself is translated; its status is not.
make_is_done() {
    make -q >/dev/null
}

ninja_is_done() {
    ninja -C build -n | grep -q 'no work to do'
}

check_make_example() {
    need make pkg-config
    example "$@"
    check_example make make_is_done
    make clean >"$work/log" 2>&1 || fail "make clean"
    [ ! -e build ] || fail "make clean leaves something"
}

check_meson_example() {
    need meson ninja pkg-config
    example "$@"
    meson setup build >"$work/log" 2>&1 || fail "meson setup"
    check_example 'ninja -v -C build' ninja_is_done
}

check_deb() {
    need cpack dpkg-deb dpkg-shlibdeps
    cpack -G DEB --config "$1/CPackConfig.cmake" -B "$work" >"$work/log" 2>&1 || fail "cpack"
    package=$(find "$work" -maxdepth 1 -name 'tenon_*.deb')
    dpkg-deb -f "$package" Depends | grep 'libpq-dev' | grep 'libc6 ' | grep -q 'libpq5 ' ||
        fail "what the package depends on"
    dpkg-deb -c "$package" >"$work/log" || fail "the list of the package"
    for file in bin/tenon include/tenon/tenon.h pkgconfig/tenon.pc cmake/tenon/tenonConfig.cmake \
        man/man1/tenon.1 doc/tenon/LICENSE doc/tenon/README.md doc/tenon/docs/install.md \
        doc/tenon/docs/review.svg; do
        grep -q " \./usr/.*$file\$" "$work/log" || fail "no $file in the package"
    done
    grep -q ' \./usr/lib/.*libtenon\.\(a\|so\)' "$work/log" || fail "no library in the package"
    ! grep ' \./' "$work/log" | grep -v ' \./\(usr/.*\)\?$' || fail "something is not below /usr"
    dpkg-deb -x "$package" "$work/root" || fail "the package unpacks"
    "$work/root/usr/bin/tenon" --version >"$work/log" 2>&1 || fail "the program runs"
    grep -q '^tenon 1\.' "$work/log" || fail "the program says its version"
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
refused)
    check_refused "$@"
    check_made
    ;;
make-example) check_make_example "$@" ;;
meson-example) check_meson_example "$@" ;;
deb) check_deb "$@" ;;
esac
