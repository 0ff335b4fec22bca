# shellcheck shell=sh
# Sourced by tests that run the program step by step, in folders of their own below $work, and compare
# what it says and leaves behind. $1 is the program; `exit $failed` ends the test.
tenon=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

failed=0
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
is_silent() { [ ! -s out ] && [ ! -s err ] || fail "$last: not silent"; }
has() { [ -e "$1" ] || fail "$last: no file $1"; }
has_not() { [ ! -e "$1" ] || fail "$last: file $1"; }

# fresh NAME: a new folder with a small project.
fresh() {
    mkdir "$work/$1"
    cd "$work/$1"
    mkdir schema queries
    echo 'CREATE TABLE notes (id bigint PRIMARY KEY, body text);' >schema/1.sql
    printf -- '-- name: FindNote :opt\nSELECT * FROM notes WHERE id = @id;\n' >queries/notes.sql
    : >out
    : >err
}
