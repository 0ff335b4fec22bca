#!/bin/sh
# Runs a page of the manual as a reader would: run.sh BUILD PAGE.md [SANITIZERS]
#
# From top to bottom, in a fresh folder with tenon installed: a fenced block `file=PATH` is written
# to that file, `sh run` is run, and the `text output` behind it must be the end of what was
# printed. What a page takes for granted is beside this script in a folder of its name: files that
# are there at the start, before.sh, which is run first, and after.sh, which is run last.
#
# Variables of the steps: TENON_ROOT (the source tree), CONNINFO (an empty database), and CFLAGS and
# LIBS for `cc $CFLAGS … $LIBS`.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
page=$2
name=$(basename "$page" .md)
# shellcheck source=tests/support/server.sh
. "$root/tests/support/server.sh"
# shellcheck source=tests/support/page.sh
. "$root/tests/support/page.sh"
work=$(mktemp -d)
finish() {
    server_stop
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
server_find_bin >/dev/null || exit 77

cmake --install "$1" --prefix "$work/prefix" >/dev/null
mkdir -p "$work/page" "$work/steps"
[ ! -d "$here/$name" ] || cp -r "$here/$name/." "$work/page"

page_steps "$root/$page" "$work/steps"
[ ! -f "$work/page/before.sh" ] || mv "$work/page/before.sh" "$work/steps/00.sh"
[ ! -f "$work/page/after.sh" ] || mv "$work/page/after.sh" "$work/steps/99.sh"

server_start
CONNINFO=$server_conninfo
PATH=$work/prefix/bin:$server_bin:$PATH
CMAKE_PREFIX_PATH=$work/prefix
TENON_ROOT=$root
LIBS="-L$(dirname "$(find "$work/prefix" -name 'libtenon*.a' | head -n 1)") -ltenon -lpq"
CFLAGS=
[ -z "${3:-}" ] || CFLAGS="-fsanitize=$3"
export CONNINFO PATH CMAKE_PREFIX_PATH TENON_ROOT LIBS CFLAGS

cd "$work/page"
for step in "$work"/steps/*.sh; do
    CFLAGS="$CFLAGS -std=c11 -Wall -Wextra -Werror -I$work/prefix/include" \
        sh -e "$step" >"$work/printed" 2>&1 || {
        echo "FAILED: $page: $(basename "$step")"
        cat "$step" "$work/printed"
        exit 1
    }
    wanted=${step%.sh}.output
    # Of a build only the last lines are shown in a page.
    if [ -f "$wanted" ]; then
        tail -n "$(wc -l <"$wanted")" "$work/printed" | diff -u "$wanted" - || {
            echo "FAILED: $page: what $(basename "$step") prints"
            exit 1
        }
    fi
done
