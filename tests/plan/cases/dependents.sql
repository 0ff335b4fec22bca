-- What stands on what changes.
-- pair enum_rebuilt_everywhere
-- before
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (id int PRIMARY KEY, a e NOT NULL DEFAULT 'a', l e[] DEFAULT '{a}', CHECK (a <> 'c'));
CREATE INDEX i ON t (a) WHERE a = 'b';
CREATE VIEW v AS SELECT a, l FROM t WHERE a = 'a';
CREATE MATERIALIZED VIEW m AS SELECT a FROM v;
CREATE FUNCTION f(x e DEFAULT 'a') RETURNS e LANGUAGE sql AS 'SELECT x';

GRANT SELECT ON v TO plan_app;
COMMENT ON VIEW v IS 'view';
CREATE POLICY pol ON t USING (a = 'a');
-- after
CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (id int PRIMARY KEY, a e NOT NULL DEFAULT 'b', l e[] DEFAULT '{a}', CHECK (a <> 'b'));
CREATE INDEX i ON t (a) WHERE a = 'b';
CREATE VIEW v AS SELECT a, l FROM t WHERE a = 'a';
CREATE MATERIALIZED VIEW m AS SELECT a FROM v;
CREATE FUNCTION f(x e DEFAULT 'a') RETURNS e LANGUAGE sql AS 'SELECT x';

GRANT SELECT ON v TO plan_app;
COMMENT ON VIEW v IS 'view';
CREATE POLICY pol ON t USING (a = 'a');
-- pair column_with_all_dependents
-- before
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (id int PRIMARY KEY, a int, b text, g int GENERATED ALWAYS AS (a * 2) STORED, CONSTRAINT c CHECK (a > 0));
CREATE INDEX i ON t (a, b);
CREATE STATISTICS s ON a, b FROM t;
CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (OLD.a <> NEW.a) EXECUTE FUNCTION f();
CREATE POLICY p ON t USING (a > 1);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT a FROM v;
CREATE RULE r AS ON INSERT TO w DO INSTEAD INSERT INTO t (id, a) VALUES (1, NEW.a);
CREATE TABLE u (a int REFERENCES t (id));
GRANT SELECT (a), UPDATE (b) ON t TO plan_app;
CREATE PUBLICATION pub FOR TABLE t (id, a) WHERE (id > 1);
-- after
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (id int PRIMARY KEY, a bigint, b text, g bigint GENERATED ALWAYS AS (a * 2) STORED, CONSTRAINT c CHECK (a > 0));
CREATE INDEX i ON t (a, b);
CREATE STATISTICS s ON a, b FROM t;
CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (OLD.a <> NEW.a) EXECUTE FUNCTION f();
CREATE POLICY p ON t USING (a > 1);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT a FROM v;
CREATE RULE r AS ON INSERT TO w DO INSTEAD INSERT INTO t (id, a) VALUES (1, NEW.a);
CREATE TABLE u (a int REFERENCES t (id));
GRANT SELECT (a), UPDATE (b) ON t TO plan_app;
CREATE PUBLICATION pub FOR TABLE t (id, a) WHERE (id > 1);
-- pair column_dropped_with_all
-- before
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (id int PRIMARY KEY, a int, b text, g int GENERATED ALWAYS AS (a * 2) STORED, CONSTRAINT c CHECK (a > 0), UNIQUE (a, b));
CREATE INDEX i ON t (a, b);
CREATE INDEX j ON t (b) WHERE a > 1;
CREATE STATISTICS s ON a, b FROM t;
CREATE TRIGGER tr BEFORE UPDATE OF a, b ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE POLICY p ON t USING (a > 1);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE FUNCTION use(t) RETURNS int LANGUAGE sql AS 'SELECT $1.id';
CREATE VIEW whole AS SELECT t FROM t;
-- after
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (id int PRIMARY KEY, b text);
CREATE INDEX j ON t (b);
CREATE TRIGGER tr BEFORE UPDATE OF b ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE POLICY p ON t USING (id > 1);
CREATE VIEW v AS SELECT b FROM t;
CREATE FUNCTION use(t) RETURNS int LANGUAGE sql AS 'SELECT $1.id';
CREATE VIEW whole AS SELECT t FROM t;
-- pair key_moves_under_references
-- before
CREATE TABLE a (id int PRIMARY KEY, code text NOT NULL, UNIQUE (code));
CREATE TABLE b (id int REFERENCES a, code text REFERENCES a (code));
-- after
CREATE TABLE a (id bigint NOT NULL, code varchar(40) NOT NULL, CONSTRAINT k PRIMARY KEY (code), CONSTRAINT a_pkey UNIQUE (id));
CREATE TABLE b (id bigint REFERENCES a (id), code varchar(40) REFERENCES a (code) ON DELETE CASCADE);
-- pair functions_in_chain
-- before
CREATE FUNCTION a(x int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT x';
CREATE FUNCTION b(x int) RETURNS int IMMUTABLE LANGUAGE sql RETURN a(x) + 1;
CREATE TABLE t (x int DEFAULT a(1), y int CHECK (b(y) > 0), z int GENERATED ALWAYS AS (b(1)) STORED);
CREATE INDEX i ON t (b(x));
CREATE VIEW v AS SELECT b(x) FROM t;
GRANT EXECUTE ON FUNCTION a(int) TO plan_app;
-- after
CREATE FUNCTION a(x int) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT x::bigint';
CREATE FUNCTION b(x int) RETURNS int IMMUTABLE LANGUAGE sql RETURN a(x)::int + 1;
CREATE TABLE t (x int DEFAULT a(1), y int CHECK (b(y) > 0), z int GENERATED ALWAYS AS (b(1)) STORED);
CREATE INDEX i ON t (b(x));
CREATE VIEW v AS SELECT b(x) FROM t;
GRANT EXECUTE ON FUNCTION a(int) TO plan_app;
-- pair parameter_renamed_under_view
-- before
CREATE FUNCTION a(x int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT x';
CREATE VIEW v AS SELECT a(1) AS one;
CREATE TABLE t (x int DEFAULT a(1));
COMMENT ON COLUMN v.one IS 'one';
GRANT SELECT ON v TO plan_app WITH GRANT OPTION;
ALTER VIEW v OWNER TO plan_owner;
-- after
CREATE FUNCTION a(y int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT y';
CREATE VIEW v AS SELECT a(1) AS one;
CREATE TABLE t (x int DEFAULT a(1));
COMMENT ON COLUMN v.one IS 'one';
GRANT SELECT ON v TO plan_app WITH GRANT OPTION;
ALTER VIEW v OWNER TO plan_owner;
-- pair matview_with_indexes
-- before
CREATE TABLE t (id int, a text);
CREATE MATERIALIZED VIEW m AS SELECT id, a FROM t;
CREATE UNIQUE INDEX mi ON m (id);
CREATE VIEW v AS SELECT id FROM m;
COMMENT ON MATERIALIZED VIEW m IS 'm';
-- after
CREATE TABLE t (id bigint, a text);
CREATE MATERIALIZED VIEW m AS SELECT id, upper(a) AS a FROM t;
CREATE UNIQUE INDEX mi ON m (id);
CREATE INDEX mj ON m (a);
CREATE VIEW v AS SELECT id FROM m;
COMMENT ON MATERIALIZED VIEW m IS 'm';
-- pair kinds_swap
-- before
CREATE TABLE x (a int);
CREATE VIEW y AS SELECT 1 AS a;
CREATE SEQUENCE z;
CREATE TYPE w AS ENUM ('a');
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- after
CREATE VIEW x AS SELECT 1 AS a;
CREATE TABLE y (a int);
CREATE TYPE z AS (a int);
CREATE DOMAIN w AS int;
CREATE PROCEDURE f() LANGUAGE sql AS 'SELECT 1';
-- pair sequences_move
-- before
CREATE TABLE t (id serial PRIMARY KEY, n bigserial);
CREATE TABLE u (id int);
CREATE SEQUENCE q OWNED BY t.id;
-- after
CREATE TABLE t (id bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, n bigint);
CREATE TABLE u (id int DEFAULT 5);
CREATE SEQUENCE q2 AS int INCREMENT 2;
ALTER TABLE u ALTER id DROP DEFAULT;
CREATE SEQUENCE q OWNED BY u.id;
-- pair view_column_order
-- before
CREATE TABLE t (a int, b text, c date);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT * FROM v;
CREATE FUNCTION f() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v';
-- after
CREATE TABLE t (a int, b text, c date);
CREATE VIEW v AS SELECT b, a, c FROM t;
CREATE VIEW w AS SELECT * FROM v;
CREATE FUNCTION f() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v';
-- pair recursive_views_and_rules
-- before
CREATE TABLE t (a int, parent int);
CREATE VIEW v AS WITH RECURSIVE r AS (SELECT a, parent FROM t UNION SELECT t.a, t.parent FROM t JOIN r ON r.a = t.parent) SELECT * FROM r;
CREATE RULE ru AS ON UPDATE TO t DO ALSO NOTIFY x;
-- after
CREATE TABLE t (a bigint, parent bigint, x int);
CREATE VIEW v AS WITH RECURSIVE r AS (SELECT a, parent FROM t UNION SELECT t.a, t.parent FROM t JOIN r ON r.a = t.parent) SELECT * FROM r WHERE a > 0;
CREATE RULE ru AS ON UPDATE TO t DO ALSO NOTIFY y;
-- pair composite_used
-- before
CREATE TYPE c AS (a int, b text);
CREATE TABLE t (id int, v c, l c[]);
CREATE FUNCTION f(c) RETURNS int LANGUAGE sql AS 'SELECT ($1).a';
CREATE VIEW w AS SELECT (v).a FROM t;
-- after
CREATE TYPE c AS (a int, b text, d date);
CREATE TABLE t (id int, v c, l c[]);
CREATE FUNCTION f(c) RETURNS int LANGUAGE sql AS 'SELECT ($1).a';
CREATE VIEW w AS SELECT (v).a, (v).d FROM t;
-- pair domain_used
-- before
CREATE DOMAIN d AS text CHECK (VALUE <> '');
CREATE TABLE t (id int, v d DEFAULT 'x', l d[]);
CREATE VIEW w AS SELECT v FROM t;
CREATE FUNCTION f(d) RETURNS d LANGUAGE sql AS 'SELECT $1';
-- after
CREATE DOMAIN d AS text NOT NULL DEFAULT 'y' CHECK (length(VALUE) > 1);
CREATE TABLE t (id int, v d DEFAULT 'xx', l d[]);
CREATE VIEW w AS SELECT v FROM t;
CREATE FUNCTION f(d) RETURNS d LANGUAGE sql AS 'SELECT $1';
-- pair constraint_kinds_change
-- before
CREATE TABLE t (a int, b int, c text, CONSTRAINT x UNIQUE (a), CONSTRAINT y CHECK (b > 0), CONSTRAINT z EXCLUDE USING btree (c WITH =));
CREATE TABLE r (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES t (a));
-- after
CREATE TABLE t (a int, b int, c text, CONSTRAINT x PRIMARY KEY (a), CONSTRAINT y UNIQUE (b) DEFERRABLE, CONSTRAINT z CHECK (c <> ''));
CREATE TABLE r (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED);
-- pair identity_named_sequence
-- before
CREATE TABLE t (a smallint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME my_seq));
-- after
CREATE TABLE t (a smallint GENERATED ALWAYS AS IDENTITY);
-- pair serial_to_plain
-- before
CREATE TABLE t (a serial PRIMARY KEY, b bigserial);
-- after
CREATE TABLE t (a int PRIMARY KEY, b bigint DEFAULT 5);
-- pair sequence_shared
-- before
CREATE SEQUENCE q;
CREATE TABLE t (a int DEFAULT nextval('q'));
CREATE TABLE u (a int DEFAULT nextval('q'));
-- after
CREATE TABLE t (a serial);
CREATE TABLE u (a int DEFAULT nextval('t_a_seq'));
-- pair sequence_renamed_default
-- before
CREATE SEQUENCE q AS int;
CREATE TABLE t (a int DEFAULT nextval('q'));
ALTER SEQUENCE q OWNED BY t.a;
-- after
CREATE SEQUENCE q2 AS int;
CREATE TABLE t (a int DEFAULT nextval('q2'));
ALTER SEQUENCE q2 OWNED BY t.a;
-- pair pk_changes_under_fk
-- before
CREATE TABLE p (a int, b int NOT NULL UNIQUE, PRIMARY KEY (a));
CREATE TABLE c (x int REFERENCES p, y int REFERENCES p (b) ON DELETE CASCADE);
-- after
CREATE TABLE p (a int UNIQUE NOT NULL, b int, PRIMARY KEY (b));
CREATE TABLE c (x int REFERENCES p (a), y int REFERENCES p (b) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE);
-- pair stored_by_function
-- before
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
CREATE FUNCTION h(int) RETURNS int LANGUAGE sql IMMUTABLE RETURN f($1);
CREATE TABLE t (a int, g int GENERATED ALWAYS AS (f(a)) STORED, CHECK (f(a) > 0));
CREATE INDEX i ON t (h(a));
CREATE INDEX j ON t (a) WHERE f(a) > 0;
CREATE VIEW v AS SELECT g FROM t;
-- after
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 2';
CREATE FUNCTION h(int) RETURNS int LANGUAGE sql IMMUTABLE RETURN f($1);
CREATE TABLE t (a int, g int GENERATED ALWAYS AS (f(a)) STORED, CHECK (f(a) > 0));
CREATE INDEX i ON t (h(a));
CREATE INDEX j ON t (a) WHERE f(a) > 0;
CREATE VIEW v AS SELECT g FROM t;
-- pair stored_by_text_search
-- before
CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);
CREATE TABLE t (a text, v tsvector GENERATED ALWAYS AS (to_tsvector('c'::regconfig, a)) STORED);
CREATE INDEX i ON t USING gin (to_tsvector('public.c'::regconfig, a));
-- after
CREATE TEXT SEARCH CONFIGURATION c (COPY = english);
CREATE TABLE t (a text, v tsvector GENERATED ALWAYS AS (to_tsvector('c'::regconfig, a)) STORED);
CREATE INDEX i ON t USING gin (to_tsvector('c'::regconfig, a));
-- pair stored_in_partition_key
-- by hand: forth
-- by hand: back
-- before
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
CREATE TABLE t (a int) PARTITION BY LIST (f(a));
-- after
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 2';
CREATE TABLE t (a int) PARTITION BY LIST (f(a));
-- pair view_of_another_table_that_takes_names
-- before
CREATE TABLE a (c1 integer CONSTRAINT key PRIMARY KEY, c2 text);
CREATE VIEW v AS SELECT c2 AS x FROM a;
CREATE VIEW w AS SELECT x FROM v;
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM a; END;
-- after
CREATE TABLE b (c1 integer CONSTRAINT key PRIMARY KEY, c2 text);
CREATE VIEW v AS SELECT c2 AS x FROM b;
CREATE VIEW w AS SELECT x FROM v;
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM b; END;
