CREATE TYPE colour AS ENUM ('red', 'light blue', '42');
CREATE TYPE size AS (width integer, unit text);
CREATE DOMAIN percent AS smallint CHECK (VALUE BETWEEN 0 AND 100);
CREATE TABLE all_types (
    b boolean NOT NULL, i2 smallint NOT NULL, i4 integer NOT NULL, i8 bigint NOT NULL,
    f4 real NOT NULL, f8 double precision NOT NULL, n numeric(12, 3) NOT NULL, t text NOT NULL,
    vc varchar(20) NOT NULL, c char(3) NOT NULL, by bytea NOT NULL, u uuid NOT NULL,
    d date NOT NULL, tm time NOT NULL, ts timestamp NOT NULL, tz timestamptz NOT NULL,
    iv interval NOT NULL, js json NOT NULL, jb jsonb NOT NULL, e colour NOT NULL,
    p percent NOT NULL, s size NOT NULL, ip inet NOT NULL,
    i8s bigint[] NOT NULL, ts_ text[] NOT NULL, es colour[] NOT NULL, us uuid[] NOT NULL
);
CREATE TABLE all_nullable (
    b boolean, i2 smallint, i4 integer, i8 bigint, f4 real, f8 double precision, n numeric,
    t text, by bytea, u uuid, d date, tm time, ts timestamp, tz timestamptz, iv interval,
    js json, jb jsonb, e colour, s size, i8s bigint[], es colour[]
);
