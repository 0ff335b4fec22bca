-- A foreign key stands on one of the keys that have its columns.
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE TABLE r1 (a int REFERENCES t);
ALTER TABLE t ADD CONSTRAINT again UNIQUE (a);
CREATE TABLE r2 (a int REFERENCES t (a));
ALTER TABLE t DROP CONSTRAINT again;
ALTER TABLE t DROP CONSTRAINT t_pkey;
ALTER TABLE t ADD CONSTRAINT late UNIQUE (b) DEFERRABLE;
CREATE TABLE r3 (b int REFERENCES t (b));
CREATE UNIQUE INDEX plain ON t (b);
CREATE TABLE r3 (b int REFERENCES t (b));
ALTER TABLE t DROP CONSTRAINT late;
DROP INDEX plain;
DROP INDEX plain CASCADE;

-- The columns of an index keep the names that they had, also in copies.
CREATE TABLE named (a int UNIQUE, b int, c int);
CREATE INDEX ON named (b, c) INCLUDE (c);
ALTER TABLE named RENAME a TO z;
ALTER TABLE named RENAME c TO y;
CREATE TABLE copied (LIKE named INCLUDING ALL);
CREATE TABLE copied_again (LIKE copied INCLUDING ALL);
ALTER TABLE copied ALTER z TYPE bigint;
CREATE TABLE copied_anew (LIKE copied INCLUDING ALL);

-- What moves with a table needs its name there too.
CREATE SCHEMA there;
CREATE TABLE moved (a int);
CREATE SEQUENCE mine OWNED BY moved.a;
CREATE SEQUENCE there.mine;
ALTER TABLE moved SET SCHEMA there;
DROP SEQUENCE there.mine;
ALTER TABLE moved SET SCHEMA there;
