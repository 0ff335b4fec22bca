CREATE TABLE t (id integer PRIMARY KEY, n text);
CREATE VIEW v AS SELECT id FROM t;
CREATE TABLE names (ctidx integer, oid integer, "xmin2" text);
CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
CREATE SEQUENCE s;
