CREATE TABLE t (id integer PRIMARY KEY, name text NOT NULL, seen timestamptz, other integer);
CREATE VIEW v AS SELECT id, name FROM t;
CREATE VIEW by_rule AS SELECT id, name FROM t;
CREATE RULE store AS ON INSERT TO by_rule DO INSTEAD INSERT INTO t VALUES (NEW.id, NEW.name);
