-- Owners, privileges, default privileges, comments of all kinds of objects; text search.
-- pair grants
-- before
CREATE TABLE t (a int, b int, c text);
GRANT SELECT ON t TO plan_app WITH GRANT OPTION;
GRANT INSERT ON t TO plan_reader;
GRANT UPDATE (a) ON t TO plan_reader;
-- after
CREATE TABLE t (a int, b int, c text);
GRANT SELECT ON t TO plan_app;
GRANT ALL ON t TO "plan Mixed";
GRANT UPDATE (b), SELECT (a, b) ON t TO plan_reader WITH GRANT OPTION;
GRANT SELECT ON t TO PUBLIC;
-- pair owner_changes_with_grants
-- before
CREATE TABLE t (a int);
GRANT SELECT ON t TO plan_app;
-- after
CREATE TABLE t (a int);
ALTER TABLE t OWNER TO plan_owner;
GRANT SELECT ON t TO plan_app;
REVOKE DELETE ON t FROM plan_owner;
-- pair owner_to_owner
-- before
CREATE TABLE t (a int);
ALTER TABLE t OWNER TO plan_app;
GRANT SELECT ON t TO plan_owner;
CREATE SEQUENCE q;
ALTER SEQUENCE q OWNER TO plan_app;
-- after
CREATE TABLE t (a int);
ALTER TABLE t OWNER TO plan_owner;
CREATE SEQUENCE q;
ALTER SEQUENCE q OWNER TO plan_owner;
-- pair owner_of_everything
-- before
CREATE SCHEMA s;
CREATE TABLE t (a serial PRIMARY KEY);
CREATE VIEW v AS SELECT a FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
CREATE STATISTICS st ON (a + 1) FROM t;
-- after
CREATE SCHEMA s;
ALTER SCHEMA s OWNER TO plan_owner;
CREATE TABLE t (a serial PRIMARY KEY);
ALTER TABLE t OWNER TO plan_owner;
CREATE VIEW v AS SELECT a FROM t;
ALTER VIEW v OWNER TO plan_app;
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
ALTER MATERIALIZED VIEW m OWNER TO plan_app;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION f() OWNER TO plan_owner;
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
ALTER PROCEDURE p() OWNER TO plan_owner;
CREATE STATISTICS st ON (a + 1) FROM t;
ALTER STATISTICS st OWNER TO plan_owner;
-- pair privileges_of_kinds
-- before
CREATE SCHEMA s;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
CREATE SEQUENCE q;
CREATE VIEW v AS SELECT 1 AS a;
-- after
CREATE SCHEMA s;
GRANT USAGE, CREATE ON SCHEMA s TO plan_app;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION f(int) TO plan_app;
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
GRANT EXECUTE ON PROCEDURE p() TO plan_reader WITH GRANT OPTION;
CREATE SEQUENCE q;
GRANT USAGE, SELECT ON SEQUENCE q TO plan_app;
CREATE VIEW v AS SELECT 1 AS a;
GRANT SELECT ON v TO plan_app;
GRANT UPDATE (a) ON v TO plan_reader;
-- pair view_rebuilt_with_privileges
-- before
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
COMMENT ON VIEW v IS 'v';
COMMENT ON COLUMN v.a IS 'va';
GRANT SELECT ON v TO plan_app;
GRANT UPDATE (a) ON v TO plan_reader;
ALTER VIEW v OWNER TO plan_owner;
-- after
CREATE TABLE t (a bigint);
CREATE VIEW v AS SELECT a FROM t;
COMMENT ON VIEW v IS 'v';
COMMENT ON COLUMN v.a IS 'va';
GRANT SELECT ON v TO plan_app;
GRANT UPDATE (a) ON v TO plan_reader;
ALTER VIEW v OWNER TO plan_owner;
-- pair public_schema
-- before
CREATE TABLE t (a int);
-- after
CREATE TABLE t (a int);
GRANT CREATE ON SCHEMA public TO plan_app;
COMMENT ON SCHEMA public IS 'ours';
-- pair default_privileges_made
-- before
CREATE SCHEMA s;
-- after
CREATE SCHEMA s;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO plan_app;
ALTER DEFAULT PRIVILEGES FOR ROLE plan_owner IN SCHEMA s GRANT USAGE ON SEQUENCES TO plan_app WITH GRANT OPTION;
-- pair default_privileges_global
-- before
CREATE SCHEMA s;
-- after
CREATE SCHEMA s;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE plan_owner GRANT SELECT ON TABLES TO PUBLIC;
-- pair default_privileges_change
-- before
CREATE SCHEMA s;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT, INSERT ON TABLES TO plan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT EXECUTE ON FUNCTIONS TO plan_app;
-- after
CREATE SCHEMA s;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO plan_app WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT USAGE ON TYPES TO "plan Mixed";
-- pair default_privileges_schemas
-- before
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO plan_app;
-- after
ALTER DEFAULT PRIVILEGES FOR ROLE plan_owner GRANT USAGE ON SCHEMAS TO plan_reader;
-- pair default_privileges_and_new_table
-- before
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO plan_app;
-- after
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO plan_app;
CREATE TABLE t (a int);
-- pair default_privileges_come_with_table
-- before
CREATE SCHEMA s;
-- after
CREATE SCHEMA s;
CREATE TABLE s.t (a int);
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO plan_app;
CREATE TABLE s.u (a int);
-- pair comments
-- before
CREATE TABLE t (a int PRIMARY KEY, b int CHECK (b > 0));
CREATE INDEX i ON t (b);
COMMENT ON TABLE t IS 'old';
COMMENT ON COLUMN t.b IS 'gone';
-- after
CREATE TABLE t (a int PRIMARY KEY, b int CHECK (b > 0));
CREATE INDEX i ON t (b);
COMMENT ON TABLE t IS 'new
line';
COMMENT ON COLUMN t.a IS 'back\slash';
COMMENT ON INDEX i IS 'i';
COMMENT ON CONSTRAINT t_b_check ON t IS 'c';
COMMENT ON INDEX t_pkey IS 'pk index';
-- pair text_search_dictionary
-- before
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, stopwords = english);
-- after
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, stopwords = english, accept = false);
COMMENT ON TEXT SEARCH DICTIONARY d IS 'd';
ALTER TEXT SEARCH DICTIONARY d OWNER TO plan_owner;
-- pair text_search_configuration
-- before
CREATE SCHEMA s;
-- after
CREATE SCHEMA s;
CREATE TEXT SEARCH CONFIGURATION s.c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION s.c ADD MAPPING FOR word, asciiword WITH english_stem, simple;
COMMENT ON TEXT SEARCH CONFIGURATION s.c IS 'c';
ALTER TEXT SEARCH CONFIGURATION s.c OWNER TO plan_owner;
-- pair text_search_mappings
-- before
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH simple;
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR email WITH simple;
CREATE TABLE t (a text, v tsvector GENERATED ALWAYS AS (to_tsvector('c', a)) STORED);
-- after
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH english_stem;
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR url WITH simple;
CREATE TABLE t (a text, v tsvector GENERATED ALWAYS AS (to_tsvector('c', a)) STORED);
-- pair text_search_template_parser
-- before
-- after
CREATE TEXT SEARCH TEMPLATE tp (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
COMMENT ON TEXT SEARCH TEMPLATE tp IS 't';
COMMENT ON TEXT SEARCH PARSER p IS 'p';
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = tp);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = p);
-- pair text_search_template_changes
-- before
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE tp (LEXIZE = dsimple_lexize);
-- after
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH TEMPLATE tp (INIT = dsimple_init, LEXIZE = dsimple_lexize);
-- pair extensions
-- before
CREATE SCHEMA s;
CREATE EXTENSION citext;
-- after
CREATE SCHEMA s;
CREATE EXTENSION citext SCHEMA s;
CREATE EXTENSION hstore;
CREATE TABLE t (a s.citext, b hstore);
-- pair function_properties
-- before
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
-- after
CREATE FUNCTION f(a int, b text DEFAULT 'y') RETURNS int LANGUAGE sql IMMUTABLE STRICT SECURITY DEFINER LEAKPROOF PARALLEL SAFE COST 7 SET search_path TO 'public', 'pg_temp' SET work_mem = '4MB' AS 'SELECT 1';
CREATE FUNCTION g() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
COMMENT ON FUNCTION g() IS 'g';
-- pair function_shapes
-- before
CREATE FUNCTION f(OUT a int, OUT b text) LANGUAGE sql AS $$ SELECT 1, 'a' $$;
CREATE FUNCTION g(VARIADIC x int[]) RETURNS SETOF int LANGUAGE sql ROWS 5 AS $$ SELECT 1 $$;
CREATE PROCEDURE p(INOUT a int) LANGUAGE sql AS $$ SELECT 1 $$;
-- after
CREATE FUNCTION f(OUT a int, OUT b text, OUT c date) LANGUAGE sql AS $$ SELECT 1, 'a', now()::date $$;
CREATE FUNCTION g(VARIADIC x int[]) RETURNS TABLE (i int) LANGUAGE sql ROWS 7 RETURN 1;
CREATE FUNCTION h(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a + 1; END;
CREATE PROCEDURE p(INOUT a int, IN b text DEFAULT NULL) LANGUAGE plpgsql AS $$ BEGIN END $$;
-- pair dictionary_in_use_options
-- before
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, stopwords = english);
CREATE TEXT SEARCH CONFIGURATION c (COPY = english);
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR asciiword WITH d, english_stem;
-- after
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, stopwords = english, accept = false);
CREATE TEXT SEARCH CONFIGURATION c (COPY = english);
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR asciiword WITH d, english_stem;
-- pair dictionary_template_in_use
-- before
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (COPY = english);
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING REPLACE english_stem WITH d;
-- after
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = snowball, language = german);
CREATE TEXT SEARCH CONFIGURATION c (COPY = english);
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING REPLACE english_stem WITH d;
-- pair copy_then_drop
-- before
CREATE TEXT SEARCH CONFIGURATION c (COPY = english);
-- after
CREATE TEXT SEARCH CONFIGURATION c (COPY = english);
ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR email, url, url_path, host, sfloat, float;
-- pair copy_other
-- before
CREATE TEXT SEARCH CONFIGURATION c (COPY = english);
-- after
CREATE TEXT SEARCH CONFIGURATION c (COPY = german);
-- pair template_in_use
-- before
CREATE TEXT SEARCH TEMPLATE te (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = te);
-- after
CREATE TEXT SEARCH TEMPLATE te (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = te);
-- pair parser_in_use
-- before
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = p);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH simple;
-- after
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = p);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH simple;
-- pair dictionary_dropped_from_mapping
-- before
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple);
CREATE TEXT SEARCH DICTIONARY e (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word, asciiword WITH d, e;
-- after
CREATE TEXT SEARCH DICTIONARY e (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH e;
-- pair defpriv_schema_and_new_objects
-- before
CREATE SCHEMA s;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO plan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT USAGE ON TYPES TO plan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT EXECUTE ON FUNCTIONS TO plan_app;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON SEQUENCES TO plan_reader;
-- after
CREATE SCHEMA s;
CREATE TABLE s.t (id serial PRIMARY KEY, i int GENERATED ALWAYS AS IDENTITY);
CREATE VIEW s.v AS SELECT 1 AS x;
CREATE MATERIALIZED VIEW s.mv AS SELECT 1 AS x;
CREATE SEQUENCE s.q;
CREATE TYPE s.e AS ENUM ('a');
CREATE DOMAIN s.d AS int;
CREATE FUNCTION s.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE s.p() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE s.ag(int) (SFUNC = int4pl, STYPE = int);
CREATE TYPE s.c AS (a int);
CREATE TYPE s.r AS RANGE (SUBTYPE = int);
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO plan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT USAGE ON TYPES TO plan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT EXECUTE ON FUNCTIONS TO plan_app;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON SEQUENCES TO plan_reader;
-- pair both_levels_all
-- before
CREATE TABLE t (a int, b int, c int);
GRANT ALL ON t TO plan_app;
GRANT ALL (a) ON t TO plan_app;
-- after
CREATE TABLE t (a int, b int, c int);
GRANT INSERT (a) ON t TO plan_app;
-- pair owner_revoked_partly
-- before
CREATE TABLE t (a int);
ALTER TABLE t OWNER TO plan_owner;
REVOKE INSERT, UPDATE, DELETE ON t FROM plan_owner;
GRANT SELECT ON t TO PUBLIC;
-- after
CREATE TABLE t (a int);
ALTER TABLE t OWNER TO plan_app;
REVOKE DELETE ON t FROM plan_app;
