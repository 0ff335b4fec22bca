CREATE TYPE color AS ENUM ('red', 'green');
CREATE DOMAIN posint AS integer CHECK (VALUE > 0);
CREATE TYPE pt AS (x integer, y integer);
CREATE TABLE l (i integer, b bigint, s smallint, n numeric(6, 2), f real, d double precision, t text, v varchar(5), c char(3), dt date, ts timestamp, tz timestamptz, col color, pos posint, j json, jb jsonb, arr integer[], p pt, x xml, bo boolean, nm name);
CREATE TABLE m (i integer, t text);
