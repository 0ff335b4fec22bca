-- Types and tables for statements that random testing found.
CREATE DOMAIN pos AS integer NOT NULL;
CREATE TYPE pair AS (l text, r pos);
CREATE TABLE priced (id integer PRIMARY KEY, price numeric(10, 2), mask bit(2), flags varbit(3));
CREATE TABLE a (id integer, doc json, name text);
CREATE TABLE b (id integer, doc json, moment timestamp);
CREATE TABLE c (id integer, doc json, moment text);
CREATE VIEW priced_view AS SELECT id, price * 2 AS double FROM priced;
