#!/bin/sh
# Changes that no statement makes are refused with their place, and nothing is printed.
#   by_hand.sh TENON
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/support/program.sh
. "$here/../support/program.sh"
# shellcheck source=tests/migrate/project.sh
. "$here/project.sh"

# refused BEFORE AFTER MESSAGE...
refused() {
    printf '%s\n' "$1" >before.sql
    printf '%s\n' "$2" >after.sql
    run 1 migrate diff --from before.sql --to after.sql --allow-drop all
    complains '[PL701]'
    complains 'by hand: '
    shift 2
    for message; do complains "$message"; done
}
project by_hand ''

refused 'CREATE TABLE t (a int, b int) PARTITION BY LIST (a);' \
    'CREATE TABLE t (a int, b int) PARTITION BY LIST (b);' \
    'the partition key of table public.t changes' 'after.sql:1'
refused 'CREATE TABLE t (a int);' 'CREATE TABLE t (a int) PARTITION BY LIST (a);' \
    'the partition key of table public.t changes'
refused 'CREATE TABLE t (a bigint);' 'CREATE TABLE t (a timestamp);' \
    'cannot cast type bigint to timestamp without time zone (42846)' \
    'instead of: ALTER TABLE public.t ALTER COLUMN a TYPE'
