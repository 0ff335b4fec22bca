#!/bin/sh
# What the manual says against the tables that the program is made of, row by row; and every link of
# the manual leads to a page and, if it has one, its heading.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

status=0
complain() {
    echo "$1"
    status=1
}

# Arguments of the rows of a .def file: `rows FILE DIAG 1` prints the first one of each DIAG(…).
rows() {
    sed -n "s/^$2(\(.*\)$/\1/p" "$1" | cut -d, -f"$3" | tr -d ' ")'
}
codes=generator/support/diag_codes.def

{ rows $codes DIAG 1; rows $codes LINT 3; } | sort >"$work/codes"
sed -n 's/^### \(PL[0-9]*\)$/\1/p' docs/diagnostics.md | sort >"$work/sections"
diff "$work/codes" "$work/sections" || complain "docs/diagnostics.md: not one section for each code"

# A lint is shown by its name, so its section begins with that.
rows $codes LINT 2,3 | tr , ' ' >"$work/lints"
while read -r name code; do
    sed -n "/^### $code\$/{n;p}" docs/diagnostics.md | grep -q "^\`$name\`:" ||
        complain "docs/diagnostics.md: the section $code does not begin with \`$name\`:"
done <"$work/lints"

{ rows $codes DIAG 1; rows $codes LINT 2; } >"$work/names"
while read -r name; do
    grep -rqF -e "$name" tests --include=stderr.txt --include='*.c' --include='*.sh' ||
        complain "no test shows $name"
done <"$work/names"

# What the compiler cannot see: a code is a string where it is used.
rows $codes DIAG 1 | sort >"$work/own"
grep -rhoE --include='*.[ch]' '"PL[0-9]+"' generator | tr -d '"' | sort -u >"$work/used"
diff "$work/own" "$work/used" || complain "diag_codes.def: not one row for each code that is used"

# The types, by PostgreSQL's names and in C.
grep '^| ' docs/types.md >"$work/types"
sed -n 's/^TYPE[A-Z_]*(\([a-z0-9_]*\), "\([^"]*\)".*/\1\n\2/p' generator/emit/types.def |
    sort -u >"$work/forms"
while read -r name; do
    grep -qF -e "\`$name\`" -e "\`\"$name\"\`" "$work/types" ||
        complain "docs/types.md: no $name in the table"
done <"$work/forms"

# The commands of annotations, which the schema of the JSON lists too.
commands=generator/ir/commands.def
for kind in COMMAND SYNONYM REFUSED; do
    rows $commands $kind 2 | tr -d '"'
done >"$work/commands"
while read -r name; do
    grep -q "^| \`:$name\` |\|sqlc's \`:$name\`" docs/annotations.md ||
        complain "docs/annotations.md: no line about :$name"
    grep -q "\"$name\"" docs/ir.schema.json || complain "docs/ir.schema.json: no \"$name\""
done <"$work/commands"

{
    rows generator/config/commands.def COMMAND 2
    rows generator/config/commands.def VERB 2,3 | tr , ' '
} >"$work/programs"
while read -r name; do
    grep -q "^| \`tenon ${name}[ \`]" README.md || complain "README.md: no line about tenon $name"
done <"$work/programs"

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
            complain "$page: no file $link"
        elif [ "$file" != "$link" ] && ! has_heading "$target" "${link#*#}"; then
            complain "$page: no heading $link"
        fi
    done
done
exit $status
