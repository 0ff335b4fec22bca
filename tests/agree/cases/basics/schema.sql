CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE pair AS (a integer, b text);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN name_text AS varchar(20) NOT NULL;
CREATE SCHEMA other;
CREATE TABLE t (
    id integer PRIMARY KEY,
    big bigint NOT NULL,
    small smallint,
    n numeric(10, 2),
    r real,
    d double precision,
    b boolean NOT NULL,
    txt text,
    vc varchar(10),
    ch char(5),
    u uuid,
    by bytea,
    dt date,
    tm time,
    ts timestamp,
    tz timestamptz NOT NULL DEFAULT now(),
    iv interval,
    js json,
    jb jsonb,
    m mood,
    p pair,
    pos positive,
    ints integer[],
    texts text[],
    ip inet,
    cd cidr,
    rng int4range,
    bits bit(3),
    x xml
);
CREATE TABLE s (
    id serial PRIMARY KEY,
    t_id integer REFERENCES t (id),
    label name_text,
    amount numeric NOT NULL,
    UNIQUE (t_id, label)
);
CREATE TABLE other.t (id bigint, note text);
CREATE VIEW v AS SELECT t.id, t.txt, count(s.id) AS n FROM t LEFT JOIN s ON s.t_id = t.id GROUP BY t.id;
CREATE FUNCTION add_one(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i + 1';
CREATE FUNCTION over(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE FUNCTION over(i text) RETURNS text LANGUAGE sql AS 'SELECT i';
CREATE FUNCTION opt(a integer, b integer DEFAULT 2, c text DEFAULT 'x') RETURNS text LANGUAGE sql AS 'SELECT c';
CREATE FUNCTION many(VARIADIC a integer[]) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION rows_of() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE FUNCTION tab(i integer) RETURNS TABLE (x integer, y text) LANGUAGE sql AS 'SELECT 1, ''a''';
CREATE FUNCTION outs(IN i integer, OUT a integer, OUT b text) LANGUAGE sql AS 'SELECT 1, ''a''';
CREATE FUNCTION rec() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, 2';
CREATE FUNCTION ident(anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
CREATE PROCEDURE proc(IN a integer, INOUT b text) LANGUAGE sql AS 'SELECT b';
