CREATE TABLE t (id integer PRIMARY KEY, name text NOT NULL, seen timestamptz, other integer);
CREATE VIEW v AS SELECT id, name FROM t;
