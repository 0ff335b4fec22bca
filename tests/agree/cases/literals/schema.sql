CREATE TYPE ec AS ENUM ('red', 'blue');
CREATE DOMAIN di AS integer CHECK (VALUE > 0);
CREATE DOMAIN dn AS numeric(4, 1);
CREATE TYPE ct AS (a integer, b text, c date);
CREATE TABLE l (i integer, s smallint, b bigint, n numeric(4, 1), r real, f float8, bo boolean, d date, t time, ts timestamp, tz timestamptz, iv interval, u uuid, j json, jb jsonb, e ec, dm di, co ct, ia integer[], ip inet, x xml, by bytea, bi bit(4), rc regclass, v varchar(3), m money, p point, rg int4range, tx text, q "char", oi oid, xi xid, ti tid);
CREATE SEQUENCE sq;
CREATE FUNCTION fi(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE FUNCTION fi2(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION fi2(text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
