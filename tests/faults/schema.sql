-- One table with every built-in type that has a C form, and one that the writes go to: what a call
-- has stored is found by its mark.
CREATE TYPE mood AS ENUM ('calm', 'off beat', '42');
CREATE TYPE place AS (street text, floor integer);
CREATE DOMAIN percent AS smallint CHECK (VALUE BETWEEN 0 AND 100);

CREATE TABLE every (
    id bigint PRIMARY KEY, mark bigint NOT NULL,
    a_bool boolean NOT NULL, a_int2 smallint NOT NULL, a_int4 integer NOT NULL,
    a_float4 real NOT NULL, a_float8 double precision NOT NULL, a_numeric numeric NOT NULL,
    a_money money NOT NULL, a_text text NOT NULL, a_varchar varchar(30) NOT NULL,
    a_bpchar char(3) NOT NULL, a_name name NOT NULL, a_json json NOT NULL, a_jsonb jsonb NOT NULL,
    a_jsonpath jsonpath NOT NULL, a_xml xml NOT NULL, a_bytea bytea NOT NULL, a_uuid uuid NOT NULL,
    a_date date NOT NULL, a_time time NOT NULL, a_timetz timetz NOT NULL,
    a_timestamp timestamp NOT NULL, a_timestamptz timestamptz NOT NULL,
    a_interval interval NOT NULL, a_inet inet NOT NULL, a_cidr cidr NOT NULL,
    a_macaddr macaddr NOT NULL, a_macaddr8 macaddr8 NOT NULL, a_bit bit(5) NOT NULL,
    a_varbit varbit NOT NULL, a_char "char" NOT NULL, a_oid oid NOT NULL, a_xid xid NOT NULL,
    a_regclass regclass NOT NULL, a_xid8 xid8 NOT NULL, a_lsn pg_lsn NOT NULL, a_tid tid NOT NULL,
    a_point point NOT NULL, a_line line NOT NULL, a_lseg lseg NOT NULL, a_box box NOT NULL,
    a_path path NOT NULL, a_polygon polygon NOT NULL, a_circle circle NOT NULL,
    a_range int4range NOT NULL, a_multirange int4multirange NOT NULL, a_mood mood NOT NULL,
    a_place place NOT NULL, a_percent percent NOT NULL, some_int8 bigint[] NOT NULL,
    some_text text[] NOT NULL, some_moods mood[] NOT NULL,
    no_int4 integer, no_text text, no_numeric numeric, no_array integer[], no_place place
);

CREATE TABLE entries (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mark   bigint NOT NULL,
    item   integer NOT NULL,
    note   text NOT NULL,
    amount numeric
);
CREATE INDEX ON entries (mark);

CREATE TABLE accounts (
    id      integer PRIMARY KEY,
    parent  integer REFERENCES accounts DEFERRABLE INITIALLY DEFERRED,
    balance bigint NOT NULL CHECK (balance >= 0)
);
