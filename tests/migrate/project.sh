# shellcheck shell=sh
# Sourced by the tests of this folder, after program.sh: small projects with a folder of migrations.

# project NAME [SQL]: a new folder whose schema is the SQL, else a table; nothing is migrated yet.
project() {
    mkdir "$work/$1"
    cd "$work/$1"
    mkdir schema
    echo 'schema: [schema]' >tenon.yaml
    schema "${2:-CREATE TABLE users (id bigint PRIMARY KEY, username text);}"
    : >out
    : >err
}
schema() { printf '%s\n' "$1" >schema/schema.sql; }

# The newest file of the folder, and the text of the file whose name ends so.
newest() { ls schema/migrations/*.sql | tail -n 1; }
named() { ls schema/migrations/*"_$1.sql"; }
in_file() { grep -qF -- "$2" "$1" || fail "$last: no '$2' in $1: $(cat "$1")"; }
not_in_file() { ! grep -qF -- "$2" "$1" || fail "$last: '$2' in $1: $(cat "$1")"; }

# migration STAMP_NAME PARENT TEXT: a file written by hand, with its last line.
migration() {
    mkdir -p schema/migrations
    printf -- '-- tenon: parent %s\n%s\n' "$2" "$3" >"schema/migrations/$1.sql"
}

# converges: the folder leads to the schema, and says so.
converges() {
    run 0 migrate check
    run 0 migrate new again
    says 'nothing to do'
}
