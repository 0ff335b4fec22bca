#!/bin/sh
# Runs the tutorial of README.md as a reader would: run.sh BUILD [SANITIZERS]
#
# A fenced block `file=PATH` is written to that file, `sh run` is run, and the `text output` behind
# it must be what was printed. Whatever else main.c of the tutorial needs is an installed tenon.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=tests/support/server.sh
. "$root/tests/support/server.sh"
work=$(mktemp -d)
finish() {
    server_stop
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
server_find_bin >/dev/null || exit 77

cmake --install "$1" --prefix "$work/prefix" >/dev/null
mkdir -p "$work/todo/queries" "$work/steps"

# Cuts the README into numbered steps: N.sh and N.output; files are written at once.
awk -v todo="$work/todo/" -v steps="$work/steps/" '
    /^```$/ { if (out) close(out); out = ""; next }
    /^```[a-z]* file=/ { out = todo substr($2, 6); next }
    /^```sh run$/ { out = sprintf("%s%02d.sh", steps, ++n); next }
    /^```text output$/ { out = sprintf("%s%02d.output", steps, n); next }
    out { print > out }
' "$root/README.md"

server_start
CONNINFO=$server_conninfo
PATH=$work/prefix/bin:$server_bin:$PATH
CMAKE_PREFIX_PATH=$work/prefix
export CONNINFO PATH CMAKE_PREFIX_PATH
if [ -n "${2:-}" ]; then
    CFLAGS="-fsanitize=$2"
    export CFLAGS
fi

cd "$work/todo"
for step in "$work"/steps/*.sh; do
    sh -e "$step" >"$work/printed" 2>&1 || {
        cat "$work/printed"
        exit 1
    }
    wanted=${step%.sh}.output
    # Of a build only the last lines are shown in the README.
    if [ -f "$wanted" ]; then
        tail -n "$(wc -l <"$wanted")" "$work/printed" | diff -u "$wanted" -
    fi
done

# shellcheck disable=SC2086
cc ${CFLAGS:-} -Ibuild/todo_db.tenon -I"$work/prefix/include" tasks_test.c build/libtodo_db.a \
    -L"$work/prefix/lib" -L"$(dirname "$(find "$work/prefix" -name 'libtenon*.a' | head -n 1)")" \
    -ltenon -lpq -o tasks_test
./tasks_test
