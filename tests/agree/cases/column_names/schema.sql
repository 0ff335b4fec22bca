CREATE TYPE duo AS (left_part integer, right_part text);
CREATE TABLE c (a integer, b text, d duo, arr integer[], j jsonb, ts timestamp, n numeric, f boolean);
CREATE FUNCTION shout(t text) RETURNS text LANGUAGE sql AS 'SELECT upper(t)';
CREATE FUNCTION pairs() RETURNS TABLE (k integer, v text) LANGUAGE sql AS 'SELECT 1, ''x''';
CREATE FUNCTION one_out(OUT result integer) LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION many_duo() RETURNS SETOF duo LANGUAGE sql AS 'SELECT 1, ''x''';
