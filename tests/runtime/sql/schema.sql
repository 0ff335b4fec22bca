-- The database of the runtime's tests: server_setup_schema makes it anew for each test.

CREATE TABLE item (
    id    integer PRIMARY KEY,
    name  text NOT NULL CONSTRAINT name_is_short CHECK (length(name) < 10),
    note  text,
    price bigint
);

CREATE TABLE entry (id integer PRIMARY KEY, note text NOT NULL);

CREATE TABLE account (id integer PRIMARY KEY, v integer NOT NULL);

-- Its parents are looked for at COMMIT.
CREATE TABLE child (
    id     integer PRIMARY KEY,
    parent integer NOT NULL REFERENCES account DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE moving (v integer NOT NULL);

-- Counts what no rollback takes back.
CREATE SEQUENCE attempts;

-- Fails with the state it is given, after it has counted the attempt.
CREATE FUNCTION fail_with(state text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    PERFORM nextval('attempts');
    RAISE EXCEPTION USING ERRCODE = state, MESSAGE = 'raised on purpose';
END
$$;

CREATE FUNCTION warn(message text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RAISE WARNING USING MESSAGE = message, DETAIL = 'said by warn';
    RETURN 1;
END
$$;

CREATE FUNCTION run(sql text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE sql;
    RETURN 1;
END
$$;

-- Stores an entry and gives its note.
CREATE FUNCTION store_entry(id integer) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO entry VALUES (id, repeat('x', 500));
    RETURN repeat('x', 500);
END
$$;

-- Commits its first half and fails in the second.
CREATE PROCEDURE store_half(id integer) LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO entry VALUES (id, 'first half');
    COMMIT;
    RAISE EXCEPTION 'no second half';
END
$$;

CREATE TYPE mood AS ENUM ('sad', 'so so', 'happy');
CREATE TABLE feeling (id integer PRIMARY KEY, mood mood NOT NULL);
CREATE TYPE remark AS (id integer, note text, mood mood);

-- A column of every type.
CREATE TABLE every (
    id integer PRIMARY KEY,
    v_bool boolean,
    v_char "char",
    v_int16 smallint,
    v_int32 integer,
    v_int64 bigint,
    v_oid oid,
    v_xid8 xid8,
    v_lsn pg_lsn,
    v_money money,
    v_float real,
    v_double double precision,
    v_uuid uuid,
    v_date date,
    v_time time,
    v_timetz timetz,
    v_timestamp timestamp,
    v_timestamptz timestamptz,
    v_interval interval,
    v_numeric numeric,
    v_inet inet,
    v_cidr cidr,
    v_macaddr macaddr,
    v_macaddr8 macaddr8,
    v_bits varbit,
    v_tid tid,
    v_point point,
    v_line line,
    v_lseg lseg,
    v_box box,
    v_circle circle,
    v_path path,
    v_polygon polygon,
    v_text text,
    v_varchar varchar,
    v_name name,
    v_bytea bytea,
    v_json json,
    v_jsonb jsonb,
    v_int4range int4range,
    v_numrange numrange,
    v_daterange daterange,
    v_int4multirange int4multirange,
    v_int8_array bigint[],
    v_text_array text[],
    v_bytea_array bytea[],
    v_uuid_array uuid[],
    v_int4range_array int4range[],
    v_mood mood,
    v_mood_array mood[],
    v_remark remark,
    v_remark_array remark[]
);

CREATE DOMAIN stars AS integer CONSTRAINT stars_are_few CHECK (VALUE BETWEEN 1 AND 5);
CREATE TABLE rating (id integer PRIMARY KEY, stars stars NOT NULL);
