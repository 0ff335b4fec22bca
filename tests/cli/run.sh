#!/bin/sh
# Runs the program in a folder of its own, step by step, and compares what it says and leaves behind.
#   run.sh TENON
set -eu
# shellcheck source=tests/support/program.sh
. "$(dirname "$0")/../support/program.sh"

# --- Usage ---
fresh usage
run 2
complains 'tenon: no command; see tenon --help'
for help in --help -h help; do
    run 0 $help
    says 'usage: tenon COMMAND'
    says generate
done
run 0 help migrate
says 'usage: tenon migrate VERB'
run 0 help migrate apply
says 'usage: tenon migrate apply'
run 0 --version
says 'tenon '
run 0 help generate
says '--depfile'
run 0 check --help
says '--format'
run 2 genrate
complains 'did you mean generate?'
run 2 generate --depfle x
complains 'did you mean --depfile?'
run 2 describe --schema schema
complains 'no queries'
run 2 generate --schema schema --queries queries --out o --package a-b
complains 'not a C identifier'
run 2 generate --package a --schema schema --queries queries
complains 'no output directory'
run 2 check --schema schema --queries queries --format xml
complains 'text, json or sarif'
run 2 describe --schema schema --queries queries --server-version 9
complains 'is not known'
run 2 describe --schema schema --queries queries --server-version 99
complains 'PostgreSQL 99 is newer than the parser'
run 3 describe --schema none.sql --queries queries
complains 'none.sql'

# --- init ---
mkdir "$work/init"
cd "$work/init"
run 0 init
has schema/schema.sql
has queries/notes.sql
run 0 check
run 0 generate
is_silent
has generated/app/notes.h
run 1 init
complains 'exists already'

# --- generate ---
fresh generate
generate='generate --package app --schema schema --queries queries --out gen'
run 1 $generate --check
says '+++ gen/app/notes.h'
has_not gen
run 0 $generate --stamp gen/stamp --depfile gen/stamp.d
is_silent
has gen/app/models.h
has gen/app/notes.c
has gen/stamp
grep -q '^gen/stamp:' gen/stamp.d || fail 'the depfile names the stamp'
grep -q 'schema/1.sql' gen/stamp.d || fail 'the depfile lists the schema'
grep -q 'queries/notes.sql' gen/stamp.d || fail 'the depfile lists the queries'
run 0 $generate --check
is_silent
before=$(stat -c %i gen/app/notes.h)
run 0 $generate
[ "$before" = "$(stat -c %i gen/app/notes.h)" ] || fail 'an equal file is not written again'
sed -i 's/:opt/:opt\n-- A comment./' queries/notes.sql
printf -- '-- name: CountNotes :one\nSELECT count(*) FROM notes;\n' >>queries/notes.sql
run 1 $generate --check
says 'A comment.'
complains ' generated files are stale: run the same without --check'
# The diff has only what changes, is one that git applies, and leads to what generate writes.
says_not '-const tenon__statement' # which stands between two changes
cp out ../changes.diff
git apply -p0 --unsafe-paths ../changes.diff || fail 'git applies the diff'
run 0 $generate --check
run 0 $generate
run 0 $generate --check

# nothing is written when anything is wrong
cp -r gen kept
printf -- '-- name: Bad :one\nSELECT nothing FROM notes;\n' >queries/bad.sql
run 1 $generate
complains 'queries/bad.sql:2:8: error:'
complains '[42703]'
diff -r gen kept || fail 'files changed although a query is wrong'
rm queries/bad.sql

# files of queries that are gone go too, others stay
echo '/* mine */' >gen/app/mine.h
mv queries/notes.sql queries/memos.sql
run 0 $generate
has gen/app/memos.h
has_not gen/app/notes.h
has gen/app/mine.h
echo '/* mine */' >gen/app/memos.h
run 3 $generate
complains 'will not overwrite gen/app/memos.h'
rm gen/app/memos.h
mkdir gen/app/memos.h
run 3 $generate
complains 'cannot overwrite gen/app/memos.h: it is not a regular file'
rmdir gen/app/memos.h
ln -s ../../queries/memos.sql gen/app/memos.h
run 3 $generate
complains 'cannot overwrite gen/app/memos.h: it is a symbolic link'
rm gen/app/memos.h
mkdir links
ln -s ../gen links/app
run 3 $generate --out links
complains 'a directory on the way is a symbolic link'
ln -s gen way
run 0 $generate --out way
has gen/app/memos.h
run 2 $generate --out ''
complains 'no output directory'

# a mistyped path costs no file
run 3 $generate --stamp queries/memos.sql
complains 'will not overwrite queries/memos.sql'
run 3 $generate --depfile queries/memos.sql
complains 'will not overwrite queries/memos.sql'
run 0 $generate --depfile gen/d --stamp gen/s
run 0 $generate --depfile gen/d --stamp gen/s

# a rename or override that is misspelt
run 0 $generate --rename notes=memo notse=memo --override match=numeric,c_type=price
complains 'warning: the rename of "notse" matches nothing that is generated [PL509]'
complains 'warning: the override of "numeric" matches nothing'
grep -q 'app_memo_row' gen/app/memos.h || fail 'the rename that matches is done'
if grep -q '"notes"' err; then fail 'a rename that is used is not complained of'; fi

# --repositories, --fakes
run 0 $generate --repositories --fakes
has gen/app/memos_repository.h
has gen/app/memos_fake.c

# names that make no C file
cp queries/memos.sql queries/models.sql
run 1 $generate
complains 'models'
rm queries/models.sql

# a full disk leaves the old files
if mkdir small 2>/dev/null && mount -t tmpfs -o size=16k tmpfs small 2>/dev/null; then
    run 3 generate --package app --schema schema --queries queries --out small
    complains 'No space left'
    [ -z "$(find small -type f)" ] || fail 'parts of files are left on a full disk'
    umount small
fi

# --- determinism: paths ---
fresh paths
mkdir build
(cd build && "$tenon" generate --package app --root "$work/paths" --out gen \
    --schema "$work/paths/schema" --queries "$work/paths/queries/notes.sql")
run 0 generate --package app --schema schema --queries ./queries/notes.sql --out gen
diff -r gen build/gen || fail 'the same input by another path gives other bytes'
grep -r "$work" gen && fail 'an absolute path in generated text'

# --- natural order, down files, migrations of other tools ---
fresh order
rm schema/1.sql
echo 'CREATE TABLE notes (id bigint PRIMARY KEY);' >schema/2_notes.up.sql
echo 'DROP TABLE notes;' >schema/2_notes.down.sql
echo 'ALTER TABLE notes ADD body text; ALTER TABLE notes DROP x;' >schema/10_body.sql
printf -- '-- +goose Up\nALTER TABLE notes ADD x int;\n-- +goose Down\nDROP TABLE notes;\n' \
    >schema/9_x.sql
run 0 describe --schema schema --queries queries
says '"body"'

# --- configuration ---
fresh config
cat >tenon.yaml <<'END'
package: app
schema: [schema]
queries:
  - queries/*.sql
out: gen
fakes: true
END
run 0 generate
has gen/app/notes_fake.h
run 0 check
run 0 explain FindNote
says '$1 id  bigint not null'
says 'at most one row'
run 1 explain FindNot
complains 'did you mean FindNote?'
run 2 explain
mkdir sub
(cd sub && "$tenon" check --config ../tenon.yaml) || fail 'paths are relative to the file'
cp -r gen kept
(cd sub && "$tenon" generate --config ../tenon.yaml) || fail 'generate from another directory'
diff -r gen kept || fail 'another working directory gives other bytes'
echo 'packge: app' >>tenon.yaml
run 1 check
complains 'tenon.yaml:7:1: error: unknown key "packge" [PL201]'
complains 'did you mean "package"?'
printf 'package: app\nschema: here\n' >tenon.yaml
run 1 check
complains 'tenon.yaml:2:9: error:'
printf 'package: app\noverrides:\n  - match: bigint\n' >tenon.yaml
run 1 check
complains 'the key "c_type" is missing here'
printf 'package: app\nrenames: [{from: notes, to: memo}]\n' >tenon.yaml
run 0 generate --schema schema --queries queries --config tenon.yaml --out renamed
grep -q 'app_memo_row' renamed/app/notes.h || fail 'renames of the file'
run 0 describe --schema schema --queries queries

# --- the configuration of sqlc ---
fresh sqlc
run 0 help check
says '-f FILE'
printf 'package: app\nschema: [schema]\nqueries: [queries]\n' >own.yaml
run 0 check -f own.yaml
run 2 check -f
complains 'needs a value'
: >sqlc.yaml
run 2 check
complains 'no schema: give --schema, or -f sqlc.yaml'
cat >sqlc.yaml <<'END'
version: "2"
plugins: [{name: py, wasm: {url: "https://example.org/py.wasm"}}]
sql:
  - engine: postgresql
    schema: schema
    queries: [queries/notes.sql, queries/more.sql]
    gen: {go: {package: db, out: db}}
  - engine: mysql
    schema: mysql/schema.sql
    queries: mysql/queries.sql
  - engine: postgresql
    schema: [schema]
    queries: other
    database: {uri: "postgresql://localhost/notes"}
END
mkdir other
printf -- '-- name: CountNotes :one\nSELECT count(*) FROM notes;\n' >queries/more.sql
printf -- '-- name: AllNotes :many\nSELECT * FROM notes;\n' >other/notes.sql
run 0 check -f sqlc.yaml
complains 'sqlc.yaml:8:5: warning: this package is skipped: its engine is mysql [PL203]'
(mkdir sub && cd sub && "$tenon" check --config ../sqlc.yaml) >out 2>err || fail 'paths are relative to the file'
run 0 describe -f sqlc.yaml
says '"FindNote"'
says '"CountNotes"'
says '"AllNotes"'
run 2 generate -f sqlc.yaml --package app --out gen
complains '--package is for one package, and sqlc.yaml has 2: give --only'
run 2 explain FindNote -f sqlc.yaml
complains 'explain takes one package, and sqlc.yaml has 2: give --only'
run 0 describe -f sqlc.yaml --queries queries/more.sql
[ "$(grep -c '"name": "CountNotes"' out)" = 2 ] || fail 'the command line replaces the list of each package'
printf -- '-- name: AllNotes :many\nSELECT x FROM notes;\n' >other/notes.sql
run 1 check -f sqlc.yaml
complains 'other/notes.sql:2:8: error:'
rm other/notes.sql
run 3 check -f sqlc.yaml

# version 1, as JSON; nothing but PostgreSQL; mistakes
printf '{"version": "1",\n\t"packages": [{"path": "db", "name": "db", "schema": "schema",\n' >sqlc.json
printf '\t"queries": "queries", "emit_interface": true}]}\n' >>sqlc.json
run 0 describe -f sqlc.json
says '"CountNotes"'
run 0 generate -f sqlc.json --package app --out gen
has gen/app/notes.h
sed -i 's/"name": "db"/"engine": "sqlite"/' sqlc.json
run 1 check -f sqlc.json
complains 'no package is for PostgreSQL [PL202]'
printf 'version: 2\nsql:\n  - schema: [schema, {a: b}]\n' >sqlc.yaml
run 1 check -f sqlc.yaml
complains 'sqlc.yaml:3:22: error: a path is expected here [PL202]'
complains 'sqlc.yaml:3:5: warning: this package is skipped: it has no queries [PL203]'
cat >sqlc.yaml <<'END'
version: "2"
cloud: {project: "x"}
rules: [{name: no-delete, rule: "query.sql.contains('DELETE')"}]
overrides: {go: {rename: {id: Identifier}, overrides: [{db_type: uuid, go_type: string}]}}
x-common: &common
  engine: postgresql
  schema: schema/
  database: {managed: true}
  strict_function_checks: true
sql:
  - <<: *common
    name: notes
    queries: ./queries/notes.sql
    analyzer: {database: false}
    rules: [sqlc/db-prepare]
    codegen: [{plugin: py, out: db, options: {package: db}}]
END
run 0 check -f sqlc.yaml
[ ! -s err ] || fail 'what is for sqlc is no matter'
printf 'version: 2\nsql: here\n' >sqlc.yaml
run 1 check -f sqlc.yaml
complains 'sqlc.yaml:2:6: error: a list of packages is expected here [PL202]'

# --- describe and check ---
fresh describe
printf -- '-- name: Bad :one\nSELECT bdy FROM notes;\n' >>queries/notes.sql
run 1 describe --schema schema --queries queries
says '"name": "FindNote"'
says '"query": "Bad"'
says '"sqlstate": "42703"'
complains '[42703]'
python3 -m json.tool out >/dev/null 2>&1 || fail 'describe prints JSON'
run 1 check --schema schema --queries queries --format json
says '"severity": "error"'
python3 -m json.tool out >/dev/null 2>&1 || fail 'check --format json prints JSON'
run 1 check --schema schema --queries queries --format sarif
says '"version": "2.1.0"'
python3 -m json.tool out >/dev/null 2>&1 || fail 'check --format sarif prints JSON'
says '"ruleId": "42703"'
says '"id": "42703"'
says '"columnKind": "unicodeCodePoints"'
says '"uriBaseId": "%SRCROOT%"'
says '"endColumn": 11'
says '"relatedLocations"'
run 1 check --schema "$PWD/schema" --queries "$PWD/queries" --format sarif
says "\"uri\": \"file://$PWD/queries/notes.sql\""
says_not uriBaseId

# several packages make one document
printf 'version: 2\nsql:\n' >sqlc.yaml
printf '  - {engine: postgresql, schema: schema, queries: queries}\n' >>sqlc.yaml
cp sqlc.yaml two.yaml
tail -n 1 sqlc.yaml >>two.yaml
run 1 check -f two.yaml --format json
python3 -m json.tool out >/dev/null 2>&1 || fail 'two packages make one JSON document'
[ "$(grep -c '"query": "Bad"' out)" = 1 ] || fail 'what both packages say is said once'
run 1 check -f two.yaml --format sarif
python3 -m json.tool out >/dev/null 2>&1 || fail 'two packages make one SARIF document'
rm sqlc.yaml two.yaml

# colour is for terminals that want it
if script -qec true /dev/null >/dev/null 2>&1; then
    colored() { env "$@" script -qec "$tenon check --schema schema --queries queries" /dev/null >out 2>err || :; }
    escape=$(printf '\033')
    colored TERM=xterm
    says "$escape[1;31merror:"
    colored TERM=xterm NO_COLOR=1
    says_not "$escape"
    colored TERM=dumb
    says_not "$escape"
fi
cp queries/notes.sql 'queries/a b%.sql'
run 1 check --schema schema --queries 'queries/a b%.sql' --format sarif
says '"uri": "queries/a%20b%25.sql"'
rm 'queries/a b%.sql'
printf 'CREATE TABLE broken (id nothing);\n' >schema/2.sql
run 1 describe --schema schema --queries queries
says '"name": "FindNote"'
says '"query": null'

printf 'CREATE TABEL broken (id int);\nCREATE TABLE broken (id intt, b int,);\n' >schema/2.sql
run 1 check --schema schema --queries queries
complains 'hint: did you mean TABLE?'
complains 'hint: remove the comma in front of )'
rm schema/2.sql
printf 'CREATE TABLE broken (id nothing);\n' >schema/2.sql

# a schema and its queries in one file
cat schema/1.sql queries/notes.sql >both.sql
sed -i '/Bad/,$d' both.sql
run 0 describe --schema both.sql --queries both.sql
says '"name": "FindNote"'

# --- hostile input ---
fresh hostile
printf 'SELECT 1;\0' >schema/nul.sql
run 1 describe --schema schema --queries queries
complains 'nul.sql:1:10: error: invalid byte sequence'
rm schema/nul.sql
mkfifo schema/fifo.sql
run 3 describe --schema schema --queries queries
complains 'not a regular file'
rm schema/fifo.sql
if [ "$(id -u)" -ne 0 ]; then
    mkdir closed
    chmod 000 closed
    run 3 describe --schema schema --queries closed
    complains 'cannot list closed/*.sql: Permission denied'
    rmdir closed
fi
for unit in '+1' ' UNION SELECT 1' '::int'; do
    { printf -- '-- name: Deep :one\nSELECT 1'; yes -- "$unit" | head -n 5000 | tr -d '\n'; } \
        >queries/deep.sql
    found=0
    "$tenon" describe --schema schema --queries queries >out 2>err || found=$?
    [ "$found" -le 1 ] || fail "5000 times '$unit': status $found"
done

exit $failed
