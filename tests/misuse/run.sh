#!/bin/sh
# Whether what is wrong does not compile, and what is right does, with each compiler that is installed:
#   run.sh TENON RUNTIME_INCLUDE CASES
# What the verdicts mean is said in CASES.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tenon=$1
include=$2
cases=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

"$tenon" generate --package app --schema "$here/schema.sql" --queries "$here/queries.sql" \
    --out "$work/gen"

# A file for each program, NNN.c or NNN.cc, whose first line is its verdict and title.
awk -v work="$work" '
function close_body() { if (file) { print "}" >file; close(file) } }
/^(c|cxx)\.[a-z]+: / {
    close_body()
    verdict = substr($1, 1, length($1) - 1)
    file = sprintf("%s/%03d%s.%s", work, ++n, verdict ~ /ok$/ ? ".ok" : "", \
                   verdict ~ /^cxx/ ? "cc" : "c")
    print "/* " $0 " */" >file
    print "#include <app/queries.h>" >file
    if (verdict ~ /^cxx/)
        print "#include <type_traits>\nvoid use(const void *);" >file
    else
        print "void use(const void *p);" >file
    printf "void program_%d(tenon_db *db, tenon_arena *mem);\n", n >file
    printf "void program_%d(tenon_db *db, tenon_arena *mem)\n{\n", n >file
    printf "    (void)db;\n    (void)mem;\n" >file
    next
}
/^    / { print >file }
END { close_body() }' "$cases"

status=0
strict="-Wall -Wextra -Wpedantic -Wconversion -Wshadow"

# judge WANTED COMPILER FILE FLAG...: whether it compiles: yes, no.
judge() {
    wanted=$1
    compiler=$2
    file=$3
    shift 3
    # shellcheck disable=SC2086
    if $compiler "$@" -c -I"$include" -I"$work/gen" -o "$work/object" "$file" >"$work/out" 2>&1; then
        found=yes
    else
        found=no
    fi
    [ "$found" != "$wanted" ] || return 0
    status=1
    echo "FAILED: $compiler $*: compiles: $found, wanted: $wanted"
    cat "$file" "$work/out"
}

# judge_program COMPILER FILE
judge_program() {
    case $(sed -n '1s|^/\* \([a-z]*\.[a-z]*\):.*|\1|p' "$2") in
    *.ok) ;; # all of them together
    c.plain) judge yes "$1" "$2" -Werror ;;
    c.warned) judge no "$1" "$2" -Werror ;;
    c.switch) judge no "$1" "$2" -Wswitch -Werror ;;
    *.error) judge no "$1" "$2" ;;
    c.loud)
        judge no "$1" "$2" -Werror
        case $1 in
        clang*) judge no "$1" "$2" ;;
        *) judge no "$1" "$2" -pedantic-errors ;;
        esac
        ;;
    *)
        echo "no verdict: $2" >&2
        exit 1
        ;;
    esac
}

# has COMPILER
has() {
    command -v "${1%% *}" >/dev/null 2>&1
}

cat "$work"/*.ok.c >"$work/all.c"
cat "$work"/*.ok.cc >"$work/all.cc"
n_compilers=0
for compiler in "gcc -std=c11" "gcc -std=c17" "gcc-14 -std=c11" "clang -std=c11" "clang -std=c17"; do
    # shellcheck disable=SC2086
    ! has "$compiler" || judge yes "$compiler" "$work/all.c" $strict -Werror
done
for compiler in "g++ -std=c++11" "g++ -std=c++17" "g++-14 -std=c++17" "clang++ -std=c++17"; do
    # shellcheck disable=SC2086
    ! has "$compiler" || judge yes "$compiler" "$work/all.cc" $strict -Werror
done
for compiler in "gcc -std=c11" "gcc-14 -std=c11" "clang -std=c11"; do
    has "$compiler" || continue
    n_compilers=$((n_compilers + 1))
    for file in "$work"/???.c; do
        judge_program "$compiler" "$file"
    done
done
for compiler in "g++ -std=c++17" "g++-14 -std=c++17" "clang++ -std=c++17"; do
    has "$compiler" || continue
    n_compilers=$((n_compilers + 1))
    for file in "$work"/???.cc; do
        judge_program "$compiler" "$file"
    done
done
[ "$n_compilers" -gt 0 ] || exit 77
exit $status
