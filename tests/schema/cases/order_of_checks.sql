-- Of several mistakes the server names the one that it meets first.
CREATE TABLE there (a int PRIMARY KEY, b text);
CREATE TABLE there (a int, b int GENERATED ALWAYS AS (nosuch) STORED) PARTITION BY RANGE (nosuch);
CREATE TABLE there PARTITION OF there FOR VALUES IN (1);
CREATE TABLE o1 (a text GENERATED ALWAYS AS IDENTITY, b nosuch);
CREATE TABLE o1 (a text GENERATED ALWAYS AS IDENTITY, LIKE nosuch);
CREATE TABLE o1 (a text GENERATED ALWAYS AS IDENTITY, b int);
CREATE TABLE o1 (a int PRIMARY KEY, b int REFERENCES nosuch, PRIMARY KEY (b));
ALTER TABLE there ADD PRIMARY KEY (nosuch);
ALTER TABLE there ADD PRIMARY KEY (b);
ALTER TABLE there ADD COLUMN c text GENERATED ALWAYS AS IDENTITY;
CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT nosuch FROM there; END;
CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT nosuch FROM there';
CREATE MATERIALIZED VIEW nowhere.m AS SELECT nosuch FROM there;
CREATE TABLE nowhere.t AS SELECT nosuch FROM there;
CREATE MATERIALIZED VIEW nowhere.m AS SELECT a FROM there;
CREATE VIEW nowhere.v AS SELECT nosuch FROM there;

-- A row is no part of itself, not even inside of other types.
CREATE TYPE inner_row AS (x int);
CREATE TYPE outer_row AS (r inner_row, s inner_row[]);
CREATE DOMAIN inner_domain AS inner_row;
ALTER TYPE inner_row ADD ATTRIBUTE y inner_row;
ALTER TYPE inner_row ADD ATTRIBUTE y inner_row[];
ALTER TYPE inner_row ADD ATTRIBUTE y outer_row;
ALTER TYPE inner_row ADD ATTRIBUTE y inner_domain;
ALTER TYPE outer_row ADD ATTRIBUTE y inner_domain;
ALTER TABLE there ADD COLUMN c there;
ALTER TABLE there ADD COLUMN c there[];

-- A generated column keeps the columns that it is made of.
CREATE TABLE g (a int, b int, c int GENERATED ALWAYS AS (a + b) STORED);
ALTER TABLE g DROP COLUMN a;
ALTER TABLE g DROP COLUMN a CASCADE;
ALTER TABLE g DROP COLUMN b;

-- ALTER names the kind of what it moves.
CREATE SCHEMA elsewhere;
CREATE VIEW a_view AS SELECT 1 AS x;
CREATE MATERIALIZED VIEW a_matview AS SELECT 1 AS x;
ALTER VIEW a_matview SET SCHEMA elsewhere;
ALTER MATERIALIZED VIEW a_view SET SCHEMA elsewhere;
ALTER SEQUENCE a_view SET SCHEMA elsewhere;
ALTER TABLE a_view SET SCHEMA elsewhere;
ALTER MATERIALIZED VIEW a_matview SET SCHEMA elsewhere;

-- A parent is found before its child of the same name hides it.
CREATE TABLE elsewhere.parted (a int) PARTITION BY LIST (a);
CREATE TABLE elsewhere.mother (a int NOT NULL);
SET search_path TO public, elsewhere;
CREATE TABLE parted PARTITION OF parted FOR VALUES IN (1);
CREATE TABLE mother (b int) INHERITS (mother);
RESET search_path;

-- A table goes with the column of its partition key, which cannot go alone.
CREATE DOMAIN key_domain AS int;
CREATE TABLE keyed (a key_domain, b int) PARTITION BY RANGE (a);
CREATE TABLE keyed_by (a key_domain, b int) PARTITION BY RANGE ((a + 1));
CREATE TABLE not_keyed (a key_domain, b int);
ALTER TABLE keyed DROP COLUMN a CASCADE;
DROP DOMAIN key_domain;
DROP DOMAIN key_domain CASCADE;

-- The names of a domain's constraints go with it.
CREATE DOMAIN named AS int CHECK (VALUE > 0);
DROP DOMAIN named;
CREATE DOMAIN named AS int CHECK (VALUE > 1);
ALTER DOMAIN named DROP CONSTRAINT named_check;

-- An identity stays an integer.
CREATE TABLE counted (a int GENERATED ALWAYS AS IDENTITY);
ALTER TABLE counted ALTER a TYPE uuid USING gen_random_uuid();
ALTER TABLE counted ALTER a TYPE smallint;

-- Of keys that are the same one is made, with the first name that was written.
CREATE TABLE merged (a int UNIQUE, b int PRIMARY KEY, CONSTRAINT one UNIQUE (a), CONSTRAINT two UNIQUE (b));
CREATE TABLE merged_again (a int, CONSTRAINT first UNIQUE (a), CONSTRAINT second UNIQUE (a), UNIQUE (a));
ALTER FOREIGN TABLE there ADD COLUMN z int;
ALTER TABLE inner_row ADD COLUMN z int;
ALTER TABLE inner_row RENAME TO z;
ALTER TABLE inner_row SET SCHEMA elsewhere;
ALTER VIEW inner_row RENAME TO z;
