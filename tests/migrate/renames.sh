#!/bin/sh
# Lines of the schema that say how something was called before.
#   renames.sh TENON
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/support/program.sh
. "$here/../support/program.sh"
# shellcheck source=tests/migrate/project.sh
. "$here/project.sh"

n=0
between() {
    n=$((n + 1))
    mkdir "$work/between$n"
    cd "$work/between$n"
    printf '%s\n' "$1" >before.sql
    printf '%s\n' "$2" >after.sql
    : >out
    : >err
}

# renames BEFORE AFTER SQL...: the difference is these statements, and nothing else; what it leads to
# needs nothing more, and the lines may stay.
renames() {
    between "$1" "$2"
    shift 2
    run 0 migrate diff --from before.sql --to after.sql
    for sql; do printf '%s;\n' "$sql"; done >wanted
    diff wanted out >diff.txt || fail "$(cat before.sql after.sql) leads to other statements"
    cat before.sql out >script.sql
    run 0 migrate diff --from script.sql --to after.sql
    [ ! -s out ] || fail "$(cat after.sql) does not converge"
    run 0 migrate diff --from after.sql --to after.sql
    [ ! -s out ] || fail "$(cat after.sql) differs from itself"
}

# wrong BEFORE AFTER CODE MESSAGE...
wrong() {
    between "$1" "$2"
    run 1 migrate diff --from before.sql --to after.sql
    complains "[$3]"
    shift 3
    for message; do complains "$message"; done
}

# --- Every kind, in both spellings ---
table='CREATE TABLE users (id int, username text);'
column='ALTER TABLE public.users RENAME COLUMN username TO user_name'
renames "$table" 'CREATE TABLE users (id int,
  user_name text -- @renamed from username
);' "$column"
renames "$table" 'CREATE TABLE users (id int,
  user_name text /* @renamed from=username */);' "$column"
renames "$table" 'CREATE TABLE users (
  -- @renamed from username
  user_name text, id int);' "$column"
renames "$table" 'CREATE TABLE users (
  id int
  -- @renamed from username
  , user_name text);' "$column"
renames "$table" 'CREATE TABLE users (id int, /* @renamed from "username" */ user_name text);' "$column"
renames "$table" 'CREATE TABLE users (user_name text, -- @renamed from username
  id int);' "$column"
renames "$table" 'CREATE TABLE users (user_name text -- @renamed from username
  , id int);' "$column"
renames "$table" 'CREATE TABLE users (id int);
ALTER TABLE users ADD COLUMN user_name text; -- @renamed from username' "$column"
renames 'CREATE TABLE t ("Old Name" text);' 'CREATE TABLE t (
"New ""Name" text -- @renamed from="Old Name"
);' 'ALTER TABLE public.t RENAME COLUMN "Old Name" TO "New ""Name"'

renames "$table" '-- @renamed from users
CREATE TABLE people (id int, username text);' 'ALTER TABLE public.users RENAME TO people'
renames "$table" 'CREATE TABLE people ( -- @renamed from=users
id int, username text);' 'ALTER TABLE public.users RENAME TO people'
renames "$table" 'CREATE TABLE people /* @renamed from=users */ (id int, username text);' \
    'ALTER TABLE public.users RENAME TO people'
renames "$table" 'CREATE TABLE people (id int, username text); -- @renamed from users' \
    'ALTER TABLE public.users RENAME TO people'
renames 'CREATE SCHEMA a; CREATE TABLE a.t (x int);' '-- @renamed from a
CREATE SCHEMA b; CREATE TABLE b.t (x int);' 'ALTER SCHEMA a RENAME TO b'
renames 'CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;' 'CREATE TABLE t (a int);
CREATE VIEW w AS SELECT a FROM t; -- @renamed from v' 'ALTER VIEW public.v RENAME TO w'
renames 'CREATE TABLE t (a int); CREATE MATERIALIZED VIEW v AS SELECT a FROM t;' 'CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW w AS SELECT a FROM t; -- @renamed from v' \
    'ALTER MATERIALIZED VIEW public.v RENAME TO w'
renames 'CREATE SEQUENCE s;' 'CREATE SEQUENCE q; -- @renamed from s' 'ALTER SEQUENCE public.s RENAME TO q'
renames 'CREATE TABLE t (a int); CREATE INDEX i ON t (a);' 'CREATE TABLE t (a int);
CREATE INDEX j /* @renamed from=i */ ON t (a);' 'ALTER INDEX public.i RENAME TO j'
renames 'CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0));' 'CREATE TABLE t (a int,
CONSTRAINT d CHECK (a > 0) -- @renamed from c
);' 'ALTER TABLE public.t RENAME CONSTRAINT c TO d'
renames 'CREATE TABLE t (a int CONSTRAINT c UNIQUE);' 'CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT d UNIQUE (a); -- @renamed from c' \
    'ALTER TABLE public.t RENAME CONSTRAINT c TO d'
renames "CREATE TYPE e AS ENUM ('a');" "CREATE TYPE f AS ENUM ('a'); -- @renamed from e" \
    'ALTER TYPE public.e RENAME TO f'
renames "CREATE TYPE e AS ENUM ('a');" "CREATE /* @renamed from=e */ TYPE f AS ENUM ('a');" \
    'ALTER TYPE public.e RENAME TO f'
renames "CREATE TYPE e AS ENUM ('a');" "CREATE TYPE f AS ENUM ( -- @renamed from=e
'a');" 'ALTER TYPE public.e RENAME TO f'
renames "CREATE TYPE e AS ENUM ('a', 'Bad', 'it''s');" "CREATE TYPE e AS ENUM (
'b' /* @renamed from=a */, 'good' /* @renamed from=Bad */,
'its' -- @renamed from 'it''s'
);" "ALTER TYPE public.e RENAME VALUE 'a' TO 'b'" "ALTER TYPE public.e RENAME VALUE 'Bad' TO 'good'" \
    "ALTER TYPE public.e RENAME VALUE 'it''s' TO 'its'"
renames 'CREATE TYPE c AS (a int);' 'CREATE TYPE d AS (a int); -- @renamed from c' \
    'ALTER TYPE public.c RENAME TO d'
renames 'CREATE TYPE c AS (a int);' 'CREATE TYPE c AS (
b int -- @renamed from a
);' 'ALTER TYPE public.c RENAME ATTRIBUTE a TO b CASCADE'
renames 'CREATE DOMAIN d AS int;' 'CREATE DOMAIN e AS int; -- @renamed from d' \
    'ALTER DOMAIN public.d RENAME TO e'
renames 'CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$; CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;' \
    'CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
-- @renamed from f
CREATE FUNCTION g(text) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;' \
    'ALTER FUNCTION public.f(text) RENAME TO g'
trigger='CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;'
renames "$trigger CREATE TRIGGER a AFTER INSERT ON t EXECUTE FUNCTION f();" "$trigger
CREATE TRIGGER b AFTER INSERT ON t EXECUTE FUNCTION f(); -- @renamed from a" \
    'ALTER TRIGGER a ON public.t RENAME TO b'
renames 'CREATE TABLE t (a int); CREATE POLICY p ON t USING (true);' 'CREATE TABLE t (a int);
CREATE POLICY q ON t USING (true); -- @renamed from p' 'ALTER POLICY p ON public.t RENAME TO q'

# --- To another schema ---
renames 'CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE a.t (x int);' 'CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TABLE b.t (x int); -- @renamed from a.t' 'ALTER TABLE a.t SET SCHEMA b'
renames 'CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE a.t (x int);' 'CREATE SCHEMA a; CREATE SCHEMA b;
SET search_path = b;
CREATE TABLE u (x int); -- @renamed from a.t' 'ALTER TABLE a.t RENAME TO u' 'ALTER TABLE a.u SET SCHEMA b'

# --- Several at once: parents first, then parts; chains and swaps ---
renames 'CREATE SCHEMA a; CREATE TABLE a.t (x int);' '-- @renamed from a
CREATE SCHEMA b;
CREATE TABLE b.u ( -- @renamed from t
    y int -- @renamed from x
);' 'ALTER SCHEMA a RENAME TO b' 'ALTER TABLE b.t RENAME TO u' 'ALTER TABLE b.u RENAME COLUMN x TO y'
renames 'CREATE TABLE t (a int, b text);' 'CREATE TABLE t (
b int, -- @renamed from a
c text -- @renamed from b
);' 'ALTER TABLE public.t RENAME COLUMN b TO c' 'ALTER TABLE public.t RENAME COLUMN a TO b'
renames 'CREATE TABLE a (x int); CREATE TABLE b (y text);' 'CREATE TABLE b (x int); -- @renamed from a
CREATE TABLE a (y text); -- @renamed from b' '-- tenon: renamed table public.b from a
ALTER TABLE public.a RENAME TO tenon_renamed_1' '-- tenon: renamed table public.a from b
ALTER TABLE public.b RENAME TO a' 'ALTER TABLE public.tenon_renamed_1 RENAME TO b'

# what the server named after a table or column is renamed with it
renames 'CREATE TABLE a (id serial PRIMARY KEY, n int UNIQUE, m int REFERENCES a); CREATE INDEX ON a (m);' \
    'CREATE TABLE b (id serial PRIMARY KEY, n int UNIQUE, m int REFERENCES b); -- @renamed from a
CREATE INDEX ON b (m);' 'ALTER TABLE public.a RENAME TO b' \
    'ALTER SEQUENCE public.a_id_seq RENAME TO b_id_seq' \
    'ALTER TABLE public.b RENAME CONSTRAINT a_m_fkey TO b_m_fkey' \
    'ALTER TABLE public.b RENAME CONSTRAINT a_n_key TO b_n_key' \
    'ALTER TABLE public.b RENAME CONSTRAINT a_pkey TO b_pkey' \
    'ALTER INDEX public.a_m_idx RENAME TO b_m_idx'

# --- What cannot be ---
wrong "$table" 'CREATE TABLE users (id int, username text,
user_name text -- @renamed from username
);' PL731 '"username" is still there' 'remove this line, or remove "username"'
wrong 'CREATE TABLE users (username text, user_name text);' 'CREATE TABLE users (
user_name text -- @renamed from username
);' PL731 'are both there before the change' 'once that is allowed by name'
wrong "$table" 'CREATE TABLE users (id int, username text,
user_name text -- @renamed from usrname
);' PL731 'there is no "usrname"' 'did you mean "username"?'
wrong "$table" 'CREATE TABLE users (id int, username text,
user_name text -- @renamed from whatever
);' PL731 'if it is new, remove this line'
wrong "$table" 'CREATE TABLE users (id int,
-- @renamed from username
user_name text -- @renamed from username
);' PL731 'a second line says how this was called before' 'the first one is here'
wrong "$table" 'CREATE TABLE users (id int, username text); -- @renamed to people' PL730 \
    'write "-- @renamed from old_name"'
wrong "$table" 'CREATE TABLE users (id int, username text); -- @renamed from a.b.c' PL730
wrong "$table" 'CREATE TABLE users (id int, username text,
CHECK (id > 0) -- @renamed from c
);' PL730 'a constraint needs a name: CONSTRAINT name'
wrong "$table" "$table
-- @renamed from people" PL730 'nothing that has a name stands here'
wrong "$table" 'CREATE TABLE users (id int,
user_name text -- @renamed from public.username
);' PL730 'write its old name alone'
wrong "$table" "$table
-- @renamed from people
COMMENT ON TABLE users IS NULL;" PL730 'nothing that has a name stands here'
# a word in a string or in another comment is none
between "$table" "$table
COMMENT ON TABLE users IS '-- @renamed from x'; -- was it @renamed from y? @renamed_from z"
run 0 migrate diff --from before.sql --to after.sql
says 'COMMENT ON TABLE'

# --- What looks like a rename ---
between "$table" 'CREATE TABLE users (id int, user_name text);'
run 1 migrate diff --from before.sql --to after.sql
complains '[PL733]'
complains 'write in the line above: -- @renamed from username'
complains '--allow-drop column:public.users.username'
between "$table" 'CREATE TABLE people (id int, username text);'
run 1 migrate diff --from before.sql --to after.sql
complains 'write in the line above: -- @renamed from users'
between "$table" 'CREATE TABLE people (id int, name text);'
run 1 migrate diff --from before.sql --to after.sql
! grep -q PL733 err || fail 'tables with other columns do not look alike'

# --- In a folder: followed once, then a line that can go ---
project once
run 0 migrate new start
schema 'CREATE TABLE users (id bigint PRIMARY KEY,
user_name text); -- nothing
CREATE TABLE later (a int);'
sed -i 's/^user_name text/user_name text -- @renamed from username\n/' schema/schema.sql
run 0 migrate new rename
in_file "$(named rename)" 'RENAME COLUMN username TO user_name'
run 0 migrate new again
says 'nothing to do'
[ ! -s err ] || fail 'new is silent about lines that are done'
run 0 migrate check
complains '[PL732]'
complains 'the line can go'

# swaps: nothing but the folder knows that they are done
project swap 'CREATE TABLE t (a int, b int);'
run 0 migrate new start
schema 'CREATE TABLE t (
b int, -- @renamed from a
a int -- @renamed from b
);'
run 0 migrate new swap
in_file "$(named swap)" '-- tenon: renamed column b of public.t from a'
in_file "$(named swap)" 'TO tenon_renamed_1'
run 0 migrate new again
says 'nothing to do'
run 0 migrate check
complains '[PL732]'

exit $failed
