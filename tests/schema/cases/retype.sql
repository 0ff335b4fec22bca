-- What an access method can do is asked before the columns are looked at, and behind the
-- expressions and the predicate.
CREATE TABLE m (a int NOT NULL, b int, t text, r int4range);
CREATE UNIQUE INDEX ON m USING hash (a);
CREATE INDEX ON m USING hash (a, b);
CREATE INDEX ON m USING hash (a) INCLUDE (b);
CREATE INDEX m_hash ON m USING hash (a);
CREATE UNIQUE INDEX ON m USING gist (r);
CREATE INDEX m_gist ON m USING gist (r) INCLUDE (a);
CREATE INDEX ON m USING spgist (t, r);
CREATE INDEX m_spgist ON m USING spgist (t) INCLUDE (a);
CREATE INDEX ON m USING gin (a) INCLUDE (b);
CREATE INDEX ON m USING brin (a) INCLUDE (b);
CREATE INDEX m_brin ON m USING brin (a, b);
CREATE UNIQUE INDEX ON m USING hash (nosuch, a);
CREATE UNIQUE INDEX ON m USING hash (a, (nosuch));
CREATE INDEX ON m USING gist (a) WHERE nosuch = 1;
CREATE INDEX ON m USING gist (a, (nosuch(b)));
ALTER TABLE m ADD EXCLUDE USING hash (a WITH =, b WITH =);
ALTER TABLE m ADD CONSTRAINT m_hash_excl EXCLUDE USING hash (a WITH =);
ALTER TABLE m ADD EXCLUDE USING brin (a WITH =);

-- The operator class of a key follows the type of its column, each time.
CREATE TABLE followed (a int, b int, EXCLUDE USING btree (a WITH =) WHERE (b > 0));
CREATE INDEX ON followed (a, (b + 1));
ALTER TABLE followed ALTER a TYPE bigint;
ALTER TABLE followed ALTER b TYPE bigint;
ALTER TABLE followed ALTER a TYPE numeric, ALTER b TYPE numeric;
ALTER TABLE followed ALTER a TYPE json USING to_json(a);

-- A sequence that a column owns does not keep its type.
CREATE TABLE owning (id serial, n smallint GENERATED ALWAYS AS IDENTITY, CHECK (id > 0));
ALTER TABLE owning ALTER id TYPE bigint, ALTER n TYPE int;

-- USING sees the table as it was.
CREATE TABLE swapped (a int, b text, c text);
ALTER TABLE swapped ALTER a TYPE text USING b || c, ALTER b TYPE bigint USING a * 10, DROP c;
ALTER TABLE swapped DROP a, ALTER b TYPE text USING a || b::text;
ALTER TABLE swapped ALTER b TYPE text USING nosuch;

-- The conversion of a generated value to its column may be mutable, what is generated may not.
CREATE TABLE made (at timestamptz, x int[], t text GENERATED ALWAYS AS (at) STORED);
CREATE TABLE made_of (at timestamptz, t text GENERATED ALWAYS AS (at::text) STORED);
CREATE TABLE made_by (x int[], n int GENERATED ALWAYS AS (x::text) STORED);
DROP TABLE IF EXISTS made_of, made_by;

-- Only a partitioned table has partitions to detach.
CREATE TABLE whole (a int);
ALTER TABLE whole DETACH PARTITION swapped;
ALTER TABLE whole DETACH PARTITION nosuch;

-- A table that inherits a column twice is altered once.
CREATE TABLE top (a text);
CREATE TABLE left_side () INHERITS (top);
CREATE TABLE right_side () INHERITS (top);
CREATE TABLE bottom () INHERITS (left_side, right_side, top);
ALTER TABLE top ALTER a TYPE int USING length(a);
ALTER TABLE top ALTER a TYPE bigint, ALTER a TYPE text;
