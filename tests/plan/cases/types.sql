-- Types of the schema: enums, domains, composites, ranges, base types.
-- pair enum_new_labels
-- before
CREATE TYPE e AS ENUM ('a', 'c');
CREATE TABLE t (e e DEFAULT 'a', l e[]);
-- after
CREATE TYPE e AS ENUM ('z', 'a', 'b', 'c', 'd');
CREATE TABLE t (e e DEFAULT 'a', l e[]);
-- pair enum_label_gone_under_dependants
-- before
CREATE TYPE e AS ENUM ('a', 'b', 'c');
COMMENT ON TYPE e IS 'old';
GRANT USAGE ON TYPE e TO plan_app;
CREATE TABLE t (id int PRIMARY KEY, e e NOT NULL DEFAULT 'a', CHECK (e <> 'b'));
CREATE INDEX ti ON t (e);
CREATE VIEW v AS SELECT id, e FROM t WHERE e > 'a';
CREATE FUNCTION f(x e) RETURNS e LANGUAGE sql AS $$ SELECT x $$;
-- after
CREATE TYPE e AS ENUM ('a', 'b');
COMMENT ON TYPE e IS 'new';
CREATE TABLE t (id int PRIMARY KEY, e e NOT NULL DEFAULT 'a', CHECK (e <> 'b'));
CREATE INDEX ti ON t (e);
CREATE VIEW v AS SELECT id, e FROM t WHERE e > 'a';
CREATE FUNCTION f(x e) RETURNS e LANGUAGE sql AS $$ SELECT x $$;
-- pair enum_owner_privilege
-- before
CREATE TYPE e AS ENUM ('it''s', 'b');
-- after
CREATE TYPE e AS ENUM ('it''s', 'b');
ALTER TYPE e OWNER TO plan_owner;
REVOKE ALL ON TYPE e FROM PUBLIC;
GRANT USAGE ON TYPE e TO plan_app WITH GRANT OPTION;
COMMENT ON TYPE e IS 'it''s \';
-- pair enum_to_domain
-- before
CREATE TYPE e AS ENUM ('a');
CREATE TABLE k (a int);
-- after
CREATE DOMAIN e AS text CHECK (VALUE = 'a');
CREATE TABLE k (a int);
-- pair domain_properties
-- before
CREATE DOMAIN d AS integer;
CREATE TABLE t (a d);
-- after
CREATE DOMAIN d AS integer DEFAULT 4 NOT NULL CONSTRAINT small CHECK (VALUE < 10) CONSTRAINT big CHECK (VALUE > 0);
ALTER DOMAIN d OWNER TO plan_owner;
GRANT USAGE ON TYPE d TO plan_app;
REVOKE USAGE ON TYPE d FROM PUBLIC;
COMMENT ON DOMAIN d IS 'd';
COMMENT ON CONSTRAINT small ON DOMAIN d IS 'c';
CREATE TABLE t (a d);
-- pair domain_constraint_changes
-- before
CREATE DOMAIN d AS integer CONSTRAINT c CHECK (VALUE < 10);
CREATE DOMAIN n AS integer;
ALTER DOMAIN n ADD CONSTRAINT nv CHECK (VALUE > 0) NOT VALID;
-- after
CREATE DOMAIN d AS integer CONSTRAINT c CHECK (VALUE < 20);
CREATE DOMAIN n AS integer CONSTRAINT nv CHECK (VALUE > 0);
-- pair domain_base_type_under_column
-- before
CREATE DOMAIN d AS integer CHECK (VALUE > 0);
CREATE TABLE t (id int PRIMARY KEY, a d);
CREATE VIEW v AS SELECT a FROM t;
-- after
CREATE DOMAIN d AS bigint CHECK (VALUE > 0);
CREATE TABLE t (id int PRIMARY KEY, a d);
CREATE VIEW v AS SELECT a FROM t;
-- pair domain_with_function
-- before
CREATE FUNCTION good(a integer) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT a > 0 $$;
-- after
CREATE FUNCTION good(a integer) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT a > 1 $$;
CREATE DOMAIN d AS integer CHECK (good(VALUE));
CREATE TABLE t (a d);
-- pair composite_attributes
-- before
CREATE TYPE c AS (a integer, b text);
-- after
CREATE TYPE c AS (a integer, b text COLLATE "C", "Mixed Case" numeric(10,2));
COMMENT ON TYPE c IS 'c';
COMMENT ON COLUMN c.a IS 'attribute';
ALTER TYPE c OWNER TO plan_owner;
-- pair composite_under_function
-- before
CREATE TYPE c AS (a integer, b text);
CREATE FUNCTION f() RETURNS c LANGUAGE sql AS $$ SELECT ROW(1, 'a')::c $$;
-- after
CREATE TYPE c AS (a bigint, b text);
CREATE FUNCTION f() RETURNS c LANGUAGE sql AS $$ SELECT ROW(1::bigint, 'a')::c $$;
-- pair composite_in_table_gains_attribute
-- before
CREATE TYPE c AS (a integer);
CREATE TABLE t (id int, c c, l c[]);
-- after
CREATE TYPE c AS (a integer, b text);
CREATE TABLE t (id int, c c, l c[]);
-- pair composite_of_composite
-- before
CREATE SCHEMA s;
-- after
CREATE SCHEMA s;
CREATE TYPE s.inner_type AS (a integer);
CREATE TYPE outer_type AS (i s.inner_type, l s.inner_type[]);
GRANT USAGE ON TYPE outer_type TO plan_app;
CREATE TYPE empty AS ();
-- pair range_made
-- before
CREATE SCHEMA s;
-- after
CREATE SCHEMA s;
CREATE FUNCTION s.diff(a text, b text) RETURNS float8 IMMUTABLE LANGUAGE sql AS $$ SELECT 1.0::float8 $$;
CREATE TYPE s.r AS RANGE (SUBTYPE = text, COLLATION = "C", SUBTYPE_DIFF = s.diff);
CREATE TYPE floatrange AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi, MULTIRANGE_TYPE_NAME = s.many);
COMMENT ON TYPE floatrange IS 'r';
CREATE TABLE t (a s.r, b s.many, c floatrange);
-- pair range_changed
-- before
CREATE TYPE r AS RANGE (SUBTYPE = integer);
-- after
CREATE TYPE r AS RANGE (SUBTYPE = bigint);
ALTER TYPE r OWNER TO plan_owner;
GRANT USAGE ON TYPE r TO plan_app;
-- pair range_operator_class
-- before
CREATE TYPE r AS RANGE (SUBTYPE = text);
-- after
CREATE TYPE r AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops);
-- pair range_under_function
-- before
CREATE TYPE r AS RANGE (SUBTYPE = text);
CREATE FUNCTION f(x r) RETURNS boolean LANGUAGE sql AS $$ SELECT isempty(x) $$;
-- after
CREATE TYPE r AS RANGE (SUBTYPE = text, COLLATION = "C");
CREATE FUNCTION f(x r) RETURNS boolean LANGUAGE sql AS $$ SELECT isempty(x) $$;
-- pair range_comment
-- before
CREATE TYPE r AS RANGE (SUBTYPE = text);
COMMENT ON TYPE r IS 'a';
-- after
CREATE TYPE r AS RANGE (SUBTYPE = text);
-- pair shell_type
-- before
CREATE TYPE sh;
-- after
CREATE TYPE other;
-- pair marks_with_dots
-- before
CREATE TABLE t (a int NOT NULL);
-- after
CREATE TABLE t (a int NOT NULL);
CREATE UNIQUE INDEX "x.y" ON t (a);
ALTER TABLE t REPLICA IDENTITY USING INDEX "x.y";
ALTER TABLE t CLUSTER ON "x.y";
-- pair array_of_lengths
-- before
CREATE TABLE t (a varchar(10)[], b timestamp(3), c numeric(10,2)[], d bit(3), e varbit(3), f interval(3));
-- after
CREATE TABLE t (a varchar(20)[], b timestamptz, c numeric(12,2)[], d bit(5), e varbit(5), f interval);
-- pair enum_value_in_default
-- before
CREATE TYPE e AS ENUM ('a');
CREATE TABLE t (a e DEFAULT 'a', b e);
CREATE VIEW v AS SELECT a FROM t;
-- after
CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (a e DEFAULT 'b', b e CHECK (b <> 'b'));
CREATE VIEW v AS SELECT a FROM t WHERE a = 'b';
CREATE INDEX ON t (a) WHERE a = 'b';
-- pair domain_over_swapped
-- before
CREATE DOMAIN d1 AS int;
CREATE DOMAIN d2 AS d1 CHECK (VALUE > 0);
CREATE TABLE t (a d2, b d1, c d2[]);
-- after
CREATE DOMAIN d1 AS bigint;
CREATE DOMAIN d2 AS d1 CHECK (VALUE > 0);
CREATE TABLE t (a d2, b d1, c d2[]);
-- pair domain_over_enum_swapped
-- before
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE DOMAIN d AS e DEFAULT 'a' CHECK (VALUE <> 'b');
CREATE TABLE t (x d, y e DEFAULT 'a', z e[] DEFAULT '{a}');
-- after
CREATE TYPE e AS ENUM ('a', 'b');
CREATE DOMAIN d AS e DEFAULT 'a' CHECK (VALUE <> 'b');
CREATE TABLE t (x d, y e DEFAULT 'a', z e[] DEFAULT '{a}');
-- pair enum_in_composite_swapped
-- before
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TYPE c AS (x e, y int);
CREATE FUNCTION f(c) RETURNS e LANGUAGE sql AS 'SELECT $1.x';
-- after
CREATE TYPE e AS ENUM ('b', 'a');
CREATE TYPE c AS (x e, y int);
CREATE FUNCTION f(c) RETURNS e LANGUAGE sql AS 'SELECT $1.x';
-- pair enum_in_composite_in_table_swapped
-- before
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TYPE c AS (x e, y int);
CREATE TABLE t (v c);
-- after
CREATE TYPE e AS ENUM ('a', 'c');
CREATE TYPE c AS (x e, y int);
CREATE TABLE t (v c);
-- pair enum_in_range
-- before
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TYPE r AS RANGE (SUBTYPE = e);
CREATE TABLE t (v r);
-- after
CREATE TYPE e AS ENUM ('a', 'b', 'c', 'd');
CREATE TYPE r AS RANGE (SUBTYPE = e);
CREATE TABLE t (v r);
-- pair domain_to_enum_name
-- before
CREATE DOMAIN k AS text CHECK (VALUE IN ('a', 'b'));
CREATE TABLE t (x k DEFAULT 'a');
-- after
CREATE TYPE k AS ENUM ('a', 'b');
CREATE TABLE t (x k DEFAULT 'a');
-- pair composite_typed_table
-- before
CREATE TYPE c AS (a int, b text);
CREATE TABLE t OF c (PRIMARY KEY (a), b WITH OPTIONS DEFAULT 'x');
-- after
CREATE TYPE c AS (a int, b text, z date);
CREATE TABLE t OF c (PRIMARY KEY (a), b WITH OPTIONS DEFAULT 'y' NOT NULL);
-- pair typed_table_type_changes
-- before
CREATE TYPE c AS (a int, b text);
CREATE TABLE t OF c;
-- after
CREATE TYPE c AS (a bigint, b varchar(3));
CREATE TABLE t OF c;
-- pair literal_in_default_of_type_change
-- before
CREATE TABLE t (a int DEFAULT 1, b text[] DEFAULT '{x,y}', c int4range DEFAULT '[1,5)', d date DEFAULT '2020-01-01', e numeric(5,2) DEFAULT 1.5);
-- after
CREATE TABLE t (a text DEFAULT '1', b varchar(5)[] DEFAULT '{x,y}', c int8range DEFAULT '[1,5)', d timestamp DEFAULT '2020-01-01', e int DEFAULT 2);
-- pair collation_under_column
-- before
CREATE COLLATION co (LOCALE = 'C');
CREATE TABLE t (a text COLLATE co, b text);
CREATE INDEX i ON t (b COLLATE co);
CREATE VIEW v AS SELECT a FROM t ORDER BY a COLLATE co;
-- after
CREATE COLLATION co (LOCALE = 'POSIX');
CREATE TABLE t (a text COLLATE co, b text);
CREATE INDEX i ON t (b COLLATE co);
CREATE VIEW v AS SELECT a FROM t ORDER BY a COLLATE co;
-- pair icu_collation
-- before
CREATE COLLATION ci (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
COMMENT ON COLLATION ci IS 'x';
CREATE TABLE t (a text);
-- after
CREATE COLLATION ci (PROVIDER = icu, LOCALE = 'und-u-ks-level1', DETERMINISTIC = false);
CREATE TABLE t (a text COLLATE ci UNIQUE);
-- pair composite_attr_type_in_table
-- before
CREATE TYPE c AS (a int, b text);
CREATE TABLE t (x c);
-- after
CREATE TYPE c AS (a bigint, b text);
CREATE TABLE t (x c);
-- pair range_swapped_in_exclusion
-- before
CREATE TYPE tr AS RANGE (SUBTYPE = time);
CREATE TABLE t (a tr, EXCLUDE USING gist (a WITH &&));
-- after
CREATE TYPE tr AS RANGE (SUBTYPE = timetz);
CREATE TABLE t (a tr, EXCLUDE USING gist (a WITH &&));
-- pair composite_attr_dropped_in_table
-- before
CREATE TYPE c AS (a int, b text);
CREATE TABLE t (x c, y c[]);
-- after
CREATE TYPE c AS (b text);
CREATE TABLE t (x c, y c[]);
