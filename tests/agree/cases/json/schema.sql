CREATE TYPE part AS (name text, qty integer);
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE j (id integer PRIMARY KEY, js json, jb jsonb NOT NULL, t text, v varchar(9), jp jsonpath, arr jsonb[], ta text[], i integer, n numeric, b boolean, d date, p part, k kind, h jsonb DEFAULT '{}');
