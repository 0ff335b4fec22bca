CREATE TYPE en AS ENUM ('x', 'y');
CREATE DOMAIN dint AS integer;
CREATE DOMAIN dtext AS text;
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE c (s smallint, i integer, b bigint, n numeric, n52 numeric(5, 2), r real, f float8, t text, v varchar(5), v9 varchar(9), ch char(3), nm name, q "char", d dint, dt dtext, da date, ts timestamp, tz timestamptz, tm time, tt timetz, iv interval, e en, j json, jb jsonb, bo boolean, ia integer[], ba bigint[], p pair, ip inet, cd cidr, bi bit(3), vb varbit(5), oi oid, rc regclass, rp regproc, m money, u uuid, x xml, by bytea);
