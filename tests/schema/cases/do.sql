-- DO blocks whose DDL has a sure effect.
DO $$ BEGIN CREATE TYPE mood AS ENUM ('a', 'b'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE TYPE mood AS ENUM ('a', 'b', 'c'); EXCEPTION WHEN duplicate_object THEN null; END $$;
DO $$ BEGIN CREATE TYPE mood AS ENUM ('x'); EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'there; already'; END; $$;
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'size') THEN
    CREATE TYPE size AS ENUM ('s', 'm');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'size') THEN
    CREATE TYPE size AS ENUM ('s', 'm', 'l');
  END IF;
  CREATE TABLE t (a int, b mood, c size);
  IF EXISTS (SELECT FROM information_schema.columns WHERE table_name = 't' AND column_name = 'a') THEN
    ALTER TABLE t RENAME COLUMN a TO aa;
  END IF;
  IF EXISTS (SELECT FROM information_schema.columns WHERE table_name = 't' AND column_name = 'a') THEN
    ALTER TABLE t RENAME COLUMN a TO aaa;
    CREATE TABLE not_reached (a int);
  END IF;
  PERFORM 1;
  INSERT INTO t DEFAULT VALUES;
  EXECUTE 'CREATE TABLE executed (a int DEFAULT ''5'')';
  EXECUTE $q$ALTER TABLE executed ADD COLUMN b text$q$;
END
$$;
DO LANGUAGE plpgsql 'DECLARE x int := 1; y text; BEGIN CREATE TABLE quoted (a text DEFAULT ''x''); y := ''END;''; END';
DO $$
DECLARE
  r record;
BEGIN
  BEGIN
    ALTER TABLE t ADD COLUMN d int;
  EXCEPTION
    WHEN duplicate_column THEN RAISE NOTICE 'column d exists';
  END;
  BEGIN
    ALTER TABLE t ADD COLUMN d int;
    CREATE TABLE rolled_back (a int);
  EXCEPTION
    WHEN duplicate_table OR duplicate_column THEN NULL;
  END;
  FOR r IN SELECT 1 LOOP
    UPDATE t SET d = 1;
  END LOOP;
  CASE WHEN 1 = 1 THEN PERFORM 1; ELSE PERFORM 2; END CASE;
  CREATE FUNCTION inner_function() RETURNS int LANGUAGE plpgsql AS $f$ BEGIN IF true THEN RETURN 1; END IF; END $f$;
END $$;
DO $$ BEGIN CREATE TABLE t (a int); END $$;
DO $$ BEGIN ALTER TABLE nosuch ADD COLUMN a int; EXCEPTION WHEN undefined_table THEN NULL; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'postgres') THEN CREATE ROLE postgres; END IF; END $$;
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 't_d_positive') THEN
    ALTER TABLE t ADD CONSTRAINT t_d_positive CHECK (d > 0);
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 't_d_positive') THEN
    ALTER TABLE t ADD CONSTRAINT t_d_positive CHECK (d > 0);
  END IF;
END $$;
-- EXECUTE of constants.
DO $$
BEGIN
  EXECUTE format('CREATE TABLE %I (%I int, b text DEFAULT %L, "100%%" int)', 'Made', 'order', 'it''s');
  EXECUTE 'CREATE TABLE ' || quote_ident('Joined') || ' (a int DEFAULT ' || 5 || ')';
  EXECUTE concat('ALTER TABLE ', '"Joined"'::text, ' ADD b text');
  EXECUTE format('ALTER TABLE %2$I ADD %1$s text DEFAULT %3$L', 'c', 'Made', E'back\\slash');
  EXECUTE 'CREATE VIEW of_constant AS SELECT ' || quote_literal('x') || '::text AS y';
  EXECUTE 'CREATE TABLE executed_with (a int)' USING 1;
END
$$;
DO $$ BEGIN EXECUTE format('CREATE TABLE %I (a int)', 'Made'); END $$;
DO $$ BEGIN EXECUTE 'DROP TABLE ' || 'missing'; EXCEPTION WHEN undefined_table THEN NULL; END $$;
