#!/bin/sh
# What may stand in a migration, and what is said of the rest.
#   files.sh TENON
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/support/program.sh
. "$here/../support/program.sh"
# shellcheck source=tests/migrate/project.sh
. "$here/project.sh"

# refused NAME TEXT CODE MESSAGE...: a folder with this one file is not good.
n=0
refused() {
    n=$((n + 1))
    project "refused$n" ''
    mkdir schema/migrations
    printf '%s\n' "$2" >"schema/migrations/$1.sql"
    run 1 migrate check
    complains "[$3]"
    shift 3
    for message; do complains "$message"; done
}
name=20261130101500_a
top='-- tenon: parent none'

refused 2026_a "$top" PL710 'a time and a name: 20261130101500_add_limit'
refused 20261330101500_a "$top" PL710 'a time and a name'
refused '20261130101500_a b' "$top" PL710 'letters, digits, _ and -'
refused 20261130101500_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "$top" PL710 \
    'at most 63 characters'
refused $name 'CREATE TABLE t (a int);' PL712 'a migration names its parent' \
    'write in the first line: -- tenon: parent none'
refused $name '-- tenon: parent 20261130101400_b' PL712 'there is no migration "20261130101400_b"'
refused $name "$top
-- tenon: comit
" PL711 'is nothing that tenon knows'
refused $name "$top
-- tenon: parent none" PL711 'stands here twice'
refused $name "$top
-- tenon: commit now" PL711 'stands alone in its line'
refused $name '-- tenon: parent' PL711 'needs a word more'
refused $name "CREATE TABLE t (a int);
$top" PL711 'stands above the first statement'
refused $name "$top
CREATE TABLE t (
-- tenon: commit
a int);" PL711 'stands between statements, not inside of one'
refused $name "$top
-- tenon: catalog v1:00
CREATE TABLE t (a int);" PL711 'is the last line of a migration'

# psql's, and what only a server knows
for word in BEGIN COMMIT ROLLBACK 'SAVEPOINT a' 'RELEASE a' 'START TRANSACTION' "PREPARE TRANSACTION 'a'"; do
    refused $name "$top
$word;" PL714 'write "-- tenon: commit"'
done
refused $name "$top
\\set a 1" PL715 'which alone knows "\set a 1"'
refused $name "$top
COPY t FROM stdin;
1
\\." PL715 'write INSERT'
refused $name "$top
DO 'BEGIN EXECUTE ''CREATE TABLE t (a int)''; END';" PL717 'what a DO block does' \
    '"-- @effect none"'
refused $name "$top
CALL p();" PL717 'what CALL does'
refused $name "$top
SELECT f();" PL717 'what SELECT of a function does'
refused $name "$top
-- @effect none
CREATE TABLE t (a int);" PL711 'belongs to DO, CALL and SELECT only'

# inside and outside of transactions
for statement in 'CREATE INDEX CONCURRENTLY i ON t (a)' 'DROP INDEX CONCURRENTLY i' \
    'ALTER TABLE t DETACH PARTITION p CONCURRENTLY'; do
    refused $name "$top
$statement;" PL716 'cannot run in a transaction' 'tenon migrate new --empty NAME'
done
for statement in 'VACUUM t' 'CREATE DATABASE d' 'ALTER SYSTEM SET work_mem = 1' 'DISCARD ALL' \
    'REINDEX TABLE CONCURRENTLY t' 'REINDEX (CONCURRENTLY on) INDEX i' 'REINDEX SCHEMA s' \
    'REINDEX DATABASE d' 'REINDEX SYSTEM d' 'CLUSTER' 'ALTER DATABASE d SET TABLESPACE t' \
    "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p" 'ALTER SUBSCRIPTION s REFRESH PUBLICATION' \
    'ALTER SUBSCRIPTION s SET PUBLICATION p'; do
    refused $name "$top
$statement;" PL716 'cannot run in a transaction' 'run it by hand'
done
for statement in 'REINDEX TABLE p' 'REINDEX INDEX p_pkey' 'CLUSTER p USING p_pkey'; do
    n=$((n + 1))
    project "partitioned$n" ''
    migration 20261130101500_a none 'CREATE TABLE p (a int PRIMARY KEY) PARTITION BY RANGE (a);'
    migration 20261130101600_b 20261130101500_a "$statement;"
    run 1 migrate check
    complains '[PL716]'
    complains 'of a partitioned table cannot run in a transaction'
done
# ... and what may
project inside ''
migration 20261130101500_a none "CREATE TABLE t (a int PRIMARY KEY);
REINDEX TABLE t;
REINDEX (CONCURRENTLY false) TABLE t;
REINDEX (CONCURRENTLY on, CONCURRENTLY 0) TABLE t;
CLUSTER t USING t_pkey;
ANALYZE t;
CREATE SUBSCRIPTION s CONNECTION 'dbname=d' PUBLICATION p WITH (connect = false);
DISCARD PLANS;"
schema "CREATE TABLE t (a int PRIMARY KEY); CLUSTER t USING t_pkey;
CREATE SUBSCRIPTION s CONNECTION 'dbname=d' PUBLICATION p WITH (connect = false);"
run 0 migrate rehash 20261130101500_a
converges
outside="$top
-- tenon: no-transaction"
refused $name "$outside
CREATE TABLE t (a int);" PL716 'none of those that may run outside' 'CREATE INDEX CONCURRENTLY,'
refused $name "$outside
CREATE INDEX i ON t (a);" PL716 'none of those that may run outside'
refused $name "$outside
CREATE INDEX CONCURRENTLY ON t (a);" PL716 'name it: CREATE INDEX CONCURRENTLY name ON'
refused $name "$top
CREATE INDEX CONCURRENTLY ON t (a);" PL716 'tenon migrate new --empty NAME'
refused $name "$outside
UPDATE t SET a = 1 WHERE a IS NULL;" PL716 'write "-- tenon: batch 5000"'
refused $name "$outside
CREATE INDEX CONCURRENTLY i ON s.t (a);" PL718 \
    "-- tenon: done SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('s.i') AND indisvalid)"
refused $name "$outside
DROP INDEX CONCURRENTLY i;" PL718 "-- tenon: done SELECT to_regclass('i') IS NULL"
refused $name "$outside
ALTER TABLE t DETACH PARTITION \"P\" CONCURRENTLY;" PL718 "to_regclass('\"P\"')"
refused $name "$outside
ALTER TYPE e ADD VALUE 'it''s';" PL718 "enumlabel = 'it''s'"
refused $name "$outside
-- tenon: done perhaps
DROP INDEX CONCURRENTLY i;" PL718 'is no query'
refused $name "$outside
-- tenon: done SELECT true
-- tenon: batch 5
DROP INDEX CONCURRENTLY i;" PL719 'belongs to UPDATE and DELETE'
refused $name "$outside
-- tenon: commit
-- tenon: done SELECT to_regclass('i') IS NULL
DROP INDEX CONCURRENTLY i;" PL711 'committed by itself'
refused $name "$top
-- tenon: done SELECT true
CREATE TABLE t (a int);" PL711 'belongs into a file with "-- tenon: no-transaction"'

# what an earlier commit is for
refused $name "$top
CREATE TABLE t (a int);
-- tenon: commit
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT c;" PL720 'write "-- tenon: commit" above VALIDATE CONSTRAINT'
refused $name "$top
CREATE TYPE e AS ENUM ('a');
-- tenon: commit
ALTER TYPE e ADD VALUE 'b';
CREATE TABLE t (e e DEFAULT 'b');" PL720 'cannot be used in the transaction that adds it'

# order
project order ''
migration 20261130101500_a none ''
migration 20261130101400_b 20261130101500_a ''
run 1 migrate check
complains '[PL712]'
complains "a parent's name comes first"
project near ''
migration 20261130101400_add_limit none ''
migration 20261130101500_b 20261130101400_ad_limit ''
run 1 migrate check
complains 'did you mean "20261130101400_add_limit"?'

# what is right is right: commits, effects, statements with their queries, batches
project right ''
migration 20261130101400_a none "CREATE TABLE t (id int PRIMARY KEY, a int, b int, k text);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
-- tenon: commit
ALTER TABLE t VALIDATE CONSTRAINT c;
-- @effect CREATE TABLE made (a int)
-- @effect ALTER TABLE made ADD COLUMN b int
DO 'BEGIN PERFORM make(); END';
-- @effect none
CALL fill();
SELECT setval('s', 1), count(*) FROM t;"
sed -i 's/^SELECT setval.*/SELECT pg_catalog.setval($$s$$, 1);/' schema/migrations/20261130101400_a.sql
migration 20261130101500_b 20261130101400_a "-- tenon: no-transaction
-- tenon: done SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('public.i') AND indisvalid)
CREATE INDEX CONCURRENTLY i ON public.t (a);
-- tenon: batch 5000
-- tenon: done SELECT NOT EXISTS (SELECT FROM public.t WHERE b IS DISTINCT FROM a)
UPDATE public.t SET b = a WHERE b IS DISTINCT FROM a;"
schema 'CREATE TABLE t (id int PRIMARY KEY, a int CONSTRAINT c CHECK (a > 0), b int, k text);
CREATE INDEX i ON t (a); CREATE TABLE made (a int, b int);'
run 0 migrate rehash 20261130101500_b
converges

# batches
batch() {
    n=$((n + 1))
    project "batch$n" 'CREATE TABLE t (id int PRIMARY KEY, a int, b int, k text, k2 text,
        v varchar(10), done bool, p numeric(10, 2), at timestamptz);
        CREATE TABLE u (a int); CREATE TABLE parent (a int, id int PRIMARY KEY);
        CREATE TABLE child () INHERITS (parent);'
    run 0 migrate new start
    migration 29991130000001_batch "$(basename "$(named start)" .sql)" "-- tenon: no-transaction
-- tenon: batch ${2:-5000}
-- tenon: done SELECT true
$1;"
    run 0 migrate rehash 29991130000001_batch
}
good() {
    batch "$@"
    run 0 migrate check
}
bad() {
    batch "$1" "${3:-5000}"
    run 1 migrate check
    complains '[PL719]'
    complains "$2"
}
good 'UPDATE t SET b = 0 WHERE b IS NULL'
good 'UPDATE t SET b = a WHERE b IS NULL AND a IS NOT NULL'
good 'UPDATE t SET b = coalesce(a, 0) WHERE b IS NULL'
good 'UPDATE t SET b = a + 1 WHERE b IS DISTINCT FROM a + 1'
good 'UPDATE t SET b = 2 WHERE b = 1'
good 'UPDATE t SET b = 2 WHERE b <> 2'
good 'UPDATE t SET b = 2 WHERE 2 IS DISTINCT FROM b'
good "UPDATE t SET b = 1 WHERE b <> '1'"
good "UPDATE t SET k = 'b' WHERE k = 'a'"
good "UPDATE t SET k = lower(k2) WHERE k IS DISTINCT FROM lower(k2)"
good "UPDATE t SET v = 'done' WHERE v <> 'done'"
good 'UPDATE t SET done = true WHERE done = false'
good 'UPDATE t SET p = 0 WHERE p <> 0'
good 'UPDATE t SET b = u.a FROM u WHERE u.a IS NOT NULL AND b IS NULL'
good 'UPDATE t SET b = id WHERE b IS NULL'
good 'UPDATE t SET at = clock_timestamp() WHERE at IS NULL'
good 'DELETE FROM t USING u WHERE u.a = t.a'
good 'DELETE FROM t WHERE a < 0'
good 'DELETE FROM t WHERE a < 0' 1000000
bad 'UPDATE t SET b = a WHERE b IS NULL' 'not found again'
bad 'UPDATE t SET k = inet_client_addr()::text WHERE k IS NULL' 'not found again'
bad 'UPDATE t SET b = 1 WHERE b = 1' 'not found again'
bad "UPDATE t SET b = 1 WHERE b = '1'" 'not found again'
bad 'UPDATE t SET b = 1.5 WHERE b <> 1.5' 'not found again'
bad 'UPDATE t SET b = p WHERE b IS DISTINCT FROM p' 'not found again'
bad 'UPDATE t SET p = 1.005 WHERE p IS DISTINCT FROM 1.005' 'not found again'
bad "UPDATE t SET k = 'a ' WHERE k = 'a'" 'not found again'
bad 'UPDATE t SET b = a, a = a + 1 WHERE b IS DISTINCT FROM a' 'not found again'
bad 'UPDATE t SET at = now() WHERE at IS DISTINCT FROM now()' 'immutable functions'
bad 'UPDATE t SET b = u.a FROM u WHERE b IS DISTINCT FROM u.a' 'not found again'
bad 'UPDATE t SET b = a' 'b IS DISTINCT FROM the value'
bad 'UPDATE parent SET a = 0 WHERE a IS NULL' 'has no key'
bad 'UPDATE t SET b = 0 WHERE b IS NULL OR a IS NULL' 'not found again'
bad 'UPDATE t SET id = 0, b = 0 WHERE b IS NULL' 'has no key'
bad 'DELETE FROM u WHERE a < 0' 'has no key'
bad 'DELETE FROM t WHERE a < 0' 'a batch is a number of rows' many
bad 'DELETE FROM t WHERE a < 0' 'at most 1000000' 1000001
batch 'DELETE FROM nothing'
run 1 migrate check
complains '[42P01]'

# the query that tells whether a batch is done
asks() {
    refused $name "$outside
-- tenon: batch 100
$1;" PL718 "-- tenon: done SELECT NOT EXISTS ($2)"
}
asks 'UPDATE t SET a = 1 WHERE ((a IS NULL)) RETURNING a' 'SELECT FROM t WHERE a IS NULL'
asks 'UPDATE ONLY s."T" AS x SET a = u.a FROM u WHERE x.b = u.b AND x.a IS NULL' \
    'SELECT FROM ONLY s."T" x, u WHERE x.b = u.b AND x.a IS NULL'
asks 'WITH w AS (SELECT 1 AS a) DELETE FROM t USING w WHERE t.a = w.a RETURNING *' \
    'WITH w AS (SELECT 1 AS a) SELECT FROM t, w WHERE t.a = w.a'
asks 'DELETE FROM t' 'SELECT FROM t'
refused $name "$outside
-- tenon: batch 100
WITH w AS (DELETE FROM u RETURNING a) DELETE FROM t USING w WHERE t.a = w.a;" PL716 \
    'no query asks for the rows that are left'

exit $failed
