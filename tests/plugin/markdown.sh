#!/bin/sh
# The example of a plug-in makes the page about the ledger that is beside it: markdown.sh TENON
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
example=$root/examples/plugins/markdown
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$1" generate --package ledger --schema "$root/schema" --queries "$root/queries" --root "$root" \
    --out "$work" --plugins-only --plugin "'$example/markdown.py'"
[ "$(ls "$work")" = ledger.md ]
diff -u "$example/ledger.md" "$work/ledger.md"

# It refuses a document of another version.
if sed 's/"version": 1/"version": 2/' <<END | "$example/markdown.py" >"$work/out" 2>&1; then
{"version": 1}
END
    exit 1
fi
grep -q 'knows version 1, not 2' "$work/out"
