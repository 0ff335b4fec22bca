#!/bin/sh
# The lint implicit-cast-defeats-index against the server's planner: for each pair of types, a column
# with an index is compared with a value, and where the planner cannot use the index the lint must
# say so, and nowhere else.
#   index_lint.sh TENON
set -eu
# shellcheck source=tests/verify/server_cli.sh
. "$(dirname "$0")/server_cli.sh"

types='int2 int4 int8 numeric float4 float8 text varchar(10) char(5) date timestamp timestamptz time
    timetz interval inet cidr oid regclass money bit(3) varbit uuid posint mood'

{
    echo "CREATE DOMAIN posint AS int4 CHECK (VALUE > 0);"
    echo "CREATE TYPE mood AS ENUM ('good', 'bad');"
    echo "CREATE TABLE t (id bigint);"
    for type in $types; do
        column=c_${type%%(*}
        echo "ALTER TABLE t ADD $column $type; CREATE INDEX ON t ($column);"
    done
} >schema.sql
sql -d "$database" -f schema.sql

# Pairs that have no operator are the server's to refuse.
echo 'SET enable_seqscan TO off; SET enable_bitmapscan TO off;' >explain.sql
for type in $types; do
    for other in $types; do
        column=c_${type%%(*}
        name=${column}_${other%%(*}
        printf '\\echo @ %s %s %s\n' "$name" "$column" "$other"
        echo "EXPLAIN (COSTS OFF) SELECT id FROM t WHERE $column = (SELECT NULL::$other);"
    done
done >>explain.sql
psql -XqAt -d "$database" -f explain.sql >plans 2>&1
awk '$1 == "@" { if (name && !bad) print name, used, column, other
                 name = $2; column = $3; other = $4; used = 0; bad = 0 }
     /ERROR/ { bad = 1 }
     /Index Cond/ { used = 1 }
     END { if (!bad) print name, used, column, other }' plans >pairs

while read -r name used column other; do
    printf -- '-- name: Q_%s :many\nSELECT id FROM t WHERE %s = $1::%s;\n' "$name" "$column" "$other"
done <pairs >queries.sql
run 0 check --schema schema.sql --queries queries.sql --format json
grep -q implicit-cast-defeats-index out || fail 'no pair is warned of'
sed -n '/"lint": "implicit-cast-defeats-index"/{n;s/.*"Q_\(.*\)".*/\1/p}' out | sort -u >warned
awk '$2 == 0 { print $1 }' pairs | sort -u >expected
diff expected warned || fail 'the lint and the planner differ'
[ "$(wc -l <pairs)" -gt 100 ] || fail 'too few pairs'

exit $failed
