-- pair tables come and go
-- before
CREATE TABLE kept (id bigint PRIMARY KEY, body text);
CREATE TABLE gone (id bigint PRIMARY KEY, kept bigint REFERENCES kept);
-- after
CREATE TABLE kept (id bigint PRIMARY KEY, body text NOT NULL DEFAULT '');
CREATE INDEX ON kept (body);
CREATE TABLE fresh (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kept bigint REFERENCES kept ON DELETE CASCADE);
COMMENT ON TABLE fresh IS 'it''s new';
-- pair a view stands in the way
-- before
CREATE TABLE t (a integer, b text);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE FUNCTION f() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v';
-- after
CREATE TABLE t (a bigint, b text);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE FUNCTION f() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v';
-- pair a label is used in the push that adds it
-- before
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (name text, mood mood);
-- after
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (name text, mood mood DEFAULT 'happy');
-- pair partitions and their keys
-- before
CREATE TABLE p (id integer, at date) PARTITION BY RANGE (at);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- after
CREATE TABLE p (id integer, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
CREATE INDEX ON p (at);
-- pair a renamed column
-- before
CREATE TABLE t (id bigint PRIMARY KEY, qty integer NOT NULL);
-- after
CREATE TABLE t (
    id bigint PRIMARY KEY,
    quantity integer NOT NULL -- @renamed from qty
);
-- pair rights
-- before
CREATE TABLE t (id bigint);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON t USING (true);
GRANT SELECT ON t TO plan_app;
-- after
CREATE TABLE t (id bigint);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON t FOR SELECT TO plan_app USING (id > 0);
GRANT SELECT, INSERT ON t TO plan_app;
ALTER TABLE t OWNER TO plan_owner;
-- pair an extension without its version
-- before
CREATE EXTENSION citext;
CREATE TABLE t (name citext);
-- after
CREATE EXTENSION citext;
CREATE TABLE t (name citext UNIQUE);
