# shellcheck shell=sh
# The test of the tutorial: built without a database, run without one.
# shellcheck disable=SC2086
cc $CFLAGS -Ibuild/todo_db.tenon tasks_test.c build/libtodo_db.a $LIBS -o tasks_test
./tasks_test

# The first screen: its SQL gives its C, and its mistake gives its message.
mkdir -p first/queries
cd first || exit
block() {
    awk -v fence="\`\`\`$1" '$0 == fence { on = 1; next } on && /^```$/ { exit } on' \
        "$TENON_ROOT/README.md"
}
one_line() {
    tr -s ' \n' ' ' | sed 's/( /(/g'
}
block sql | sed '/^-- name/,$d' >schema.sql
block sql | sed -n '/^-- name/,$p' >queries/orders.sql
tenon generate --package ledger --schema schema.sql --queries queries --out gen
block c | sed -n '1,/^}/p' >wanted
sed -n '/^typedef struct ledger_orders_row {/,/^}/p' gen/ledger/models.h | diff wanted -
prototype=$(block c | sed '1,/^\/\*\*/d' | one_line)
one_line <gen/ledger/orders.h | grep -qF "$prototype"
sed 's/id = @id/simbol = @symbol/' queries/orders.sql >mistake
mv mistake queries/orders.sql
sed -n '/^queries\/orders.sql.*simbol/,/^```/p' "$TENON_ROOT/README.md" | sed '$d' >wanted
if tenon check --schema schema.sql --queries queries 2>message; then exit 1; fi
diff wanted message
