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
