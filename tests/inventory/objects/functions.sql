CREATE SCHEMA app;
CREATE TYPE app.kind AS ENUM ('a', 'b');
CREATE TABLE app.orders (id integer PRIMARY KEY, name text, k app.kind);
CREATE FUNCTION plain() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION app.args(a integer, b text DEFAULT 'x' || 'y', VARIADIC c numeric[] DEFAULT '{}') RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10 AS $$ SELECT a::text || b $$;
CREATE FUNCTION outs(a int, OUT b int, INOUT c text) LANGUAGE sql STABLE AS $$ SELECT a, c $$;
CREATE FUNCTION tab(x int) RETURNS TABLE (id int, "Name" text) LANGUAGE sql ROWS 5 SECURITY DEFINER LEAKPROOF
    SET search_path TO app, 'public' SET work_mem = '4MB' AS $$ SELECT 1, 'a' $$;
CREATE FUNCTION rows() RETURNS SETOF app.orders LANGUAGE sql AS $$ SELECT * FROM app.orders $$;
CREATE FUNCTION tree(o app.orders, k app.kind DEFAULT 'a') RETURNS text RETURN o.name || k::text;
CREATE FUNCTION block(x integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT x + 1; SELECT count(*)::integer FROM app.orders; END;
CREATE FUNCTION pl() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RETURN NEW; -- $function$
END $body$;
CREATE FUNCTION low(text) RETURNS text LANGUAGE internal IMMUTABLE STRICT AS 'lower';
CREATE FUNCTION settings() RETURNS void LANGUAGE sql SET app.who = 'x' SET search_path = '' SET "TimeZone" TO 'UTC' AS '';
ALTER FUNCTION settings() RESET "TimeZone";
ALTER FUNCTION plain() VOLATILE COST 5 PARALLEL RESTRICTED;
ALTER FUNCTION plain() SET statement_timeout TO 1000;
CREATE PROCEDURE proc(IN a integer, INOUT b text) LANGUAGE plpgsql AS $$ BEGIN b := 'x'; END $$;
CREATE OR REPLACE FUNCTION app.args(a integer, b text DEFAULT 'z', VARIADIC c numeric[] DEFAULT '{1}') RETURNS text
    LANGUAGE sql AS $$ SELECT a::text || b $$;
CREATE FUNCTION gone() RETURNS integer LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION gone();
CREATE FUNCTION renamed(int) RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION renamed(int) RENAME TO "New";
ALTER FUNCTION "New"(int) SET SCHEMA app;
COMMENT ON FUNCTION app."New"(int) IS 'moved';
COMMENT ON PROCEDURE proc(integer, text) IS 'p';
CREATE FUNCTION sum2(state integer, value integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE AGGREGATE total(integer) (SFUNC = sum2, STYPE = integer, INITCOND = '0', COMBINEFUNC = int4pl, PARALLEL = SAFE);
CREATE AGGREGATE app.countall(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE app.least2(integer) (SFUNC = int4smaller, STYPE = integer, SORTOP = <);
CREATE AGGREGATE app.pct(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal,
    FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
COMMENT ON AGGREGATE app.countall(*) IS 'all';
CREATE FUNCTION same(text, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2::text';
CREATE OPERATOR app.=== (LEFTARG = text, RIGHTARG = integer, FUNCTION = same, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE FUNCTION neg(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE OPERATOR ~~~ (RIGHTARG = text, FUNCTION = neg);
COMMENT ON OPERATOR app.=== (text, integer) IS 'same';
CREATE FUNCTION kind_number(app.kind) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (app.kind AS integer) WITH FUNCTION kind_number(app.kind) AS ASSIGNMENT;
CREATE CAST (app.kind AS bytea) WITH INOUT;
COMMENT ON CAST (app.kind AS integer) IS 'c';
