-- Wrappers, servers, mappings, publications, subscriptions, event triggers.
-- pair wrapper_options
-- before
CREATE FOREIGN DATA WRAPPER w OPTIONS (a '1', b '2');
-- after
CREATE FOREIGN DATA WRAPPER w OPTIONS (b '3', "C d" 'it''s');
COMMENT ON FOREIGN DATA WRAPPER w IS 'w';
GRANT USAGE ON FOREIGN DATA WRAPPER w TO plan_app WITH GRANT OPTION;
-- pair wrapper_made
-- before
-- after
CREATE EXTENSION postgres_fdw;
CREATE FOREIGN DATA WRAPPER w HANDLER postgres_fdw_handler VALIDATOR postgres_fdw_validator;
-- pair wrapper_functions
-- before
CREATE EXTENSION postgres_fdw;
CREATE FOREIGN DATA WRAPPER w HANDLER postgres_fdw_handler VALIDATOR postgres_fdw_validator;
CREATE SERVER s FOREIGN DATA WRAPPER w;
-- after
CREATE EXTENSION postgres_fdw;
CREATE FOREIGN DATA WRAPPER w HANDLER postgres_fdw_handler;
CREATE SERVER s FOREIGN DATA WRAPPER w;
-- pair server_properties
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (host 'a', port '1');
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s VERSION '2' FOREIGN DATA WRAPPER w OPTIONS (host 'b', dbname 'c');
ALTER SERVER s OWNER TO plan_owner;
GRANT USAGE ON FOREIGN SERVER s TO plan_app;
COMMENT ON SERVER s IS 's';
-- pair server_version_unset
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s VERSION '1' FOREIGN DATA WRAPPER w;
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
-- pair server_and_dependants
-- before
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER w;
CREATE USER MAPPING FOR plan_app SERVER s OPTIONS ("user" 'a');
CREATE FOREIGN TABLE ft (a integer OPTIONS (c 'd'), b text) SERVER s OPTIONS (t 'x');
COMMENT ON FOREIGN TABLE ft IS 'far';
-- pair server_type_under_table
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s TYPE 'x' FOREIGN DATA WRAPPER w;
CREATE USER MAPPING FOR PUBLIC SERVER s;
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s TYPE 'y' FOREIGN DATA WRAPPER w;
CREATE USER MAPPING FOR PUBLIC SERVER s;
-- pair mappings
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS ("user" 'a', password 'b');
CREATE USER MAPPING FOR plan_app SERVER s;
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS ("user" 'z', extra 'x');
CREATE USER MAPPING FOR "plan Mixed" SERVER s OPTIONS (a 'b');
-- pair foreign_table_changes
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE ft (a integer OPTIONS (x '1'), b text) SERVER s OPTIONS (t 'x', u 'y');
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE ft (a integer OPTIONS (y '2') NOT NULL, c date, CHECK (a > 0)) SERVER s OPTIONS (t 'z');
ALTER FOREIGN TABLE ft OWNER TO plan_owner;
GRANT SELECT ON ft TO plan_app;
-- pair publication_tables
-- before
CREATE TABLE a (id int PRIMARY KEY, x int, y text);
CREATE TABLE b (id int PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE a, b;
-- after
CREATE TABLE a (id int PRIMARY KEY, x int, y text);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE c (id int PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE a (id, x) WHERE (id > 3), c;
COMMENT ON PUBLICATION p IS 'p';
-- pair publication_all
-- before
CREATE TABLE a (id int PRIMARY KEY);
CREATE PUBLICATION p FOR ALL TABLES;
-- after
CREATE TABLE a (id int PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE a;
-- pair publication_options
-- before
CREATE TABLE a (id int PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE a;
-- after
CREATE TABLE a (id int PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE a WITH (publish = 'insert, delete', publish_via_partition_root = true);
ALTER PUBLICATION p OWNER TO postgres;
-- pair publication_schemas
-- before
CREATE SCHEMA s;
CREATE SCHEMA u;
CREATE TABLE s.a (id int);
CREATE PUBLICATION p FOR TABLES IN SCHEMA s;
-- after
CREATE SCHEMA s;
CREATE SCHEMA u;
CREATE TABLE s.a (id int);
CREATE TABLE b (id int);
CREATE PUBLICATION p FOR TABLES IN SCHEMA u, TABLE b;
-- pair publication_none
-- before
-- after
CREATE PUBLICATION p;
CREATE PUBLICATION "Q" FOR ALL TABLES WITH (publish = 'update');
-- pair publication_under_type_change
-- before
CREATE TABLE a (id int PRIMARY KEY, x int);
CREATE PUBLICATION p FOR TABLE a WHERE (id > 3);
-- after
CREATE TABLE a (id bigint PRIMARY KEY, x int);
CREATE PUBLICATION p FOR TABLE a WHERE (id > 3);
-- pair publication_column_goes
-- before
CREATE TABLE a (id int PRIMARY KEY, x int, y int);
CREATE PUBLICATION p FOR TABLE a (id, x);
-- after
CREATE TABLE a (id int PRIMARY KEY, y int);
CREATE PUBLICATION p FOR TABLE a (id, y);
-- pair subscription_made
-- before
-- after
CREATE SUBSCRIPTION plan_s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
COMMENT ON SUBSCRIPTION plan_s IS 's';
-- pair subscription_options
-- before
CREATE SUBSCRIPTION plan_s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
-- after
CREATE SUBSCRIPTION plan_s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE, binary = true, synchronous_commit = 'local');
-- pair subscription_publications
-- before
CREATE SUBSCRIPTION plan_s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
-- after
CREATE SUBSCRIPTION plan_s CONNECTION 'dbname=y' PUBLICATION p, q WITH (connect = false, slot_name = NONE);
-- pair subscription_more_options
-- before
CREATE SUBSCRIPTION plan_s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE, streaming = true, disable_on_error = true);
-- after
CREATE SUBSCRIPTION plan_s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
COMMENT ON SUBSCRIPTION plan_s IS 's';
-- pair subscription_swapped
-- before
CREATE SUBSCRIPTION plan_s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
-- after
CREATE SUBSCRIPTION plan_t CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
-- pair event_trigger_made
-- before
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
-- after
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION note();
CREATE EVENT TRIGGER f ON sql_drop EXECUTE FUNCTION note();
COMMENT ON EVENT TRIGGER e IS 'e';
-- pair event_trigger_enabled
-- before
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION note();
CREATE EVENT TRIGGER f ON sql_drop EXECUTE FUNCTION note();
ALTER EVENT TRIGGER f DISABLE;
-- after
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION note();
ALTER EVENT TRIGGER e ENABLE REPLICA;
CREATE EVENT TRIGGER f ON sql_drop EXECUTE FUNCTION note();
-- pair event_trigger_made_disabled
-- before
-- after
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION note();
ALTER EVENT TRIGGER e ENABLE ALWAYS;
-- pair event_trigger_event
-- before
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION note();
-- after
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION note();
-- pair event_trigger_under_function
-- before
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION note();
COMMENT ON EVENT TRIGGER e IS 'e';
-- after
CREATE FUNCTION note2() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION note2();
ALTER EVENT TRIGGER e DISABLE;
-- pair inherited_only
-- before
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b () INHERITS (a);
CREATE PUBLICATION p FOR TABLE a;
-- after
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b () INHERITS (a);
CREATE PUBLICATION p FOR TABLE ONLY a;
-- pair columns_to_schema
-- before
CREATE SCHEMA s;
CREATE TABLE s.a (id int PRIMARY KEY, b int); 
CREATE PUBLICATION p FOR TABLE s.a (id) WHERE (id > 3);
-- after
CREATE SCHEMA s;
CREATE TABLE s.a (id int PRIMARY KEY, b int); 
CREATE PUBLICATION p FOR TABLES IN SCHEMA s;
-- pair key_under_column_list
-- before
CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL);
CREATE PUBLICATION p FOR TABLE a (id) ;
-- after
CREATE TABLE a (id int, b int NOT NULL PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE a (b) ;
-- pair partition_comes_published
-- before
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE m1 (id int, at date);
CREATE PUBLICATION p FOR TABLE m, m1;
-- after
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE PUBLICATION p FOR TABLE m, m1;
-- pair wrapper_validator_under_server_and_table
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (a 'b');
CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS ("user" 'u');
-- after
CREATE FOREIGN DATA WRAPPER w VALIDATOR postgresql_fdw_validator;
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'b');
CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS ("user" 'v');
-- pair column_options_and_types
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE t (a int OPTIONS (x '1', y '2'), b text COLLATE "C", c int DEFAULT 5) SERVER s;
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE t (a bigint OPTIONS (x '3'), b varchar(3) COLLATE "POSIX", c int DEFAULT 6 NOT NULL) SERVER s;
-- pair trigger_on_foreign
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE t (a int) SERVER s;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW;
END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE t (a bigint) SERVER s;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW;
END';
CREATE TRIGGER g BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t DISABLE TRIGGER g;
-- pair foreign_inherits
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE TABLE m (a int CHECK (a > 0), b date);
CREATE FOREIGN TABLE t () INHERITS (m) SERVER s;
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE TABLE m (a bigint CHECK (a > 0), b date, c text);
CREATE FOREIGN TABLE t () INHERITS (m) SERVER s;
-- pair option_quotes
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (a E'x\\y', "b ""q" 'it''s');
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (a 'x\\y', "b ""q" 'its');
-- pair server_type_with_foreign_table
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s TYPE 'a' FOREIGN DATA WRAPPER w; 
CREATE FOREIGN TABLE t (a int) SERVER s;
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s TYPE 'b' FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE t (a int) SERVER s;
-- pair table_goes_to_other_server
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE SERVER s2 FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE t (a int) SERVER s;
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE SERVER s2 FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE t (a int) SERVER s2;
-- pair foreign_table_becomes_table
-- before
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE t (a int) SERVER s;
-- after
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE TABLE t (a int);
