CREATE TABLE c (t text, v varchar(10), vv varchar, c char(5), c1 char, n name, q "char", b bytea, i integer, arr text[], u uuid, d date);
