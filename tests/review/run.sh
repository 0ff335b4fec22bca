#!/bin/sh
# tenon migrate review and tenon diagram, step by step.
#   run.sh TENON
set -eu
# shellcheck source=tests/support/program.sh
. "$(dirname "$0")/../support/program.sh"

# review NAME SQL SQL: a folder with the two schemas, reviewed without queries.
review() {
    mkdir -p "$work/$1"
    cd "$work/$1"
    printf '%s\n' "$2" >a.sql
    printf '%s\n' "$3" >b.sql
    run 0 migrate review a.sql b.sql
}

# --- Usage ---
fresh usage
run 2 migrate review schema
complains 'tenon migrate review A B'
run 2 migrate review schema schema --format xml
complains 'markdown or json'
run 3 migrate review none.sql schema
run 0 migrate review schema schema
says 'The schema does not change.'

# --- Hazards and their silence ---
table='CREATE TABLE t (id bigint PRIMARY KEY, a integer);'
review type "$table" 'CREATE TABLE t (id bigint PRIMARY KEY, a bigint);'
says 'changing-type-rewrites'
says '| `public.t` | ACCESS EXCLUSIVE | reads, writes and DDL | yes | yes |'
says 'nothing is lost'
review drop "$table" 'CREATE TABLE t (id bigint PRIMARY KEY);'
says '**dropping-column** `public.t.a`'
says 'lost: column public.t.a'
says 'something is lost'
review new '' "$table"
says_not '⚠'
review advice '' 'CREATE TABLE t (id serial PRIMARY KEY, a json);'
says 'advice **json** `public.t.a`'
says 'advice **integer-key**'
says_not '⚠'

# --- Machines ---
run 0 migrate review a.sql b.sql --format json
says '"version": 1'
says '"name": "json"'
python3 -c 'import json, sys; json.load(open("out"))' || fail 'the JSON is none'

# --- @allow: above, at the end of a line, at the whole of what goes ---
review allow 'CREATE TABLE t (id bigint PRIMARY KEY, a integer, b integer, c integer);
CREATE TABLE u (id bigint PRIMARY KEY, t bigint);' '-- @allow dropping-column: nobody uses it
CREATE TABLE t (id bigint PRIMARY KEY,
    a bigint, -- @allow changing-type-rewrites, changing-type
    d integer -- @renamed from c
    -- @allow renaming-column
);
CREATE TABLE u (id bigint PRIMARY KEY, t bigint);
/* @allow creating-index */ CREATE INDEX ON u (t);'
says '(allowed) **changing-type-rewrites** `public.t.a`'
says '(allowed) **changing-type** `public.t.a`'
says '(allowed) **dropping-column** `public.t.b`'
says '(allowed) **renaming-column** `public.t.c`'
says_not '⚠'
review not_allowed 'CREATE TABLE t (id bigint PRIMARY KEY, a integer, b integer);' '-- @allow dropping-columns
CREATE TABLE t (id bigint PRIMARY KEY, -- @allow changing-type
    a bigint);'
says '⚠ **changing-type** `public.t.a`'
says '⚠ **dropping-column** `public.t.b`'
review misplaced "$table" "$table -- @allow json

-- @allow json
SET search_path = public;"
complains 'b.sql:3:1: warning: nothing that has a name stands here [PL730]'

# --- A folder of migrations, and one among the schema files ---
fresh folder
mkdir schema/tables schema/steps
mv schema/1.sql schema/tables
printf -- '-- tenon: parent none\n-- @effect CREATE TABLE made (id bigint PRIMARY KEY)\nDO $$BEGIN END$$;\n' \
    >schema/steps/20261130101500_a.sql
echo 'CREATE TABLE made (id bigint PRIMARY KEY);' >made.sql
run 0 migrate review schema/steps made.sql
says 'The schema does not change.'
run 0 migrate review schema/steps/ made.sql --migrations schema/steps
says 'The schema does not change.'
run 0 migrate review 'schema/*/*.sql' schema/tables --migrations schema/steps
says 'The schema does not change.'
run 0 diagram --schema 'schema/*/*.sql' --migrations schema/steps
says '>notes<'
says_not '>made<'

# --- Revisions, from a directory of the repository ---
fresh revisions
git init -q .
mkdir sub
mv schema queries sub
git add -A
git -c user.name=me -c user.email=me@example.com commit -qm start
cd sub
printf 'schema: [schema]\nqueries: [queries]\n' >tenon.yaml
echo 'CREATE TABLE more (id bigint PRIMARY KEY);' >>schema/1.sql
run 0 migrate review HEAD schema
says '| `+` | TABLE `public.more` | added |'
run 0 migrate review HEAD:./schema schema
says '| `+` | TABLE `public.more` | added |'
run 0 migrate review HEAD:sub/schema schema
says '| `+` | TABLE `public.more` | added |'

# --- The C code ---
fresh code
mkdir new
echo 'CREATE TABLE notes (id bigint PRIMARY KEY, text text, at date NOT NULL);' >new/1.sql
printf -- '-- name: AddNote :exec\nINSERT INTO notes (id) VALUES (@id);\n' >>queries/notes.sql
run 0 migrate review schema new --schema schema --queries queries --package app
says '`AddNote`: column at must have a value, and it gives none'
says 'expand and contract'
says 'typedef struct app_notes_row'
echo 'CREATE TABLE notes (id bigint PRIMARY KEY, body text, more text);' >new/1.sql
run 0 migrate review schema new --schema schema --queries queries --package app
says 'FindNote`: it has another number of columns'
printf -- '-- name: FindNote :opt\nSELECT id FROM notes WHERE id = @id;\n' >queries/notes.sql
run 0 migrate review schema new --schema schema --queries queries --package app
says 'any order'

# --- Pictures ---
run 0 migrate review schema new --picture change.svg
has change.svg
grep -q 'class="added"' change.svg || fail 'the picture shows no new column'
! grep -q '<script' change.svg || fail 'the picture has a script'
python3 -c 'import xml.dom.minidom as x; x.parse("change.svg")' || fail 'the picture is no XML'
echo mine >mine.svg
run 3 migrate review schema new --picture mine.svg
complains 'will not overwrite'
run 0 diagram --schema new
says '<svg '
says '>more<'
cp out first
run 0 diagram --schema new
cmp -s first out || fail 'the picture differs from itself'

exit $failed
