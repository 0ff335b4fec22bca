-- What is said of a table and its parts besides their shape, set, changed and unset.
-- pair column_storage
-- before
CREATE TABLE t (a text, b text, c numeric, d text);
ALTER TABLE t ALTER a SET STORAGE EXTERNAL, ALTER b SET STORAGE MAIN, ALTER c SET STORAGE EXTERNAL;
-- after
CREATE TABLE t (a text, b text, c numeric, d text);
ALTER TABLE t ALTER b SET STORAGE EXTERNAL, ALTER d SET STORAGE PLAIN;
-- pair column_compression
-- before
CREATE TABLE t (a text, b text COMPRESSION pglz);
-- after
CREATE TABLE t (a text COMPRESSION pglz, b text);
-- pair column_statistics
-- before
CREATE TABLE t (a int, b int, c int);
ALTER TABLE t ALTER a SET STATISTICS 10, ALTER b SET STATISTICS 0;
ALTER TABLE t ALTER a SET (n_distinct = 5), ALTER b SET (n_distinct = -0.5, n_distinct_inherited = 2);
-- after
CREATE TABLE t (a int, b int, c int);
ALTER TABLE t ALTER b SET STATISTICS 20, ALTER c SET STATISTICS 30;
ALTER TABLE t ALTER b SET (n_distinct_inherited = 3), ALTER c SET (n_distinct = 1);
-- pair materialized_columns
-- before
CREATE TABLE t (a int, b text, c text);
CREATE MATERIALIZED VIEW m AS SELECT a, b, c FROM t;
ALTER MATERIALIZED VIEW m ALTER b SET STORAGE EXTERNAL, ALTER a SET STATISTICS 200;
ALTER MATERIALIZED VIEW m ALTER a SET (n_distinct = 3);
-- after
CREATE TABLE t (a int, b text, c text);
CREATE MATERIALIZED VIEW m AS SELECT a, b, c FROM t;
ALTER MATERIALIZED VIEW m ALTER b SET STORAGE MAIN, ALTER c SET STATISTICS 100;
ALTER MATERIALIZED VIEW m ALTER c SET COMPRESSION pglz;
-- pair materialized_columns_of_another_query
-- before
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
ALTER MATERIALIZED VIEW m ALTER b SET STORAGE EXTERNAL, ALTER a SET STATISTICS 200;
-- after
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t WHERE a > 0;
ALTER MATERIALIZED VIEW m ALTER b SET STORAGE EXTERNAL, ALTER a SET STATISTICS 100;
-- pair options_of_relations
-- before
CREATE TABLE t (a int, b text) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);
CREATE INDEX i ON t (a) WITH (fillfactor = 60);
CREATE VIEW v WITH (security_barrier) AS SELECT a FROM t;
CREATE MATERIALIZED VIEW m WITH (fillfactor = 50) AS SELECT a FROM t;
-- after
CREATE TABLE t (a int, b text) WITH (fillfactor = 80, parallel_workers = 2, toast.autovacuum_vacuum_threshold = 7);
CREATE INDEX i ON t (a) WITH (deduplicate_items = off);
CREATE VIEW v WITH (security_invoker, check_option = local) AS SELECT a FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
-- pair index_columns
-- before
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t ((a + b), a);
ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 50;
CREATE INDEX j ON t (a);
ALTER TABLE t CLUSTER ON j;
-- after
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t ((a + b), a);
CREATE INDEX j ON t (a);
CREATE INDEX k ON t ((a * 2));
ALTER INDEX k ALTER COLUMN 1 SET STATISTICS 60;
-- pair replica_identity
-- before
CREATE TABLE a (id int PRIMARY KEY, x int NOT NULL);
CREATE UNIQUE INDEX a_x ON a (x);
ALTER TABLE a REPLICA IDENTITY USING INDEX a_x;
CREATE TABLE b (id int PRIMARY KEY);
ALTER TABLE b REPLICA IDENTITY FULL;
CREATE TABLE c (id int PRIMARY KEY);
-- after
CREATE TABLE a (id int PRIMARY KEY, x int NOT NULL);
CREATE UNIQUE INDEX a_x ON a (x);
CREATE TABLE b (id int PRIMARY KEY);
ALTER TABLE b REPLICA IDENTITY NOTHING;
CREATE TABLE c (id int PRIMARY KEY);
ALTER TABLE c REPLICA IDENTITY FULL;
-- pair row_security
-- before
CREATE TABLE a (id int);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
ALTER TABLE a FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON a FOR SELECT TO plan_app USING (id > 0);
CREATE TABLE b (id int);
-- after
CREATE TABLE a (id int);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON a FOR SELECT USING (id > 1);
CREATE TABLE b (id int);
ALTER TABLE b FORCE ROW LEVEL SECURITY;
-- pair enabled_states
-- before
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER two BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE RULE r AS ON INSERT TO t DO ALSO NOTHING;
ALTER TABLE t DISABLE TRIGGER one;
ALTER TABLE t ENABLE REPLICA TRIGGER two;
ALTER TABLE t DISABLE RULE r;
-- after
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER two BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE RULE r AS ON INSERT TO t DO ALSO NOTHING;
ALTER TABLE t ENABLE ALWAYS TRIGGER one;
ALTER TABLE t ENABLE ALWAYS RULE r;
-- pair sequences
-- before
CREATE SEQUENCE s AS int INCREMENT 2 MINVALUE 1 MAXVALUE 100 START 5 CACHE 3 CYCLE;
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 5), n int DEFAULT nextval('s'));
ALTER SEQUENCE s OWNED BY t.n;
-- after
CREATE SEQUENCE s AS int INCREMENT 3 MINVALUE 1 MAXVALUE 200 START 5;
CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY (START 10 INCREMENT 7 CACHE 2), n int DEFAULT nextval('s'));
-- pair constraint_states
-- before
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int, b int, CONSTRAINT k UNIQUE (a) DEFERRABLE, CONSTRAINT f FOREIGN KEY (b) REFERENCES p DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
-- after
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int, b int, CONSTRAINT k UNIQUE (a) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT f FOREIGN KEY (b) REFERENCES p ON DELETE CASCADE);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NO INHERIT;
-- pair persistence
-- before
CREATE UNLOGGED TABLE t (a int);
CREATE TABLE u (a int);
-- after
CREATE TABLE t (a int);
CREATE UNLOGGED TABLE u (a int);
-- pair owner_of_serial
-- before
CREATE TABLE t (id serial, n int);
CREATE TABLE u (id int GENERATED ALWAYS AS IDENTITY);
ALTER TABLE u OWNER TO plan_app;
-- after
CREATE TABLE t (id int, n serial);
ALTER TABLE t OWNER TO plan_app;
CREATE TABLE u (id int GENERATED ALWAYS AS IDENTITY, n serial, m int);
CREATE TABLE v (id serial, n int GENERATED ALWAYS AS IDENTITY);
ALTER TABLE v OWNER TO plan_app;
-- pair owner_with_column_privileges
-- before
CREATE TABLE t (a int, b int);
GRANT SELECT (a), UPDATE (b) ON t TO plan_app;
ALTER TABLE t OWNER TO plan_app;
-- after
CREATE TABLE t (a int, b int);
GRANT SELECT (b) ON t TO plan_app;
-- pair volatile_default
-- before
CREATE TABLE t (a integer PRIMARY KEY);
CREATE TABLE without_key (a integer);
CREATE TABLE parent (a integer PRIMARY KEY);
CREATE TABLE child () INHERITS (parent);
-- after
CREATE TABLE t (a integer PRIMARY KEY, u uuid NOT NULL DEFAULT gen_random_uuid(),
    at timestamptz DEFAULT clock_timestamp(), r integer DEFAULT random() * 10);
CREATE INDEX i ON t (u);
ALTER TABLE t ALTER at SET STATISTICS 10;
CREATE TABLE without_key (a integer, u uuid NOT NULL DEFAULT gen_random_uuid());
CREATE TABLE parent (a integer PRIMARY KEY, u uuid DEFAULT gen_random_uuid());
CREATE TABLE child () INHERITS (parent);
