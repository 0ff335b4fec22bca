#!/bin/sh
# Writes the seeds of the fuzz targets, made from the cases of the other tests.
#
#   seeds.sh OUT        OUT/compile, OUT/statement, OUT/config, OUT/decode
set -eu

out=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$out/compile" "$out/statement" "$out/config" "$out/decode"

# One statement a file, each with the name of its schema.
for schema in "$root"/tests/agree/cases/*/schema.sql; do
    folder=$(dirname "$schema")
    case=$(basename "$folder")
    for script in "$folder"/*.sql; do
        [ "$script" = "$schema" ] && continue
        awk -v case="$case" -v prefix="$out/statement/$case-$(basename "$script" .sql)" '
            !/^--/ { text = text $0 "\n" }
            /;$/ && text != "" {
                sub(/;\n$/, "", text)
                file = sprintf("%s-%03d", prefix, ++n)
                printf "-- schema: %s\n%s", case, text > file
                close(file)
                text = ""
            }' "$script"
        # The same by threes, annotated, behind their schema.
        awk -v schema="$schema" -v prefix="$out/compile/$case-$(basename "$script" .sql)" '
            function finish() {
                if (file) close(file)
                file = ""
            }
            !/^--/ { text = text $0 "\n" }
            /;$/ && text != "" {
                if (n++ % 3 == 0) {
                    finish()
                    file = sprintf("%s-%03d", prefix, n)
                    while ((getline line < schema) > 0) print line > file
                    close(schema)
                    print "----" > file
                }
                command = text ~ /RETURNING|^ *(SELECT|WITH|VALUES|TABLE)/ ? "many" : "exec"
                printf "-- name: Q%d :%s\n%s\n", n, command, text > file
                text = ""
            }' "$script"
    done
done

# Query files as they are, behind their schema.
join() {
    { cat "$2"; echo "----"; cat "$3"; } >"$out/compile/$1-$(basename "$3" .sql)"
}
for file in "$root"/queries/*.sql; do
    join ledger "$root/schema/ledger.sql" "$file"
done
for file in "$root"/tests/golden/cases/*/queries/*.sql; do
    folder=$(dirname "$(dirname "$file")")
    join "golden-$(basename "$folder")" "$folder/schema.sql" "$file"
done
for file in "$root"/tests/nulls/cases/*.sql "$root"/tests/nulls/lint.sql \
    "$root"/tests/nulls/cardinality.sql; do
    join nulls "$root/tests/nulls/schema.sql" "$file"
done
for file in "$root"/tests/schema/cases/*.sql; do
    { cat "$file"; echo "----"; } >"$out/compile/schema-$(basename "$file" .sql)"
done

cat >"$out/config/all" <<'YAML'
# everything
package: ledger
schema: [schema/ledger.sql]
queries:
  - queries/*.sql
out: generated
root: .
server_version: 15
repositories: true
fakes: no
renames:
  - {from: orders.class, to: kind}
overrides:
  - match: numeric
    c_type: price
    include: "<domain/price.h>"
    decode: price_decode
    encode: price_encode
YAML
printf 'unknown: 1\n' >"$out/config/unknown"
printf 'int32\n\001\002\003\004' >"$out/decode/int32"
cat >"$out/config/sqlc" <<'YAML'
version: "2"
sql:
  - engine: postgresql
    schema: [schema.sql]
    queries: queries
YAML
