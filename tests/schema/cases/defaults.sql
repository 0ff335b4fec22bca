-- Which columns have a default; DEFAULT NULL is none.
CREATE TABLE t (a int DEFAULT NULL, b text DEFAULT NULL::text, c varchar(5) DEFAULT NULL::varchar, d int DEFAULT 1, e text DEFAULT 'x'::text, f timestamptz DEFAULT now());
ALTER TABLE t ALTER COLUMN d SET DEFAULT NULL, ALTER COLUMN a SET DEFAULT 3;
ALTER TABLE t ADD COLUMN g uuid DEFAULT NULL, ADD h int NULL DEFAULT (NULL);
create table test (item varchar(16) default null::character varying, b varchar(16) default null, c varchar default null::varchar(3), d text default null::varchar);
ALTER TABLE test ALTER COLUMN b SET DEFAULT NULL::character varying;
CREATE TABLE parent (a int DEFAULT 1, b int DEFAULT 2, c int, d int DEFAULT 4);
CREATE TABLE child (a int DEFAULT NULL, b int, c int DEFAULT 3) INHERITS (parent);
CREATE TABLE partitioned (a int DEFAULT 1, b int DEFAULT 2) PARTITION BY LIST (a);
CREATE TABLE partition PARTITION OF partitioned (b DEFAULT NULL) FOR VALUES IN (1);
