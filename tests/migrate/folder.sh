#!/bin/sh
# tenon migrate new, check, rehash, rebase and diff: the folder as a whole.
#   folder.sh TENON
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/support/program.sh
. "$here/../support/program.sh"
# shellcheck source=tests/migrate/project.sh
. "$here/project.sh"

# --- The verbs ---
project verbs
run 2 migrate
complains 'what is to be done? see tenon help migrate'
run 0 help migrate
says 'migrate rebase'
run 0 migrate --help
says 'migrate new'
run 0 help migrate new
says '--allow-drop'
run 0 migrate check --help
says '--since'
run 2 migrate nwe
complains 'did you mean migrate new?'
run 2 migrate new
complains 'tenon migrate new add_limit'
run 2 migrate new 'add limit'
complains 'a name is made of letters, digits, _ and -'
run 2 migrate new aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
complains 'at most 48 characters'
run 2 migrate new x --fakes
complains 'has no option --fakes'
run 2 migrate check --allow-drop all
complains 'has no option --allow-drop'
run 2 migrate new x --partitions mine
complains 'external or not given'
run 2 migrate diff --to schema
complains 'migrate diff needs --from FILE...'

# --- From nothing to a schema, and further ---
project first
run 0 migrate new start
says 'wrote schema/migrations/'
in_file "$(named start)" '-- tenon: parent none'
in_file "$(named start)" 'CREATE TABLE public.users'
tail -n 1 "$(named start)" | grep -Eq '^-- tenon: catalog v1:[0-9a-f]{64}$' || fail 'the last line'
converges
[ "$(ls schema/migrations | wc -l)" = 1 ] || fail 'nothing to do writes nothing'
schema 'CREATE TABLE users (id bigint PRIMARY KEY, username text, age integer);'
run 1 migrate check
complains '[PL722]'
complains 'column age of public.users is in the schema only'
run 0 migrate new add_age
in_file "$(named add_age)" "-- tenon: parent $(basename "$(named start)" .sql)"
in_file "$(named add_age)" 'ADD COLUMN age integer'
converges

# a loss is allowed by name, and marked in the file
schema 'CREATE TABLE users (id bigint PRIMARY KEY, username text);'
run 1 migrate new drop_age
complains '--allow-drop column:public.users.age'
[ "$(ls schema/migrations | wc -l)" = 2 ] || fail 'a refusal writes nothing'
run 0 migrate new drop_age --allow-drop column:public.users.age
in_file "$(named drop_age)" '-- LOSS: --allow-drop column:public.users.age'
converges

# what cannot run in a transaction has a file of its own, with a query for each statement
schema 'CREATE TABLE users (id bigint PRIMARY KEY, username text, age int);
CREATE INDEX users_username_idx ON users (username);'
run 0 migrate new index
[ "$(ls schema/migrations/*_index*.sql | wc -l)" = 2 ] || fail 'two files'
in_file "$(named index_2)" '-- tenon: no-transaction'
in_file "$(named index_2)" "-- tenon: done SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('public.users_username_idx') AND indisvalid)"
in_file "$(named index_2)" "-- tenon: parent $(basename "$(named index)" .sql)"
tail -n 1 "$(named index)" | grep -q 'catalog v1' || fail 'each file has its last line'
converges

# by hand
run 0 migrate new --empty data
in_file "$(named data)" "-- tenon: parent $(basename "$(named index_2)" .sql)"
run 0 migrate check
file=$(named data)
sed -i '2i ALTER TABLE users ADD COLUMN by_hand text;' "$file"
run 1 migrate check
complains '[PL721]'
complains 'tenon migrate rehash'
run 0 migrate rehash "$file"
says 'rewrote the last line'
run 0 migrate rehash "$(basename "$file" .sql)"
says 'nothing to do'
run 1 migrate check
complains 'column by_hand of public.users is in the migrations only'
schema 'CREATE TABLE users (id bigint PRIMARY KEY, username text, age int, by_hand text);
CREATE INDEX users_username_idx ON users (username);'
converges
run 2 migrate rehash none.sql
complains 'has no migration none.sql'
run 0 migrate rehash "$(named start)"
says 'nothing to do'

# bytes: a checkout with \r\n is the same; any other byte is an edit
sed -i 's/$/\r/' schema/migrations/*.sql
run 0 migrate check
sed -i 's/\r$//' schema/migrations/*.sql
sed -i 's/^-- tenon: catalog v1/-- tenon: catalog v9/' "$(newest)"
run 1 migrate check
complains 'names schemas by v1:HASH only'
sed -i '/^-- tenon: catalog/d' "$(newest)"
run 1 migrate check
complains 'the last line names the schema'
run 0 migrate rehash "$(newest)"
run 0 migrate check

# --- init ---
mkdir "$work/init"
cd "$work/init"
echo '*.md text' >.gitattributes
run 0 init
grep -qx 'migrations: schema/migrations' tenon.yaml || fail 'tenon.yaml names the folder'
[ "$(cat .gitattributes)" = "*.md text
*.sql text eol=lf" ] || fail '.gitattributes'
run 0 migrate new start
run 0 migrate check
run 0 check

# --- Two heads ---
project heads
run 0 migrate new start
start=$(basename "$(named start)" .sql)
migration 29991130000001_mine "$start" 'CREATE TABLE mine (id int);'
migration 29991130000002_yours "$start" 'CREATE TABLE yours (id int);'
migration 29991130000005_more 29991130000002_yours 'ALTER TABLE yours ADD COLUMN b int;'
run 1 migrate check
complains '[PL713]'
complains 'they commute'
run 1 migrate new next
complains '[PL713]'
run 0 migrate rebase
says '29991130000002_yours.sql is now'
in_file "$(named yours)" '-- tenon: parent 29991130000001_mine'
has_not schema/migrations/29991130000005_more.sql
in_file "$(named more)" "-- tenon: parent $(basename "$(named yours)" .sql)"
schema 'CREATE TABLE users (id bigint PRIMARY KEY, username text);
CREATE TABLE mine (id int); CREATE TABLE yours (id int, b int);'
converges
run 0 migrate rebase
says 'there is one head'

project clash
run 0 migrate new start
start=$(basename "$(named start)" .sql)
migration 29991130000001_mine "$start" 'ALTER TABLE users DROP COLUMN username;'
migration 29991130000002_yours "$start" 'ALTER TABLE users RENAME COLUMN username TO name;'
run 1 migrate check
complains 'they do not commute'
run 1 migrate rebase
complains 'nothing was changed'
has schema/migrations/29991130000002_yours.sql

# --- git ---
project git
git init -q . && git config user.email a@example.com && git config user.name a
run 0 migrate new start
git add -A && git commit -qm one
schema 'CREATE TABLE users (id bigint PRIMARY KEY, username text, age integer);'
run 0 migrate new age
run 0 migrate check --since HEAD
git add -A && git commit -qm two
sed -i 's/^CREATE/\n&/' "$(named start)"
run 0 migrate check
run 1 migrate check --since HEAD~1
complains '[PL723]'
complains 'was edited since HEAD~1'
git checkout -q -- . && sed -i 's/$/\r/' "$(named start)"
run 0 migrate check --since HEAD
git rm -q --cached "$(named start)" && mv "$(named start)" kept
run 1 migrate check --since HEAD
complains 'is gone; HEAD has it'
git reset -q --hard
run 3 migrate check --since nowhere
complains 'has failed'
run 3 migrate check --since=-x
complains '-x is no revision'
run 0 migrate diff --from HEAD~1:schema/ --to HEAD:schema/schema.sql
says 'ADD COLUMN age integer'
run 0 migrate diff --from HEAD~1:schema --to schema
says 'ADD COLUMN age integer'
run 3 migrate diff --from HEAD~1:nothing --to schema
complains 'has failed'

# --- diff needs no configuration, and takes a folder of migrations for what it leads to ---
rm tenon.yaml
run 0 migrate diff --from schema/migrations --to schema
is_silent
run 1 migrate diff --from schema --to HEAD~1:schema
complains '--allow-drop column:public.users.age'
run 0 migrate diff --from schema --to HEAD~1:schema --allow-drop all
says 'DROP COLUMN age'

# --- What belongs to others ---
project others
schema 'CREATE TABLE t (a int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (1) TO (2);
CREATE SCHEMA partman; CREATE TABLE partman.config (a int);
CREATE TABLE kept (a int);'
run 0 migrate new start --ignore partman 'public.k?pt' --partitions external
in_file "$(named start)" 'CREATE TABLE public.t '
not_in_file "$(named start)" partman
not_in_file "$(named start)" kept
not_in_file "$(named start)" t_1
run 0 migrate check --ignore partman 'public.k?pt' --partitions external
run 1 migrate check
printf 'schema: [schema]\nignore: [partman, public.k*]\npartitions: external\n' >tenon.yaml
run 0 migrate check

project roles 'CREATE TABLE t (a int); GRANT SELECT ON t TO reader; GRANT SELECT ON t TO pg_monitor;'
run 0 migrate new start
run 1 migrate check
complains '[PL740]'
complains 'write in tenon.yaml: roles: [reader]'
printf 'schema: [schema]\nroles: [app]\n' >tenon.yaml
run 1 migrate new next
complains 'write in tenon.yaml: roles: [app, reader]'
printf 'schema: [schema]\nroles: [app, reader]\n' >tenon.yaml
converges

# --- Diagnostics for programs ---
project formats
run 0 migrate new start
schema 'CREATE TABLE other (id int);'
run 1 migrate check --format json
says '"code": "PL722"'
run 1 migrate check --format sarif
says '"ruleId": "PL722"'
run 2 migrate check --format xml
complains 'text, json or sarif'

exit $failed
