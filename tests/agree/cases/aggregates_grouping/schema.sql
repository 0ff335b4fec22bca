CREATE TABLE f (id integer PRIMARY KEY, g text, h integer, v numeric(8, 2), r real, d double precision, b boolean, s smallint, big bigint, iv interval, dt date, ts timestamptz, m money, j json, jb jsonb, arr integer[], ip inet, x xml, by bytea, bits bit(4), rng int4range, tm time);
CREATE TABLE dim (f_id integer, k text NOT NULL, w integer, PRIMARY KEY (f_id, k));
CREATE TABLE nokey (a integer UNIQUE, b text);
CREATE VIEW vf AS SELECT * FROM f;
CREATE AGGREGATE my_sum (integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE FUNCTION add_any(s anyarray, v anyelement) RETURNS anyarray LANGUAGE sql AS 'SELECT array_append(s, v)';
CREATE AGGREGATE my_collect (anyelement) (SFUNC = add_any, STYPE = anyarray, INITCOND = '{}');
CREATE AGGREGATE my_pct (float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE FUNCTION plain(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
