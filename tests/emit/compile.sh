#!/bin/sh
# Every generated .c compiles without a warning with gcc and clang, every .h alone as C11 and C++17,
# and no text of a schema has become code.
#
#   compile.sh WRITE_PACKAGES RUNTIME_INCLUDE
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
strict="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"

"$1" "$work"
cd "$work"
for file in */*.c; do
    # shellcheck disable=SC2086
    {
        gcc -std=c11 $strict -I"$2" -I. -O1 -c "$file" -o object.o
        clang -std=c11 $strict -Wno-unused-command-line-argument -fsyntax-only -I"$2" -I. "$file"
    }
    if nm object.o | grep -w pwned; then
        echo "$file: text became code" >&2
        exit 1
    fi
done
for file in */*.h; do
    # shellcheck disable=SC2086
    {
        gcc -x c -std=c11 $strict -fsyntax-only -I"$2" -I. - <"$file"
        g++ -x c++ -std=c++17 $strict -fsyntax-only -I"$2" -I. - <"$file"
    }
done
