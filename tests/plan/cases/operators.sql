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
-- pair cast_under_view
-- before
CREATE TYPE c AS (a int);
CREATE FUNCTION f(c) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.a::text';
CREATE CAST (c AS text) WITH FUNCTION f(c) AS ASSIGNMENT;
CREATE TABLE t (x c);
CREATE VIEW v AS SELECT x::text AS y FROM t;
-- after
CREATE TYPE c AS (a int);
CREATE FUNCTION g(c) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.a::text';
CREATE CAST (c AS text) WITH FUNCTION g(c) AS ASSIGNMENT;
CREATE TABLE t (x c);
CREATE VIEW v AS SELECT x::text AS y FROM t;
-- pair cast_context_under_view
-- before
CREATE TYPE e AS ENUM ('a', 'b');
CREATE FUNCTION f(int) RETURNS e LANGUAGE sql IMMUTABLE AS $$SELECT CASE $1 WHEN 1 THEN 'a'::e ELSE 'b'::e END$$;
CREATE CAST (int AS e) WITH FUNCTION f(int) AS IMPLICIT;
CREATE TABLE t (x int, y e DEFAULT 1);
CREATE VIEW v AS SELECT x::e AS y FROM t WHERE x::e = 'a';
-- after
CREATE TYPE e AS ENUM ('a', 'b');
CREATE FUNCTION f(int) RETURNS e LANGUAGE sql IMMUTABLE AS $$SELECT CASE $1 WHEN 1 THEN 'a'::e ELSE 'b'::e END$$;
CREATE CAST (int AS e) WITH FUNCTION f(int) AS ASSIGNMENT;
CREATE TABLE t (x int, y e DEFAULT 1);
CREATE VIEW v AS SELECT x::e AS y FROM t WHERE x::e = 'a';
-- pair opclass_members_order
-- before
CREATE FUNCTION cmp(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 3 =, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int);
-- after
CREATE FUNCTION cmp(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS FUNCTION 1 btint4cmp(int, int), OPERATOR 5 >, OPERATOR 1 <, OPERATOR 3 =;
-- pair opclass_used_in_index
-- before
CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int);
CREATE TABLE t (a int);
CREATE INDEX i ON t (a oc);
-- after
CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int), FUNCTION 2 btint4sortsupport(internal);
CREATE TABLE t (a int);
CREATE INDEX i ON t (a oc DESC);
-- pair family_cross_type
-- before
CREATE OPERATOR FAMILY fam USING btree;
CREATE OPERATOR CLASS oc FOR TYPE int USING btree FAMILY fam AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
-- after
CREATE OPERATOR FAMILY fam USING btree;
CREATE OPERATOR CLASS oc FOR TYPE int USING btree FAMILY fam AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
CREATE OPERATOR CLASS oc8 FOR TYPE bigint USING btree FAMILY fam AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint8cmp(bigint, bigint);
ALTER OPERATOR FAMILY fam USING btree ADD OPERATOR 1 < (int, bigint), OPERATOR 3 = (int, bigint), FUNCTION 1 btint48cmp(int, bigint), FUNCTION 2 (int, int) btint4sortsupport(internal);
-- pair family_members_change
-- before
CREATE OPERATOR FAMILY fam USING btree;
ALTER OPERATOR FAMILY fam USING btree ADD OPERATOR 1 < (int, bigint), FUNCTION 1 btint48cmp(int, bigint);
-- after
CREATE OPERATOR FAMILY fam USING btree;
ALTER OPERATOR FAMILY fam USING btree ADD OPERATOR 2 < (int, bigint), OPERATOR 3 = (int, bigint), FUNCTION 1 (int, bigint) btint48cmp(int, bigint);
-- pair operator_in_index_view_and_check
-- before
CREATE FUNCTION f(int, int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE OPERATOR === (FUNCTION = f, LEFTARG = int, RIGHTARG = int, RESTRICT = eqsel);
CREATE TABLE t (a int, CHECK (a === 1));
CREATE INDEX i ON t (a) WHERE a === 1;
CREATE VIEW v AS SELECT * FROM t WHERE a === 1;
-- after
CREATE FUNCTION f(int, int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE FUNCTION g(int, int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE OPERATOR === (FUNCTION = g, LEFTARG = int, RIGHTARG = int, RESTRICT = eqsel);
CREATE TABLE t (a int, CHECK (a === 1));
CREATE INDEX i ON t (a) WHERE a === 1;
CREATE VIEW v AS SELECT * FROM t WHERE a === 1;
-- pair base_circle
-- before
-- after
CREATE TYPE my;
CREATE FUNCTION my_in(cstring) RETURNS my LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION my_out(my) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE FUNCTION my_recv(internal) RETURNS my LANGUAGE internal IMMUTABLE STRICT AS 'int4recv';
CREATE FUNCTION my_send(my) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'int4send';
CREATE TYPE my (INPUT = my_in, OUTPUT = my_out, RECEIVE = my_recv, SEND = my_send, INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4);
CREATE FUNCTION my_eq(my, my) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR = (FUNCTION = my_eq, LEFTARG = my, RIGHTARG = my, COMMUTATOR = =);
CREATE CAST (my AS int) WITHOUT FUNCTION;
CREATE TABLE t (a my DEFAULT '7', b my[]);
CREATE VIEW v AS SELECT a = '5' AS x, a::int AS y FROM t;
-- pair base_circle_changed
-- before
CREATE TYPE my;
CREATE FUNCTION my_in(cstring) RETURNS my LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION my_out(my) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE my (INPUT = my_in, OUTPUT = my_out, INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4);
CREATE FUNCTION my_eq(my, my) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR = (FUNCTION = my_eq, LEFTARG = my, RIGHTARG = my, COMMUTATOR = =);
CREATE CAST (my AS int) WITHOUT FUNCTION;
-- after
CREATE TYPE my;
CREATE FUNCTION my_in(cstring) RETURNS my LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION my_out(my) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE my (INPUT = my_in, OUTPUT = my_out, INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4, CATEGORY = 'N', PREFERRED = true);
CREATE FUNCTION my_eq(my, my) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR = (FUNCTION = my_eq, LEFTARG = my, RIGHTARG = my, COMMUTATOR = =);
CREATE CAST (my AS int) WITHOUT FUNCTION;
-- pair base_function_changed
-- before
CREATE TYPE my;
CREATE FUNCTION my_in(cstring) RETURNS my LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION my_out(my) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE my (INPUT = my_in, OUTPUT = my_out, INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4);
-- after
CREATE TYPE my;
CREATE FUNCTION my_in2(cstring) RETURNS my LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION my_out(my) RETURNS cstring LANGUAGE internal STABLE STRICT AS 'int4out';
CREATE TYPE my (INPUT = my_in2, OUTPUT = my_out, INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4);
-- pair aggregate_in_view
-- before
CREATE FUNCTION acc(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $2';
CREATE AGGREGATE ag(int) (SFUNC = acc, STYPE = int, INITCOND = '0');
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT b, ag(a) AS s FROM t GROUP BY b;
-- after
CREATE FUNCTION acc(bigint, int) RETURNS bigint LANGUAGE sql AS 'SELECT $1 + $2';
CREATE AGGREGATE ag(int) (SFUNC = acc, STYPE = bigint, INITCOND = '0');
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT b, ag(a) AS s FROM t GROUP BY b;
-- pair class_goes_family_stays
-- before
CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int), FUNCTION 2 btint4sortsupport(internal);
-- after
CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int), FUNCTION 2 btint4sortsupport(internal);
DROP OPERATOR CLASS oc USING btree;
-- pair class_with_nothing_of_its_own
-- before
CREATE TABLE t (p point);
-- after
CREATE OPERATOR CLASS spot FOR TYPE point USING gist AS OPERATOR 1 <<, FUNCTION 8 (point, point) gist_point_distance(internal, point, smallint, oid, internal);
CREATE TABLE t (p point);
