#!/bin/sh
# tenon push, as a user meets it.
#   cli.sh TENON
set -eu
# shellcheck source=tests/verify/server_cli.sh
. "$(dirname "$0")/../verify/server_cli.sh"

mkdir schema
echo 'CREATE TABLE notes (id bigint PRIMARY KEY, body text);' >schema/1.sql
push() { wanted=$1; shift; run "$wanted" push --schema schema --database "$url" "$@"; }

# --- What is shown, and what is run ---
push 0 --dry-run
says 'CREATE TABLE public.notes'
[ "$(sql -d "$database" -c "SELECT to_regclass('notes') IS NULL")" = t ] || fail 'a dry run does something'
push 0
says 'CREATE TABLE public.notes'
complains 'statement'
push 0
says 'nothing to do'
DATABASE_URL=$url run 0 push --schema schema
says 'nothing to do'

# --- Losses have to be allowed by name ---
echo 'CREATE TABLE notes (id bigint PRIMARY KEY);' >schema/1.sql
push 1
complains '--allow-drop column:public.notes.body'
push 0 --allow-drop column:public.notes.body
push 0
says 'nothing to do'

# --- A statement that the server refuses: what it says, and that nothing was changed ---
sql -d "$database" -c 'INSERT INTO notes VALUES (7)'
cat >schema/1.sql <<'END'
CREATE TABLE first (id bigint);
CREATE TABLE notes (id bigint PRIMARY KEY CHECK (id < 7));
END
push 1
complains 'is violated by some row [23514]'
complains 'of: ALTER TABLE'
complains 'Nothing was changed.'
[ "$(sql -d "$database" -c "SELECT to_regclass('first') IS NULL")" = t ] || fail 'a part was kept'
echo 'CREATE TABLE notes (id bigint PRIMARY KEY);' >schema/1.sql

# --- Migrations ---
sql -d "$database" -c 'CREATE SCHEMA tenon; CREATE TABLE tenon.migrations (version text)'
push 0
says 'nothing to do'
sql -d "$database" -c "INSERT INTO tenon.migrations VALUES ('20261130101500')"
push 1
complains '1 migration was applied to this database (tenon.migrations)'
push 0 --with-migrations
says 'nothing to do'
sql -d "$database" -c 'CREATE SCHEMA "My"; CREATE TABLE "My"."Done" (version text);
                       INSERT INTO "My"."Done" VALUES (1), (2)'
push 1 --ledger My.Done
complains '2 migrations were applied to this database ("My"."Done")'
sql -d "$database" -c 'DROP SCHEMA "My" CASCADE'

# --- Secrets that nobody said ---
cp schema/1.sql saved.sql
cat >>schema/1.sql <<'END'
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (password '<secret>');
END
push 1 --with-migrations
complains 'do not say the secret'
[ "$(sql -d "$database" -c "SELECT count(*) FROM pg_foreign_server")" = 0 ] || fail 'a word became a secret'
mv saved.sql schema/1.sql

# --- What belongs to others ---
sql -d "$database" -c 'CREATE SCHEMA partman; CREATE TABLE partman.part_config ()'
push 1 --with-migrations
complains '--allow-drop table:partman.part_config'
push 0 --with-migrations --ignore 'partman'
says 'nothing to do'

# --- Without a schema, without a server ---
run 2 push --database "$url"
complains 'no schema'
run 3 push --schema schema --database "host=$work"
exit $failed
