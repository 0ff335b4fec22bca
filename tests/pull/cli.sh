#!/bin/sh
# tenon pull, as a user meets it.
#   cli.sh TENON
set -eu
# shellcheck source=tests/verify/server_cli.sh
. "$(dirname "$0")/../verify/server_cli.sh"

pull() { wanted=$1; shift; run "$wanted" pull --database "$url" "$@"; }

sql -d "$database" <<'END'
CREATE SCHEMA app;
CREATE TABLE app.accounts (id bigint PRIMARY KEY, name text NOT NULL);
COMMENT ON TABLE app.accounts IS 'Who pays.';
CREATE TABLE entries (id bigint PRIMARY KEY, account bigint NOT NULL REFERENCES app.accounts);
CREATE INDEX ON entries (account);
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER w OPTIONS (host 'db.example', api_token 'hush-1');
CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (user 'me', password 'hush-2');
CREATE SCHEMA tenon;
CREATE TABLE tenon.migrations (version text);
END

# --- One file ---
pull 0
says 'CONSTRAINT entries_account_fkey FOREIGN KEY (account) REFERENCES app.accounts(id)'
says "password '<secret>'"
says "api_token '<secret>'"
says_not 'hush'
says_not 'tenon.migrations'
complains 'the password of the user mapping for PUBLIC on server elsewhere is a secret'
complains 'the api_token of the server elsewhere is a secret'
cp out expected
pull 0 --out schema.sql
cmp schema.sql expected || fail 'the file is not what is printed'
pull 0 --out schema.sql
echo '-- mine' >mine.sql
pull 1 --out mine.sql
complains 'was not written by tenon pull'
[ "$(cat mine.sql)" = '-- mine' ] || fail 'the file of others was changed'

# --- A file for each schema or table; those that are no longer wanted go ---
pull 0 --split schema --out schema
ls schema >out
says '_app.sql'
says '_public.sql'
grep -q 'CREATE TABLE public.entries' schema/*_public.sql || fail 'the table is not in its file'
pull 0 --split table --out schema
ls schema >out
says '_app.accounts.sql'
says '_public.entries.sql'
says_not '_app.sql'

# --- Drift ---
check() { wanted=$1; shift; run "$wanted" pull --check --database "$url" --schema schema "$@"; }
check 0
says 'no drift'
sql -d "$database" -c 'ALTER TABLE entries ADD COLUMN note text; DROP INDEX entries_account_idx;
                       ALTER TABLE app.accounts ALTER name DROP NOT NULL'
check 1
says '+ COLUMN public.entries.note'
says '- INDEX public.entries_account_idx'
says '~ COLUMN app.accounts.name: not any more not null'
check 1 --ignore 'public'
says_not 'entries'
sql -d "$database" -c "ALTER USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (SET password 'hush-3')"
check 1
says_not 'hush'

# --- What a schema of PostgreSQL 15 can not have: named, and nothing is written (servers from 16) ---
if [ "$(sql -d "$database" -c 'SHOW server_version_num')" -ge 160000 ]; then
    sql -d "$database" -c "CREATE COLLATION app.ruled (PROVIDER = icu, LOCALE = 'und', RULES = '&a < b')"
    pull 1 --out none.sql
    complains 'collation app.ruled has rules of its own'
    [ ! -e none.sql ] || fail 'a file was written'
fi

# --- An index that an interrupted statement left behind ---
sql -d "$database" -c 'INSERT INTO app.accounts VALUES (1, 1), (2, 1)'
sql -d "$database" -c 'CREATE UNIQUE INDEX CONCURRENTLY half ON app.accounts (name)' 2>/dev/null || true
pull 0
says_not 'half'
complains 'the index app.half is invalid'

# --- Usage ---
pull 2 --split column --out x
complains '--split is schema or table'
pull 2 --split table
complains '--split needs --out'
pull 2 --check --out x
run 3 pull --database "host=$work"
exit $failed
