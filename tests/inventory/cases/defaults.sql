-- Defaults of columns.
CREATE SCHEMA s;
CREATE SEQUENCE s.numbers;
CREATE TYPE s.mood AS ENUM ('sad', 'ok');
CREATE FUNCTION s.f(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x';
CREATE TABLE t (
    a int DEFAULT 1, b text DEFAULT 'x', c text DEFAULT 'it''s', d timestamptz DEFAULT now(),
    e timestamptz DEFAULT CURRENT_TIMESTAMP, f int DEFAULT NULL, g varchar(5) DEFAULT 'abc', h numeric(5, 2) DEFAULT 0,
    i boolean DEFAULT true, j int[] DEFAULT '{}', k jsonb DEFAULT '{}'::jsonb, l s.mood DEFAULT 'ok',
    m bigint DEFAULT nextval('s.numbers'), n int DEFAULT s.f(3), o int DEFAULT -1, p date DEFAULT CURRENT_DATE,
    q text DEFAULT upper('x'), r uuid DEFAULT gen_random_uuid(), s double precision DEFAULT 1.5, u text DEFAULT CURRENT_USER,
    v text[] DEFAULT ARRAY['a', 'b'], w int DEFAULT (1 + 2) * 3, x interval DEFAULT '1 day');
ALTER TABLE t ALTER a SET DEFAULT 2, ALTER b DROP DEFAULT;
ALTER TABLE t ALTER c TYPE varchar(10);
ALTER TABLE t ALTER h TYPE numeric(8, 4);
ALTER FUNCTION s.f(int) RENAME TO g;
ALTER SEQUENCE s.numbers RENAME TO counted;
CREATE TABLE child () INHERITS (t);
ALTER TABLE child ALTER a SET DEFAULT 99;
ALTER TABLE child ALTER i DROP DEFAULT;
ALTER TABLE t ADD y int DEFAULT 7;
ALTER TABLE t ADD z serial;
CREATE TABLE copied (LIKE t INCLUDING DEFAULTS);
CREATE VIEW v AS SELECT a, b FROM t;
ALTER VIEW v ALTER a SET DEFAULT 3, ALTER b SET DEFAULT 'new';
ALTER VIEW v ALTER b DROP DEFAULT;
