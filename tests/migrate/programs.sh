#!/bin/sh
# What `tenon migrate new` says of the programs that run while a migration is applied.
#   programs.sh TENON
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/support/program.sh
. "$here/../support/program.sh"
# shellcheck source=tests/migrate/project.sh
. "$here/project.sh"

queries() { printf '%s\n' "$@" >queries/users.sql; }
find='-- name: FindUser :opt
SELECT username FROM users WHERE id = @id;'
add='-- name: AddUser :exec
INSERT INTO users (id) VALUES (@id);'
count='-- name: CountUsers :one
SELECT count(*) FROM users;'

project programs ''
mkdir queries
echo 'queries: [queries]' >>tenon.yaml
queries "$find" "$add" "$count"
run 0 migrate new start
says_not 'break' # there are none yet

schema 'CREATE TABLE users (id bigint PRIMARY KEY, username text, note text);'
run 0 migrate new harmless
says_not 'break'
schema 'CREATE TABLE users (id bigint PRIMARY KEY, name text, -- @renamed from username
    note text, born date NOT NULL);'
run 0 migrate new rename
says 'wrote schema/migrations/'
says 'programs with these queries break when it is applied:'
says '    FindUser: column "username" does not exist'
says '    AddUser: column born must have a value, and it gives none'
says_not 'CountUsers'

# The queries of today are those that are deployed, wherever they are said to be.
git init -q .
git add -A
git -c user.name=me -c user.email=me@example.com commit -qm start
rm schema/migrations/*_rename.sql
queries '-- name: FindUser :opt
SELECT name FROM users WHERE id = @id;'
run 0 migrate new rename
says_not 'FindUser'
rm schema/migrations/*_rename.sql
run 0 migrate new rename --schema schema --queries HEAD:./queries
says '    FindUser: column "username" does not exist'

# A list of files that cannot be read is said before anything is written.
rm schema/migrations/*_rename.sql
run 3 migrate new rename --schema schema --queries none
complains 'none'
! ls schema/migrations/*_rename.sql >/dev/null 2>&1 || fail 'a migration was written'

exit $failed
