#!/bin/sh
# Every code of diag_codes.def has a section in docs/diagnostics.md, and every section a code, and
# some test shows it; every link of the manual leads to a page and, if it has one, its heading.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sed -n 's/^DIAG("\(PL[0-9]*\)".*/\1/p' generator/support/diag_codes.def | sort >"$work/codes"
sed -n 's/^### \(PL[0-9]*\)$/\1/p' docs/diagnostics.md | sort >"$work/sections"
diff "$work/codes" "$work/sections"

status=0
sed -n 's/^DIAG("\(PL[0-9]*\)", "lint \([a-z-]*\).*/\2/p; s/^DIAG("\(PL[0-9]*\)".*/\1/p' \
    generator/support/diag_codes.def >"$work/names"
while read -r name; do
    if ! grep -rqF -e "$name" tests --include=stderr.txt --include='*.c' --include='*.sh'; then
        echo "no test shows $name"
        status=1
    fi
done <"$work/names"

# The anchor of a heading, as code hosts make it.
has_heading() {
    sed -n 's/^##* //p' "$1" | tr 'A-Z ' 'a-z-' | tr -cd 'a-z0-9_\n-' | grep -qx -- "$2"
}
for page in README.md CONTRIBUTING.md docs/*.md; do
    # shellcheck disable=SC2013 # one word a line
    for link in $(grep -o '](\([a-z/_]*\.md\)\?\(#[a-z0-9_-]*\)\?)' "$page" |
        sed 's/](\(.*\))/\1/' | sort -u); do
        file=${link%%#*}
        target=$(dirname "$page")/$file
        [ -n "$file" ] || target=$page
        if [ ! -f "$target" ]; then
            echo "$page: no file $link"
            status=1
        elif [ "$file" != "$link" ] && ! has_heading "$target" "${link#*#}"; then
            echo "$page: no heading $link"
            status=1
        fi
    done
done
exit $status
