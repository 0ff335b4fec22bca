-- Functions in the catalog's corners: conversions, languages, operators and their classes, casts,
-- transforms, access methods, collations, aggregates.
-- pair conversion
-- before
CREATE SCHEMA s;
-- after
CREATE SCHEMA s;
CREATE CONVERSION s.c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE DEFAULT CONVERSION "D" FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION s.c IS 'c';
ALTER CONVERSION s.c OWNER TO plan_owner;
-- pair conversion_changed
-- before
CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
COMMENT ON CONVERSION c IS 'c';
-- after
CREATE DEFAULT CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
-- pair conversion_about
-- before
CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
-- after
CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
COMMENT ON CONVERSION c IS 'it''s';
ALTER CONVERSION c OWNER TO plan_owner;
-- pair language
-- before
-- after
CREATE LANGUAGE l HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
COMMENT ON LANGUAGE l IS 'l';
CREATE FUNCTION f() RETURNS integer LANGUAGE l AS $$ BEGIN RETURN 1; END $$;
-- pair language_trusted
-- before
CREATE LANGUAGE l HANDLER plpgsql_call_handler;
CREATE FUNCTION f() RETURNS integer LANGUAGE l AS $$ BEGIN RETURN 1; END $$;
-- after
CREATE TRUSTED LANGUAGE l HANDLER plpgsql_call_handler;
GRANT USAGE ON LANGUAGE l TO plan_app;
ALTER LANGUAGE l OWNER TO plan_owner;
CREATE FUNCTION f() RETURNS integer LANGUAGE l AS $$ BEGIN RETURN 1; END $$;
-- pair language_about
-- before
CREATE TRUSTED LANGUAGE l HANDLER plpgsql_call_handler;
-- after
CREATE TRUSTED LANGUAGE l HANDLER plpgsql_call_handler;
REVOKE USAGE ON LANGUAGE l FROM PUBLIC;
GRANT USAGE ON LANGUAGE l TO plan_app WITH GRANT OPTION;
COMMENT ON LANGUAGE l IS 'x';
-- pair operator_made
-- before
CREATE SCHEMA s;
CREATE TYPE s.c AS (a integer);
-- after
CREATE SCHEMA s;
CREATE TYPE s.c AS (a integer);
CREATE FUNCTION s.eq(s.c, s.c) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT ($1).a OPERATOR(pg_catalog.=) ($2).a $$;
CREATE FUNCTION s.ne(s.c, s.c) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT ($1).a OPERATOR(pg_catalog.<>) ($2).a $$;
CREATE OPERATOR s.= (FUNCTION = s.eq, LEFTARG = s.c, RIGHTARG = s.c, COMMUTATOR = OPERATOR(s.=), NEGATOR = OPERATOR(s.<>), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR s.<> (FUNCTION = s.ne, LEFTARG = s.c, RIGHTARG = s.c, COMMUTATOR = OPERATOR(s.<>), NEGATOR = OPERATOR(s.=), RESTRICT = neqsel, JOIN = neqjoinsel);
COMMENT ON OPERATOR s.= (s.c, s.c) IS 'same';
ALTER OPERATOR s.= (s.c, s.c) OWNER TO plan_owner;
CREATE VIEW s.v AS SELECT ROW(1)::s.c OPERATOR(s.=) ROW(2)::s.c AS x;
-- pair operator_prefix
-- before
CREATE FUNCTION neg(text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT reverse($1) $$;
-- after
CREATE FUNCTION neg(text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT reverse($1) $$;
CREATE OPERATOR @@@ (FUNCTION = neg, RIGHTARG = text);
COMMENT ON OPERATOR @@@ (NONE, text) IS 'prefix';
ALTER OPERATOR @@@ (NONE, text) OWNER TO plan_owner;
-- pair operator_changes_estimators
-- before
CREATE FUNCTION same(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT $1 = $2 $$;
CREATE OPERATOR === (FUNCTION = same, LEFTARG = text, RIGHTARG = text);
CREATE VIEW v AS SELECT 'a'::text === 'b'::text AS x;
-- after
CREATE FUNCTION same(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT $1 = $2 $$;
CREATE OPERATOR === (FUNCTION = same, LEFTARG = text, RIGHTARG = text, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE VIEW v AS SELECT 'a'::text === 'b'::text AS x;
-- pair operator_function_changes
-- before
CREATE FUNCTION same(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT $1 = $2 $$;
CREATE OPERATOR === (FUNCTION = same, LEFTARG = text, RIGHTARG = text);
CREATE TABLE t (a text, CHECK (a === 'x'));
-- after
CREATE FUNCTION alike(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT $1 = $2 $$;
CREATE OPERATOR === (FUNCTION = alike, LEFTARG = text, RIGHTARG = text);
CREATE TABLE t (a text, CHECK (a === 'x'));
-- pair operator_commutes
-- before
CREATE FUNCTION lt(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT $1 < $2 $$;
CREATE FUNCTION gt(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT $1 > $2 $$;
CREATE OPERATOR <<< (FUNCTION = lt, LEFTARG = text, RIGHTARG = text);
-- after
CREATE FUNCTION lt(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT $1 < $2 $$;
CREATE FUNCTION gt(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT $1 > $2 $$;
CREATE OPERATOR <<< (FUNCTION = lt, LEFTARG = text, RIGHTARG = text, COMMUTATOR = >>>);
CREATE OPERATOR >>> (FUNCTION = gt, LEFTARG = text, RIGHTARG = text, COMMUTATOR = <<<);
-- pair operator_class
-- before
CREATE TABLE t (a integer);
-- after
CREATE TABLE t (a integer);
CREATE FUNCTION cmp(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT $2 - $1 $$;
CREATE OPERATOR CLASS rev FOR TYPE integer USING btree AS OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 cmp(integer, integer);
COMMENT ON OPERATOR CLASS rev USING btree IS 'r';
CREATE INDEX ti ON t (a rev);
-- pair operator_class_family
-- before
CREATE OPERATOR FAMILY fam USING btree;
-- after
CREATE OPERATOR FAMILY fam USING btree;
COMMENT ON OPERATOR FAMILY fam USING btree IS 'f';
ALTER OPERATOR FAMILY fam USING btree OWNER TO plan_owner;
CREATE FUNCTION cmp(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT $2 - $1 $$;
CREATE OPERATOR CLASS rev FOR TYPE integer USING btree FAMILY fam AS OPERATOR 1 >, OPERATOR 3 =, FUNCTION 1 cmp(integer, integer);
-- pair operator_class_changes
-- before
CREATE FUNCTION cmp(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT $2 - $1 $$;
CREATE OPERATOR CLASS rev FOR TYPE integer USING btree AS OPERATOR 3 =, FUNCTION 1 cmp(integer, integer);
CREATE TABLE t (a integer);
CREATE INDEX ti ON t (a rev);
-- after
CREATE FUNCTION cmp(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT $2 - $1 $$;
CREATE OPERATOR CLASS rev FOR TYPE integer USING btree AS OPERATOR 1 >, OPERATOR 3 =, FUNCTION 1 cmp(integer, integer);
ALTER OPERATOR CLASS rev USING btree OWNER TO plan_owner;
CREATE TABLE t (a integer);
CREATE INDEX ti ON t (a rev);
-- pair operator_class_default_storage
-- before
CREATE TYPE e AS ENUM ('a');
-- after
CREATE TYPE e AS ENUM ('a');
CREATE TYPE c AS (a integer);
CREATE FUNCTION hash_c(c) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION same(c, c) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT true $$;
CREATE OPERATOR === (FUNCTION = same, LEFTARG = c, RIGHTARG = c);
CREATE OPERATOR CLASS c_ops DEFAULT FOR TYPE c USING hash AS OPERATOR 1 ===, FUNCTION 1 hash_c(c);
-- pair operator_family_members
-- before
CREATE OPERATOR FAMILY fam USING btree;
ALTER OPERATOR FAMILY fam USING btree ADD OPERATOR 3 = (integer, integer);
-- after
CREATE OPERATOR FAMILY fam USING btree;
ALTER OPERATOR FAMILY fam USING btree ADD OPERATOR 3 = (integer, integer), OPERATOR 1 < (integer, bigint), FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint);
-- pair operator_family_about
-- before
CREATE SCHEMA s;
CREATE OPERATOR FAMILY s.fam USING hash;
COMMENT ON OPERATOR FAMILY s.fam USING hash IS 'x';
-- after
CREATE SCHEMA s;
CREATE OPERATOR FAMILY s.fam USING gist;
-- pair cast_function
-- before
CREATE TYPE c AS (a integer);
-- after
CREATE TYPE c AS (a integer);
CREATE FUNCTION to_int(c) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT ($1).a $$;
CREATE CAST (c AS integer) WITH FUNCTION to_int(c) AS ASSIGNMENT;
COMMENT ON CAST (c AS integer) IS 'cast';
CREATE VIEW v AS SELECT ROW(1)::c::integer AS x;
-- pair cast_changes
-- before
CREATE TYPE e AS ENUM ('a');
CREATE CAST (text AS e) WITH INOUT AS IMPLICIT;
COMMENT ON CAST (text AS e) IS 'x';
-- after
CREATE TYPE e AS ENUM ('a');
CREATE CAST (text AS e) WITH INOUT AS ASSIGNMENT;
-- pair cast_binary
-- before
CREATE TYPE c AS (a integer);
CREATE TYPE d AS (a integer);
CREATE TYPE e AS ENUM ('x');
-- after
CREATE TYPE c AS (a integer);
CREATE TYPE d AS (a integer);
CREATE TYPE e AS ENUM ('x');
CREATE CAST (e AS text) WITH INOUT;
-- pair transform
-- before
CREATE FUNCTION from_sql(internal) RETURNS internal STRICT IMMUTABLE LANGUAGE internal AS 'prsd_lextype';
-- after
CREATE FUNCTION from_sql(internal) RETURNS internal STRICT IMMUTABLE LANGUAGE internal AS 'prsd_lextype';
CREATE TRANSFORM FOR integer LANGUAGE plpgsql (FROM SQL WITH FUNCTION from_sql(internal));
COMMENT ON TRANSFORM FOR integer LANGUAGE plpgsql IS 't';
-- pair transform_changes
-- before
CREATE FUNCTION from_sql(internal) RETURNS internal STRICT IMMUTABLE LANGUAGE internal AS 'prsd_lextype';
CREATE FUNCTION other(internal) RETURNS internal STRICT IMMUTABLE LANGUAGE internal AS 'prsd_lextype';
CREATE TRANSFORM FOR date LANGUAGE plpgsql (FROM SQL WITH FUNCTION from_sql(internal));
-- after
CREATE FUNCTION from_sql(internal) RETURNS internal STRICT IMMUTABLE LANGUAGE internal AS 'prsd_lextype';
CREATE FUNCTION other(internal) RETURNS internal STRICT IMMUTABLE LANGUAGE internal AS 'prsd_lextype';
CREATE TRANSFORM FOR date LANGUAGE plpgsql (FROM SQL WITH FUNCTION other(internal));
-- pair access_method
-- before
-- after
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
COMMENT ON ACCESS METHOD heap2 IS 'h';
CREATE TABLE t (a int) USING heap2;
-- pair access_method_kind
-- before
CREATE ACCESS METHOD am TYPE INDEX HANDLER bthandler;
-- after
CREATE ACCESS METHOD am TYPE TABLE HANDLER heap_tableam_handler;
-- pair table_access_method
-- before
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (a int);
-- after
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (a int) USING heap2;
-- pair collation
-- before
CREATE COLLATION c (LOCALE = 'C');
-- after
CREATE COLLATION c (LOCALE = 'C');
COMMENT ON COLLATION c IS 'c';
ALTER COLLATION c OWNER TO plan_owner;
CREATE COLLATION "D e" (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');
CREATE COLLATION i (PROVIDER = icu, LOCALE = 'und', DETERMINISTIC = false);
CREATE TABLE t (a text COLLATE c, b text COLLATE i);
-- pair collation_changes
-- before
CREATE COLLATION c (LOCALE = 'C');
CREATE TABLE t (id int PRIMARY KEY);
-- after
CREATE COLLATION c (PROVIDER = icu, LOCALE = 'de');
CREATE TABLE t (id int PRIMARY KEY);
CREATE DOMAIN d AS text COLLATE c;
-- pair aggregate
-- before
CREATE FUNCTION add(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT $1 + $2 $$;
-- after
CREATE FUNCTION add(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT $1 + $2 $$;
CREATE AGGREGATE total(integer) (SFUNC = add, STYPE = integer, INITCOND = '0', PARALLEL = SAFE);
COMMENT ON AGGREGATE total(integer) IS 'a';
ALTER AGGREGATE total(integer) OWNER TO plan_owner;
GRANT EXECUTE ON ROUTINE total(integer) TO plan_app;
CREATE AGGREGATE n(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE pct(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE VIEW v AS SELECT total(x) AS t FROM generate_series(1, 3) x;
-- pair aggregate_replaced
-- before
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE VIEW v AS SELECT total(x) AS t FROM generate_series(1, 3) x;
-- after
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '1', COMBINEFUNC = int4pl);
CREATE VIEW v AS SELECT total(x) AS t FROM generate_series(1, 3) x;
-- pair aggregate_moving
-- before
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
-- after
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '1', FINALFUNC = abs, SSPACE = 8);
-- pair aggregate_grants
-- before
CREATE AGGREGATE cnt(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');
CREATE AGGREGATE pct(float8 ORDER BY float8) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
-- after
CREATE AGGREGATE cnt(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');
CREATE AGGREGATE pct(float8 ORDER BY float8) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
REVOKE EXECUTE ON FUNCTION cnt() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cnt() TO plan_app;
GRANT EXECUTE ON FUNCTION pct(float8, float8) TO plan_app;
COMMENT ON AGGREGATE cnt(*) IS 'c';
-- pair out_type
-- before
CREATE TYPE e AS ENUM ('a');
CREATE FUNCTION f(a int, OUT b int, OUT c text) LANGUAGE sql AS 'SELECT 1, ''x''::text';
CREATE FUNCTION g(a int, OUT b e, OUT c text) LANGUAGE sql AS 'SELECT ''a''::e, ''x''::text';
CREATE PROCEDURE p(INOUT a int) LANGUAGE sql AS 'SELECT 1';
-- after
CREATE TABLE before_all (a int);
CREATE TYPE e AS ENUM ('a');
CREATE FUNCTION f(a int, OUT b bigint, OUT c text) LANGUAGE sql AS 'SELECT 1::bigint, ''x''::text';
CREATE FUNCTION g(a int, OUT b e, OUT c text) LANGUAGE sql AS 'SELECT ''a''::e, ''y''::text';
CREATE PROCEDURE p(INOUT a int, b int DEFAULT 1) LANGUAGE sql AS 'SELECT 1';
