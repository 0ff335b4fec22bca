CREATE TABLE w (id integer PRIMARY KEY, dept text, pay numeric(8, 2), hired date, ts timestamptz, n bigint, r real, iv interval, tm time, s smallint, j json, d double precision);
CREATE AGGREGATE longest (text) (SFUNC = text_larger, STYPE = text);
CREATE DOMAIN small AS integer;
