-- What refers to an object is known by the object, not by its name: overloads and schemas.
CREATE SCHEMA app;
CREATE FUNCTION g(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g(text) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION app.g(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW w AS SELECT g(1) AS a;
DROP FUNCTION g(int);
DROP FUNCTION g(text);
DROP FUNCTION app.g(int);
DROP FUNCTION g(int) CASCADE;
-- Indexes, checks, defaults, generated columns.
CREATE FUNCTION nn(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION pos(int) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT $1 > 0';
CREATE TABLE i (a text, b int CHECK (pos(b)), c int DEFAULT 1, d text DEFAULT nn('x'));
CREATE INDEX i_nn ON i (nn(a));
CREATE INDEX i_part ON i (a) WHERE pos(b);
DROP FUNCTION nn(text);
DROP FUNCTION pos(int);
DROP INDEX i_nn;
ALTER TABLE i ALTER d DROP DEFAULT;
DROP FUNCTION nn(text);
DROP INDEX i_part;
DROP FUNCTION pos(int);
ALTER TABLE i DROP CONSTRAINT i_b_check;
DROP FUNCTION pos(int);
CREATE FUNCTION twice(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 * 2';
CREATE TABLE gen (a int, b int GENERATED ALWAYS AS (twice(a)) STORED, c int DEFAULT twice(1));
CREATE INDEX gen_i ON gen (twice(c));
DROP FUNCTION twice(int);
DROP FUNCTION twice(int) CASCADE;
INSERT INTO gen DEFAULT VALUES;
-- Columns of the same name in other tables do not count.
CREATE TABLE a (id int, x int); CREATE TABLE b (x int, y int);
CREATE VIEW v AS SELECT x FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.y = 1);
ALTER TABLE b DROP COLUMN y;
ALTER TABLE b DROP COLUMN x;
ALTER TABLE a DROP COLUMN x;
ALTER TABLE a DROP COLUMN id;
-- Through joins, sub-queries, USING and whole rows.
CREATE TABLE j1 (k int, p int); CREATE TABLE j2 (k int, q int); CREATE TABLE j3 (k int, r int);
CREATE VIEW vj AS SELECT k, p FROM j1 JOIN j2 USING (k);
CREATE VIEW vs AS SELECT (SELECT max(r) FROM j3 WHERE j3.k = j1.k) AS m FROM j1;
ALTER TABLE j2 DROP COLUMN k;
ALTER TABLE j2 DROP COLUMN q;
ALTER TABLE j3 DROP COLUMN r;
ALTER TABLE j3 DROP COLUMN k;
ALTER TABLE j1 DROP COLUMN p;
DROP TABLE j3;
DROP VIEW vs;
ALTER TABLE j3 DROP COLUMN r;
-- The key that a GROUP BY needs.
CREATE TABLE k (id int PRIMARY KEY, n text);
CREATE VIEW gv AS SELECT id, n FROM k GROUP BY id;
CREATE VIEW gw AS SELECT id, count(*) FROM k GROUP BY id;
ALTER TABLE k DROP CONSTRAINT k_pkey;
DROP VIEW gv;
ALTER TABLE k DROP CONSTRAINT k_pkey;
-- Operators, types, domains.
CREATE FUNCTION same(text, text) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT $1 = $2';
CREATE OPERATOR === (leftarg = text, rightarg = text, function = same);
CREATE VIEW vo AS SELECT 'a' === 'b' AS e;
DROP OPERATOR === (text, text);
DROP FUNCTION same(text, text);
DROP VIEW vo;
CREATE DOMAIN dom AS text CHECK (VALUE === 'a');
DROP OPERATOR === (text, text);
DROP OPERATOR === (text, text) CASCADE;
DROP FUNCTION same(text, text);
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE VIEW vt AS SELECT 1 AS one WHERE 'sad'::mood = 'ok'::mood;
CREATE TABLE mt (a int CHECK ('sad'::mood < 'ok'));
DROP TYPE mood;
DROP VIEW vt;
DROP TYPE mood;
DROP TYPE mood CASCADE;
-- Triggers.
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE tt (a int);
CREATE TRIGGER x BEFORE INSERT ON tt FOR EACH ROW EXECUTE FUNCTION tf();
CREATE TRIGGER x BEFORE UPDATE ON tt FOR EACH ROW EXECUTE FUNCTION tf();
DROP FUNCTION tf();
ALTER TRIGGER x ON tt RENAME TO y;
DROP TRIGGER y ON tt;
DROP FUNCTION tf();
-- Bodies in SQL's own grammar are trees, those in strings are text.
CREATE TABLE bt (a int, b int);
CREATE FUNCTION atomic() RETURNS bigint BEGIN ATOMIC SELECT sum(a) FROM bt; END;
CREATE FUNCTION text_body() RETURNS bigint LANGUAGE sql AS 'SELECT sum(b) FROM bt';
ALTER TABLE bt DROP COLUMN a;
ALTER TABLE bt DROP COLUMN b;
DROP TABLE bt;
DROP FUNCTION atomic();
DROP TABLE bt;
-- Rows that are stored.
CREATE TABLE r (x int);
CREATE TABLE rb (r r);
ALTER TABLE r ADD y int DEFAULT 5;
ALTER TABLE r ADD z int;
-- Partition keys.
CREATE FUNCTION bucket(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 % 4';
CREATE TABLE parted (a int) PARTITION BY LIST (bucket(a));
DROP FUNCTION bucket(int);
-- Views keep what they meant when what they read is renamed.
CREATE TABLE c (x int NOT NULL, k int); CREATE VIEW vc AS SELECT x FROM c;
ALTER TABLE c RENAME x TO x2;
ALTER TABLE c ADD COLUMN x int;
ALTER TABLE c ALTER x2 DROP NOT NULL;
ALTER TABLE c ALTER x SET NOT NULL;
ALTER TABLE c DROP COLUMN x;
ALTER TABLE c DROP COLUMN x2;
-- Aggregates and operators over polymorphic functions.
CREATE FUNCTION amr(anymultirange, anymultirange) RETURNS anymultirange LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION fin(anymultirange) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE AGGREGATE agm(int4multirange) (sfunc = amr, stype = int4multirange, finalfunc = fin);
CREATE VIEW va AS SELECT agm(m) AS lowest FROM (VALUES ('{[1,2)}'::int4multirange)) AS t (m);
CREATE FUNCTION low2(anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE OPERATOR ### (rightarg = int4, function = low2);
CREATE OPERATOR ### (rightarg = anyelement, function = low2);
CREATE VIEW vp AS SELECT ### 1::bigint AS n;
