CREATE TABLE a (id integer PRIMARY KEY, x text, k smallint, js json);
CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a (id), x varchar(10), y numeric, k bigint, js json);
CREATE TABLE c (id bigint PRIMARY KEY, b_id integer, z date);
CREATE TABLE d (p integer, q text);
CREATE TABLE dup (id integer, x text);
CREATE FUNCTION near(i integer) RETURNS TABLE (id integer, dist real) LANGUAGE sql AS 'SELECT i, 1.0::real';
